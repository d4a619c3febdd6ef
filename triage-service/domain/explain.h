// Why a decision is what it is: what made each rule fire, what each policy and
// each undecided rule waits for.

#ifndef PLUMBLINE_TRIAGE_SERVICE_DOMAIN_EXPLAIN_H_
#define PLUMBLINE_TRIAGE_SERVICE_DOMAIN_EXPLAIN_H_

#include <cstdint>
#include <vector>

#include "common/pathway/decide.h"
#include "common/pathway/evaluate.h"
#include "common/pathway/intake.h"
#include "common/pathway/model.h"

namespace plumbline::triage {

// Work that the sufficient sets of one decision may take together
// (work_budget.h): about a second at most. A rule of the shipped pathway takes
// some thousands.
inline constexpr std::int64_t kSufficientSetWork = 40'000'000;

// Why a rule fired or a policy applied.
struct Reason {
  int rule = -1;    // A rule that fired, or -1.
  int policy = -1;  // An index into Decision::policies, or -1.
  // What the rule asks for, or the policy gives at least.
  pathway::Disposition disposition = pathway::Disposition::kSelfCare;
  // Ascending. Of a rule: a sufficient set. Of a policy: the unknown items
  // behind it.
  std::vector<int> items;
  bool is_least = true;  // As SufficientSet::is_least.
};

// A rule that waits for answers.
struct UndecidedRule {
  int rule = 0;
  std::vector<int> items;  // The unknown items behind it, ascending.
};

// Both most urgent first; equally urgent ones rules first, then as the decision
// lists them.
struct Explanation {
  std::vector<Reason> reasons;
  std::vector<UndecidedRule> undecided;
};

// `evaluation` and `decision` are those of `intake`. Pure, deterministic,
// thread-safe.
Explanation Explain(const pathway::CompiledPathway& pathway,
                    const pathway::Intake& intake,
                    const pathway::Evaluation& evaluation,
                    const pathway::Decision& decision,
                    std::int64_t work = kSufficientSetWork);

}  // namespace plumbline::triage

#endif  // PLUMBLINE_TRIAGE_SERVICE_DOMAIN_EXPLAIN_H_
