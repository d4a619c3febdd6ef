// Expressions over a compiled pathway that are not part of it.

#ifndef PLUMBLINE_TESTS_COMMON_PATHWAY_EXPRESSION_SCOPE_H_
#define PLUMBLINE_TESTS_COMMON_PATHWAY_EXPRESSION_SCOPE_H_

#include <string>
#include <vector>

#include "common/pathway/check_expression.h"
#include "common/pathway/model.h"

namespace plumbline::pathway {

class ExpressionScope {
 public:
  // `pathway` must outlive it.
  explicit ExpressionScope(const CompiledPathway& pathway)
      : pathway_(pathway), faulty_(pathway.items.size(), false) {
    for (const Definition& definition : pathway.definitions) {
      definitions_.emplace(definition.name, definitions_.size());
    }
    for (const Score& score : pathway.scores) {
      scores_.emplace(score.name, scores_.size());
    }
    for (const Item& item : pathway.items) {
      conditional_.push_back(item.enable_when.has_value());
    }
  }

  // As a definition, which may be of any type, after all others.
  CheckResult Check(const std::string& text) {
    return CheckExpression(
        text, {.pathway = pathway_,
               .definitions = definitions_,
               .scores = scores_,
               .conditional = conditional_,
               .faulty = faulty_,
               .suggestions = suggestions_,
               .definitions_end = static_cast<int>(definitions_.size()),
               .is_condition = false});
  }

 private:
  const CompiledPathway& pathway_;
  absl::flat_hash_map<std::string, int> definitions_;
  absl::flat_hash_map<std::string, int> scores_;
  std::vector<bool> conditional_;
  const std::vector<bool> faulty_;
  Suggestions suggestions_;
};

}  // namespace plumbline::pathway

#endif  // PLUMBLINE_TESTS_COMMON_PATHWAY_EXPRESSION_SCOPE_H_
