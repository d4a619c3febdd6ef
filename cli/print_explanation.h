// An explanation as a clinician wants to read it: questions and options in
// words, sources in full.

#ifndef PLUMBLINE_CLI_PRINT_EXPLANATION_H_
#define PLUMBLINE_CLI_PRINT_EXPLANATION_H_

#include <ostream>

#include "cli/assessor.h"
#include "cli/pathway_texts.h"
#include "plumbline/triage/v1/triage_service.pb.h"

namespace plumbline::cli {

// Prints the disposition; why, with the answers that are enough for each
// reason, and sources, the strongest first; what is not known; what could make
// it more urgent; what else a final result waits for; what would change it,
// where that was asked for; and where it comes from. `answers` are those that
// were explained.
void PrintExplanation(const triage::v1::ExplainAssessmentResponse& explanation,
                      const Answers& answers, const PathwayTexts& texts,
                      std::ostream& out);

}  // namespace plumbline::cli

#endif  // PLUMBLINE_CLI_PRINT_EXPLANATION_H_
