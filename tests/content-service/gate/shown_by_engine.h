// Whether an intake that the gate shows really shows it when the engine runs
// it. Nothing here knows of formulas.

#ifndef PLUMBLINE_TESTS_CONTENT_SERVICE_GATE_SHOWN_BY_ENGINE_H_
#define PLUMBLINE_TESTS_CONTENT_SERVICE_GATE_SHOWN_BY_ENGINE_H_

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/pathway/answers.h"
#include "common/pathway/checked_tree.h"
#include "common/pathway/decide.h"
#include "common/pathway/names.h"
#include "content-service/gate/order.h"
#include "content-service/gate/property.h"
#include "tests/common/pathway/completions.h"

namespace plumbline::gate {

// Legal answers to an item, by slot value: all of them where they are few, else
// the ends, and those at and around every number that the pathway compares
// with.
class ValuesToTry {
 public:
  explicit ValuesToTry(const pathway::CompiledPathway& pathway) {
    for (const auto& rule : pathway.rules) AddNumbers(rule.when);
    for (const auto& definition : pathway.definitions) {
      AddNumbers(definition.expression);
    }
    for (const auto& item : pathway.items) {
      if (item.enable_when.has_value()) AddNumbers(*item.enable_when);
    }
  }

  std::vector<std::int64_t> Of(const pathway::Item& item) const {
    switch (item.type) {
      case pathway::ItemType::kBoolean:
        return {0, 1};
      case pathway::ItemType::kChoice:
        return Choices(item);
      case pathway::ItemType::kMultiChoice:
        return Sets(item);
      case pathway::ItemType::kInteger:
      case pathway::ItemType::kDecimal:
        break;
    }
    return Numbers(item);
  }

 private:
  static constexpr std::int64_t kFew = 200;

  void AddNumbers(const pathway::Expression& expression) {
    for (const pathway::CheckedNode& node : expression.tree->nodes) {
      if (node.kind == pathway::NodeKind::kInt) {
        numbers_.insert(static_cast<double>(node.int_value));
      } else if (node.kind == pathway::NodeKind::kDouble) {
        numbers_.insert(node.double_value);
      }
    }
  }

  static std::vector<std::int64_t> Choices(const pathway::Item& item) {
    std::vector<std::int64_t> values;
    for (std::size_t i = 0; i < item.options.size(); ++i) {
      if (item.options[i].means_unknown) continue;
      values.push_back(static_cast<std::int64_t>(i));
    }
    return values;
  }

  // One option, or two that go together, or all.
  static std::vector<std::int64_t> Sets(const pathway::Item& item) {
    std::vector<std::int64_t> values;
    std::uint64_t all = 0;
    for (std::size_t i = 0; i < item.options.size(); ++i) {
      const std::uint64_t one = std::uint64_t{1} << i;
      values.push_back(static_cast<std::int64_t>(one));
      if (item.options[i].exclusive) continue;
      all |= one;
      for (std::size_t j = 0; j < i; ++j) {
        if (item.options[j].exclusive) continue;
        values.push_back(
            static_cast<std::int64_t>(one | std::uint64_t{1} << j));
      }
    }
    values.push_back(static_cast<std::int64_t>(all));
    return values;
  }

  std::vector<std::int64_t> Numbers(const pathway::Item& item) const {
    std::set<std::int64_t> values = {item.minimum, item.maximum};
    const bool few = item.maximum - item.minimum < kFew;
    for (std::int64_t i = item.minimum; few && i <= item.maximum; ++i) {
      values.insert(i);
    }
    for (const double number : numbers_) {
      const auto near = static_cast<std::int64_t>(
          std::llround(number * static_cast<double>(item.scale)));
      for (const std::int64_t value : {near - 1, near, near + 1}) {
        if (item.minimum <= value && value <= item.maximum) {
          values.insert(value);
        }
      }
    }
    return {values.begin(), values.end()};
  }

  std::set<double> numbers_;
};

// One finding, and what the engine makes of its intake.
class ShownByEngine {
 public:
  ShownByEngine(const pathway::CompiledPathway& pathway, const Finding& finding)
      : pathway_(pathway),
        finding_(finding),
        id_(finding.elements.front().substr(finding.elements.front().find('/') +
                                            1)),
        intake_(*finding.counterexample),
        evaluation_(Evaluate(pathway, intake_)),
        decision_(Decide(pathway, intake_, evaluation_)),
        values_(pathway) {}

