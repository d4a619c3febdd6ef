// What the answers of an intake make of a pathway: enabling, definitions,
// scores, rules, gates and conditions, each true, false or unknown
// (docs/expression-language.md).
//
// This is the plain evaluator: it follows the definition of the language and is
// the oracle of any faster one. Deterministic; thread-safe.

#ifndef PLUMBLINE_COMMON_PATHWAY_EVALUATE_H_
#define PLUMBLINE_COMMON_PATHWAY_EVALUATE_H_

#include <optional>
#include <vector>

#include "common/pathway/evaluate_expression.h"
#include "common/pathway/evaluation_order.h"
#include "common/pathway/intake.h"
#include "common/pathway/model.h"

namespace plumbline::pathway {

// What a score would be if the missing answers were like the others.
struct ScoreEstimate {
  double value = 0;
  int unanswered = 0;
  int band = -1;  // -1: none, or between two.
};

// A score over an intake.
struct ScoreValue {
  Truth present = Truth::kFalse;  // has(score.<name>)
  double minimum = 0;             // The interval of its completions.
  double maximum = 0;
  bool complete = false;  // Every item is answered.
  int band = -1;          // The band that all completions share; -1: none.
  std::optional<ScoreEstimate> estimate;  // For display; nothing reads it.
};

// One entry an element, in pathway order.
struct Evaluation {
  std::vector<Truth> enabled;      // By item.
  std::vector<Value> definitions;  // Strings refer to the pathway.
  std::vector<ScoreValue> scores;
  std::vector<Truth> rules;
  std::vector<Truth> gates;
  std::vector<Truth>
      show_when;  // By guidance record; kFalse where it has none.

  // Whether `item` is unknown: enabled or possibly enabled, without a value.
  bool IsUnknown(const Intake& intake, int item) const {
    return enabled[item] != Truth::kFalse &&
           intake[item].state != SlotAnswer::State::kAnswered;
  }
};

// Evaluates everything but invariants.
Evaluation Evaluate(const CompiledPathway& pathway, const Intake& intake);

// Evaluates `expression` alone, at the cost of what it reads: `steps` are those
// behind it (evaluation_order.h). The same value as Evaluate() finds.
Truth EvaluateAlone(const CompiledPathway& pathway, const Intake& intake,
                    const std::vector<EvaluationStep>& steps,
                    const Expression& expression);

// Brings `evaluation` up to date where the answer to one item is another:
// `dependents` are those of the item (evaluation_order.h). Gates and conditions
// of guidance are left as they were.
void EvaluateAgain(const CompiledPathway& pathway, const Intake& intake,
                   const Dependents& dependents, Evaluation& evaluation);

// What invariants see besides the answers.
struct Outcome {
  Disposition disposition = Disposition::kSelfCare;
  std::vector<bool> flags;  // By index into CompiledPathway::flags.
};

// Evaluates one invariant.
Truth EvaluateInvariant(const CompiledPathway& pathway, const Intake& intake,
                        const Evaluation& evaluation, const Outcome& outcome,
                        const Invariant& invariant);

// The unknown items that keep `expression` unknown, ascending: those read by
// its undecided parts, directly, through definitions and scores, or through the
// enabling of an item so read. Empty where the expression is decided.
std::vector<int> UnknownItemsBehind(const CompiledPathway& pathway,
                                    const Intake& intake,
                                    const Evaluation& evaluation,
                                    const Expression& expression);

}  // namespace plumbline::pathway

#endif  // PLUMBLINE_COMMON_PATHWAY_EVALUATE_H_
