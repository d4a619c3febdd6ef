// How our own programs call a service: channel settings that agree with what
// server.h expects, a deadline on every call, and the caller's token.

#ifndef PLUMBLINE_COMMON_RPC_CLIENT_CHANNEL_H_
#define PLUMBLINE_COMMON_RPC_CLIENT_CHANNEL_H_

#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace plumbline::rpc {

struct ChannelOptions {
  // host:port, or a gRPC target ("dns:///content:8081").
  std::string target;
  // The largest message taken.
  int message_bytes_max = 16 << 20;
  // A connection of its own, not shared with other channels to the target.
  bool own_connection = false;
};

// The deadline of a call for which nothing else is said.
inline constexpr absl::Duration kCallTimeout = absl::Seconds(10);

// Whether a plaintext channel to `target` stays on this machine, as
// IsLoopback() of a listen address; a scheme in front ("dns:///localhost:8081")
// may be there.
bool IsLoopbackTarget(absl::string_view target);

// A plaintext channel, to a target that the caller has found to be loopback or
// was told to take as it is. Connects on first use.
std::shared_ptr<grpc::Channel> NewChannel(const ChannelOptions& options);

struct CallOptions {
  // Empty: none is sent.
  std::string token;
  // InfiniteDuration() for streams that stay open.
  absl::Duration timeout = kCallTimeout;
  // Passed on if not empty.
  std::string traceparent;
  std::string call_id;
};

// Sets deadline and metadata of a call about to be made.
void PrepareCall(const CallOptions& options, grpc::ClientContext* context);

}  // namespace plumbline::rpc

#endif  // PLUMBLINE_COMMON_RPC_CLIENT_CHANNEL_H_
