#include "content-service/domain/subscriber_registry.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/rpc/error_details.h"
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

absl::Status TooManyStreams(const SubscriberKey& key) {
  return rpc::WithReason(
      absl::ResourceExhaustedError(
          absl::StrCat(key.principal,
                       " has as many Sync streams open as it may: close some")),
      "LIMIT_EXCEEDED", {{"limit", "sync_streams_per_principal_max"}});
}

}  // namespace

absl::StatusOr<StreamNumber> SubscriberRegistry::Join(
    const SubscriberKey& key, const v1::Subscribe& subscribe, absl::Time now) {
  const sync::MutexLock lock(mutex_);
  const auto found = entries_.find(key);
  const bool connected =
      found != entries_.end() && found->second.subscriber.connected();
  if (!connected) {
    Holding& holding = holdings_[key.principal];
    if (holding.streams >= limits_.streams_max) return TooManyStreams(key);
    ++holding.streams;
    if (found != entries_.end()) {
      holding.gone.erase({found->second.leave_time, key});
    }
  }
  Entry& entry = entries_[key];
  entry.stream = next_stream_++;
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
    const std::string& refused_digest, const v1::Cursor& sent, absl::Time now) {
  const sync::MutexLock lock(mutex_);
  Entry* entry = FindNewest(key, stream);
  if (entry == nullptr) return;
  v1::Subscriber& subscriber = entry->subscriber;
  *subscriber.mutable_last_heard_time() = ToTimestamp(now);
  SetActive(acknowledgement.active_digest(), now, subscriber);
  if (acknowledgement.outcome() == v1::Acknowledgement::OUTCOME_ACK) {
    Accept(acknowledgement.cursor(), sent, subscriber);
  } else if (!IsAfter(acknowledgement.cursor(), sent) &&
             !IsAfter(subscriber.last_nack().cursor(),
                      acknowledgement.cursor())) {
    *subscriber.mutable_last_nack() =
        ToNack(acknowledgement, refused_digest, now);
  }
}

void SubscriberRegistry::Heard(const SubscriberKey& key, StreamNumber stream,
                               const v1::ReplicaHeartbeat& heartbeat,
                               const v1::Cursor& sent, absl::Time now) {
  const sync::MutexLock lock(mutex_);
  Entry* entry = FindNewest(key, stream);
  if (entry == nullptr) return;
  v1::Subscriber& subscriber = entry->subscriber;
  *subscriber.mutable_last_heard_time() = ToTimestamp(now);
  SetActive(heartbeat.active_digest(), now, subscriber);
  // A replica that came back up to date has nothing to acknowledge; what it
  // serves, it has accepted.
  Accept(heartbeat.cursor(), sent, subscriber);
  if (heartbeat.has_log_head()) {
    *subscriber.mutable_log_head() = heartbeat.log_head();
  } else {
    subscriber.clear_log_head();
  }
}

void SubscriberRegistry::Accept(const v1::Cursor& cursor,
                                const v1::Cursor& sent,
                                v1::Subscriber& subscriber) {
  if (IsAfter(cursor, sent)) return;
  if (IsAfter(cursor, subscriber.acknowledged())) {
    *subscriber.mutable_acknowledged() = cursor;
  }
  if (!IsAfter(subscriber.last_nack().cursor(), cursor)) {
    subscriber.clear_last_nack();
  }
}

void SubscriberRegistry::Leave(const SubscriberKey& key, StreamNumber stream,
                               absl::Time now) {
  const sync::MutexLock lock(mutex_);
  Entry* entry = FindNewest(key, stream);
  if (entry == nullptr || !entry->subscriber.connected()) return;
  entry->subscriber.set_connected(false);
  entry->leave_time = now;
  Holding& holding = holdings_[key.principal];
  --holding.streams;
  holding.gone.emplace(now, key);
  if (holding.gone.size() > limits_.remembered_max) ForgetOldest(holding);
}

void SubscriberRegistry::ForgetOldest(Holding& holding) {
  entries_.erase(holding.gone.begin()->second);
  holding.gone.erase(holding.gone.begin());
}

void SubscriberRegistry::ForgetTheGone(absl::Time now) {
  const sync::MutexLock lock(mutex_);
  for (auto it = holdings_.begin(); it != holdings_.end();) {
    Holding& holding = it->second;
    while (!holding.gone.empty() &&
           now - holding.gone.begin()->first > kRememberedFor) {
      ForgetOldest(holding);
    }
    const bool has_nothing = holding.streams == 0 && holding.gone.empty();
    it = has_nothing ? holdings_.erase(it) : std::next(it);
  }
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
                                                     std::size_t limit) const {
  std::vector<v1::Subscriber> result;
  const sync::MutexLock lock(mutex_);
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

SubscriberKey KeyOf(const v1::Subscriber& subscriber) {
  return {ParseChannelName(subscriber.channel()).value_or(ChannelId()),
          subscriber.principal(), subscriber.subscriber_id()};
}

}  // namespace plumbline::content
