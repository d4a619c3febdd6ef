// A gRPC server on a free loopback port that serves one service of a test.

#ifndef PLUMBLINE_TESTS_SUPPORT_LOCAL_SERVER_H_
#define PLUMBLINE_TESTS_SUPPORT_LOCAL_SERVER_H_

#include <grpcpp/grpcpp.h>

#include <memory>
#include <string>

#include "absl/strings/str_cat.h"

namespace plumbline::testing {

// Serves until it is destroyed. Declare it after what the service uses: calls
// may be under way until then.
class LocalServer {
 public:
  // `service` must outlive it.
  explicit LocalServer(grpc::Service* service) {
    grpc::ServerBuilder builder;
    int port = 0;
    builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(),
                             &port);
    builder.RegisterService(service);
    server_ = builder.BuildAndStart();
    address_ = absl::StrCat("127.0.0.1:", port);
  }
  ~LocalServer() { server_->Shutdown(); }

  LocalServer(const LocalServer&) = delete;
  LocalServer& operator=(const LocalServer&) = delete;

  const std::string& address() const { return address_; }

 private:
  std::string address_;
  std::unique_ptr<grpc::Server> server_;
};

}  // namespace plumbline::testing

#endif  // PLUMBLINE_TESTS_SUPPORT_LOCAL_SERVER_H_
