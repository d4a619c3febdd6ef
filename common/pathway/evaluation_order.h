// The order in which items, definitions and scores are evaluated, each after
// what it reads; what stands behind one expression; and what depends on one
// item.

#ifndef PLUMBLINE_COMMON_PATHWAY_EVALUATION_ORDER_H_
#define PLUMBLINE_COMMON_PATHWAY_EVALUATION_ORDER_H_

#include <vector>

#include "common/pathway/model.h"

namespace plumbline::pathway {

struct EvaluationOrder {
  std::vector<EvaluationStep> steps;
  // Each a way from an item back to itself, first and last alike; beginning
  // with the first of its items. `steps` means nothing where there are any.
  std::vector<std::vector<EvaluationStep>> cycles;
};

// Parts whose checks failed have no expression tree, and count as reading
// nothing.
EvaluationOrder OrderEvaluation(const CompiledPathway& pathway);

// What has to be evaluated before `expression`, and nothing else: all that it
// reads, directly or through definitions, scores and enabling. In the order of
// CompiledPathway::evaluation_order.
std::vector<EvaluationStep> StepsBehind(const CompiledPathway& pathway,
                                        const Expression& expression);

// What depends on the answer to one item, directly or through definitions,
// scores and enabling.
struct Dependents {
  std::vector<EvaluationStep> steps;  // In evaluation order.
  // Each ascending.
  std::vector<int> rules;
  std::vector<int> gates;
  std::vector<int> guidance;  // Records, for their conditions.
};

// By item.
std::vector<Dependents> DependentsOfItems(const CompiledPathway& pathway);

}  // namespace plumbline::pathway

#endif  // PLUMBLINE_COMMON_PATHWAY_EVALUATION_ORDER_H_
