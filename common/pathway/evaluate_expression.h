// The value of one expression over one intake (docs/expression-language.md).
//
// The operations are evaluated one after the other, children first. None of
// them has an effect, so that those which `&&`, `||` or `?` leave out do no
// harm.

#ifndef PLUMBLINE_COMMON_PATHWAY_EVALUATE_EXPRESSION_H_
#define PLUMBLINE_COMMON_PATHWAY_EVALUATE_EXPRESSION_H_

#include <variant>
#include <vector>

#include "absl/strings/string_view.h"
#include "common/pathway/checked_tree.h"
#include "common/pathway/intake.h"
#include "common/pathway/interval.h"
#include "common/pathway/model.h"

namespace plumbline::pathway {

struct Evaluation;
struct Outcome;

// Nothing is known, not even bounds.
using Unknown = std::monostate;

// A string refers to the pathway, which must outlive it.
using Value =
    std::variant<Unknown, bool, IntInterval, DoubleInterval, absl::string_view>;

// Whether exactly one value is left.
bool IsDecided(const Value& value);

// True and false as they are; all else is unknown.
Truth ToTruth(const Value& value);

// What an expression reads. `evaluation` must hold what the expression refers
// to; `outcome` is null except for invariants.
struct Reading {
  const CompiledPathway& pathway;
  const Intake& intake;
  const Evaluation& evaluation;
  const Outcome* outcome = nullptr;
};

// The values of all nodes, by node; the last is that of the expression.
std::vector<Value> EvaluateNodes(const CheckedTree& tree,
                                 const Reading& reading);

Value EvaluateExpression(const Expression& expression, const Reading& reading);

}  // namespace plumbline::pathway

#endif  // PLUMBLINE_COMMON_PATHWAY_EVALUATE_EXPRESSION_H_
