#include "triage-service/rpc/explain_intake.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/pathway/citations.h"
#include "common/pathway/decide.h"
#include "common/pathway/encode_decision.h"
#include "common/pathway/localized_item.h"
#include "common/pathway/localized_texts.h"
#include "common/pathway/names.h"
#include "triage-service/domain/explain.h"

namespace plumbline::triage {
namespace {

using google::protobuf::RepeatedPtrField;
using pathway::CheckedAnswers;
using pathway::CompiledPathway;
using pathway::Decision;
using pathway::Intake;

// Writes the parts of one response.
class Description {
 public:
  Description(const CompiledPathway& release, const Intake& intake,
              const Decision& decision, absl::string_view locale,
              v1::ExplainAssessmentResponse& response)
      : release_(release),
        message_(*release.source),
        intake_(intake),
        decision_(decision),
        texts_(message_, locale),
        citations_(message_),
        response_(response) {}

  void Add(const Reason& reason) {
    v1::Reason& message = *response_.add_reasons();
    message.set_cut_short(!reason.is_least);
    if (reason.rule >= 0) {
      message.set_rule_id(release_.rules[reason.rule].rule_id);
      *message.mutable_sufficient_answers() = AnswersOf(intake_, reason.items);
      SayWhy(message_.rules(reason.rule), message);
      return;
    }
    const pathway::AppliedPolicy& policy = decision_.policies[reason.policy];
    *message.mutable_policy() =
        response_.decision().applied_policies(reason.policy);
    if (policy.rule >= 0) {
      SayWhy(message_.rules(policy.rule), message);
    } else {
      const pathway::v1::Item& item = message_.items(policy.item);
      message.set_rationale(message.policy().rationale());
      Cite(item.if_unknown().sources(), message);
    }
  }

  void Add(const UndecidedRule& undecided) {
    v1::UndecidedReason& message = *response_.add_undecided();
    const auto& listed = decision_.undecided_rules;
    const auto place = std::find(listed.begin(), listed.end(), undecided.rule);
    *message.mutable_rule() = response_.decision().undecided_rules(
        static_cast<int>(std::distance(listed.begin(), place)));
    SayWhy(message_.rules(undecided.rule), message);
  }

  void Add(const Counterfactual& counterfactual) {
    v1::Counterfactual& message = *response_.add_counterfactuals();
    message.set_disposition(
        static_cast<pathway::v1::Disposition>(counterfactual.disposition));
    message.set_cut_short(counterfactual.cut_short);
    if (!counterfactual.found) {
      message.set_not_found_within(counterfactual.not_found_within);
      return;
    }
    message.set_certainty(counterfactual.is_final
                              ? pathway::v1::CERTAINTY_FINAL
                              : pathway::v1::CERTAINTY_PROVISIONAL);
    *message.mutable_changes() =
        AnswersOf(counterfactual.intake, counterfactual.changes);
    for (const int item : counterfactual.dropped) {
      message.add_dropped_link_ids(release_.items[item].link_id);
    }
  }

  void AddDispositionTexts() {
    auto& texts = *response_.mutable_disposition_texts();
    for (const pathway::v1::DispositionText& text : message_.dispositions()) {
      *texts.Add() = Localized(text);
    }
    std::sort(texts.begin(), texts.end(), [](const auto& a, const auto& b) {
      return a.disposition() < b.disposition();
    });
  }

  // After all that names items.
  void AddItems() {
    CollectItems();
    for (const int item : named_items_) {
      *response_.add_items() =
          pathway::LocalizedItem(message_.items(item), texts_);
    }
  }

 private:
  pathway::AnswerMessages AnswersOf(const Intake& intake,
                                    const std::vector<int>& items) const {
    Intake only(intake.size());
    for (const int item : items) only[item] = intake[item];
    return ToMessages(release_, only);
  }

  // Rationale and sources of a rule, whatever it does.
  template <typename Message>
  void SayWhy(const pathway::v1::Rule& rule, Message& message) {
    message.set_rationale(rule.rationale());
    Localize(texts_, absl::StrCat("rules/", rule.rule_id(), "/rationale"),
             message.mutable_rationale());
    Cite(rule.sources(), message);
  }

