// plumb explain
#include <memory>
#include <ostream>
#include <string>

#include "cli/answers_file.h"
#include "cli/assessor.h"
#include "cli/command.h"
#include "cli/json.h"
#include "cli/print_explanation.h"
#include "cli/result_notes.h"

namespace plumbline::cli {
namespace {

struct ExplainOptions {
  AssessorOptions assessor;
  std::string answers_file;
  ExplainQuestion question;
  std::string output = "text";
};

absl::Status Print(const ExplainOptions& options,
                   const triage::v1::ExplainAssessmentResponse& explanation,
                   const Answers& answers, const Assessor& assessor,
                   std::ostream& out) {
  if (options.output == "json") return PrintJson(explanation, out);
  PrintExplanation(explanation, answers,
                   TextsOf(assessor, explanation.decision()), out);
  return absl::OkStatus();
}

absl::Status Explain(const ExplainOptions& options, Console& console) {
  const absl::StatusOr<std::unique_ptr<Assessor>> assessor =
      OpenAssessor(options.assessor, console.err);
  if (!assessor.ok()) return assessor.status();
  const absl::StatusOr<WrittenAnswers> answers =
      AnswersReader((*assessor)->form()).ReadFile(options.answers_file);
  if (!answers.ok()) return answers.status();
  const auto explanation =
      (*assessor)->Explain(answers->read.answers, options.question);
  if (!explanation.ok()) return InFile(explanation.status(), *answers);
  const absl::Status printed = Print(
      options, *explanation, answers->read.answers, **assessor, console.out);
  if (!printed.ok()) return printed;
  console.err << ResultNotes(**assessor, options.assessor.locale,
                             explanation->decision(), FromForm::kNothing);
  return absl::OkStatus();
}

}  // namespace

void AddExplainCommand(CLI::App& plumb, Chosen& chosen) {
  auto options = std::make_shared<ExplainOptions>();
  CLI::App* explain = AddCommand(
      plumb, "explain",
      "Says why an intake is decided as it is, and what would change that",
      Explain, options, chosen);
  AddAssessorOptions(*explain, options->assessor);
  explain
      ->add_option("--answers", options->answers_file,
                   "A file {\"answers\": {\"em.bladder\": \"none\", …}}")
      ->required();
  CLI::Option* counterfactuals = explain->add_flag(
      "--counterfactuals", options->question.counterfactuals,
      "Also look for the nearest intakes with another result; of a service, "
      "for clinicians and auditors");
  explain
      ->add_option("--max-changes", options->question.changes_max,
                   "The most answers that may differ, 1 to 4; without it, 2")
      ->check(CLI::Range(1, 4))
      ->needs(counterfactuals);
  AddOutputOption(*explain, options->output);
}

}  // namespace plumbline::cli
