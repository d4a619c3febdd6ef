// The texts of a pathway that are translated, except those of guidance records,
// which have their own (`GuidanceRecord.texts`).

#ifndef PLUMBLINE_COMMON_PATHWAY_TEXTS_H_
#define PLUMBLINE_COMMON_PATHWAY_TEXTS_H_

#include <string>
#include <vector>

#include "plumbline/pathway/v1/pathway.pb.h"

namespace plumbline::pathway {

struct TranslatableText {
  std::string key;   // As in v1::LocaleText.key.
  std::string text;  // In the default locale.
};

// Every text that is not empty, in pathway order:
//
//   title  description
//   dispositions/<DISPOSITION_…>/title  …/instruction
//   emergency_signs/<id>/text
//   groups/<id>/title
//   items/<id>/prompt  …/help  …/options/<code>  …/bands/<code>
//   items/<id>/if_unknown/rationale
//   scores/<name>/title  …/bands/<code>
//   rules/<id>/rationale
//   gates/<id>/rationale
std::vector<TranslatableText> TranslatableTexts(const v1::Pathway& message);

}  // namespace plumbline::pathway

#endif  // PLUMBLINE_COMMON_PATHWAY_TEXTS_H_