  template <typename Message>
  void Cite(const RepeatedPtrField<std::string>& sources,
            Message& message) const {
    *message.mutable_sources() = sources;
    for (const absl::string_view citation : citations_.Behind(sources)) {
      message.add_citations(std::string(citation));
    }
  }

  pathway::v1::DispositionText Localized(pathway::v1::DispositionText text) {
    const std::string key = absl::StrCat(
        "dispositions/", pathway::v1::Disposition_Name(text.disposition()));
    Localize(texts_, absl::StrCat(key, "/title"), text.mutable_title());
    Localize(texts_, absl::StrCat(key, "/instruction"),
             text.mutable_instruction());
    return text;
  }

  void CollectItems() {
    for (const auto& reason : response_.decision().provisional_reasons()) {
      NameAll(reason.items());
    }
    for (const v1::Reason& reason : response_.reasons()) {
      NameAll(reason.policy().items());
      NameAll(reason.sufficient_answers());
    }
    for (const v1::UndecidedReason& undecided : response_.undecided()) {
      NameAll(undecided.rule().items());
    }
    for (const auto& counterfactual : response_.counterfactuals()) {
      NameAll(counterfactual.changes());
      for (const std::string& link_id : counterfactual.dropped_link_ids()) {
        Name(link_id);
      }
    }
  }

  template <typename WithLinkId>
  void NameAll(const RepeatedPtrField<WithLinkId>& elements) {
    for (const WithLinkId& element : elements) Name(element.link_id());
  }

  void Name(const std::string& link_id) {
    named_items_.insert(release_.item_by_link_id.at(link_id));
  }

  const CompiledPathway& release_;
  const pathway::v1::Pathway& message_;
  const Intake& intake_;
  const Decision& decision_;
  pathway::LocalizedTexts texts_;
  const pathway::Citations citations_;
  v1::ExplainAssessmentResponse& response_;
  std::set<int> named_items_;
};

absl::Status NobodyWaits() {
  return absl::CancelledError("nobody waits for the answer any more");
}

// The most urgent first.
absl::Status AddCounterfactuals(const CompiledPathway& release,
                                const CheckedAnswers& checked,
                                const Decision& decision, int changes_max,
                                absl::FunctionRef<bool()> expired,
                                Description& description) {
  std::vector<pathway::Disposition> others(std::rbegin(pathway::kDispositions),
                                           std::rend(pathway::kDispositions));
  others.erase(std::find(others.begin(), others.end(), decision.disposition));
  const std::vector<Counterfactual> counterfactuals =
      FindCounterfactuals(release, checked.intake, checked.evaluation, others,
                          {.changes_max = changes_max}, expired);
  if (counterfactuals.size() < others.size()) return NobodyWaits();
  for (const Counterfactual& counterfactual : counterfactuals) {
    description.Add(counterfactual);
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<v1::ExplainAssessmentResponse> ExplainIntake(
    const CompiledPathway& release, const CheckedAnswers& checked,
    const ExplainForm& form, absl::FunctionRef<bool()> expired) {
  const Decision decision =
      pathway::Decide(release, checked.intake, checked.evaluation);
  const std::string locale = pathway::ResolveLocale(release, form.locale);
  v1::ExplainAssessmentResponse response;
  if (!response.mutable_decision()->ParseFromString(pathway::EncodeDecision(
          release, checked.intake, checked.evaluation, decision, locale,
          pathway::DecisionView::kFull))) {
    return absl::InternalError("the decision's bytes do not parse");
  }
  if (expired()) return NobodyWaits();
  Description description(release, checked.intake, decision, locale, response);
  const Explanation explanation =
      Explain(release, checked.intake, checked.evaluation, decision);
  for (const Reason& reason : explanation.reasons) description.Add(reason);
  for (const UndecidedRule& rule : explanation.undecided) {
    description.Add(rule);
  }
  if (form.counterfactuals) {
    const absl::Status status = AddCounterfactuals(
        release, checked, decision, form.changes_max, expired, description);
    if (!status.ok()) return status;
  }
  description.AddItems();
  description.AddDispositionTexts();
  return response;
}

}  // namespace plumbline::triage
