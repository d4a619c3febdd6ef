#include "content-service/gate/properties/influence.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/pathway/names.h"

namespace plumbline::gate {
namespace {

using pathway::CompiledPathway;
using pathway::Item;
using pathway::ItemType;

class Influence {
 public:
  explicit Influence(Proof& proof) : proof_(proof), pathway_(proof.pathway()) {}

  Findings Check() {
    for (int i = 0; i < static_cast<int>(pathway_.items.size()); ++i) {
      CheckItem(i);
    }
    for (int i = 0; i < static_cast<int>(pathway_.rules.size()); ++i) {
      CheckRule(i);
    }
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
  }

  // Whether the option is one that must make a difference.
  bool IsInPlaceOfAnother(int index, int option) const {
    const Item& item = pathway_.items[index];
    if (item.options[option].means_unknown) return false;
    if (item.type == ItemType::kMultiChoice) {
      return !item.options[option].exclusive;
    }
    const Order& order = proof_.order(index);
    return !order.IsOrdered() || !order.IsLeast(option);
  }

  void CheckOption(int index, int option) {
    const auto& message = proof_.message().items(index).options(option);
    const bool influences = MakesADifference(index, option);
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

  // Complete intakes with an answer that the option can stand in for.
  bool MakesADifference(int index, int option) {
    const SymbolicEvaluation& any = proof_.any();
    const SymbolicEvaluation with =
        proof_.encoder().Evaluate([&](int i, const SymbolicTruth& /*enabled*/,
                                      z3::expr_vector& /*legal*/) {
          return i == index ? WithOption(index, option) : any.answers[i];
        });
    return Exists(proof_.complete() && any.answers[index].answered &&
                  CanStandIn(index, option) && Differs(with));
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
  Findings findings_;
};

}  // namespace

Findings CheckInfluence(Proof& proof) { return Influence(proof).Check(); }

}  // namespace plumbline::gate
