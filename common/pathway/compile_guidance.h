// Guidance records and the gates that withhold them.

#ifndef PLUMBLINE_COMMON_PATHWAY_COMPILE_GUIDANCE_H_
#define PLUMBLINE_COMMON_PATHWAY_COMPILE_GUIDANCE_H_

#include "common/pathway/compiler.h"

namespace plumbline::pathway {

inline constexpr int kGuidanceMax = 5000;
inline constexpr int kGatesMax = 1000;
inline constexpr int kTagsMax = 100;  // Of a record or a gate; also regions.
inline constexpr int kParametersMax = 100;
inline constexpr std::size_t kBodyBytesMax = 64 << 10;

// Fills CompiledPathway::guidance but for its gates.
void CompileGuidance(Compiler& compiler);

// Fills CompiledPathway::gates, and which records they select.
void CompileGates(Compiler& compiler);

}  // namespace plumbline::pathway

#endif  // PLUMBLINE_COMMON_PATHWAY_COMPILE_GUIDANCE_H_
