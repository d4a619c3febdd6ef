// How calls use the store: reads, and changes that are done once for each
// request_id, in the transaction of the change itself.

#ifndef PLUMBLINE_CONTENT_SERVICE_RPC_STORE_CALLS_H_
#define PLUMBLINE_CONTENT_SERVICE_RPC_STORE_CALLS_H_

#include <string>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "common/rpc/entrance.h"
#include "content-service/domain/actor.h"
#include "content-service/storage/content_store.h"
#include "google/protobuf/message.h"

namespace plumbline::content {

class StoreCalls {
 public:
  StoreCalls(ContentStore& store, Clock clock)
      : store_(store), clock_(std::move(clock)) {}

  absl::Time Now() const { return clock_(); }
  Actor ActorOf(const rpc::Call& call) const {
    return {call.principal.name, clock_()};
  }

  absl::Status Read(absl::FunctionRef<absl::Status(const Reader&)> read);

  // Calls `change`, which fills in `response`. Where the principal has used the
  // request's id for this method and payload before, `response` is the one that
  // was given then, and nothing is called. With `validate_only` nothing of the
  // change is kept.
  template <typename Request>
  absl::Status Change(const rpc::Call& call, const Request& request,
                      google::protobuf::Message& response,
                      absl::FunctionRef<absl::Status(Transaction&)> change) {
    return ChangeOnce(call, request, request.request_id(),
                      request.validate_only(), response, change);
  }

  // Whether a request was answered before; `response` is then that answer. For
  // changes that have work to do before their transaction.
  template <typename Request>
  absl::StatusOr<bool> WasAnswered(const rpc::Call& call,
                                   const Request& request,
                                   google::protobuf::Message& response) {
    if (request.validate_only()) return false;
    return FindAnswer(call, request, request.request_id(), response);
  }

 private:
  absl::Status ChangeOnce(const rpc::Call& call,
                          const google::protobuf::Message& request,
                          const std::string& request_id, bool validate_only,
                          google::protobuf::Message& response,
                          absl::FunctionRef<absl::Status(Transaction&)> change);
  absl::StatusOr<bool> FindAnswer(const rpc::Call& call,
                                  const google::protobuf::Message& request,
                                  const std::string& request_id,
                                  google::protobuf::Message& response);

  ContentStore& store_;
  const Clock clock_;
};

// A failure of the store as callers are told of it, with its reason.
absl::Status ExplainStoreFailure(const absl::Status& status);

}  // namespace plumbline::content

#endif  // PLUMBLINE_CONTENT_SERVICE_RPC_STORE_CALLS_H_
