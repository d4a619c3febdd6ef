#include "cli/services.h"

#include <utility>

namespace plumbline::cli {

absl::StatusOr<RemoteContent> ConnectContent(const Remote& remote) {
  absl::StatusOr<Connection> connection = Connect(remote);
  if (!connection.ok()) return connection.status();
  return RemoteContent(
      content::v1::ContentService::NewStub(connection->channel),
      std::move(connection->token));
}

absl::StatusOr<RemoteTriage> ConnectTriage(const Remote& remote) {
  absl::StatusOr<Connection> connection = Connect(remote);
  if (!connection.ok()) return connection.status();
  return RemoteTriage(triage::v1::TriageService::NewStub(connection->channel),
                      std::move(connection->token));
}

}  // namespace plumbline::cli
