// The gate over a folder, as content-service runs it over what is submitted.

#ifndef PLUMBLINE_CLI_VERIFY_PATHWAY_H_
#define PLUMBLINE_CLI_VERIFY_PATHWAY_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "cli/console.h"
#include "common/pathway/read_folder.h"
#include "content-service/domain/gate.h"
#include "plumbline/content/v1/draft.pb.h"

namespace plumbline::cli {

// Runs the gate and says meanwhile, to the errors of `console`, what it is at.
absl::StatusOr<content::v1::GateReport> RunGateHere(
    const pathway::CompiledPathway& pathway,
    const content::ElementPlaces& places, const std::string& as_of_date,
    Console& console);

// Compares `review_by` dates with `as_of_date`, or today (UTC) where that is
// empty, and prints the report. FAILED_PRECONDITION where the gate is not
// passed.
absl::Status VerifyPathway(const pathway::ReadResult& read,
                           const std::string& folder,
                           const std::string& as_of_date,
                           const std::string& output, Console& console);

}  // namespace plumbline::cli

#endif  // PLUMBLINE_CLI_VERIFY_PATHWAY_H_
