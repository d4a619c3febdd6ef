#include "content-service/gate/properties/monotone.h"

#include <set>

#include "absl/strings/str_cat.h"
#include "common/pathway/evaluate.h"
#include "common/pathway/names.h"

namespace plumbline::gate {
namespace {

using pathway::CompiledPathway;

// The rules that the exceptions of an item name.
std::set<int> ExceptedRules(const Proof& proof, int item) {
  std::set<int> rules;
  for (const auto& exception :
       proof.message().items(item).worse().exceptions()) {
    for (const std::string& rule_id : exception.rule_ids()) {
      for (int i = 0; i < proof.message().rules_size(); ++i) {
        if (proof.message().rules(i).rule_id() == rule_id) rules.insert(i);
      }
    }
  }
  return rules;
}

// The same intake with another answer to `item`: what both ask is answered
// alike.
SymbolicEvaluation WithBetterAnswer(Proof& proof, int item) {
  const SymbolicEvaluation& worse = proof.any();
  return proof.encoder().EvaluateAgain(
      worse, item, proof.dependents(item),
      [&](int i, const SymbolicTruth& enabled, z3::expr_vector& legal) {
        SymbolicAnswer answer = FreeAnswerIf(
            enabled.is_true, proof.pathway().items[i], "better ", legal);
        if (i != item) {
          legal.push_back(
              z3::implies(worse.answers[i].answered && answer.answered,
                          IsSameValue(worse.answers[i], answer)));
        }
        return answer;
      });
}

// What the engine would give if the rules were not there.
pathway::Disposition DispositionWithout(const CompiledPathway& pathway,
                                        const pathway::Intake& intake,
                                        const std::set<int>& left_out) {
  CompiledPathway without = pathway;
  for (const int rule : left_out) {
    without.rules[rule].disposition = pathway::Disposition::kSelfCare;
    without.rules[rule].on_unknown = {};
  }
  return DispositionOf(without, intake);
}

class MonotoneOfItem {
 public:
  MonotoneOfItem(Proof& proof, int item)
      : proof_(proof),
        item_(item),
        better_(WithBetterAnswer(proof, item)),
        pair_(better_.legal && proof.any().answers[item].answered &&
              proof.order(item).IsWorse(better_.answers[item],
                                        proof.any().answers[item])) {}

  Findings Check() {
    const std::set<int> excepted = ExceptedRules(proof_, item_);
    Findings findings;
    const auto found = FindWithout(excepted);
    if (found.has_value()) findings.push_back(Refuted(*found, excepted));
    for (const int rule : excepted) {
      std::set<int> others = excepted;
      others.erase(rule);
      if (IsBroken(others)) continue;
      findings.push_back(NotNeeded(rule));
    }
    return findings;
  }

 private:
  z3::expr Broken(const std::set<int>& left_out) {
    const Encoder& encoder = proof_.encoder();
    return pair_ && IsLessUrgent(proof_.z3(),
                                 encoder.DispositionOf(proof_.any(), left_out),
                                 encoder.DispositionOf(better_, left_out));
  }

  std::optional<Found> FindWithout(const std::set<int>& left_out) {
    return proof_.FindComplete(Broken(left_out), {&better_});
  }

  bool IsBroken(const std::set<int>& left_out) {
    return proof_.FindQuickly(Broken(left_out) && proof_.complete())
        .has_value();
  }

  Finding Refuted(const Found& found, const std::set<int>& left_out) const {
    const CompiledPathway& pathway = proof_.pathway();
    const pathway::Item& item = pathway.items[item_];
    const pathway::Intake& worse = found.intake;
    const pathway::Intake& better = found.others[0];
    return {
        .elements = {ItemName(pathway, item_)},
        .message = absl::StrCat(
            ValueText(item, worse[item_].value), ", which is worse than ",
            ValueText(item, better[item_].value), ", gives ",
            ToString(DispositionWithout(pathway, worse, left_out)), ", and ",
            ValueText(item, better[item_].value), " gives ",
            ToString(DispositionWithout(pathway, better, left_out)),
            left_out.empty() ? "" : ", each without the rules of exceptions"),
        .advice = absl::StrCat(
            "look at the order of the item; at the rules that fire for the "
            "better answer alone",
            RulesThatFireOnlyFor(better, worse, left_out),
            "; or name those in an exception, with its reason"),
        .counterexample = worse};
  }

  std::string RulesThatFireOnlyFor(const pathway::Intake& better,
                                   const pathway::Intake& worse,
                                   const std::set<int>& left_out) const {
    const CompiledPathway& pathway = proof_.pathway();
    const pathway::Evaluation for_better = Evaluate(pathway, better);
    const pathway::Evaluation for_worse = Evaluate(pathway, worse);
    std::string names;
    for (std::size_t i = 0; i < pathway.rules.size(); ++i) {
      if (for_better.rules[i] != pathway::Truth::kTrue ||
          for_worse.rules[i] == pathway::Truth::kTrue ||
          left_out.count(static_cast<int>(i)) > 0) {
        continue;
      }
      absl::StrAppend(&names, names.empty() ? " (" : ", ",
                      pathway.rules[i].rule_id);
    }
    return names.empty() ? names : names + ")";
  }

  Finding NotNeeded(int rule) const {
    const CompiledPathway& pathway = proof_.pathway();
    return {.elements = {ItemName(pathway, item_), RuleName(pathway, rule)},
            .message = absl::StrCat(
                "an exception names ", pathway.rules[rule].rule_id,
                ", and a worse answer is never less urgent because of it"),
            .advice = "take the rule out of the exception",
            .counterexample = std::nullopt};
  }

  Proof& proof_;
  const int item_;
  const SymbolicEvaluation better_;
  const z3::expr pair_;
};

}  // namespace

Findings CheckMonotone(Proof& proof) {
  Findings findings;
  for (int i = 0; i < static_cast<int>(proof.pathway().items.size()); ++i) {
    // Without an order nothing can be broken, and no exception is needed.
    const auto& exceptions = proof.message().items(i).worse().exceptions();
    if (!proof.order(i).IsOrdered() && exceptions.empty()) continue;
    for (Finding& finding : MonotoneOfItem(proof, i).Check()) {
      findings.push_back(std::move(finding));
    }
  }
  return findings;
}

}  // namespace plumbline::gate
