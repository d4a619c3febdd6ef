// Random ways to write a value in an expression. The same seed gives the same
// texts on every machine: no two random parts are made in one statement, whose
// order the compiler would choose.

#ifndef PLUMBLINE_TESTS_COMMON_PATHWAY_RANDOM_LITERAL_H_
#define PLUMBLINE_TESTS_COMMON_PATHWAY_RANDOM_LITERAL_H_

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/string_view.h"
#include "common/pathway/names.h"
#include "tests/common/pathway/random_intake.h"

namespace plumbline::pathway {

template <typename T>
const T& Pick(std::mt19937_64& random, const std::vector<T>& choices) {
  return choices[Below(random, choices.size())];
}

inline std::string Pick(std::mt19937_64& random,
                        std::initializer_list<const char*> choices) {
  return choices.begin()[Below(random, choices.size())];
}

// True once in `n` times.
inline bool OnceIn(std::uint64_t n, std::mt19937_64& random) {
  return Below(random, n) == 0;
}

// From `minimum` to `maximum`, often an end of the range.
inline std::int64_t RandomInt(std::int64_t minimum, std::int64_t maximum,
                              std::mt19937_64& random) {
  const auto span = static_cast<std::uint64_t>(maximum - minimum) + 1;
  if (OnceIn(4, random)) return OnceIn(2, random) ? minimum : maximum;
  return minimum + static_cast<std::int64_t>(Below(random, span));
}

inline std::string IntLiteral(std::int64_t value, std::mt19937_64& random) {
  if (value < 0 || !OnceIn(4, random)) return absl::StrCat(value);
  return OnceIn(2, random) ? absl::StrFormat("0x%x", value)
                           : absl::StrFormat("0x0%X", value);
}

// With a point or an exponent, as doubles need.
inline std::string DoubleLiteral(double value, std::mt19937_64& random) {
  const std::string text = FormatNumber(value);
  if (text.find_first_of(".e") != std::string::npos) return text;
  return absl::StrCat(text, Pick(random, {".0", ".00", "e0", "E+0", ".0e-0"}));
}

// One ASCII character of a string as an escape.
inline std::string Escaped(char c, std::mt19937_64& random) {
  const auto code = static_cast<unsigned char>(c);
  switch (Below(random, 5)) {
    case 0:
      return absl::StrFormat("\\x%02x", code);
    case 1:
      return absl::StrFormat("\\X%02X", code);
    case 2:
      return absl::StrFormat("\\u%04x", code);
    case 3:
      return absl::StrFormat("\\U%08X", code);
    default:
      return absl::StrFormat("\\%03o", code);
  }
}

// A string of letters, digits and '_' in one of the many ways to write it.
inline std::string WordLiteral(absl::string_view word,
                               std::mt19937_64& random) {
  const std::string quote = Pick(random, {"'", "'", "\"", "'''", "\"\"\""});
  const bool raw = OnceIn(6, random);
  std::string text = raw ? Pick(random, {"r", "R"}) : "";
  absl::StrAppend(&text, quote);
  for (const char c : word) {
    const bool escape = !raw && OnceIn(12, random);
    absl::StrAppend(&text, escape ? Escaped(c, random) : std::string(1, c));
  }
  return absl::StrCat(text, quote);
}

// One of strings of which several are equal or nearly so: escapes, characters
// of one to four bytes, composed and decomposed, raw and not.
inline std::string TextLiteral(std::mt19937_64& random) {
  return Pick(random, {"''",
                       "\"\"",
                       "'é'",
                       "'\\u00e9'",
                       "\"\\xe9\"",
                       "'\\351'",
                       "'e\\u0301'",
                       "'e\xCC\x81'",
                       "'😀'",
                       "'\\U0001F600'",
                       "'\\\\n'",
                       "r'\\n'",
                       "'\\n'",
                       "'''\n'''",
                       "'\\x0A'",
                       "\"\\\"\"",
                       "'\"'",
                       "'\\''",
                       "\"'\"",
                       "' '",
                       "'\\000'",
                       "'\\x00'",
                       "'\\a\\v\\?\\`'",
                       "'\\007\\x0b?`'",
                       "'ß'",
                       "'SS'",
                       "'ﬁ'",
                       "'fi'",
                       "'\\uFEFF'"});
}

}  // namespace plumbline::pathway

#endif  // PLUMBLINE_TESTS_COMMON_PATHWAY_RANDOM_LITERAL_H_
