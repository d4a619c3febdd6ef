#include "common/pathway/text_tokens.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "common/pathway/utf8.h"

namespace plumbline::pathway {
namespace {

constexpr absl::string_view kSymbols = "{}<>[]:,;-";

bool IsNameStart(char c) { return absl::ascii_isalpha(c) || c == '_'; }
bool IsNamePart(char c) { return absl::ascii_isalnum(c) || c == '_'; }

class Tokenizer {
 public:
  Tokenizer(const SourceText& source, absl::string_view text)
      : source_(source),
        text_(text),
        base_(text.data() - source.text().data()) {}

  TextTokens Run() {
    while (SkipToToken() && HasRoom()) ReadToken();
    Add(TextToken::Kind::kEnd, 0);
    return std::move(result_);
  }

 private:
  bool HasRoom() {
    if (IsFull(result_.faults)) return false;
    if (result_.tokens.size() < kTextTokensMax) return true;
    Report(absl::StrCat("more than ", kTextTokensMax, " words and signs"));
    return false;
  }

  // Skips white space and takes in comments. Returns whether text is left.
  bool SkipToToken() {
    newlines_ = 0;
    while (position_ < text_.size()) {
      const char c = text_[position_];
      if (c == '#') {
        ReadComment();
      } else if (absl::ascii_isspace(c)) {
        if (c == '\n') ++newlines_;
        ++position_;
      } else {
        return true;
      }
    }
    return false;
  }

  void ReadComment() {
    const std::size_t end = std::min(text_.find('\n', position_), text_.size());
    const absl::string_view comment = absl::StripTrailingAsciiWhitespace(
        text_.substr(position_, end - position_));
    if (newlines_ == 0 && !result_.tokens.empty() && comments_.empty()) {
      result_.tokens.back().comment_after = comment;
    } else {
      comments_.push_back({comment, newlines_ > 1});
    }
    newlines_ = 0;
    position_ = end;
  }

  void ReadToken() {
    const char c = text_[position_];
    if (IsNameStart(c)) {
      Add(TextToken::Kind::kName, RunOf(IsNamePart));
    } else if (absl::ascii_isdigit(c) || c == '.') {
      Add(TextToken::Kind::kNumber, NumberLength());
    } else if (c == '"' || c == '\'') {
      Add(TextToken::Kind::kString, StringLength(c));
    } else if (kSymbols.find(c) != absl::string_view::npos) {
      Add(TextToken::Kind::kSymbol, 1);
    } else {
      SkipUnexpected();
    }
  }

  std::size_t RunOf(bool (*predicate)(char)) const {
    std::size_t length = 1;
    while (position_ + length < text_.size() &&
           predicate(text_[position_ + length])) {
      ++length;
    }
    return length;
  }

  // Generous: whether the run is a number is checked where it is used.
  std::size_t NumberLength() const {
    const auto is_sign_of_exponent = [this](std::size_t at) {
      const char before = absl::ascii_tolower(text_[at - 1]);
      return (text_[at] == '+' || text_[at] == '-') && before == 'e';
    };
    std::size_t end = position_ + 1;
    while (end < text_.size() && (IsNamePart(text_[end]) || text_[end] == '.' ||
                                  is_sign_of_exponent(end))) {
      ++end;
    }
    return end - position_;
  }

  std::size_t StringLength(char quote) {
    std::size_t end = position_ + 1;
    while (end < text_.size() && text_[end] != '\n') {
      if (text_[end] == quote) return end + 1 - position_;
      end +=
          text_[end] == '\\' && end + 1 < text_.size() && text_[end + 1] != '\n'
              ? 2
              : 1;
    }
    Report(absl::StrCat("the string has no closing ", std::string(1, quote),
                        " on its line"));
    return end - position_;
  }

