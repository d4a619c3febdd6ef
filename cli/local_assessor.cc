#include "cli/local_assessor.h"

#include <utility>

#include "common/pathway/answers.h"
#include "common/pathway/decide.h"
#include "common/pathway/encode_decision.h"
#include "common/pathway/localized_item.h"
#include "common/pathway/localized_texts.h"
#include "common/rpc/error_details.h"
#include "common/trust/digest.h"
#include "triage-service/domain/interview.h"
#include "triage-service/rpc/explain_intake.h"

namespace plumbline::cli {
namespace {

pathway::v1::Disposition ToMessage(pathway::Disposition disposition) {
  return static_cast<pathway::v1::Disposition>(disposition);
}

class LocalAssessor final : public Assessor {
 public:
  LocalAssessor(std::shared_ptr<const pathway::CompiledPathway> pathway,
                const std::string& locale)
      : pathway_(std::move(pathway)),
        locale_(pathway::ResolveLocale(*pathway_, locale)) {}

  const pathway::v1::Pathway& form() const override {
    return *pathway_->source;
  }
  const std::string& form_digest() const override { return pathway_->digest; }

  absl::StatusOr<triage::v1::Assessment> Assess(
      const Answers& answers) override {
    const pathway::CheckedAnswers checked =
        pathway::CheckAnswers(*pathway_, answers);
    if (!checked.violations.empty()) {
      return rpc::InvalidArgument(checked.violations);
    }
    const pathway::Decision decision =
        pathway::Decide(*pathway_, checked.intake, checked.evaluation);
    const std::string bytes = pathway::EncodeDecision(
        *pathway_, checked.intake, checked.evaluation, decision, locale_,
        pathway::DecisionView::kFull);
    triage::v1::Assessment assessment;
    assessment.set_engine_version(pathway::kEngineVersion);
    assessment.set_release_digest(pathway_->digest);
    assessment.set_decision_digest(trust::Sha256Hex(bytes));
    if (!assessment.mutable_decision()->ParseFromString(bytes)) {
      return absl::InternalError("the decision's own bytes do not parse");
    }
    return assessment;
  }

  absl::StatusOr<NextQuestion> Next(const Answers& answers) override {
    const pathway::CheckedAnswers checked =
        pathway::CheckAnswers(*pathway_, answers);
    if (!checked.violations.empty()) {
      return rpc::InvalidArgument(checked.violations);
    }
    const pathway::Decision decision =
        pathway::Decide(*pathway_, checked.intake, checked.evaluation);
    const triage::Interview interview = triage::NextItems(
        *pathway_, checked.intake, checked.evaluation, decision);
    NextQuestion next;
    next.disposition = ToMessage(decision.disposition);
    next.most_urgent_possible = ToMessage(decision.most_urgent_possible);
    next.disposition_settled = interview.disposition_settled;
    next.locale = locale_;
    next.done = interview.may_stop || interview.items.empty();
    if (!next.done) SetQuestion(interview.items.front().item, &next);
    return next;
  }

  absl::StatusOr<triage::v1::ExplainAssessmentResponse> Explain(
      const Answers& answers, const ExplainQuestion& question) override {
    const pathway::CheckedAnswers checked =
        pathway::CheckAnswers(*pathway_, answers);
    if (!checked.violations.empty()) {
      return rpc::InvalidArgument(checked.violations);
    }
    triage::ExplainForm form{.locale = locale_,
                             .counterfactuals = question.counterfactuals};
    if (question.changes_max > 0) form.changes_max = question.changes_max;
    return triage::ExplainIntake(*pathway_, checked, form,
                                 [] { return false; });
  }

 private:
  void SetQuestion(int number, NextQuestion* next) const {
    pathway::LocalizedTexts texts(form(), locale_);
    const pathway::v1::Item& item = form().items(number);
    next->item = pathway::LocalizedItem(item, texts);
    next->group_title = pathway::GroupTitle(form(), item, texts);
  }

  const std::shared_ptr<const pathway::CompiledPathway> pathway_;
  const std::string locale_;
};

}  // namespace

std::unique_ptr<Assessor> NewLocalAssessor(
    std::shared_ptr<const pathway::CompiledPathway> pathway,
    const std::string& locale) {
  return std::make_unique<LocalAssessor>(std::move(pathway), locale);
}

}  // namespace plumbline::cli
