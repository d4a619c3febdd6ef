// The inside of a checked expression: its operations in the order in which they
// can be evaluated, one after the other, without recursion.

#ifndef PLUMBLINE_COMMON_PATHWAY_CHECKED_TREE_H_
#define PLUMBLINE_COMMON_PATHWAY_CHECKED_TREE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "common/pathway/interval.h"

namespace plumbline::pathway {

enum class Type : std::uint8_t { kBool, kInt, kDouble, kString };

enum class NodeKind : std::uint8_t {
  kBool,             // `int_value`, 0 or 1.
  kInt,              // `int_value`
  kDouble,           // `double_value`
  kString,           // `text`
  kItem,             // The value of item `index`, which is not a set.
  kDefinition,       // The value of definition `index`.
  kScore,            // The value of score `index`.
  kDisposition,      // Its name; invariants only.
  kDispositionRank,  // 1 for SELF_CARE to 5; invariants only.
  kHasItem,          // has() of item `index`.
  kHasScore,         // has() of score `index`.
  kSizeItem,         // size() of the set item `index`.
  kSizeFlags,        // size(flags); invariants only.
  kNot,
  kNegate,
  kAnd,  // Two or more children.
  kOr,   // Two or more children.
  kEqual,
  kNotEqual,
  kLess,
  kLessEqual,
  kGreater,
  kGreaterEqual,
  kAdd,
  kSubtract,
  kMultiply,
  kInList,       // The first child in the others, which are literals.
  kInItem,       // The only child in the set item `index`.
  kInFlags,      // The only child in the flags; invariants only.
  kConditional,  // Condition, value if true, value if false.
};

struct CheckedNode {
  NodeKind kind = NodeKind::kBool;
  Type type = Type::kBool;
  int offset = 0;  // Byte of the expression.
  int index = -1;
  std::int64_t int_value = 0;
  double double_value = 0;
  std::string text;
  std::vector<int> children;
};

// What is known of a value before any answer is.
struct StaticValue {
  Type type = Type::kBool;
  IntInterval ints = {0, 0};        // kInt.
  DoubleInterval doubles = {0, 0};  // kDouble.
  std::vector<std::string> texts;   // kString: what it can be.
};

struct CheckedTree {
  // Children stand before their parents; the root is the last.
  std::vector<CheckedNode> nodes;
  StaticValue result;
};

}  // namespace plumbline::pathway

#endif  // PLUMBLINE_COMMON_PATHWAY_CHECKED_TREE_H_
