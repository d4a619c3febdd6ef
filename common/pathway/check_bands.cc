#include "common/pathway/check_bands.h"

#include <cmath>

#include "absl/strings/str_cat.h"
#include "common/pathway/names.h"

namespace plumbline::pathway {
namespace {

// Refuses ends that are not in the range or not in order; written so that NaN
// is refused.
bool CheckEnds(Compiler& compiler, const ElementPath& path,
               const v1::Band& band, const BandRange& range) {
  const bool in_range = range.minimum <= band.minimum() &&
                        band.minimum() <= band.maximum() &&
                        band.maximum() <= range.maximum;
  const bool whole =
      !range.whole_numbers || (std::trunc(band.minimum()) == band.minimum() &&
                               std::trunc(band.maximum()) == band.maximum());
  if (!in_range) {
    compiler.AddFault(path, absl::StrCat("'minimum' to 'maximum' must ascend "
                                         "within ",
                                         FormatNumber(range.minimum), " to ",
                                         FormatNumber(range.maximum)));
  } else if (!whole) {
    compiler.AddFault(path, "'minimum' and 'maximum' must be whole numbers");
  }
  return in_range && whole;
}

// Refuses a band that does not begin where the one before says.
void CheckBegin(Compiler& compiler, const ElementPath& path,
                const v1::Band& band, const v1::Band& before,
                const BandRange& range) {
  const double next = before.maximum() + (range.whole_numbers ? 1 : 0);
  if (range.cover ? band.minimum() == next : band.minimum() >= next) return;
  compiler.AddFault(
      path.Field("minimum"),
      absl::StrCat("must be ", range.cover ? "" : "at least ",
                   FormatNumber(next), ": the band before ends at ",
                   FormatNumber(before.maximum())));
}

void CheckCover(Compiler& compiler, const ElementPath& element,
                const BandMessages& bands, const BandRange& range) {
  if (bands.empty()) {
    return compiler.AddFault(element.Field("bands"),
                             "required: bands that cover the whole range");
  }
  const bool covered = bands.begin()->minimum() == range.minimum &&
                       bands.rbegin()->maximum() == range.maximum;
  if (covered) return;
  compiler.AddFault(
      element.Field("bands"),
      absl::StrCat("must cover the whole range, ", FormatNumber(range.minimum),
                   " to ", FormatNumber(range.maximum)));
}

}  // namespace

void CheckBands(Compiler& compiler, const ElementPath& element,
                const BandMessages& bands, const BandRange& range) {
  if (!compiler.CheckCount(element.Field("bands"), bands.size(), kBandsMax)) {
    return;
  }
  const std::vector<ElementPath> paths = compiler.CheckIds(
      element, "bands", bands, "code",
      [](const v1::Band& band) { return band.code(); }, kWordForm, nullptr);
  bool ends_ok = true;
  for (int i = 0; i < bands.size(); ++i) {
    compiler.CheckText(paths[i].Field("label"), bands[i].label());
    ends_ok = CheckEnds(compiler, paths[i], bands[i], range) && ends_ok;
    if (ends_ok && i > 0) {
      CheckBegin(compiler, paths[i], bands[i], bands[i - 1], range);
    }
  }
  if (range.cover && ends_ok) CheckCover(compiler, element, bands, range);
}

}  // namespace plumbline::pathway
