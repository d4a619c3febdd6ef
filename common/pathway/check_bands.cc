#include "common/pathway/check_bands.h"

#include <cmath>
#include <string>
#include <vector>

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

bool HaveOneRange(const v1::Band& a, const v1::Band& b) {
  return a.minimum() == b.minimum() && a.maximum() == b.maximum();
}

// Refuses parts of the subscale's range where no band shares its range with
// another, or there is no subscale.
void RefuseSubscales(Compiler& compiler, const std::vector<ElementPath>& paths,
                     const BandMessages& bands, int begin, int end,
                     absl::string_view why) {
  for (int i = begin; i < end; ++i) {
    if (!bands[i].has_subscale()) continue;
    compiler.AddFault(paths[i].Field("subscale"), std::string(why));
  }
}

// Refuses bands of one range that do not divide the range of the subscale.
void CheckDivision(Compiler& compiler, const std::vector<ElementPath>& paths,
                   const BandMessages& bands, int begin, int end,
                   IntInterval subscale) {
  std::int64_t next = subscale.minimum;
  for (int i = begin; i < end; ++i) {
    const v1::SubscaleRange& part = bands[i].subscale();
    const bool is_last = i == end - 1;
    const bool ok = bands[i].has_subscale() && part.minimum() == next &&
                    part.maximum() >= part.minimum() &&
                    (is_last ? part.maximum() == subscale.maximum
                             : part.maximum() < subscale.maximum);
    if (!ok) {
      return compiler.AddFault(
          paths[i].Field("subscale"),
          absl::StrCat("bands of one range divide the range of the subscale, ",
                       subscale.minimum, " to ", subscale.maximum,
                       "; this one must begin at ", next,
                       is_last ? " and end at " : " and end before ",
                       subscale.maximum));
    }
    next = part.maximum() + 1;
  }
}

void CheckSubscales(Compiler& compiler, const std::vector<ElementPath>& paths,
                    const BandMessages& bands,
                    const std::optional<IntInterval>& subscale) {
  if (!subscale.has_value()) {
    return RefuseSubscales(compiler, paths, bands, 0, bands.size(),
                           "only the bands of a scale with 'subscale_id' have "
                           "this");
  }
  for (int begin = 0, end = 0; begin < bands.size(); begin = end) {
    while (end < bands.size() && HaveOneRange(bands[begin], bands[end])) ++end;
    if (end - begin > 1) {
      CheckDivision(compiler, paths, bands, begin, end, *subscale);
    } else {
      RefuseSubscales(compiler, paths, bands, begin, end,
                      "no other band has this range; leave it out");
    }
  }
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
    const bool shares = range.subscale.has_value() && i > 0 &&
                        HaveOneRange(bands[i], bands[i - 1]);
    if (ends_ok && i > 0 && !shares) {
      CheckBegin(compiler, paths[i], bands[i], bands[i - 1], range);
    }
  }
  CheckSubscales(compiler, paths, bands, range.subscale);
  if (range.cover && ends_ok) CheckCover(compiler, element, bands, range);
}

}  // namespace plumbline::pathway
