// The whole of plumb: parses the command line, runs the command, ends with a
// code.

#ifndef PLUMBLINE_CLI_COMMAND_LINE_H_
#define PLUMBLINE_CLI_COMMAND_LINE_H_

#include "cli/console.h"
#include "cli/exit_code.h"

namespace plumbline::cli {

ExitCode RunCommandLine(int argc, const char* const* argv, Console& console);

}  // namespace plumbline::cli

#endif  // PLUMBLINE_CLI_COMMAND_LINE_H_
