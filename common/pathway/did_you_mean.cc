#include "common/pathway/did_you_mean.h"

#include <algorithm>
#include <cstddef>

#include "absl/strings/str_cat.h"

namespace plumbline::pathway {
namespace {

// Names longer than this are not compared: the work is quadratic.
constexpr std::size_t kNameBytesMax = 128;

// The least number of single-character insertions, deletions, replacements and
// swaps of neighbours that make `b` of `a`.
std::size_t EditDistance(absl::string_view a, absl::string_view b) {
  const std::size_t width = b.size() + 1;
  std::vector<std::size_t> before(width);
  std::vector<std::size_t> last(width);
  std::vector<std::size_t> row(width);
  for (std::size_t j = 0; j < width; ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j < width; ++j) {
      const std::size_t replaced = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({row[j - 1] + 1, last[j] + 1, replaced});
      const bool swapped =
          i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
    }
    before.swap(last);
    last.swap(row);
  }
  return last[b.size()];
}

}  // namespace

std::string DidYouMean(absl::string_view name,
                       const std::vector<absl::string_view>& names) {
  if (name.size() > kNameBytesMax) return "";
  std::size_t nearest_distance = std::max<std::size_t>(1, name.size() / 3) + 1;
  absl::string_view nearest;
  for (const absl::string_view candidate : names) {
    if (candidate.size() > kNameBytesMax) continue;
    const std::size_t distance = EditDistance(name, candidate);
    if (distance >= nearest_distance) continue;
    nearest_distance = distance;
    nearest = candidate;
  }
  if (nearest.empty()) return "";
  return absl::StrCat("; did you mean '", nearest, "'?");
}

std::string Suggestions::DidYouMean(
    absl::string_view name, const std::vector<absl::string_view>& names) {
  if (!Affords(names.size())) return "";
  comparisons_left_ -= names.size();
  return pathway::DidYouMean(name, names);
}

}  // namespace plumbline::pathway
