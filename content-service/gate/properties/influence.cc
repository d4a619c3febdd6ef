#include "content-service/gate/properties/influence.h"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/pathway/answers.h"
#include "common/pathway/decide.h"
#include "common/pathway/evaluate.h"
#include "common/pathway/names.h"

namespace plumbline::gate {
namespace {

using pathway::CompiledPathway;
using pathway::Intake;
using pathway::Item;
using pathway::ItemType;

// A complete intake, and what the engine makes of it.
struct Example {
  Intake intake;
  pathway::Evaluation evaluation;
  pathway::Decision decision;
};

Example ExampleOf(const CompiledPathway& pathway, Intake intake) {
  Example example{
      .intake = std::move(intake), .evaluation = {}, .decision = {}};
  example.evaluation = Evaluate(pathway, example.intake);
  example.decision = Decide(pathway, example.intake, example.evaluation);
  return example;
}

std::vector<int> Sorted(std::vector<int> list) {
  std::sort(list.begin(), list.end());
  return list;
}

bool Differ(const Example& a, const Example& b) {
  for (std::size_t i = 0; i < a.evaluation.enabled.size(); ++i) {
    if ((a.evaluation.enabled[i] == pathway::Truth::kTrue) !=
        (b.evaluation.enabled[i] == pathway::Truth::kTrue)) {
      return true;
    }
  }
  return a.decision.disposition != b.decision.disposition ||
         Sorted(a.decision.flags) != Sorted(b.decision.flags) ||
         Sorted(a.decision.shown) != Sorted(b.decision.shown);
}

class Influence {
 public:
  explicit Influence(Proof& proof) : proof_(proof), pathway_(proof.pathway()) {
    for (const pathway::v1::Case& one : proof.message().cases()) {
      AddExample(one);
    }
  }

  Findings Check() {
    for (int i = 0; i < static_cast<int>(pathway_.items.size()); ++i) {
      CheckItem(i);
    }
    for (int i = 0; i < static_cast<int>(pathway_.rules.size()); ++i) {
      CheckRule(i);
    }
    CheckGates();
    CheckBands();
    for (std::size_t i = 0; i < pathway_.guidance.size(); ++i) {
      if (Exists(proof_.decision().shown[i])) continue;
      Add(GuidanceName(pathway_, static_cast<int>(i)), "is shown of no intake",
          "look at what names it, its condition, its dispositions and its "
          "gates");
    }
    return std::move(findings_);
  }

 private:
  bool Exists(const z3::expr& condition) {
    return proof_.FindQuickly(condition).has_value();
  }

  void Add(std::string element, std::string message, std::string advice,
           bool failure = true) {
    findings_.push_back({.failure = failure,
                         .elements = {std::move(element)},
                         .message = std::move(message),
                         .advice = std::move(advice),
                         .counterexample = std::nullopt});
  }

  // A case, with calm answers for what it asks and leaves open.
  void AddExample(const pathway::v1::Case& one) {
    const pathway::CheckedAnswers checked =
        CheckAnswers(pathway_, one.answers());
    if (!checked.violations.empty()) return;
    Intake intake = checked.intake;
    for (const auto& [kind, index] : pathway_.evaluation_order) {
      if (kind != pathway::EvaluationStep::Kind::kItem) continue;
      const bool asked =
          Evaluate(pathway_, intake).enabled[index] == pathway::Truth::kTrue;
      if (asked == intake[index].IsAnswered()) continue;
      if (!asked) return;  // The answer is not legal any more.
      intake[index] = {.state = pathway::SlotAnswer::State::kAnswered,
                       .value = proof_.order(index).CalmValue()};
    }
    for (pathway::SlotAnswer& slot : intake) {
      if (!slot.IsAnswered()) slot = pathway::SlotAnswer();
    }
    examples_.push_back(ExampleOf(pathway_, std::move(intake)));
  }

  // What may stand in place of an answer.
  using InPlace = std::function<std::vector<std::int64_t>(std::int64_t)>;

  // Whether the engine shows the difference for one of the examples: what it
  // shows need not be looked for.
  bool HasExample(int index, const InPlace& in_place) const {
    for (const Example& before : examples_) {
      if (!before.intake[index].IsAnswered()) continue;
      for (const std::int64_t value : in_place(before.intake[index].value)) {
        Intake intake = before.intake;
        intake[index].value = value;
        if (Differ(before, ExampleOf(pathway_, std::move(intake)))) return true;
      }
    }
    return false;
  }

  bool HasExample(int index, int option) const {
    return HasExample(index, [this, index, option](std::int64_t value) {
      return CanStandIn(index, option, value)
                 ? std::vector{ValueWith(index, option, value)}
                 : std::vector<std::int64_t>();
    });
  }

