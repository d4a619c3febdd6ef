// Rules and invariants.

#ifndef PLUMBLINE_COMMON_PATHWAY_COMPILE_RULES_H_
#define PLUMBLINE_COMMON_PATHWAY_COMPILE_RULES_H_

#include "common/pathway/compiler.h"

namespace plumbline::pathway {

inline constexpr int kRulesMax = 5000;
inline constexpr int kInvariantsMax = 1000;

// Fills CompiledPathway::rules, once guidance is known.
void CompileRules(Compiler& compiler);

// Fills CompiledPathway::invariants, once every flag is known.
void CompileInvariants(Compiler& compiler);

}  // namespace plumbline::pathway

#endif  // PLUMBLINE_COMMON_PATHWAY_COMPILE_RULES_H_
