// One WatchDraft stream: progress while the gate runs, then the draft. The
// draft is read on the worker pool, and by nobody while the lock is held. It
// deletes itself when the call is done.

#ifndef PLUMBLINE_CONTENT_SERVICE_RPC_WATCH_STREAM_H_
#define PLUMBLINE_CONTENT_SERVICE_RPC_WATCH_STREAM_H_

#include <grpcpp/support/server_callback.h>

#include <functional>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/rpc/entrance.h"
#include "common/rpc/live_streams.h"
#include "common/sync/mutex.h"
#include "content-service/domain/gate_runner.h"
#include "content-service/domain/ticker.h"
#include "plumbline/content/v1/content_service.pb.h"

namespace plumbline::content {

// What every stream uses; all of it outlives the streams.
struct WatchParts {
  rpc::Entrance& entrance;   // With a pool.
  GateObservers& observers;  // By the name of the draft.
  TickObservers& ticks;
  rpc::LiveStreams& streams;
};

class WatchStream final
    : public grpc::ServerWriteReactor<v1::WatchDraftResponse> {
 public:
  // Reads the draft as it is now; outlives the stream.
  using ReadDraft = std::function<absl::StatusOr<v1::Draft>()>;

  // Serves an admitted call.
  WatchStream(const WatchParts& parts, rpc::Call call,
              const std::string& draft_name, ReadDraft read_draft);

  void OnWriteDone(bool ok) override;
  void OnCancel() override;
  void OnDone() override;

 private:
  void Tell(const GateUpdate& update) ABSL_LOCKS_EXCLUDED(mutex_);
  void OnTick() ABSL_LOCKS_EXCLUDED(mutex_);
  // Writes what there is to say, or has the draft read if that is due.
  void Pump() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // Has the draft read on the pool; where that is full, the next tick tries
  // again.
  void Load() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // The same there. `gate_done`: whatever its state, it is the one to send.
  void LoadDraft(bool gate_done) ABSL_LOCKS_EXCLUDED(mutex_);
  void End(const absl::Status& status) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void EndNow(const absl::Status& status) ABSL_LOCKS_EXCLUDED(mutex_);

  const WatchParts parts_;
  const rpc::Call call_;
  const ReadDraft read_draft_;

  sync::Mutex mutex_;
  // The newest progress that was not sent; older progress is dropped.
  std::optional<v1::GateProgress> progress_ ABSL_GUARDED_BY(mutex_);
  bool gate_done_ ABSL_GUARDED_BY(mutex_) = false;
  // The draft must be read, because the stream begins or the gate is done.
  bool load_due_ ABSL_GUARDED_BY(mutex_) = true;
  // A task on the pool is at work for this stream. The call is not finished
  // before it is done, so that nothing it uses goes away.
  bool loading_ ABSL_GUARDED_BY(mutex_) = false;
  std::optional<v1::Draft> draft_ ABSL_GUARDED_BY(mutex_);  // To be sent.
  bool draft_sent_ ABSL_GUARDED_BY(mutex_) = false;
  v1::WatchDraftResponse outgoing_ ABSL_GUARDED_BY(mutex_);
  bool writing_ ABSL_GUARDED_BY(mutex_) = false;
  bool ended_ ABSL_GUARDED_BY(mutex_) = false;
  grpc::Status end_status_ ABSL_GUARDED_BY(mutex_);

  // Last: they call the above, and are ended by OnDone() before it goes.
  GateObservers::Registration gate_registration_;
  TickObservers::Registration tick_registration_;
  rpc::LiveStreams::Registration live_registration_;
};

}  // namespace plumbline::content

#endif  // PLUMBLINE_CONTENT_SERVICE_RPC_WATCH_STREAM_H_
