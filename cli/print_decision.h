// A decision as a clinician wants to read it, and as one line for programs.

#ifndef PLUMBLINE_CLI_PRINT_DECISION_H_
#define PLUMBLINE_CLI_PRINT_DECISION_H_

#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include "plumbline/pathway/v1/decision.pb.h"
#include "plumbline/triage/v1/assessment.pb.h"

namespace plumbline::cli {

// Prints disposition, why, flags, what was not answered, scores, guidance, what
// is kept back and why, the emergency signs, and where it comes from. The
// decision is in view FULL.
void PrintAssessment(const triage::v1::Assessment& assessment,
                     std::ostream& out);

// How that begins: the words for the disposition, whether it is final, what to
// do.
void PrintDisposition(const pathway::v1::Decision& decision, std::ostream& out);

// Says that the content that decided is withdrawn.
void PrintWithdrawn(std::ostream& out);

// The line form of `--jsonl`: disposition in lower case, flags, certainty,
// digests. `other_keys` stand first, with their values as JSON.
std::string AssessmentLine(
    const triage::v1::Assessment& assessment,
    const std::vector<std::pair<std::string, std::string>>& other_keys);

}  // namespace plumbline::cli

#endif  // PLUMBLINE_CLI_PRINT_DECISION_H_
