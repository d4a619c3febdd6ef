// What a result is not, where that could be taken for granted.

#ifndef PLUMBLINE_CLI_RESULT_NOTES_H_
#define PLUMBLINE_CLI_RESULT_NOTES_H_

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

// A line that says that other content decided than that whose words were
// printed. Empty where both are the same.
std::string ContentNote(absl::string_view form_digest,
                        absl::string_view release_digest);

// Both, of a decision that `assessor` came to; `locale` was asked for.
std::string ResultNotes(const Assessor& assessor, absl::string_view locale,
                        const pathway::v1::Decision& decision);

}  // namespace plumbline::cli

#endif  // PLUMBLINE_CLI_RESULT_NOTES_H_
