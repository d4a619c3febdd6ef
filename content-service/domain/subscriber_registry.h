// The replicas that follow channels: what each serves, since when, and why not
// the newer content. Free of gRPC types. Thread-safe.
//
// Kept in memory. A replica that has gone is remembered for kRememberedFor, and
// of each principal at most so many, the last ones to go: names are for its
// replicas to choose.

#ifndef PLUMBLINE_CONTENT_SERVICE_DOMAIN_SUBSCRIBER_REGISTRY_H_
#define PLUMBLINE_CONTENT_SERVICE_DOMAIN_SUBSCRIBER_REGISTRY_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/sync/mutex.h"
#include "content-service/domain/resource_name.h"
#include "plumbline/content/v1/sync.pb.h"

namespace plumbline::content {

inline constexpr absl::Duration kRememberedFor = absl::Hours(1);

// Of one principal.
struct SubscriberLimits {
  int streams_max = 10'000;
  std::size_t remembered_max = 1'000;
};

// In the order of listings: by channel, principal and name.
struct SubscriberKey {
  ChannelId channel;
  std::string principal;
  std::string subscriber_id;

  friend auto operator<=>(const SubscriberKey&, const SubscriberKey&) = default;
};

// Names one stream of a subscriber, so that what a stream says after a newer
// one has taken its place changes nothing.
using StreamNumber = std::uint64_t;

class SubscriberRegistry {
 public:
  SubscriberRegistry() : SubscriberRegistry(SubscriberLimits()) {}
  explicit SubscriberRegistry(SubscriberLimits limits) : limits_(limits) {}

  // A stream has begun. One of the same key that came before has lost its
  // place. RESOURCE_EXHAUSTED, reason LIMIT_EXCEEDED, where the principal has
  // as many streams as it may.
  absl::StatusOr<StreamNumber> Join(const SubscriberKey& key,
                                    const v1::Subscribe& subscribe,
                                    absl::Time now);

  // The replica was heard: it answered a move, or it is alive. `sent` is the
  // last move that it was sent: one beyond it is not believed.
  void Acknowledged(const SubscriberKey& key, StreamNumber stream,
                    const v1::Acknowledgement& acknowledgement,
                    const std::string& refused_digest, const v1::Cursor& sent,
                    absl::Time now);
  void Heard(const SubscriberKey& key, StreamNumber stream,
             const v1::ReplicaHeartbeat& heartbeat, const v1::Cursor& sent,
             absl::Time now);

  // The stream has ended.
  void Leave(const SubscriberKey& key, StreamNumber stream, absl::Time now);

  // Forgets who has been gone for longer than kRememberedFor.
  void ForgetTheGone(absl::Time now);

  // Whether the stream has the place of its key.
  bool IsNewest(const SubscriberKey& key, StreamNumber stream) const;

  // The subscribers of the channels that `pattern` matches (`-` matches every
  // id), after `after`, at most `limit`.
  std::vector<v1::Subscriber> List(const ChannelId& pattern,
                                   bool connected_only,
                                   const SubscriberKey& after,
                                   std::size_t limit) const;

  // How many have a stream now.
  std::size_t connected_count() const;

 private:
  struct Entry {
    StreamNumber stream = 0;
    v1::Subscriber subscriber;
    absl::Time leave_time;  // Only of one that has gone.
  };

  // What a principal has.
  struct Holding {
    int streams = 0;
    std::set<std::pair<absl::Time, SubscriberKey>> gone;  // Oldest first.
  };

  Entry* FindNewest(const SubscriberKey& key, StreamNumber stream)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // A move that a replica says it serves: believed where it was sent, and never
  // taken back.
  static void Accept(const v1::Cursor& cursor, const v1::Cursor& sent,
                     v1::Subscriber& subscriber);
  void ForgetOldest(Holding& holding) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const SubscriberLimits limits_;
  mutable sync::Mutex mutex_;
  StreamNumber next_stream_ ABSL_GUARDED_BY(mutex_) = 1;
  std::map<SubscriberKey, Entry> entries_ ABSL_GUARDED_BY(mutex_);
  std::map<std::string, Holding> holdings_ ABSL_GUARDED_BY(mutex_);
};

// The key of a listed subscriber.
SubscriberKey KeyOf(const v1::Subscriber& subscriber);

}  // namespace plumbline::content

#endif  // PLUMBLINE_CONTENT_SERVICE_DOMAIN_SUBSCRIBER_REGISTRY_H_