  bool CanStandIn(int index, int option, std::int64_t value) const {
    if (pathway_.items[index].type == ItemType::kMultiChoice) {
      return (value >> option & 1) == 0;
    }
    const Order& order = proof_.order(index);
    return value != option &&
           (!order.IsOrdered() || order.IsLeast(static_cast<int>(value)));
  }

  std::int64_t ValueWith(int index, int option, std::int64_t value) const {
    const Item& item = pathway_.items[index];
    if (item.type != ItemType::kMultiChoice) return option;
    const auto others =
        static_cast<std::uint64_t>(value) & ~item.exclusive_mask;
    return static_cast<std::int64_t>(others | std::uint64_t{1} << option);
  }

  void CheckItem(int index) {
    const Item& item = pathway_.items[index];
    if (!Exists(proof_.complete() && proof_.any().enabled[index].is_true)) {
      return Add(ItemName(pathway_, index), "is asked of nobody",
                 "look at its enable_when");
    }
    for (int option = 0; option < static_cast<int>(item.options.size());
         ++option) {
      if (IsInPlaceOfAnother(index, option)) CheckOption(index, option);
    }
    if (item.options.empty()) CheckAnyAnswer(index);
  }

  // Whether the option is one that must make a difference.
  bool IsInPlaceOfAnother(int index, int option) const {
    const Item& item = pathway_.items[index];
    if (item.options[option].means_unknown) return false;
    if (item.type == ItemType::kMultiChoice) {
      return !item.options[option].exclusive;
    }
    const Order& order = proof_.order(index);
    return !order.IsOrdered() || !order.IsLeast(option) ||
           !order.IsInChain(option);
  }

  void CheckOption(int index, int option) {
    const auto& message = proof_.message().items(index).options(option);
    const bool influences =
        HasExample(index, option) || MakesADifference(index, option);
    const bool informational = !message.informational().empty();
    if (influences != informational) return;
    if (influences) {
      Add(ItemName(pathway_, index),
          absl::StrCat("'", message.code(),
                       "' is declared informational, and changes results"),
          "take 'informational' away", /*failure=*/false);
    } else {
      Add(ItemName(pathway_, index),
          absl::StrCat("'", message.code(), "' changes nothing"),
          "let a rule, a gate or guidance read it, or say in 'informational' "
          "why it is asked");
    }
  }

  // Of an item without options: it need not be said which answer matters.
  void CheckAnyAnswer(int index) {
    if (IsCounted(index) || HasExample(index, InPlaceOfAny(index)) ||
        AnotherMakesADifference(index)) {
      return;
    }
    Add(ItemName(pathway_, index), "no answer to it changes anything",
        "let a rule, a gate, guidance or a score read it, or do not ask it");
  }

  // Whether a score counts it, which is shown.
  bool IsCounted(int index) const {
    return std::any_of(pathway_.scores.begin(), pathway_.scores.end(),
                       [index](const pathway::Score& score) {
                         return std::find(score.items.begin(),
                                          score.items.end(),
                                          index) != score.items.end();
                       });
  }

  InPlace InPlaceOfAny(int index) const {
    const Item& item = pathway_.items[index];
    if (item.type == ItemType::kBoolean) {
      return [](std::int64_t value) { return std::vector{1 - value}; };
    }
    return [&item](std::int64_t /*value*/) {
      return std::vector{item.minimum, item.maximum};
    };
  }

  bool AnotherMakesADifference(int index) {
    z3::context& z3 = proof_.z3();
    z3::expr_vector legal(z3);
    const SymbolicAnswer other =
        FreeAnswerIf(z3.bool_val(true), pathway_.items[index], "other ", legal);
    return MakesADifference(index, other, z3::mk_and(legal));
  }

  // Complete intakes with an answer that the option can stand in for.
  bool MakesADifference(int index, int option) {
    return MakesADifference(index, WithOption(index, option),
                            CanStandIn(index, option));
  }

  // Whether `other` in place of the answer to the item does.
  bool MakesADifference(int index, const SymbolicAnswer& other,
                        const z3::expr& condition) {
    const SymbolicEvaluation& any = proof_.any();
    const SymbolicEvaluation with = proof_.encoder().EvaluateAgain(
        any, index, proof_.dependents(index),
        [&](int i, const SymbolicTruth& /*enabled*/,
            z3::expr_vector& /*legal*/) {
          return i == index ? other : any.answers[i];
        });
    return Exists(proof_.complete() && any.answers[index].answered &&
                  condition && Differs(with));
  }

