#include "common/pathway/citations.h"

#include <algorithm>

namespace plumbline::pathway {

Citations::Citations(const v1::Pathway& message) {
  for (const v1::Source& source : message.sources()) {
    citation_by_id_.emplace(source.source_id(), source.citation());
  }
  for (const v1::Evidence& fact : message.evidence()) {
    const auto found = citation_by_id_.find(fact.source_id());
    if (found == citation_by_id_.end()) continue;
    const absl::string_view citation = found->second;
    citation_by_id_.emplace(fact.evidence_id(), citation);
  }
}

std::vector<absl::string_view> Citations::Behind(
    const google::protobuf::RepeatedPtrField<std::string>& ids) const {
  std::vector<absl::string_view> citations;
  for (const std::string& id : ids) {
    const auto found = citation_by_id_.find(id);
    if (found == citation_by_id_.end()) continue;
    if (std::find(citations.begin(), citations.end(), found->second) ==
        citations.end()) {
      citations.push_back(found->second);
    }
  }
  return citations;
}

}  // namespace plumbline::pathway
