// Guidance records of a release in one locale, with their sources in words.

#ifndef PLUMBLINE_CONTENT_SERVICE_DOMAIN_GUIDANCE_H_
#define PLUMBLINE_CONTENT_SERVICE_DOMAIN_GUIDANCE_H_

#include <string>

#include "absl/status/statusor.h"
#include "common/pathway/model.h"
#include "plumbline/content/v1/guidance.pb.h"
#include "plumbline/content/v1/release.pb.h"

namespace plumbline::content {

// What a listing wants; what is unspecified or empty matches everything.
struct GuidanceFilter {
  pathway::v1::GuidanceKind kind = pathway::v1::GUIDANCE_KIND_UNSPECIFIED;
  std::string region;
  pathway::v1::Audience audience = pathway::v1::AUDIENCE_UNSPECIFIED;
  pathway::v1::Disposition disposition = pathway::v1::DISPOSITION_UNSPECIFIED;
};

bool Matches(const GuidanceFilter& filter,
             const pathway::v1::GuidanceRecord& record);

// `pathway` is the content of `release`; `record` is one of its records. Any
// `locale`: where the record has no text in it, the default's.
v1::Guidance MakeGuidance(const v1::Release& release,
                          const pathway::CompiledPathway& pathway,
                          const pathway::v1::GuidanceRecord& record,
                          const std::string& locale);

// NOT_FOUND, reason GUIDANCE_NOT_FOUND.
absl::StatusOr<v1::Guidance> FindGuidance(
    const v1::Release& release, const pathway::CompiledPathway& pathway,
    const std::string& guidance_id, const std::string& locale);

}  // namespace plumbline::content

#endif  // PLUMBLINE_CONTENT_SERVICE_DOMAIN_GUIDANCE_H_
