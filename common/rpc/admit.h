// Admission: whether a caller may call a method. Free of gRPC types.

#ifndef PLUMBLINE_COMMON_RPC_ADMIT_H_
#define PLUMBLINE_COMMON_RPC_ADMIT_H_

#include <optional>

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

}  // namespace plumbline::rpc

#endif  // PLUMBLINE_COMMON_RPC_ADMIT_H_
