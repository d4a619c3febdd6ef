#include "triage-service/content/content_follower.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/fault/failpoint.h"
#include "common/rpc/error_details.h"
#include "common/rpc/log.h"

namespace plumbline::triage {
namespace {

using content::v1::SyncRequest;
using content::v1::SyncResponse;

// After so many silent intervals a stream is given up.
constexpr int kSilentIntervalsMax = 3;
// What a service may ask for.
constexpr absl::Duration kHeartbeatIntervalMin = absl::Milliseconds(10);
constexpr absl::Duration kHeartbeatIntervalMax = absl::Minutes(5);
// A stream that lasted so many intervals was of use.
constexpr int kUsefulIntervalsMin = 3;
// Another replica has our name. It keeps the subscription for a while: two that
// came back at once would take it from each other without end.
constexpr char kReplaced[] = "SUBSCRIPTION_REPLACED";
// Heartbeats that wait to be sent: more say nothing more.
constexpr std::size_t kUnsentMax = 4;

absl::StatusOr<absl::Duration> HeartbeatInterval(
    const content::v1::Subscribed& subscribed) {
  const auto& interval = subscribed.heartbeat_interval();
  const absl::Duration duration =
      absl::Seconds(interval.seconds()) + absl::Nanoseconds(interval.nanos());
  if (duration <= absl::ZeroDuration()) {
    return absl::InvalidArgumentError(
        "the content service gave no heartbeat interval");
  }
  return std::clamp(duration, kHeartbeatIntervalMin, kHeartbeatIntervalMax);
}

// A stream's times: when to send the next heartbeat, and until when something
// must be heard.
class Pulse {
 public:
  explicit Pulse(absl::Duration interval)
      : interval_(absl::ToChronoNanoseconds(interval)),
        start_(Clock::now()),
        beat_(start_ + interval_),
        heard_(start_) {}

  void Heard() { heard_ = Clock::now(); }
  void Sent() { beat_ = Clock::now() + interval_; }

  bool IsSilent() const { return Clock::now() >= SilentAt(); }
  bool IsDue() const { return Clock::now() >= beat_; }
  bool WasOfUse() const {
    return heard_ - start_ >= interval_ * kUsefulIntervalsMin;
  }
  absl::Duration UntilNext() const {
    return absl::FromChrono(std::min(beat_, SilentAt()) - Clock::now());
  }
  absl::Duration silence_max() const {
    return absl::FromChrono(interval_ * kSilentIntervalsMax);
  }

 private:
  using Clock = std::chrono::steady_clock;

  Clock::time_point SilentAt() const {
    return heard_ + interval_ * kSilentIntervalsMax;
  }

