// plumb assess
#include <fstream>
#include <istream>
#include <memory>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "cli/assessor.h"
#include "cli/command.h"
#include "cli/exit_code.h"
#include "cli/json.h"
#include "cli/pathway_folder.h"
#include "cli/print_decision.h"
#include "cli/progress.h"
#include "common/pathway/read_answers.h"

namespace plumbline::cli {
namespace {

struct AssessOptions {
  AssessorOptions assessor;
  std::string answers_file;
  std::string jsonl_file;
  std::string output = "text";
};

absl::Status AssessFile(const AssessOptions& options, Assessor& assessor,
                        Console& console) {
  const absl::StatusOr<Answers> answers =
      ReadAnswersFile(options.answers_file, assessor.form());
  if (!answers.ok()) return answers.status();
  const absl::StatusOr<triage::v1::Assessment> assessment =
      assessor.Assess(*answers);
  if (!assessment.ok()) return assessment.status();
  if (options.output == "json") return PrintJson(*assessment, console.out);
  PrintAssessment(*assessment, console.out);
  return absl::OkStatus();
}

// `status` with `place` in front of its message, and its details.
absl::Status At(const std::string& place, const absl::Status& status) {
  absl::Status placed(status.code(),
                      absl::StrCat(place, ": ", status.message()));
  status.ForEachPayload(
      [&placed](absl::string_view type, const absl::Cord& payload) {
        placed.SetPayload(type, payload);
      });
  return placed;
}

// One line in, one line out; the first failure ends it, after what was printed.
absl::Status AssessLine(const std::string& line, int number,
                        const std::string& file, Assessor& assessor,
                        Console& console) {
  const pathway::ReadAnswersResult read =
      pathway::ReadAnswersLine(assessor.form(), file, number, line);
  if (!read.faults.empty()) return FaultsStatus("", read.faults);
  const absl::StatusOr<triage::v1::Assessment> assessment =
      assessor.Assess(read.answers);
  if (!assessment.ok()) {
    return At(absl::StrCat(file, ":", number), assessment.status());
  }
  console.out << AssessmentLine(*assessment, read.other_keys);
  return absl::OkStatus();
}

absl::Status AssessLines(const AssessOptions& options, Assessor& assessor,
                         Console& console) {
  std::ifstream file;
  const bool from_console = options.jsonl_file == "-";
  if (!from_console) file.open(options.jsonl_file);
  std::istream& lines = from_console ? console.in : file;
  const absl::Status unreadable = LocalError(absl::FailedPreconditionError(
      absl::StrCat(options.jsonl_file, ": cannot be read")));
  if (!lines.good()) return unreadable;
  Progress progress(console, "intakes");
  std::string line;
  for (int number = 1; std::getline(lines, line); ++number) {
    if (absl::StripAsciiWhitespace(line).empty()) continue;
    const absl::Status status =
        AssessLine(line, number, options.jsonl_file, assessor, console);
    if (!status.ok()) return status;
    progress.Update(number);
  }
  // The end of the file is no error; anything else that ends it is.
  return lines.bad() ? unreadable : absl::OkStatus();
}

absl::Status Assess(const AssessOptions& options, Console& console) {
  const absl::StatusOr<std::unique_ptr<Assessor>> assessor =
      OpenAssessor(options.assessor);
  if (!assessor.ok()) return assessor.status();
  return options.jsonl_file.empty() ? AssessFile(options, **assessor, console)
                                    : AssessLines(options, **assessor, console);
}

}  // namespace

void AddAssessCommand(CLI::App& plumb, Chosen& chosen) {
  auto options = std::make_shared<AssessOptions>();
  CLI::App* assess = AddCommand(
      plumb, "assess", "Decides intakes, in process or by a triage-service",
      Assess, options, chosen);
  AddAssessorOptions(*assess, options->assessor);
  auto* inputs = assess->add_option_group("input", "What to assess");
  inputs->add_option("--answers", options->answers_file,
                     "A file {\"answers\": {\"em.bladder\": \"none\", …}}");
  CLI::Option* lines = inputs->add_option(
      "--jsonl", options->jsonl_file,
      "A file with one such object a line; - reads from stdin. Prints one line "
      "each, in a form of its own");
  inputs->require_option(1);
  AddOutputOption(*assess, options->output)->excludes(lines);
}

}  // namespace plumbline::cli
