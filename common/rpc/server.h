// A gRPC server: listening, health, reflection, limits, and a stop that drains.
//
//   rpc::StopSignal stop;                       // Before any thread starts.
//   auto server = rpc::Server::Start(options, {&service}, streams);
//   (*server)->SetReady(true);
//   stop.Wait();                                // SIGTERM or SIGINT.
//   (*server)->Drain();

#ifndef PLUMBLINE_COMMON_RPC_SERVER_H_
#define PLUMBLINE_COMMON_RPC_SERVER_H_

#include <grpcpp/impl/service_type.h>
#include <grpcpp/server.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "common/rpc/health_service.h"
#include "common/rpc/health_state.h"
#include "common/rpc/live_streams.h"
#include "common/sync/mutex.h"

namespace plumbline::rpc {

// How often a client pings an idle connection, and the least time between pings
// that a server tolerates. The server's is well below, so that no client of
// ours is ever sent away for too many pings.
inline constexpr absl::Duration kClientPingInterval = absl::Seconds(30);
inline constexpr absl::Duration kServerPingTolerance = absl::Seconds(10);
// How long either waits for the answer to a ping.
inline constexpr absl::Duration kPingTimeout = absl::Seconds(10);

struct ServerOptions {
  // host:port; port 0 takes a free one.
  std::string listen_address = "127.0.0.1:0";
  // If set, the bound port is written there, as decimal digits and a line feed,
  // when the server listens.
  std::string port_file;
  // Allows plaintext on an address that is not loopback. Logged as unsafe.
  bool allow_insecure = false;
  // Serves grpc.reflection.
  bool reflection = true;
  // How long Drain() lets calls finish.
  absl::Duration drain_timeout = absl::Seconds(10);
  // The largest message taken.
  int message_bytes_max = 4 << 20;
  // Concurrent calls on one connection.
  int streams_per_connection_max = 256;
  // The memory that gRPC may use for calls and connections.
  std::int64_t memory_bytes_max = std::int64_t{512} << 20;
};

class Server {
 public:
  // Starts to listen. Health answers SERVING for `live` at once; for "" and the
  // full name of every service of ours once SetReady(true) is called. INVALID_
  // ARGUMENT for an address that cannot be read, FAILED_PRECONDITION for
  // plaintext beyond loopback, UNAVAILABLE if the port cannot be had.
  //
  // `services` and `streams` must outlive the server.
  static absl::StatusOr<std::unique_ptr<Server>> Start(
      const ServerOptions& options, const std::vector<grpc::Service*>& services,
      const std::vector<std::string>& service_names, LiveStreams& streams);

  // As Drain(), if that was not called.
  ~Server();

  // The bound port.
  int port() const { return port_; }

  // Sets readiness. Thread-safe. Without effect once Drain() was called.
  void SetReady(bool ready);

  // Not ready; tells every open stream to end; takes no new call; lets calls
  // finish until `drain_timeout`, then cancels them. Returns when none is left.
  void Drain();

 private:
  Server(const ServerOptions& options, std::vector<std::string> service_names,
         LiveStreams& streams);

  void SetServing(bool serving);

  const ServerOptions options_;
  const std::vector<std::string> service_names_;
  LiveStreams& streams_;
  HealthState health_;
  HealthService health_service_;
  int port_ = 0;
  std::unique_ptr<grpc::Server> server_;
  sync::Mutex mutex_;
  bool draining_ ABSL_GUARDED_BY(mutex_) = false;
};

// Whether the host of `address` (host:port) is this machine alone: localhost,
// 127.0.0.0/8, [::1], or a unix: socket.
bool IsLoopback(absl::string_view address);

// SIGTERM and SIGINT as something to wait for. Made before any other thread, so
// that every thread leaves the signals to it.
class StopSignal {
 public:
  StopSignal();

  // Returns when a signal has come. A second one then ends the process at once.
  void Wait();
};

}  // namespace plumbline::rpc

#endif  // PLUMBLINE_COMMON_RPC_SERVER_H_
