// The commands of plumb: each file below adds its own to the command line.
//
// Parsing only chooses the action; RunCommandLine() then runs it. So a wrong
// command line never does half of something.

#ifndef PLUMBLINE_CLI_COMMAND_H_
#define PLUMBLINE_CLI_COMMAND_H_

#include <CLI/CLI.hpp>
#include <functional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "cli/assessor.h"
#include "cli/console.h"
#include "cli/remote.h"

namespace plumbline::cli {

// The command that was chosen.
struct Chosen {
  std::function<absl::Status(Console&)> action;
};

// Options that several commands share. Each adds them to `command` and writes
// what is given to its second argument, which outlives the parse.
void AddContentOptions(CLI::App& command, Remote& remote);
void AddTriageOptions(CLI::App& command, Remote& remote);
void AddAssessorOptions(CLI::App& command, AssessorOptions& options);
// -o text|json
void AddOutputOption(CLI::App& command, std::string& output);
// --key FILE, repeated: private keys to sign with.
void AddKeyOption(CLI::App& command, std::vector<std::string>& key_files);

void AddPathwayCommands(CLI::App& plumb, Chosen& chosen);
void AddCasesCommands(CLI::App& plumb, Chosen& chosen);
void AddAssessCommand(CLI::App& plumb, Chosen& chosen);
void AddInterviewCommand(CLI::App& plumb, Chosen& chosen);
void AddDraftCommands(CLI::App& plumb, Chosen& chosen);
void AddReleaseCommands(CLI::App& plumb, Chosen& chosen);
void AddChannelCommands(CLI::App& plumb, Chosen& chosen);
void AddGuidanceCommands(CLI::App& plumb, Chosen& chosen);
void AddFleetCommand(CLI::App& plumb, Chosen& chosen);
void AddKeysCommands(CLI::App& plumb, Chosen& chosen);
void AddTokenCommands(CLI::App& plumb, Chosen& chosen);

}  // namespace plumbline::cli

#endif  // PLUMBLINE_CLI_COMMAND_H_
