#include "cli/unit.h"

#include "absl/strings/str_cat.h"

namespace plumbline::cli {
namespace {

struct Unit {
  absl::string_view ucum;
  absl::string_view words;
};

// Those that a questionnaire asks for, as far as code and word differ.
constexpr Unit kUnits[] = {
    {"a", "years"},     {"mo", "months"},     {"wk", "weeks"},
    {"d", "days"},      {"h", "hours"},       {"min", "minutes"},
    {"s", "seconds"},   {"Cel", "°C"},        {"[degF]", "°F"},
    {"[lb_av]", "lb"},  {"[in_i]", "inches"}, {"[ft_i]", "feet"},
    {"mm[Hg]", "mmHg"}, {"/min", "a minute"}, {"/d", "a day"},
    {"/wk", "a week"},  {"kg/m2", "kg/m²"},   {"1", ""},
    {"{score}", ""},
};

constexpr absl::string_view kCountedByOne[] = {"year", "month",  "week",  "day",
                                               "hour", "minute", "second"};

}  // namespace

std::string UnitInWords(absl::string_view ucum) {
  for (const Unit& unit : kUnits) {
    if (unit.ucum == ucum) return std::string(unit.words);
  }
  // An annotation is no unit, only words.
  const bool is_annotation = ucum.size() > 2 && ucum.front() == '{' &&
                             ucum.find('}') == ucum.size() - 1;
  if (is_annotation) ucum = ucum.substr(1, ucum.size() - 2);
  return std::string(ucum);
}

std::string NumberWithUnit(absl::string_view number, absl::string_view ucum) {
  std::string words = UnitInWords(ucum);
  if (words.empty()) return std::string(number);
  for (const absl::string_view one : kCountedByOne) {
    if (number == "1" && words == absl::StrCat(one, "s"))
      words = std::string(one);
  }
  return absl::StrCat(number, " ", words);
}

}  // namespace plumbline::cli
