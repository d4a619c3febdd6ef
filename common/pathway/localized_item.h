// An item of the questionnaire in the words of one locale: wherever a question
// is shown, all of it is in the same language.

#ifndef PLUMBLINE_COMMON_PATHWAY_LOCALIZED_ITEM_H_
#define PLUMBLINE_COMMON_PATHWAY_LOCALIZED_ITEM_H_

#include <string>

#include "absl/strings/string_view.h"
#include "common/pathway/localized_texts.h"
#include "plumbline/pathway/v1/pathway.pb.h"

namespace plumbline::pathway {

// Puts `text`, which is that of `key` in the default locale, in the locale of
// `texts`. Empty texts stay empty.
void Localize(LocalizedTexts& texts, absl::string_view key, std::string* text);

// The item with prompt, help, option texts, band labels and rationale in the
// locale of `texts`.
v1::Item LocalizedItem(v1::Item item, LocalizedTexts& texts);

// The group's title in the locale of `texts`.
std::string LocalizedTitle(const v1::ItemGroup& group, LocalizedTexts& texts);

// The title of the group that `item` of `pathway` stands in; empty for none.
std::string GroupTitle(const v1::Pathway& pathway, const v1::Item& item,
                       LocalizedTexts& texts);

}  // namespace plumbline::pathway

#endif  // PLUMBLINE_COMMON_PATHWAY_LOCALIZED_ITEM_H_
