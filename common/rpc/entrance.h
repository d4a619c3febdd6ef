// The entrance: the one way into every handler. It admits the caller, to the
// method and to the fields of a unary request, refuses a call that has expired,
// runs the handler here or on the worker pool, counts and logs the call, and
// turns its status into what the caller may see.
//
//   grpc::ServerUnaryReactor* ContentRpc::GetRelease(
//       grpc::CallbackServerContext* context, const v1::GetReleaseRequest*
//       request, v1::GetReleaseResponse* response) {
//     return entrance_.HandleOnPool(
//         context, request, response,
//         [this](const rpc::Call& call, const v1::GetReleaseRequest& in,
//                v1::GetReleaseResponse& out) -> absl::Status { … });
//   }
//
// The method is found by the type of its request, which no two methods share.

#ifndef PLUMBLINE_COMMON_RPC_ENTRANCE_H_
#define PLUMBLINE_COMMON_RPC_ENTRANCE_H_

#include <google/protobuf/descriptor.h>
#include <grpcpp/server_context.h>
#include <grpcpp/support/server_callback.h>

#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/rpc/access.h"
#include "common/rpc/admit.h"
#include "common/rpc/metrics.h"
#include "common/rpc/status.h"
#include "common/rpc/tokens.h"
#include "common/rpc/worker_pool.h"

namespace plumbline::rpc {

// What a handler may know of the call that it serves.
struct Call {
  // Never null; lives as long as the entrance.
  const MethodAccess* method = nullptr;
  Principal principal;
  // The caller's `x-request-id`, or one made here: 1 to 64 characters of
  // [A-Za-z0-9_-]. For the log; given back as initial metadata. Not the
  // idempotency key of a request.
  std::string id;
  // W3C trace context as received; empty if absent or malformed. For calls made
  // on behalf of this one.
  std::string traceparent;
  absl::Time start_time;
  // InfiniteFuture() for a call without one.
  absl::Time deadline;
  // Lives until the reactor of the call is done.
  grpc::CallbackServerContext* context = nullptr;

  // Whether nobody waits for the answer any more: the deadline has passed or
  // the call was cancelled. Handlers of long work ask between steps.
  bool Expired() const;
};

// Thread-safe.
class Entrance {
 public:
  // All must outlive the entrance. `pool` may be null if nothing is handled on
  // it.
  Entrance(const AccessTable& access, const TokenTable& tokens,
           CallMetrics& metrics, WorkerPool* pool);

  // Handles a unary call in this thread. For handlers that never block.
  // `handler`: absl::Status(const Call&, const Request&, Response&).
  template <typename Request, typename Response, typename Handler>
  grpc::ServerUnaryReactor* Handle(grpc::CallbackServerContext* context,
                                   const Request* request, Response* response,
                                   Handler handler) {
    return RunHere(context, Request::descriptor(),
                   [&handler, request, response](const Call& call) {
                     const absl::Status status =
                         CheckFields(call.principal, *call.method, *request);
                     if (!status.ok()) return status;
                     return handler(call, *request, *response);
                   });
  }

  // Handles a unary call on the pool; when its queue is full the call is shed
  // with RESOURCE_EXHAUSTED, reason OVERLOADED, and a RetryInfo. What `handler`
  // captures must outlive the call.
  template <typename Request, typename Response, typename Handler>
  grpc::ServerUnaryReactor* HandleOnPool(grpc::CallbackServerContext* context,
                                         const Request* request,
                                         Response* response, Handler handler) {
    return HandleOn(pool_, context, request, response, std::move(handler));
  }

  // The same on a pool of its own, for work that would hold up everything else.
  // `pool` must outlive the entrance.
  template <typename Request, typename Response, typename Handler>
  grpc::ServerUnaryReactor* HandleOn(WorkerPool* pool,
                                     grpc::CallbackServerContext* context,
                                     const Request* request, Response* response,
                                     Handler handler) {
    return RunOn(
        pool, context, Request::descriptor(),
        [handler = std::move(handler), request, response](const Call& call) {
          const absl::Status status =
              CheckFields(call.principal, *call.method, *request);
          if (!status.ok()) return status;
          return handler(call, *request, *response);
        });
  }

  // Answers a unary method of the contract that is not built yet: as any other,
  // it first admits the caller.
  template <typename Request>
  grpc::ServerUnaryReactor* RefuseUnbuilt(grpc::CallbackServerContext* context,
                                          const Request* /*request*/) {
    return RunHere(context, Request::descriptor(), NotBuiltHandler());
  }

  // Opens a streaming call of the method whose request is `Request`. Where it
  // fails the call has been counted and logged: answer it with a
  // FinishedReactor of the status. Where it is OK, give the call to End() when
  // the stream is done.
  template <typename Request>
  absl::StatusOr<Call> Begin(grpc::CallbackServerContext* context) {
    return Begin(context, Request::descriptor());
  }

  // Counts and logs the end of a streaming call; the answer for the caller.
  grpc::Status End(const Call& call, const absl::Status& status);

  // The answer of a streaming method that is not built yet, admission first.
  template <typename Request>
  grpc::Status RefuseUnbuiltStream(grpc::CallbackServerContext* context) {
    return RefuseUnbuiltStream(context, Request::descriptor());
  }

  // The pool, for streams that have work of the kind; null if there is none.
  WorkerPool* pool() const { return pool_; }

 private:
  using Handler = std::function<absl::Status(const Call&)>;

  static Handler NotBuiltHandler();

  absl::StatusOr<Call> Begin(grpc::CallbackServerContext* context,
                             const google::protobuf::Descriptor* request);
  grpc::Status RefuseUnbuiltStream(grpc::CallbackServerContext* context,
                                   const google::protobuf::Descriptor* request);
  grpc::ServerUnaryReactor* RunHere(grpc::CallbackServerContext* context,
                                    const google::protobuf::Descriptor* request,
                                    const Handler& handler);
  grpc::ServerUnaryReactor* RunOn(WorkerPool* pool,
                                  grpc::CallbackServerContext* context,
                                  const google::protobuf::Descriptor* request,
                                  Handler handler);

  const AccessTable& access_;
  const TokenTable& tokens_;
  CallMetrics& metrics_;
  WorkerPool* const pool_;
};

// Streams that end before they begin.
template <typename Response>
class FinishedWriteReactor final : public grpc::ServerWriteReactor<Response> {
 public:
  explicit FinishedWriteReactor(const grpc::Status& status) {
    this->Finish(status);
  }
  void OnDone() override { delete this; }
};

template <typename Request, typename Response>
class FinishedBidiReactor final
    : public grpc::ServerBidiReactor<Request, Response> {
 public:
  explicit FinishedBidiReactor(const grpc::Status& status) {
    this->Finish(status);
  }
  void OnDone() override { delete this; }
};

}  // namespace plumbline::rpc

#endif  // PLUMBLINE_COMMON_RPC_ENTRANCE_H_
