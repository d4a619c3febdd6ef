// The texts of a pathway that are translated, except those of guidance records,
// which have their own (`GuidanceRecord.texts`).

#ifndef PLUMBLINE_COMMON_PATHWAY_TEXTS_H_
#define PLUMBLINE_COMMON_PATHWAY_TEXTS_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
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

// Whether a person would read the same: but for letter case (of ASCII).
bool AreSameWords(absl::string_view a, absl::string_view b);

// Of the key of an option's text what all options of its item have in common:
// "items/<id>/options/"; empty: it is another key.
absl::string_view OptionsOfKey(absl::string_view key);

}  // namespace plumbline::pathway

#endif  // PLUMBLINE_COMMON_PATHWAY_TEXTS_H_
