// The header of a pathway, its words for dispositions and emergencies, its
// sources, translations and cases.

#ifndef PLUMBLINE_COMMON_PATHWAY_COMPILE_TEXTS_H_
#define PLUMBLINE_COMMON_PATHWAY_COMPILE_TEXTS_H_

#include "common/pathway/compiler.h"

namespace plumbline::pathway {

inline constexpr int kLocalesMax = 100;
inline constexpr int kResultTextsMax = 100;  // Dispositions; signs.
inline constexpr int kSourcesMax = 5000;
inline constexpr int kCasesMax = 10'000;

// Ids, engine.
void CheckHeader(Compiler& compiler);

void CheckLocales(Compiler& compiler);

// Fills Compiler::sources.
void CheckAllSources(Compiler& compiler);

// The words for dispositions and the signs of emergencies.
void CheckResultTexts(Compiler& compiler);

// Translations: no key that names nothing, none missing.
void CheckTranslations(Compiler& compiler);

// Cases, but for their answers, once rules, guidance and gates are known.
void CheckCases(Compiler& compiler);

}  // namespace plumbline::pathway

#endif  // PLUMBLINE_COMMON_PATHWAY_COMPILE_TEXTS_H_
