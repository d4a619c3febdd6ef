#include "cli/services.h"

#include <utility>

namespace plumbline::cli {
namespace {

constexpr char kTakesContent[] =
    "--content-server, and --server of every command but assess, interview and "
    "explain, takes a content-service";
constexpr char kTakesTriage[] =
    "--server of assess, interview and explain takes a triage-service";

}  // namespace

absl::StatusOr<RemoteContent> ConnectContent(const Remote& remote) {
  absl::StatusOr<Connection> connection = Connect(remote);
  if (!connection.ok()) return connection.status();
  return RemoteContent(
      content::v1::ContentService::NewStub(connection->channel),
      std::move(connection->token),
      {remote.server, "content-service", kTakesContent});
}

absl::StatusOr<RemoteTriage> ConnectTriage(const Remote& remote) {
  absl::StatusOr<Connection> connection = Connect(remote);
  if (!connection.ok()) return connection.status();
  return RemoteTriage(triage::v1::TriageService::NewStub(connection->channel),
                      std::move(connection->token),
                      {remote.server, "triage-service", kTakesTriage});
}

}  // namespace plumbline::cli
