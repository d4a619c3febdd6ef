#include "cli/command_line.h"

#include <CLI/CLI.hpp>

#include "absl/status/status.h"
#include "cli/command.h"
#include "common/rpc/version.h"

namespace plumbline::cli {
namespace {

constexpr char kDescription[] =
    "Writes, checks, publishes and runs clinical pathways.\n"
    "Not medical advice: a clinician must approve content before use.\n"
    "Exit codes: 0 done, 1 refused, 2 wrong command line, 3 unavailable,\n"
    "4 not allowed, 5 own fault.";

void AddCommands(CLI::App& plumb, Chosen& chosen) {
  AddPathwayCommands(plumb, chosen);
  AddCasesCommands(plumb, chosen);
  AddAssessCommand(plumb, chosen);
  AddInterviewCommand(plumb, chosen);
  AddDraftCommands(plumb, chosen);
  AddReleaseCommands(plumb, chosen);
  AddChannelCommands(plumb, chosen);
  AddGuidanceCommands(plumb, chosen);
  AddFleetCommand(plumb, chosen);
  AddKeysCommands(plumb, chosen);
  AddTokenCommands(plumb, chosen);
}

}  // namespace

ExitCode RunCommandLine(int argc, const char* const* argv, Console& console) {
  CLI::App plumb(kDescription, "plumb");
  plumb.set_version_flag("--version", rpc::Version());
  // Not 1: then a misspelt command would be called a missing one.
  plumb.require_subcommand(0, 1);
  Chosen chosen;
  AddCommands(plumb, chosen);
  try {
    plumb.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    const int code = plumb.exit(error, console.out, console.err);
    return code == 0 ? kExitOk : kExitUsage;
  }
  if (!chosen.action) {
    console.err << "plumb: which command? See plumb --help, or --help after a "
                   "group of commands.\n";
    return kExitUsage;
  }
  const absl::Status status = chosen.action(console);
  if (!status.ok()) PrintError(status, console.err);
  return ExitCodeOf(status);
}

}  // namespace plumbline::cli
