#include "content-service/gate/properties/unknown_is_safe.h"

#include <algorithm>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/pathway/names.h"

namespace plumbline::gate {
namespace {

using pathway::CompiledPathway;
using pathway::Disposition;
using pathway::Intake;

// The most values and answers that are tried for one item.
constexpr int kRoundsMax = 200;

// Looks for an intake that is less urgent than all that its unknown item could
// make of it: a guess that holds of the values tried so far is put to the
// solver, until none is left or no value refutes it.
class UnknownOfItem {
 public:
  UnknownOfItem(Proof& proof, int item)
      : proof_(proof),
        item_(item),
        unknown_(!proof.any().answers[item].answered &&
                 !proof.any().enabled[item].is_false),
        original_(Original()),
        answered_(Answered()),
        guess_(unknown_ && original_.legal) {}

  Findings Check() {
    bool smallest = false;
    for (int round = 0; round < kRoundsMax; ++round) {
      const auto found =
          smallest ? proof_.FindAny(guess_) : proof_.FindQuickly(guess_);
      if (!found.has_value()) return {};
      const auto value = ValueThatIsNoMoreUrgent(found->intake);
      if (value.has_value()) {
        guess_ = guess_ && IsLessUrgentThanWith(*value);
      } else if (smallest) {
        return {Refuted(found->intake)};
      } else {
        smallest = true;
      }
    }
    throw TimedOut(absl::StrCat(ItemName(proof_.pathway(), item_),
                                " has too many values to be tried"));
  }

 private:
  // The intake with any answer to the item, the others kept: there must be one
  // that is legal, or nobody could have given these answers.
  SymbolicEvaluation Original() {
    return Again([this](int i, const SymbolicTruth& /*enabled*/,
                        z3::expr_vector& legal) {
      if (i != item_) return proof_.any().answers[i];
      return AnyValue(i, legal);
    });
  }

  SymbolicEvaluation Again(const AnswerSource& answers) {
    return proof_.encoder().EvaluateAgain(proof_.any(), item_,
                                          proof_.dependents(item_), answers);
  }

  SymbolicAnswer AnyValue(int i, z3::expr_vector& legal) {
    return FreeAnswerIf(proof_.z3().bool_val(true), proof_.pathway().items[i],
                        "value ", legal);
  }

  // With an answer to the item, and to what it newly enables.
  template <typename AnswerOf>
  SymbolicEvaluation With(const AnswerOf& answer_of) {
    const SymbolicEvaluation& any = proof_.any();
    return Again([&](int i, const SymbolicTruth& enabled,
                     z3::expr_vector& legal) {
      if (i == item_) return answer_of(i, legal);
      const SymbolicAnswer& kept = any.answers[i];
      SymbolicAnswer answer = kept;
      const SymbolicAnswer fresh = answer_of(i, legal);
      const z3::expr newly = enabled.is_true && !any.enabled[i].is_true;
      answer.answered = !enabled.is_false && (kept.answered || newly);
      answer.closed = kept.closed && !answer.answered;
      if (kept.value.has_value()) {
        answer.value = Either(kept.answered, *kept.value, *fresh.value);
      }
      for (std::size_t option = 0; option < kept.chosen.size(); ++option) {
        answer.chosen[option] =
            z3::ite(kept.answered, kept.chosen[option], fresh.chosen[option]);
      }
      return answer;
    });
  }

  SymbolicEvaluation Answered() {
    return With(
        [this](int i, z3::expr_vector& legal) { return AnyValue(i, legal); });
  }

  // Answers with which the intake is at most as urgent as without.
  std::optional<Intake> ValueThatIsNoMoreUrgent(const Intake& intake) {
    const Encoder& encoder = proof_.encoder();
    const auto found = proof_.FindQuickly(
        proof_.IsIntake(intake) && answered_.legal &&
            !IsLessUrgent(proof_.z3(), proof_.decision().disposition,
                          encoder.DispositionOf(answered_)),
        {&answered_});
    if (!found.has_value()) return std::nullopt;
    return found->others[0];
  }

  z3::expr IsLessUrgentThanWith(const Intake& values) {
    const SymbolicEvaluation with =
        With([&](int i, z3::expr_vector& /*legal*/) {
          const pathway::Item& item = proof_.pathway().items[i];
          return values[i].IsAnswered()
                     ? ConstantAnswer(proof_.z3(), item, values[i].value)
                     : ConstantAnswer(proof_.z3(), item,
                                      proof_.order(i).CalmValue());
        });
    return IsLessUrgent(proof_.z3(), proof_.decision().disposition,
                        proof_.encoder().DispositionOf(with));
  }

  Finding Refuted(const Intake& intake) const {
    const CompiledPathway& pathway = proof_.pathway();
    return {
        .elements = {ItemName(pathway, item_)},
        .message = absl::StrCat(
            "while it is unknown, ", ToString(DispositionOf(pathway, intake)),
            " is given here, and every answer to it gives more"),
        .advice =
            "give the item an 'if_unknown', or the rules that read it an "
            "'on_unknown', that gives as much as its least urgent answer",
        .counterexample = intake};
  }

  Proof& proof_;
  const int item_;
  const z3::expr unknown_;
  const SymbolicEvaluation original_;
  const SymbolicEvaluation answered_;
  z3::expr guess_;
};

bool HasEmergency(const pathway::Item& item) {
  return std::any_of(item.options.begin(), item.options.end(),
                     [](const auto& option) {
                       return option.at_least == Disposition::kEmergencyNow;
                     });
}

Findings CheckEmergencyItems(Proof& proof) {
  const CompiledPathway& pathway = proof.pathway();
  constexpr auto kAtLeast = static_cast<std::size_t>(Disposition::kSameDay);
  Findings findings;
  for (int i = 0; i < static_cast<int>(pathway.items.size()); ++i) {
    const pathway::Item& item = pathway.items[i];
    if (!item.emergency && !HasEmergency(item)) continue;
    const z3::expr unknown = item.emergency ? proof.any().IsUnknown(i)
                                            : proof.any().enabled[i].is_true &&
                                                  proof.any().IsUnknown(i);
    const auto found =
        proof.FindAny(unknown && !proof.decision().disposition[kAtLeast]);
    if (!found.has_value()) continue;
    findings.push_back(
        {.elements = {ItemName(pathway, i)},
         .message =
             absl::StrCat(item.emergency ? "is an emergency item"
                                         : "has an answer that is an emergency",
                          ", is unknown here, and the result is ",
                          ToString(DispositionOf(pathway, found->intake))),
         .advice = "give it an 'if_unknown' of at least SAME_DAY",
         .counterexample = found->intake});
  }
  return findings;
}

}  // namespace

Findings CheckUnknownIsSafe(Proof& proof) {
  Findings findings = CheckEmergencyItems(proof);
  for (int i = 0; i < static_cast<int>(proof.pathway().items.size()); ++i) {
    for (Finding& finding : UnknownOfItem(proof, i).Check()) {
      findings.push_back(std::move(finding));
    }
  }
  return findings;
}

}  // namespace plumbline::gate
