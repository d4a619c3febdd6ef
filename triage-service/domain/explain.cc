#include "triage-service/domain/explain.h"

#include <algorithm>
#include <utility>

#include "triage-service/domain/sufficient_set.h"
#include "triage-service/domain/work_budget.h"

namespace plumbline::triage {
namespace {

using pathway::AppliedPolicy;
using pathway::CompiledPathway;
using pathway::Decision;
using pathway::Evaluation;
using pathway::Intake;
using pathway::Rule;

std::vector<int> ItemsBehindPolicy(const CompiledPathway& pathway,
                                   const Intake& intake,
                                   const Evaluation& evaluation,
                                   const AppliedPolicy& policy) {
  if (policy.item >= 0) return {policy.item};
  return UnknownItemsBehind(pathway, intake, evaluation,
                            pathway.rules[policy.rule].when);
}

}  // namespace

Explanation Explain(const CompiledPathway& pathway, const Intake& intake,
                    const Evaluation& evaluation, const Decision& decision,
                    std::int64_t work) {
  Explanation explanation;
  WorkBudget budget(work);
  for (const int i : decision.fired_rules) {
    const Rule& rule = pathway.rules[i];
    SufficientSet set = FindSufficientSet(pathway, intake, rule, budget);
    explanation.reasons.push_back({.rule = i,
                                   .disposition = rule.disposition,
                                   .items = std::move(set.items),
                                   .is_least = set.is_least});
  }
  for (int i = 0; i < static_cast<int>(decision.policies.size()); ++i) {
    const AppliedPolicy& policy = decision.policies[i];
    explanation.reasons.push_back(
        {.policy = i,
         .disposition = policy.at_least,
         .items = ItemsBehindPolicy(pathway, intake, evaluation, policy)});
  }
  std::stable_sort(explanation.reasons.begin(), explanation.reasons.end(),
                   [](const Reason& a, const Reason& b) {
                     return a.disposition > b.disposition;
                   });
  for (const int i : decision.undecided_rules) {
    explanation.undecided.push_back(
        {.rule = i,
         .items = UnknownItemsBehind(pathway, intake, evaluation,
                                     pathway.rules[i].when)});
  }
  std::stable_sort(explanation.undecided.begin(), explanation.undecided.end(),
                   [&pathway](const UndecidedRule& a, const UndecidedRule& b) {
                     return pathway.rules[a.rule].disposition >
                            pathway.rules[b.rule].disposition;
                   });
  return explanation;
}

}  // namespace plumbline::triage
