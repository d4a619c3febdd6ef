#include "common/rpc/metrics.h"

#include <prometheus/exposer.h>
#include <prometheus/text_serializer.h>

#include <array>
#include <atomic>
#include <exception>

#include "absl/strings/str_cat.h"
#include "common/rpc/version.h"

namespace plumbline::rpc {
namespace {

// From a decision in memory to a call that waits for a slow disk.
const prometheus::Histogram::BucketBoundaries& DurationBuckets() {
  static const auto& buckets = *new prometheus::Histogram::BucketBoundaries{
      0.00005, 0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01,
      0.025,   0.05,   0.1,     0.25,   0.5,   1,      2.5,   10};
  return buckets;
}

constexpr std::size_t kCodeCount =
    static_cast<std::size_t>(absl::StatusCode::kUnauthenticated) + 1;

}  // namespace

Metrics::Metrics() : registry_(std::make_shared<prometheus::Registry>()) {
  prometheus::BuildGauge()
      .Name("plumbline_build_info")
      .Help("1, with the version of the program as a label.")
      .Register(*registry_)
      .Add({{"version", Version()}})
      .Set(1);
}

Metrics::~Metrics() = default;

prometheus::Registry& Metrics::registry() { return *registry_; }

prometheus::Counter& Metrics::NewCounter(const std::string& name,
                                         const std::string& help) {
  return prometheus::BuildCounter()
      .Name(name)
      .Help(help)
      .Register(*registry_)
      .Add({});
}

prometheus::Gauge& Metrics::NewGauge(const std::string& name,
                                     const std::string& help) {
  return prometheus::BuildGauge()
      .Name(name)
      .Help(help)
      .Register(*registry_)
      .Add({});
}

std::string Metrics::Text() const {
  return prometheus::TextSerializer().Serialize(registry_->Collect());
}

struct CallMetrics::Method {
  std::string name;
  prometheus::Family<prometheus::Counter>* calls = nullptr;
  // By code; made with the first call that ends with it, so that a scrape has
  // only the codes that occur.
  std::array<std::atomic<prometheus::Counter*>, kCodeCount> by_code = {};
  prometheus::Histogram* duration = nullptr;
  prometheus::Gauge* in_flight = nullptr;
};

CallMetrics::CallMetrics(Metrics& metrics, const AccessTable& access) {
  auto& calls = prometheus::BuildCounter()
                    .Name("plumbline_calls_total")
                    .Help("Calls that ended, by method and status code.")
                    .Register(metrics.registry());
  auto& durations =
      prometheus::BuildHistogram()
          .Name("plumbline_call_duration_seconds")
          .Help("From the arrival of a call to its answer, by method.")
          .Register(metrics.registry());
  auto& in_flight = prometheus::BuildGauge()
                        .Name("plumbline_calls_in_flight")
                        .Help("Calls and streams that are open, by method.")
                        .Register(metrics.registry());
  for (const auto& [path, method] : access.methods()) {
    auto series = std::make_unique<Method>();
    series->name = method.short_name;
    series->calls = &calls;
    series->duration =
        &durations.Add({{"method", method.short_name}}, DurationBuckets());
    series->in_flight = &in_flight.Add({{"method", method.short_name}});
    methods_.emplace(path, std::move(series));
  }
}

CallMetrics::~CallMetrics() = default;

void CallMetrics::Started(const MethodAccess& method) {
  Of(method).in_flight->Increment();
}

void CallMetrics::Finished(const MethodAccess& method, absl::StatusCode code,
                           absl::Duration duration) {
  Method& series = Of(method);
  series.in_flight->Decrement();
  series.duration->Observe(absl::ToDoubleSeconds(duration));
  std::atomic<prometheus::Counter*>& slot =
      series.by_code[static_cast<std::size_t>(code) % kCodeCount];
  prometheus::Counter* counter = slot.load(std::memory_order_acquire);
  if (counter == nullptr) {
    counter = &series.calls->Add(
        {{"method", series.name}, {"code", absl::StatusCodeToString(code)}});
    slot.store(counter, std::memory_order_release);
  }
  counter->Increment();
}

CallMetrics::Method& CallMetrics::Of(const MethodAccess& method) {
  return *methods_.find(method.path)->second;
}

struct MetricsPort::Exposer {
  explicit Exposer(const std::string& address) : exposer(address) {}

  prometheus::Exposer exposer;
};

absl::StatusOr<std::unique_ptr<MetricsPort>> MetricsPort::Open(
    const Metrics& metrics, const std::string& address) {
  try {
    auto exposer = std::make_unique<Exposer>(address);
    exposer->exposer.RegisterCollectable(metrics.registry_);
    return std::unique_ptr<MetricsPort>(new MetricsPort(std::move(exposer)));
  } catch (const std::exception& error) {
    return absl::UnavailableError(
        absl::StrCat("cannot show metrics on '", address, "': ", error.what()));
  }
}

absl::StatusOr<std::unique_ptr<MetricsPort>> MetricsPort::Open(
    const Metrics& metrics, const std::string& address,
    const std::string& port_file, file::FileSystem& files) {
  if (address.empty()) return nullptr;
  absl::StatusOr<std::unique_ptr<MetricsPort>> port = Open(metrics, address);
  if (!port.ok() || port_file.empty()) return port;
  const absl::Status written = file::WriteFileAtomically(
      files, port_file, absl::StrCat((*port)->port(), "\n"));
  if (!written.ok()) return written;
  return port;
}

MetricsPort::MetricsPort(std::unique_ptr<Exposer> exposer)
    : exposer_(std::move(exposer)) {}

MetricsPort::~MetricsPort() = default;

int MetricsPort::port() const {
  return exposer_->exposer.GetListeningPorts().front();
}

}  // namespace plumbline::rpc
