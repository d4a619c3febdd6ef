// What one subscriber is sent, message by message: every move after its cursor,
// in order, then the content of the newest one in chunks, and heartbeats.
//
// Free of gRPC types. Not thread-safe. It holds no more than a batch of moves
// and the shared content that is under way: the next message is made when the
// one before has been written.

#ifndef PLUMBLINE_CONTENT_SERVICE_DOMAIN_SYNC_SESSION_H_
#define PLUMBLINE_CONTENT_SERVICE_DOMAIN_SYNC_SESSION_H_

#include <cstddef>
#include <deque>
#include <memory>
#include <optional>
#include <set>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "content-service/domain/release_cache.h"
#include "content-service/domain/resource_name.h"
#include "content-service/storage/content_store.h"
#include "plumbline/content/v1/channel.pb.h"
#include "plumbline/content/v1/content_service.pb.h"
#include "plumbline/content/v1/sync.pb.h"

namespace plumbline::content {

inline constexpr std::size_t kChunkBytes = 256 << 10;

class SyncSession {
 public:
  // Both must outlive it.
  SyncSession(ContentStore& store, ReleaseCache& cache, ChannelId channel,
              absl::Duration heartbeat_interval);

  // Takes the subscription. FAILED_PRECONDITION, reason CURSOR_AHEAD, for a
  // cursor beyond the channel's newest move.
  absl::Status Subscribe(const v1::Subscribe& subscribe);

  // The channel may have moved.
  void LookForMoves() { may_have_moved_ = true; }

  // A heartbeat is to be sent.
  void HeartbeatDue() { heartbeat_due_ = true; }

  // What the replica says it serves now.
  void Serves(const std::string& digest) { active_digest_ = digest; }

  // The next message to send; nothing where there is nothing to say now.
  absl::StatusOr<std::optional<v1::SyncResponse>> Next(absl::Time now);

  // The last move sent, or the cursor of the subscription.
  const v1::Cursor& resume() const { return cursor_; }

  // The digest of the move sent at `cursor`, if that was the last one; else
  // empty.
  std::string DigestAt(const v1::Cursor& cursor) const;

 private:
  // Content on its way. `bytes` is null where the replica holds it.
  struct Transfer {
    std::shared_ptr<const CachedContent> content;
    std::size_t offset = 0;
  };

  absl::Status ReadMoves();
  absl::StatusOr<v1::SyncResponse> StartContent();
  v1::SyncResponse NextChunk();
  bool IsHeld(const std::string& digest) const;

  ContentStore& store_;
  ReleaseCache& cache_;
  const ChannelId channel_;
  const absl::Duration heartbeat_interval_;

  bool greeted_ = false;
  bool may_have_moved_ = true;
  bool heartbeat_due_ = false;
  v1::Cursor cursor_;
  v1::Cursor newest_;  // As the store had it when last read.
  std::set<std::string> held_digests_;
  std::string active_digest_;
  std::deque<v1::ChannelMove> moves_;         // Read, not sent.
  std::optional<v1::ChannelMove> last_move_;  // Sent, or where it stands.
  bool content_due_ = false;                  // For last_move_.
  std::optional<Transfer> transfer_;
};

}  // namespace plumbline::content

#endif  // PLUMBLINE_CONTENT_SERVICE_DOMAIN_SYNC_SESSION_H_
