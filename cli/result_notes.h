// What a result is not, where that could be taken for granted.

#ifndef PLUMBLINE_CLI_RESULT_NOTES_H_
#define PLUMBLINE_CLI_RESULT_NOTES_H_

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "cli/assessor.h"
#include "plumbline/pathway/v1/decision.pb.h"
#include "plumbline/pathway/v1/pathway.pb.h"

namespace plumbline::cli {

// A line that says that `form` does not offer the locale `asked` for, that
// texts are in `used` instead, and what it offers. Empty where `used` is that
// locale or its language, as "en" of "en-GB", and where none was asked for.
std::string LocaleNote(const pathway::v1::Pathway& form,
                       absl::string_view asked, absl::string_view used);

// What a command takes from the form to tell a result.
enum class FromForm : std::uint8_t {
  kNothing,  // The words come with the result, or it is told without any.
  kWords,    // What PrintAssessment() takes from it.
};

// A line that says that other content decided than that of the form, and what
// is of the form all the same. Empty where both are the same.
std::string ContentNote(absl::string_view form_digest,
                        absl::string_view release_digest, FromForm from_form);

// Both, of a decision that `assessor` came to; `locale` was asked for.
std::string ResultNotes(const Assessor& assessor, absl::string_view locale,
                        const pathway::v1::Decision& decision,
                        FromForm from_form);

}  // namespace plumbline::cli

#endif  // PLUMBLINE_CLI_RESULT_NOTES_H_
