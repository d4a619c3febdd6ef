#include "common/pathway/lex_expression.h"

#include <array>
#include <optional>

#include "absl/strings/ascii.h"
#include "absl/strings/charconv.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "common/pathway/lookalikes.h"
#include "common/pathway/utf8.h"

namespace plumbline::pathway {
namespace {

bool StartsName(char c) { return absl::ascii_isalpha(c) || c == '_'; }
bool ContinuesName(char c) { return absl::ascii_isalnum(c) || c == '_'; }
bool IsOctal(char c) { return c >= '0' && c <= '7'; }

// The first character of `text`, which is UTF-8.
absl::string_view FirstCharacter(absl::string_view text) {
  std::size_t length = 1;
  while (length < text.size() && (text[length] & 0xC0) == 0x80) ++length;
  return text.substr(0, length);
}

// Two characters before one, so that the longest operator matches.
constexpr std::array<absl::string_view, 24> kOperators = {
    "&&", "||", "==", "!=", "<=", ">=", "!", "<", ">", "+", "-", "*",
    "/",  "%",  ".",  ",",  "?",  ":",  "(", ")", "[", "]", "{", "}"};

class Lexer {
 public:
  explicit Lexer(absl::string_view text) : text_(text) {}

  LexResult Run() {
    if (text_.size() > static_cast<std::size_t>(kExpressionBytesMax)) {
      Fail(0, absl::StrCat("an expression has at most ", kExpressionBytesMax,
                           " bytes; name a part of it as a definition"));
    } else if (const int bad = InvalidUtf8Offset(text_); bad >= 0) {
      Fail(bad, "this is not UTF-8; save the file as UTF-8");
    }
    while (result_.faults.empty()) {
      SkipBlank();
      if (position_ == text_.size()) break;
      Next();
    }
    Emit(TokenKind::kEnd, position_);
    return std::move(result_);
  }

 private:
  char Peek(std::size_t ahead = 0) const {
    return position_ + ahead < text_.size() ? text_[position_ + ahead] : '\0';
  }

  bool Sees(absl::string_view prefix) const {
    return absl::StartsWith(text_.substr(position_), prefix);
  }

  void Fail(std::size_t offset, std::string message) {
    if (!result_.faults.empty()) return;
    result_.faults.push_back({static_cast<int>(offset), std::move(message)});
  }

  Token& Emit(TokenKind kind, std::size_t begin) {
    Token token;
    token.kind = kind;
    token.begin = static_cast<int>(begin);
    token.end = static_cast<int>(position_);
    token.text = text_.substr(begin, position_ - begin);
    result_.tokens.push_back(std::move(token));
    return result_.tokens.back();
  }

  void SkipBlank() {
    while (position_ < text_.size()) {
      if (absl::string_view(" \t\r\n\f").find(Peek()) !=
          absl::string_view::npos) {
        ++position_;
      } else if (Sees("//")) {
        const std::size_t end = text_.find('\n', position_);
        position_ = end == absl::string_view::npos ? text_.size() : end;
      } else {
        return;
      }
    }
  }

  void Next() {
    const char c = Peek();
    if (StartsName(c)) return Name();
    const bool number =
        absl::ascii_isdigit(c) || (c == '.' && absl::ascii_isdigit(Peek(1)));
    if (number) return Number();
    if (c == '"' || c == '\'') return String(position_);
    Operator();
  }

  void Operator() {
    const std::size_t begin = position_;
    for (const absl::string_view op : kOperators) {
      if (!Sees(op)) continue;
      position_ += op.size();
      Emit(TokenKind::kOperator, begin);
      return;
    }
    const absl::string_view found = FirstCharacter(text_.substr(begin));
    const absl::string_view meant = MeaningOfCharacter(found);
    Fail(begin,
         meant.empty()
             ? absl::StrCat("unexpected character '", found,
                            "'; text stands in quotes")
             : absl::StrCat("'", found, "' means nothing here; write ", meant));
  }

