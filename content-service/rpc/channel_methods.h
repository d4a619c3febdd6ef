// The methods about channels, their moves and the replicas that follow them.

#ifndef PLUMBLINE_CONTENT_SERVICE_RPC_CHANNEL_METHODS_H_
#define PLUMBLINE_CONTENT_SERVICE_RPC_CHANNEL_METHODS_H_

#include <functional>

#include "absl/status/status.h"
#include "common/rpc/entrance.h"
#include "common/rpc/page_token.h"
#include "common/trust/trust_policy.h"
#include "content-service/domain/subscriber_registry.h"
#include "content-service/rpc/store_calls.h"
#include "plumbline/content/v1/content_service.pb.h"

namespace plumbline::content {

class ChannelMethods {
 public:
  // Called when a channel has moved. Returns at once.
  using OnMoved =
      std::function<void(const v1::ChannelMove&, const ChannelId& channel)>;

  // All must outlive it.
  ChannelMethods(StoreCalls& store, const trust::TrustPolicy& policy,
                 const rpc::PageTokens& tokens, SubscriberRegistry& subscribers,
                 OnMoved on_moved)
      : store_(store),
        policy_(policy),
        tokens_(tokens),
        subscribers_(subscribers),
        on_moved_(std::move(on_moved)) {}

  absl::Status Get(const v1::GetChannelRequest& in,
                   v1::GetChannelResponse& out);
  absl::Status List(const rpc::Call& call, const v1::ListChannelsRequest& in,
                    v1::ListChannelsResponse& out);
  absl::Status ListMoves(const rpc::Call& call,
                         const v1::ListChannelMovesRequest& in,
                         v1::ListChannelMovesResponse& out);
  absl::Status Move(const rpc::Call& call, const v1::MoveChannelRequest& in,
                    v1::MoveChannelResponse& out);
  absl::Status ListSubscribers(const rpc::Call& call,
                               const v1::ListSubscribersRequest& in,
                               v1::ListSubscribersResponse& out);

 private:
  StoreCalls& store_;
  const trust::TrustPolicy& policy_;
  const rpc::PageTokens& tokens_;
  SubscriberRegistry& subscribers_;
  const OnMoved on_moved_;
};

}  // namespace plumbline::content

#endif  // PLUMBLINE_CONTENT_SERVICE_RPC_CHANNEL_METHODS_H_
