// Published instruments: whether each says clearly what it makes of answers.

#ifndef PLUMBLINE_COMMON_PATHWAY_COMPILE_INSTRUMENTS_H_
#define PLUMBLINE_COMMON_PATHWAY_COMPILE_INSTRUMENTS_H_

#include "common/pathway/compiler.h"

namespace plumbline::pathway {

inline constexpr int kInstrumentsMax = 100;
inline constexpr int kInstrumentItemsMax = 64;
inline constexpr int kScalesMax = 20;

// The greatest answer to an item of an instrument, and the most it counts.
inline constexpr int kInstrumentNumberMax = 100;

// Checks Pathway::instruments; fills Compiler::instruments and
// Compiler::faulty_instruments.
void CompileInstruments(Compiler& compiler);

// Refuses bands, of `scale` or in their stead, that do not fit what it gives.
// The definition has no faults but perhaps in its bands.
void CheckBandsOfScale(
    Compiler& compiler, const ElementPath& element,
    const google::protobuf::RepeatedPtrField<v1::Band>& bands,
    const v1::Instrument& instrument, const v1::InstrumentScale& scale);

}  // namespace plumbline::pathway

#endif  // PLUMBLINE_COMMON_PATHWAY_COMPILE_INSTRUMENTS_H_
