// The gRPC face of content-service: admits every call, hands it to the methods
// of its group, and serves the streams.

#ifndef PLUMBLINE_CONTENT_SERVICE_RPC_CONTENT_RPC_H_
#define PLUMBLINE_CONTENT_SERVICE_RPC_CONTENT_RPC_H_

#include <grpcpp/grpcpp.h>

#include <string>

#include "common/rpc/entrance.h"
#include "common/rpc/live_streams.h"
#include "common/rpc/page_token.h"
#include "common/rpc/worker_pool.h"
#include "common/trust/trust_policy.h"
#include "content-service/domain/actor.h"
#include "content-service/domain/channel_feed.h"
#include "content-service/domain/gate_runner.h"
#include "content-service/domain/release_cache.h"
#include "content-service/domain/search.h"
#include "content-service/domain/subscriber_registry.h"
#include "content-service/domain/ticker.h"
#include "content-service/rpc/channel_methods.h"
#include "content-service/rpc/draft_methods.h"
#include "content-service/rpc/release_methods.h"
#include "content-service/rpc/store_calls.h"
#include "content-service/rpc/sync_stream.h"
#include "content-service/storage/content_store.h"
#include "plumbline/content/v1/content_service.grpc.pb.h"

namespace plumbline::content {

inline constexpr char kContentServiceName[] =
    "plumbline.content.v1.ContentService";

struct ContentRpcOptions {
  Clock clock;
  Stopwatch elapsed;
  SyncLimits sync;
  SubscriberLimits subscribers;
  // Contents kept in memory.
  std::size_t cached_contents_max = 8;
  // Makes an index over the guidance of a release.
  GuidanceSearch::MakeIndex make_index;
  // What page tokens are authenticated with: 32 bytes or more.
  std::string page_token_key;
};

class ContentRpc final : public v1::ContentService::CallbackService {
 public:
  // All must outlive it.
  ContentRpc(rpc::Entrance& entrance, ContentStore& store,
             const trust::TrustPolicy& policy, rpc::LiveStreams& streams,
             ContentRpcOptions options);

  // Does what is to be done every heartbeat interval; called by a thread of its
  // own, and by tests.
  void OnTick();

  using Context = grpc::CallbackServerContext;
  using UnaryReactor = grpc::ServerUnaryReactor;

