// content-service: keeps clinical content, takes it through gate, approval and
// publication, and distributes it to the replicas of triage-service.

#include <chrono>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <string>
#include <utility>

#include "absl/flags/flag.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "common/file/file_system.h"
#include "common/rpc/access.h"
#include "common/rpc/entrance.h"
#include "common/rpc/live_streams.h"
#include "common/rpc/log.h"
#include "common/rpc/metrics.h"
#include "common/rpc/server.h"
#include "common/rpc/service_flags.h"
#include "common/rpc/tokens.h"
#include "common/rpc/worker_pool.h"
#include "common/trust/trust_policy.h"
#include "content-service/domain/store_key.h"
#include "content-service/rpc/content_rpc.h"
#include "content-service/storage/sqlite_content_store.h"
#include "content-service/storage/sqlite_guidance_index.h"

ABSL_FLAG(std::string, database_path, "",
          "The file that holds the content store; made if there is none. "
          "Required.");
ABSL_FLAG(absl::Duration, heartbeat_interval, absl::Seconds(10),
          "How often both sides of a Sync stream say that they are alive; 10ms "
          "to 10m.");
ABSL_FLAG(absl::Duration, sync_write_timeout, absl::Seconds(30),
          "How long one message of a Sync stream may wait for its reader "
          "before the stream is ended; 10ms to 10m.");

ABSL_FLAG(int, sync_streams_per_principal_max, 10'000,
          "How many Sync streams one principal may have open; 1 to 1,000,000.");

namespace plumbline {
namespace {

constexpr int kStreamsMax = 1'000'000;
constexpr char kDefaultAddress[] = "127.0.0.1:8081";
// A draft of 8 MiB, and room for what is around it.
constexpr int kMessageBytesMax = 10 << 20;

struct ContentOptions {
  std::string database_path;
  content::SyncLimits sync;
  content::SubscriberLimits subscribers;
};

// A clock that nobody sets.
absl::Duration Elapsed() {
  return absl::FromChrono(std::chrono::steady_clock::now().time_since_epoch());
}

bool IsInterval(absl::Duration duration) {
  return absl::Milliseconds(10) <= duration && duration <= absl::Minutes(10);
}

absl::StatusOr<ContentOptions> ContentOptionsFromFlags() {
  ContentOptions options = {
      absl::GetFlag(FLAGS_database_path),
      {.heartbeat_interval = absl::GetFlag(FLAGS_heartbeat_interval),
       .write_timeout = absl::GetFlag(FLAGS_sync_write_timeout)},
      {.streams_max = absl::GetFlag(FLAGS_sync_streams_per_principal_max)}};
  std::string faults;
  if (options.database_path.empty()) {
    absl::StrAppend(&faults, "--database_path: is required\n");
  }
  if (!IsInterval(options.sync.heartbeat_interval)) {
    absl::StrAppend(&faults,
                    "--heartbeat_interval: must be from 10ms to 10m\n");
  }
  if (!IsInterval(options.sync.write_timeout)) {
    absl::StrAppend(&faults,
                    "--sync_write_timeout: must be from 10ms to 10m\n");
  }
  if (options.subscribers.streams_max < 1 ||
      options.subscribers.streams_max > kStreamsMax) {
    absl::StrAppend(
        &faults,
        "--sync_streams_per_principal_max: must be from 1 to 1,000,000\n");
  }
  if (faults.empty()) return options;
  faults.pop_back();
  return absl::InvalidArgumentError(faults);
}

absl::Status Serve(const rpc::ServiceOptions& service,
                   const ContentOptions& options,
                   const rpc::AccessTable& access,
                   const rpc::TokenTable& tokens,
                   const trust::TrustPolicy& policy, file::FileSystem& files) {
  rpc::StopSignal stop;
  absl::StatusOr<std::unique_ptr<content::ContentStore>> store =
      content::OpenSqliteContentStore(options.database_path);
  if (!store.ok()) return store.status();
  absl::StatusOr<std::string> key = content::FindOrMakeStoreKey(**store);
  if (!key.ok()) return key.status();

  rpc::Metrics metrics;
  rpc::CallMetrics call_metrics(metrics, access);
  rpc::LiveStreams streams;
  rpc::WorkerPool pool(service.worker_threads,
                       static_cast<std::size_t>(service.worker_queue_max));
  rpc::Entrance entrance(access, tokens, call_metrics, &pool);
  content::ContentRpc content_rpc(
      entrance, **store, policy, streams,
      {.clock = absl::Now,
       .elapsed = Elapsed,
       .sync = options.sync,
       .subscribers = options.subscribers,
       .make_index = content::NewSqliteGuidanceIndex,
       .page_token_key = *std::move(key)});
  const absl::StatusOr<std::unique_ptr<rpc::MetricsPort>> metrics_port =
      rpc::MetricsPort::Open(metrics, service.metrics_address,
                             service.metrics_port_file, files);
  if (!metrics_port.ok()) return metrics_port.status();
  const absl::StatusOr<std::unique_ptr<rpc::Server>> server =
      rpc::Server::Start(service.server, {&content_rpc},
                         {content::kContentServiceName}, streams);
  if (!server.ok()) return server.status();
  (*server)->SetReady(true);
  stop.Wait();
  (*server)->Drain();
  return absl::OkStatus();
}

absl::Status Run(int argc, char** argv) {
  absl::Status status = rpc::ReadCommandLine(
      "Keeps, publishes and distributes clinical content.", argc, argv);
  if (!status.ok()) return status;
  const absl::StatusOr<rpc::ServiceOptions> service =
      rpc::ServiceOptionsFromFlags({.listen_address = kDefaultAddress,
                                    .message_bytes_max = kMessageBytesMax});
  const absl::StatusOr<ContentOptions> options = ContentOptionsFromFlags();
  status = rpc::AllFaults({service.status(), options.status()});
  if (!status.ok()) return status;
  rpc::SetLogLevel(service->log_level);
  const absl::StatusOr<rpc::AccessTable> access =
      rpc::AccessTable::Read({content::kContentServiceName});
  if (!access.ok()) return access.status();
  file::FileSystem& files = file::PosixFileSystem();
  const absl::StatusOr<rpc::TokenTable> tokens =
      rpc::ReadTokenTable(files, service->tokens_path);
  const absl::StatusOr<trust::TrustPolicy> policy =
      trust::ReadTrustPolicy(files, service->trust_policy_path);
  status = rpc::AllFaults({rpc::OfFlag("tokens", tokens.status()),
                           rpc::OfFlag("trust_policy", policy.status())});
  if (!status.ok()) return status;
  if (service->check_config) return absl::OkStatus();
  return Serve(*service, *options, *access, *tokens, *policy, files);
}

}  // namespace
}  // namespace plumbline

int main(int argc, char** argv) {
  const absl::Status status = plumbline::Run(argc, argv);
  if (status.ok()) return EXIT_SUCCESS;
  std::cerr << "content-service: " << status.message() << '\n';
  return EXIT_FAILURE;
}
