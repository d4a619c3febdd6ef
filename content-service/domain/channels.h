// Channels: pointers to releases that replicas follow, each change a numbered,
// signed move that names the hash of the move before.

#ifndef PLUMBLINE_CONTENT_SERVICE_DOMAIN_CHANNELS_H_
#define PLUMBLINE_CONTENT_SERVICE_DOMAIN_CHANNELS_H_

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "common/trust/trust_policy.h"
#include "content-service/domain/actor.h"
#include "content-service/domain/resource_name.h"
#include "content-service/domain/signed_statement.h"
#include "content-service/storage/content_store.h"
#include "plumbline/content/v1/channel.pb.h"

namespace plumbline::content {

struct MoveOrder {
  ChannelId channel;
  ReleaseId release;
  std::string reason;
  MovePosition expected;  // Zeros: the channel has no move yet.
};

// A move that could be made now.
struct PreparedMove {
  v1::ChannelMove move;     // Without statement and signatures.
  v1::Statement statement;  // What the operator signs.
};

// Checks that `expected` is the channel's newest move, else ABORTED, reason
// STALE_MOVE; and that the release exists and is not withdrawn.
absl::StatusOr<PreparedMove> PrepareMove(const Reader& reader,
                                         const trust::TrustPolicy& policy,
                                         const Actor& mover,
                                         const MoveOrder& order);

// Moves the channel, or makes it.
absl::StatusOr<v1::ChannelMove> MoveChannel(Transaction& transaction,
                                            const trust::TrustPolicy& policy,
                                            const Actor& mover,
                                            const MoveOrder& order,
                                            const SignedStatement& given);

}  // namespace plumbline::content

#endif  // PLUMBLINE_CONTENT_SERVICE_DOMAIN_CHANNELS_H_
