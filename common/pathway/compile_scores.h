// Scores and definitions.

#ifndef PLUMBLINE_COMMON_PATHWAY_COMPILE_SCORES_H_
#define PLUMBLINE_COMMON_PATHWAY_COMPILE_SCORES_H_

#include "common/pathway/compiler.h"

namespace plumbline::pathway {

inline constexpr int kScoresMax = 1000;
inline constexpr int kDefinitionsMax = 1000;

// Fills CompiledPathway::scores, once items and instruments are known.
void CompileScores(Compiler& compiler);

// Fills CompiledPathway::definitions, once items and scores are known.
void CompileDefinitions(Compiler& compiler);

}  // namespace plumbline::pathway

#endif  // PLUMBLINE_COMMON_PATHWAY_COMPILE_SCORES_H_
