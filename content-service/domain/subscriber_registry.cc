#include "content-service/domain/subscriber_registry.h"

#include <algorithm>

#include "content-service/domain/timestamp.h"

namespace plumbline::content {
namespace {

bool Matches(const ChannelId& pattern, const ChannelId& channel) {
  return (pattern.pathway_id == "-" ||
          pattern.pathway_id == channel.pathway_id) &&
         (pattern.channel_id == "-" ||
          pattern.channel_id == channel.channel_id);
}

void SetActive(const std::string& digest, absl::Time now,
               v1::Subscriber& subscriber) {
  if (subscriber.active_digest() == digest && subscriber.has_active_since()) {
    return;
  }
  subscriber.set_active_digest(digest);
  *subscriber.mutable_active_since() = ToTimestamp(now);
}

bool IsAfter(const v1::Cursor& left, const v1::Cursor& right) {
  return left.epoch() != right.epoch() ? left.epoch() > right.epoch()
                                       : left.number() > right.number();
}

v1::Nack ToNack(const v1::Acknowledgement& acknowledgement,
                const std::string& digest, absl::Time now) {
  v1::Nack nack;
  *nack.mutable_cursor() = acknowledgement.cursor();
  nack.set_digest(digest);
  nack.set_reason(acknowledgement.reason());
  nack.set_message(acknowledgement.message());
  *nack.mutable_create_time() = ToTimestamp(now);
  return nack;
}

}  // namespace

StreamNumber SubscriberRegistry::Join(const SubscriberKey& key,
                                      const v1::Subscribe& subscribe,
                                      absl::Time now) {
  const sync::MutexLock lock(mutex_);
  ForgetTheGone(now);
  Entry& entry = entries_[key];
  entry.stream = next_stream_++;
  entry.last_heard = now;
  v1::Subscriber& subscriber = entry.subscriber;
  subscriber.set_subscriber_id(key.subscriber_id);
  subscriber.set_principal(key.principal);
  subscriber.set_channel(ToString(key.channel));
  subscriber.set_connected(true);
  *subscriber.mutable_connect_time() = ToTimestamp(now);
  *subscriber.mutable_last_heard_time() = ToTimestamp(now);
  SetActive(subscribe.active_digest(), now, subscriber);
  subscriber.set_engine_version(subscribe.engine_version());
  subscriber.set_build_version(subscribe.build_version());
  return entry.stream;
}

void SubscriberRegistry::Acknowledged(
    const SubscriberKey& key, StreamNumber stream,
    const v1::Acknowledgement& acknowledgement,
    const std::string& refused_digest, absl::Time now) {
  const sync::MutexLock lock(mutex_);
  Entry* entry = FindNewest(key, stream);
  if (entry == nullptr) return;
  entry->last_heard = now;
  v1::Subscriber& subscriber = entry->subscriber;
  *subscriber.mutable_last_heard_time() = ToTimestamp(now);
  SetActive(acknowledgement.active_digest(), now, subscriber);
  if (acknowledgement.outcome() == v1::Acknowledgement::OUTCOME_ACK) {
    *subscriber.mutable_acknowledged() = acknowledgement.cursor();
    if (!IsAfter(subscriber.last_nack().cursor(), acknowledgement.cursor())) {
      subscriber.clear_last_nack();
    }
  } else {
    *subscriber.mutable_last_nack() =
        ToNack(acknowledgement, refused_digest, now);
  }
}

void SubscriberRegistry::Heard(const SubscriberKey& key, StreamNumber stream,
                               const v1::ReplicaHeartbeat& heartbeat,
                               absl::Time now) {
  const sync::MutexLock lock(mutex_);
  Entry* entry = FindNewest(key, stream);
  if (entry == nullptr) return;
  entry->last_heard = now;
  v1::Subscriber& subscriber = entry->subscriber;
  *subscriber.mutable_last_heard_time() = ToTimestamp(now);
  SetActive(heartbeat.active_digest(), now, subscriber);
  // A replica that came back up to date has nothing to acknowledge; what it
  // serves, it has accepted.
  if (IsAfter(heartbeat.cursor(), subscriber.acknowledged())) {
    *subscriber.mutable_acknowledged() = heartbeat.cursor();
  }
  if (heartbeat.has_log_head()) {
    *subscriber.mutable_log_head() = heartbeat.log_head();
  } else {
    subscriber.clear_log_head();
  }
}

void SubscriberRegistry::Leave(const SubscriberKey& key, StreamNumber stream,
                               absl::Time now) {
  const sync::MutexLock lock(mutex_);
  Entry* entry = FindNewest(key, stream);
  if (entry == nullptr) return;
  entry->subscriber.set_connected(false);
  entry->last_heard = now;
}

bool SubscriberRegistry::IsNewest(const SubscriberKey& key,
                                  StreamNumber stream) const {
  const sync::MutexLock lock(mutex_);
  const auto found = entries_.find(key);
  return found != entries_.end() && found->second.stream == stream;
}

std::vector<v1::Subscriber> SubscriberRegistry::List(const ChannelId& pattern,
                                                     bool connected_only,
                                                     const SubscriberKey& after,
                                                     std::size_t limit,
                                                     absl::Time now) {
  std::vector<v1::Subscriber> result;
  const sync::MutexLock lock(mutex_);
  ForgetTheGone(now);
  for (auto it = entries_.upper_bound(after);
       it != entries_.end() && result.size() < limit; ++it) {
    const v1::Subscriber& subscriber = it->second.subscriber;
    if (!Matches(pattern, it->first.channel)) continue;
    if (connected_only && !subscriber.connected()) continue;
    result.push_back(subscriber);
  }
  return result;
}

std::size_t SubscriberRegistry::connected_count() const {
  const sync::MutexLock lock(mutex_);
  return static_cast<std::size_t>(std::count_if(
      entries_.begin(), entries_.end(),
      [](const auto& entry) { return entry.second.subscriber.connected(); }));
}

SubscriberRegistry::Entry* SubscriberRegistry::FindNewest(
    const SubscriberKey& key, StreamNumber stream) {
  const auto found = entries_.find(key);
  if (found == entries_.end() || found->second.stream != stream) return nullptr;
  return &found->second;
}

void SubscriberRegistry::ForgetTheGone(absl::Time now) {
  for (auto it = entries_.begin(); it != entries_.end();) {
    const Entry& entry = it->second;
    const bool gone = !entry.subscriber.connected() &&
                      now - entry.last_heard > kRememberedFor;
    it = gone ? entries_.erase(it) : std::next(it);
  }
}

SubscriberKey KeyOf(const v1::Subscriber& subscriber) {
  return {ParseChannelName(subscriber.channel()).value_or(ChannelId()),
          subscriber.principal(), subscriber.subscriber_id()};
}

}  // namespace plumbline::content
