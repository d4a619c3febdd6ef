// A score that follows a published instrument: which items of the pathway
// answer which of the instrument's.

#ifndef PLUMBLINE_COMMON_PATHWAY_BIND_INSTRUMENT_H_
#define PLUMBLINE_COMMON_PATHWAY_BIND_INSTRUMENT_H_

#include "common/pathway/compiler.h"

namespace plumbline::pathway {

// Fills method, items, points and missing policy of `score` from the instrument
// of `message`, once instruments and items are known. Refuses what a score has
// only without an instrument, items that do not fit those of the instrument,
// and numbers without an item. Without items where there are faults.
void BindInstrument(Compiler& compiler, const ElementPath& path,
                    const v1::Score& message, Score& score);

}  // namespace plumbline::pathway

#endif  // PLUMBLINE_COMMON_PATHWAY_BIND_INSTRUMENT_H_
