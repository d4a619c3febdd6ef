// The least that a gRPC server can do: answers Assess with the bytes of a file,
// whatever was asked, and does not read the request. `./dev bench` measures
// triage-service against it.
//
// usage: floor_server --response=FILE --port_file=FILE

#include <grpcpp/grpcpp.h>

#include <cstdlib>
#include <iostream>
#include <memory>
#include <string>
#include <utility>

#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "common/file/file_system.h"
#include "plumbline/triage/v1/triage_service.grpc.pb.h"

ABSL_FLAG(std::string, response, "", "File that holds the response to give.");
ABSL_FLAG(std::string, port_file, "", "File that receives the bound port.");

namespace plumbline::bench {
namespace {

using Floor = triage::v1::TriageService::WithRawCallbackMethod_Assess<
    triage::v1::TriageService::Service>;

class FloorService final : public Floor {
 public:
  explicit FloorService(grpc::ByteBuffer response)
      : response_(std::move(response)) {}

  using Floor::Assess;
  grpc::ServerUnaryReactor* Assess(grpc::CallbackServerContext* context,
                                   const grpc::ByteBuffer* /*request*/,
                                   grpc::ByteBuffer* response) override {
    *response = response_;
    grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
    reactor->Finish(grpc::Status::OK);
    return reactor;
  }

 private:
  const grpc::ByteBuffer response_;
};

// Returns only where it cannot serve.
absl::Status Serve() {
  file::FileSystem& files = file::PosixFileSystem();
  const absl::StatusOr<std::string> response =
      files.Read(absl::GetFlag(FLAGS_response));
  if (!response.ok()) return response.status();
  const grpc::Slice slice(*response);
  FloorService service(grpc::ByteBuffer(&slice, 1));

  int port = 0;
  grpc::ServerBuilder builder;
  builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(),
                           &port);
  builder.RegisterService(&service);
  const std::unique_ptr<grpc::Server> server = builder.BuildAndStart();
  if (server == nullptr) return absl::UnavailableError("no port to listen on");
  const absl::Status written = file::WriteFileAtomically(
      files, absl::GetFlag(FLAGS_port_file), absl::StrCat(port, "\n"));
  if (!written.ok()) return written;
  server->Wait();
  return absl::InternalError("the server ended by itself");
}

}  // namespace
}  // namespace plumbline::bench

int main(int argc, char** argv) {
  absl::ParseCommandLine(argc, argv);
  std::cerr << "floor_server: " << plumbline::bench::Serve().message() << '\n';
  return EXIT_FAILURE;
}
