// A checked expression of the pathway language: a strict, statically typed
// subset of CEL (docs/expression-language.md).
//
// Expressions come from the compiler and refer to items, definitions and scores
// by index. Immutable; safe to share between threads.

#ifndef PLUMBLINE_COMMON_PATHWAY_EXPRESSION_H_
#define PLUMBLINE_COMMON_PATHWAY_EXPRESSION_H_

#include <memory>
#include <string>
#include <vector>

namespace plumbline::pathway {

// The checked tree; see checked_tree.h.
struct CheckedTree;

struct Expression {
  std::string text;
  std::shared_ptr<const CheckedTree> tree;
  // The items whose values it reads, directly or through definitions and scores
  // (not through enabling); ascending.
  std::vector<int> items_read;
};

}  // namespace plumbline::pathway

#endif  // PLUMBLINE_COMMON_PATHWAY_EXPRESSION_H_
