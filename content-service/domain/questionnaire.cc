#include "content-service/domain/questionnaire.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/pathway/encode_decision.h"
#include "common/pathway/localized_texts.h"

namespace plumbline::content {
namespace {

using pathway::LocalizedTexts;

// Puts a text in the locale of `texts`. Empty texts stay empty.
void Localize(LocalizedTexts& texts, const std::string& key,
              std::string* text) {
  if (text->empty()) return;
  const std::string fallback = *text;
  *text = std::string(texts.Find(key, fallback));
}

void LocalizeItem(LocalizedTexts& texts, pathway::v1::Item& item) {
  const std::string key = absl::StrCat("items/", item.link_id());
  Localize(texts, absl::StrCat(key, "/prompt"), item.mutable_prompt());
  Localize(texts, absl::StrCat(key, "/help"), item.mutable_help());
  for (pathway::v1::Option& option : *item.mutable_options()) {
    Localize(texts, absl::StrCat(key, "/options/", option.code()),
             option.mutable_text());
  }
  for (pathway::v1::Band& band : *item.mutable_bands()) {
    Localize(texts, absl::StrCat(key, "/bands/", band.code()),
             band.mutable_label());
  }
  if (item.has_if_unknown()) {
    Localize(texts, absl::StrCat(key, "/if_unknown/rationale"),
             item.mutable_if_unknown()->mutable_rationale());
  }
}

void AddDispositions(const pathway::v1::Pathway& source, LocalizedTexts& texts,
                     v1::Questionnaire& questionnaire) {
  auto& dispositions = *questionnaire.mutable_dispositions();
  dispositions = source.dispositions();
  std::sort(dispositions.begin(), dispositions.end(),
            [](const pathway::v1::DispositionText& left,
               const pathway::v1::DispositionText& right) {
              return left.disposition() > right.disposition();
            });
  for (pathway::v1::DispositionText& text : dispositions) {
    const std::string key = absl::StrCat(
        "dispositions/", pathway::v1::Disposition_Name(text.disposition()));
    Localize(texts, absl::StrCat(key, "/title"), text.mutable_title());
    Localize(texts, absl::StrCat(key, "/instruction"),
             text.mutable_instruction());
  }
}

std::string ReviewNote(const pathway::v1::Pathway& source,
                       const std::string& locale) {
  for (const pathway::v1::LocaleTexts& translation : source.translations()) {
    if (translation.locale() == locale) return translation.review_note();
  }
  return "";
}

}  // namespace

v1::Questionnaire MakeQuestionnaire(const v1::Release& release,
                                    const pathway::CompiledPathway& pathway,
                                    const std::string& locale) {
  const pathway::v1::Pathway& source = *pathway.source;
  v1::Questionnaire questionnaire;
  questionnaire.set_name(absl::StrCat(release.name(), "/questionnaire"));
  questionnaire.set_pathway_id(source.pathway_id());
  questionnaire.set_release(release.name());
  questionnaire.set_digest(release.digest());
  questionnaire.set_locale(pathway::ResolveLocale(pathway, locale));
  LocalizedTexts texts(source, questionnaire.locale());
  questionnaire.set_title(source.title());
  questionnaire.set_description(source.description());
  Localize(texts, "title", questionnaire.mutable_title());
  Localize(texts, "description", questionnaire.mutable_description());
  *questionnaire.mutable_groups() = source.groups();
  for (pathway::v1::ItemGroup& group : *questionnaire.mutable_groups()) {
    Localize(texts, absl::StrCat("groups/", group.group_id(), "/title"),
             group.mutable_title());
  }
  *questionnaire.mutable_items() = source.items();
  for (pathway::v1::Item& item : *questionnaire.mutable_items()) {
    LocalizeItem(texts, item);
  }
  AddDispositions(source, texts, questionnaire);
  *questionnaire.mutable_emergency_signs() = source.emergency_signs();
  for (auto& sign : *questionnaire.mutable_emergency_signs()) {
    Localize(texts, absl::StrCat("emergency_signs/", sign.sign_id(), "/text"),
             sign.mutable_text());
  }
  for (const std::string& key : texts.untranslated()) {
    questionnaire.add_untranslated(key);
  }
  questionnaire.set_review_note(ReviewNote(source, questionnaire.locale()));
  return questionnaire;
}

}  // namespace plumbline::content
