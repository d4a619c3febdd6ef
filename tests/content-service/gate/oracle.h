// The properties of the gate, each word by word as it is defined (its header in
// content-service/gate/properties/, design 3.3), by trying every legal intake
// with the engine. Nothing here knows of formulas.

#ifndef PLUMBLINE_TESTS_CONTENT_SERVICE_GATE_ORACLE_H_
#define PLUMBLINE_TESTS_CONTENT_SERVICE_GATE_ORACLE_H_

#include <algorithm>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/pathway/decide.h"
#include "common/pathway/evaluate.h"
#include "common/pathway/model.h"
#include "common/pathway/names.h"
#include "plumbline/pathway/v1/pathway.pb.h"
#include "tests/content-service/gate/all_intakes.h"

namespace plumbline::gate {

// What must be found of one element.
struct Expected {
  bool failure = true;
  // Indices of the intakes that show it. None: there is nothing to show.
  std::vector<int> shown_by;
};

// By what is found of what: "rules/R-1", "items/sign.kind 'some'".
using ExpectedFindings = std::map<std::string, Expected>;

// Whether `worse` is a worse answer to an item than `better`; slot values.
class WorseAnswers {
 public:
  WorseAnswers(const pathway::Item& item, const pathway::v1::Worse& message)
      : item_(item), message_(message) {
    const int count = static_cast<int>(item.options.size());
    std::set<std::pair<int, int>> alike;
    for (int i = 0; i < count; ++i) alike.emplace(i, i);
    for (const auto& chain : message.options().chains()) {
      for (int i = 0; i < chain.levels_size(); ++i) {
        for (const std::string& a : chain.levels(i).codes()) {
          for (const std::string& b : chain.levels(i).codes()) {
            alike.emplace(item.OptionIndex(a), item.OptionIndex(b));
          }
        }
        for (int j = i + 1; j < chain.levels_size(); ++j) {
          for (const std::string& better : chain.levels(i).codes()) {
            for (const std::string& worse : chain.levels(j).codes()) {
              pairs_.emplace(item.OptionIndex(better), item.OptionIndex(worse));
            }
          }
        }
      }
    }
    // Until nothing is added: worse than what is worse or as bad is worse.
    for (std::size_t before = 0; before != pairs_.size();) {
      before = pairs_.size();
      for (int a = 0; a < count; ++a) {
        for (int via = 0; via < count; ++via) {
          for (int b = 0; b < count; ++b) {
            const bool first = pairs_.count({a, via}) > 0;
            const bool second = pairs_.count({via, b}) > 0;
            if ((first && second) || (first && alike.count({via, b}) > 0) ||
                (second && alike.count({a, via}) > 0)) {
              pairs_.emplace(a, b);
            }
          }
        }
      }
    }
  }

  bool IsUnordered() const {
    return message_.order_case() == pathway::v1::Worse::kUnordered;
  }

  bool IsWorse(std::int64_t better, std::int64_t worse) const {
    using pathway::v1::Worse;
    switch (message_.order_case()) {
      case Worse::kOptions:
        return pairs_.count(
                   {static_cast<int>(better), static_cast<int>(worse)}) > 0;
      case Worse::kDirection:
        return message_.direction() == Worse::DIRECTION_UP ? worse > better
                                                           : worse < better;
      case Worse::kSetInclusion: {
        const std::set<int> less = Joined(better);
        const std::set<int> more = Joined(worse);
        return less.size() < more.size() &&
               std::includes(more.begin(), more.end(), less.begin(),
                             less.end());
      }
      case Worse::kTrueIsWorse:
        return better == 0 && worse == 1;
      case Worse::kUnordered:
      case Worse::ORDER_NOT_SET:
        break;
    }
    return false;
  }

  // Whether no answer is better.
  bool IsLeast(std::int64_t value,
               const std::vector<std::int64_t>& values) const {
    return std::none_of(values.begin(), values.end(), [&](std::int64_t other) {
      return IsWorse(other, value);
    });
  }

  // Whether some answer is worse.
  bool IsBetter(std::int64_t value,
                const std::vector<std::int64_t>& values) const {
    return std::any_of(values.begin(), values.end(), [&](std::int64_t other) {
      return IsWorse(value, other);
    });
  }

