// Makes one Assess call and keeps what went over the wire, so that h2load can
// send it and floor_server can answer it: proof that the call which is measured
// succeeds. Prints the sizes.
//
// usage: capture_assess --server=HOST:PORT --token_file=FILE
//                       --request_frame=FILE --response=FILE

#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <string>

#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "cli/services.h"
#include "common/file/file_system.h"
#include "tests/bench/sample_intake.h"

ABSL_FLAG(std::string, server, "", "The triage-service, as host:port.");
ABSL_FLAG(std::string, token_file, "", "File that holds an assessor's token.");
ABSL_FLAG(std::string, request_frame, "",
          "File that receives the request with gRPC's prefix.");
ABSL_FLAG(std::string, response, "", "File that receives the response.");

namespace plumbline::bench {
namespace {

using pathway::v1::DECISION_VIEW_BASIC;
using pathway::v1::Disposition_Name;

// A message as gRPC sends it: not compressed, its length in four bytes, itself.
std::string GrpcFrame(absl::string_view message) {
  std::string frame(1, '\0');
  const auto length = static_cast<std::uint32_t>(message.size());
  for (const int shift : {24, 16, 8, 0}) {
    frame.push_back(static_cast<char>(length >> shift & 0xFF));
  }
  frame.append(message.data(), message.size());
  return frame;
}

absl::Status Run() {
  const absl::StatusOr<SampleIntake> sample = ReadSampleIntake();
  if (!sample.ok()) return sample.status();
  const absl::StatusOr<cli::RemoteTriage> triage =
      cli::ConnectTriage({.server = absl::GetFlag(FLAGS_server),
                          .token_file = absl::GetFlag(FLAGS_token_file)});
  if (!triage.ok()) return triage.status();

  triage::v1::AssessRequest request;
  request.set_pathway("pathways/" + sample->pathway->source->pathway_id());
  *request.mutable_answers() = sample->answers;
  request.set_view(DECISION_VIEW_BASIC);
  const absl::StatusOr<triage::v1::AssessResponse> response =
      triage->Call(&cli::TriageStub::Assess, request);
  if (!response.ok()) return response.status();

  const std::string request_bytes = request.SerializeAsString();
  const std::string response_bytes = response->SerializeAsString();
  file::FileSystem& files = file::PosixFileSystem();
  absl::Status written = file::WriteFileAtomically(
      files, absl::GetFlag(FLAGS_request_frame), GrpcFrame(request_bytes));
  written.Update(file::WriteFileAtomically(files, absl::GetFlag(FLAGS_response),
                                           response_bytes));
  if (!written.ok()) return written;

  const auto& decision = response->assessment().decision();
  std::cout << request.answers_size() << " answers, request "
            << request_bytes.size() << " bytes, response "
            << response_bytes.size() << " bytes, view basic, log off: "
            << Disposition_Name(decision.disposition()) << '\n';
  return absl::OkStatus();
}

}  // namespace
}  // namespace plumbline::bench

int main(int argc, char** argv) {
  absl::ParseCommandLine(argc, argv);
  const absl::Status status = plumbline::bench::Run();
  if (status.ok()) return EXIT_SUCCESS;
  std::cerr << "capture_assess: " << status.message() << '\n';
  return EXIT_FAILURE;
}
