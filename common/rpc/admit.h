// Admission: whether a caller may call a method, and ask it for what not all of
// its callers may. Free of gRPC types.

#ifndef PLUMBLINE_COMMON_RPC_ADMIT_H_
#define PLUMBLINE_COMMON_RPC_ADMIT_H_

#include <google/protobuf/message.h>

#include <optional>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/rpc/access.h"
#include "common/rpc/tokens.h"

namespace plumbline::rpc {

// Admits the holder of the token in `authorization` (the metadata of that name:
// "Bearer <token>"; nothing if the call has none, or more than one) to
// `method`.
//
// UNAUTHENTICATED, reason TOKEN_MISSING or TOKEN_UNKNOWN. PERMISSION_DENIED,
// reason ROLE_REQUIRED, naming the roles that may; they also stand in the
// metadata as `roles`.
absl::StatusOr<Principal> Admit(const TokenTable& tokens,
                                const MethodAccess& method,
                                std::optional<absl::string_view> authorization);

// Whether `principal`, which was admitted to `method`, may set every field that
// is set in `request`. PERMISSION_DENIED as above, naming the first that it may
// not.
absl::Status CheckFields(const Principal& principal, const MethodAccess& method,
                         const google::protobuf::Message& request);

}  // namespace plumbline::rpc

#endif  // PLUMBLINE_COMMON_RPC_ADMIT_H_
