#include "common/pathway/names.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_split.h"

namespace plumbline::pathway {
namespace {

constexpr std::size_t kNameBytesMax = 63;
constexpr std::size_t kLinkIdBytesMax = 127;
constexpr std::size_t kLoincDigitsMax = 7;

bool IsShort(absl::string_view text) {
  return !text.empty() && text.size() <= kNameBytesMax;
}

template <typename Predicate>
bool All(absl::string_view text, Predicate predicate) {
  return std::all_of(text.begin(), text.end(), predicate);
}

template <std::size_t n>
bool Contains(const std::array<absl::string_view, n>& words,
              absl::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

int DaysInMonth(int year, int month) {
  constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && leap ? 29 : kDays[month - 1];
}

}  // namespace

bool IsWord(absl::string_view text) {
  return IsShort(text) && absl::ascii_islower(text.front()) &&
         All(text, [](char c) {
           return absl::ascii_islower(c) || absl::ascii_isdigit(c) || c == '_';
         });
}

bool IsHandle(absl::string_view text) {
  return IsShort(text) && All(text, [](char c) {
           return absl::ascii_islower(c) || absl::ascii_isdigit(c) || c == '-';
         });
}

bool IsSlug(absl::string_view text) {
  return IsHandle(text) && absl::ascii_islower(text.front());
}

bool IsResourceId(absl::string_view text) {
  return IsSlug(text) && text.back() != '-';
}

bool IsFlag(absl::string_view text) {
  return IsShort(text) && absl::ascii_isupper(text.front()) &&
         All(text, [](char c) {
           return absl::ascii_isupper(c) || absl::ascii_isdigit(c) || c == '_';
         });
}

bool IsLabel(absl::string_view text) {
  return IsShort(text) &&
         All(text, [](char c) { return absl::ascii_isalnum(c) || c == '-'; });
}

bool IsTag(absl::string_view text) {
  return IsShort(text) && absl::ascii_islower(text.front()) &&
         All(text, [](char c) {
           return absl::ascii_islower(c) || absl::ascii_isdigit(c) ||
                  c == '-' || c == '_';
         });
}

bool IsLinkId(absl::string_view text) {
  if (text.size() > kLinkIdBytesMax) return false;
  const std::vector<absl::string_view> words = absl::StrSplit(text, '.');
  return words.size() >= 2 && std::all_of(words.begin(), words.end(), IsWord);
}

bool IsLocale(absl::string_view text) {
  const std::size_t hyphen = text.find('-');
  const absl::string_view language = text.substr(0, hyphen);
  const bool language_ok = (language.size() == 2 || language.size() == 3) &&
                           All(language, absl::ascii_islower);
  if (hyphen == absl::string_view::npos) return language_ok;
  const absl::string_view region = text.substr(hyphen + 1);
  return language_ok &&
         ((region.size() == 2 && All(region, absl::ascii_isupper)) ||
          (region.size() == 3 && All(region, absl::ascii_isdigit)));
}

bool IsDate(absl::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
  for (const absl::string_view digits :
       {text.substr(0, 4), text.substr(5, 2), text.substr(8, 2)}) {
    if (!All(digits, absl::ascii_isdigit)) return false;
  }
  int year = 0;
  int month = 0;
  int day = 0;
  return absl::SimpleAtoi(text.substr(0, 4), &year) &&
         absl::SimpleAtoi(text.substr(5, 2), &month) &&
         absl::SimpleAtoi(text.substr(8, 2), &day) && month >= 1 &&
         month <= 12 && day >= 1 && day <= DaysInMonth(year, month);
}

bool IsLoincCode(absl::string_view text) {
  const std::size_t hyphen = text.find('-');
  const absl::string_view number = text.substr(0, hyphen);
  if (hyphen == absl::string_view::npos || text.size() != hyphen + 2 ||
      number.empty() || number.size() > kLoincDigitsMax ||
      !All(number, absl::ascii_isdigit) || !absl::ascii_isdigit(text.back())) {
    return false;
  }
  // The check digit of Luhn: every other digit is doubled, from the last.
  int sum = text.back() - '0';
  bool doubled = true;
  for (auto digit = number.rbegin(); digit != number.rend(); ++digit) {
    const int value = (*digit - '0') * (doubled ? 2 : 1);
    sum += value / 10 + value % 10;
    doubled = !doubled;
  }
  return sum % 10 == 0;
}

bool IsKeyword(absl::string_view word) {
  constexpr std::array<absl::string_view, 21> kKeywords = {
      "as",       "break",   "const",  "continue", "else", "false", "for",
      "function", "if",      "import", "in",       "let",  "loop",  "namespace",
      "null",     "package", "return", "true",     "var",  "void",  "while"};
  return Contains(kKeywords, word);
}

bool IsReservedName(absl::string_view word) {
  constexpr std::array<absl::string_view, 17> kReserved = {
      "bool",   "bytes", "disposition", "disposition_rank",
      "double", "dyn",   "flags",       "has",
      "int",    "list",  "map",         "null_type",
      "score",  "size",  "string",      "type",
      "uint"};
  return Contains(kReserved, word);
}

absl::string_view ToString(Disposition disposition) {
  switch (disposition) {
    case Disposition::kSelfCare:
      return "SELF_CARE";
    case Disposition::kRoutine:
      return "ROUTINE";
    case Disposition::kWithinDays:
      return "WITHIN_DAYS";
    case Disposition::kSameDay:
      return "SAME_DAY";
    case Disposition::kEmergencyNow:
      return "EMERGENCY_NOW";
  }
  return "";
}

std::string FormatNumber(double number) {
  constexpr double kWholeMax = 9007199254740992;  // 2^53.
  if (std::abs(number) < kWholeMax && std::trunc(number) == number) {
    return std::to_string(static_cast<std::int64_t>(number));
  }
  std::array<char, 32> digits;
  const auto [end, error] =
      std::to_chars(digits.data(), digits.data() + digits.size(), number);
  return std::string(digits.data(), error == std::errc() ? end : digits.data());
}

}  // namespace plumbline::pathway
