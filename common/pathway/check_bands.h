// Named parts of a range of numbers.

#ifndef PLUMBLINE_COMMON_PATHWAY_CHECK_BANDS_H_
#define PLUMBLINE_COMMON_PATHWAY_CHECK_BANDS_H_

#include <optional>

#include "common/pathway/compiler.h"
#include "common/pathway/interval.h"

namespace plumbline::pathway {

inline constexpr int kBandsMax = 100;

struct BandRange {
  double minimum = 0;
  double maximum = 0;
  // Bands end with their maximum, and the next begins one later; else a band
  // ends where the next begins.
  bool whole_numbers = true;
  // Whether the bands must cover the range.
  bool cover = true;
  // The range of the subscale that tells bands of one range apart.
  std::optional<IntInterval> subscale;
};

using BandMessages = google::protobuf::RepeatedPtrField<v1::Band>;

// Refuses bands that do not ascend, overlap, leave the range, or leave gaps
// where they must cover it; and so for the subscale among bands of one range.
void CheckBands(Compiler& compiler, const ElementPath& element,
                const BandMessages& bands, const BandRange& range);

}  // namespace plumbline::pathway

#endif  // PLUMBLINE_COMMON_PATHWAY_CHECK_BANDS_H_
