// The replicas that follow channels: what each serves, since when, and why not
// the newer content. Free of gRPC types. Thread-safe.
//
// Kept in memory. A replica that has gone is remembered for kRememberedFor.

#ifndef PLUMBLINE_CONTENT_SERVICE_DOMAIN_SUBSCRIBER_REGISTRY_H_
#define PLUMBLINE_CONTENT_SERVICE_DOMAIN_SUBSCRIBER_REGISTRY_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "common/sync/mutex.h"
#include "content-service/domain/resource_name.h"
#include "plumbline/content/v1/sync.pb.h"

namespace plumbline::content {

inline constexpr absl::Duration kRememberedFor = absl::Hours(1);

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
  // A stream has begun. One of the same key that came before has lost its
  // place.
  StreamNumber Join(const SubscriberKey& key, const v1::Subscribe& subscribe,
                    absl::Time now);

  // The replica was heard: it answered a move, or it is alive.
  void Acknowledged(const SubscriberKey& key, StreamNumber stream,
                    const v1::Acknowledgement& acknowledgement,
                    const std::string& refused_digest, absl::Time now);
  void Heard(const SubscriberKey& key, StreamNumber stream,
             const v1::ReplicaHeartbeat& heartbeat, absl::Time now);

  // The stream has ended.
  void Leave(const SubscriberKey& key, StreamNumber stream, absl::Time now);

  // Whether the stream has the place of its key.
  bool IsNewest(const SubscriberKey& key, StreamNumber stream) const;

  // The subscribers of the channels that `pattern` matches (`-` matches every
  // id), after `after`, at most `limit`.
  std::vector<v1::Subscriber> List(const ChannelId& pattern,
                                   bool connected_only,
                                   const SubscriberKey& after,
                                   std::size_t limit, absl::Time now);

  // How many have a stream now.
  std::size_t connected_count() const;

 private:
  struct Entry {
    StreamNumber stream = 0;
    v1::Subscriber subscriber;
    absl::Time last_heard;
  };

  Entry* FindNewest(const SubscriberKey& key, StreamNumber stream)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void ForgetTheGone(absl::Time now) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  mutable sync::Mutex mutex_;
  StreamNumber next_stream_ ABSL_GUARDED_BY(mutex_) = 1;
  std::map<SubscriberKey, Entry> entries_ ABSL_GUARDED_BY(mutex_);
};

// The key of a listed subscriber.
SubscriberKey KeyOf(const v1::Subscriber& subscriber);

}  // namespace plumbline::content

#endif  // PLUMBLINE_CONTENT_SERVICE_DOMAIN_SUBSCRIBER_REGISTRY_H_