  // The answer that worries least; of several the first. An item that has no
  // order counts as if it had the usual one of its type.
  std::int64_t CalmValue(const std::vector<std::int64_t>& values) const {
    if (item_.type == pathway::ItemType::kMultiChoice) {
      for (std::size_t i = 0; i < item_.options.size(); ++i) {
        if (item_.options[i].exclusive) return std::int64_t{1} << i;
      }
      return 1;
    }
    for (const std::int64_t value : values) {
      if (IsLeast(value, values)) return value;
    }
    return values.front();
  }

 private:
  // The options of a set; an exclusive one counts as none.
  std::set<int> Joined(std::int64_t set) const {
    std::set<int> options;
    for (std::size_t i = 0; i < item_.options.size(); ++i) {
      if ((set >> i & 1) != 0 && !item_.options[i].exclusive) {
        options.insert(static_cast<int>(i));
      }
    }
    return options;
  }

  const pathway::Item& item_;
  const pathway::v1::Worse& message_;
  std::set<std::pair<int, int>> pairs_;
};

class Oracle {
 public:
  // Both outlive this.
  Oracle(const pathway::CompiledPathway& pathway, const AllIntakes& intakes)
      : pathway_(pathway), message_(*pathway.source), intakes_(intakes) {
    for (int i = 0; i < ItemCount(); ++i) {
      worse_.emplace_back(pathway.items[i], message_.items(i).worse());
    }
    for (std::size_t i = 0; i < intakes.all().size(); ++i) {
      if (intakes.all()[i].complete) complete_.push_back(static_cast<int>(i));
      dispositions_.push_back(intakes.all()[i].decision.disposition);
    }
  }

  const KnownIntake& Known(int index) const { return intakes_.all()[index]; }

  // How large an intake is: of complete ones the answers that are not calm, of
  // others all answers. Of equal ones that is smaller which is less by what
  // follows, item by item: open, closed, a calm answer, one near it.
  std::vector<std::int64_t> SizeOf(int index, bool among_complete) const {
    std::vector<std::int64_t> size = {0};
    for (int i = 0; i < ItemCount(); ++i) {
      const pathway::SlotAnswer& slot = Known(index).intake[i];
      if (!slot.IsAnswered()) {
        size.push_back(slot.state == pathway::SlotAnswer::State::kOpen ? 0 : 1);
        continue;
      }
      const std::int64_t distance = DistanceFromCalm(i, slot.value);
      if (!among_complete || distance > 0) ++size[0];
      size.push_back(2 + distance);
    }
    return size;
  }

  // no-error: no legal complete intake evaluates any expression to an error.
  // Nothing else makes an expression of such an intake unknown.
  ExpectedFindings NoError() const {
    ExpectedFindings found;
    for (const int c : complete_) {
      const KnownIntake& known = Known(c);
      const pathway::Evaluation& evaluation = known.evaluation;
      const auto check = [&](const std::string& element, pathway::Truth truth) {
        if (truth == pathway::Truth::kUnknown) Show(element, c, found);
      };
      for (int i = 0; i < ItemCount(); ++i) {
        check(ItemOf(i), evaluation.enabled[i]);
      }
      for (std::size_t i = 0; i < pathway_.definitions.size(); ++i) {
        if (IsDecided(evaluation.definitions[i])) continue;
        Show(absl::StrCat("definitions/", pathway_.definitions[i].name), c,
             found);
      }
      for (std::size_t i = 0; i < pathway_.rules.size(); ++i) {
        check(RuleOf(static_cast<int>(i)), evaluation.rules[i]);
      }
      for (std::size_t i = 0; i < pathway_.gates.size(); ++i) {
        check(absl::StrCat("gates/", pathway_.gates[i].gate_id),
              evaluation.gates[i]);
      }
      for (std::size_t i = 0; i < pathway_.guidance.size(); ++i) {
        check(RecordOf(static_cast<int>(i)), evaluation.show_when[i]);
      }
      for (const pathway::Invariant& invariant : pathway_.invariants) {
        check(InvariantOf(invariant), Evaluated(invariant, known));
      }
    }
    return found;
  }

