// Puts the wording of an overlay in the place of a pathway's own.
//
// An overlay is for a clinic that may use words which the pathway does not
// ship, such as those of a published instrument. It is written as a part of a
// pathway, in text format, and may hold nothing but: of items `prompt`, `help`
// and the words of `options` and `bands`; of scores the mark `validated`, with
// the words of every item that the score counts; and the translations of those
// words.

#ifndef PLUMBLINE_COMMON_PATHWAY_APPLY_OVERLAY_H_
#define PLUMBLINE_COMMON_PATHWAY_APPLY_OVERLAY_H_

#include "common/pathway/element_place.h"
#include "common/pathway/fault.h"
#include "common/pathway/source_text.h"
#include "plumbline/pathway/v1/pathway.pb.h"

namespace plumbline::pathway {

// Changes `message`, and `place`, that of `message`, to where the new words
// stand. Returns whether the overlay could be parsed. Faults: whatever else it
// holds, an element that the pathway does not have, one that is given twice, an
// option with the words that another one of its item had, the mark of a score
// without an instrument or without the words of an item.
bool ApplyOverlay(const SourceText& source, v1::Pathway* message,
                  ElementPlace* place, Faults* faults);

}  // namespace plumbline::pathway

#endif  // PLUMBLINE_COMMON_PATHWAY_APPLY_OVERLAY_H_
