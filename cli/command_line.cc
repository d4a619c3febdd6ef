#include "cli/command_line.h"

#include <CLI/CLI.hpp>
#include <ostream>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
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

// What may follow a command.
struct Names {
  std::vector<std::string> options;
  std::vector<std::string> commands;
};

void AddNames(const CLI::App& app, Names& names) {
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) {
      names.options.push_back(absl::StrCat("--", name));
    }
  }
  const auto any = [](const CLI::App*) { return true; };
  for (const CLI::App* inner : app.get_subcommands(any)) {
    if (inner->get_name().empty()) {  // A group of options.
      AddNames(*inner, names);
    } else {
      names.commands.push_back(inner->get_name());
    }
  }
}

// What was perhaps meant by a word that stands where one of `names` may; a
// line, or nothing.
std::string Suggestion(const std::string& word,
                       const std::vector<std::string>& names) {
  const std::string name = word.substr(0, word.find('='));
  const std::string suggestion =
      pathway::DidYouMean(name, {names.begin(), names.end()});
  if (suggestion.empty()) return "";
  return absl::StrCat("plumb: there is no '", name, "' here", suggestion, "\n");
}

// The same for the words that `app` did not understand, and for those of the
// commands in it that were named. What stands behind an unknown command belongs
// to that, and is not guessed at.
std::string Suggestions(const CLI::App& app) {
  Names names;
  AddNames(app, names);
  std::string lines;
  for (const std::string& word : app.remaining()) {
    const bool is_option = absl::StartsWith(word, "-");
    lines += Suggestion(word, is_option ? names.options : names.commands);
    if (!is_option && !names.commands.empty()) break;
  }
  for (const CLI::App* named : app.get_subcommands()) {
    lines += Suggestions(*named);
  }
  return lines;
}

// What was not understood, in the order typed, comes first: what is missing may
// be missing because of it.
std::string FailureText(const CLI::App* plumb, const CLI::Error& error) {
  const std::vector<std::string> words = plumb->remaining(/*recurse=*/true);
  std::string text;
  if (!words.empty()) {
    absl::StrAppend(&text, "plumb: not understood: ", absl::StrJoin(words, " "),
                    "\n", Suggestions(*plumb));
  }
  // It says that there are such words, the other way round.
  const int extras = static_cast<int>(CLI::ExitCodes::ExtrasError);
  if (error.get_exit_code() != extras) {
    absl::StrAppend(&text, "plumb: ", error.what(), "\n");
  }
  return text + "Run with --help for more information.\n";
}

ExitCode Run(int argc, const char* const* argv, Console& console) {
  CLI::App plumb(kDescription, "plumb");
  plumb.set_version_flag("--version", rpc::Version());
  // Not 1: then a misspelt command would be called a missing one.
  plumb.require_subcommand(0, 1);
  plumb.failure_message(FailureText);
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