  void Name() {
    const std::size_t begin = position_;
    while (ContinuesName(Peek())) ++position_;
    const absl::string_view name = text_.substr(begin, position_ - begin);
    const bool quoted = Peek() == '"' || Peek() == '\'';
    if (quoted && (name == "r" || name == "R")) return String(begin);
    if (quoted && (name.size() == 1 || name.size() == 2) &&
        name.find_first_not_of("bBrR") == absl::string_view::npos) {
      return Fail(begin, absl::StrCat("no '", name,
                                      "' strings: bytes are not part of the "
                                      "language; write a string without the "
                                      "letter"));
    }
    Emit(TokenKind::kName, begin);
  }

  void SkipDigits() {
    while (absl::ascii_isdigit(Peek())) ++position_;
  }

  void Number() {
    if (Sees("0x")) return HexNumber();
    if (Sees("0X")) {
      return Fail(position_,
                  "a hexadecimal number begins with '0x', the 'x' small");
    }
    const std::size_t begin = position_;
    bool fractional = false;
    SkipDigits();
    if (Peek() == '.' && absl::ascii_isdigit(Peek(1))) {
      fractional = true;
      ++position_;
      SkipDigits();
    }
    if (SkipExponent()) fractional = true;
    const absl::string_view digits = text_.substr(begin, position_ - begin);
    if (!EndsNumber(begin)) return;
    if (fractional) {
      EmitDouble(begin, digits);
    } else {
      EmitInt(begin, absl::SimpleAtoi(digits, &magnitude_));
    }
  }

  // Skips `e5`, `E-5`. Returns whether there was one.
  bool SkipExponent() {
    if (Peek() != 'e' && Peek() != 'E') return false;
    const std::size_t sign = Peek(1) == '+' || Peek(1) == '-' ? 1 : 0;
    if (!absl::ascii_isdigit(Peek(1 + sign))) return false;
    position_ += 1 + sign;
    SkipDigits();
    return true;
  }

  void HexNumber() {
    const std::size_t begin = position_;
    position_ += 2;
    const std::size_t first = position_;
    while (absl::ascii_isxdigit(Peek())) ++position_;
    const absl::string_view digits = text_.substr(first, position_ - first);
    if (!EndsNumber(begin)) return;
    if (digits.empty()) {
      return Fail(begin,
                  "a hexadecimal number has digits after '0x', as in 0x2A");
    }
    EmitInt(begin, absl::SimpleHexAtoi(digits, &magnitude_));
  }

  // Whether the number that started at `begin` ends here.
  bool EndsNumber(std::size_t begin) {
    if (Peek() == 'u' || Peek() == 'U') {
      Fail(begin, "no unsigned numbers: write the number without 'u'");
      return false;
    }
    if (!ContinuesName(Peek())) return true;
    std::size_t end = position_;
    while (end < text_.size() && ContinuesName(text_[end])) ++end;
    Fail(begin, absl::StrCat("'", text_.substr(begin, end - begin),
                             "' is no number and no name; a number is written "
                             "42, 2.5 or 1e3, and a name begins with a "
                             "letter"));
    return false;
  }

  void EmitInt(std::size_t begin, bool fits) {
    constexpr std::uint64_t kTwoTo63 = std::uint64_t{1} << 63;
    if (!fits || magnitude_ > kTwoTo63) {
      return Fail(begin, kIntTooLarge);
    }
    Emit(TokenKind::kInt, begin).magnitude = magnitude_;
  }

  // A number too near to zero is zero, as in CEL.
  void EmitDouble(std::size_t begin, absl::string_view digits) {
    double number = 0;
    const absl::from_chars_result result =
        absl::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (result.ec == std::errc::result_out_of_range && number > 1) {
      return Fail(begin, "this number is too large; doubles end at 1.79e308");
    }
    Emit(TokenKind::kDouble, begin).number = number;
  }

