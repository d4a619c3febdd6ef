#include "content-service/rpc/sync_stream.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/rpc/error_details.h"
#include "common/rpc/status.h"
#include "common/trust/digest.h"
#include "content-service/rpc/request_checks.h"
#include "content-service/rpc/store_calls.h"

namespace plumbline::content {
namespace {

constexpr int kHeldDigestsMax = 64;
constexpr std::size_t kNackMessageBytesMax = 1000;
constexpr std::size_t kWordBytesMax = 100;
constexpr char kBadActiveDigest[] =
    "the active digest must be 64 lower-case hexadecimal digits, or empty";
// A side that hears nothing for so many heartbeats ends the stream.
constexpr int kHeartbeatsMissedMax = 3;

absl::Status OutOfPlace(const char* message) {
  return rpc::WithReason(absl::InvalidArgumentError(message), "SYNC_PROTOCOL");
}

bool IsDigestOrEmpty(const std::string& text) {
  return text.empty() || trust::IsDigest(text);
}

absl::Status CheckSubscribe(const v1::Subscribe& subscribe,
                            ChannelId* channel) {
  RequestChecks checks;
  *channel = checks.ChannelName("subscribe.channel", subscribe.channel());
  if (subscribe.subscriber_id().empty()) {
    checks.Add("subscribe.subscriber_id", "is required");
  }
  checks.OptionalId("subscribe.subscriber_id", subscribe.subscriber_id());
  if (subscribe.held_digests_size() > kHeldDigestsMax) {
    checks.Add("subscribe.held_digests",
               absl::StrCat(subscribe.held_digests_size(), " digests; at most ",
                            kHeldDigestsMax, " are taken"));
  }
  for (const std::string& digest : subscribe.held_digests()) {
    if (trust::IsDigest(digest)) continue;
    checks.Add("subscribe.held_digests",
               "each must be 64 lower-case hexadecimal digits");
    break;
  }
  if (!IsDigestOrEmpty(subscribe.active_digest())) {
    checks.Add("subscribe.active_digest",
               "must be 64 lower-case hexadecimal digits, or empty");
  }
  if (subscribe.build_version().size() > kWordBytesMax) {
    checks.Add("subscribe.build_version", "has at most 100 bytes");
  }
  if (subscribe.cursor().epoch() < 0 || subscribe.cursor().number() < 0) {
    checks.Add("subscribe.cursor", "must not be negative");
  }
  return checks.status();
}

}  // namespace

std::string ToSubject(const SubscriberKey& key) {
  return absl::StrCat(ToString(key.channel), "\n", key.principal, "\n",
                      key.subscriber_id);
}

SyncStream::SyncStream(const SyncParts& parts, rpc::Call call)
    : parts_(parts), call_(std::move(call)) {
  {
    const sync::MutexLock lock(mutex_);
    last_heard_ = parts_.clock();
  }
  // Until it subscribes, it hears ticks alone.
  channel_registration_ =
      parts_.observers.Add("", [this](const SyncEvent& event) { Tell(event); });
  live_registration_ = parts_.streams.Add([this] { GoAway(); });
  ReadNext();
}

void SyncStream::ReadNext() {
  const sync::MutexLock lock(mutex_);
  if (!ended_) StartRead(&incoming_);
}

void SyncStream::OnReadDone(bool ok) {
  if (!ok) {
    EndNow(absl::OkStatus());  // The replica has closed its side.
    return;
  }
  {
    const sync::MutexLock lock(mutex_);
    last_heard_ = parts_.clock();
  }
  const absl::Status status = Take(incoming_);
  if (!status.ok()) {
    EndNow(status);
    return;
  }
  ReadNext();
}

absl::Status SyncStream::Take(const v1::SyncRequest& message) {
  const bool subscribed = stream_number_ != 0;
  if (message.has_subscribe() == subscribed) {
    return OutOfPlace(subscribed
                          ? "a stream has one subscribe message, its first"
                          : "the first message must be subscribe");
  }
  switch (message.message_case()) {
    case v1::SyncRequest::kSubscribe:
      return TakeSubscribe(message.subscribe());
    case v1::SyncRequest::kAcknowledgement:
      return TakeAcknowledgement(message.acknowledgement());
    case v1::SyncRequest::kHeartbeat:
      return TakeHeartbeat(message.heartbeat());
    case v1::SyncRequest::MESSAGE_NOT_SET:
      break;
  }
  return OutOfPlace("a message is empty, or of a kind that is not known here");
}

absl::Status SyncStream::TakeSubscribe(const v1::Subscribe& subscribe) {
  ChannelId channel;
  absl::Status status = CheckSubscribe(subscribe, &channel);
  if (!status.ok()) return status;
  key_ = {channel, call_.principal.name, subscribe.subscriber_id()};
  // Registered before the store is read, so that no move is missed.
  const auto tell = [this](const SyncEvent& event) { Tell(event); };
  channel_registration_ = parts_.observers.Add(subscribe.channel(), tell);
  key_registration_ = parts_.observers.Add(ToSubject(key_), tell);
  SyncSession session(parts_.store, parts_.cache, channel,
                      parts_.limits.heartbeat_interval);
  status = session.Subscribe(subscribe);
  if (!status.ok()) return ExplainStoreFailure(status);
  stream_number_ = parts_.subscribers.Join(key_, subscribe, parts_.clock());
  parts_.observers.Notify(ToSubject(key_), SyncEvent::kJoined);
  const sync::MutexLock lock(mutex_);
  session_.emplace(std::move(session));
  GiveWay();
  Pump();
  return absl::OkStatus();
}

absl::Status SyncStream::TakeAcknowledgement(
    const v1::Acknowledgement& acknowledgement) {
  if (acknowledgement.outcome() != v1::Acknowledgement::OUTCOME_ACK &&
      acknowledgement.outcome() != v1::Acknowledgement::OUTCOME_NACK) {
    return OutOfPlace("an acknowledgement must be ACK or NACK");
  }
  if (acknowledgement.message().size() > kNackMessageBytesMax ||
      acknowledgement.reason().size() > kWordBytesMax) {
    return OutOfPlace(
        "a NACK has a reason of at most 100 bytes, and a message of at most "
        "1,000");
  }
  if (!IsDigestOrEmpty(acknowledgement.active_digest())) {
    return OutOfPlace(kBadActiveDigest);
  }
  std::string digest;
  {
    const sync::MutexLock lock(mutex_);
    digest = session_->DigestAt(acknowledgement.cursor());
    session_->Serves(acknowledgement.active_digest());
  }
  parts_.subscribers.Acknowledged(key_, stream_number_, acknowledgement, digest,
                                  parts_.clock());
  return absl::OkStatus();
}

absl::Status SyncStream::TakeHeartbeat(const v1::ReplicaHeartbeat& heartbeat) {
  if (!IsDigestOrEmpty(heartbeat.active_digest())) {
    return OutOfPlace(kBadActiveDigest);
  }
  if (heartbeat.log_head().log().size() > kWordBytesMax ||
      !IsDigestOrEmpty(heartbeat.log_head().hash())) {
    return OutOfPlace(
        "a log head has a name of at most 100 bytes, and the hash is 64 "
        "lower-case hexadecimal digits");
  }
  {
    const sync::MutexLock lock(mutex_);
    session_->Serves(heartbeat.active_digest());
  }
  parts_.subscribers.Heard(key_, stream_number_, heartbeat, parts_.clock());
  return absl::OkStatus();
}

void SyncStream::Tell(SyncEvent event) {
  const sync::MutexLock lock(mutex_);
  switch (event) {
    case SyncEvent::kMoved:
      if (session_.has_value()) session_->LookForMoves();
      break;
    case SyncEvent::kJoined:
      if (session_.has_value()) GiveWay();
      break;
    case SyncEvent::kTick:
      Tick();
      break;
  }
  Pump();
}

void SyncStream::GiveWay() {
  if (parts_.subscribers.IsNewest(key_, stream_number_)) return;
  End(rpc::WithReason(
      absl::AbortedError("the same subscription was opened again: this stream "
                         "gives way to the newer one"),
      "SUBSCRIPTION_REPLACED"));
}

void SyncStream::Tick() {
  const absl::Time now = parts_.clock();
  if (ended_) {
    // Still here a tick after its end: the replica does not read even that.
    call_.context->TryCancel();
    return;
  }
  if (writing_ && now - write_start_ > parts_.limits.write_timeout) {
    End(WithResume(absl::AbortedError("the replica does not read as fast as "
                                      "it is sent to"),
                   "SLOW_READER"));
    return;
  }
  if (now - last_heard_ >
      kHeartbeatsMissedMax * parts_.limits.heartbeat_interval) {
    End(WithResume(absl::UnavailableError(
                       "the replica sent no heartbeat for three intervals"),
                   "HEARTBEAT_LOST"));
    return;
  }
  if (!session_.has_value()) return;
  session_->LookForMoves();
  session_->HeartbeatDue();
}

void SyncStream::GoAway() {
  const sync::MutexLock lock(mutex_);
  leaving_ = true;
  Pump();
}

void SyncStream::Pump() {
  if (writing_ || ended_) return;
  if (leaving_) {
    if (said_goodbye_ || !session_.has_value()) {
      End(WithResume(absl::UnavailableError("the service is stopping"),
                     "GOING_AWAY"));
      return;
    }
    said_goodbye_ = true;
    v1::SyncResponse goodbye;
    *goodbye.mutable_go_away()->mutable_resume() = session_->resume();
    goodbye.mutable_go_away()->set_reason("GOING_AWAY");
    Write(std::move(goodbye));
    return;
  }
  if (!session_.has_value()) return;
  absl::StatusOr<std::optional<v1::SyncResponse>> next =
      session_->Next(parts_.clock());
  if (!next.ok()) {
    End(ExplainStoreFailure(next.status()));
    return;
  }
  if (next->has_value()) Write(*std::move(*next));
}

void SyncStream::Write(v1::SyncResponse response) {
  outgoing_ = std::move(response);
  writing_ = true;
  write_start_ = parts_.clock();
  StartWrite(&outgoing_);
}

void SyncStream::OnWriteDone(bool ok) {
  const sync::MutexLock lock(mutex_);
  writing_ = false;
  if (!ok) {
    End(absl::CancelledError("the replica has gone"));
    return;
  }
  Pump();
}

void SyncStream::OnCancel() {
  EndNow(absl::CancelledError("the replica has gone"));
}

void SyncStream::EndNow(const absl::Status& status) {
  const sync::MutexLock lock(mutex_);
  End(status);
}

void SyncStream::End(const absl::Status& status) {
  if (ended_) return;
  ended_ = true;
  Finish(parts_.entrance.End(call_, status));
}

absl::Status SyncStream::WithResume(const absl::Status& status,
                                    const char* reason) const {
  const v1::Cursor resume =
      session_.has_value() ? session_->resume() : v1::Cursor();
  return rpc::WithReason(status, reason,
                         {{"epoch", absl::StrCat(resume.epoch())},
                          {"number", absl::StrCat(resume.number())}});
}

void SyncStream::OnDone() {
  channel_registration_.End();
  key_registration_.End();
  live_registration_ = rpc::LiveStreams::Registration();
  if (stream_number_ != 0) {
    parts_.subscribers.Leave(key_, stream_number_, parts_.clock());
  }
  delete this;
}

}  // namespace plumbline::content
