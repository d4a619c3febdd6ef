#include "common/rpc/server.h"

#include <grpc/support/log.h>
#include <grpcpp/ext/proto_server_reflection_plugin.h>
#include <grpcpp/grpcpp.h>
#include <signal.h>

#include <algorithm>
#include <chrono>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "common/file/file_system.h"
#include "common/rpc/log.h"

namespace plumbline::rpc {
namespace {

constexpr char kLive[] = "live";
constexpr char kReflectionPlugin[] = "proto_server_reflection";

// Linking the reflection library adds its plugin to every server; this takes it
// out again, and adds it where it is wanted.
class ReflectionOption final : public grpc::ServerBuilderOption {
 public:
  explicit ReflectionOption(bool enabled) : enabled_(enabled) {}

  void UpdateArguments(grpc::ChannelArguments* /*arguments*/) override {}

  void UpdatePlugins(std::vector<std::unique_ptr<grpc::ServerBuilderPlugin>>*
                         plugins) override {
    const auto is_reflection =
        [](const std::unique_ptr<grpc::ServerBuilderPlugin>& plugin) {
          return plugin->name() == kReflectionPlugin;
        };
    plugins->erase(
        std::remove_if(plugins->begin(), plugins->end(), is_reflection),
        plugins->end());
    if (!enabled_) return;
    plugins->push_back(
        std::make_unique<grpc::reflection::ProtoServerReflectionPlugin>());
  }

 private:
  const bool enabled_;
};

// gRPC's own messages, as lines of our log.
void LogGrpcMessage(gpr_log_func_args* message) {
  const LogLevel level = message->severity == GPR_LOG_SEVERITY_ERROR
                             ? LogLevel::kWarning
                             : LogLevel::kDebug;
  Log(level, "grpc", {{"message", message->message}});
}

int Milliseconds(absl::Duration duration) {
  return static_cast<int>(absl::ToInt64Milliseconds(duration));
}

void AddLimits(const ServerOptions& options, grpc::ServerBuilder* builder) {
  builder->SetMaxReceiveMessageSize(options.message_bytes_max);
  builder->AddChannelArgument(GRPC_ARG_MAX_CONCURRENT_STREAMS,
                              options.streams_per_connection_max);
  grpc::ResourceQuota quota("server");
  quota.Resize(static_cast<std::size_t>(options.memory_bytes_max));
  builder->SetResourceQuota(quota);
}

void AddConnectionCare(grpc::ServerBuilder* builder) {
  builder->AddChannelArgument(
      GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS,
      Milliseconds(kServerPingTolerance));
  builder->AddChannelArgument(GRPC_ARG_KEEPALIVE_PERMIT_WITHOUT_CALLS, 1);
  builder->AddChannelArgument(GRPC_ARG_KEEPALIVE_TIME_MS,
                              Milliseconds(kClientPingInterval));
  builder->AddChannelArgument(GRPC_ARG_KEEPALIVE_TIMEOUT_MS,
                              Milliseconds(kPingTimeout));
  // A port belongs to one process: a stale one must not take calls unseen.
  builder->AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
}

absl::Status CheckAddress(const ServerOptions& options) {
  const absl::string_view address = options.listen_address;
  const std::size_t colon = address.rfind(':');
  std::uint32_t port = 0;
  if (!absl::StartsWith(address, "unix:") &&
      (colon == absl::string_view::npos || colon == 0 ||
       !absl::SimpleAtoi(address.substr(colon + 1), &port) || port > 65535)) {
    return absl::InvalidArgumentError(absl::StrCat(
        "listen address '", address, "' is not host:port, as 127.0.0.1:8081"));
  }
  if (IsLoopback(address) || options.allow_insecure) return absl::OkStatus();
  return absl::FailedPreconditionError(absl::StrCat(
      "listen address '", address,
      "' is not loopback, and calls would travel "
      "in plaintext: listen on 127.0.0.1, or accept it with --allow_insecure"));
}

// The one place that decides how a connection is protected.
std::shared_ptr<grpc::ServerCredentials> CredentialsFor(
    const ServerOptions& options) {
  if (!IsLoopback(options.listen_address)) {
    Log(LogLevel::kWarning,
        "UNSAFE: plaintext beyond loopback was allowed; calls and tokens can "
        "be read on the network",
        {{"listen_address", options.listen_address}});
  }
  return grpc::InsecureServerCredentials();
}

absl::Status WritePortFile(const std::string& path, int port) {
  if (path.empty()) return absl::OkStatus();
  return file::WriteFileAtomically(file::PosixFileSystem(), path,
                                   absl::StrCat(port, "\n"));
}

sigset_t StopSignals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  return signals;
}

}  // namespace

