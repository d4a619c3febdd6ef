// The grammar of expressions: that of CEL. What the language leaves out but CEL
// has (macros, indexing, maps, division) is refused with what to write instead.

#ifndef PLUMBLINE_COMMON_PATHWAY_PARSE_EXPRESSION_H_
#define PLUMBLINE_COMMON_PATHWAY_PARSE_EXPRESSION_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "common/pathway/lex_expression.h"

namespace plumbline::pathway {

enum class SyntaxKind : std::uint8_t {
  kBool,
  kInt,
  kDouble,
  kString,
  kName,    // A dotted name, in `text`.
  kList,    // Children: its elements.
  kHas,     // One child.
  kSize,    // One child.
  kNot,     // One child.
  kNegate,  // One child.
  kAnd,     // Two or more children; a chain is one node.
  kOr,      // Two or more children; a chain is one node.
  kEqual,   // From here to kIn: two children.
  kNotEqual,
  kLess,
  kLessEqual,
  kGreater,
  kGreaterEqual,
  kAdd,
  kSubtract,
  kMultiply,
  kIn,
  kConditional,  // Condition, value if true, value if false.
};

struct SyntaxNode {
  SyntaxKind kind = SyntaxKind::kBool;
  int begin = 0;  // Bytes of the expression, without parentheses around it.
  int end = 0;
  std::int64_t int_value = 0;  // kBool: 0 or 1.
  double double_value = 0;
  std::string text;
  std::vector<int> children;
};

// How deep parentheses, lists, conditionals, calls and signs may nest.
inline constexpr int kNestingMax = 64;

struct ParseResult {
  // Children stand before their parents; the root is the last. Empty where
  // there is a fault.
  std::vector<SyntaxNode> nodes;
  std::vector<ExpressionFault> faults;  // Empty, or the first fault.
};

ParseResult ParseExpression(absl::string_view text);

}  // namespace plumbline::pathway

#endif  // PLUMBLINE_COMMON_PATHWAY_PARSE_EXPRESSION_H_
