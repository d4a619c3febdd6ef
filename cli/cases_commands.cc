// plumb cases run
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "cli/command.h"
#include "cli/pathway_folder.h"
#include "common/pathway/read_cases.h"
#include "common/pathway/run_cases.h"

namespace plumbline::cli {
namespace {

struct CasesOptions {
  std::string pathway;
  std::string file;
  bool coverage = false;
};

void PrintCoverage(absl::string_view what, const pathway::Coverage& coverage,
                   Console& console) {
  console.out << what << ": " << coverage.reached() << " of " << coverage.total
              << " reached";
  if (!coverage.unreached.empty()) {
    console.out << ", not " << absl::StrJoin(coverage.unreached, ", ");
  }
  console.out << '\n';
}

absl::Status Run(const CasesOptions& options, Console& console) {
  const absl::StatusOr<pathway::ReadResult> folder =
      ReadPathwayFolder(options.pathway);
  if (!folder.ok()) return folder.status();
  pathway::Cases cases = folder->message.cases();
  if (!options.file.empty()) {
    const absl::StatusOr<std::string> bytes = ReadWholeFile(options.file);
    if (!bytes.ok()) return bytes.status();
    pathway::ReadCasesResult read =
        pathway::ReadCases(folder->message, options.file, *bytes);
    if (!read.faults.empty()) return FaultsStatus("", read.faults);
    cases = std::move(read.cases);
  }
  if (cases.empty()) {
    return absl::InvalidArgumentError(
        absl::StrCat(options.file.empty() ? options.pathway : options.file,
                     " holds no case; nothing was run"));
  }
  const pathway::CasesReport report =
      pathway::RunCases(*folder->pathway, cases);
  for (const pathway::CaseResult& result : report.results) {
    for (const std::string& failure : result.failures) {
      console.out << result.case_id << ": " << failure << '\n';
    }
  }
  if (options.coverage) {
    const pathway::CoverageByKind coverage =
        pathway::CoverageOf(*folder->pathway, report.unreached);
    PrintCoverage("rules", coverage.rules, console);
    PrintCoverage("policies", coverage.policies, console);
    PrintCoverage("gates", coverage.gates, console);
    PrintCoverage("guidance records", coverage.guidance, console);
  }
  console.out << report.passed << " passed, " << report.failed << " failed\n";
  if (report.failed > 0) {
    return absl::FailedPreconditionError("cases failed");
  }
  return absl::OkStatus();
}

}  // namespace

void AddCasesCommands(CLI::App& plumb, Chosen& chosen) {
  CommandGroup<CasesOptions> group(plumb, "cases",
                                   "Runs the cases of a pathway", chosen);
  CasesOptions& options = group.options();
  CLI::App* run =
      group.Add("run", "Runs a file of cases, or those of the pathway", Run);
  run->add_option("--pathway", options.pathway, "The pathway folder")
      ->required();
  run->add_option("file", options.file,
                  "Cases, one JSON object a line; without it, the pathway's");
  run->add_flag("--coverage", options.coverage,
                "Also say how much the cases reach, and what not");
}

}  // namespace plumbline::cli
