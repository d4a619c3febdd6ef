#include "common/rpc/admit.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/rpc/error_details.h"

namespace plumbline::rpc {
namespace {

constexpr absl::string_view kScheme = "Bearer ";

std::string Words(const std::vector<auth::v1::Role>& roles,
                  absl::string_view separator) {
  return absl::StrJoin(roles, separator,
                       [](std::string* out, auth::v1::Role role) {
                         absl::StrAppend(out, WordOf(role));
                       });
}

bool HoldsOneOf(const Principal& principal,
                const std::vector<auth::v1::Role>& roles) {
  return std::any_of(
      roles.begin(), roles.end(),
      [&principal](auth::v1::Role role) { return principal.Holds(role); });
}

// `what` is the method, or a field of its request.
absl::Status RoleRequired(const Principal& principal,
                          const MethodAccess& method, absl::string_view what,
                          const std::vector<auth::v1::Role>& roles) {
  return WithReason(
      absl::PermissionDeniedError(absl::StrCat(
          what, " needs one of these roles: ", Words(roles, ", "), "; '",
          principal.name, "' holds ", Words(principal.roles, ", "))),
      "ROLE_REQUIRED",
      {{"method", method.short_name}, {"roles", Words(roles, ",")}});
}

}  // namespace

absl::StatusOr<Principal> Admit(
    const TokenTable& tokens, const MethodAccess& method,
    std::optional<absl::string_view> authorization) {
  if (!authorization.has_value() ||
      !absl::StartsWithIgnoreCase(*authorization, kScheme)) {
    return WithReason(
        absl::UnauthenticatedError(
            "a token is required: metadata 'authorization: Bearer <token>'"),
        "TOKEN_MISSING");
  }
  const Principal* const principal =
      tokens.Find(authorization->substr(kScheme.size()));
  if (principal == nullptr) {
    return WithReason(absl::UnauthenticatedError(
                          "this token is not one that the service knows"),
                      "TOKEN_UNKNOWN");
  }
  if (!HoldsOneOf(*principal, method.roles)) {
    return RoleRequired(*principal, method, method.short_name, method.roles);
  }
  return *principal;
}

absl::Status CheckFields(const Principal& principal, const MethodAccess& method,
                         const google::protobuf::Message& request) {
  for (const FieldAccess& access : method.fields) {
    const bool is_set =
        request.GetReflection()->HasField(request, access.field);
    if (!is_set || HoldsOneOf(principal, access.roles)) continue;
    return RoleRequired(
        principal, method,
        absl::StrCat(method.short_name, " with '", access.field->name(), "'"),
        access.roles);
  }
  return absl::OkStatus();
}

}  // namespace plumbline::rpc
