#include "cli/remote.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"
#include "cli/exit_code.h"
#include "common/file/file_system.h"
#include "common/rpc/server.h"
#include "common/rpc/status.h"
#include "common/rpc/tokens.h"
#include "common/trust/digest.h"

namespace plumbline::cli {
namespace {

// gRPC takes the two names as well as numbers; SimpleAtoi() takes more than
// digits.
bool IsPort(absl::string_view text) {
  std::uint32_t number = 0;
  return text == "http" || text == "https" ||
         (std::all_of(text.begin(), text.end(), absl::ascii_isdigit) &&
          absl::SimpleAtoi(text, &number) && number > 0 && number <= 65535);
}

// A host with colons of its own stands so; in a URI, brackets are escaped.
bool IsInBrackets(absl::string_view host) {
  return (absl::StartsWith(host, "[") && absl::EndsWith(host, "]")) ||
         (absl::StartsWithIgnoreCase(host, "%5B") &&
          absl::EndsWithIgnoreCase(host, "%5D"));
}

bool IsHostAndPort(absl::string_view text) {
  const std::size_t colon = text.rfind(':');
  if (colon == absl::string_view::npos) return false;
  const absl::string_view host = text.substr(0, colon);
  return !host.empty() &&
         (IsInBrackets(host) || !absl::StrContains(host, ':')) &&
         IsPort(text.substr(colon + 1));
}

// Whether gRPC can call this target without guessing a port: by itself it takes
// 443, and says no more than that nobody is there.
bool IsAddress(absl::string_view target) {
  for (const absl::string_view scheme :
       {"unix:", "unix-abstract:", "vsock:", "xds:"}) {
    if (absl::StartsWith(target, scheme)) return target.size() > scheme.size();
  }
  if (absl::ConsumePrefix(&target, "dns:")) {
    if (!absl::ConsumePrefix(&target, "//")) return IsHostAndPort(target);
    // A server of names may stand in front: "dns://8.8.8.8/content:8081".
    const std::size_t slash = target.find('/');
    return slash != absl::string_view::npos &&
           IsHostAndPort(target.substr(slash + 1));
  }
  if (!absl::ConsumePrefix(&target, "ipv4:") &&
      !absl::ConsumePrefix(&target, "ipv6:")) {
    return IsHostAndPort(target);
  }
  absl::ConsumePrefix(&target, "///");
  const std::vector<absl::string_view> addresses = absl::StrSplit(target, ',');
  return std::all_of(addresses.begin(), addresses.end(), IsHostAndPort);
}

}  // namespace

std::string NewRequestId() {
  std::string bytes = trust::RandomBytes(16);
  bytes[6] = static_cast<char>((bytes[6] & 0x0f) | 0x40);  // Version 4.
  bytes[8] = static_cast<char>((bytes[8] & 0x3f) | 0x80);  // RFC 4122 variant.
  const std::string hex = absl::BytesToHexString(bytes);
  const absl::string_view view(hex);
  return absl::StrCat(view.substr(0, 8), "-", view.substr(8, 4), "-",
                      view.substr(12, 4), "-", view.substr(16, 4), "-",
                      view.substr(20));
}

absl::Status StatusOfCall(const grpc::Status& status, const Callee& callee) {
  if (status.ok() || !status.error_message().empty()) {
    return rpc::FromGrpcStatus(status);
  }
  // What gRPC answers by itself where it does not know the method.
  const bool unknown = status.error_code() == grpc::StatusCode::UNIMPLEMENTED;
  const std::string message =
      unknown
          ? absl::StrCat(callee.server, " answers, but not as a ",
                         callee.service, ", or as one older than this plumb; ",
                         callee.takes)
          : absl::StrCat(
                "the ", callee.service, " at ", callee.server, " says ",
                absl::StatusCodeToString(rpc::FromGrpcStatus(status).code()),
                ", and no more");
  return rpc::FromGrpcStatus(
      {status.error_code(), message, status.error_details()});
}

absl::StatusOr<Connection> Connect(const Remote& remote) {
  if (remote.server.empty()) {
    return UsageError(
        "no server: give --server HOST:PORT, or set its environment variable "
        "(docs/plumb.md)");
  }
  if (!IsAddress(remote.server)) {
    return UsageError(absl::StrCat(
        "'", remote.server,
        "' is not the address of a service: it must be HOST:PORT, such as "
        "localhost:8081"));
  }
  Connection connection;
  if (!remote.token_file.empty()) {
    absl::StatusOr<std::string> token =
        rpc::ReadClientToken(file::PosixFileSystem(), remote.token_file);
    if (!token.ok()) return LocalError(token.status());
    if (!remote.allow_insecure && !rpc::IsLoopbackTarget(remote.server)) {
      return UsageError(absl::StrCat(
          "'", remote.server,
          "' is not this machine, and your token would travel there in "
          "plaintext: use a tunnel to a loopback address, or accept it with "
          "--allow-insecure"));
    }
    connection.token = *std::move(token);
  }
  connection.channel = rpc::NewChannel({.target = remote.server});
  return connection;
}

}  // namespace plumbline::cli