  bool IsLegalIntake() const {
    return CheckAnswers(pathway_, ToMessages(pathway_, intake_))
        .violations.empty();
  }

  bool Shows(const std::string& property) const {
    if (property == "no-error") return IsComplete() && Errs();
    if (property == "monotone") return IsComplete() && HasBetterMoreUrgent();
    if (property == "floors") return IsBelowFloor();
    if (property == "unknown-is-safe") return IsUnknown() && IsUnsafe();
    if (property == "invariants") {
      return InvariantIs(pathway::Truth::kFalse);
    }
    return property == "guidance" && ShowsTooMuchOrNothing();
  }

 private:
  using Disposition = pathway::Disposition;
  using Intake = pathway::Intake;
  using Truth = pathway::Truth;

  int Item() const { return pathway_.item_by_link_id.at(id_); }

  bool IsUnknown() const { return evaluation_.IsUnknown(intake_, Item()); }

  // Whether what is certainly asked is answered, and nothing else is.
  bool IsComplete() const {
    for (std::size_t i = 0; i < intake_.size(); ++i) {
      const bool asked = evaluation_.enabled[i] == Truth::kTrue;
      if (asked != intake_[i].IsAnswered()) return false;
    }
    return true;
  }

  // Whether the element has no value.
  bool Errs() const {
    const std::string& element = finding_.elements.front();
    const auto is = [this](const std::string& id) { return id == id_; };
    for (std::size_t i = 0; i < pathway_.items.size(); ++i) {
      if (absl::StartsWith(element, "items/") && is(pathway_.items[i].link_id))
        return evaluation_.enabled[i] == Truth::kUnknown;
    }
    for (std::size_t i = 0; i < pathway_.definitions.size(); ++i) {
      if (absl::StartsWith(element, "definitions/") &&
          is(pathway_.definitions[i].name)) {
        return std::holds_alternative<pathway::Unknown>(
            evaluation_.definitions[i]);
      }
    }
    for (std::size_t i = 0; i < pathway_.rules.size(); ++i) {
      if (absl::StartsWith(element, "rules/") && is(pathway_.rules[i].rule_id))
        return evaluation_.rules[i] == Truth::kUnknown;
    }
    for (std::size_t i = 0; i < pathway_.gates.size(); ++i) {
      if (absl::StartsWith(element, "gates/") && is(pathway_.gates[i].gate_id))
        return evaluation_.gates[i] == Truth::kUnknown;
    }
    for (std::size_t i = 0; i < pathway_.guidance.size(); ++i) {
      if (absl::StartsWith(element, "guidance/") &&
          is(pathway_.guidance[i].guidance_id)) {
        return evaluation_.show_when[i] == Truth::kUnknown;
      }
    }
    return InvariantIs(Truth::kUnknown);
  }

  bool InvariantIs(Truth truth) const {
    pathway::Outcome outcome{
        .disposition = decision_.disposition,
        .flags = std::vector<bool>(pathway_.flags.size(), false)};
    for (const int flag : decision_.flags) outcome.flags[flag] = true;
    for (const pathway::Invariant& invariant : pathway_.invariants) {
      if (invariant.invariant_id != id_) continue;
      return EvaluateInvariant(pathway_, intake_, evaluation_, outcome,
                               invariant) == truth;
    }
    return false;
  }

  // The option that the message names.
  bool IsBelowFloor() const {
    const pathway::Item& item = pathway_.items[Item()];
    const std::string& message = finding_.message;
    const int option =
        item.OptionIndex(message.substr(1, message.find('\'', 1) - 1));
    const pathway::SlotAnswer& slot = intake_[Item()];
    const bool chosen = item.type == pathway::ItemType::kMultiChoice
                            ? (slot.value >> option & 1) != 0
                            : slot.value == option;
    return slot.IsAnswered() && chosen &&
           decision_.disposition < *item.options[option].at_least;
  }

