// The questionnaire: groups, the ids of items, and what they read of others.

#ifndef PLUMBLINE_COMMON_PATHWAY_COMPILE_QUESTIONNAIRE_H_
#define PLUMBLINE_COMMON_PATHWAY_COMPILE_QUESTIONNAIRE_H_

#include "common/pathway/compiler.h"

namespace plumbline::pathway {

inline constexpr int kItemsMax = 1000;

// Fills CompiledPathway::items but for what reads others: `enable_when` and
// `if_unknown`.
void CompileItems(Compiler& compiler);

// Fills Item::enable_when, once definitions and scores are known.
void CompileEnabling(Compiler& compiler);

// Fills Item::if_unknown and checks sources and orders, once rules and guidance
// are known.
void CompileItemPolicies(Compiler& compiler);

}  // namespace plumbline::pathway

#endif  // PLUMBLINE_COMMON_PATHWAY_COMPILE_QUESTIONNAIRE_H_
