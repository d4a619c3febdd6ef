// Answers in the words of their questions.

#ifndef PLUMBLINE_CLI_ANSWER_TEXT_H_
#define PLUMBLINE_CLI_ANSWER_TEXT_H_

#include <string>

#include "plumbline/pathway/v1/answer.pb.h"
#include "plumbline/pathway/v1/pathway.pb.h"

namespace plumbline::cli {

// What the person who asks sees of `answer`, which is one to `item`: the text
// of an option, a number with the name of its band, "Yes", "no answer". Codes
// that `item` does not have stand as they are.
std::string AnswerText(const pathway::v1::Item& item,
                       const pathway::v1::Answer& answer);

}  // namespace plumbline::cli

#endif  // PLUMBLINE_CLI_ANSWER_TEXT_H_