  bool ShowsTooMuchOrNothing() const {
    if (finding_.elements.size() == 1) {
      return decision_.shown.empty() && ToString(decision_.disposition) == id_;
    }
    const auto is_shown = [this](const std::string& element) {
      return std::any_of(decision_.shown.begin(), decision_.shown.end(),
                         [&](int record) {
                           return GuidanceName(pathway_, record) == element;
                         });
    };
    return is_shown(finding_.elements[0]) && is_shown(finding_.elements[1]);
  }

  // Whether some better answer is more urgent, without the rules of exceptions.
  bool HasBetterMoreUrgent() const {
    const auto& message = pathway_.source->items(Item()).worse();
    const pathway::CompiledPathway without = WithoutRulesOf(message);
    const Order order(pathway_.items[Item()], message);
    const Disposition given = DispositionOf(without, intake_);
    for (const std::int64_t value : values_.Of(pathway_.items[Item()])) {
      if (!order.IsWorse(value, intake_[Item()].value)) continue;
      if (AnyWith(value, [&](const Intake& better) {
            return DispositionOf(without, better) > given;
          })) {
        return true;
      }
    }
    return false;
  }

  pathway::CompiledPathway WithoutRulesOf(
      const pathway::v1::Worse& message) const {
    pathway::CompiledPathway without = pathway_;
    for (const auto& exception : message.exceptions()) {
      for (pathway::Rule& rule : without.rules) {
        const auto& ids = exception.rule_ids();
        if (std::find(ids.begin(), ids.end(), rule.rule_id) == ids.end()) {
          continue;
        }
        rule.disposition = Disposition::kSelfCare;
        rule.on_unknown = {};
      }
    }
    return without;
  }

  bool IsUnsafe() const {
    if (absl::StrContains(finding_.message, "an emergency")) {
      return decision_.disposition < Disposition::kSameDay;
    }
    for (const std::int64_t value : values_.Of(pathway_.items[Item()])) {
      if (AnyWith(value, [&](const Intake& intake) {
            return DispositionOf(pathway_, intake) <= decision_.disposition;
          })) {
        return false;
      }
    }
    return true;
  }

  // Whether `test` holds of the intake with this answer, and some answers to
  // what it newly asks; what it takes away is dropped.
  bool AnyWith(std::int64_t value,
               const std::function<bool(const Intake&)>& test) const {
    Intake intake = intake_;
    intake[Item()] = {.state = pathway::SlotAnswer::State::kAnswered,
                      .value = value};
    DropAbsent(pathway_, intake);
    return AnyCompletion(intake, test);
  }

  bool AnyCompletion(const Intake& intake,
                     const std::function<bool(const Intake&)>& test) const {
    const pathway::Evaluation evaluation = Evaluate(pathway_, intake);
    for (std::size_t i = 0; i < intake.size(); ++i) {
      const bool newly = evaluation.enabled[i] == Truth::kTrue &&
                         evaluation_.enabled[i] != Truth::kTrue;
      if (!newly || intake[i].IsAnswered()) continue;
      Intake next = intake;
      next[i].state = pathway::SlotAnswer::State::kAnswered;
      for (const std::int64_t value : values_.Of(pathway_.items[i])) {
        next[i].value = value;
        if (AnyCompletion(next, test)) return true;
      }
      return false;
    }
    return test(intake);
  }

  const pathway::CompiledPathway& pathway_;
  const Finding& finding_;
  const std::string id_;
  const Intake intake_;
  const pathway::Evaluation evaluation_;
  const pathway::Decision decision_;
  const ValuesToTry values_;
};

// What is wrong with what `finding` shows; empty: nothing.
inline std::string WhyNotShown(const pathway::CompiledPathway& pathway,
                               const std::string& property,
                               const Finding& finding) {
  if (!finding.counterexample.has_value()) return "";
  const ShownByEngine shown(pathway, finding);
  if (!shown.IsLegalIntake()) return "the intake is not legal";
  return shown.Shows(property) ? "" : "the engine does not show it";
}

}  // namespace plumbline::gate

#endif  // PLUMBLINE_TESTS_CONTENT_SERVICE_GATE_SHOWN_BY_ENGINE_H_
