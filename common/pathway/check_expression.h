// The static types of expressions: what is refused before any answer is known.
//
// Refused, each with its place and what would be right: names that do not
// exist, operands of the wrong type, options that an item does not have, bounds
// outside the range of what they are compared with, arithmetic that could
// overflow, and readings of items that may be absent with nothing to guard
// them.

#ifndef PLUMBLINE_COMMON_PATHWAY_CHECK_EXPRESSION_H_
#define PLUMBLINE_COMMON_PATHWAY_CHECK_EXPRESSION_H_

#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "common/pathway/did_you_mean.h"
#include "common/pathway/expression.h"
#include "common/pathway/lex_expression.h"
#include "common/pathway/model.h"

namespace plumbline::pathway {

// What names mean where an expression stands. What failed its own checks (a
// definition without a tree, a score without items, a faulty item) may be read:
// that is not another fault.
struct Scope {
  const CompiledPathway& pathway;
  // Indices by name.
  const absl::flat_hash_map<std::string, int>& definitions;
  const absl::flat_hash_map<std::string, int>& scores;
  // By item: whether it has a condition and can therefore be absent.
  const std::vector<bool>& conditional;
  // By item: whether its own checks failed.
  const std::vector<bool>& faulty;
  // What names that do not exist could have meant.
  Suggestions& suggestions;
  // Definitions from this one on may not be read yet.
  int definitions_end;
  // Whether `disposition`, `disposition_rank` and `flags` may be read.
  bool reads_outcome = false;
  // Whether the value must be a bool.
  bool is_condition = true;
};

struct CheckResult {
  Expression expression;  // `tree` is null where there are faults.
  std::vector<ExpressionFault> faults;  // All of one run, by offset.
};

CheckResult CheckExpression(absl::string_view text, const Scope& scope);

}  // namespace plumbline::pathway

#endif  // PLUMBLINE_COMMON_PATHWAY_CHECK_EXPRESSION_H_
