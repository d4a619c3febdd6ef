// The main() of a service with faults: sets the faults that the environment
// asks for, then runs the service's own main(), which is compiled by the name
// ServiceMain.

#include <cstdlib>
#include <iostream>

#include "absl/status/status.h"
#include "tests/faults/failpoints.h"
#include "tests/faults/lossy_vfs.h"

int ServiceMain(int argc, char** argv);

namespace {

absl::Status SetFaults() {
  absl::Status status;
  if (const char* disk = std::getenv("PLUMBLINE_DISK")) {
    status = plumbline::testing::LossyVfs::Install().Set(disk);
  }
  const char* const hits = std::getenv("PLUMBLINE_FAILPOINT_HITS");
  if (status.ok() && hits != nullptr) {
    status = plumbline::testing::CountFailpointHits(hits);
  }
  const char* const failpoints = std::getenv("PLUMBLINE_FAILPOINTS");
  if (status.ok() && failpoints != nullptr) {
    status = plumbline::testing::SetFailpoints(failpoints);
  }
  return status;
}

}  // namespace

int main(int argc, char** argv) {
  const absl::Status status = SetFaults();
  if (status.ok()) return ServiceMain(argc, argv);
  std::cerr << "faults: " << status.message() << '\n';
  return EXIT_FAILURE;
}
