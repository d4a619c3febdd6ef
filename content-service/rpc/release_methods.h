// The methods that read pathways, releases and what is in them.

#ifndef PLUMBLINE_CONTENT_SERVICE_RPC_RELEASE_METHODS_H_
#define PLUMBLINE_CONTENT_SERVICE_RPC_RELEASE_METHODS_H_

#include <memory>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/rpc/entrance.h"
#include "common/rpc/page_token.h"
#include "content-service/domain/release_cache.h"
#include "content-service/domain/resource_name.h"
#include "content-service/rpc/store_calls.h"
#include "plumbline/content/v1/content_service.pb.h"

namespace plumbline::content {

class ReleaseMethods {
 public:
  // All must outlive it.
  ReleaseMethods(StoreCalls& store, const rpc::PageTokens& tokens,
                 ReleaseCache& cache)
      : store_(store), tokens_(tokens), cache_(cache) {}

  absl::Status GetPathway(const v1::GetPathwayRequest& in,
                          v1::GetPathwayResponse& out);
  absl::Status ListPathways(const rpc::Call& call,
                            const v1::ListPathwaysRequest& in,
                            v1::ListPathwaysResponse& out);
  absl::Status GetRelease(const v1::GetReleaseRequest& in,
                          v1::GetReleaseResponse& out);
  absl::Status ListReleases(const rpc::Call& call,
                            const v1::ListReleasesRequest& in,
                            v1::ListReleasesResponse& out);
  // Long work: asks whether anyone waits.
  absl::Status DiffReleases(const rpc::Call& call,
                            const v1::DiffReleasesRequest& in,
                            v1::DiffReleasesResponse& out);
  absl::Status GetQuestionnaire(const v1::GetQuestionnaireRequest& in,
                                v1::GetQuestionnaireResponse& out);
  absl::Status GetGuidance(const v1::GetGuidanceRequest& in,
                           v1::GetGuidanceResponse& out);
  absl::Status ListGuidance(const rpc::Call& call,
                            const v1::ListGuidanceRequest& in,
                            v1::ListGuidanceResponse& out);

 private:
  // A release with its compiled content.
  struct Found {
    v1::Release release;
    std::shared_ptr<const pathway::CompiledPathway> pathway;
  };

  absl::StatusOr<Found> Find(const ReleaseId& id);
  // What is known of a pathway without its newest release's texts.
  absl::StatusOr<v1::PathwaySummary> Summarize(const Reader& reader,
                                               const std::string& pathway_id,
                                               std::string* newest_digest);
  absl::Status AddTexts(const std::string& digest, v1::PathwaySummary& summary);

  StoreCalls& store_;
  const rpc::PageTokens& tokens_;
  ReleaseCache& cache_;
};

}  // namespace plumbline::content

#endif  // PLUMBLINE_CONTENT_SERVICE_RPC_RELEASE_METHODS_H_
