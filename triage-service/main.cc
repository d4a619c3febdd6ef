// triage-service: follows channels of a content-service and decides intakes by
// their active releases.

#include <unistd.h>

#include <cstdlib>
#include <functional>
#include <iostream>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/flags/flag.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "common/file/file_system.h"
#include "common/pathway/names.h"
#include "common/rpc/access.h"
#include "common/rpc/client_channel.h"
#include "common/rpc/entrance.h"
#include "common/rpc/live_streams.h"
#include "common/rpc/log.h"
#include "common/rpc/metrics.h"
#include "common/rpc/server.h"
#include "common/rpc/service_flags.h"
#include "common/rpc/tokens.h"
#include "common/rpc/version.h"
#include "common/rpc/worker_pool.h"
#include "common/trust/trust_policy.h"
#include "triage-service/content/channel_list.h"
#include "triage-service/content/channel_replica.h"
#include "triage-service/content/channel_status.h"
#include "triage-service/content/content_follower.h"
#include "triage-service/content/state_directory.h"
#include "triage-service/content/sync_metrics.h"
#include "triage-service/domain/release_table.h"
#include "triage-service/rpc/assessor.h"
#include "triage-service/rpc/triage_rpc.h"

ABSL_FLAG(std::string, content_address, "",
          "host:port of the content-service to follow; beyond loopback only "
          "with --allow_insecure. Required.");
ABSL_FLAG(std::string, content_token_file, "",
          "File that holds this replica's token for the content-service: one "
          "line, readable by its owner alone. Required.");
ABSL_FLAG(std::string, channels, "",
          "The channels to follow, as <pathway>/<channel>, separated by "
          "commas: back-pain/stable. Required.");
ABSL_FLAG(std::string, state_dir, "",
          "Folder for the last-known-good of each channel. Required.");
ABSL_FLAG(std::string, replica_id, "",
          "The name of this replica, unique among those that use its token: 1 "
          "to 63 characters of [a-z0-9-]. Empty: the host's name.");
ABSL_FLAG(absl::Duration, content_max_age, absl::Hours(24),
          "Content that was not known to be the newest for longer is called "
          "stale; it still decides. At least 1s.");
ABSL_FLAG(std::int32_t, content_bytes_max, 8 << 20,
          "The largest content taken, in bytes; 1,024 to 268,435,456.");
ABSL_FLAG(std::int32_t, retain_releases, 2,
          "How many releases before the active one can still be pinned; 0 to "
          "63.");
ABSL_FLAG(absl::Duration, retain_time, absl::Hours(1),
          "How long a release before the active one can still be pinned, "
          "however many there are; 0s to 168h.");
ABSL_FLAG(absl::Duration, sync_retry_max, absl::Seconds(30),
          "The longest wait before the content-service is tried again; 1s to "
          "1h.");
ABSL_FLAG(std::string, decision_log, "off",
          "What becomes of a record of each assessment: off (no names, no "
          "idempotency, and every answer says so). A durable log is not built "
          "yet.");