Server::Server(const ServerOptions& options,
               std::vector<std::string> service_names, LiveStreams& streams)
    : options_(options),
      service_names_(std::move(service_names)),
      streams_(streams),
      health_service_(health_, streams) {}

absl::StatusOr<std::unique_ptr<Server>> Server::Start(
    const ServerOptions& options, const std::vector<grpc::Service*>& services,
    const std::vector<std::string>& service_names, LiveStreams& streams) {
  absl::Status status = CheckAddress(options);
  if (!status.ok()) return status;
  gpr_set_log_function(LogGrpcMessage);

  auto server =
      std::unique_ptr<Server>(new Server(options, service_names, streams));
  grpc::ServerBuilder builder;
  builder.SetOption(std::make_unique<ReflectionOption>(options.reflection));
  AddLimits(options, &builder);
  AddConnectionCare(&builder);
  builder.AddListeningPort(options.listen_address, CredentialsFor(options),
                           &server->port_);
  for (grpc::Service* service : services) builder.RegisterService(service);
  builder.RegisterService(&server->health_service_);
  server->health_.Set(kLive, true);
  server->SetServing(false);
  server->server_ = builder.BuildAndStart();
  if (server->server_ == nullptr || server->port_ == 0) {
    return absl::UnavailableError(absl::StrCat(
        "cannot listen on '", options.listen_address, "'; is the port taken?"));
  }
  Log(LogLevel::kInfo, "listening",
      {{"listen_address", options.listen_address}, {"port", server->port_}});
  status = WritePortFile(options.port_file, server->port_);
  if (!status.ok()) return status;
  return server;
}

Server::~Server() { Drain(); }

void Server::SetReady(bool ready) {
  sync::MutexLock lock(mutex_);
  if (!draining_) SetServing(ready);
}

void Server::SetServing(bool serving) {
  health_.Set("", serving);
  for (const std::string& name : service_names_) health_.Set(name, serving);
}

void Server::Drain() {
  if (server_ == nullptr) return;
  {
    sync::MutexLock lock(mutex_);
    if (draining_) return;
    draining_ = true;
    SetServing(false);
  }
  Log(LogLevel::kInfo, "draining",
      {{"open_streams", streams_.size()},
       {"drain_timeout_seconds", options_.drain_timeout}});
  const absl::Time start = absl::Now();
  streams_.EndAll();
  server_->Shutdown(absl::ToChronoTime(start + options_.drain_timeout));
  Log(LogLevel::kInfo, "stopped", {{"duration_seconds", absl::Now() - start}});
}

bool IsLoopback(absl::string_view address) {
  if (absl::StartsWith(address, "unix:")) return true;
  const absl::string_view host = address.substr(0, address.rfind(':'));
  if (host == "localhost" || host == "[::1]") return true;
  const std::vector<absl::string_view> parts = absl::StrSplit(host, '.');
  return parts.size() == 4 && parts[0] == "127" &&
         std::all_of(parts.begin(), parts.end(), [](absl::string_view part) {
           std::uint32_t number = 0;
           return absl::SimpleAtoi(part, &number) && number < 256;
         });
}

StopSignal::StopSignal() {
  const sigset_t signals = StopSignals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
}

void StopSignal::Wait() {
  const sigset_t signals = StopSignals();
  int signal = 0;
  sigwait(&signals, &signal);
  Log(LogLevel::kInfo, "stop requested",
      {{"signal", signal == SIGTERM ? "SIGTERM" : "SIGINT"}});
  pthread_sigmask(SIG_UNBLOCK, &signals, nullptr);
}

}  // namespace plumbline::rpc
