// Drafts, for people.

#ifndef PLUMBLINE_CLI_PRINT_DRAFT_H_
#define PLUMBLINE_CLI_PRINT_DRAFT_H_

#include <ostream>

#include "plumbline/content/v1/draft.pb.h"

namespace plumbline::cli {

// One line: name, state, author, digest.
void PrintDraftLine(const content::v1::Draft& draft, std::ostream& out);

// The line, whether the gate was passed, the approvals.
void PrintDraft(const content::v1::Draft& draft, std::ostream& out);

}  // namespace plumbline::cli

#endif  // PLUMBLINE_CLI_PRINT_DRAFT_H_
