// plumb interview
#include <memory>
#include <string>

#include "cli/assessor.h"
#include "cli/command.h"
#include "cli/json.h"
#include "cli/pathway_texts.h"
#include "cli/print_decision.h"
#include "cli/text.h"
#include "cli/typed_answer.h"

namespace plumbline::cli {
namespace {

struct InterviewOptions {
  AssessorOptions assessor;
  std::string output = "text";
};

// Asks until the answer can be read and is legal, and adds it to `answers`.
// Returns what comes next. CANCELLED at the end of the input.
absl::StatusOr<NextQuestion> Ask(const pathway::v1::Item& item,
                                 Assessor& assessor, Answers* answers,
                                 Console& console) {
  std::string typed;
  for (;;) {
    console.err << '\n' << QuestionText(item) << std::flush;
    if (!std::getline(console.in, typed)) {
      return absl::CancelledError("the interview ended before it was finished");
    }
    const absl::StatusOr<pathway::v1::Answer> answer = ParseTyped(item, typed);
    if (!answer.ok()) {
      console.err << answer.status().message() << '\n';
      continue;
    }
    *answers->Add() = *answer;
    absl::StatusOr<NextQuestion> next = assessor.Next(*answers);
    if (!absl::IsInvalidArgument(next.status())) return next;
    console.err << next.status().message() << '\n';
    answers->RemoveLast();
  }
}

absl::Status Interview(const InterviewOptions& options, Console& console) {
  const absl::StatusOr<std::unique_ptr<Assessor>> assessor =
      OpenAssessor(options.assessor);
  if (!assessor.ok()) return assessor.status();
  Answers answers;
  std::string group;
  absl::StatusOr<NextQuestion> next = (*assessor)->Next(answers);
  while (next.ok() && !next->done) {
    if (next->group_title != group) {
      group = next->group_title;
      console.err << "\n== " << group << " ==\n";
    }
    const pathway::v1::Item item = next->item;
    next = Ask(item, **assessor, &answers, console);
  }
  if (!next.ok()) return next.status();
  const absl::StatusOr<triage::v1::Assessment> assessment =
      (*assessor)->Assess(answers);
  if (!assessment.ok()) return assessment.status();
  console.err << "\n" << answers.size() << " questions asked.\n\n";
  if (options.output == "json") return PrintJson(*assessment, console.out);
  PrintAssessment(
      *assessment,
      PathwayTexts((*assessor)->form(), assessment->decision().locale()),
      console.out);
  return absl::OkStatus();
}

}  // namespace

void AddInterviewCommand(CLI::App& plumb, Chosen& chosen) {
  auto options = std::make_shared<InterviewOptions>();
  CLI::App* interview = AddCommand(
      plumb, "interview",
      "Asks one question at a time, stops when nothing more can change the "
      "result, and decides",
      Interview, options, chosen);
  AddAssessorOptions(*interview, options->assessor);
  AddOutputOption(*interview, options->output);
}

}  // namespace plumbline::cli
