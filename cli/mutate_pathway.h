// How many small mistakes in a pathway its cases and the gate refuse.

#ifndef PLUMBLINE_CLI_MUTATE_PATHWAY_H_
#define PLUMBLINE_CLI_MUTATE_PATHWAY_H_

#include <string>

#include "absl/status/status.h"
#include "cli/console.h"
#include "common/pathway/read_folder.h"

namespace plumbline::cli {

struct MutateOptions {
  std::string as_of_date;  // Empty: today (UTC).
  std::string element;     // "rules/R-E01"; empty: all.
  double score_min = 0;    // Percent.
};

// Prints a table by kind of mistake, and each that nothing refuses although
// some intake is decided otherwise. FAILED_PRECONDITION where the pathway is
// refused as it is, or less than `score_min` percent of the mistakes are.
absl::Status MutatePathway(const pathway::ReadResult& read,
                           const MutateOptions& options, Console& console);

}  // namespace plumbline::cli

#endif  // PLUMBLINE_CLI_MUTATE_PATHWAY_H_
