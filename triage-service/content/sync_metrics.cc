#include "triage-service/content/sync_metrics.h"

namespace plumbline::triage {
namespace {

using Labels = std::map<std::string, std::string>;

prometheus::Gauge& NewGauge(rpc::Metrics& metrics, const Labels& labels,
                            const std::string& name, const std::string& help) {
  return prometheus::BuildGauge()
      .Name(name)
      .Help(help)
      .Register(metrics.registry())
      .Add(labels);
}

prometheus::Family<prometheus::Counter>& NewCounters(rpc::Metrics& metrics,
                                                     const std::string& name,
                                                     const std::string& help) {
  return prometheus::BuildCounter().Name(name).Help(help).Register(
      metrics.registry());
}

}  // namespace

SyncMetrics::SyncMetrics(rpc::Metrics& metrics, const ChannelKey& key)
    : labels_{{"pathway", key.pathway_id}, {"channel", key.channel_id}},
      connected_(NewGauge(metrics, labels_, "plumbline_sync_connected",
                          "Whether a Sync stream is open: 1 or 0.")),
      current_(NewGauge(
          metrics, labels_, "plumbline_content_current_timestamp_seconds",
          "When the active content was last known to be the newest.")),
      epoch_(NewGauge(metrics, labels_, "plumbline_content_move_epoch",
                      "The epoch of the active move.")),
      number_(NewGauge(metrics, labels_, "plumbline_content_move_number",
                       "The number of the active move in its epoch.")),
      streams_(NewCounters(metrics, "plumbline_sync_streams_total",
                           "Sync streams that the content service accepted.")
                   .Add(labels_)),
      replaced_(NewCounters(metrics, "plumbline_sync_replaced_total",
                            "Sync streams that another replica of the same "
                            "name took.")
                    .Add(labels_)),
      activations_(
          NewCounters(metrics, "plumbline_content_activations_total",
                      "Releases that became active, from disk or by Sync.")
              .Add(labels_)),
      refusals_(
          NewCounters(metrics, "plumbline_content_refusals_total",
                      "Moves or contents that were refused, by reason.")) {}

void SyncMetrics::SetConnected(bool connected) {
  connected_.Set(connected ? 1 : 0);
}

void SyncMetrics::SetCurrent(absl::Time last_current) {
  if (last_current == absl::InfinitePast()) return;
  current_.Set(absl::ToDoubleSeconds(last_current - absl::UnixEpoch()));
}

void SyncMetrics::StreamOpened() { streams_.Increment(); }

void SyncMetrics::Replaced() { replaced_.Increment(); }

void SyncMetrics::Activated(Cursor cursor) {
  activations_.Increment();
  epoch_.Set(static_cast<double>(cursor.epoch));
  number_.Set(static_cast<double>(cursor.number));
}

void SyncMetrics::Refused(absl::string_view reason) {
  Labels labels = labels_;
  labels["reason"] = std::string(reason);
  refusals_.Add(labels).Increment();
}

}  // namespace plumbline::triage
