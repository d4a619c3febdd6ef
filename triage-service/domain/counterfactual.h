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

#include "absl/functional/function_ref.h"
#include "absl/types/span.h"
#include "common/pathway/evaluate.h"
#include "common/pathway/intake.h"
#include "common/pathway/model.h"

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

// One for each of `dispositions`, none of which is the intake's own, in their
// order; `evaluation` is that of `intake`. Each may take all of the work that
// the limits allow. Asks `expired` before each whether nobody waits any more,
// and then ends with those that it has. Pure, deterministic, thread-safe.
std::vector<Counterfactual> FindCounterfactuals(
    const pathway::CompiledPathway& pathway, const pathway::Intake& intake,
    const pathway::Evaluation& evaluation,
    absl::Span<const pathway::Disposition> dispositions,
    const CounterfactualLimits& limits, absl::FunctionRef<bool()> expired);

}  // namespace plumbline::triage

#endif  // PLUMBLINE_TRIAGE_SERVICE_DOMAIN_COUNTERFACTUAL_H_
