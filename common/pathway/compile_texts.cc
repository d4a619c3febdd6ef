#include "common/pathway/compile_texts.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/pathway/compile_questionnaire.h"
#include "common/pathway/names.h"
#include "common/pathway/texts.h"

namespace plumbline::pathway {
namespace {

ElementPath Field(absl::string_view name) { return ElementPath().Field(name); }

bool Contains(const Strings& strings, const std::string& text) {
  return std::find(strings.begin(), strings.end(), text) != strings.end();
}

void CheckEngine(Compiler& compiler) {
  const int needed = compiler.message.engine_version_min();
  const ElementPath path = Field("engine_version_min");
  if (needed < 1) return compiler.AddFault(path, "must be at least 1");
  if (needed <= kEngineVersion) return;
  compiler.AddFault(path, absl::StrCat("needs engine ", needed,
                                       "; this is engine ", kEngineVersion));
}

void CheckSource(Compiler& compiler, const ElementPath& path,
                 const v1::Source& source) {
  const bool has_kind = v1::SourceKind_IsValid(source.kind()) &&
                        source.kind() != v1::SOURCE_KIND_UNSPECIFIED;
  if (!has_kind) {
    compiler.AddFault(path.Field("kind"),
                      "required: a kind, such as SOURCE_KIND_GUIDELINE");
  }
  compiler.CheckText(path.Field("citation"), source.citation());
  compiler.CheckOptionalText(path.Field("note"), source.note());
  if (source.kind() == v1::SOURCE_KIND_LOCAL && source.note().empty()) {
    compiler.AddFault(path.Field("note"),
                      "required for a local source: why it is so");
  }
}

void CheckEvidence(Compiler& compiler, const ElementPath& path,
                   const v1::Evidence& evidence, const IndexById& source_ids) {
  compiler.CheckText(path.Field("statement"), evidence.statement());
  const bool conflict = absl::StartsWith(evidence.evidence_id(), "C-");
  if (!evidence.source_id().empty()) {
    compiler.Find(path.Field("source_id"), evidence.source_id(), source_ids,
                  "source");
  } else if (!conflict) {
    compiler.AddFault(path.Field("source_id"),
                      "required for a fact: the source it was read in");
  }
}

// Who answers tells options apart by their words alone.
void CheckOptionTexts(Compiler& compiler, const ElementPath& path,
                      const v1::LocaleTexts& translation) {
  absl::flat_hash_map<absl::string_view, std::vector<const v1::LocaleText*>>
      options;
  for (int i = 0; i < translation.texts_size(); ++i) {
    const v1::LocaleText& text = translation.texts(i);
    const absl::string_view item = OptionsOfKey(text.key());
    if (item.empty() || text.text().empty()) continue;
    for (const v1::LocaleText* const other : options[item]) {
      if (other->key() == text.key() ||
          !AreSameWords(other->text(), text.text())) {
        continue;
      }
      compiler.AddFault(path.Element("texts", i, text.key()).Field("text"),
                        absl::StrCat("has the words of '", other->key(),
                                     "'; nobody could tell them apart"));
      break;
    }
    options[item].push_back(&text);
  }
}

void CheckTranslation(Compiler& compiler, const ElementPath& path,
                      const v1::LocaleTexts& translation,
                      const std::vector<TranslatableText>& texts) {
  compiler.CheckOptionalText(path.Field("review_note"),
                             translation.review_note());
  absl::flat_hash_set<absl::string_view> keys;
  std::vector<absl::string_view> sorted;
  for (const TranslatableText& text : texts) {
    keys.insert(text.key);
    sorted.push_back(text.key);
  }
  absl::flat_hash_set<absl::string_view> seen;
  for (int i = 0; i < translation.texts_size() && !compiler.IsFull(); ++i) {
    const v1::LocaleText& text = translation.texts(i);
    const bool known = keys.contains(text.key());
    const bool is_new = seen.insert(text.key()).second;
    const ElementPath text_path =
        path.Element("texts", i, known && is_new ? text.key() : "");
    compiler.CheckText(text_path.Field("text"), text.text());
    if (!known) {
      compiler.AddUnknown(text_path.Field("key"), "text", text.key(),
                          sorted.size(), [&sorted] { return sorted; });
    } else if (!is_new) {
      compiler.AddFault(text_path.Field("key"),
                        absl::StrCat("'", text.key(), "' is there already"));
    }
  }
  CheckOptionTexts(compiler, path, translation);
  for (const TranslatableText& text : texts) {
    if (seen.contains(text.key)) continue;
    compiler.AddFault(path.Field("texts"),
                      absl::StrCat("no translation of '", text.key, "'"));
  }
}

// Names in a case that must exist.
void CheckNames(Compiler& compiler, const ElementPath& path,
                const v1::Case& message, const IndexById& flags) {
  compiler.FindAll(path, "must_flag", message.must_flag(), flags, "flag");
  compiler.FindAll(path, "must_not_flag", message.must_not_flag(), flags,
                   "flag");
  compiler.FindAll(path, "must_show", message.must_show(), compiler.guidance,
                   "guidance record");
  compiler.FindAll(path, "must_not_show", message.must_not_show(),
                   compiler.guidance, "guidance record");
  compiler.FindAll(path, "must_gate", message.must_gate(), compiler.gates,
                   "gate");
}

bool IsCaseId(absl::string_view id) { return !id.empty() && id.size() <= 127; }

}  // namespace

void CheckHeader(Compiler& compiler) {
  const v1::Pathway& message = compiler.message;
  compiler.pathway.pathway_id = message.pathway_id();
  if (!IsSlug(message.pathway_id())) {
    compiler.AddFault(Field("pathway_id"),
                      absl::StrCat("required: ", kSlugForm.description));
  } else if (!IsResourceId(message.pathway_id())) {
    compiler.AddFault(Field("pathway_id"),
                      "ends in '-': a letter or a digit must be last");
  }
  compiler.CheckText(Field("title"), message.title());
  compiler.CheckText(Field("description"), message.description());
  CheckEngine(compiler);
}

void CheckLocales(Compiler& compiler) {
  const v1::Pathway& message = compiler.message;
  absl::flat_hash_set<absl::string_view> seen;
  for (int i = 0; i < message.locales_size(); ++i) {
    const std::string& locale = message.locales(i);
    const ElementPath path = ElementPath().Element("locales", i);
    if (!IsLocale(locale)) {
      compiler.AddFault(path, "malformed; write a tag such as 'en' or 'es-MX'");
    } else if (!seen.insert(locale).second) {
      compiler.AddFault(path, absl::StrCat("'", locale, "' is there already"));
    }
  }
  if (!IsLocale(message.default_locale())) {
    compiler.AddFault(Field("default_locale"), "required: a tag such as 'en'");
  } else if (!Contains(message.locales(), message.default_locale())) {
    compiler.AddFault(Field("locales"),
                      absl::StrCat("must list the default locale, '",
                                   message.default_locale(), "'"));
  }
}

void CheckAllSources(Compiler& compiler) {
  const v1::Pathway& message = compiler.message;
  IndexById source_ids;
  const std::vector<ElementPath> source_paths = compiler.CheckIds(
      {}, "sources", message.sources(), "source_id",
      [](const v1::Source& source) { return source.source_id(); }, kSlugForm,
      &source_ids);
  for (int i = 0; i < message.sources_size(); ++i) {
    CheckSource(compiler, source_paths[i], message.sources(i));
  }
  IndexById evidence_ids;
  const std::vector<ElementPath> evidence_paths = compiler.CheckIds(
      {}, "evidence", message.evidence(), "evidence_id",
      [](const v1::Evidence& evidence) { return evidence.evidence_id(); },
      kLabelForm, &evidence_ids);
  for (int i = 0; i < message.evidence_size(); ++i) {
    CheckEvidence(compiler, evidence_paths[i], message.evidence(i), source_ids);
    if (!source_ids.contains(message.evidence(i).evidence_id())) continue;
    compiler.AddFault(evidence_paths[i].Field("evidence_id"),
                      "is the id of a source already");
  }
  for (const auto& [id, position] : source_ids) compiler.sources.insert(id);
  for (const auto& [id, position] : evidence_ids) compiler.sources.insert(id);
}

void CheckResultTexts(Compiler& compiler) {
  const v1::Pathway& message = compiler.message;
  absl::flat_hash_set<int> seen;
  for (int i = 0; i < message.dispositions_size(); ++i) {
    const v1::DispositionText& text = message.dispositions(i);
    const ElementPath path = ElementPath().Element("dispositions", i);
    compiler.CheckText(path.Field("title"), text.title());
    compiler.CheckText(path.Field("instruction"), text.instruction());
    const std::optional<Disposition> disposition = compiler.CheckDisposition(
        path.Field("disposition"), text.disposition());
    if (disposition.has_value() && !seen.insert(text.disposition()).second) {
      compiler.AddFault(
          path.Field("disposition"),
          absl::StrCat("'", ToString(*disposition), "' is there already"));
    }
  }
  for (const Disposition disposition : kDispositions) {
    if (seen.contains(static_cast<int>(disposition))) continue;
    compiler.AddFault(Field("dispositions"),
                      absl::StrCat("no words for ", ToString(disposition)));
  }
  const std::vector<ElementPath> paths = compiler.CheckIds(
      {}, "emergency_signs", message.emergency_signs(), "sign_id",
      [](const v1::EmergencySign& sign) { return sign.sign_id(); }, kWordForm,
      nullptr);
  if (paths.empty()) {
    compiler.AddFault(Field("emergency_signs"),
                      "required: the signs of an emergency");
  }
  for (int i = 0; i < message.emergency_signs_size(); ++i) {
    compiler.CheckText(paths[i].Field("text"),
                       message.emergency_signs(i).text());
    compiler.CheckSources(paths[i], message.emergency_signs(i).sources(), 1);
  }
}

void CheckTranslations(Compiler& compiler) {
  const v1::Pathway& message = compiler.message;
  IndexById translated;
  const std::vector<ElementPath> paths = compiler.CheckIds(
      {}, "translations", message.translations(), "locale",
      [](const v1::LocaleTexts& texts) { return texts.locale(); },
      {IsLocale, "a locale, such as 'es'"}, &translated);
  const std::vector<TranslatableText> texts = TranslatableTexts(message);
  for (int i = 0; i < message.translations_size(); ++i) {
    const std::string& locale = message.translations(i).locale();
    if (locale == message.default_locale()) {
      compiler.AddFault(paths[i].Field("locale"),
                        "is the default locale, whose texts stand in the "
                        "pathway itself");
    } else if (IsLocale(locale) && !Contains(message.locales(), locale)) {
      compiler.AddFault(paths[i].Field("locale"),
                        absl::StrCat("'", locale,
                                     "' is not a locale of the pathway; add it "
                                     "to 'locales'"));
    } else {
      CheckTranslation(compiler, paths[i], message.translations(i), texts);
    }
  }
  for (const std::string& locale : message.locales()) {
    if (locale == message.default_locale() || translated.contains(locale) ||
        !IsLocale(locale)) {
      continue;
    }
    compiler.AddFault(
        Field("translations"),
        absl::StrCat("no translations for the locale '", locale, "'"));
  }
}

void CheckCases(Compiler& compiler) {
  const auto& cases = compiler.message.cases();
  const std::vector<ElementPath> paths = compiler.CheckIds(
      {}, "cases", cases, "case_id",
      [](const v1::Case& one) { return one.case_id(); },
      {IsCaseId, "at most 127 bytes"}, nullptr);
  IndexById flags;
  for (int i = 0; i < static_cast<int>(compiler.pathway.flags.size()); ++i) {
    flags[compiler.pathway.flags[i]] = i;
  }
  for (int i = 0; i < cases.size() && !compiler.IsFull(); ++i) {
    compiler.CheckText(paths[i].Field("narrative"), cases[i].narrative());
    compiler.CheckText(paths[i].Field("source"), cases[i].source());
    compiler.CheckDisposition(paths[i].Field("expected_disposition"),
                              cases[i].expected_disposition());
    if (!v1::Certainty_IsValid(cases[i].expected_certainty())) {
      compiler.AddFault(paths[i].Field("expected_certainty"),
                        "write CERTAINTY_FINAL or CERTAINTY_PROVISIONAL, or "
                        "leave it out");
    }
    CheckNames(compiler, paths[i], cases[i], flags);
    compiler.CheckCount(paths[i].Field("answers"), cases[i].answers_size(),
                        kItemsMax);
  }
}

}  // namespace plumbline::pathway
