// The proofs of the gate for people: a table of the properties, and whatever
// breaks them.

#ifndef PLUMBLINE_CLI_VERIFY_PATHWAY_H_
#define PLUMBLINE_CLI_VERIFY_PATHWAY_H_

#include <string>

#include "absl/status/status.h"
#include "cli/console.h"
#include "common/pathway/read_folder.h"

namespace plumbline::cli {

// Compares `review_by` dates with `as_of_date`, or today (UTC) where that is
// empty. FAILED_PRECONDITION where a property is not proved; `console` has been
// told which, and why.
absl::Status VerifyPathway(const pathway::ReadResult& read,
                           const std::string& folder,
                           const std::string& as_of_date, Console& console);

}  // namespace plumbline::cli

#endif  // PLUMBLINE_CLI_VERIFY_PATHWAY_H_