  UnaryReactor* GetPathway(Context* context, const v1::GetPathwayRequest* in,
                           v1::GetPathwayResponse* out) override;
  UnaryReactor* ListPathways(Context* context,
                             const v1::ListPathwaysRequest* in,
                             v1::ListPathwaysResponse* out) override;
  UnaryReactor* GetRelease(Context* context, const v1::GetReleaseRequest* in,
                           v1::GetReleaseResponse* out) override;
  UnaryReactor* ListReleases(Context* context,
                             const v1::ListReleasesRequest* in,
                             v1::ListReleasesResponse* out) override;
  UnaryReactor* GetQuestionnaire(Context* context,
                                 const v1::GetQuestionnaireRequest* in,
                                 v1::GetQuestionnaireResponse* out) override;
  UnaryReactor* GetGuidance(Context* context, const v1::GetGuidanceRequest* in,
                            v1::GetGuidanceResponse* out) override;
  UnaryReactor* ListGuidance(Context* context,
                             const v1::ListGuidanceRequest* in,
                             v1::ListGuidanceResponse* out) override;
  UnaryReactor* SearchGuidance(Context* context,
                               const v1::SearchGuidanceRequest* in,
                               v1::SearchGuidanceResponse* out) override;
  UnaryReactor* DiffReleases(Context* context,
                             const v1::DiffReleasesRequest* in,
                             v1::DiffReleasesResponse* out) override;
  UnaryReactor* GetChannel(Context* context, const v1::GetChannelRequest* in,
                           v1::GetChannelResponse* out) override;
  UnaryReactor* ListChannels(Context* context,
                             const v1::ListChannelsRequest* in,
                             v1::ListChannelsResponse* out) override;
  UnaryReactor* ListChannelMoves(Context* context,
                                 const v1::ListChannelMovesRequest* in,
                                 v1::ListChannelMovesResponse* out) override;
  UnaryReactor* CreateDraft(Context* context, const v1::CreateDraftRequest* in,
                            v1::CreateDraftResponse* out) override;
  UnaryReactor* GetDraft(Context* context, const v1::GetDraftRequest* in,
                         v1::GetDraftResponse* out) override;
  UnaryReactor* ListDrafts(Context* context, const v1::ListDraftsRequest* in,
                           v1::ListDraftsResponse* out) override;
  UnaryReactor* UpdateDraft(Context* context, const v1::UpdateDraftRequest* in,
                            v1::UpdateDraftResponse* out) override;
  UnaryReactor* DiscardDraft(Context* context,
                             const v1::DiscardDraftRequest* in,
                             v1::DiscardDraftResponse* out) override;
  UnaryReactor* SubmitDraft(Context* context, const v1::SubmitDraftRequest* in,
                            v1::SubmitDraftResponse* out) override;
  UnaryReactor* ApproveDraft(Context* context,
                             const v1::ApproveDraftRequest* in,
                             v1::ApproveDraftResponse* out) override;
  UnaryReactor* RejectDraft(Context* context, const v1::RejectDraftRequest* in,
                            v1::RejectDraftResponse* out) override;
  UnaryReactor* PublishRelease(Context* context,
                               const v1::PublishReleaseRequest* in,
                               v1::PublishReleaseResponse* out) override;
  UnaryReactor* WithdrawRelease(Context* context,
                                const v1::WithdrawReleaseRequest* in,
                                v1::WithdrawReleaseResponse* out) override;
  UnaryReactor* MoveChannel(Context* context, const v1::MoveChannelRequest* in,
                            v1::MoveChannelResponse* out) override;
  UnaryReactor* ListSubscribers(Context* context,
                                const v1::ListSubscribersRequest* in,
                                v1::ListSubscribersResponse* out) override;
  UnaryReactor* ListAuditEvents(Context* context,
                                const v1::ListAuditEventsRequest* in,
                                v1::ListAuditEventsResponse* out) override;
  UnaryReactor* VerifyAuditLog(Context* context,
                               const v1::VerifyAuditLogRequest* in,
                               v1::VerifyAuditLogResponse* out) override;

  grpc::ServerWriteReactor<v1::WatchDraftResponse>* WatchDraft(
      Context* context, const v1::WatchDraftRequest* in) override;
  grpc::ServerBidiReactor<v1::SyncRequest, v1::SyncResponse>* Sync(
      Context* context) override;

 private:
  // Has the streams of the channel told, after the answer to who moved it.
  void OnMoved(const ChannelId& channel, const std::string& digest);
  // The same of every channel of the pathway of a release.
  void OnWithdrawn(const v1::Release& release,
                   const std::vector<ChannelId>& channels);
  void TellFollowers(const ChannelId& channel, const std::string& digest);

  rpc::Entrance& entrance_;
  ContentStore& store_;
  rpc::LiveStreams& streams_;
  const ContentRpcOptions options_;
  const rpc::PageTokens tokens_;
  StoreCalls calls_;
  ReleaseCache cache_;
  GuidanceSearch search_;
  GateRunner gate_;
  ChannelFeed feed_;
  SubscriberRegistry subscribers_;
  SyncObservers sync_observers_;
  TickObservers tick_observers_;
  DraftMethods drafts_;
  ReleaseMethods releases_;
  ChannelMethods channels_;
  // Last: they call the above.
  rpc::WorkerPool fan_out_;
  rpc::WorkerPool diffs_;
  Ticker ticker_;
};

}  // namespace plumbline::content

#endif  // PLUMBLINE_CONTENT_SERVICE_RPC_CONTENT_RPC_H_
