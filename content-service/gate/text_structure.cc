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

// Ascending as texts; a sign between digits is part of a number.
std::vector<std::string> NumbersIn(absl::string_view text) {
  std::vector<std::string> numbers;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (!IsDigitAt(text, at)) continue;
    std::string number;
    while (IsDigitAt(text, at) ||
           (at < text.size() && (text[at] == '.' || text[at] == ',') &&
            IsDigitAt(text, at + 1))) {
      number.push_back(text[at] == ',' ? '.' : text[at]);
      ++at;
    }
    numbers.push_back(std::move(number));
  }
  std::sort(numbers.begin(), numbers.end());
  return numbers;
}

std::ptrdiff_t ListItemsIn(absl::string_view text) {
  const std::vector<absl::string_view> lines = absl::StrSplit(text, '\n');
  return std::count_if(lines.begin(), lines.end(), [](absl::string_view line) {
    return absl::StartsWith(line, "- ");
  });
}

std::string Listed(const std::vector<std::string>& numbers) {
  return numbers.empty() ? "none" : absl::StrJoin(numbers, " and ");
}

}  // namespace

std::string StructureDifference(absl::string_view original,
                                absl::string_view translation) {
  const std::vector<std::string> wanted = NumbersIn(original);
  const std::vector<std::string> found = NumbersIn(translation);
  if (wanted != found) {
    return absl::StrCat("has the numbers ", Listed(found),
                        ", and the original ", Listed(wanted));
  }
  const std::ptrdiff_t items = ListItemsIn(translation);
  const std::ptrdiff_t wanted_items = ListItemsIn(original);
  if (items == wanted_items) return "";
  return absl::StrCat("has ", items, " list items, and the original ",
                      wanted_items);
}

}  // namespace plumbline::gate