namespace plumbline::triage {
namespace {

constexpr char kService[] = "plumbline.triage.v1.TriageService";
constexpr char kDefaultAddress[] = "127.0.0.1:8082";
constexpr std::size_t kHostNameBytesMax = 256;

struct TriageOptions {
  std::string content_address;
  std::string content_token_path;
  std::vector<ChannelKey> channels;
  std::string state_dir;
  std::string replica_id;
  absl::Duration content_age_max;
  std::size_t content_bytes_max = 0;
  Retention retention;
  absl::Duration sync_retry_max;
};

std::string HostName() {
  std::string name(kHostNameBytesMax, '\0');
  if (gethostname(name.data(), name.size() - 1) != 0) return "";
  name.resize(name.find('\0'));
  return absl::AsciiStrToLower(name);
}

// INVALID_ARGUMENT names every flag whose value is missing or out of range.
absl::StatusOr<TriageOptions> TriageOptionsFromFlags(bool allow_insecure) {
  std::vector<std::string> faults;
  const auto require = [&faults](bool holds, absl::string_view fault) {
    if (!holds) faults.emplace_back(fault);
  };
  TriageOptions options{
      .content_address = absl::GetFlag(FLAGS_content_address),
      .content_token_path = absl::GetFlag(FLAGS_content_token_file),
      .state_dir = absl::GetFlag(FLAGS_state_dir),
      .replica_id = absl::GetFlag(FLAGS_replica_id),
      .content_age_max = absl::GetFlag(FLAGS_content_max_age),
      .retention = {.time = absl::GetFlag(FLAGS_retain_time)},
      .sync_retry_max = absl::GetFlag(FLAGS_sync_retry_max)};
  require(!options.content_address.empty(), "--content_address: is required");
  require(options.content_address.empty() || allow_insecure ||
              rpc::IsLoopbackTarget(options.content_address),
          absl::StrCat("--content_address: '", options.content_address,
                       "' is not loopback, and the token would travel in "
                       "plaintext: follow a service on this machine, or accept "
                       "it with --allow_insecure"));
  require(!options.content_token_path.empty(),
          "--content_token_file: is required");
  require(!options.state_dir.empty(), "--state_dir: is required");
  const bool is_named = !options.replica_id.empty();
  if (!is_named) options.replica_id = HostName();
  require(
      pathway::IsHandle(options.replica_id),
      absl::StrCat("--replica_id: must be ", pathway::kHandleForm,
                   is_named ? "" : "; the host's name is not, so give one"));
  require(options.content_age_max >= absl::Seconds(1),
          "--content_max_age: must be at least 1s");
  const std::int32_t bytes_max = absl::GetFlag(FLAGS_content_bytes_max);
  require(1024 <= bytes_max && bytes_max <= (256 << 20),
          "--content_bytes_max: must be from 1,024 to 268,435,456");
  options.content_bytes_max = static_cast<std::size_t>(bytes_max);
  const std::int32_t earlier = absl::GetFlag(FLAGS_retain_releases);
  require(0 <= earlier && earlier < static_cast<int>(kHeldReleasesMax),
          "--retain_releases: must be from 0 to 63");
  options.retention.earlier_count = static_cast<std::size_t>(earlier);
  require(absl::ZeroDuration() <= options.retention.time &&
              options.retention.time <= absl::Hours(168),
          "--retain_time: must be from 0s to 168h");
  require(absl::Seconds(1) <= options.sync_retry_max &&
              options.sync_retry_max <= absl::Hours(1),
          "--sync_retry_max: must be from 1s to 1h");
  require(absl::GetFlag(FLAGS_decision_log) == "off",
          "--decision_log: must be off; a durable log is not built yet");

  absl::StatusOr<std::vector<ChannelKey>> channels =
      ParseChannelList(absl::GetFlag(FLAGS_channels));
  if (channels.ok()) {
    options.channels = *std::move(channels);
  } else {
    require(false, absl::StrCat("--channels: ", channels.status().message()));
  }
  if (faults.empty()) return options;
  return absl::InvalidArgumentError(absl::StrJoin(faults, "\n"));
}

// What one channel needs to be followed. Each part refers to those before it.
struct Following {
  std::unique_ptr<SyncMetrics> metrics;
  std::unique_ptr<ChannelReplica> replica;
  std::unique_ptr<ContentFollower> follower;
};

// Makes the last-known-good active, if it can be used; it is not needed.
void LoadFromDisk(const ReleaseTable& table, Following& following) {
  const ChannelKey& key = following.replica->key();
  const absl::Status status = following.replica->LoadFromDisk(absl::Now());
  if (status.ok()) {
    following.metrics->Activated(table.Active(key)->cursor);
  } else if (absl::IsNotFound(status)) {
    rpc::Log(rpc::LogLevel::kInfo, "no last-known-good",
             {{"channel", ChannelName(key)}});
  } else {
    rpc::Log(rpc::LogLevel::kError, "last-known-good not used",
             {{"channel", ChannelName(key)},
              {"message", std::string(status.message())}});
  }
}

Following NewFollowing(const TriageOptions& options,
                       const std::string& content_token, const ChannelKey& key,
                       const trust::TrustPolicy& policy,
                       file::FileSystem& files, ReleaseTable& table,
                       ChannelStatus& status, rpc::Metrics& metrics,
                       std::function<void()> on_active) {
  Following following;
  following.metrics = std::make_unique<SyncMetrics>(metrics, key);
  following.replica = std::make_unique<ChannelReplica>(
      ChannelReplica::Options{.key = key,
                              .replica_id = options.replica_id,
                              .state_dir = options.state_dir,
                              .build_version = rpc::Version(),
                              .content_bytes_max = options.content_bytes_max},
      policy, files, table, status);
  following.follower = std::make_unique<ContentFollower>(
      ContentFollower::Options{.content = {.target = options.content_address},
                               .token = content_token,
                               .retry = {.longest = options.sync_retry_max},
                               .on_active = std::move(on_active)},
      *following.replica, status, *following.metrics);
  return following;
}

void WarnOfPlaintext(const std::string& content_address) {
  if (rpc::IsLoopbackTarget(content_address)) return;
  rpc::Log(rpc::LogLevel::kWarning,
           "UNSAFE: plaintext beyond loopback was allowed; the token for the "
           "content-service can be read on the network",
           {{"content_address", content_address}});
}

// What the files hold that flags name.
struct Files {
  rpc::TokenTable tokens;
  trust::TrustPolicy policy;
  std::string content_token;
};

// INVALID_ARGUMENT says what is wrong with each of them.
absl::StatusOr<Files> ReadFiles(const rpc::ServiceOptions& service,
                                const TriageOptions& options,
                                file::FileSystem& files) {
  absl::StatusOr<rpc::TokenTable> tokens =
      rpc::ReadTokenTable(files, service.tokens_path);
  absl::StatusOr<trust::TrustPolicy> policy =
      trust::ReadTrustPolicy(files, service.trust_policy_path);
  absl::StatusOr<std::string> content_token =
      rpc::ReadClientToken(files, options.content_token_path);
  const absl::Status status = rpc::AllFaults(
      {rpc::OfFlag("tokens", tokens.status()),
       rpc::OfFlag("trust_policy", policy.status()),
       rpc::OfFlag("content_token_file", content_token.status()),
       rpc::OfFlag("state_dir", CheckStateDirectory(options.state_dir))});
  if (!status.ok()) return status;
  return Files{*std::move(tokens), *std::move(policy),
               *std::move(content_token)};
}

absl::Status Serve(const rpc::ServiceOptions& service,
                   const TriageOptions& options, const rpc::AccessTable& access,
                   const Files& read, file::FileSystem& files) {
  rpc::StopSignal stop;
  WarnOfPlaintext(options.content_address);
  const absl::Status state_dir = files.CreateDirectories(options.state_dir);
  if (!state_dir.ok()) return state_dir;

  rpc::Metrics metrics;
  rpc::CallMetrics call_metrics(metrics, access);
  rpc::WorkerPool pool(service.worker_threads,
                       static_cast<std::size_t>(service.worker_queue_max));
  rpc::LiveStreams streams;
  rpc::Entrance entrance(access, read.tokens, call_metrics, &pool);

  ReleaseTable table(options.channels, options.retention);
  ChannelStatuses statuses;
  std::unique_ptr<rpc::Server> server;
  std::vector<Following> followings;
  for (const ChannelKey& key : table.channels()) {
    followings.push_back(
        NewFollowing(options, read.content_token, key, read.policy, files,
                     table, statuses[key], metrics,
                     [&table, &server] { server->SetReady(table.Ready()); }));
    LoadFromDisk(table, followings.back());
  }

  const Assessor assessor(table, statuses, metrics);
  TriageRpc triage_rpc({.build_version = rpc::Version(),
                        .content_age_max = options.content_age_max},
                       entrance, streams, table, statuses, assessor);
  const absl::StatusOr<std::unique_ptr<rpc::MetricsPort>> metrics_port =
      rpc::MetricsPort::Open(metrics, service.metrics_address,
                             service.metrics_port_file, files);
  if (!metrics_port.ok()) return metrics_port.status();
  absl::StatusOr<std::unique_ptr<rpc::Server>> started =
      rpc::Server::Start(service.server, {&triage_rpc}, {kService}, streams);
  if (!started.ok()) return started.status();
  server = *std::move(started);
  server->SetReady(table.Ready());

  for (Following& following : followings) following.follower->Start();
  stop.Wait();
  server->Drain();
  for (Following& following : followings) following.follower->Stop();
  return absl::OkStatus();
}

absl::Status Run(int argc, char** argv) {
  absl::Status status = rpc::ReadCommandLine(
      "Decides how soon care is needed, by the releases of a content-service.",
      argc, argv);
  if (!status.ok()) return status;
  absl::StatusOr<rpc::ServiceOptions> service =
      rpc::ServiceOptionsFromFlags({.listen_address = kDefaultAddress});
  file::FileSystem& files = file::PosixFileSystem();
  const absl::StatusOr<TriageOptions> options =
      TriageOptionsFromFlags(!service.ok() || service->server.allow_insecure);
  status = rpc::AllFaults({service.status(), options.status()});
  if (!status.ok()) return status;
  rpc::SetLogLevel(service->log_level);
  const absl::StatusOr<rpc::AccessTable> access =
      rpc::AccessTable::Read({kService});
  if (!access.ok()) return access.status();
  const absl::StatusOr<Files> read = ReadFiles(*service, *options, files);
  if (!read.ok()) return read.status();
  if (service->check_config) return absl::OkStatus();
  return Serve(*service, *options, *access, *read, files);
}

}  // namespace
}  // namespace plumbline::triage

int main(int argc, char** argv) {
  const absl::Status status = plumbline::triage::Run(argc, argv);
  if (status.ok()) return EXIT_SUCCESS;
  std::cerr << "triage-service: " << status.message() << '\n';
  return EXIT_FAILURE;
}
