// plumb interview
#include <memory>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "cli/assessor.h"
#include "cli/command.h"
#include "cli/json.h"
#include "cli/last_words.h"
#include "cli/pathway_texts.h"
#include "cli/print_decision.h"
#include "cli/result_notes.h"
#include "cli/text.h"
#include "cli/typed_answer.h"
#include "cli/unfinished.h"

namespace plumbline::cli {
namespace {

struct InterviewOptions {
  AssessorOptions assessor;
  std::string output = "text";
};

// One interview. Whoever stops it half way, with ^C or otherwise, and whom a
// failure stops, is told where that leaves them.
class Interview {
 public:
  Interview(Assessor& assessor, const std::string& locale, Console& console)
      : assessor_(assessor), locale_(locale), console_(console) {
    next_.locale = locale;
    last_words_.Set(Unfinished());
  }

  // Asks to the end, and decides.
  absl::StatusOr<triage::v1::Assessment> Run() {
    const absl::Status asked = AskAll();
    if (!asked.ok()) return Stopped(asked);
    absl::StatusOr<triage::v1::Assessment> assessment =
        assessor_.Assess(answers_);
    if (!assessment.ok()) return Stopped(assessment.status());
    console_.err << "\n" << answers_.size() << " questions asked.\n\n";
    return assessment;
  }

 private:
  absl::Status AskAll() {
    std::string group;
    absl::Status status = Advance();
    // Before the first question: who has such a sign should not go on.
    if (status.ok()) {
      console_.err << LocaleNote(assessor_.form(), locale_, next_.locale);
      PrintEmergencySigns(PathwayTexts(assessor_.form(), next_.locale),
                          console_.err);
    }
    while (status.ok() && !next_.done) {
      if (next_.group_title != group) {
        group = next_.group_title;
        console_.err << "\n== " << group << " ==\n";
      }
      // A copy: an answer replaces `next_`.
      status = Ask(pathway::v1::Item(next_.item));
    }
    return status;
  }

  // Asks until the answer can be read and is legal. CANCELLED at the end of the
  // input.
  absl::Status Ask(const pathway::v1::Item& item) {
    std::string typed;
    for (;;) {
      console_.err << '\n' << QuestionText(item) << std::flush;
      if (!std::getline(console_.in, typed)) {
        return absl::CancelledError(
            "the interview ended before it was finished");
      }
      const absl::StatusOr<pathway::v1::Answer> answer =
          ParseTyped(item, typed);
      if (!answer.ok()) {
        console_.err << answer.status().message() << '\n';
        continue;
      }
      *answers_.Add() = *answer;
      const absl::Status status = Advance();
      if (!absl::IsInvalidArgument(status)) return status;
      console_.err << status.message() << '\n';
      answers_.RemoveLast();
    }
  }

  // Takes note of what the answers give, and of what comes next.
  absl::Status Advance() {
    absl::StatusOr<NextQuestion> next = assessor_.Next(answers_);
    if (!next.ok()) return next.status();
    next_ = *std::move(next);
    count_ = answers_.size();
    last_words_.Set(Unfinished());
    TellOfEmergency();
    return absl::OkStatus();
  }

  // At once, and once: nobody waits for the end of the questions.
  void TellOfEmergency() {
    if (!IsEmergency(next_) || told_of_emergency_ || next_.done) return;
    told_of_emergency_ = true;
    const PathwayTexts texts(assessor_.form(), next_.locale);
    console_.err << '\n'
                 << Fill(absl::StrCat(
                             texts.DispositionTitle(next_.disposition), ". ",
                             texts.Instruction(next_.disposition),
                             " You need not answer more questions first."),
                         "!! ", "!! ");
  }

  std::string Unfinished() const {
    return UnfinishedText(PathwayTexts(assessor_.form(), next_.locale), count_,
                          next_);
  }

  absl::Status Stopped(const absl::Status& status) {
    console_.err << '\n' << Unfinished() << '\n';
    return status;
  }

  Assessor& assessor_;
  const std::string& locale_;  // Asked for.
  Console& console_;
  Answers answers_;
  NextQuestion next_;
  int count_ = 0;  // Of the answers that `next_` is about.
  bool told_of_emergency_ = false;
  LastWords last_words_;
};

absl::Status RunInterview(const InterviewOptions& options, Console& console) {
  const absl::StatusOr<std::unique_ptr<Assessor>> assessor =
      OpenAssessor(options.assessor, console.err);
  if (!assessor.ok()) return assessor.status();
  const absl::StatusOr<triage::v1::Assessment> assessment =
      Interview(**assessor, options.assessor.locale, console).Run();
  if (!assessment.ok()) return assessment.status();
  if (options.output == "json") return PrintJson(*assessment, console.out);
  PrintAssessment(*assessment, TextsOf(**assessor, assessment->decision()),
                  console.out);
  return absl::OkStatus();
}

}  // namespace

void AddInterviewCommand(CLI::App& plumb, Chosen& chosen) {
  auto options = std::make_shared<InterviewOptions>();
  CLI::App* interview = AddCommand(
      plumb, "interview",
      "Asks one question at a time, every emergency question first, then those "
      "that can still change the result, and decides",
      RunInterview, options, chosen);
  AddAssessorOptions(*interview, options->assessor);
  AddOutputOption(*interview, options->output);
}

}  // namespace plumbline::cli
