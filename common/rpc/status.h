// The bridge between absl::Status, used inside, and grpc::Status, used at the
// rim: the only place where one becomes the other.

#ifndef PLUMBLINE_COMMON_RPC_STATUS_H_
#define PLUMBLINE_COMMON_RPC_STATUS_H_

#include <grpcpp/support/status.h>

#include <cstddef>

#include "absl/status/status.h"

namespace plumbline::rpc {

// Whether the code says that the service is at fault (INTERNAL, UNKNOWN,
// DATA_LOSS): its message is for the log and not for the caller.
bool IsOurFault(absl::StatusCode code);

// The most bytes of an error (message and details) that is sent. Many clients
// take no more than 8 KiB of trailers, and lose the whole error beyond that.
inline constexpr std::size_t kErrorBytesMax = 7 << 10;

// The status for a caller: the same code, message and details. Where the fault
// is ours the message is a fixed sentence, and of the details only the reason
// is kept (INTERNAL if there is none). UNAVAILABLE and RESOURCE_EXHAUSTED
// without a RetryInfo get one of a second. An error larger than kErrorBytesMax
// is cut, at whole characters: the message first, because the violations repeat
// it, then what is long in each violation, then the last violations, which are
// counted in one that says so.
grpc::Status ToGrpcStatus(const absl::Status& status);

// The status that a server sent, with its details as payloads.
absl::Status FromGrpcStatus(const grpc::Status& status);

}  // namespace plumbline::rpc

#endif  // PLUMBLINE_COMMON_RPC_STATUS_H_
