// One WatchDraft stream: progress while the gate runs, then the draft. It
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
#include "plumbline/content/v1/content_service.pb.h"

namespace plumbline::content {

class WatchStream final
    : public grpc::ServerWriteReactor<v1::WatchDraftResponse> {
 public:
  // Reads the draft as it is now.
  using ReadDraft = std::function<absl::StatusOr<v1::Draft>()>;

  // Serves an admitted call. What is given outlives the stream.
  WatchStream(rpc::Entrance& entrance, rpc::Call call, GateObservers& observers,
              rpc::LiveStreams& streams, const std::string& draft_name,
              ReadDraft read_draft);

  void OnWriteDone(bool ok) override;
  void OnCancel() override;
  void OnDone() override;

 private:
  void Tell(const GateUpdate& update) ABSL_LOCKS_EXCLUDED(mutex_);
  void Pump() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void End(const absl::Status& status) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void EndNow(const absl::Status& status) ABSL_LOCKS_EXCLUDED(mutex_);

  rpc::Entrance& entrance_;
  const rpc::Call call_;
  const ReadDraft read_draft_;

  sync::Mutex mutex_;
  // The newest progress that was not sent; older progress is dropped.
  std::optional<v1::GateProgress> progress_ ABSL_GUARDED_BY(mutex_);
  bool draft_due_ ABSL_GUARDED_BY(mutex_) = false;
  bool draft_sent_ ABSL_GUARDED_BY(mutex_) = false;
  v1::WatchDraftResponse outgoing_ ABSL_GUARDED_BY(mutex_);
  bool writing_ ABSL_GUARDED_BY(mutex_) = false;
  bool ended_ ABSL_GUARDED_BY(mutex_) = false;

  GateObservers::Registration registration_;
  rpc::LiveStreams::Registration live_registration_;
};

}  // namespace plumbline::content

#endif  // PLUMBLINE_CONTENT_SERVICE_RPC_WATCH_STREAM_H_
