#include "common/rpc/health_service.h"

#include <optional>

#include "common/sync/mutex.h"

namespace plumbline::rpc {
namespace {

using grpc::health::v1::HealthCheckRequest;
using grpc::health::v1::HealthCheckResponse;
using Serving = HealthState::Serving;

HealthCheckResponse::ServingStatus ToMessage(Serving serving) {
  switch (serving) {
    case Serving::kServing:
      return HealthCheckResponse::SERVING;
    case Serving::kNotServing:
      return HealthCheckResponse::NOT_SERVING;
    case Serving::kUnknown:
      return HealthCheckResponse::SERVICE_UNKNOWN;
  }
  return HealthCheckResponse::SERVICE_UNKNOWN;
}

// One watch. Writes one message at a time, always the newest state; what it is
// told while it writes waits, and an end comes after the message before it.
class Watcher final : public grpc::ServerWriteReactor<HealthCheckResponse> {
 public:
  Watcher(HealthState& state, LiveStreams& streams,
          const std::string& service) {
    subscription_ =
        state.Subscribe(service, [this](Serving serving) { Tell(serving); });
    registration_ = streams.Add([this] { End(); });
  }

  void OnWriteDone(bool ok) override {
    sync::MutexLock lock(mutex_);
    writing_ = false;
    if (!ok) ending_ = true;
    Proceed();
  }

  void OnCancel() override { End(); }

  void OnDone() override { delete this; }

 private:
  void Tell(Serving serving) {
    sync::MutexLock lock(mutex_);
    next_ = serving;
    Proceed();
  }

  void End() {
    sync::MutexLock lock(mutex_);
    ending_ = true;
    Proceed();
  }

  void Proceed() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    if (writing_ || finished_) return;
    if (next_.has_value()) {
      message_.set_status(ToMessage(*next_));
      next_.reset();
      writing_ = true;
      StartWrite(&message_);
    } else if (ending_) {
      finished_ = true;
      Finish(grpc::Status(grpc::StatusCode::UNAVAILABLE, "going away"));
    }
  }

  sync::Mutex mutex_;
  std::optional<Serving> next_ ABSL_GUARDED_BY(mutex_);
  bool writing_ ABSL_GUARDED_BY(mutex_) = false;
  bool ending_ ABSL_GUARDED_BY(mutex_) = false;
  bool finished_ ABSL_GUARDED_BY(mutex_) = false;
  HealthCheckResponse message_ ABSL_GUARDED_BY(mutex_);
  // Last, so that nobody calls while the rest is destroyed.
  HealthState::Subscription subscription_;
  LiveStreams::Registration registration_;
};

}  // namespace

grpc::ServerUnaryReactor* HealthService::Check(
    grpc::CallbackServerContext* context, const HealthCheckRequest* request,
    HealthCheckResponse* response) {
  grpc::ServerUnaryReactor* const reactor = context->DefaultReactor();
  const Serving serving = state_.Get(request->service());
  if (serving == Serving::kUnknown) {
    reactor->Finish(
        grpc::Status(grpc::StatusCode::NOT_FOUND,
                     "no such service; known are \"\", the full names of "
                     "served services, and \"live\""));
    return reactor;
  }
  response->set_status(ToMessage(serving));
  reactor->Finish(grpc::Status::OK);
  return reactor;
}

grpc::ServerWriteReactor<HealthCheckResponse>* HealthService::Watch(
    grpc::CallbackServerContext* /*context*/,
    const HealthCheckRequest* request) {
  return new Watcher(state_, streams_, request->service());
}

}  // namespace plumbline::rpc
