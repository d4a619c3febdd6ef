// An expression over every intake at once: EvaluateExpression() of
// common/pathway/evaluate_expression.h as formulas.

#ifndef PLUMBLINE_CONTENT_SERVICE_GATE_ENCODE_EXPRESSION_H_
#define PLUMBLINE_CONTENT_SERVICE_GATE_ENCODE_EXPRESSION_H_

#include <functional>
#include <memory>
#include <vector>

#include "common/pathway/expression.h"
#include "content-service/gate/encode.h"
#include "content-service/gate/symbolic.h"

namespace plumbline::gate {

// What an expression reads. `evaluation` holds what it refers to; `decision` is
// null except for invariants.
struct SymbolicReading {
  z3::context& z3;
  const pathway::CompiledPathway& pathway;
  const SymbolicEvaluation& evaluation;
  // By item and by score; null for ints.
  const std::vector<std::shared_ptr<const Scale>>& item_scales;
  const std::vector<std::shared_ptr<const Scale>>& score_scales;
  // Called before each expression.
  const std::function<void()>& checkpoint;
  const SymbolicDecision* decision = nullptr;
};

SymbolicValue EncodeExpression(const pathway::Expression& expression,
                               const SymbolicReading& reading);

// True and false as they are; all else is unknown.
SymbolicTruth ToTruth(const SymbolicReading& reading,
                      const SymbolicValue& value);

}  // namespace plumbline::gate

#endif  // PLUMBLINE_CONTENT_SERVICE_GATE_ENCODE_EXPRESSION_H_
