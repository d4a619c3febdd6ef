#include "common/pathway/localized_texts.h"

#include <algorithm>

#include "absl/strings/str_cat.h"

namespace plumbline::pathway {

LocalizedTexts::LocalizedTexts(const v1::Pathway& message,
                               absl::string_view locale)
    : locale_(locale), is_default_(locale == message.default_locale()) {
  for (const v1::LocaleTexts& translation : message.translations()) {
    if (translation.locale() != locale_) continue;
    for (const v1::LocaleText& text : translation.texts()) {
      text_by_key_.emplace(text.key(), text.text());
    }
  }
}

absl::string_view LocalizedTexts::Find(absl::string_view key,
                                       absl::string_view fallback) {
  if (is_default_) return fallback;
  const auto found = text_by_key_.find(key);
  if (found != text_by_key_.end()) return found->second;
  Remember(key);
  return fallback;
}

const v1::GuidanceText& LocalizedTexts::Find(const v1::GuidanceRecord& record) {
  for (const v1::GuidanceText& text : record.texts()) {
    if (text.locale() == locale_) return text;
  }
  Remember(absl::StrCat("guidance/", record.guidance_id()));
  return record.texts(0);
}

void LocalizedTexts::Remember(absl::string_view key) {
  if (std::find(untranslated_.begin(), untranslated_.end(), key) ==
      untranslated_.end()) {
    untranslated_.emplace_back(key);
  }
}

}  // namespace plumbline::pathway
