// The flags that both services share, and how a command line is read. For
// main.cc alone.

#ifndef PLUMBLINE_COMMON_RPC_SERVICE_FLAGS_H_
#define PLUMBLINE_COMMON_RPC_SERVICE_FLAGS_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/rpc/log.h"
#include "common/rpc/server.h"

namespace plumbline::rpc {

// Reads flags from the environment, then from the command line (which wins).
// `--trust-policy` and `--trust_policy` are the same flag; its variable is
// PLUMBLINE_TRUST_POLICY. `--flagfile=F` reads more. INVALID_ARGUMENT for a
// variable whose value is not of its flag's type, and for words that are not
// flags; an unknown flag ends the process with its name.
absl::Status ReadCommandLine(absl::string_view usage, int argc, char** argv);

// The values of the shared flags.
struct ServiceOptions {
  ServerOptions server;
  std::string tokens_path;        // --tokens
  std::string trust_policy_path;  // --trust_policy
  std::string metrics_address;    // --metrics_address
  std::string metrics_port_file;  // --metrics_port_file
  int worker_threads = 0;         // --worker_threads
  int worker_queue_max = 0;       // --worker_queue_max
  LogLevel log_level = LogLevel::kInfo;
  bool check_config = false;  // --check_config
};

// What a service uses where a flag is left at its default.
struct ServiceDefaults {
  std::string listen_address = "127.0.0.1:0";
  int message_bytes_max = 4 << 20;
};

// INVALID_ARGUMENT names every flag whose value is missing or out of range.
absl::StatusOr<ServiceOptions> ServiceOptionsFromFlags(
    const ServiceDefaults& defaults);

// What is wrong with what a flag names: `status` with the flag in front of its
// message.
absl::Status OfFlag(absl::string_view flag, const absl::Status& status);

// What is wrong with a configuration as a whole: INVALID_ARGUMENT with the
// messages of all that are not OK, one below the other.
absl::Status AllFaults(const std::vector<absl::Status>& statuses);

}  // namespace plumbline::rpc

#endif  // PLUMBLINE_COMMON_RPC_SERVICE_FLAGS_H_
