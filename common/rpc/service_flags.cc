#include "common/rpc/service_flags.h"

#include <cstdint>
#include <cstdlib>
#include <vector>

#include "absl/flags/commandlineflag.h"
#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "absl/flags/reflection.h"
#include "absl/flags/usage.h"
#include "absl/flags/usage_config.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/time.h"
#include "common/rpc/version.h"

ABSL_FLAG(std::string, listen_address, "",
          "host:port to serve gRPC on; port 0 takes a free one. Empty: the "
          "service's own loopback port.");
ABSL_FLAG(std::string, port_file, "",
          "File that receives the bound port as soon as the service listens.");
ABSL_FLAG(bool, allow_insecure, false,
          "UNSAFE: allow plaintext on an address that is not loopback.");
ABSL_FLAG(bool, reflection, true, "Serve grpc.reflection.");
ABSL_FLAG(absl::Duration, drain_timeout, absl::Seconds(10),
          "How long a stopping service lets calls finish; 0s to 1h.");
ABSL_FLAG(std::string, tokens, "",
          "The tokens file (text-format plumbline.auth.v1.TokenFile). "
          "Required.");
ABSL_FLAG(std::string, trust_policy, "",
          "The trust policy file (text-format "
          "plumbline.content.v1.TrustPolicy). Required.");
ABSL_FLAG(std::string, metrics_address, "",
          "host:port to show Prometheus metrics on; port 0 takes a free one. "
          "Empty: no metrics port.");
ABSL_FLAG(std::string, metrics_port_file, "",
          "File that receives the bound metrics port.");
ABSL_FLAG(std::int32_t, message_bytes_max, 0,
          "The largest message taken, in bytes; 1,024 to 1,073,741,824. 0: the "
          "service's own default.");
ABSL_FLAG(std::int32_t, streams_per_connection_max, 256,
          "Concurrent calls on one connection; 1 to 100,000.");
ABSL_FLAG(std::int64_t, memory_bytes_max, std::int64_t{512} << 20,
          "Memory that gRPC may use for calls and connections, in bytes; at "
          "least 16,777,216.");
ABSL_FLAG(std::int32_t, worker_threads, 4,
          "Threads for work that blocks, such as the store's; 1 to 256.");
ABSL_FLAG(std::int32_t, worker_queue_max, 256,
          "Calls that may wait for a worker thread; more are shed with "
          "RESOURCE_EXHAUSTED. 1 to 1,000,000.");
ABSL_FLAG(std::string, log_level, "info",
          "The least level that is logged: debug, info, warning or error. "
          "Every call is logged at info or above.");
ABSL_FLAG(bool, check_config, false,
          "Check the flags and the files that they name, say what is wrong, "
          "and exit: 0 if nothing is.");

namespace plumbline::rpc {
namespace {

constexpr char kVariablePrefix[] = "PLUMBLINE_";

bool IsOurs(absl::string_view source_file) {
  return !absl::StrContains(source_file, "absl/");
}

// --trust-policy=F as --trust_policy=F. What follows `--` is left alone.
std::vector<std::string> WithUnderscores(int argc, char** argv) {
  std::vector<std::string> words(argv, argv + argc);
  for (std::size_t i = 1; i < words.size() && words[i] != "--"; ++i) {
    if (!absl::StartsWith(words[i], "--")) continue;
    for (std::size_t at = 2; at < words[i].size() && words[i][at] != '=';
         ++at) {
      if (words[i][at] == '-') words[i][at] = '_';
    }
  }
  return words;
}

std::string VariableOf(absl::string_view flag) {
  return absl::StrCat(kVariablePrefix, absl::AsciiStrToUpper(flag));
}

absl::Status ReadEnvironment() {
  std::vector<std::string> faults;
  for (const auto& [name, flag] : absl::GetAllFlags()) {
    if (!IsOurs(flag->Filename())) continue;
    const std::string variable = VariableOf(name);
    const char* const value = std::getenv(variable.c_str());
    std::string fault;
    if (value == nullptr || flag->ParseFrom(value, &fault)) continue;
    faults.push_back(absl::StrCat(variable, ": ", fault));
  }
  if (faults.empty()) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrJoin(faults, "\n"));
}

// Abseil takes one usage message in the life of a process.
void SetUsage(absl::string_view usage) {
  static const bool set = [usage] {
    absl::SetProgramUsageMessage(usage);
    return true;
  }();
  static_cast<void>(set);
  absl::FlagsUsageConfig config;
  config.contains_help_flags = IsOurs;
  config.contains_helpshort_flags = IsOurs;
  config.version_string = [] { return absl::StrCat(Version(), "\n"); };
  absl::SetFlagsUsageConfig(config);
}

// Collects the faults of flags.
class FlagChecker {
 public:
  void Require(bool holds, absl::string_view flag, absl::string_view what) {
    if (holds) return;
    faults_.push_back(absl::StrCat("--", flag, ": ", what));
  }

