// plumb pathway check | build | fmt | mutate | report | verify
#include <filesystem>
#include <optional>
#include <string>
#include <system_error>
#include <utility>

#include "absl/strings/str_cat.h"
#include "cli/command.h"
#include "cli/exit_code.h"
#include "cli/mutate_pathway.h"
#include "cli/mutation_tally.h"
#include "cli/pathway_folder.h"
#include "cli/report/pathway_report.h"
#include "cli/verify_pathway.h"
#include "common/file/file_system.h"
#include "common/pathway/answers.h"
#include "common/pathway/content.h"
#include "common/pathway/fault.h"
#include "common/pathway/format_pathway.h"
#include "common/pathway/names.h"
#include "common/pathway/source_files.h"

namespace plumbline::cli {
namespace {

struct PathwayOptions {
  std::string folder;
  std::string overlay;
  std::string output;
  std::string as_of_date;
  std::string form = "text";
  bool check_only = false;
  bool without_mutations = false;
  MutateOptions mutate;
};

// What is wrong with the answers of the cases.
pathway::Faults CaseFaults(const pathway::ReadResult& read) {
  pathway::Faults faults;
  for (const pathway::v1::Case& one : read.message.cases()) {
    const std::string element = absl::StrCat("cases/", one.case_id());
    const auto checked = pathway::CheckAnswers(*read.pathway, one.answers());
    for (pathway::Fault fault : checked.violations) {
      fault.path = absl::StrCat("cases[", one.case_id(), "].", fault.path);
      const auto place = read.places.find(element);
      if (place != read.places.end()) fault.place = place->second;
      faults.push_back(std::move(fault));
    }
  }
  return faults;
}

absl::Status Check(const PathwayOptions& options, Console& console) {
  const absl::StatusOr<pathway::ReadResult> result =
      ReadPathwayFolder(options.folder, options.overlay);
  if (!result.ok()) return result.status();
  const pathway::Faults faults = CaseFaults(*result);
  if (!faults.empty()) {
    return FaultsStatus(options.folder, faults, options.overlay);
  }
  const pathway::v1::Pathway& message = result->message;
  console.out << message.pathway_id() << ": no faults\n"
              << "  " << message.items_size() << " items, "
              << message.definitions_size() << " definitions, "
              << message.scores_size() << " scores, "
              << message.instruments_size() << " instruments, "
              << message.rules_size() << " rules, " << message.gates_size()
              << " gates, " << message.guidance_size() << " guidance records, "
              << message.invariants_size() << " invariants, "
              << message.cases_size() << " cases\n"
              << "  content " << result->pathway->digest << '\n';
  return absl::OkStatus();
}

// Days are compared as texts: what is none would defeat the comparison.
absl::Status CheckDay(const std::string& as_of_date) {
  if (as_of_date.empty() || pathway::IsDate(as_of_date)) {
    return absl::OkStatus();
  }
  return UsageError(absl::StrCat("--as-of '", as_of_date,
                                 "' is not a day, such as 2027-05-31"));
}

absl::Status Verify(const PathwayOptions& options, Console& console) {
  const absl::Status day = CheckDay(options.as_of_date);
  if (!day.ok()) return day;
  const absl::StatusOr<pathway::ReadResult> result =
      ReadPathwayFolder(options.folder, options.overlay);
  if (!result.ok()) return result.status();
  return VerifyPathway(*result, options.folder, options.as_of_date,
                       options.form, console);
}

absl::Status Mutate(const PathwayOptions& options, Console& console) {
  const absl::Status day = CheckDay(options.mutate.as_of_date);
  if (!day.ok()) return day;
  const absl::StatusOr<pathway::ReadResult> result =
      ReadPathwayFolder(options.folder, options.overlay);
  if (!result.ok()) return result.status();
  return MutatePathway(*result, options.mutate, console);
}

absl::Status Report(const PathwayOptions& options, Console& console) {
  const absl::Status day = CheckDay(options.as_of_date);
  if (!day.ok()) return day;
  const absl::StatusOr<pathway::ReadResult> result =
      ReadPathwayFolder(options.folder, options.overlay);
  if (!result.ok()) return result.status();
  const auto gate = RunGateHere(*result->pathway, result->places,
                                options.as_of_date, console);
  if (!gate.ok()) return gate.status();
  // Of a pathway that is refused, every mistake would seem to be.
  std::optional<MutationTally> mutations;
  if (gate->passed() && !options.without_mutations) {
    auto tally =
        TallyMutations(result->message, "", gate->as_of_date(), console);
    if (!tally.ok()) return tally.status();
    mutations = *std::move(tally);
  }
  const std::string page = PathwayReport(
      *result->pathway, *gate, mutations.has_value() ? &*mutations : nullptr);
  const absl::Status written =
      file::WriteFileAtomically(file::PosixFileSystem(), options.output, page);
  if (!written.ok()) return LocalError(written);
  console.out << options.output << "  " << page.size() << " bytes, gate "
              << (gate->passed() ? "passed" : "NOT PASSED") << '\n';
  return absl::OkStatus();
}

absl::Status Build(const PathwayOptions& options, Console& console) {
  const absl::StatusOr<pathway::ReadResult> result =
      ReadPathwayFolder(options.folder, options.overlay);
  if (!result.ok()) return result.status();
  const std::string content = pathway::ToContent(result->message);
  const absl::Status written = file::WriteFileAtomically(
      file::PosixFileSystem(), options.output, content);
  if (!written.ok()) return LocalError(written);
  console.out << result->pathway->digest << "  " << options.output << "  "
              << content.size() << " bytes\n";
  return absl::OkStatus();
}

// Replaces a file, which keeps its mode; through a link, that which it is to.
absl::Status Replace(const std::string& link, const std::string& bytes) {
  std::error_code error;
  const std::string path = std::filesystem::canonical(link, error).string();
  if (error) {
    return LocalError(absl::UnavailableError(
        absl::StrCat("cannot find '", link, "': ", error.message())));
  }
  const std::filesystem::perms mode =
      std::filesystem::status(path, error).permissions();
  absl::Status status =
      file::WriteFileAtomically(file::PosixFileSystem(), path, bytes);
  if (!status.ok()) return LocalError(status);
  if (!error) std::filesystem::permissions(path, mode, error);
  if (!error) return absl::OkStatus();
  return LocalError(absl::UnavailableError(
      absl::StrCat("cannot keep the mode of '", path, "': ", error.message())));
}

// The files that are not in form, as they would be. Every fault of every file
// is told, and then nothing is formatted.
absl::StatusOr<pathway::SourceFiles> FormatAll(const std::string& folder) {
  const absl::StatusOr<pathway::SourceFiles> files =
      pathway::LoadSourceFiles(folder, pathway::kContentBytesMax);
  if (!files.ok()) return LocalError(files.status());
  pathway::SourceFiles changed;
  pathway::Faults faults;
  for (const auto& [path, bytes] : *files) {
    pathway::FormatResult formatted = pathway::FormatSource(path, bytes);
    faults.insert(faults.end(), formatted.faults.begin(),
                  formatted.faults.end());
    if (formatted.bytes != bytes) changed[path] = std::move(formatted.bytes);
  }
  if (!faults.empty()) return FaultsStatus(folder, faults);
  return changed;
}

absl::Status Format(const PathwayOptions& options, Console& console) {
  const absl::StatusOr<pathway::SourceFiles> changed =
      FormatAll(options.folder);
  if (!changed.ok()) return changed.status();
  for (const auto& [path, bytes] : *changed) {
    if (options.check_only) {
      console.out << path << ": not in form\n";
      continue;
    }
    const absl::Status status =
        Replace(absl::StrCat(options.folder, "/", path), bytes);
    if (!status.ok()) return status;
    console.out << path << ": formatted\n";
  }
  if (!options.check_only || changed->empty()) return absl::OkStatus();
  return absl::FailedPreconditionError(absl::StrCat(
      changed->size(), changed->size() == 1 ? " file is" : " files are",
      " not in form; run plumb pathway fmt ", options.folder));
}

void AddAsOfOption(CLI::App& command, std::string& as_of_date) {
  command
      .add_option("--as-of", as_of_date,
                  "The day to compare review_by dates with, such as "
                  "2027-05-31; without it, today (UTC)")
      ->check(CLI::Validator(
          [](const std::string& day) {
            return day.empty() ? std::string(
                                     "is empty: a day, such as "
                                     "2027-05-31, or leave it out")
                               : std::string();
          },
          "DAY"));
}

}  // namespace

void AddPathwayCommands(CLI::App& plumb, Chosen& chosen) {
  CommandGroup<PathwayOptions> group(
      plumb, "pathway", "Checks and builds pathway folders", chosen);
  PathwayOptions& options = group.options();
  const auto add = [&](const char* name, const char* description,
                       CommandGroup<PathwayOptions>::Action action) {
    CLI::App* command = group.Add(name, description, action);
    command->add_option("folder", options.folder, "The folder")->required();
    return command;
  };
  AddOverlayOption(
      *add("check", "Reports every mistake with its file, line and column",
           Check),
      options.overlay);
  CLI::App* verify =
      add("verify", "Proves what a release must have, or shows what breaks it",
          Verify);
  AddOverlayOption(*verify, options.overlay);
  AddAsOfOption(*verify, options.as_of_date);
  AddOutputOption(*verify, options.form);
  CLI::App* mutate =
      add("mutate", "Says which small mistakes cases and gate do not refuse",
          Mutate);
  AddOverlayOption(*mutate, options.overlay);
  AddAsOfOption(*mutate, options.mutate.as_of_date);
  mutate->add_option("--element", options.mutate.element,
                     "Only mistakes in this element, such as rules/R-E01");
  mutate
      ->add_option("--at-least", options.mutate.score_min,
                   "Fail where fewer percent are refused")
      ->check(CLI::Range(0.0, 100.0));
  CLI::App* report =
      add("report", "Writes a page that a clinician reads before approving",
          Report);
  AddOverlayOption(*report, options.overlay);
  AddAsOfOption(*report, options.as_of_date);
  report
      ->add_option("--out,-o", options.output,
                   "The file to write, such as report.html")
      ->required();
  report->add_flag("--without-mutations", options.without_mutations,
                   "Try no mistakes: they can take minutes");
  CLI::App* build = add(
      "build", "Writes the content: the same bytes on every machine", Build);
  AddOverlayOption(*build, options.overlay);
  build->add_option("--out", options.output, "The file to write")->required();
  add("fmt", "Formats the files in place", Format)
      ->add_flag("--check", options.check_only,
                 "Change nothing; fail where a file is not in form");
}

}  // namespace plumbline::cli