  const std::chrono::nanoseconds interval_;
  const Clock::time_point start_;
  Clock::time_point beat_;
  Clock::time_point heard_;
};

// Why a stream ended that we did not end.
absl::Status EndOf(const SyncStream& stream) {
  if (!stream.status().ok()) return stream.status();
  return absl::UnavailableError("the content service ended the stream");
}

void LogEnd(const ChannelKey& key, const absl::Status& status,
            absl::Duration delay) {
  rpc::Log(rpc::LogLevel::kWarning, "sync stream ended",
           {{"channel", ChannelName(key)},
            {"code", absl::StatusCodeToString(status.code())},
            {"reason", rpc::ReasonOf(status)},
            {"message", std::string(status.message())},
            {"retry_seconds", delay}});
}

}  // namespace

ContentFollower::ContentFollower(Options options, ChannelReplica& replica,
                                 ChannelStatus& status, SyncMetrics& metrics)
    : options_(std::move(options)),
      replica_(replica),
      status_(status),
      metrics_(metrics) {}

ContentFollower::~ContentFollower() { Stop(); }

void ContentFollower::Start() {
  thread_ = std::thread([this] { Run(); });
}

void ContentFollower::Stop() {
  {
    sync::MutexLock lock(mutex_);
    stopping_ = true;
    if (stream_ != nullptr) stream_->Cancel();
  }
  changed_.NotifyAll();
  if (!thread_.joinable()) return;
  thread_.join();
  replica_.KeepAge();
}

bool ContentFollower::stopping() const {
  sync::MutexLock lock(mutex_);
  return stopping_;
}

void ContentFollower::Wait(absl::Duration delay) {
  const sync::CondVar::TimePoint deadline =
      std::chrono::steady_clock::now() + absl::ToChronoNanoseconds(delay);
  sync::MutexLock lock(mutex_);
  while (!stopping_ && changed_.WaitUntil(mutex_, deadline)) {
  }
}

void ContentFollower::Run() {
  RetryDelay retry(options_.retry);
  while (!stopping()) {
    bool went_well = false;
    const absl::Status ended = FollowOne(&went_well);
    ReportStatus(/*connected=*/false);
    if (stopping()) return;
    const bool replaced = rpc::ReasonOf(ended) == kReplaced;
    if (replaced) metrics_.Replaced();
    if (went_well) retry.Reset();
    const absl::Duration delay = replaced ? retry.NextLongest() : retry.Next();
    LogEnd(replica_.key(), ended, delay);
    options_.on_wait(delay);
    Wait(delay);
  }
}

absl::Status ContentFollower::FollowOne(bool* went_well) {
  rpc::ChannelOptions content = options_.content;
  content.own_connection = true;
  const auto stub =
      content::v1::ContentService::NewStub(rpc::NewChannel(content));
  SyncStream stream(
      *stub, {.token = options_.token, .timeout = absl::InfiniteDuration()});
  {
    sync::MutexLock lock(mutex_);
    if (stopping_) return absl::CancelledError("stopping");
    stream_ = &stream;
  }
  const absl::StatusOr<absl::Duration> interval = Open(stream);
  absl::Status ended = interval.status();
  if (interval.ok()) ended = Converse(*interval, stream, went_well);
  sync::MutexLock lock(mutex_);
  stream_ = nullptr;
  return ended;
}

absl::StatusOr<absl::Duration> ContentFollower::Open(SyncStream& stream) {
  SyncRequest subscribe;
  *subscribe.mutable_subscribe() = replica_.Subscribe();
  stream.Send(std::move(subscribe));

  SyncResponse first;
  switch (stream.Next(options_.accept_timeout, &first)) {
    case SyncStream::Event::kEnded:
      return EndOf(stream);
    case SyncStream::Event::kTimeout:
      return absl::DeadlineExceededError(absl::StrCat(
          "the content service did not accept the subscription in ",
          absl::FormatDuration(options_.accept_timeout)));
    case SyncStream::Event::kMessage:
      break;
  }
  if (!first.has_subscribed()) {
    return absl::InvalidArgumentError(
        "the content service sent something else before `subscribed`");
  }
  absl::StatusOr<absl::Duration> interval =
      HeartbeatInterval(first.subscribed());
  if (!interval.ok()) return interval.status();
  metrics_.StreamOpened();
  replica_.Take(first, absl::Now());
  ReportStatus(/*connected=*/true);
  return interval;
}

absl::Status ContentFollower::Converse(absl::Duration interval,
                                       SyncStream& stream, bool* went_well) {
  Pulse pulse(interval);
  bool activated = false;
  while (true) {
    SyncResponse message;
    const SyncStream::Event event = stream.Next(pulse.UntilNext(), &message);
    *went_well = activated || pulse.WasOfUse();
    if (event == SyncStream::Event::kEnded) return EndOf(stream);
    if (event == SyncStream::Event::kMessage) {
      const absl::Status status = Take(message, stream, &activated);
      if (!status.ok()) {
        *went_well = false;
        stream.Close(options_.close_timeout);  // A NACK may be on its way.
        return status;
      }
      // The time that it took to verify and compile is not the service's.
      pulse.Heard();
    } else if (pulse.IsSilent()) {
      return absl::UnavailableError(
          absl::StrCat("nothing was heard of the content service for ",
                       absl::FormatDuration(pulse.silence_max())));
    }
    if (pulse.IsDue()) {
      pulse.Sent();
      SyncRequest heartbeat;
      *heartbeat.mutable_heartbeat() = replica_.Heartbeat();
      if (stream.unsent() < kUnsentMax) stream.Send(std::move(heartbeat));
    }
  }
}

absl::Status ContentFollower::Take(const SyncResponse& message,
                                   SyncStream& stream, bool* activated) {
  using content::v1::Acknowledgement;
  ChannelReplica::Reaction reaction = replica_.Take(message, absl::Now());
  ReportStatus(/*connected=*/true);
  if (!reaction.acknowledgement.has_value()) return reaction.stream;

  const Acknowledgement& said = *reaction.acknowledgement;
  if (said.outcome() == Acknowledgement::OUTCOME_ACK) {
    metrics_.Activated({said.cursor().epoch(), said.cursor().number()});
    *activated = true;
    options_.on_active();
  } else {
    metrics_.Refused(said.reason());
  }
  SyncRequest request;
  *request.mutable_acknowledgement() = *std::move(reaction.acknowledgement);
  PLUMBLINE_FAILPOINT("acknowledgement.before-send");
  stream.Send(std::move(request));
  return reaction.stream;
}

void ContentFollower::ReportStatus(bool connected) {
  status_.SetConnected(connected);
  metrics_.SetConnected(connected);
  metrics_.SetCurrent(status_.Get().age.last_current());
}

}  // namespace plumbline::triage
