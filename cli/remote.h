// Calls to the services: address, token and deadline of a command, and one way
// to make a unary call.

#ifndef PLUMBLINE_CLI_REMOTE_H_
#define PLUMBLINE_CLI_REMOTE_H_

#include <grpcpp/client_context.h>

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/rpc/client_channel.h"
#include "common/rpc/status.h"

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

// A service that is called as one principal.
template <typename Stub>
class RemoteService {
 public:
  RemoteService(std::unique_ptr<Stub> stub, std::string token)
      : stub_(std::move(stub)), token_(std::move(token)) {}

  // Makes one unary call: Call(&Stub::GetDraft, request).
  template <typename Request, typename Response>
  absl::StatusOr<Response> Call(
      grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&,
                                   Response*),
      const Request& request) const {
    grpc::ClientContext context;
    rpc::PrepareCall({.token = token_, .timeout = absl::Seconds(60)}, &context);
    Response response;
    const grpc::Status status =
        (stub_.get()->*method)(&context, request, &response);
    if (!status.ok()) return rpc::FromGrpcStatus(status);
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

  Stub& stub() const { return *stub_; }
  const std::string& token() const { return token_; }

 private:
  std::unique_ptr<Stub> stub_;
  std::string token_;
};

// Reads the token and makes a channel; nothing is sent yet. A usage error where
// no server is given, or where the token would leave this machine in plaintext
// without `allow_insecure`.
struct Connection {
  std::shared_ptr<grpc::Channel> channel;
  std::string token;
};
absl::StatusOr<Connection> Connect(const Remote& remote);

}  // namespace plumbline::cli

#endif  // PLUMBLINE_CLI_REMOTE_H_
