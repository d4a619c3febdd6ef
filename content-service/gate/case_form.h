// An intake as a line of a case file, to be run.

#ifndef PLUMBLINE_CONTENT_SERVICE_GATE_CASE_FORM_H_
#define PLUMBLINE_CONTENT_SERVICE_GATE_CASE_FORM_H_

#include <string>

#include "absl/strings/string_view.h"
#include "common/pathway/intake.h"
#include "common/pathway/model.h"
#include "plumbline/pathway/v1/pathway.pb.h"

namespace plumbline::gate {

// {"id": "…", "answers": {"em.bladder": "none", …}}, without the end of a line.
std::string CaseForm(const pathway::v1::Case& one);
std::string CaseForm(const pathway::CompiledPathway& pathway,
                     const pathway::Intake& intake, absl::string_view id);

}  // namespace plumbline::gate

#endif  // PLUMBLINE_CONTENT_SERVICE_GATE_CASE_FORM_H_
