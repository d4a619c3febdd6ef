// The tokens of a protobuf text-format file, with the comments around them.

#ifndef PLUMBLINE_COMMON_PATHWAY_TEXT_TOKENS_H_
#define PLUMBLINE_COMMON_PATHWAY_TEXT_TOKENS_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "common/pathway/fault.h"
#include "common/pathway/source_text.h"

namespace plumbline::pathway {

struct TextComment {
  absl::string_view text;     // From '#' to the end of the line.
  bool blank_before = false;  // An empty line stands before it.
};

struct TextToken {
  enum class Kind { kName, kNumber, kString, kSymbol, kEnd };

  Kind kind = Kind::kEnd;
  std::size_t offset = 0;
  absl::string_view text;  // As written, with the quotes of a string.
  std::vector<TextComment> comments;  // On lines of their own before it.
  bool blank_before = false;          // An empty line stands just before it.
  absl::string_view comment_after;    // On its line, after it.

  bool Is(absl::string_view symbol) const {
    return kind == Kind::kSymbol && text == symbol;
  }
};

struct TextTokens {
  std::vector<TextToken> tokens;  // Ends with a token of kind kEnd.
  Faults faults;
};

// The most tokens that a file may have.
inline constexpr std::size_t kTextTokensMax = 500000;

// Splits `text`, a part of `source`, into tokens. Faults: characters that
// belong to no token, strings without an end, more than kTextTokensMax tokens.
TextTokens TokenizeText(const SourceText& source, absl::string_view text);

// Where the bytes of a decoded string stand in its source: each piece is a run
// that was written as it reads.
struct TextPiece {
  std::size_t decoded = 0;  // Offset in the decoded string.
  std::size_t offset = 0;   // Offset in the source.
};

// Appends what the string token `token` stands for to `decoded`, and its pieces
// to `pieces`. Faults: escapes that do not exist.
void DecodeText(const SourceText& source, const TextToken& token,
                std::string* decoded, std::vector<TextPiece>* pieces,
                Faults* faults);

}  // namespace plumbline::pathway

#endif  // PLUMBLINE_COMMON_PATHWAY_TEXT_TOKENS_H_
