// What is counted of one channel's synchronisation (docs/metrics.md).
// Thread-safe.

#ifndef PLUMBLINE_TRIAGE_SERVICE_CONTENT_SYNC_METRICS_H_
#define PLUMBLINE_TRIAGE_SERVICE_CONTENT_SYNC_METRICS_H_

#include <prometheus/counter.h>
#include <prometheus/family.h>
#include <prometheus/gauge.h>

#include <map>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "common/rpc/metrics.h"
#include "triage-service/domain/release_table.h"

namespace plumbline::triage {

class SyncMetrics {
 public:
  SyncMetrics(rpc::Metrics& metrics, const ChannelKey& key);

  void SetConnected(bool connected);
  // Until when the content was known to be the newest.
  void SetCurrent(absl::Time last_current);
  void StreamOpened();
  // Another replica of this one's name took a stream.
  void Replaced();
  void Activated(Cursor cursor);
  // `reason` is a code of docs/errors.md.
  void Refused(absl::string_view reason);

 private:
  const std::map<std::string, std::string> labels_;
  prometheus::Gauge& connected_;
  prometheus::Gauge& current_;
  prometheus::Gauge& epoch_;
  prometheus::Gauge& number_;
  prometheus::Counter& streams_;
  prometheus::Counter& replaced_;
  prometheus::Counter& activations_;
  prometheus::Family<prometheus::Counter>& refusals_;
};

}  // namespace plumbline::triage

#endif  // PLUMBLINE_TRIAGE_SERVICE_CONTENT_SYNC_METRICS_H_
