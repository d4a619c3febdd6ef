// How plumb ends: the code for the shell and the words for the person.

#ifndef PLUMBLINE_CLI_EXIT_CODE_H_
#define PLUMBLINE_CLI_EXIT_CODE_H_

#include <ostream>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

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
  // The channel was moved, and not every connected replica serves it, or that
  // is not known. The same command would move it again.
  kExitNotEverywhere = 6,
};

// `status`, but plumb ends with `code`, whatever its own code stands for.
absl::Status WithExitCode(absl::Status status, ExitCode code);

// The command line is wrong in a way that parsing does not see.
absl::Status UsageError(absl::string_view message);

// `status` of a file of this machine: something local is at fault, and no
// service. OK stays OK.
absl::Status LocalError(absl::Status status);

// The code for what a command returned: that of WithExitCode(), else the one
// that fits the status's own.
ExitCode ExitCodeOf(const absl::Status& status);

// Writes "plumb: <message>", or the code where there is no message; every
// violation, the reason, and when to try again.
void PrintError(const absl::Status& status, std::ostream& err);

}  // namespace plumbline::cli

#endif  // PLUMBLINE_CLI_EXIT_CODE_H_
