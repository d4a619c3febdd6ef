#include "content-service/rpc/content_rpc.h"

#include <chrono>
#include <utility>

#include "common/rpc/log.h"
#include "common/rpc/status.h"
#include "content-service/rpc/request_checks.h"
#include "content-service/rpc/watch_stream.h"

namespace plumbline::content {
namespace {

// Moves whose followers wait to be told.
constexpr std::size_t kFanOutsMax = 1000;

// Comparisons that wait for the one that runs: each may take minutes.
constexpr std::size_t kDiffsWaitingMax = 4;

void LogGateFailure(const std::string& draft, const absl::Status& status) {
  rpc::Log(rpc::LogLevel::kError, "the gate could not finish",
           {{"draft", draft}, {"message", status.ToString()}});
}

}  // namespace

ContentRpc::ContentRpc(rpc::Entrance& entrance, ContentStore& store,
                       const trust::TrustPolicy& policy,
                       rpc::LiveStreams& streams, ContentRpcOptions options)
    : entrance_(entrance),
      store_(store),
      streams_(streams),
      options_(std::move(options)),
      tokens_(options_.page_token_key),
      calls_(store_, options_.clock),
      cache_(store_, options_.cached_contents_max),
      search_(options_.make_index, 2 * options_.cached_contents_max),
      gate_(store_, policy, options_.clock, LogGateFailure),
      feed_(store_, cache_),
      subscribers_(options_.subscribers),
      drafts_(calls_, policy, tokens_, gate_),
      releases_(calls_, policy, tokens_, cache_, search_,
                [this](const v1::Release& release,
                       const std::vector<ChannelId>& channels) {
                  OnWithdrawn(release, channels);
                }),
      channels_(calls_, policy, tokens_, subscribers_,
                [this](const v1::ChannelMove& move, const ChannelId& channel) {
                  OnMoved(channel, move.digest());
                }),
      fan_out_(/*threads=*/1, kFanOutsMax),
      diffs_(/*threads=*/1, kDiffsWaitingMax),
      ticker_(absl::ToChronoMilliseconds(options_.sync.heartbeat_interval),
              [this] { OnTick(); }) {}

void ContentRpc::OnTick() {
  tick_observers_.NotifyAll(Tick());
  subscribers_.ForgetTheGone(options_.clock());
}

void ContentRpc::OnMoved(const ChannelId& channel, const std::string& digest) {
  // At once: who subscribes after the answer finds the channel moved.
  feed_.Forget(channel);
  const bool accepted = fan_out_.TrySubmit(
      [this, channel, digest] { TellFollowers(channel, digest); });
  if (!accepted) TellFollowers(channel, digest);
}

void ContentRpc::OnWithdrawn(const v1::Release& release,
                             const std::vector<ChannelId>& channels) {
  rpc::Log(rpc::LogLevel::kInfo, "release withdrawn",
           {{"release", release.name()}, {"digest", release.digest()}});
  // All of them first: what is loaded for one would not be kept otherwise.
  for (const ChannelId& channel : channels) feed_.Forget(channel);
  const auto tell = [this, channels, digest = release.digest()] {
    for (const ChannelId& channel : channels) TellFollowers(channel, digest);
  };
  if (!fan_out_.TrySubmit(tell)) tell();
}

void ContentRpc::TellFollowers(const ChannelId& channel,
                               const std::string& digest) {
  // Loaded once here, rather than by each stream.
  const absl::StatusOr<ChannelView> loaded = feed_.Load(channel);
  const bool has_content = loaded.ok() && (*loaded)->offer.ok();
  rpc::Log(rpc::LogLevel::kInfo, "followers are told",
           {{"channel", ToString(channel)},
            {"digest", digest},
            {"content", has_content ? "loaded" : "cannot be loaded"}});
  sync_observers_.Notify(ToString(channel), SyncEvent::kMoved);
}

ContentRpc::UnaryReactor* ContentRpc::GetPathway(
    Context* context, const v1::GetPathwayRequest* request,
    v1::GetPathwayResponse* response) {
  return entrance_.HandleOnPool(
      context, request, response,
      [this](const rpc::Call& /*call*/, const v1::GetPathwayRequest& in,
             v1::GetPathwayResponse& out) {
        return releases_.GetPathway(in, out);
      });
}

ContentRpc::UnaryReactor* ContentRpc::ListPathways(
    Context* context, const v1::ListPathwaysRequest* request,
    v1::ListPathwaysResponse* response) {
  return entrance_.HandleOnPool(
      context, request, response,
      [this](const rpc::Call& call, const v1::ListPathwaysRequest& in,
             v1::ListPathwaysResponse& out) {
        return releases_.ListPathways(call, in, out);
      });
}

ContentRpc::UnaryReactor* ContentRpc::GetRelease(
    Context* context, const v1::GetReleaseRequest* request,
    v1::GetReleaseResponse* response) {
  return entrance_.HandleOnPool(
      context, request, response,
      [this](const rpc::Call& /*call*/, const v1::GetReleaseRequest& in,
             v1::GetReleaseResponse& out) {
        return releases_.GetRelease(in, out);
      });
}

ContentRpc::UnaryReactor* ContentRpc::ListReleases(
    Context* context, const v1::ListReleasesRequest* request,
    v1::ListReleasesResponse* response) {
  return entrance_.HandleOnPool(
      context, request, response,
      [this](const rpc::Call& call, const v1::ListReleasesRequest& in,
             v1::ListReleasesResponse& out) {
        return releases_.ListReleases(call, in, out);
      });
}

ContentRpc::UnaryReactor* ContentRpc::GetQuestionnaire(
    Context* context, const v1::GetQuestionnaireRequest* request,
    v1::GetQuestionnaireResponse* response) {
  return entrance_.HandleOnPool(
      context, request, response,
      [this](const rpc::Call& /*call*/, const v1::GetQuestionnaireRequest& in,
             v1::GetQuestionnaireResponse& out) {
        return releases_.GetQuestionnaire(in, out);
      });
}

ContentRpc::UnaryReactor* ContentRpc::GetGuidance(
    Context* context, const v1::GetGuidanceRequest* request,
    v1::GetGuidanceResponse* response) {
  return entrance_.HandleOnPool(
      context, request, response,
      [this](const rpc::Call& /*call*/, const v1::GetGuidanceRequest& in,
             v1::GetGuidanceResponse& out) {
        return releases_.GetGuidance(in, out);
      });
}

ContentRpc::UnaryReactor* ContentRpc::ListGuidance(
    Context* context, const v1::ListGuidanceRequest* request,
    v1::ListGuidanceResponse* response) {
  return entrance_.HandleOnPool(
      context, request, response,
      [this](const rpc::Call& call, const v1::ListGuidanceRequest& in,
             v1::ListGuidanceResponse& out) {
        return releases_.ListGuidance(call, in, out);
      });
}

ContentRpc::UnaryReactor* ContentRpc::SearchGuidance(
    Context* context, const v1::SearchGuidanceRequest* request,
    v1::SearchGuidanceResponse* response) {
  return entrance_.HandleOnPool(
      context, request, response,
      [this](const rpc::Call& call, const v1::SearchGuidanceRequest& in,
             v1::SearchGuidanceResponse& out) {
        return releases_.SearchGuidance(call, in, out);
      });
}

ContentRpc::UnaryReactor* ContentRpc::DiffReleases(
    Context* context, const v1::DiffReleasesRequest* request,
    v1::DiffReleasesResponse* response) {
  return entrance_.HandleOn(
      &diffs_, context, request, response,
      [this](const rpc::Call& call, const v1::DiffReleasesRequest& in,
             v1::DiffReleasesResponse& out) {
        return releases_.DiffReleases(call, in, out);
      });
}

ContentRpc::UnaryReactor* ContentRpc::GetChannel(
    Context* context, const v1::GetChannelRequest* request,
    v1::GetChannelResponse* response) {
  return entrance_.HandleOnPool(
      context, request, response,
      [this](const rpc::Call& /*call*/, const v1::GetChannelRequest& in,
             v1::GetChannelResponse& out) { return channels_.Get(in, out); });
}

ContentRpc::UnaryReactor* ContentRpc::ListChannels(
    Context* context, const v1::ListChannelsRequest* request,
    v1::ListChannelsResponse* response) {
  return entrance_.HandleOnPool(
      context, request, response,
      [this](const rpc::Call& call, const v1::ListChannelsRequest& in,
             v1::ListChannelsResponse& out) {
        return channels_.List(call, in, out);
      });
}

ContentRpc::UnaryReactor* ContentRpc::ListChannelMoves(
    Context* context, const v1::ListChannelMovesRequest* request,
    v1::ListChannelMovesResponse* response) {
  return entrance_.HandleOnPool(
      context, request, response,
      [this](const rpc::Call& call, const v1::ListChannelMovesRequest& in,
             v1::ListChannelMovesResponse& out) {
        return channels_.ListMoves(call, in, out);
      });
}

ContentRpc::UnaryReactor* ContentRpc::CreateDraft(
    Context* context, const v1::CreateDraftRequest* request,
    v1::CreateDraftResponse* response) {
  return entrance_.HandleOnPool(
      context, request, response,
      [this](const rpc::Call& call, const v1::CreateDraftRequest& in,
             v1::CreateDraftResponse& out) {
        return drafts_.Create(call, in, out);
      });
}

ContentRpc::UnaryReactor* ContentRpc::GetDraft(
    Context* context, const v1::GetDraftRequest* request,
    v1::GetDraftResponse* response) {
  return entrance_.HandleOnPool(
      context, request, response,
      [this](const rpc::Call& /*call*/, const v1::GetDraftRequest& in,
             v1::GetDraftResponse& out) { return drafts_.Get(in, out); });
}

ContentRpc::UnaryReactor* ContentRpc::ListDrafts(
    Context* context, const v1::ListDraftsRequest* request,
    v1::ListDraftsResponse* response) {
  return entrance_.HandleOnPool(
      context, request, response,
      [this](const rpc::Call& call, const v1::ListDraftsRequest& in,
             v1::ListDraftsResponse& out) {
        return drafts_.List(call, in, out);
      });
}

ContentRpc::UnaryReactor* ContentRpc::UpdateDraft(
    Context* context, const v1::UpdateDraftRequest* request,
    v1::UpdateDraftResponse* response) {
  return entrance_.HandleOnPool(
      context, request, response,
      [this](const rpc::Call& call, const v1::UpdateDraftRequest& in,
             v1::UpdateDraftResponse& out) {
        return drafts_.Update(call, in, out);
      });
}

ContentRpc::UnaryReactor* ContentRpc::DiscardDraft(
    Context* context, const v1::DiscardDraftRequest* request,
    v1::DiscardDraftResponse* response) {
  return entrance_.HandleOnPool(
      context, request, response,
      [this](const rpc::Call& call, const v1::DiscardDraftRequest& in,
             v1::DiscardDraftResponse& out) {
        return drafts_.Discard(call, in, out);
      });
}

ContentRpc::UnaryReactor* ContentRpc::SubmitDraft(
    Context* context, const v1::SubmitDraftRequest* request,
    v1::SubmitDraftResponse* response) {
  return entrance_.HandleOnPool(
      context, request, response,
      [this](const rpc::Call& call, const v1::SubmitDraftRequest& in,
             v1::SubmitDraftResponse& out) {
        return drafts_.Submit(call, in, out);
      });
}

ContentRpc::UnaryReactor* ContentRpc::ApproveDraft(
    Context* context, const v1::ApproveDraftRequest* request,
    v1::ApproveDraftResponse* response) {
  return entrance_.HandleOnPool(
      context, request, response,
      [this](const rpc::Call& call, const v1::ApproveDraftRequest& in,
             v1::ApproveDraftResponse& out) {
        return drafts_.Approve(call, in, out);
      });
}

ContentRpc::UnaryReactor* ContentRpc::RejectDraft(
    Context* context, const v1::RejectDraftRequest* request,
    v1::RejectDraftResponse* response) {
  return entrance_.HandleOnPool(
      context, request, response,
      [this](const rpc::Call& call, const v1::RejectDraftRequest& in,
             v1::RejectDraftResponse& out) {
        return drafts_.Reject(call, in, out);
      });
}

ContentRpc::UnaryReactor* ContentRpc::PublishRelease(
    Context* context, const v1::PublishReleaseRequest* request,
    v1::PublishReleaseResponse* response) {
  return entrance_.HandleOnPool(
      context, request, response,
      [this](const rpc::Call& call, const v1::PublishReleaseRequest& in,
             v1::PublishReleaseResponse& out) {
        return drafts_.Publish(call, in, out);
      });
}

ContentRpc::UnaryReactor* ContentRpc::WithdrawRelease(
    Context* context, const v1::WithdrawReleaseRequest* request,
    v1::WithdrawReleaseResponse* response) {
  return entrance_.HandleOnPool(
      context, request, response,
      [this](const rpc::Call& call, const v1::WithdrawReleaseRequest& in,
             v1::WithdrawReleaseResponse& out) {
        return releases_.Withdraw(call, in, out);
      });
}

ContentRpc::UnaryReactor* ContentRpc::MoveChannel(
    Context* context, const v1::MoveChannelRequest* request,
    v1::MoveChannelResponse* response) {
  return entrance_.HandleOnPool(
      context, request, response,
      [this](const rpc::Call& call, const v1::MoveChannelRequest& in,
             v1::MoveChannelResponse& out) {
        return channels_.Move(call, in, out);
      });
}

ContentRpc::UnaryReactor* ContentRpc::ListSubscribers(
    Context* context, const v1::ListSubscribersRequest* request,
    v1::ListSubscribersResponse* response) {
  return entrance_.HandleOnPool(
      context, request, response,
      [this](const rpc::Call& call, const v1::ListSubscribersRequest& in,
             v1::ListSubscribersResponse& out) {
        return channels_.ListSubscribers(call, in, out);
      });
}

ContentRpc::UnaryReactor* ContentRpc::ListAuditEvents(
    Context* context, const v1::ListAuditEventsRequest* request,
    v1::ListAuditEventsResponse* /*response*/) {
  return entrance_.RefuseUnbuilt(context, request);
}

ContentRpc::UnaryReactor* ContentRpc::VerifyAuditLog(
    Context* context, const v1::VerifyAuditLogRequest* request,
    v1::VerifyAuditLogResponse* /*response*/) {
  return entrance_.RefuseUnbuilt(context, request);
}

grpc::ServerWriteReactor<v1::WatchDraftResponse>* ContentRpc::WatchDraft(
    Context* context, const v1::WatchDraftRequest* request) {
  using Refused = rpc::FinishedWriteReactor<v1::WatchDraftResponse>;
  absl::StatusOr<rpc::Call> call =
      entrance_.Begin<v1::WatchDraftRequest>(context);
  if (!call.ok()) return new Refused(rpc::ToGrpcStatus(call.status()));
  RequestChecks checks;
  const DraftId id = checks.DraftName("name", request->name());
  if (!checks.status().ok()) {
    return new Refused(entrance_.End(*call, checks.status()));
  }
  return new WatchStream(
      {entrance_, gate_.observers(), tick_observers_, streams_},
      *std::move(call), request->name(),
      [this, id] { return drafts_.GetForWatcher(id); });
}

grpc::ServerBidiReactor<v1::SyncRequest, v1::SyncResponse>* ContentRpc::Sync(
    Context* context) {
  absl::StatusOr<rpc::Call> call = entrance_.Begin<v1::SyncRequest>(context);
  if (!call.ok()) {
    return new rpc::FinishedBidiReactor<v1::SyncRequest, v1::SyncResponse>(
        rpc::ToGrpcStatus(call.status()));
  }
  return new SyncStream(
      {entrance_, feed_, subscribers_, sync_observers_, tick_observers_,
       streams_, options_.clock, options_.elapsed, options_.sync},
      *std::move(call));
}

}  // namespace plumbline::content
