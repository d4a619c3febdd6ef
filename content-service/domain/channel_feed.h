// The newest moves of each channel and the content of the newest one, ready to
// be sent: read once, for all the streams that follow it. Free of gRPC types.
// Thread-safe.

#ifndef PLUMBLINE_CONTENT_SERVICE_DOMAIN_CHANNEL_FEED_H_
#define PLUMBLINE_CONTENT_SERVICE_DOMAIN_CHANNEL_FEED_H_

#include <cstdint>
#include <map>
#include <memory>
#include <vector>

#include "absl/status/statusor.h"
#include "common/sync/mutex.h"
#include "content-service/domain/release_cache.h"
#include "content-service/domain/resource_name.h"
#include "content-service/storage/content_store.h"
#include "plumbline/content/v1/channel.pb.h"
#include "plumbline/content/v1/release.pb.h"
#include "plumbline/content/v1/sync.pb.h"

namespace plumbline::content {

// Moves that are read at a time.
inline constexpr int kMovesBatch = 64;

// The content of a move, as every replica is offered it.
struct Offer {
  v1::ContentStart start;  // `content_held` is for each stream to say.
  std::shared_ptr<const CachedContent> content;
};

// A channel as it stood at one moment. Immutable.
struct ChannelState {
  // The newest ones, at most kMovesBatch, in order; none where the channel does
  // not exist yet.
  std::vector<v1::ChannelMove> moves;
  bool has_every_move = true;
  // Of its pathway's releases, oldest release first.
  std::vector<v1::Withdrawal> withdrawals;
  // How often channels had been forgotten before it was read.
  std::uint64_t generation = 0;
  // Of the newest move; why not, where it cannot be had.
  absl::StatusOr<std::shared_ptr<const Offer>> offer;

  v1::Cursor newest() const {
    return moves.empty() ? v1::Cursor() : moves.back().cursor();
  }
};

using ChannelView = std::shared_ptr<const ChannelState>;

class ChannelFeed {
 public:
  // Both must outlive it.
  ChannelFeed(ContentStore& store, ReleaseCache& cache)
      : store_(store), cache_(cache) {}

  // The channel as it was loaded last; null where it must be loaded. Never
  // reads the store.
  ChannelView Find(const ChannelId& channel) const;

  // Reads the channel, and keeps it for Find().
  absl::StatusOr<ChannelView> Load(const ChannelId& channel);

  // The channel has moved: what is kept, or being read now, is out of date.
  void Forget(const ChannelId& channel);

  // Whether a channel was forgotten since this view was read: what it shows may
  // be out of date.
  bool IsOutdated(const ChannelView& view) const;

  // The first kMovesBatch moves after `after`. Not kept.
  absl::StatusOr<std::vector<v1::ChannelMove>> ReadMoves(
      const ChannelId& channel, const v1::Cursor& after);

 private:
  absl::StatusOr<std::shared_ptr<const Offer>> MakeOffer(
      const Reader& reader, const ChannelId& channel,
      const v1::ChannelMove& move);

  ContentStore& store_;
  ReleaseCache& cache_;

  mutable sync::Mutex mutex_;
  // How often a channel was forgotten: what was read before is not kept.
  std::uint64_t generation_ ABSL_GUARDED_BY(mutex_) = 0;
  // Only channels that exist.
  std::map<ChannelId, ChannelView> views_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace plumbline::content

#endif  // PLUMBLINE_CONTENT_SERVICE_DOMAIN_CHANNEL_FEED_H_
