// The methods of pathways and releases: those that read them and what is in
// them, and the withdrawal of a release.

#ifndef PLUMBLINE_CONTENT_SERVICE_RPC_RELEASE_METHODS_H_
#define PLUMBLINE_CONTENT_SERVICE_RPC_RELEASE_METHODS_H_

#include <functional>
#include <memory>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/rpc/entrance.h"
#include "common/rpc/page_token.h"
#include "common/trust/trust_policy.h"
#include "content-service/domain/release_cache.h"
#include "content-service/domain/resource_name.h"
#include "content-service/domain/search.h"
#include "content-service/rpc/store_calls.h"
#include "plumbline/content/v1/content_service.pb.h"

namespace plumbline::content {

class ReleaseMethods {
 public:
  // Called after a withdrawal is stored, with the channels of its pathway.
  using OnWithdrawn =
      std::function<void(const v1::Release&, const std::vector<ChannelId>&)>;

  // All must outlive it.
  ReleaseMethods(StoreCalls& store, const trust::TrustPolicy& policy,
                 const rpc::PageTokens& tokens, ReleaseCache& cache,
                 GuidanceSearch& search, OnWithdrawn on_withdrawn)
      : store_(store),
        policy_(policy),
        tokens_(tokens),
        cache_(cache),
        search_(search),
        on_withdrawn_(std::move(on_withdrawn)) {}

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
  absl::Status SearchGuidance(const rpc::Call& call,
                              const v1::SearchGuidanceRequest& in,
                              v1::SearchGuidanceResponse& out);
  absl::Status Withdraw(const rpc::Call& call,
                        const v1::WithdrawReleaseRequest& in,
                        v1::WithdrawReleaseResponse& out);

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
  const trust::TrustPolicy& policy_;
  const rpc::PageTokens& tokens_;
  ReleaseCache& cache_;
  GuidanceSearch& search_;
  const OnWithdrawn on_withdrawn_;
};

}  // namespace plumbline::content

#endif  // PLUMBLINE_CONTENT_SERVICE_RPC_RELEASE_METHODS_H_
