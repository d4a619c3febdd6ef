// A decision as a clinician wants to read it.

#ifndef PLUMBLINE_CLI_PRINT_DECISION_H_
#define PLUMBLINE_CLI_PRINT_DECISION_H_

#include <ostream>

#include "plumbline/triage/v1/assessment.pb.h"

namespace plumbline::cli {

// Prints disposition, why, flags, what was not answered, scores, guidance, what
// is kept back and why, the emergency signs, and where it comes from. The
// decision is in view FULL.
void PrintAssessment(const triage::v1::Assessment& assessment,
                     std::ostream& out);

}  // namespace plumbline::cli

#endif  // PLUMBLINE_CLI_PRINT_DECISION_H_
