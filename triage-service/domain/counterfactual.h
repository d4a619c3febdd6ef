// Near intakes with another disposition: what would have had to be answered
// otherwise.
//
// A *counterfactual* of an intake, for a disposition, is a legal intake that
// has this disposition and differs from the first only so:
//
// - changeable items have another value, or one where they had none;
// - every item that it asks for sure, and the first did not, has a value;
// - what it does not ask any more is dropped.
//
// Items that are not changeable (age, pregnancy, history) stay as they are:
// they are neither answered anew nor dropped. No answer is taken back into the
// unknown. The items that have another value or a new one are its *changes*.
// What is found has the fewest changes; of those the fewest steps
// (values_to_try.h); of those the first, comparing the items changed and then
// their values in questionnaire order.

#ifndef PLUMBLINE_TRIAGE_SERVICE_DOMAIN_COUNTERFACTUAL_H_
#define PLUMBLINE_TRIAGE_SERVICE_DOMAIN_COUNTERFACTUAL_H_

#include <cstdint>
#include <vector>

#include "common/pathway/evaluate.h"
#include "common/pathway/evaluation_order.h"
#include "common/pathway/intake.h"
#include "common/pathway/model.h"
#include "triage-service/domain/values_to_try.h"

namespace plumbline::triage {

inline constexpr int kChangesDefault = 2;
inline constexpr int kChangesMax = 4;

struct CounterfactualLimits {
  // At least 1.
  int changes_max = kChangesDefault;
  // See work_budget.h; about a second at most, for any pathway.
  std::int64_t work = 50'000'000;
};

struct Counterfactual {
  pathway::Disposition disposition = pathway::Disposition::kSelfCare;
  // Whether there is one; else the next four are empty.
  bool found = false;
  pathway::Intake intake;
  bool is_final = false;     // As pathway::Decision::final, of `intake`.
  std::vector<int> changes;  // Ascending.
  // Answers, also to say that there is none, that are not asked any more.
  // Ascending.
  std::vector<int> dropped;
  // It is proven that there is none with at most so many changes. One less than
  // the number of changes, where there is one.
  int not_found_within = 0;
  // Whether the search ended at its bound on work: `not_found_within` is then
  // less than what was asked for; or, where there is one, there may be one of
  // as many changes that comes before it.
  bool cut_short = false;
};

// What can be tried, whatever is sought. The changeable items behind a rule,
// and behind whether an item is asked, are ascending.
struct ChangesToTry {
  std::vector<ValuesToTry> values;              // By item.
  std::vector<pathway::Dependents> dependents;  // By item.
  std::vector<std::int64_t> work;               // By item: what a change takes.
  std::vector<std::vector<int>> items_of_rule;
  std::vector<std::vector<int>> items_of_enabling;
};

// Looks for counterfactuals of one intake. Deterministic; const methods are
// thread-safe.
class CounterfactualFinder {
 public:
  // `evaluation` is that of `intake`. All three outlive this.
  CounterfactualFinder(const pathway::CompiledPathway& pathway,
                       const pathway::Intake& intake,
                       const pathway::Evaluation& evaluation,
                       const CounterfactualLimits& limits);

  // The one for `disposition`, which is another than the intake's own. Every
  // call may take all of the work that the limits allow.
  Counterfactual Find(pathway::Disposition disposition) const;

 private:
  const pathway::CompiledPathway& pathway_;
  const pathway::Intake& intake_;
  const pathway::Evaluation& evaluation_;
  const CounterfactualLimits limits_;
  const ChangesToTry changes_;
};

}  // namespace plumbline::triage

#endif  // PLUMBLINE_TRIAGE_SERVICE_DOMAIN_COUNTERFACTUAL_H_
