#include "cli/remote.h"

#include <cstdint>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "cli/exit_code.h"
#include "common/file/file_system.h"
#include "common/rpc/server.h"
#include "common/rpc/tokens.h"
#include "common/trust/digest.h"

namespace plumbline::cli {

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

absl::StatusOr<Connection> Connect(const Remote& remote) {
  if (remote.server.empty()) {
    return UsageError(
        "no server: give --server HOST:PORT, or set its environment variable "
        "(docs/plumb.md)");
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