  // influence: see its header.
  ExpectedFindings Influence() const {
    ExpectedFindings found;
    for (int i = 0; i < ItemCount(); ++i) {
      const bool asked = AnyComplete(
          [i](const KnownIntake& known) { return known.IsEnabled(i); });
      if (!asked) {
        found[ItemOf(i)] = {};
        continue;
      }
      for (std::size_t o = 0; o < pathway_.items[i].options.size(); ++o) {
        AddOption(i, static_cast<int>(o), found);
      }
      if (pathway_.items[i].options.empty() && !SomeAnswerMatters(i)) {
        found[ItemOf(i)] = {};
      }
    }
    for (std::size_t i = 0; i < pathway_.rules.size(); ++i) {
      AddRule(static_cast<int>(i), found);
    }
    for (std::size_t i = 0; i < pathway_.gates.size(); ++i) {
      const bool holds = AnyComplete([i](const KnownIntake& known) {
        return known.evaluation.gates[i] == pathway::Truth::kTrue;
      });
      if (holds) continue;
      found[absl::StrCat("gates/", pathway_.gates[i].gate_id)] = {};
    }
    for (std::size_t i = 0; i < pathway_.scores.size(); ++i) {
      const pathway::Score& score = pathway_.scores[i];
      for (std::size_t b = 0; b < score.bands.size(); ++b) {
        const bool reached = AnyComplete([&](const KnownIntake& known) {
          return known.evaluation.scores[i].band == static_cast<int>(b);
        });
        if (reached) continue;
        found[absl::StrCat("scores/", score.name, " '", score.bands[b].code,
                           "'")] = {};
      }
    }
    for (std::size_t i = 0; i < pathway_.guidance.size(); ++i) {
      const auto& all = intakes_.all();
      const bool shown =
          std::any_of(all.begin(), all.end(), [i](const KnownIntake& known) {
            return Contains(known.decision.shown, static_cast<int>(i));
          });
      if (!shown) found[RecordOf(static_cast<int>(i))] = {};
    }
    return found;
  }

  // monotone: for legal complete x, y where y's answer to one item is worse,
  // other items enabled in both are equal, and items newly enabled in y have
  // any legal answer: disposition(y) is at least disposition(x).
  ExpectedFindings Monotone() const {
    ExpectedFindings found;
    for (int i = 0; i < ItemCount(); ++i) {
      const std::set<int> excepted = ExceptedRules(i);
      for (const int y : BrokenOrder(i, excepted)) Show(ItemOf(i), y, found);
      for (const int rule : excepted) {
        std::set<int> others = excepted;
        others.erase(rule);
        if (!BrokenOrder(i, others).empty()) continue;
        found[absl::StrCat(ItemOf(i), " ", RuleOf(rule))] = {};
      }
    }
    return found;
  }

  // floors: whatever else is answered, an option with `at_least` gives at least
  // that.
  ExpectedFindings Floors() const {
    ExpectedFindings found;
    for (int k = 0; k < IntakeCount(); ++k) {
      for (int i = 0; i < ItemCount(); ++i) {
        const pathway::Item& item = pathway_.items[i];
        if (!Known(k).intake[i].IsAnswered()) continue;
        for (std::size_t o = 0; o < item.options.size(); ++o) {
          const auto& at_least = item.options[o].at_least;
          const bool chosen =
              Has(item, Known(k).intake[i].value, static_cast<int>(o));
          if (!chosen || !at_least.has_value()) continue;
          if (dispositions_[k] >= *at_least) continue;
          Show(OptionOf(i, static_cast<int>(o)), k, found);
        }
      }
    }
    return found;
  }

  // unknown-is-safe: for every legal intake and answered item, with that item
  // unknown and the other answers kept, the disposition is at least the least
  // urgent one over all legal values of it (newly enabled items at any legal
  // answer, answers to newly disabled items dropped). An unknown `emergency`
  // item never gives better than SAME_DAY.
  ExpectedFindings UnknownIsSafe() const {
    ExpectedFindings found;
    for (int k = 0; k < IntakeCount(); ++k) {
      for (int i = 0; i < ItemCount(); ++i) {
        if (!Known(k).evaluation.IsUnknown(Known(k).intake, i)) continue;
        const bool must_be_today =
            pathway_.items[i].emergency ||
            (MayBeAnEmergency(i) && Known(k).IsEnabled(i));
        if (must_be_today &&
            dispositions_[k] < pathway::Disposition::kSameDay) {
          Show(absl::StrCat(ItemOf(i), " emergency"), k, found);
        }
        if (CouldBeAnswered(k, i) && EveryValueGivesMore(k, i)) {
          Show(ItemOf(i), k, found);
        }
      }
    }
    return found;
  }

