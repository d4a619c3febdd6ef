#include "common/pathway/element_place.h"

#include <algorithm>

#include "absl/strings/numbers.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

namespace plumbline::pathway {
namespace {

// The child that `step` names, `rules[4]` or `when`; null where there is none.
const ElementPlace* Child(const ElementPlace& parent, absl::string_view step) {
  const std::size_t bracket = step.find('[');
  const auto found = parent.fields.find(std::string(step.substr(0, bracket)));
  if (found == parent.fields.end() || found->second.empty()) return nullptr;
  if (bracket == absl::string_view::npos) return &found->second.front();

  std::size_t index = 0;
  const absl::string_view number =
      absl::StripSuffix(step.substr(bracket + 1), "]");
  if (!absl::SimpleAtoi(number, &index) || index >= found->second.size()) {
    return nullptr;
  }
  return &found->second[index];
}

// The source offset of the byte `decoded` of a string.
std::size_t OffsetInString(const std::vector<TextPiece>& pieces,
                           std::size_t decoded) {
  const auto after =
      std::upper_bound(pieces.begin(), pieces.end(), decoded,
                       [](std::size_t at, const TextPiece& piece) {
                         return at < piece.decoded;
                       });
  if (after == pieces.begin()) return pieces.front().offset;
  const TextPiece& piece = *(after - 1);
  return piece.offset + (decoded - piece.decoded);
}

}  // namespace

Place FindPlace(const ElementPlace& root, absl::string_view path, int offset) {
  const ElementPlace* found = &root;
  for (const absl::string_view step :
       absl::StrSplit(path, '.', absl::SkipEmpty())) {
    const ElementPlace* const child = Child(*found, step);
    if (child == nullptr || child->source == nullptr) break;
    found = child;
  }
  if (found->source == nullptr) return {};
  return found->source->PlaceAt(found->pieces.empty()
                                    ? found->offset
                                    : OffsetInString(found->pieces, offset));
}

}  // namespace plumbline::pathway
