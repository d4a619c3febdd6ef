#include "triage-service/domain/work_budget.h"

#include <optional>

#include "common/pathway/checked_tree.h"

namespace plumbline::triage {
namespace {

using pathway::CompiledPathway;
using pathway::EvaluationStep;
using pathway::Expression;

std::int64_t WorkOf(const std::optional<Expression>& expression) {
  return expression.has_value() ? triage::WorkOf(*expression) : 1;
}

std::int64_t WorkOf(const CompiledPathway& pathway,
                    const EvaluationStep& step) {
  switch (step.kind) {
    case EvaluationStep::Kind::kItem:
      return WorkOf(pathway.items[step.index].enable_when);
    case EvaluationStep::Kind::kDefinition:
      return triage::WorkOf(pathway.definitions[step.index].expression);
    case EvaluationStep::Kind::kScore:
      break;
  }
  return static_cast<std::int64_t>(pathway.scores[step.index].items.size());
}

}  // namespace

std::int64_t WorkOf(const Expression& expression) {
  return static_cast<std::int64_t>(expression.tree->nodes.size());
}

std::int64_t WorkOf(const CompiledPathway& pathway,
                    const std::vector<EvaluationStep>& steps) {
  std::int64_t work = 1;
  for (const EvaluationStep& step : steps) work += WorkOf(pathway, step);
  return work;
}

std::int64_t WorkOf(const CompiledPathway& pathway,
                    const pathway::Dependents& dependents) {
  std::int64_t work = WorkOf(pathway, dependents.steps);
  for (const int rule : dependents.rules) {
    work += WorkOf(pathway.rules[rule].when);
  }
  return work;
}

}  // namespace plumbline::triage