  // invariants: true of every legal complete intake (else unknown, which
  // no-error finds), and false of none. It is shown by complete intakes where
  // there are such.
  ExpectedFindings Invariants() const {
    ExpectedFindings found;
    for (const pathway::Invariant& invariant : pathway_.invariants) {
      std::vector<int> all;
      std::vector<int> complete;
      for (int k = 0; k < IntakeCount(); ++k) {
        if (Evaluated(invariant, Known(k)) != pathway::Truth::kFalse) continue;
        all.push_back(k);
        if (Known(k).complete) complete.push_back(k);
      }
      if (all.empty()) continue;
      found[InvariantOf(invariant)] = {.shown_by =
                                           complete.empty() ? all : complete};
    }
    return found;
  }

  // guidance: every disposition has guidance; no intake shows a record together
  // with one it excludes.
  ExpectedFindings Guidance() const {
    ExpectedFindings found;
    for (int k = 0; k < IntakeCount(); ++k) {
      const std::vector<int>& shown = Known(k).decision.shown;
      if (shown.empty()) {
        Show(absl::StrCat("dispositions/", ToString(dispositions_[k])), k,
             found);
      }
      for (const int record : shown) {
        for (const int other : pathway_.guidance[record].excludes) {
          if (!Contains(shown, other)) continue;
          Show(absl::StrCat(RecordOf(record), " ", RecordOf(other)), k, found);
        }
      }
    }
    return found;
  }

 private:
  int ItemCount() const { return static_cast<int>(pathway_.items.size()); }
  int IntakeCount() const { return static_cast<int>(intakes_.all().size()); }

  std::string ItemOf(int item) const {
    return absl::StrCat("items/", pathway_.items[item].link_id);
  }
  std::string OptionOf(int item, int option) const {
    return absl::StrCat(ItemOf(item), " '",
                        pathway_.items[item].options[option].code, "'");
  }
  std::string RuleOf(int rule) const {
    return absl::StrCat("rules/", pathway_.rules[rule].rule_id);
  }
  std::string RecordOf(int record) const {
    return absl::StrCat("guidance/", pathway_.guidance[record].guidance_id);
  }
  static std::string InvariantOf(const pathway::Invariant& invariant) {
    return absl::StrCat("invariants/", invariant.invariant_id);
  }

  // Of numbers it is that; of options their order; of sets that is nearer
  // which lacks the first option in which they differ. 0: it is the calm one.
  std::int64_t DistanceFromCalm(int i, std::int64_t value) const {
    const pathway::Item& item = pathway_.items[i];
    const std::int64_t calm = worse_[i].CalmValue(intakes_.ValuesOf(i));
    if (value == calm) return 0;
    switch (item.type) {
      case pathway::ItemType::kBoolean:
      case pathway::ItemType::kInteger:
      case pathway::ItemType::kDecimal:
        return value > calm ? value - calm : calm - value;
      case pathway::ItemType::kChoice:
        return 1 + value;
      case pathway::ItemType::kMultiChoice:
        break;
    }
    std::int64_t distance = 0;
    for (std::size_t option = 0; option < item.options.size(); ++option) {
      distance = 2 * distance + (value >> option & 1);
    }
    return distance;
  }

  static void Show(const std::string& element, int intake,
                   ExpectedFindings& found) {
    std::vector<int>& shown_by = found[element].shown_by;
    if (shown_by.empty() || shown_by.back() != intake) {
      shown_by.push_back(intake);
    }
  }

  static bool Contains(const std::vector<int>& list, int element) {
    return std::find(list.begin(), list.end(), element) != list.end();
  }

  // Whether an answer is, or has, the option.
  static bool Has(const pathway::Item& item, std::int64_t value, int option) {
    return item.type == pathway::ItemType::kMultiChoice
               ? (value >> option & 1) != 0
               : value == option;
  }

  bool AnyComplete(const std::function<bool(const KnownIntake&)>& is) const {
    return std::any_of(complete_.begin(), complete_.end(),
                       [&](int c) { return is(Known(c)); });
  }

  pathway::Truth Evaluated(const pathway::Invariant& invariant,
                           const KnownIntake& known) const {
    pathway::Outcome outcome{
        .disposition = known.decision.disposition,
        .flags = std::vector<bool>(pathway_.flags.size(), false)};
    for (const int flag : known.decision.flags) outcome.flags[flag] = true;
    return EvaluateInvariant(pathway_, known.intake, known.evaluation, outcome,
                             invariant);
  }

