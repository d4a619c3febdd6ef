// What a person types at a question, as an answer.

#ifndef PLUMBLINE_CLI_TYPED_ANSWER_H_
#define PLUMBLINE_CLI_TYPED_ANSWER_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "plumbline/pathway/v1/answer.pb.h"
#include "plumbline/pathway/v1/pathway.pb.h"

namespace plumbline::cli {

// The question with its options, and how to answer it.
std::string QuestionText(const pathway::v1::Item& item);

// Reads an option's number or code, several of them with commas, yes or no, a
// number; "" or "skip" is NOT_ANSWERED, "?" UNSURE. INVALID_ARGUMENT says what
// would be right.
absl::StatusOr<pathway::v1::Answer> ParseTyped(const pathway::v1::Item& item,
                                               absl::string_view typed);

}  // namespace plumbline::cli

#endif  // PLUMBLINE_CLI_TYPED_ANSWER_H_
