#include "cli/command_line.h"

#include <CLI/CLI.hpp>
#include <ostream>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "cli/command.h"
#include "common/pathway/did_you_mean.h"
#include "common/rpc/version.h"

namespace plumbline::cli {
namespace {

constexpr char kDescription[] =
    "Writes, checks, publishes and runs clinical pathways.\n"
    "Not medical advice: a clinician must approve content before use.\n"
    "Exit codes: 0 done, 1 refused, 2 wrong command line, 3 unavailable,\n"
    "4 not allowed, 5 own fault, 6 moved but not served everywhere.";

void AddCommands(CLI::App& plumb, Chosen& chosen) {
  AddPathwayCommands(plumb, chosen);
  AddCasesCommands(plumb, chosen);
  AddAssessCommand(plumb, chosen);
  AddInterviewCommand(plumb, chosen);
  AddExplainCommand(plumb, chosen);
  AddDraftCommands(plumb, chosen);
  AddReleaseCommands(plumb, chosen);
  AddChannelCommands(plumb, chosen);
  AddGuidanceCommands(plumb, chosen);
  AddFleetCommand(plumb, chosen);
  AddKeysCommands(plumb, chosen);
  AddTokenCommands(plumb, chosen);
}

// The command that was named: the deepest of them.
const CLI::App& Deepest(const CLI::App& app) {
  const std::vector<CLI::App*> named = app.get_subcommands();
  return named.empty() ? app : Deepest(*named.back());
}

// The options and commands that may follow `app`.
void AddNames(const CLI::App& app, std::vector<std::string>& names) {
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) {
      names.push_back(absl::StrCat("--", name));
    }
  }
  const auto any = [](const CLI::App*) { return true; };
  for (const CLI::App* inner : app.get_subcommands(any)) {
    if (inner->get_name().empty()) {  // A group of options.
      AddNames(*inner, names);
    } else {
      names.push_back(inner->get_name());
    }
  }
}

// Names what was perhaps meant by words that were not understood.
void Suggest(const CLI::App& plumb, std::ostream& err) {
  std::vector<std::string> names;
  AddNames(Deepest(plumb), names);
  const std::vector<absl::string_view> known(names.begin(), names.end());
  for (const std::string& word : plumb.remaining(/*recurse=*/true)) {
    const std::string name = word.substr(0, word.find('='));
    const std::string suggestion = pathway::DidYouMean(name, known);
    if (suggestion.empty()) continue;
    err << "plumb: there is no '" << name << "' here" << suggestion << '\n';
  }
}

ExitCode Run(int argc, const char* const* argv, Console& console) {
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
    if (code == 0) return kExitOk;
    Suggest(plumb, console.err);
    return kExitUsage;
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

}  // namespace

// Results that did not arrive are no success.
ExitCode RunCommandLine(int argc, const char* const* argv, Console& console) {
  const ExitCode code = Run(argc, argv, console);
  console.out.flush();
  if (console.out.good()) return code;
  console.err << "plumb: standard output cannot be written\n";
  return code == kExitOk ? kExitRefused : code;
}

}  // namespace plumbline::cli