  // An option that must influence and does not, or that does and is declared
  // not to.
  void AddOption(int i, int option, ExpectedFindings& found) const {
    const pathway::Item& item = pathway_.items[i];
    if (item.options[option].means_unknown) return;
    if (item.type == pathway::ItemType::kMultiChoice) {
      if (item.options[option].exclusive) return;
    } else if (!worse_[i].IsUnordered() &&
               worse_[i].IsLeast(option, intakes_.ValuesOf(i)) &&
               worse_[i].IsBetter(option, intakes_.ValuesOf(i))) {
      return;
    }
    const bool influences = AnyComplete([&](const KnownIntake& known) {
      return ChangesResult(known, i, option);
    });
    const bool informational =
        !message_.items(i).options(option).informational().empty();
    if (influences == informational) {
      found[OptionOf(i, option)] = {.failure = !influences};
    }
  }

  // Whether the option, put in place of the answer, or added to the set,
  // changes disposition, flags, enabling or guidance.
  bool ChangesResult(const KnownIntake& known, int i, int option) const {
    const pathway::Item& item = pathway_.items[i];
    const pathway::SlotAnswer& slot = known.intake[i];
    if (!slot.IsAnswered() || Has(item, slot.value, option)) return false;
    pathway::Intake changed = known.intake;
    if (item.type == pathway::ItemType::kMultiChoice) {
      const auto kept =
          static_cast<std::uint64_t>(slot.value) & ~item.exclusive_mask;
      changed[i].value =
          static_cast<std::int64_t>(kept | std::uint64_t{1} << option);
    } else {
      if (!worse_[i].IsUnordered() &&
          !worse_[i].IsLeast(slot.value, intakes_.ValuesOf(i))) {
        return false;
      }
      changed[i].value = option;
    }
    return Differs(changed, known);
  }

  // Whether some answer to an item without options does, or a score counts it.
  bool SomeAnswerMatters(int i) const {
    for (const pathway::Score& score : pathway_.scores) {
      if (Contains(score.items, i)) return true;
    }
    return AnyComplete([&](const KnownIntake& known) {
      if (!known.intake[i].IsAnswered()) return false;
      const std::vector<std::int64_t>& values = intakes_.ValuesOf(i);
      return std::any_of(values.begin(), values.end(), [&](std::int64_t value) {
        pathway::Intake changed = known.intake;
        changed[i].value = value;
        return Differs(changed, known);
      });
    });
  }

  // Whether some answer to it is an emergency, whatever else is answered.
  bool MayBeAnEmergency(int i) const {
    const auto& options = pathway_.items[i].options;
    return std::any_of(options.begin(), options.end(), [](const auto& option) {
      return option.at_least == pathway::Disposition::kEmergencyNow;
    });
  }

  bool Differs(const pathway::Intake& changed, const KnownIntake& known) const {
    const pathway::Evaluation evaluation = Evaluate(pathway_, changed);
    for (int other = 0; other < ItemCount(); ++other) {
      const bool enabled = evaluation.enabled[other] == pathway::Truth::kTrue;
      if (enabled != known.IsEnabled(other)) return true;
    }
    const pathway::Decision decision = Decide(pathway_, changed, evaluation);
    return decision.disposition != known.decision.disposition ||
           decision.shown != known.decision.shown ||
           Sorted(decision.flags) != Sorted(known.decision.flags);
  }

  static std::vector<int> Sorted(std::vector<int> list) {
    std::sort(list.begin(), list.end());
    return list;
  }

  // A rule that is never true, or only where a more urgent one is; or, to be
  // listed, where one that is as urgent is.
  void AddRule(int rule, ExpectedFindings& found) const {
    bool beside_nothing_more_urgent = false;
    bool beside_nothing_as_urgent = false;
    for (const int c : complete_) {
      const auto& rules = Known(c).evaluation.rules;
      if (rules[rule] != pathway::Truth::kTrue) continue;
      bool more = false;
      bool as_much = false;
      for (int other = 0; other < static_cast<int>(rules.size()); ++other) {
        if (other == rule || rules[other] != pathway::Truth::kTrue) continue;
        const auto given = pathway_.rules[other].disposition;
        more |= given > pathway_.rules[rule].disposition;
        as_much |= given >= pathway_.rules[rule].disposition;
      }
      beside_nothing_more_urgent |= !more;
      beside_nothing_as_urgent |= !as_much;
    }
    if (beside_nothing_as_urgent) return;
    found[RuleOf(rule)] = {.failure = !beside_nothing_more_urgent};
  }

