// The sections of a report, in its order.

#ifndef PLUMBLINE_CLI_REPORT_SECTIONS_H_
#define PLUMBLINE_CLI_REPORT_SECTIONS_H_

#include "cli/mutation_tally.h"
#include "cli/report/html.h"
#include "cli/report/parts.h"
#include "plumbline/content/v1/draft.pb.h"

namespace plumbline::cli {

// What a person has to look at who approves, and where they sign; `mutations`
// may be null: they were not tried.
void WriteApprovalSection(const ReportedPathway& pathway,
                          const content::v1::GateReport& gate,
                          const MutationTally* mutations, Html& html);

// Whether the gate is passed, what it proved, what the pathway excepts.
void WriteGateSection(const content::v1::GateReport& gate, Html& html);

// Results, emergency signs and every question as the patient meets it.
void WriteQuestionnaireSection(ReportedPathway& pathway, Html& html);

// Every rule in a sentence, then what rules read, gates and invariants.
void WriteRulesSection(ReportedPathway& pathway, Html& html);

// Every text that is shown, and when.
void WriteGuidanceSection(ReportedPathway& pathway, Html& html);

// What rests on every fact, source by source; then the sources.
void WriteEvidenceSection(const ReportedPathway& pathway, Html& html);

// What the cases reach, and which mistakes nothing refuses; `mutations` may be
// null: they were not tried.
void WriteCoverageSection(const ReportedPathway& pathway,
                          const content::v1::GateReport& gate,
                          const MutationTally* mutations, Html& html);

}  // namespace plumbline::cli

#endif  // PLUMBLINE_CLI_REPORT_SECTIONS_H_
