// The commands of plumb: each file below adds its own to the command line.
//
// Parsing only chooses the action; RunCommandLine() then runs it. So a wrong
// command line never does half of something.

#ifndef PLUMBLINE_CLI_COMMAND_H_
#define PLUMBLINE_CLI_COMMAND_H_

#include <google/protobuf/descriptor.h>

#include <CLI/CLI.hpp>
#include <functional>
#include <memory>
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
CLI::Option* AddOutputOption(CLI::App& command, std::string& output);
// --key FILE, repeated: private keys to sign with.
CLI::Option* AddKeyOption(CLI::App& command,
                          std::vector<std::string>& key_files);
// --overlay FILE: other words for the items of a folder.
CLI::Option* AddOverlayOption(CLI::App& command, std::string& overlay);
// --digest DIGEST: the only content that may be signed for.
void AddDigestOption(CLI::App& command, std::string& digest);
// --role ROLE, repeated: values of the enum `roles`.
void AddRoleOption(CLI::App& command,
                   const google::protobuf::EnumDescriptor* roles,
                   std::vector<std::string>& words);

// Takes the words of an enum, and nothing else.
CLI::Validator WordIn(const google::protobuf::EnumDescriptor* descriptor);

// Adds a command that runs `action` with `options`.
template <typename Options>
CLI::App* AddCommand(CLI::App& parent, const char* name,
                     const char* description,
                     absl::Status (*action)(const Options&, Console&),
                     const std::shared_ptr<Options>& options, Chosen& chosen) {
  CLI::App* command = parent.add_subcommand(name, description);
  command->callback([options, action, &chosen] {
    chosen.action = [options, action](Console& console) {
      return action(*options, console);
    };
  });
  return command;
}

// Commands of one word that share their options.
template <typename Options>
class CommandGroup {
 public:
  using Action = absl::Status (*)(const Options&, Console&);

  // `chosen` must outlive the parse.
  CommandGroup(CLI::App& plumb, const char* name, const char* description,
               Chosen& chosen)
      : app_(*plumb.add_subcommand(name, description)), chosen_(chosen) {
    // Not 1: then a misspelt command would be called a missing one.
    app_.require_subcommand(0, 1);
  }

  CLI::App* Add(const char* name, const char* description, Action action) {
    return AddCommand(app_, name, description, action, options_, chosen_);
  }

  // Adds one that calls content-service and prints text or JSON: `Options` has
  // `remote` and `output`.
  CLI::App* AddRemote(const char* name, const char* description,
                      Action action) {
    CLI::App* command = Add(name, description, action);
    AddContentOptions(*command, options_->remote);
    AddOutputOption(*command, options_->output);
    return command;
  }

  Options& options() { return *options_; }

 private:
  CLI::App& app_;
  Chosen& chosen_;
  const std::shared_ptr<Options> options_ = std::make_shared<Options>();
};

void AddPathwayCommands(CLI::App& plumb, Chosen& chosen);
void AddCasesCommands(CLI::App& plumb, Chosen& chosen);
void AddAssessCommand(CLI::App& plumb, Chosen& chosen);
void AddExplainCommand(CLI::App& plumb, Chosen& chosen);
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
