#include "content-service/domain/questionnaire.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/pathway/encode_decision.h"
#include "common/pathway/localized_item.h"
#include "common/pathway/localized_texts.h"

namespace plumbline::content {
namespace {

using pathway::Localize;
using pathway::LocalizedTexts;

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
    group.set_title(pathway::LocalizedTitle(group, texts));
  }
  for (const pathway::v1::Item& item : source.items()) {
    *questionnaire.add_items() = pathway::LocalizedItem(item, texts);
  }
  AddDispositions(source, texts, questionnaire);
  *questionnaire.mutable_emergency_signs() = source.emergency_signs();
  for (auto& sign : *questionnaire.mutable_emergency_signs()) {
    Localize(texts, absl::StrCat("emergency_signs/", sign.sign_id(), "/text"),
             sign.mutable_text());
  }
  *questionnaire.mutable_instruments() = source.instruments();
  for (const std::string& key : texts.untranslated()) {
    questionnaire.add_untranslated(key);
  }
  questionnaire.set_review_note(ReviewNote(source, questionnaire.locale()));
  return questionnaire;
}

}  // namespace plumbline::content