  absl::Status status() const {
    if (faults_.empty()) return absl::OkStatus();
    return absl::InvalidArgumentError(absl::StrJoin(faults_, "\n"));
  }

 private:
  std::vector<std::string> faults_;
};

ServerOptions ServerOptionsFromFlags(const ServiceDefaults& defaults) {
  ServerOptions options{
      .listen_address = absl::GetFlag(FLAGS_listen_address),
      .port_file = absl::GetFlag(FLAGS_port_file),
      .allow_insecure = absl::GetFlag(FLAGS_allow_insecure),
      .reflection = absl::GetFlag(FLAGS_reflection),
      .drain_timeout = absl::GetFlag(FLAGS_drain_timeout),
      .message_bytes_max = absl::GetFlag(FLAGS_message_bytes_max),
      .streams_per_connection_max =
          absl::GetFlag(FLAGS_streams_per_connection_max),
      .memory_bytes_max = absl::GetFlag(FLAGS_memory_bytes_max)};
  if (options.listen_address.empty()) {
    options.listen_address = defaults.listen_address;
  }
  if (options.message_bytes_max == 0) {
    options.message_bytes_max = defaults.message_bytes_max;
  }
  return options;
}

absl::Status CheckOptions(const ServiceOptions& options) {
  FlagChecker checker;
  const ServerOptions& server = options.server;
  checker.Require(!options.tokens_path.empty(), "tokens", "is required");
  checker.Require(!options.trust_policy_path.empty(), "trust_policy",
                  "is required");
  checker.Require(absl::ZeroDuration() <= server.drain_timeout &&
                      server.drain_timeout <= absl::Hours(1),
                  "drain_timeout", "must be from 0s to 1h");
  checker.Require(
      1024 <= server.message_bytes_max && server.message_bytes_max <= (1 << 30),
      "message_bytes_max", "must be from 1,024 to 1,073,741,824");
  checker.Require(1 <= server.streams_per_connection_max &&
                      server.streams_per_connection_max <= 100'000,
                  "streams_per_connection_max", "must be from 1 to 100,000");
  checker.Require(server.memory_bytes_max >= (16 << 20), "memory_bytes_max",
                  "must be at least 16,777,216");
  checker.Require(1 <= options.worker_threads && options.worker_threads <= 256,
                  "worker_threads", "must be from 1 to 256");
  checker.Require(
      1 <= options.worker_queue_max && options.worker_queue_max <= 1'000'000,
      "worker_queue_max", "must be from 1 to 1,000,000");
  const absl::StatusOr<LogLevel> level =
      ParseLogLevel(absl::GetFlag(FLAGS_log_level));
  checker.Require(level.ok(), "log_level", level.status().message());
  return checker.status();
}

}  // namespace

absl::Status ReadCommandLine(absl::string_view usage, int argc, char** argv) {
  SetUsage(usage);
  const absl::Status status = ReadEnvironment();
  if (!status.ok()) return status;
  std::vector<std::string> words = WithUnderscores(argc, argv);
  std::vector<char*> pointers;
  pointers.reserve(words.size());
  for (std::string& word : words) pointers.push_back(word.data());
  const std::vector<char*> rest = absl::ParseCommandLine(
      static_cast<int>(pointers.size()), pointers.data());
  if (rest.size() <= 1) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat(
      "'", rest[1], "' is not a flag; flags open with --, see --help"));
}

absl::StatusOr<ServiceOptions> ServiceOptionsFromFlags(
    const ServiceDefaults& defaults) {
  ServiceOptions options{
      .server = ServerOptionsFromFlags(defaults),
      .tokens_path = absl::GetFlag(FLAGS_tokens),
      .trust_policy_path = absl::GetFlag(FLAGS_trust_policy),
      .metrics_address = absl::GetFlag(FLAGS_metrics_address),
      .metrics_port_file = absl::GetFlag(FLAGS_metrics_port_file),
      .worker_threads = absl::GetFlag(FLAGS_worker_threads),
      .worker_queue_max = absl::GetFlag(FLAGS_worker_queue_max),
      .check_config = absl::GetFlag(FLAGS_check_config)};
  const absl::Status status = CheckOptions(options);
  if (!status.ok()) return status;
  options.log_level = *ParseLogLevel(absl::GetFlag(FLAGS_log_level));
  return options;
}

absl::Status OfFlag(absl::string_view flag, const absl::Status& status) {
  if (status.ok()) return status;
  return absl::Status(status.code(),
                      absl::StrCat("--", flag, ": ", status.message()));
}

absl::Status AllFaults(const std::vector<absl::Status>& statuses) {
  std::vector<absl::string_view> faults;
  for (const absl::Status& status : statuses) {
    if (!status.ok()) faults.push_back(status.message());
  }
  if (faults.empty()) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrJoin(faults, "\n"));
}

}  // namespace plumbline::rpc
