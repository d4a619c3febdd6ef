#include "content-service/gate/text_structure.h"

#include <algorithm>
#include <cstddef>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"

namespace plumbline::gate {
namespace {

bool IsDigitAt(absl::string_view text, std::size_t at) {
  return at < text.size() && absl::ascii_isdigit(text[at]);
}

// A number as it is written, and as it is compared: 4,000 is 4.000.
struct Number {
  std::string compared;
  std::string written;
};

// In the order of what is compared; a sign between digits is part of a number.
std::vector<Number> NumbersIn(absl::string_view text) {
  std::vector<Number> numbers;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (!IsDigitAt(text, at)) continue;
    Number number;
    while (IsDigitAt(text, at) ||
           (at < text.size() && (text[at] == '.' || text[at] == ',') &&
            IsDigitAt(text, at + 1))) {
      number.written.push_back(text[at]);
      number.compared.push_back(text[at] == ',' ? '.' : text[at]);
      ++at;
    }
    numbers.push_back(std::move(number));
  }
  std::stable_sort(
      numbers.begin(), numbers.end(),
      [](const Number& a, const Number& b) { return a.compared < b.compared; });
  return numbers;
}

bool AreTheSame(const std::vector<Number>& a, const std::vector<Number>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const Number& one, const Number& other) {
                      return one.compared == other.compared;
                    });
}

std::ptrdiff_t ListItemsIn(absl::string_view text) {
  const std::vector<absl::string_view> lines = absl::StrSplit(text, '\n');
  return std::count_if(lines.begin(), lines.end(), [](absl::string_view line) {
    return absl::StartsWith(line, "- ");
  });
}

std::string Listed(const std::vector<Number>& numbers) {
  if (numbers.empty()) return "no numbers";
  return absl::StrCat("the numbers ",
                      absl::StrJoin(numbers, " and ",
                                    [](std::string* out, const Number& number) {
                                      out->append(number.written);
                                    }));
}

}  // namespace

std::string StructureDifference(absl::string_view original,
                                absl::string_view translation) {
  const std::vector<Number> wanted = NumbersIn(original);
  const std::vector<Number> found = NumbersIn(translation);
  if (!AreTheSame(wanted, found)) {
    return absl::StrCat("has ", Listed(found), ", and the original ",
                        Listed(wanted));
  }
  const std::ptrdiff_t items = ListItemsIn(translation);
  const std::ptrdiff_t wanted_items = ListItemsIn(original);
  if (items == wanted_items) return "";
  return absl::StrCat("has ", items, " list items, and the original ",
                      wanted_items);
}

}  // namespace plumbline::gate
