#include "content-service/rpc/sync_stream.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/fault/failpoint.h"
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

void CheckCursor(const char* field, const v1::Cursor& cursor,
                 RequestChecks& checks) {
  if (cursor.epoch() >= 0 && cursor.number() >= 0) return;
  checks.Add(field, "must not be negative");
}

absl::Status CheckSubscribe(const v1::Subscribe& subscribe,
                            ChannelId* channel) {
  RequestChecks checks;
  *channel = checks.ChannelName("subscribe.channel", subscribe.channel());
  checks.SubscriberId("subscribe.subscriber_id", subscribe.subscriber_id());
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
  CheckCursor("subscribe.cursor", subscribe.cursor(), checks);
  CheckCursor("subscribe.active_cursor", subscribe.active_cursor(), checks);
  return checks.status();
}

absl::Status CheckAcknowledgement(const v1::Acknowledgement& acknowledgement) {
  if (acknowledgement.message().size() > kNackMessageBytesMax ||
      acknowledgement.reason().size() > kWordBytesMax) {
    return OutOfPlace(
        "a NACK has a reason of at most 100 bytes, and a message of at most "
        "1,000");
  }
  if (!IsDigestOrEmpty(acknowledgement.active_digest())) {
    return OutOfPlace(kBadActiveDigest);
  }
  const auto& held = acknowledgement.held_digests();
  if (held.size() > kHeldDigestsMax ||
      !std::all_of(held.begin(), held.end(), trust::IsDigest)) {
    return OutOfPlace(
        "an acknowledgement has at most 64 held digests, each of 64 lower-case "
        "hexadecimal digits");
  }
  return absl::OkStatus();
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
    last_heard_ = parts_.elapsed();
  }
  tick_registration_ =
      parts_.ticks.Add("", [this](const Tick& /*tick*/) { OnTick(); });
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
    last_heard_ = parts_.elapsed();
  }
  const absl::Status status = Take(incoming_);
  if (!status.ok()) EndNow(status);
}

absl::Status SyncStream::Take(const v1::SyncRequest& message) {
  const bool subscribed = stream_number_ != 0;
  if (!subscribed && !message.has_subscribe()) {
    return OutOfPlace("the first message must be subscribe");
  }
  absl::Status status;
  switch (message.message_case()) {
    case v1::SyncRequest::kSubscribe:
      if (subscribed) {
        return OutOfPlace("a stream has one subscribe message, its first");
      }
      return TakeSubscribe(message.subscribe());
    case v1::SyncRequest::kAcknowledgement:
      status = TakeAcknowledgement(message.acknowledgement());
      break;
    case v1::SyncRequest::kHeartbeat:
      status = TakeHeartbeat(message.heartbeat());
      break;
    case v1::SyncRequest::MESSAGE_NOT_SET:
      break;  // Of a kind that a newer replica knows.
  }
  if (status.ok()) ReadNext();
  return status;
}

// Nothing more is read before the session has begun.
absl::Status SyncStream::TakeSubscribe(const v1::Subscribe& subscribe) {
  ChannelId channel;
  const absl::Status status = CheckSubscribe(subscribe, &channel);
  if (!status.ok()) return status;
  key_ = {channel, call_.principal.name, subscribe.subscriber_id()};
  // Registered before the channel is looked at, so that no move is missed.
  const auto tell = [this](const SyncEvent& event) { Tell(event); };
  channel_registration_ = parts_.observers.Add(subscribe.channel(), tell);
  key_registration_ = parts_.observers.Add(ToSubject(key_), tell);
  ChannelView view = parts_.feed.Find(channel);
  if (view != nullptr) return Open(subscribe, std::move(view));
  const sync::MutexLock lock(mutex_);
  if (ended_) return absl::OkStatus();
  loading_ = parts_.entrance.pool()->TrySubmit(
      [this, subscribe] { LoadAndOpen(subscribe); });
  return loading_ ? absl::OkStatus() : rpc::Overloaded();
}

void SyncStream::LoadAndOpen(const v1::Subscribe& subscribe) {
  absl::StatusOr<ChannelView> channel = parts_.feed.Load(key_.channel);
  const absl::Status status =
      channel.ok() ? Open(subscribe, *std::move(channel)) : channel.status();
  const sync::MutexLock lock(mutex_);
  DoneLoading(status);
}

absl::Status SyncStream::Open(const v1::Subscribe& subscribe,
                              ChannelView channel) {
  SyncSession session(parts_.limits.heartbeat_interval);
  const absl::Status status = session.Subscribe(subscribe, std::move(channel));
  if (!status.ok()) return status;
  const absl::StatusOr<StreamNumber> number =
      parts_.subscribers.Join(key_, subscribe, parts_.clock());
  if (!number.ok()) return number.status();
  stream_number_ = *number;
  parts_.observers.Notify(ToSubject(key_), SyncEvent::kJoined);
  const sync::MutexLock lock(mutex_);
  if (ended_) {
    parts_.subscribers.Leave(key_, stream_number_, parts_.clock());
    return absl::OkStatus();
  }
  session_.emplace(std::move(session));
  // It may have moved while nobody could be told.
  session_->Look(parts_.feed.Find(key_.channel));
  GiveWay();
  Pump();
  if (!ended_) StartRead(&incoming_);
  return absl::OkStatus();
}

