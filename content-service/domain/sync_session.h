// What one subscriber is sent, message by message: the withdrawals of what it
// holds, every move after its cursor, in order, then the content of the newest
// one in chunks, and heartbeats.
//
// Free of gRPC types, and of reading: it says what it needs to go on, and is
// given it. Not thread-safe. It holds no more than a batch of moves and the
// shared content that is under way: the next message is made when the one
// before has been written.

#ifndef PLUMBLINE_CONTENT_SERVICE_DOMAIN_SYNC_SESSION_H_
#define PLUMBLINE_CONTENT_SERVICE_DOMAIN_SYNC_SESSION_H_

#include <cstddef>
#include <deque>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "content-service/domain/channel_feed.h"
#include "plumbline/content/v1/channel.pb.h"
#include "plumbline/content/v1/content_service.pb.h"
#include "plumbline/content/v1/sync.pb.h"

namespace plumbline::content {

inline constexpr std::size_t kChunkBytes = 256 << 10;

class SyncSession {
 public:
  explicit SyncSession(absl::Duration heartbeat_interval)
      : heartbeat_interval_(heartbeat_interval) {}

  // Takes the subscription to a channel. FAILED_PRECONDITION, reason
  // CURSOR_AHEAD, for a cursor beyond the channel's newest move.
  absl::Status Subscribe(const v1::Subscribe& subscribe, ChannelView channel);

  // The channel as it may have become; null where it must be loaded.
  void Look(ChannelView channel);

  // What must be read before there is more to say.
  enum class Need {
    kNothing,
    kChannel,  // For Loaded().
    kMoves,    // Those after resume(), for TakeMoves().
  };
  Need need() const;

  // The channel as it was just read.
  void Loaded(ChannelView channel);

  // The moves after resume(). DATA_LOSS where there are none, although the
  // channel has a newer one.
  absl::Status TakeMoves(std::vector<v1::ChannelMove> moves);

  // A heartbeat is to be sent.
  void HeartbeatDue() { heartbeat_due_ = true; }

  // What the replica says it serves, and holds, now.
  void Serves(const std::string& digest) { active_digest_ = digest; }
  void Holds(std::set<std::string> digests) {
    held_digests_ = std::move(digests);
  }

  // The next message to send; nothing where there is nothing to say now.
  absl::StatusOr<std::optional<v1::SyncResponse>> Next(absl::Time now);

  // The last move sent, or the cursor of the subscription.
  const v1::Cursor& resume() const { return cursor_; }

  // The digest of the move sent at `cursor`, if that was the last one; else
  // empty.
  std::string DigestAt(const v1::Cursor& cursor) const;

 private:
  // Content on its way.
  struct Transfer {
    std::shared_ptr<const CachedContent> content;
    std::size_t offset = 0;
  };

  // The move after the cursor; null where it is not at hand.
  const v1::ChannelMove* NextMove() const;
  bool IsAtNewest() const;
  // A withdrawal that it was not told of, of content that it holds; null: none.
  const v1::Withdrawal* NextWithdrawal() const;
  v1::SyncResponse StartContent(const Offer& offer);
  v1::SyncResponse NextChunk();
  bool IsHeld(const std::string& digest) const;

  const absl::Duration heartbeat_interval_;

  ChannelView channel_;  // Never null, never older than it was.
  bool must_load_ = false;
  // What was loaded for this session: if its offer cannot be had, none can.
  ChannelView loaded_;

  bool greeted_ = false;
  bool heartbeat_due_ = false;
  v1::Cursor cursor_;
  v1::Cursor active_cursor_;  // As the subscription had it.
  std::set<std::string> held_digests_;
  std::string active_digest_;
  std::set<std::string> told_withdrawn_;      // Digests.
  std::deque<v1::ChannelMove> backlog_;       // Read, not sent.
  std::optional<v1::ChannelMove> last_move_;  // Sent, or where it stands.
  bool content_due_ = false;                  // For last_move_.
  std::optional<Transfer> transfer_;
};

}  // namespace plumbline::content

#endif  // PLUMBLINE_CONTENT_SERVICE_DOMAIN_SYNC_SESSION_H_
