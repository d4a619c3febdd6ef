// The fewest answers that make a rule fire.
//
// A *sufficient set* of a rule is a set of the given answers with which alone
// it is true: enabling is evaluated anew, and everything else is unknown. What
// is found is a set of least size; of those as small, the one that comes first
// when sets are compared item by item in questionnaire order.

#ifndef PLUMBLINE_TRIAGE_SERVICE_DOMAIN_SUFFICIENT_SET_H_
#define PLUMBLINE_TRIAGE_SERVICE_DOMAIN_SUFFICIENT_SET_H_

#include <vector>

#include "common/pathway/intake.h"
#include "common/pathway/model.h"
#include "triage-service/domain/work_budget.h"

namespace plumbline::triage {

struct SufficientSet {
  std::vector<int> items;  // Answered, ascending. They always suffice.
  // False only where the budget ended the search: a smaller set may suffice, or
  // an earlier one.
  bool is_least = true;
};

// Finds the set for `rule`, which is true of `intake`. Spends at most half of
// `budget` to search and, only where the search did not end, the rest to leave
// out one by one what can be left out. Pure, deterministic, thread-safe.
//
// Exact, since more answers never undo what fewer decide
// (docs/expression-language.md). That holds of every pathway that reads no
// absent item unguarded.
SufficientSet FindSufficientSet(const pathway::CompiledPathway& pathway,
                                const pathway::Intake& intake,
                                const pathway::Rule& rule, WorkBudget& budget);

}  // namespace plumbline::triage

#endif  // PLUMBLINE_TRIAGE_SERVICE_DOMAIN_SUFFICIENT_SET_H_
