// The tokens of an expression: those of CEL, without bytes and unsigned
// numbers.

#ifndef PLUMBLINE_COMMON_PATHWAY_LEX_EXPRESSION_H_
#define PLUMBLINE_COMMON_PATHWAY_LEX_EXPRESSION_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace plumbline::pathway {

// A mistake at a byte of an expression.
struct ExpressionFault {
  int offset = 0;
  std::string message;

  friend bool operator==(const ExpressionFault&,
                         const ExpressionFault&) = default;
};

// A part of an expression, or of a string in it, as a message shows it: on one
// line.
std::string OnOneLine(absl::string_view text);

enum class TokenKind : std::uint8_t {
  kEnd,
  kName,      // Also the keywords `true`, `false`, `null`, `in`.
  kInt,       // `magnitude`; a sign is a token of its own.
  kDouble,    // `number`.
  kString,    // `value`, with its escapes resolved, UTF-8.
  kOperator,  // `text`: one of ! && || == != < <= > >= + - * / % . , ? : ( ) [
              // ] { }
};

struct Token {
  TokenKind kind = TokenKind::kEnd;
  int begin = 0;
  int end = 0;
  absl::string_view text;  // As written; refers to the expression.
  std::uint64_t magnitude = 0;
  double number = 0;
  std::string value;
};

// What is told of a number that is no int.
inline constexpr char kIntTooLarge[] =
    "this number is too large; ints go from -9223372036854775808 to "
    "9223372036854775807";

// The most bytes of one expression.
inline constexpr int kExpressionBytesMax = 16 << 10;

struct LexResult {
  std::vector<Token> tokens;            // Ends with kEnd.
  std::vector<ExpressionFault> faults;  // Empty, or the first fault.
};

// Splits `text`, which must outlive the tokens.
LexResult LexExpression(absl::string_view text);

}  // namespace plumbline::pathway

#endif  // PLUMBLINE_COMMON_PATHWAY_LEX_EXPRESSION_H_
