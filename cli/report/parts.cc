#include "cli/report/parts.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "cli/words.h"

namespace plumbline::cli {
namespace {

bool IsEvidence(const pathway::v1::Pathway& pathway, const std::string& id) {
  return std::any_of(
      pathway.evidence().begin(), pathway.evidence().end(),
      [&id](const auto& evidence) { return evidence.evidence_id() == id; });
}

// In the default locale.
std::string TitleOf(const pathway::v1::Pathway& pathway,
                    const std::string& guidance_id) {
  for (const auto& record : pathway.guidance()) {
    if (record.guidance_id() != guidance_id) continue;
    for (const auto& text : record.texts()) {
      if (text.locale() == pathway.default_locale()) return text.title();
    }
  }
  return guidance_id;
}

}  // namespace

ReportedPathway::ReportedPathway(const pathway::CompiledPathway& pathway)
    : pathway_(pathway), counts_(CountCases(pathway)) {
  locales_.push_back(message().default_locale());
  for (const std::string& locale : message().locales()) {
    if (locale != locales_.front()) locales_.push_back(locale);
  }
  for (const std::string& locale : locales_) {
    texts_.emplace_back(message(), locale);
  }
}

void WriteInEveryLocale(
    ReportedPathway& pathway, Html& html,
    absl::FunctionRef<void(pathway::LocalizedTexts&)> write) {
  html.Element("div", {{"class", "locales"}}, [&] {
    for (std::size_t i = 0; i < pathway.texts().size(); ++i) {
      html.Element("div", {{"lang", pathway.locale(i)}},
                   [&] { write(pathway.texts()[i]); });
    }
  });
}

void WriteTexts(ReportedPathway& pathway, absl::string_view key,
                const std::string& text, Html& html) {
  if (text.empty()) return;
  WriteInEveryLocale(pathway, html, [&](pathway::LocalizedTexts& texts) {
    html.Text("p", texts.Find(key, text));
  });
}

void WriteDisposition(pathway::v1::Disposition disposition, Html& html) {
  std::string word = absl::StrReplaceAll(WordOf(disposition), {{"_", " "}});
  if (!word.empty()) word[0] = absl::ascii_toupper(word[0]);
  html.Text(
      "span",
      {{"class", absl::StrCat("disposition d", static_cast<int>(disposition))}},
      word);
}

void WriteSources(const ReportedPathway& pathway, const Ids& ids, Html& html) {
  if (ids.empty()) return;
  html.Element("p", {{"class", "sources"}}, [&] {
    html.Write(ids.size() == 1 ? "Source: " : "Sources: ");
    for (int i = 0; i < ids.size(); ++i) {
      if (i > 0) html.Write(", ");
      const absl::string_view list =
          IsEvidence(pathway.message(), ids[i]) ? "evidence/" : "sources/";
      html.Text("a", {{"href", absl::StrCat("#", list, ids[i])}}, ids[i]);
    }
  });
}

void WriteItemLink(const pathway::v1::Pathway& pathway,
                   const std::string& link_id, Html& html) {
  for (const auto& item : pathway.items()) {
    if (item.link_id() != link_id) continue;
    html.Text("a", {{"href", absl::StrCat("#items/", link_id)}}, item.prompt());
  }
}

Locality LocalityOf(const pathway::v1::Pathway& pathway, const Ids& sources) {
  const auto is_local = [&pathway](const std::string& id) {
    return std::any_of(pathway.sources().begin(), pathway.sources().end(),
                       [&id](const pathway::v1::Source& source) {
                         return source.source_id() == id &&
                                source.kind() == pathway::v1::SOURCE_KIND_LOCAL;
                       });
  };
  const auto count = std::count_if(sources.begin(), sources.end(), is_local);
  if (count == 0) return Locality::kNone;
  return count == sources.size() ? Locality::kAlone : Locality::kInPart;
}

void WriteGuidanceLink(const ReportedPathway& pathway, const std::string& id,
                       Html& html) {
  html.Text("a", {{"href", absl::StrCat("#guidance/", id)}},
            TitleOf(pathway.message(), id));
}

void WriteGuidanceLinks(const ReportedPathway& pathway, const Ids& ids,
                        Html& html) {
  for (int i = 0; i < ids.size(); ++i) {
    if (i > 0) html.Write(", ");
    WriteGuidanceLink(pathway, ids[i], html);
  }
}

void WriteCases(const ReportedPathway& pathway, const std::vector<int>& cases,
                Html& html) {
  html.Element("details", {{"class", "cases"}}, [&] {
    html.Text("summary", CountText(static_cast<int>(cases.size()), "case"));
    for (const int index : cases) {
      const std::string& id = pathway.message().cases(index).case_id();
      html.Text("a", {{"href", absl::StrCat("#cases/", id)}}, id);
      html.Write(" ");
    }
  });
}

std::string CountText(int count, absl::string_view one) {
  return absl::StrCat(count, " ", one, count == 1 ? "" : "s");
}

}  // namespace plumbline::cli
