// What ExplainAssessment says of one intake: the explanation of
// domain/explain.h and the near intakes of domain/counterfactual.h in words.
// Without gRPC, so that plumb says the same in process.

#ifndef PLUMBLINE_TRIAGE_SERVICE_RPC_EXPLAIN_INTAKE_H_
#define PLUMBLINE_TRIAGE_SERVICE_RPC_EXPLAIN_INTAKE_H_

#include <string>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "common/pathway/answers.h"
#include "common/pathway/model.h"
#include "plumbline/triage/v1/triage_service.pb.h"
#include "triage-service/domain/counterfactual.h"

namespace plumbline::triage {

struct ExplainForm {
  std::string locale;  // As asked for; the decision says which one it is.
  bool counterfactuals = false;
  int changes_max = kChangesDefault;
};

// Explains legal answers: all of the response but the release's name and
// whether it is withdrawn. CANCELLED once `expired` says that nobody waits any
// more; it is asked before each search that takes long.
absl::StatusOr<v1::ExplainAssessmentResponse> ExplainIntake(
    const pathway::CompiledPathway& release,
    const pathway::CheckedAnswers& checked, const ExplainForm& form,
    absl::FunctionRef<bool()> expired);

}  // namespace plumbline::triage

#endif  // PLUMBLINE_TRIAGE_SERVICE_RPC_EXPLAIN_INTAKE_H_
