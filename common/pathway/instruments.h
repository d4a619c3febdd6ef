// The published instrument behind a score: where it stands in a pathway, and
// what it makes of its items.

#ifndef PLUMBLINE_COMMON_PATHWAY_INSTRUMENTS_H_
#define PLUMBLINE_COMMON_PATHWAY_INSTRUMENTS_H_

#include <google/protobuf/repeated_ptr_field.h>

#include <vector>

#include "absl/strings/string_view.h"
#include "common/pathway/model.h"
#include "plumbline/pathway/v1/pathway.pb.h"

namespace plumbline::pathway {

// The scale `scale_id` of the instrument; with an empty id, its only one. Null:
// there is no such scale.
const v1::InstrumentScale* FindScale(const v1::Instrument& instrument,
                                     absl::string_view scale_id);

// The bands of a score: its own, or else those of the scale that it follows.
const google::protobuf::RepeatedPtrField<v1::Band>& BandsOf(
    const v1::Pathway& message, const v1::Score& score);

// The numbers of the items that the scale counts, ascending.
std::vector<int> NumbersOf(const v1::Instrument& instrument,
                           const v1::InstrumentScale& scale);

// The score that the scale makes, before items answer it: one entry of points
// for each number, as many items of -1, no name, no bands. The definition has
// no faults.
Score ScoreOfScale(const v1::Instrument& instrument,
                   const v1::InstrumentScale& scale);

}  // namespace plumbline::pathway

#endif  // PLUMBLINE_COMMON_PATHWAY_INSTRUMENTS_H_