  void SkipUnexpected() {
    std::size_t length = 1;
    while (position_ + length < text_.size() &&
           (static_cast<unsigned char>(text_[position_ + length]) & 0xC0) ==
               0x80) {
      ++length;
    }
    const absl::string_view character = text_.substr(position_, length);
    Report(character == "/" ? "unexpected '/'; a comment begins with '#'"
                            : absl::StrCat("unexpected '", character,
                                           "'; texts stand in quotes"));
    position_ += length;
  }

  void Add(TextToken::Kind kind, std::size_t length) {
    TextToken token;
    token.kind = kind;
    token.offset = base_ + position_;
    token.text = text_.substr(position_, length);
    token.comments = std::exchange(comments_, {});
    token.blank_before = newlines_ > 1;
    result_.tokens.push_back(std::move(token));
    position_ += length;
  }

  void Report(std::string message) {
    result_.faults.push_back(
        source_.FaultAt(base_ + position_, "", std::move(message)));
  }

  const SourceText& source_;
  const absl::string_view text_;
  const std::size_t base_;  // Where `text_` begins in `source_`.
  std::size_t position_ = 0;
  int newlines_ = 0;
  std::vector<TextComment> comments_;
  TextTokens result_;
};

// Decodes one string token.
class Decoder {
 public:
  Decoder(const SourceText& source, const TextToken& token,
          std::string* decoded, std::vector<TextPiece>* pieces, Faults* faults)
      : source_(source),
        token_(token),
        decoded_(*decoded),
        pieces_(*pieces),
        faults_(*faults) {}

  void Run() {
    const char quote = token_.text.front();
    bool in_run = false;
    position_ = 1;
    while (position_ < token_.text.size() && token_.text[position_] != quote) {
      const bool escaped = token_.text[position_] == '\\';
      if (escaped || !in_run) {
        pieces_.push_back({decoded_.size(), token_.offset + position_});
      }
      in_run = !escaped;
      if (escaped) {
        DecodeEscape();
      } else {
        decoded_.push_back(token_.text[position_++]);
      }
    }
    if (decoded_.empty()) pieces_.push_back({0, token_.offset + 1});
  }

 private:
  void DecodeEscape() {
    constexpr absl::string_view kNames = "abfnrtv\\'\"?";
    constexpr absl::string_view kValues = "\a\b\f\n\r\t\v\\'\"?";
    const std::size_t start = position_;
    const char name =
        position_ + 1 < token_.text.size() ? token_.text[position_ + 1] : '\0';
    position_ += 2;
    const std::size_t simple = kNames.find(name);
    if (name != '\0' && simple != absl::string_view::npos) {
      decoded_.push_back(kValues[simple]);
    } else if (name == 'u' || name == 'U') {
      DecodeCodePoint(start, name == 'u' ? 4 : 8);
    } else {
      Report(start);
    }
  }

  void DecodeCodePoint(std::size_t start, std::size_t digits) {
    const absl::string_view hex = token_.text.substr(position_, digits);
    std::uint32_t code_point = 0;
    const bool is_hex =
        hex.size() == digits &&
        std::all_of(hex.begin(), hex.end(), absl::ascii_isxdigit) &&
        absl::SimpleHexAtoi(hex, &code_point);
    if (!is_hex || !AppendUtf8(code_point, decoded_)) {
      Report(start);
      return;
    }
    position_ += digits;
  }

  void Report(std::size_t start) {
    faults_.push_back(source_.FaultAt(
        token_.offset + start, "",
        "unknown escape; a backslash is written \\\\, a character by its "
        "number \\u00e9"));
  }

  const SourceText& source_;
  const TextToken& token_;
  std::string& decoded_;
  std::vector<TextPiece>& pieces_;
  Faults& faults_;
  std::size_t position_ = 0;
};

}  // namespace

TextTokens TokenizeText(const SourceText& source, absl::string_view text) {
  return Tokenizer(source, text).Run();
}

void DecodeText(const SourceText& source, const TextToken& token,
                std::string* decoded, std::vector<TextPiece>* pieces,
                Faults* faults) {
  Decoder(source, token, decoded, pieces, faults).Run();
}

}  // namespace plumbline::pathway
