// A decision as a clinician wants to read it.

#ifndef PLUMBLINE_CLI_PRINT_DECISION_H_
#define PLUMBLINE_CLI_PRINT_DECISION_H_

#include <ostream>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "cli/pathway_texts.h"
#include "plumbline/pathway/v1/decision.pb.h"
#include "plumbline/triage/v1/assessment.pb.h"

namespace plumbline::cli {

// Prints disposition; whether it can still become more urgent, and which
// questions without an answer could make it so; why; flags, scores, guidance,
// what is kept back and why, the emergency signs; last, which rules are not
// decided; and where it comes from. The decision is in view FULL.
void PrintAssessment(const triage::v1::Assessment& assessment,
                     const PathwayTexts& texts, std::ostream& out);

// Prints the signs under their heading.
void PrintEmergencySigns(const std::vector<std::string>& signs,
                         std::ostream& out);

// Prints those of the pathway, and what to do where one of them is true.
void PrintEmergencySigns(const PathwayTexts& texts, std::ostream& out);

// How an assessment begins: the words for the disposition, what to do, and
// whether it is final. `most_urgent_title` is that of the most urgent one still
// possible.
void PrintDisposition(const pathway::v1::Decision& decision,
                      absl::string_view most_urgent_title, std::ostream& out);

// Says that the content that decided is withdrawn.
void PrintWithdrawn(std::ostream& out);

}  // namespace plumbline::cli

#endif  // PLUMBLINE_CLI_PRINT_DECISION_H_
