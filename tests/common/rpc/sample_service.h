// A real service behind a real entrance, for tests of the rim: the generated
// base of TriageService with handlers that do what the test says.

#ifndef PLUMBLINE_TESTS_COMMON_RPC_SAMPLE_SERVICE_H_
#define PLUMBLINE_TESTS_COMMON_RPC_SAMPLE_SERVICE_H_

#include <grpcpp/grpcpp.h>

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "common/rpc/client_channel.h"
#include "common/rpc/entrance.h"
#include "common/rpc/live_streams.h"
#include "common/rpc/log.h"
#include "common/rpc/metrics.h"
#include "common/rpc/server.h"
#include "common/sync/mutex.h"
#include "plumbline/triage/v1/triage_service.grpc.pb.h"

namespace plumbline::rpc {

inline constexpr char kService[] = "plumbline.triage.v1.TriageService";

// Assess runs in the thread of the call, GetServerInfo on the pool,
// ReplayAssessments stays open until the server stops; the rest is not built.
class SampleService final : public triage::v1::TriageService::CallbackService {
 public:
  using Behaviour = std::function<absl::Status(const Call&)>;

  SampleService(Entrance& entrance, LiveStreams& streams)
      : entrance_(entrance), streams_(streams) {}

  // Set before the server starts.
  Behaviour assess = [](const Call&) { return absl::OkStatus(); };
  Behaviour get_server_info = [](const Call&) { return absl::OkStatus(); };

  grpc::ServerUnaryReactor* Assess(
      grpc::CallbackServerContext* context,
      const triage::v1::AssessRequest* request,
      triage::v1::AssessResponse* response) override {
    return entrance_.Handle(
        context, request, response,
        [this](const Call& call, const triage::v1::AssessRequest&,
               triage::v1::AssessResponse& out) -> absl::Status {
          out.mutable_assessment()->set_name(call.principal.name);
          return assess(call);
        });
  }

  grpc::ServerUnaryReactor* GetServerInfo(
      grpc::CallbackServerContext* context,
      const triage::v1::GetServerInfoRequest* request,
      triage::v1::GetServerInfoResponse* response) override {
    return entrance_.HandleOnPool(
        context, request, response,
        [this](const Call& call, const triage::v1::GetServerInfoRequest&,
               triage::v1::GetServerInfoResponse& out) -> absl::Status {
          out.mutable_server_info()->set_build_version(call.principal.name);
          return get_server_info(call);
        });
  }

  grpc::ServerUnaryReactor* GetAssessment(
      grpc::CallbackServerContext* context,
      const triage::v1::GetAssessmentRequest* request,
      triage::v1::GetAssessmentResponse* /*response*/) override {
    return entrance_.RefuseUnbuilt(context, request);
  }

  grpc::ServerWriteReactor<triage::v1::BacktestResponse>* Backtest(
      grpc::CallbackServerContext* context,
      const triage::v1::BacktestRequest* /*request*/) override {
    return new FinishedWriteReactor<triage::v1::BacktestResponse>(
        entrance_.RefuseUnbuiltStream<triage::v1::BacktestRequest>(context));
  }

  grpc::ServerWriteReactor<triage::v1::ReplayAssessmentsResponse>*
  ReplayAssessments(grpc::CallbackServerContext* context,
                    const triage::v1::ReplayAssessmentsRequest*) override {
    using Response = triage::v1::ReplayAssessmentsResponse;
    absl::StatusOr<Call> call =
        entrance_.Begin<triage::v1::ReplayAssessmentsRequest>(context);
    if (!call.ok()) {
      return new FinishedWriteReactor<Response>(ToGrpcStatus(call.status()));
    }
    return new OpenStream(entrance_, streams_, *std::move(call));
  }

 private:
  // Sends one message, then says nothing until it is told to end.
  class OpenStream final
      : public grpc::ServerWriteReactor<triage::v1::ReplayAssessmentsResponse> {
   public:
    OpenStream(Entrance& entrance, LiveStreams& streams, Call call)
        : entrance_(entrance), call_(std::move(call)) {
      StartWrite(&response_);
      registration_ =
          streams.Add([this] { End(absl::UnavailableError("going away")); });
    }

    void OnCancel() override { End(absl::CancelledError("cancelled")); }
    void OnDone() override { delete this; }

   private:
    void End(const absl::Status& status) {
      {
        sync::MutexLock lock(mutex_);
        if (ended_) return;
        ended_ = true;
      }
      Finish(entrance_.End(call_, status));
    }

    Entrance& entrance_;
    const Call call_;
    const triage::v1::ReplayAssessmentsResponse response_;
    sync::Mutex mutex_;
    bool ended_ ABSL_GUARDED_BY(mutex_) = false;
    LiveStreams::Registration registration_;
  };

  Entrance& entrance_;
  LiveStreams& streams_;
};

// Something that happens once, for one thread to wait for.
class Event {
 public:
  void Set() {
    sync::MutexLock lock(mutex_);
    set_ = true;
    changed_.NotifyAll();
  }
  void Wait() {
    sync::MutexLock lock(mutex_);
    while (!set_) changed_.Wait(mutex_);
  }

 private:
  sync::Mutex mutex_;
  sync::CondVar changed_;
  bool set_ ABSL_GUARDED_BY(mutex_) = false;
};

// Lines of the log while it lives.
class CapturedLog {
 public:
  CapturedLog() {
    SetLogSink([this](absl::string_view line) {
      sync::MutexLock lock(mutex_);
      absl::StrAppend(&text_, line, "\n");
    });
  }
  ~CapturedLog() { SetLogSink(nullptr); }

  std::string text() const {
    sync::MutexLock lock(mutex_);
    return text_;
  }

 private:
  mutable sync::Mutex mutex_;
  std::string text_ ABSL_GUARDED_BY(mutex_);
};

// A sample service with all that it stands on; `kiosk` is an assessor and
// `ann` an auditor, each with a token of that name.
struct SampleServer {
  explicit SampleServer(int threads = 2, std::size_t queued_max = 8)
      : pool(threads, queued_max) {}
  ~SampleServer() {
    server.reset();
    pool.Stop();
  }

  // Starts to listen on a free port.
  absl::Status Start(const ServerOptions& options = {}) {
    auto started = Server::Start(options, {&service}, {kService}, streams);
    if (!started.ok()) return started.status();
    server = *std::move(started);
    channel = NewChannel({.target = absl::StrCat("127.0.0.1:", server->port()),
                          .own_connection = true});
    stub = triage::v1::TriageService::NewStub(channel);
    return absl::OkStatus();
  }

  static TokenTable Tokens() {
    return TokenTable::Parse(
               absl::StrCat("principals { name: 'kiosk' roles: ROLE_ASSESSOR "
                            "token_sha256: '",
                            TokenHash("kiosk"),
                            "' } principals { name: 'ann' roles: ROLE_AUDITOR "
                            "token_sha256: '",
                            TokenHash("ann"), "' }"),
               "tokens")
        .value();
  }

  AccessTable access = AccessTable::Read({kService}).value();
  TokenTable tokens = Tokens();
  Metrics metrics;
  CallMetrics call_metrics{metrics, access};
  WorkerPool pool;
  LiveStreams streams;
  Entrance entrance{access, tokens, call_metrics, &pool};
  SampleService service{entrance, streams};
  std::unique_ptr<Server> server;
  std::shared_ptr<grpc::Channel> channel;
  std::unique_ptr<triage::v1::TriageService::Stub> stub;
};

}  // namespace plumbline::rpc

#endif  // PLUMBLINE_TESTS_COMMON_RPC_SAMPLE_SERVICE_H_
