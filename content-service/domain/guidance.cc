#include "content-service/domain/guidance.h"

#include <algorithm>
#include <set>

#include "absl/strings/str_cat.h"
#include "common/pathway/encode_decision.h"
#include "common/pathway/localized_texts.h"
#include "common/rpc/error_details.h"

namespace plumbline::content {
namespace {

std::string NameOf(const v1::Release& release, const std::string& guidance_id) {
  return absl::StrCat(release.name(), "/guidance/", guidance_id);
}

const pathway::v1::Source* FindSource(const pathway::v1::Pathway& source,
                                      const std::string& id) {
  for (const pathway::v1::Source& candidate : source.sources()) {
    if (candidate.source_id() == id) return &candidate;
  }
  return nullptr;
}

// A citation of a source, or of a piece of evidence with the source behind it.
v1::Citation Cite(const pathway::v1::Pathway& content, const std::string& id) {
  v1::Citation citation;
  citation.set_source_id(id);
  const pathway::v1::Source* source = FindSource(content, id);
  for (const pathway::v1::Evidence& evidence : content.evidence()) {
    if (evidence.evidence_id() != id) continue;
    citation.set_statement(evidence.statement());
    source = FindSource(content, evidence.source_id());
  }
  if (source != nullptr) citation.set_citation(source->citation());
  return citation;
}

template <typename Values, typename Value>
bool Contains(const Values& values, const Value& value) {
  return std::find(values.begin(), values.end(), value) != values.end();
}

}  // namespace

bool Matches(const GuidanceFilter& filter,
             const pathway::v1::GuidanceRecord& record) {
  if (filter.kind != pathway::v1::GUIDANCE_KIND_UNSPECIFIED &&
      filter.kind != record.kind()) {
    return false;
  }
  if (filter.audience != pathway::v1::AUDIENCE_UNSPECIFIED &&
      filter.audience != record.audience()) {
    return false;
  }
  if (filter.disposition != pathway::v1::DISPOSITION_UNSPECIFIED &&
      !Contains(record.dispositions(), filter.disposition)) {
    return false;
  }
  return filter.region.empty() || record.regions().empty() ||
         Contains(record.regions(), filter.region);
}

v1::Guidance MakeGuidance(const v1::Release& release,
                          const pathway::CompiledPathway& pathway,
                          const pathway::v1::GuidanceRecord& record,
                          const std::string& locale) {
  const pathway::v1::Pathway& content = *pathway.source;
  pathway::LocalizedTexts texts(content,
                                pathway::ResolveLocale(pathway, locale));
  const pathway::v1::GuidanceText& text = texts.Find(record);
  v1::Guidance guidance;
  guidance.set_name(NameOf(release, record.guidance_id()));
  guidance.set_digest(release.digest());
  guidance.set_locale(text.locale());
  *guidance.mutable_record() = record;
  guidance.mutable_record()->clear_texts();
  *guidance.mutable_record()->add_texts() = text;
  std::set<std::string> cited;
  for (const std::string& id : record.sources()) {
    if (cited.insert(id).second) {
      *guidance.add_citations() = Cite(content, id);
    }
  }
  return guidance;
}

absl::StatusOr<v1::Guidance> FindGuidance(
    const v1::Release& release, const pathway::CompiledPathway& pathway,
    const std::string& guidance_id, const std::string& locale) {
  for (const pathway::v1::GuidanceRecord& record : pathway.source->guidance()) {
    if (record.guidance_id() == guidance_id) {
      return MakeGuidance(release, pathway, record, locale);
    }
  }
  const std::string name = NameOf(release, guidance_id);
  return rpc::WithReason(
      absl::NotFoundError(absl::StrCat("there is no ", name)),
      "GUIDANCE_NOT_FOUND", {{"guidance", name}});
}

}  // namespace plumbline::content
