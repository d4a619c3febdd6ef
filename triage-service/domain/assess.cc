#include "triage-service/domain/assess.h"

#include <utility>

#include "common/trust/digest.h"

namespace plumbline::triage {

Assessed Assess(const pathway::CompiledPathway& release,
                const pathway::AnswerMessages& answers,
                absl::string_view locale, pathway::DecisionView view) {
  Assessed assessed;
  pathway::CheckedAnswers checked = pathway::CheckAnswers(release, answers);
  if (!checked.violations.empty()) {
    assessed.violations = std::move(checked.violations);
    return assessed;
  }
  const pathway::Decision decision =
      pathway::Decide(release, checked.intake, checked.evaluation);
  assessed.decision_bytes = pathway::EncodeDecision(
      release, checked.intake, checked.evaluation, decision,
      pathway::ResolveLocale(release, locale), view);
  assessed.decision_digest = trust::Sha256Hex(assessed.decision_bytes);
  assessed.disposition = decision.disposition;
  assessed.final = decision.final;
  return assessed;
}

}  // namespace plumbline::triage
