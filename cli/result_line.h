// The result of one intake of `--jsonl`, as one line for programs.

#ifndef PLUMBLINE_CLI_RESULT_LINE_H_
#define PLUMBLINE_CLI_RESULT_LINE_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "common/pathway/fault.h"
#include "plumbline/triage/v1/assessment.pb.h"

namespace plumbline::cli {

// The keys of an intake that are not `answers`, with their values as JSON. They
// stand first in its result.
using OtherKeys = std::vector<std::pair<std::string, std::string>>;

// {"id": …, "disposition": "same_day", …}: disposition in lower case,
// certainty, flags, guidance, digests.
std::string AssessmentLine(const triage::v1::Assessment& assessment,
                           const OtherKeys& other_keys);

// {"id": …, "error": {"line": 3, "message": …, "faults": [{"path": …,
// "message": …}]}}, for an intake that was not assessed. `faults` is empty
// where it is not the intake's fault.
std::string ErrorLine(int line, absl::string_view message,
                      const pathway::Faults& faults,
                      const OtherKeys& other_keys);

}  // namespace plumbline::cli

#endif  // PLUMBLINE_CLI_RESULT_LINE_H_