  // A string whose token starts at `begin`: raw where a letter stands before
  // the quote.
  void String(std::size_t begin) {
    const bool raw = begin != position_;
    const char quote = Peek();
    const std::string three(3, quote);
    const bool multiline = Sees(three);
    const absl::string_view closing =
        multiline ? absl::string_view(three)
                  : absl::string_view(three).substr(0, 1);
    position_ += closing.size();
    std::string value;
    while (result_.faults.empty() && !Sees(closing)) {
      const bool broken = Peek() == '\n' || Peek() == '\r';
      if (position_ == text_.size() || (broken && !multiline)) {
        return Fail(begin, absl::StrCat("this string does not end; close it "
                                        "with ",
                                        closing));
      }
      if (raw) {
        PlainCharacter(value);
      } else {
        Character(value);
      }
    }
    if (!result_.faults.empty()) return;
    position_ += closing.size();
    Emit(TokenKind::kString, begin).value = std::move(value);
  }

  // Appends a byte as it stands. Some implementations of CEL make a line feed
  // of a carriage return, and others do not.
  void PlainCharacter(std::string& value) {
    if (Peek() == '\r') {
      return Fail(position_,
                  "a carriage return in a string; write it as '\\r'");
    }
    value += Peek();
    ++position_;
  }

  // Appends one character of a string to `value`.
  void Character(std::string& value) {
    if (Peek() != '\\') return PlainCharacter(value);
    const std::size_t begin = position_;
    ++position_;
    const char c = Peek();
    if (const std::optional<char> simple = SimpleEscape(c)) {
      value += *simple;
      ++position_;
      return;
    }
    if (c == 'x' || c == 'X') return Hexadecimal(begin, 2, value);
    if (c == 'u') return Hexadecimal(begin, 4, value);
    if (c == 'U') return Hexadecimal(begin, 8, value);
    if (c >= '0' && c <= '3') return Octal(begin, value);
    Fail(begin,
         absl::StrCat("no escape '\\", FirstCharacter(text_.substr(position_)),
                      "'; write a backslash as '\\\\'"));
  }

  static std::optional<char> SimpleEscape(char c) {
    constexpr absl::string_view kNames = "abfnrtv\\?\"'`";
    constexpr absl::string_view kValues = "\a\b\f\n\r\t\v\\?\"'`";
    const std::size_t found = kNames.find(c);
    if (c == '\0' || found == absl::string_view::npos) return std::nullopt;
    return kValues[found];
  }

  void Hexadecimal(std::size_t begin, std::size_t digits, std::string& value) {
    ++position_;
    std::uint32_t code = 0;
    for (std::size_t i = 0; i < digits; ++i) {
      const char c = Peek();
      if (!absl::ascii_isxdigit(c)) {
        return Fail(begin,
                    absl::StrCat(
                        "'", text_.substr(begin, 2), "' needs ", digits,
                        " hexadecimal digits, as in '", text_.substr(begin, 2),
                        absl::string_view("000000e9").substr(8 - digits), "'"));
      }
      const int digit =
          absl::ascii_isdigit(c) ? c - '0' : absl::ascii_tolower(c) - 'a' + 10;
      code = code * 16 + static_cast<std::uint32_t>(digit);
      ++position_;
    }
    AppendCode(begin, code, value);
  }

  void Octal(std::size_t begin, std::string& value) {
    std::uint32_t code = 0;
    for (int i = 0; i < 3; ++i) {
      if (!IsOctal(Peek())) {
        return Fail(begin, "an octal escape needs 3 digits, as in '\\101'");
      }
      code = code * 8 + static_cast<std::uint32_t>(Peek() - '0');
      ++position_;
    }
    AppendCode(begin, code, value);
  }

  void AppendCode(std::size_t begin, std::uint32_t code, std::string& value) {
    if (!AppendUtf8(code, value)) {
      Fail(begin,
           "this escape is no Unicode character: they end at 10FFFF, and D800 "
           "to DFFF are none");
    }
  }

  const absl::string_view text_;
  std::size_t position_ = 0;
  std::uint64_t magnitude_ = 0;
  LexResult result_;
};

}  // namespace

std::string OnOneLine(absl::string_view text) {
  return absl::StrReplaceAll(text, {{"\n", "\\n"}, {"\r", "\\r"}});
}

LexResult LexExpression(absl::string_view text) { return Lexer(text).Run(); }

}  // namespace plumbline::pathway
