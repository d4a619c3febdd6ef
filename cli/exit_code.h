// How plumb ends: the code for the shell and the words for the person.

#ifndef PLUMBLINE_CLI_EXIT_CODE_H_
#define PLUMBLINE_CLI_EXIT_CODE_H_

#include <ostream>

#include "absl/status/status.h"

namespace plumbline::cli {

// docs/plumb.md documents these; scripts rely on them.
enum ExitCode : int {
  kExitOk = 0,
  // Something was read and is at fault, or a service refused it.
  kExitRefused = 1,
  // The command line is wrong.
  kExitUsage = 2,
  // A service cannot be reached or is busy; the same command may succeed later.
  kExitUnavailable = 3,
  // No token, or a token without the role.
  kExitNotAllowed = 4,
  // The fault is ours.
  kExitInternal = 5,
};

// The code for what a command returned.
ExitCode ExitCodeOf(const absl::Status& status);

// Writes "plumb: <message>", every violation, the reason, and when to try
// again.
void PrintError(const absl::Status& status, std::ostream& err);

}  // namespace plumbline::cli

#endif  // PLUMBLINE_CLI_EXIT_CODE_H_