void SyncStream::Load() {
  if (loading_ || !session_.has_value()) return;
  switch (session_->need()) {
    case SyncSession::Need::kNothing:
      return;
    case SyncSession::Need::kChannel:
      loading_ = parts_.entrance.pool()->TrySubmit([this] { LoadChannel(); });
      return;
    case SyncSession::Need::kMoves:
      loading_ = parts_.entrance.pool()->TrySubmit(
          [this, after = session_->resume()] { LoadMoves(after); });
      return;
  }
}

void SyncStream::LoadChannel() {
  absl::StatusOr<ChannelView> channel = parts_.feed.Load(key_.channel);
  const sync::MutexLock lock(mutex_);
  if (channel.ok()) {
    session_->Loaded(*channel);
    // What happened while it was read may not be in it.
    if (parts_.feed.IsOutdated(*channel)) session_->Look(nullptr);
  }
  DoneLoading(channel.status());
}

void SyncStream::LoadMoves(const v1::Cursor& after) {
  absl::StatusOr<std::vector<v1::ChannelMove>> moves =
      parts_.feed.ReadMoves(key_.channel, after);
  const sync::MutexLock lock(mutex_);
  DoneLoading(moves.ok() ? session_->TakeMoves(*std::move(moves))
                         : moves.status());
}

void SyncStream::DoneLoading(const absl::Status& status) {
  loading_ = false;
  if (ended_) {
    Finish(end_status_);
  } else if (!status.ok()) {
    End(ExplainStoreFailure(status));
  } else {
    Pump();
  }
}

absl::Status SyncStream::TakeAcknowledgement(
    const v1::Acknowledgement& acknowledgement) {
  if (acknowledgement.outcome() == v1::Acknowledgement::OUTCOME_UNSPECIFIED) {
    return OutOfPlace("an acknowledgement must be ACK or NACK");
  }
  if (acknowledgement.outcome() != v1::Acknowledgement::OUTCOME_ACK &&
      acknowledgement.outcome() != v1::Acknowledgement::OUTCOME_NACK) {
    return absl::OkStatus();  // An outcome that a newer replica knows.
  }
  const absl::Status status = CheckAcknowledgement(acknowledgement);
  if (!status.ok()) return status;
  std::string digest;
  v1::Cursor sent;
  {
    const sync::MutexLock lock(mutex_);
    digest = session_->DigestAt(acknowledgement.cursor());
    sent = session_->resume();
    session_->Serves(acknowledgement.active_digest());
    session_->Holds({acknowledgement.held_digests().begin(),
                     acknowledgement.held_digests().end()});
    Pump();  // What it holds now may have been withdrawn.
  }
  parts_.subscribers.Acknowledged(key_, stream_number_, acknowledgement, digest,
                                  sent, parts_.clock());
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
  v1::Cursor sent;
  {
    const sync::MutexLock lock(mutex_);
    sent = session_->resume();
    session_->Serves(heartbeat.active_digest());
    Pump();
  }
  parts_.subscribers.Heard(key_, stream_number_, heartbeat, sent,
                           parts_.clock());
  return absl::OkStatus();
}

void SyncStream::Tell(SyncEvent event) {
  const sync::MutexLock lock(mutex_);
  switch (event) {
    case SyncEvent::kMoved:
      if (session_.has_value()) session_->Look(parts_.feed.Find(key_.channel));
      break;
    case SyncEvent::kJoined:
      if (session_.has_value()) GiveWay();
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

void SyncStream::OnTick() {
  const absl::Duration now = parts_.elapsed();
  const sync::MutexLock lock(mutex_);
  if (ended_) {
    // A whole interval after its end: the replica does not read even that.
    if (now - end_time_ >= parts_.limits.heartbeat_interval) {
      call_.context->TryCancel();
    }
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
  if (session_.has_value()) session_->HeartbeatDue();
  Pump();
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
  Load();
  absl::StatusOr<std::optional<v1::SyncResponse>> next =
      session_->Next(parts_.clock());
  if (!next.ok()) {
    End(ExplainStoreFailure(next.status()));
    return;
  }
  if (next->has_value()) Write(*std::move(*next));
}

void SyncStream::Write(v1::SyncResponse response) {
  PLUMBLINE_FAILPOINT("sync.before-send");
  outgoing_ = std::move(response);
  writing_ = true;
  write_start_ = parts_.elapsed();
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
  end_time_ = parts_.elapsed();
  end_status_ = parts_.entrance.End(call_, status);
  if (session_.has_value()) {
    parts_.subscribers.Leave(key_, stream_number_, parts_.clock());
  }
  if (!loading_) Finish(end_status_);
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
  tick_registration_.End();
  channel_registration_.End();
  key_registration_.End();
  live_registration_ = rpc::LiveStreams::Registration();
  {
    // A task of the pool may be leaving.
    const sync::MutexLock lock(mutex_);
  }
  delete this;
}

}  // namespace plumbline::content