  std::set<int> ExceptedRules(int item) const {
    std::set<int> rules;
    for (const auto& exception : message_.items(item).worse().exceptions()) {
      for (const std::string& id : exception.rule_ids()) {
        for (std::size_t i = 0; i < pathway_.rules.size(); ++i) {
          if (pathway_.rules[i].rule_id == id) {
            rules.insert(static_cast<int>(i));
          }
        }
      }
    }
    return rules;
  }

  // The dispositions of the complete intakes, with rules left out.
  std::vector<pathway::Disposition> DispositionsWithout(
      const std::set<int>& left_out) const {
    pathway::CompiledPathway rest = pathway_;
    for (auto rule = left_out.rbegin(); rule != left_out.rend(); ++rule) {
      rest.rules.erase(rest.rules.begin() + *rule);
    }
    std::vector<pathway::Disposition> dispositions;
    for (const int c : complete_) {
      const pathway::Intake& intake = Known(c).intake;
      dispositions.push_back(
          Decide(rest, intake, Evaluate(rest, intake)).disposition);
    }
    return dispositions;
  }

  // Each y of a pair that breaks the order of the item.
  std::vector<int> BrokenOrder(int item, const std::set<int>& left_out) const {
    const auto given = DispositionsWithout(left_out);
    std::vector<int> broken;
    for (std::size_t y = 0; y < complete_.size(); ++y) {
      for (std::size_t x = 0; x < complete_.size(); ++x) {
        if (given[y] >= given[x]) continue;
        if (!IsPair(Known(complete_[x]), Known(complete_[y]), item)) continue;
        broken.push_back(complete_[y]);
        break;
      }
    }
    return broken;
  }

  bool IsPair(const KnownIntake& x, const KnownIntake& y, int item) const {
    if (!x.intake[item].IsAnswered() || !y.intake[item].IsAnswered()) {
      return false;
    }
    if (!worse_[item].IsWorse(x.intake[item].value, y.intake[item].value)) {
      return false;
    }
    for (int i = 0; i < ItemCount(); ++i) {
      if (i == item || !x.IsEnabled(i) || !y.IsEnabled(i)) continue;
      if (x.intake[i].value != y.intake[i].value) return false;
    }
    return true;
  }

  // Whether it is what a legal intake becomes when the item gets unknown.
  bool CouldBeAnswered(int intake, int item) const {
    const auto& values = intakes_.ValuesOf(item);
    return std::any_of(values.begin(), values.end(), [&](std::int64_t value) {
      pathway::Intake with = Known(intake).intake;
      with[item] = Answered(value);
      return intakes_.IndexOf(with) >= 0;
    });
  }

  bool EveryValueGivesMore(int intake, int item) const {
    const auto& values = intakes_.ValuesOf(item);
    return std::all_of(values.begin(), values.end(), [&](std::int64_t value) {
      pathway::Intake with = Known(intake).intake;
      with[item] = Answered(value);
      return EveryWayGivesMore(intake, item, 0, with);
    });
  }

  // `with` is settled up to `place` of the order: what is not enabled any more
  // is dropped, what is newly enabled has an answer.
  bool EveryWayGivesMore(int unknown, int item, std::size_t place,
                         pathway::Intake with) const {
    const std::vector<int>& order = intakes_.ItemsInOrder();
    for (; place < order.size(); ++place) {
      const int next = order[place];
      if (next == item || !pathway_.items[next].enable_when.has_value()) {
        continue;
      }
      const pathway::Truth enabled = Evaluate(pathway_, with).enabled[next];
      if (enabled == pathway::Truth::kFalse) {
        with[next] = pathway::SlotAnswer();
      } else if (enabled == pathway::Truth::kTrue && !with[next].IsAnswered() &&
                 !Known(unknown).IsEnabled(next)) {
        const auto& values = intakes_.ValuesOf(next);
        return std::all_of(
            values.begin(), values.end(), [&](std::int64_t value) {
              with[next] = Answered(value);
              return EveryWayGivesMore(unknown, item, place + 1, with);
            });
      }
    }
    // Such an intake is legal, or the tries are not all.
    return dispositions_.at(intakes_.IndexOf(with)) > dispositions_[unknown];
  }

  const pathway::CompiledPathway& pathway_;
  const pathway::v1::Pathway& message_;
  const AllIntakes& intakes_;
  std::vector<WorseAnswers> worse_;
  std::vector<int> complete_;
  std::vector<pathway::Disposition> dispositions_;
};

}  // namespace plumbline::gate

#endif  // PLUMBLINE_TESTS_CONTENT_SERVICE_GATE_ORACLE_H_
