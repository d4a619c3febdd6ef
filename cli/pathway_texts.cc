#include "cli/pathway_texts.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "cli/words.h"
#include "common/pathway/localized_item.h"
#include "common/pathway/localized_texts.h"

namespace plumbline::cli {
namespace {

// What a clinician relies on more comes first.
constexpr pathway::v1::SourceKind kStrongestFirst[] = {
    pathway::v1::SOURCE_KIND_GUIDELINE, pathway::v1::SOURCE_KIND_STUDY,
    pathway::v1::SOURCE_KIND_ADVICE, pathway::v1::SOURCE_KIND_ARTICLE,
    pathway::v1::SOURCE_KIND_LOCAL};

// 0 for the strongest kind; one that this build does not know comes last.
std::size_t RankOfKind(pathway::v1::SourceKind kind) {
  return std::find(std::begin(kStrongestFirst), std::end(kStrongestFirst),
                   kind) -
         std::begin(kStrongestFirst);
}

// "words (id)", or the id where there are no words.
std::string Titled(const std::string& words, const std::string& id) {
  return words.empty() ? id : absl::StrCat(words, " (", id, ")");
}

std::string InOneLine(const std::vector<std::string>& sources) {
  return absl::StrJoin(sources, "; ",
                       [](std::string* out, const std::string& source) {
                         absl::StrAppend(out, absl::StripSuffix(source, "."));
                       });
}

}  // namespace

PathwayTexts::PathwayTexts(const pathway::v1::Pathway& pathway,
                           absl::string_view locale, Content content)
    : content_(content) {
  pathway::LocalizedTexts texts(pathway, locale);
  for (int i = 0; i < pathway.items_size(); ++i) {
    questions_[pathway.items(i).link_id()] = {
        .position = i,
        .prompt = pathway::LocalizedItem(pathway.items(i), texts).prompt()};
  }
  for (const pathway::v1::GuidanceRecord& record : pathway.guidance()) {
    if (record.texts().empty()) continue;
    guidance_titles_[record.guidance_id()] = texts.Find(record).title();
  }
  for (pathway::v1::DispositionText text : pathway.dispositions()) {
    const std::string key = absl::StrCat(
        "dispositions/", pathway::v1::Disposition_Name(text.disposition()));
    Localize(texts, absl::StrCat(key, "/title"), text.mutable_title());
    Localize(texts, absl::StrCat(key, "/instruction"),
             text.mutable_instruction());
    dispositions_[text.disposition()] = std::move(text);
  }
  for (const pathway::v1::EmergencySign& sign : pathway.emergency_signs()) {
    signs_.push_back(sign.text());
    Localize(texts, absl::StrCat("emergency_signs/", sign.sign_id(), "/text"),
             &signs_.back());
  }
  AddSources(pathway);
}

void PathwayTexts::AddSources(const pathway::v1::Pathway& pathway) {
  for (const pathway::v1::Source& source : pathway.sources()) {
    citation_by_id_[source.source_id()] = source.citation();
    rank_by_citation_.emplace(source.citation(), RankOfKind(source.kind()));
  }
  for (const pathway::v1::Evidence& evidence : pathway.evidence()) {
    const auto source = citation_by_id_.find(evidence.source_id());
    citation_by_id_[evidence.evidence_id()] =
        source == citation_by_id_.end() ? "" : source->second;
  }
}

std::string PathwayTexts::Prompt(const std::string& link_id) const {
  const auto found = questions_.find(link_id);
  return found == questions_.end() ? "" : found->second.prompt;
}

int PathwayTexts::PositionOf(const std::string& link_id) const {
  const auto found = questions_.find(link_id);
  return found == questions_.end() ? static_cast<int>(questions_.size())
                                   : found->second.position;
}

std::string PathwayTexts::GuidanceTitle(const std::string& guidance_id) const {
  const auto found = guidance_titles_.find(guidance_id);
  return Titled(found == guidance_titles_.end() ? "" : found->second,
                guidance_id);
}

std::string PathwayTexts::DispositionTitle(
    pathway::v1::Disposition disposition) const {
  const auto found = dispositions_.find(disposition);
  return Titled(found == dispositions_.end()
                    ? ""
                    : absl::StrCat("\"", found->second.title(), "\""),
                WordOf(disposition));
}

std::string PathwayTexts::Instruction(
    pathway::v1::Disposition disposition) const {
  const auto found = dispositions_.find(disposition);
  return found == dispositions_.end() ? "" : found->second.instruction();
}

std::size_t PathwayTexts::RankOf(const std::string& citation) const {
  const auto found = rank_by_citation_.find(citation);
  return found == rank_by_citation_.end() ? std::size(kStrongestFirst)
                                          : found->second;
}

void PathwayTexts::SortByRank(std::vector<std::string>& citations) const {
  std::stable_sort(citations.begin(), citations.end(),
                   [this](const std::string& left, const std::string& right) {
                     return RankOf(left) < RankOf(right);
                   });
}

std::vector<std::string> PathwayTexts::Named(const Ids& ids,
                                             const Ids& citations) const {
  std::vector<std::string> sources(citations.begin(), citations.end());
  std::vector<std::string> conflicts;
  std::vector<std::string> unknown;
  for (const std::string& id : ids) {
    const auto found = citation_by_id_.find(id);
    if (found == citation_by_id_.end()) {
      // Where there are citations, that of this id is among them.
      if (citations.empty()) unknown.push_back(id);
    } else if (found->second.empty()) {
      conflicts.push_back(id);
    } else if (std::find(sources.begin(), sources.end(), found->second) ==
               sources.end()) {
      sources.push_back(found->second);
    }
  }
  SortByRank(sources);
  sources.insert(sources.end(), unknown.begin(), unknown.end());
  if (!conflicts.empty()) {
    sources.push_back(absl::StrCat("conflicts settled with caution (",
                                   absl::StrJoin(conflicts, ", "), ")"));
  }
  return sources;
}

std::vector<std::string> PathwayTexts::StrongestFirst(
    const Ids& ids, const Ids& citations) const {
  if (content_ == Content::kThatDecided) return Named(ids, citations);
  const Ids& known = citations.empty() ? ids : citations;
  std::vector<std::string> sources(known.begin(), known.end());
  SortByRank(sources);
  return sources;
}

std::string PathwayTexts::Sources(const Ids& ids, const Ids& citations) const {
  return InOneLine(StrongestFirst(ids, citations));
}

std::string PathwayTexts::SourcesByName(const Ids& ids) const {
  return InOneLine(Named(ids, {}));
}

}  // namespace plumbline::cli