  SymbolicAnswer WithOption(int index, int option) {
    const Item& item = pathway_.items[index];
    SymbolicAnswer answer = proof_.any().answers[index];
    if (answer.value.has_value()) {
      return ConstantAnswer(proof_.z3(), item, option);
    }
    for (std::size_t i = 0; i < item.options.size(); ++i) {
      if (item.options[i].exclusive) {
        answer.chosen[i] = proof_.z3().bool_val(false);
      }
    }
    answer.chosen[option] = proof_.z3().bool_val(true);
    return answer;
  }

  z3::expr CanStandIn(int index, int option) {
    const Item& item = pathway_.items[index];
    const SymbolicAnswer& answer = proof_.any().answers[index];
    if (!answer.value.has_value()) return !answer.chosen[option];
    const Order& order = proof_.order(index);
    std::vector<z3::expr> ways;
    for (int i = 0; i < static_cast<int>(item.options.size()); ++i) {
      if (i == option || (order.IsOrdered() && !order.IsLeast(i))) continue;
      ways.push_back(IsPlace(*answer.value, i));
    }
    return AnyOf(proof_.z3(), ways);
  }

  z3::expr Differs(const SymbolicEvaluation& with) {
    const SymbolicEvaluation& any = proof_.any();
    const SymbolicDecision& before = proof_.decision();
    const SymbolicDecision after = proof_.encoder().Decide(with);
    std::vector<z3::expr> ways;
    for (std::size_t i = 0; i < any.enabled.size(); ++i) {
      ways.push_back(any.enabled[i].is_true != with.enabled[i].is_true);
    }
    for (std::size_t d = 1; d < before.disposition.size(); ++d) {
      ways.push_back(before.disposition[d] != after.disposition[d]);
    }
    for (std::size_t i = 0; i < before.flags.size(); ++i) {
      ways.push_back(before.flags[i] != after.flags[i]);
    }
    for (std::size_t i = 0; i < before.shown.size(); ++i) {
      ways.push_back(before.shown[i] != after.shown[i]);
    }
    return AnyOf(proof_.z3(), ways);
  }

  void CheckRule(int index) {
    const z3::expr fires =
        proof_.complete() && proof_.any().rules[index].is_true;
    if (!Exists(fires)) {
      return Add(RuleName(pathway_, index), "can never be true",
                 "look at its condition");
    }
    if (!Exists(fires && !FiresBeside(index, /*more_urgent=*/true))) {
      return Add(RuleName(pathway_, index),
                 "is true only where a more urgent rule is",
                 absl::StrCat("it adds nothing to those above ",
                              ToString(pathway_.rules[index].disposition)));
    }
    if (!Exists(fires && !FiresBeside(index, /*more_urgent=*/false))) {
      Add(RuleName(pathway_, index),
          "is true only where another rule that gives as much is",
          "perhaps one of them is enough", /*failure=*/false);
    }
  }

  // Whether another rule that is more, or as, urgent is true.
  z3::expr FiresBeside(int index, bool more_urgent) {
    std::vector<z3::expr> ways;
    for (int i = 0; i < static_cast<int>(pathway_.rules.size()); ++i) {
      const auto other = pathway_.rules[i].disposition;
      const auto own = pathway_.rules[index].disposition;
      if (i == index || other < own || (more_urgent && other == own)) continue;
      ways.push_back(proof_.any().rules[i].is_true);
    }
    return AnyOf(proof_.z3(), ways);
  }

  void CheckGates() {
    for (std::size_t i = 0; i < pathway_.gates.size(); ++i) {
      if (Exists(proof_.complete() && proof_.any().gates[i].is_true)) continue;
      Add(absl::StrCat("gates/", pathway_.gates[i].gate_id),
          "can never be true", "look at its condition");
    }
  }

  void CheckBands() {
    for (int i = 0; i < static_cast<int>(pathway_.scores.size()); ++i) {
      const pathway::Score& score = pathway_.scores[i];
      for (int band = 0; band < static_cast<int>(score.bands.size()); ++band) {
        if (Exists(proof_.complete() &&
                   proof_.encoder().HasBand(proof_.any(), i, band))) {
          continue;
        }
        Add(absl::StrCat("scores/", score.name),
            absl::StrCat("no intake has the band '", score.bands[band].code,
                         "'"),
            "look at the range of the band");
      }
    }
  }

  Proof& proof_;
  const CompiledPathway& pathway_;
  std::vector<Example> examples_;
  Findings findings_;
};

}  // namespace

Findings CheckInfluence(Proof& proof) { return Influence(proof).Check(); }

}  // namespace plumbline::gate
