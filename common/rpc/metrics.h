// The metrics of a process (Prometheus), and the port that shows them. Every
// name is documented in docs/metrics.md. Thread-safe.

#ifndef PLUMBLINE_COMMON_RPC_METRICS_H_
#define PLUMBLINE_COMMON_RPC_METRICS_H_

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>

#include <map>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "common/file/file_system.h"
#include "common/rpc/access.h"

namespace plumbline::rpc {

// One registry. Names open with `plumbline_`; labels take few values, and never
// one from a request.
class Metrics {
 public:
  Metrics();
  ~Metrics();

  // For a layer's own metrics:
  //   prometheus::BuildCounter().Name("plumbline_…").Help("…").Register(
  //       metrics.registry()).Add({{"channel", id}})
  prometheus::Registry& registry();

  // Shorter, for a metric without labels.
  prometheus::Counter& NewCounter(const std::string& name,
                                  const std::string& help);
  prometheus::Gauge& NewGauge(const std::string& name, const std::string& help);

  // The text of the registry, as a scrape gets it.
  std::string Text() const;

 private:
  friend class MetricsPort;

  const std::shared_ptr<prometheus::Registry> registry_;
};

// What every service counts of its calls.
class CallMetrics {
 public:
  // Makes the series of every method of `access` at once, so that the first
  // calls cost no more than later ones.
  CallMetrics(Metrics& metrics, const AccessTable& access);
  ~CallMetrics();

  void Started(const MethodAccess& method);
  void Finished(const MethodAccess& method, absl::StatusCode code,
                absl::Duration duration);

 private:
  struct Method;

  Method& Of(const MethodAccess& method);

  std::map<std::string, std::unique_ptr<Method>, std::less<>> methods_;
};

// Shows `metrics` at http://<address>/metrics for as long as it lives.
class MetricsPort {
 public:
  // `address` is "host:port"; port 0 takes a free one.
  static absl::StatusOr<std::unique_ptr<MetricsPort>> Open(
      const Metrics& metrics, const std::string& address);

  // As the flags ask for it: null where `address` is empty; where `port_file`
  // is not, it receives the bound port, as decimal digits and a line feed.
  static absl::StatusOr<std::unique_ptr<MetricsPort>> Open(
      const Metrics& metrics, const std::string& address,
      const std::string& port_file, file::FileSystem& files);
  ~MetricsPort();

  int port() const;

 private:
  struct Exposer;

  explicit MetricsPort(std::unique_ptr<Exposer> exposer);

  const std::unique_ptr<Exposer> exposer_;
};

}  // namespace plumbline::rpc

#endif  // PLUMBLINE_COMMON_RPC_METRICS_H_
