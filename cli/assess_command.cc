// plumb assess
#include <cstddef>
#include <fstream>
#include <istream>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "cli/assessor.h"
#include "cli/command.h"
#include "cli/exit_code.h"
#include "cli/json.h"
#include "cli/pathway_folder.h"
#include "cli/pathway_texts.h"
#include "cli/print_decision.h"
#include "cli/progress.h"
#include "cli/result_line.h"
#include "common/pathway/read_answers.h"
#include "common/rpc/error_details.h"

namespace plumbline::cli {
namespace {

struct AssessOptions {
  AssessorOptions assessor;
  std::string answers_file;
  std::string jsonl_file;
  std::string output = "text";
};

// An assessment, or every fault of the answers.
using Outcome = std::variant<triage::v1::Assessment, pathway::Faults>;

// The place of the answer that `path` names by its number: "answers[3].code".
std::optional<pathway::Place> PlaceOf(
    absl::string_view path, const std::vector<pathway::Place>& places) {
  std::size_t number = 0;
  if (!absl::ConsumePrefix(&path, "answers[") ||
      !absl::SimpleAtoi(path.substr(0, path.find(']')), &number) ||
      number >= places.size()) {
    return std::nullopt;
  }
  return places[number];
}

// What was read is assessed. `place` is that of all of it. Where it is not the
// answers' fault that there is no assessment, another status than OK.
absl::StatusOr<Outcome> AssessRead(const pathway::ReadAnswersResult& read,
                                   const pathway::Place& place,
                                   Assessor& assessor) {
  if (!read.faults.empty()) return Outcome(read.faults);
  absl::StatusOr<triage::v1::Assessment> assessment =
      assessor.Assess(read.answers);
  if (assessment.ok()) return Outcome(*std::move(assessment));
  if (!absl::IsInvalidArgument(assessment.status())) return assessment.status();
  pathway::Faults faults = rpc::ViolationsOf(assessment.status());
  if (faults.empty()) {
    faults.push_back({.message = std::string(assessment.status().message())});
  }
  for (pathway::Fault& fault : faults) {
    fault.place = PlaceOf(fault.path, read.places).value_or(place);
  }
  return Outcome(std::move(faults));
}

absl::Status AssessFile(const AssessOptions& options, Assessor& assessor,
                        Console& console) {
  const std::string& file = options.answers_file;
  const absl::StatusOr<std::string> bytes = ReadWholeFile(file);
  if (!bytes.ok()) return bytes.status();
  const absl::StatusOr<Outcome> outcome =
      AssessRead(pathway::ReadAnswers(assessor.form(), file, *bytes),
                 {.file = file}, assessor);
  if (!outcome.ok()) return outcome.status();
  if (const auto* faults = std::get_if<pathway::Faults>(&*outcome)) {
    return FaultsStatus("", *faults);
  }
  const auto& assessment = std::get<triage::v1::Assessment>(*outcome);
  if (options.output == "json") return PrintJson(assessment, console.out);
  PrintAssessment(assessment,
                  PathwayTexts(assessor.form(), assessment.decision().locale()),
                  console.out);
  return absl::OkStatus();
}

// `status` with `place` in front of its message and `rest` behind it, and its
// details.
absl::Status At(const std::string& place, const absl::Status& status,
                absl::string_view rest) {
  absl::Status placed(status.code(),
                      absl::StrCat(place, ": ", status.message(), rest));
  status.ForEachPayload(
      [&placed](absl::string_view type, const absl::Cord& payload) {
        placed.SetPayload(type, payload);
      });
  return placed;
}

// Assesses intake after intake: a line in gives a line out, in order. One that
// is at fault gets an error for its result, and the next ones are assessed.
class LineAssessor {
 public:
  LineAssessor(const std::string& file, Assessor& assessor, Console& console)
      : file_(file),
        assessor_(assessor),
        console_(console),
        progress_(console, "intakes") {}

  // Fails where it is not the intake's fault: the next ones would fare alike.
  absl::Status Assess(const std::string& line, int number) {
    const pathway::ReadAnswersResult read =
        pathway::ReadAnswersLine(assessor_.form(), file_, number, line);
    const absl::StatusOr<Outcome> outcome = AssessRead(
        read, {.file = file_, .line = number, .column = 1}, assessor_);
    if (!outcome.ok()) {
      console_.out << ErrorLine(number, outcome.status().message(), {},
                                read.other_keys);
      return At(absl::StrCat(file_, ":", number), outcome.status(),
                "; nothing behind this line was assessed");
    }
    ++count_;
    if (const auto* faults = std::get_if<pathway::Faults>(&*outcome)) {
      Refuse(*faults, number, read.other_keys);
    } else {
      console_.out << AssessmentLine(std::get<triage::v1::Assessment>(*outcome),
                                     read.other_keys);
    }
    progress_.Update(number);
    return absl::OkStatus();
  }

  // Whether all intakes were assessed.
  absl::Status Finish() const {
    if (refused_ == 0) return absl::OkStatus();
    return absl::InvalidArgumentError(absl::StrCat(
        refused_, " of ", count_, count_ == 1 ? " intake is" : " intakes are",
        " at fault and not assessed; the results name each"));
  }

 private:
  void Refuse(const pathway::Faults& faults, int number,
              const OtherKeys& other_keys) {
    ++refused_;
    progress_.Clear();
    std::vector<std::string> messages;
    for (const pathway::Fault& fault : faults) {
      console_.err << "plumb: " << pathway::ToString(fault) << '\n';
      messages.push_back(
          pathway::ToString({.path = fault.path, .message = fault.message}));
    }
    console_.out << ErrorLine(number, absl::StrJoin(messages, "; "), faults,
                              other_keys);
  }

  const std::string& file_;
  Assessor& assessor_;
  Console& console_;
  Progress progress_;
  int count_ = 0;
  int refused_ = 0;
};

absl::Status AssessLines(const AssessOptions& options, Assessor& assessor,
                         Console& console) {
  std::ifstream file;
  const bool from_console = options.jsonl_file == "-";
  if (!from_console) file.open(options.jsonl_file);
  std::istream& lines = from_console ? console.in : file;
  const absl::Status unreadable = LocalError(absl::FailedPreconditionError(
      absl::StrCat(options.jsonl_file, ": cannot be read")));
  if (!lines.good()) return unreadable;
  LineAssessor line_assessor(options.jsonl_file, assessor, console);
  std::string line;
  for (int number = 1; std::getline(lines, line); ++number) {
    if (absl::StripAsciiWhitespace(line).empty()) continue;
    const absl::Status status = line_assessor.Assess(line, number);
    if (!status.ok()) return status;
  }
  // The end of the file is no error; anything else that ends it is.
  return lines.bad() ? unreadable : line_assessor.Finish();
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
      "each, in a form of its own, also for one that is at fault");
  inputs->require_option(1);
  AddOutputOption(*assess, options->output)->excludes(lines);
}

}  // namespace plumbline::cli
