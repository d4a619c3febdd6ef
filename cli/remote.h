// Calls to the services: address, token and deadline of a command, and one way
// to make a unary call.

#ifndef PLUMBLINE_CLI_REMOTE_H_
#define PLUMBLINE_CLI_REMOTE_H_

#include <grpcpp/client_context.h>
#include <grpcpp/support/status.h>

#include <memory>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/rpc/client_channel.h"

namespace plumbline::cli {

// Where a command calls, as given on the command line.
struct Remote {
  std::string server;      // host:port
  std::string token_file;  // Empty: no token is sent.
  // Whether a token may leave this machine in plaintext.
  bool allow_insecure = false;
};

// An idempotency key: a random UUID (version 4).
std::string NewRequestId();

// What is called, in words for those who read of its failures.
struct Callee {
  std::string server;   // host:port
  std::string service;  // "content-service"
  std::string takes;    // Which options take it, as a sentence.
};

// The status of a call. One that has no message is told by its code; so is a
// server that answers and knows nothing of the service.
absl::Status StatusOfCall(const grpc::Status& status, const Callee& callee);

// A service that is called as one principal.
template <typename Stub>
class RemoteService {
 public:
  RemoteService(std::unique_ptr<Stub> stub, std::string token, Callee callee)
      : stub_(std::move(stub)),
        token_(std::move(token)),
        callee_(std::move(callee)) {}

  // Makes one unary call: Call(&Stub::GetDraft, request). It fails after
  // `timeout`.
  template <typename Request, typename Response>
  absl::StatusOr<Response> Call(
      grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&,
                                   Response*),
      const Request& request,
      absl::Duration timeout = absl::Seconds(60)) const {
    grpc::ClientContext context;
    rpc::PrepareCall({.token = token_, .timeout = timeout}, &context);
    Response response;
    const grpc::Status status =
        (stub_.get()->*method)(&context, request, &response);
    if (!status.ok()) return StatusOf(status);
    return response;
  }

  // Makes a call that lists, page by page; returns all pages as one response.
  template <typename Request, typename Response>
  absl::StatusOr<Response> CallAllPages(
      grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&,
                                   Response*),
      Request request) const {
    Response all;
    do {
      request.set_page_token(all.next_page_token());
      all.clear_next_page_token();
      const absl::StatusOr<Response> page = Call(method, request);
      if (!page.ok()) return page.status();
      all.MergeFrom(*page);
    } while (!all.next_page_token().empty());
    return all;
  }

  // For calls that are made by the stub.
  absl::Status StatusOf(const grpc::Status& status) const {
    return StatusOfCall(status, callee_);
  }

  Stub& stub() const { return *stub_; }
  const std::string& token() const { return token_; }

 private:
  std::unique_ptr<Stub> stub_;
  std::string token_;
  Callee callee_;
};

// Reads the token and makes a channel; nothing is sent yet. A usage error where
// no server is given, where it has no port, or where the token would leave this
// machine in plaintext without `allow_insecure`.
struct Connection {
  std::shared_ptr<grpc::Channel> channel;
  std::string token;
};
absl::StatusOr<Connection> Connect(const Remote& remote);

}  // namespace plumbline::cli

#endif  // PLUMBLINE_CLI_REMOTE_H_
