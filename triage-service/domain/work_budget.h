// What a search may spend: work that is counted and not timed, so that the same
// question has the same answer on every machine. Counted are the operations of
// expressions evaluated, and what a search goes through besides: rules and
// items looked at, entries of obstacles, entries copied.

#ifndef PLUMBLINE_TRIAGE_SERVICE_DOMAIN_WORK_BUDGET_H_
#define PLUMBLINE_TRIAGE_SERVICE_DOMAIN_WORK_BUDGET_H_

#include <algorithm>
#include <cstdint>
#include <vector>

#include "common/pathway/evaluation_order.h"
#include "common/pathway/expression.h"
#include "common/pathway/model.h"

namespace plumbline::triage {

class WorkBudget {
 public:
  explicit WorkBudget(std::int64_t work) : left_(work) {}

  // Takes `work`, or what is left of it.
  void Spend(std::int64_t work) { left_ -= std::min(work, left_); }

  bool IsSpent() const { return left_ == 0; }
  std::int64_t left() const { return left_; }

 private:
  std::int64_t left_;
};

// What one evaluation takes: of an expression, of steps, of what depends on an
// item. At least 1.
std::int64_t WorkOf(const pathway::Expression& expression);
std::int64_t WorkOf(const pathway::CompiledPathway& pathway,
                    const std::vector<pathway::EvaluationStep>& steps);
std::int64_t WorkOf(const pathway::CompiledPathway& pathway,
                    const pathway::Dependents& dependents);

}  // namespace plumbline::triage

#endif  // PLUMBLINE_TRIAGE_SERVICE_DOMAIN_WORK_BUDGET_H_
