#include "common/pathway/lookalikes.h"

#include <algorithm>
#include <array>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "common/pathway/did_you_mean.h"

namespace plumbline::pathway {
namespace {

struct Lookalike {
  absl::string_view found;
  absl::string_view meant;
};

constexpr std::array<Lookalike, 18> kCharacters = {{
    {"=", "'==' to compare"},
    {"&", "'&&'"},
    {"|", "'||'"},
    {"#", "'//' before a comment"},
    {"`", "a straight quote, ' or \""},
    {"‘", "a straight quote, ' or \""},
    {"’", "a straight quote, ' or \""},
    {"“", "a straight quote, ' or \""},
    {"”", "a straight quote, ' or \""},
    {"≤", "'<='"},
    {"≥", "'>='"},
    {"≠", "'!='"},
    {"×", "'*'"},
    {"−", "'-'"},
    {"–", "'-'"},
    {"\u00A0", "a plain blank; this one is a no-break space"},
    {"\u202F", "a plain blank; this one is a no-break space"},
    {"\u200B", "nothing; this is a blank without width"},
}};

constexpr std::array<Lookalike, 6> kWords = {{
    {"and", "&&"},
    {"or", "||"},
    {"is", "=="},
    {"equals", "=="},
    {"then", "?"},
    {"else", ":"},
}};

constexpr std::array<Lookalike, 7> kFunctions = {{
    {"exists", "has"},
    {"defined", "has"},
    {"answered", "has"},
    {"isset", "has"},
    {"len", "size"},
    {"length", "size"},
    {"count", "size"},
}};

template <std::size_t n>
absl::string_view MeaningOf(const std::array<Lookalike, n>& lookalikes,
                            absl::string_view found) {
  for (const Lookalike& lookalike : lookalikes) {
    if (lookalike.found == found) return lookalike.meant;
  }
  return "";
}

template <std::size_t n>
bool IsOneOf(const std::array<absl::string_view, n>& names,
             absl::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

absl::string_view MeaningOfCharacter(absl::string_view character) {
  return MeaningOf(kCharacters, character);
}

absl::string_view OperatorForWord(absl::string_view word) {
  return MeaningOf(kWords, absl::AsciiStrToLower(word));
}

std::string RefusedFunction(absl::string_view name, bool is_method) {
  constexpr std::array<absl::string_view, 5> kMacros = {
      "all", "exists", "exists_one", "map", "filter"};
  constexpr std::array<absl::string_view, 4> kTextFunctions = {
      "matches", "contains", "startsWith", "endsWith"};
  if (is_method && IsOneOf(kMacros, name)) {
    return absl::StrCat("no macro '", name,
                        "': write the comparisons out with && and ||");
  }
  if (IsOneOf(kTextFunctions, name)) {
    return absl::StrCat("no text function '", name,
                        "': compare with option codes by == or in");
  }
  if (name == "int" || name == "double") {
    return absl::StrCat("no conversion '", name,
                        "()': comparisons may mix int and double; write the "
                        "literal in the type needed, 1 or 1.0");
  }
  std::string hint;
  if (const absl::string_view meant = MeaningOf(kFunctions, name);
      !meant.empty()) {
    hint = absl::StrCat("; did you mean '", meant, "'?");
  } else if (!is_method) {
    hint = DidYouMean(name, {"has", "size"});
  }
  return absl::StrCat("no function '", name,
                      "': the functions are has() and size()", hint);
}

}  // namespace plumbline::pathway
