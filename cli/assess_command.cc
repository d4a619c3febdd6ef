// plumb assess
#include <fstream>
#include <istream>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"
#include "cli/answers_file.h"
#include "cli/assessor.h"
#include "cli/command.h"
#include "cli/exit_code.h"
#include "cli/json.h"
#include "cli/print_decision.h"
#include "cli/progress.h"
#include "cli/result_line.h"
#include "cli/result_notes.h"

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
  const absl::StatusOr<WrittenAnswers> answers =
      AnswersReader(assessor.form()).ReadFile(options.answers_file);
  if (!answers.ok()) return answers.status();
  const absl::StatusOr<triage::v1::Assessment> assessment =
      assessor.Assess(answers->read.answers);
  if (!assessment.ok()) return InFile(assessment.status(), *answers);
  const pathway::v1::Decision& decision = assessment->decision();
  FromForm from_form = FromForm::kNothing;
  if (options.output == "json") {
    const absl::Status printed = PrintJson(*assessment, console.out);
    if (!printed.ok()) return printed;
  } else {
    PrintAssessment(*assessment, TextsOf(assessor, decision), console.out);
    from_form = FromForm::kWords;
  }
  console.err << ResultNotes(assessor, options.assessor.locale, decision,
                             from_form);
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
  LineAssessor(const AssessOptions& options, Assessor& assessor,
               Console& console)
      : file_(options.jsonl_file),
        locale_(options.assessor.locale),
        assessor_(assessor),
        console_(console),
        reader_(assessor.form()),
        progress_(console, "intakes") {}

  // Fails where it is not the intake's fault: the next ones would fare alike.
  absl::Status Assess(absl::string_view line, int number) {
    const WrittenAnswers answers = reader_.ReadLine(file_, number, line);
    ++count_;
    if (answers.read.faults.empty()) {
      const absl::Status status = Decide(answers);
      if (!status.ok()) return status;
    } else {
      Refuse(answers, answers.read.faults);
    }
    progress_.Update(number);
    return absl::OkStatus();
  }

  // Whether there were intakes, and all were assessed.
  absl::Status Finish() const {
    if (count_ == 0) {
      return absl::InvalidArgumentError(absl::StrCat(
          file_,
          ": no intakes; expected one a line, {\"answers\": {\"em.bladder\": "
          "\"none\"}}"));
    }
    if (refused_ == 0) return absl::OkStatus();
    return absl::InvalidArgumentError(absl::StrCat(
        refused_, " of ", count_, count_ == 1 ? " intake is" : " intakes are",
        " at fault and not assessed; the results name each"));
  }

 private:
  absl::Status Decide(const WrittenAnswers& answers) {
    const absl::StatusOr<triage::v1::Assessment> assessment =
        assessor_.Assess(answers.read.answers);
    if (assessment.ok()) {
      console_.out << AssessmentLine(*assessment, answers.read.other_keys);
      TellNotes(assessment->decision());
      return absl::OkStatus();
    }
    if (absl::IsInvalidArgument(assessment.status())) {
      const pathway::Faults faults = FaultsOf(assessment.status(), answers);
      if (!faults.empty()) {
        Refuse(answers, faults);
        return absl::OkStatus();
      }
    }
    const int number = answers.place.line;
    console_.out << ErrorLine(number, assessment.status().message(), {},
                              answers.read.other_keys);
    return At(absl::StrCat(file_, ":", number), assessment.status(),
              "; nothing behind this line was assessed");
  }

  void Refuse(const WrittenAnswers& answers, const pathway::Faults& faults) {
    ++refused_;
    progress_.Clear();
    std::vector<std::string> messages;
    for (const pathway::Fault& fault : faults) {
      console_.err << "plumb: " << pathway::ToString(fault) << '\n';
      messages.push_back(
          pathway::ToString({.path = fault.path, .message = fault.message}));
    }
    console_.out << ErrorLine(answers.place.line, absl::StrJoin(messages, "; "),
                              faults, answers.read.other_keys);
  }

  // Once, for as long as they are the same.
  void TellNotes(const pathway::v1::Decision& decision) {
    std::string notes =
        ResultNotes(assessor_, locale_, decision, FromForm::kNothing);
    if (notes == told_) return;
    told_ = std::move(notes);
    progress_.Clear();
    console_.err << told_;
  }

  const std::string& file_;
  const std::string& locale_;
  Assessor& assessor_;
  Console& console_;
  AnswersReader reader_;
  Progress progress_;
  int count_ = 0;
  int refused_ = 0;
  std::string told_;
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
  LineAssessor line_assessor(options, assessor, console);
  std::string line;
  for (int number = 1; std::getline(lines, line); ++number) {
    if (absl::StripAsciiWhitespace(line).empty()) continue;
    const absl::Status status =
        line_assessor.Assess(absl::StripSuffix(line, "\r"), number);
    if (!status.ok()) return status;
  }
  // The end of the file is no error; anything else that ends it is.
  return lines.bad() ? unreadable : line_assessor.Finish();
}

absl::Status Assess(const AssessOptions& options, Console& console) {
  const absl::StatusOr<std::unique_ptr<Assessor>> assessor =
      OpenAssessor(options.assessor, console.err);
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
