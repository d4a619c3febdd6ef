// The proofs of the gate for people: a table of the properties, and whatever
// breaks them.

#ifndef PLUMBLINE_CLI_VERIFY_PATHWAY_H_
#define PLUMBLINE_CLI_VERIFY_PATHWAY_H_

#include "absl/status/status.h"
#include "cli/console.h"
#include "common/pathway/model.h"

namespace plumbline::cli {

// FAILED_PRECONDITION where a property is not proved; `console` has been told
// which, and why.
absl::Status VerifyPathway(const pathway::CompiledPathway& pathway,
                           Console& console);

}  // namespace plumbline::cli

#endif  // PLUMBLINE_CLI_VERIFY_PATHWAY_H_
