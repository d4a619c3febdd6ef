// Answers as they stand in files. Every fault of them gets its place there,
// whether they cannot be read, or were read and are refused.

#ifndef PLUMBLINE_CLI_ANSWERS_FILE_H_
#define PLUMBLINE_CLI_ANSWERS_FILE_H_

#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/pathway/compile.h"
#include "common/pathway/fault.h"
#include "common/pathway/read_answers.h"
#include "plumbline/pathway/v1/pathway.pb.h"

namespace plumbline::cli {

// What was read for one intake.
struct WrittenAnswers {
  pathway::ReadAnswersResult read;
  pathway::Place place;  // Of all of it.
};

// Reads answers by a form. Where some cannot be read, the faults of the others
// are told along with that; what could not be read counts as unknown, so that
// it rules out no other answer.
class AnswersReader {
 public:
  // `form` must outlive this.
  explicit AnswersReader(const pathway::v1::Pathway& form) : form_(form) {}

  // A whole file. A local error where it cannot be read; INVALID_ARGUMENT with
  // every fault, one a line.
  absl::StatusOr<WrittenAnswers> ReadFile(const std::string& file);

  // One line of a file; its faults are in the result.
  WrittenAnswers ReadLine(const std::string& file, int number,
                          absl::string_view line);

 private:
  void CheckTheOthers(pathway::ReadAnswersResult& read);

  const pathway::v1::Pathway& form_;
  std::optional<pathway::CompileResult> compiled_;  // Once it is needed.
};

// The faults for which a call refused `answers`: each of an answer at its
// place, each of all answers at that of all, and those of other things, such as
// the channel, without a place. Empty where none is of answers: it is not they
// that were refused.
pathway::Faults FaultsOf(const absl::Status& refusal,
                         const WrittenAnswers& answers);

// The status of a call with the answers of a whole file. INVALID_ARGUMENT for
// these has the FaultsOf() it, one a line; any other status is left as it is.
absl::Status InFile(const absl::Status& status, const WrittenAnswers& answers);

}  // namespace plumbline::cli

#endif  // PLUMBLINE_CLI_ANSWERS_FILE_H_
