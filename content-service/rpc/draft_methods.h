// The methods about drafts, up to publication.

#ifndef PLUMBLINE_CONTENT_SERVICE_RPC_DRAFT_METHODS_H_
#define PLUMBLINE_CONTENT_SERVICE_RPC_DRAFT_METHODS_H_

#include "absl/status/status.h"
#include "common/rpc/entrance.h"
#include "common/rpc/page_token.h"
#include "common/trust/trust_policy.h"
#include "content-service/domain/gate_runner.h"
#include "content-service/rpc/store_calls.h"
#include "plumbline/content/v1/content_service.pb.h"

namespace plumbline::content {

class DraftMethods {
 public:
  // All must outlive it.
  DraftMethods(StoreCalls& store, const trust::TrustPolicy& policy,
               const rpc::PageTokens& tokens, GateRunner& gate)
      : store_(store), policy_(policy), tokens_(tokens), gate_(gate) {}

  absl::Status Create(const rpc::Call& call, const v1::CreateDraftRequest& in,
                      v1::CreateDraftResponse& out);
  absl::Status Get(const v1::GetDraftRequest& in, v1::GetDraftResponse& out);
  absl::Status List(const rpc::Call& call, const v1::ListDraftsRequest& in,
                    v1::ListDraftsResponse& out);
  absl::Status Update(const rpc::Call& call, const v1::UpdateDraftRequest& in,
                      v1::UpdateDraftResponse& out);
  absl::Status Discard(const rpc::Call& call, const v1::DiscardDraftRequest& in,
                       v1::DiscardDraftResponse& out);
  absl::Status Submit(const rpc::Call& call, const v1::SubmitDraftRequest& in,
                      v1::SubmitDraftResponse& out);
  absl::Status Approve(const rpc::Call& call, const v1::ApproveDraftRequest& in,
                       v1::ApproveDraftResponse& out);
  absl::Status Reject(const rpc::Call& call, const v1::RejectDraftRequest& in,
                      v1::RejectDraftResponse& out);
  absl::Status Publish(const rpc::Call& call,
                       const v1::PublishReleaseRequest& in,
                       v1::PublishReleaseResponse& out);

  // The draft as a watcher gets it.
  absl::StatusOr<v1::Draft> GetForWatcher(const DraftId& id);

 private:
  StoreCalls& store_;
  const trust::TrustPolicy& policy_;
  const rpc::PageTokens& tokens_;
  GateRunner& gate_;
};

}  // namespace plumbline::content

#endif  // PLUMBLINE_CONTENT_SERVICE_RPC_DRAFT_METHODS_H_
