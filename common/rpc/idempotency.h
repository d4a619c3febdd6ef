// Idempotency: whether two requests with the same `request_id` are the same
// request.

#ifndef PLUMBLINE_COMMON_RPC_IDEMPOTENCY_H_
#define PLUMBLINE_COMMON_RPC_IDEMPOTENCY_H_

#include <google/protobuf/message.h>

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace plumbline::rpc {

// How long a store remembers a `request_id`.
inline constexpr absl::Duration kIdempotencyWindow = absl::Hours(24);

// The digest of the canonical bytes of `request` without its `request_id`: two
// requests that parse to the same message have the same. 64 hexadecimal digits.
std::string PayloadHash(const google::protobuf::Message& request);

// INVALID_ARGUMENT (field request_id) unless it is empty or 1 to 128 printable
// ASCII characters without spaces.
absl::Status CheckRequestId(absl::string_view request_id);

// ALREADY_EXISTS, reason REQUEST_ID_REUSED: this id came before with another
// payload.
absl::Status RequestIdReused(absl::string_view request_id);

}  // namespace plumbline::rpc

#endif  // PLUMBLINE_COMMON_RPC_IDEMPOTENCY_H_
