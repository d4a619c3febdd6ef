// How one channel stands with the content service: whether a stream is open,
// whether what is served is the newest, and why the newest was refused. Written
// by the one that follows the channel, read by those that answer calls. Free of
// gRPC. Thread-safe.

#ifndef PLUMBLINE_TRIAGE_SERVICE_CONTENT_CHANNEL_STATUS_H_
#define PLUMBLINE_TRIAGE_SERVICE_CONTENT_CHANNEL_STATUS_H_

#include <map>
#include <optional>
#include <string>

#include "absl/time/time.h"
#include "common/sync/mutex.h"
#include "triage-service/content/content_age.h"
#include "triage-service/domain/release_table.h"

namespace plumbline::triage {

// A move or its content that was refused.
struct RefusedMove {
  Cursor cursor;
  std::string digest;   // Of the content; empty where the move was refused.
  std::string reason;   // A code of docs/errors.md.
  std::string message;  // For an operator.
  absl::Time time;
};

class ChannelStatus {
 public:
  struct Snapshot {
    bool connected = false;
    ContentAge age;
    // Missing where nothing was refused since the last move that was accepted.
    std::optional<RefusedMove> refused;
  };

  // A stream was opened, or ended.
  void SetConnected(bool connected) ABSL_LOCKS_EXCLUDED(mutex_);

  // The content service says that `newest` is the newest move, while `active`
  // is served.
  void Heard(Cursor newest, Cursor active, absl::Time now)
      ABSL_LOCKS_EXCLUDED(mutex_);

  // Content was loaded that was the newest at `time`.
  void Loaded(absl::Time time) ABSL_LOCKS_EXCLUDED(mutex_);

  void Accepted() ABSL_LOCKS_EXCLUDED(mutex_);
  void Refused(RefusedMove refused) ABSL_LOCKS_EXCLUDED(mutex_);

  Snapshot Get() const ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  mutable sync::Mutex mutex_;
  Snapshot now_ ABSL_GUARDED_BY(mutex_);
};

// One for each channel that is followed; the map itself does not change once
// the service has started.
using ChannelStatuses = std::map<ChannelKey, ChannelStatus>;

}  // namespace plumbline::triage

#endif  // PLUMBLINE_TRIAGE_SERVICE_CONTENT_CHANNEL_STATUS_H_
