// An intake as a line of a case file, to be run.

#ifndef PLUMBLINE_CONTENT_SERVICE_GATE_CASE_FORM_H_
#define PLUMBLINE_CONTENT_SERVICE_GATE_CASE_FORM_H_

#include <string>

#include "absl/strings/string_view.h"
#include "common/pathway/intake.h"
#include "common/pathway/model.h"
#include "plumbline/pathway/v1/pathway.pb.h"

namespace plumbline::gate {

// A line of a case file, without its end; what is not set is left out:
// {"id": "…", "narrative": "…", "source": "…", "answers": {"em.bladder":
// "none", …}, "expected_disposition": "same_day"}.
std::string CaseForm(const pathway::v1::Case& one);
std::string CaseForm(const pathway::CompiledPathway& pathway,
                     const pathway::Intake& intake, absl::string_view id);

}  // namespace plumbline::gate

#endif  // PLUMBLINE_CONTENT_SERVICE_GATE_CASE_FORM_H_
