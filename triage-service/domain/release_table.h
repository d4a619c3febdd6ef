// The releases that this replica can decide by: for each channel that it
// follows the active one, and the earlier ones that a pin may still name.
//
// Releases are immutable and shared: a request holds the one that it found from
// start to end, whatever becomes active meanwhile. Free of gRPC and of clocks.

#ifndef PLUMBLINE_TRIAGE_SERVICE_DOMAIN_RELEASE_TABLE_H_
#define PLUMBLINE_TRIAGE_SERVICE_DOMAIN_RELEASE_TABLE_H_

#include <compare>
#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "common/pathway/model.h"
#include "common/sync/mutex.h"

namespace plumbline::triage {

// The channel of a call that names none.
inline constexpr char kDefaultChannel[] = "stable";

// The most releases held for one channel, the active one included.
inline constexpr std::size_t kHeldReleasesMax = 64;

struct ChannelKey {
  std::string pathway_id;
  std::string channel_id;

  friend auto operator<=>(const ChannelKey&, const ChannelKey&) = default;
};

// A place in a channel's log of moves. {0, 0} is before the first.
struct Cursor {
  std::int64_t epoch = 0;
  std::int64_t number = 0;

  friend auto operator<=>(const Cursor&, const Cursor&) = default;
};

// A release that was verified and compiled.
struct Release {
  std::shared_ptr<const pathway::CompiledPathway> pathway;  // Never null.
  std::string name;  // `pathways/back-pain/releases/7`
  Cursor cursor;     // The move that made it active.
  absl::Time activate_time;
  bool withdrawn = false;
};

// How long earlier releases are held: as long as one of both reasons holds, and
// until the next move at least.
struct Retention {
  std::size_t earlier_count = 2;
  absl::Duration time = absl::Hours(1);
};

// What a look-up found. `release` is null unless `outcome` is kFound.
struct FoundRelease {
  enum class Outcome : std::uint8_t {
    kFound,
    kUnknownPathway,  // No channel of it is followed.
    kUnknownChannel,  // The pathway is followed, this channel is not.
    kNoContent,       // Nothing has become active yet.
    kNotHeld,         // The pin names a release that is not held.
  };

  Outcome outcome = Outcome::kUnknownPathway;
  std::shared_ptr<const Release> release;
  std::string channel_id;     // kFound: the channel that holds it.
  std::string active_digest;  // kNotHeld: what could be pinned instead.
};

// Thread-safe. A swap is atomic: a reader sees the old release or the new one.
class ReleaseTable {
 public:
  ReleaseTable(const std::vector<ChannelKey>& channels,
               const Retention& retention);

  // Makes `release` active; withdrawn where its digest was marked as that, and
  // marking the digest where it is. What was active before is held on; what is
  // no longer to be held at `release.activate_time` is let go. `key` is one of
  // the channels given to the constructor.
  void Activate(const ChannelKey& key, Release release);

  // Marks every release of this digest as withdrawn, in whichever channel of
  // the pathway it is held or becomes active later: a release is withdrawn once
  // for all of them, and for good.
  void MarkWithdrawn(absl::string_view pathway_id, absl::string_view digest);

  // The release that decides for a call: the active one of the channel, or the
  // one of digest `pin` where that is not empty. An empty `channel_id` is
  // kDefaultChannel. A pin is looked for in every channel of the pathway, in
  // that channel first.
  FoundRelease Find(absl::string_view pathway_id, absl::string_view channel_id,
                    absl::string_view pin) const;

  // The active release, or null.
  std::shared_ptr<const Release> Active(const ChannelKey& key) const;

  // Every release that is held, the active one first; then the one that was
  // active last.
  std::vector<std::shared_ptr<const Release>> Held(const ChannelKey& key) const;

  // Whether every pathway that is followed can be asked: its default channel
  // has an active release or, where that is not followed, all its channels do.
  bool Ready() const;

  const std::vector<ChannelKey>& channels() const { return channels_; }

 private:
  struct Earlier {
    std::shared_ptr<const Release> release;
    absl::Time end_time;  // When another release took its place.
  };
  struct Channel {
    std::shared_ptr<const Release> active;
    std::vector<Earlier> earlier;  // Newest first.
  };
  // A digest, and the pathway that it is withdrawn for.
  struct Withdrawal {
    std::string pathway_id;
    std::string digest;

    friend auto operator<=>(const Withdrawal&, const Withdrawal&) = default;
  };

  void LetGo(absl::Time now, Channel& channel) const;
  void Withdraw(const Withdrawal& withdrawal)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  FoundRelease FindActive(const ChannelKey& key) const
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  FoundRelease FindPinned(const ChannelKey& key, absl::string_view pin,
                          const FoundRelease& active) const
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  bool IsReady(const ChannelKey& key) const
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  static std::shared_ptr<const Release> FindHeld(const Channel& channel,
                                                 absl::string_view digest);

  const std::vector<ChannelKey> channels_;  // Ascending.
  const Retention retention_;
  mutable sync::Mutex mutex_;
  std::map<ChannelKey, Channel> table_ ABSL_GUARDED_BY(mutex_);
  std::set<Withdrawal> withdrawals_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace plumbline::triage

#endif  // PLUMBLINE_TRIAGE_SERVICE_DOMAIN_RELEASE_TABLE_H_
