// A condition of a pathway as a clinician reads it: the question, and which
// answers are meant.

#ifndef PLUMBLINE_CLI_REPORT_CONDITION_WORDS_H_
#define PLUMBLINE_CLI_REPORT_CONDITION_WORDS_H_

#include "absl/strings/string_view.h"
#include "cli/report/html.h"
#include "plumbline/pathway/v1/pathway.pb.h"

namespace plumbline::cli {

// Writes `expression`, which compiles for `pathway`, in the words of the
// default locale. Questions, definitions and scores are links to `#items/<id>`,
// `#definitions/<name>` and `#scores/<name>`. What has no words stands as it
// was written.
void WriteCondition(const pathway::v1::Pathway& pathway,
                    absl::string_view expression, Html& html);

}  // namespace plumbline::cli

#endif  // PLUMBLINE_CLI_REPORT_CONDITION_WORDS_H_
