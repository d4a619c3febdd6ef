// Follows one channel of the content service in a thread of its own: one Sync
// stream after the other, for ever, with a jittered and bounded wait between
// them. What happens to the channel's content is ChannelReplica's; this is
// about streams and time.

#ifndef PLUMBLINE_TRIAGE_SERVICE_CONTENT_CONTENT_FOLLOWER_H_
#define PLUMBLINE_TRIAGE_SERVICE_CONTENT_CONTENT_FOLLOWER_H_

#include <functional>
#include <string>
#include <thread>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/rpc/client_channel.h"
#include "common/sync/mutex.h"
#include "triage-service/content/channel_replica.h"
#include "triage-service/content/channel_status.h"
#include "triage-service/content/retry_delay.h"
#include "triage-service/content/sync_metrics.h"
#include "triage-service/content/sync_stream.h"

namespace plumbline::triage {

class ContentFollower {
 public:
  struct Options {
    // Of the content service. A connection is made anew for each stream, so
    // that nothing but `retry` decides when it is tried.
    rpc::ChannelOptions content;
    // The replica's token for the content service.
    std::string token;
    RetryDelay::Options retry;
    // How long the service may take to accept a subscription.
    absl::Duration accept_timeout = absl::Seconds(10);
    // How long a stream that this side ends may take to end in good order, so
    // that the service reads why.
    absl::Duration close_timeout = absl::Seconds(2);
    // Called when a release became active.
    std::function<void()> on_active = [] {};
    // Called when a stream has ended, with the wait before the next one.
    std::function<void(absl::Duration)> on_wait = [](absl::Duration) {};
  };

  // All must outlive this.
  ContentFollower(Options options, ChannelReplica& replica,
                  ChannelStatus& status, SyncMetrics& metrics);

  // As Stop().
  ~ContentFollower();

  void Start();

  // Ends the stream and the thread. What is active stays so.
  void Stop();

 private:
  void Run();
  // Follows one stream to its end, and says why it ended. `*went_well` tells
  // whether it was of use: it made something active, or lasted several
  // heartbeats, and nothing went wrong on this side.
  absl::Status FollowOne(bool* went_well);
  // Subscribes; returns how often to send a heartbeat.
  absl::StatusOr<absl::Duration> Open(SyncStream& stream);
  absl::Status Converse(absl::Duration interval, SyncStream& stream,
                        bool* went_well);
  // `*activated` becomes true where the message made something active.
  absl::Status Take(const content::v1::SyncResponse& message,
                    SyncStream& stream, bool* activated);
  void ReportStatus(bool connected);
  // Waits, or returns at once when stopping.
  void Wait(absl::Duration delay) ABSL_LOCKS_EXCLUDED(mutex_);
  bool stopping() const ABSL_LOCKS_EXCLUDED(mutex_);

  const Options options_;
  ChannelReplica& replica_;
  ChannelStatus& status_;
  SyncMetrics& metrics_;
  std::thread thread_;
  mutable sync::Mutex mutex_;
  sync::CondVar changed_;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  SyncStream* stream_ ABSL_GUARDED_BY(mutex_) = nullptr;
};

}  // namespace plumbline::triage

#endif  // PLUMBLINE_TRIAGE_SERVICE_CONTENT_CONTENT_FOLLOWER_H_
