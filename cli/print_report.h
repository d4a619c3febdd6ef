// What the gate found, for people.

#ifndef PLUMBLINE_CLI_PRINT_REPORT_H_
#define PLUMBLINE_CLI_PRINT_REPORT_H_

#include <ostream>
#include <string>

#include "plumbline/content/v1/draft.pb.h"

namespace plumbline::cli {

// Faults; or the table of properties, the cases and what they reach, what the
// pathway excepts, and every finding, with its intake as a line of a case file.
// `folder` is put before the files; empty: nothing is.
void PrintReport(const content::v1::GateReport& report,
                 const std::string& folder, std::ostream& out);

// One line: what the gate is at.
void PrintProgress(const content::v1::GateProgress& progress,
                   std::ostream& out);

}  // namespace plumbline::cli

#endif  // PLUMBLINE_CLI_PRINT_REPORT_H_
