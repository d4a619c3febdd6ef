// A pathway as one page that a clinician reads before approving it: no network,
// no scripts, fit for a desk, a phone and paper.

#ifndef PLUMBLINE_CLI_REPORT_PATHWAY_REPORT_H_
#define PLUMBLINE_CLI_REPORT_PATHWAY_REPORT_H_

#include <string>

#include "cli/mutation_tally.h"
#include "common/pathway/model.h"
#include "plumbline/content/v1/draft.pb.h"

namespace plumbline::cli {

// The page, in HTML. `gate` is the report of the gate on `pathway`, which was
// compiled from content; `mutations` may be null: they were not tried. The same
// bytes for the same arguments.
std::string PathwayReport(const pathway::CompiledPathway& pathway,
                          const content::v1::GateReport& gate,
                          const MutationTally* mutations);

}  // namespace plumbline::cli

#endif  // PLUMBLINE_CLI_REPORT_PATHWAY_REPORT_H_
