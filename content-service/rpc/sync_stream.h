// One Sync stream: reads what the replica says, and writes what its session has
// to say, one message at a time. What must be read from the store for it is
// read on the worker pool, and by nobody while the lock is held. It deletes
// itself when the call is done.

#ifndef PLUMBLINE_CONTENT_SERVICE_RPC_SYNC_STREAM_H_
#define PLUMBLINE_CONTENT_SERVICE_RPC_SYNC_STREAM_H_

#include <grpcpp/support/server_callback.h>

#include <memory>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "common/rpc/entrance.h"
#include "common/rpc/live_streams.h"
#include "common/sync/mutex.h"
#include "content-service/domain/actor.h"
#include "content-service/domain/channel_feed.h"
#include "content-service/domain/observers.h"
#include "content-service/domain/subscriber_registry.h"
#include "content-service/domain/sync_session.h"
#include "content-service/domain/ticker.h"
#include "plumbline/content/v1/content_service.pb.h"

namespace plumbline::content {

// What a stream is told of.
enum class SyncEvent {
  kMoved,   // The channel has moved.
  kJoined,  // A stream with the same key has begun.
};

using SyncObservers = Observers<SyncEvent>;

// How streams are kept alive and in bounds.
struct SyncLimits {
  absl::Duration heartbeat_interval = absl::Seconds(10);
  // How long one message may wait for its reader.
  absl::Duration write_timeout = absl::Seconds(30);
};

// What every stream uses; all of it outlives the streams.
struct SyncParts {
  rpc::Entrance& entrance;  // With a pool.
  ChannelFeed& feed;
  SubscriberRegistry& subscribers;
  SyncObservers& observers;  // By channel name, and by ToSubject(key).
  TickObservers& ticks;
  rpc::LiveStreams& streams;
  Clock clock;
  Stopwatch elapsed;
  SyncLimits limits;
};

class SyncStream final
    : public grpc::ServerBidiReactor<v1::SyncRequest, v1::SyncResponse> {
 public:
  // Serves an admitted call.
  SyncStream(const SyncParts& parts, rpc::Call call);

  void OnReadDone(bool ok) override;
  void OnWriteDone(bool ok) override;
  void OnCancel() override;
  void OnDone() override;

 private:
  // Takes in one message; the status is why the stream must end.
  absl::Status Take(const v1::SyncRequest& message);
  absl::Status TakeSubscribe(const v1::Subscribe& subscribe)
      ABSL_LOCKS_EXCLUDED(mutex_);
  absl::Status TakeAcknowledgement(const v1::Acknowledgement& acknowledgement)
      ABSL_LOCKS_EXCLUDED(mutex_);
  absl::Status TakeHeartbeat(const v1::ReplicaHeartbeat& heartbeat)
      ABSL_LOCKS_EXCLUDED(mutex_);

  // Begins the session, for a channel that stands so.
  absl::Status Open(const v1::Subscribe& subscribe, ChannelView channel)
      ABSL_LOCKS_EXCLUDED(mutex_);
  // The same on the pool, for a channel that must be loaded.
  void LoadAndOpen(const v1::Subscribe& subscribe) ABSL_LOCKS_EXCLUDED(mutex_);

  // Has what the session needs read on the pool; where that is full, the next
  // tick tries again.
  void Load() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void LoadChannel() ABSL_LOCKS_EXCLUDED(mutex_);
  void LoadMoves(const v1::Cursor& after) ABSL_LOCKS_EXCLUDED(mutex_);
  // What was read has been taken in, or could not be.
  void DoneLoading(const absl::Status& status)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  void Tell(SyncEvent event) ABSL_LOCKS_EXCLUDED(mutex_);
  void OnTick() ABSL_LOCKS_EXCLUDED(mutex_);
  void ReadNext() ABSL_LOCKS_EXCLUDED(mutex_);
  // Ends the stream if a newer one of the same key has begun.
  void GiveWay() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void GoAway() ABSL_LOCKS_EXCLUDED(mutex_);
  // Writes the next message, if none is being written.
  void Pump() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void Write(v1::SyncResponse response) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void End(const absl::Status& status) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void EndNow(const absl::Status& status) ABSL_LOCKS_EXCLUDED(mutex_);
  // Why the stream ends, with the move to resume from.
  absl::Status WithResume(const absl::Status& status, const char* reason) const
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const SyncParts parts_;
  const rpc::Call call_;

  v1::SyncRequest incoming_;
  SubscriberKey key_;               // Set by the subscription, then constant.
  StreamNumber stream_number_ = 0;  // As key_.

  sync::Mutex mutex_;
  std::optional<SyncSession> session_ ABSL_GUARDED_BY(mutex_);
  v1::SyncResponse outgoing_ ABSL_GUARDED_BY(mutex_);
  bool writing_ ABSL_GUARDED_BY(mutex_) = false;
  absl::Duration write_start_ ABSL_GUARDED_BY(mutex_);
  absl::Duration last_heard_ ABSL_GUARDED_BY(mutex_);
  // A task on the pool is at work for this stream. The call is not finished
  // before it is done, so that nothing it uses goes away.
  bool loading_ ABSL_GUARDED_BY(mutex_) = false;
  bool leaving_ ABSL_GUARDED_BY(mutex_) = false;  // A GoAway is to be sent.
  bool said_goodbye_ ABSL_GUARDED_BY(mutex_) = false;
  bool ended_ ABSL_GUARDED_BY(mutex_) = false;
  absl::Duration end_time_ ABSL_GUARDED_BY(mutex_);
  grpc::Status end_status_ ABSL_GUARDED_BY(mutex_);

  // Last: they call the above, and are ended by OnDone() before it goes.
  TickObservers::Registration tick_registration_;
  SyncObservers::Registration channel_registration_;
  SyncObservers::Registration key_registration_;
  rpc::LiveStreams::Registration live_registration_;
};

// The subject under which a stream hears of a newer one of the same key.
std::string ToSubject(const SubscriberKey& key);

}  // namespace plumbline::content

#endif  // PLUMBLINE_CONTENT_SERVICE_RPC_SYNC_STREAM_H_
