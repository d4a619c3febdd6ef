#include "triage-service/domain/interview.h"

#include <algorithm>
#include <tuple>

namespace plumbline::triage {
namespace {

using pathway::AppliedPolicy;
using pathway::CompiledPathway;
using pathway::Decision;
using pathway::Disposition;
using pathway::Evaluation;
using pathway::Expression;
using pathway::Guidance;
using pathway::Intake;
using pathway::Rule;
using pathway::ScoreValue;
using pathway::SlotAnswer;
using pathway::Truth;

// Collects what waits for open items. Whatever waits for closed items alone is
// left out: no answer to come can change it.
class Inquiry {
 public:
  Inquiry(const CompiledPathway& pathway, const Intake& intake,
          const Evaluation& evaluation, const Decision& decision)
      : pathway_(pathway),
        intake_(intake),
        evaluation_(evaluation),
        decision_(decision),
        least_(decision.floor),
        most_(decision.disposition),
        enabling_(Count(pathway.items)),
        found_(Count(pathway.items)),
        named_for_sure_(Count(pathway.guidance), false),
        maybe_wanted_(Count(pathway.guidance), false) {
    for (int i = 0; i < Count(pathway.items); ++i) {
      found_[i].item = i;
      if (evaluation.enabled[i] != Truth::kUnknown) continue;
      enabling_[i] = OpenBehind(*pathway.items[i].enable_when);
    }
  }

  Interview Run() {
    AskEmergencyItems();
    NameGuidanceOfFiredRules();
    AskForRules();
    AskForAppliedPolicies();
    AskForComingPolicies();
    AskForPossiblePolicies();
    AskForConditions();
    AskForGates();
    AskForScores();
    return Result();
  }

 private:
  using Kind = Influence::Kind;

  template <typename T>
  static int Count(const std::vector<T>& list) {
    return static_cast<int>(list.size());
  }

  bool IsOpen(int item) const {
    return intake_[item].state == SlotAnswer::State::kOpen &&
           evaluation_.enabled[item] != Truth::kFalse;
  }

  // The open items among those that keep `expression` unknown.
  std::vector<int> OpenBehind(const Expression& expression) const {
    std::vector<int> items =
        pathway::UnknownItemsBehind(pathway_, intake_, evaluation_, expression);
    items.erase(std::remove_if(items.begin(), items.end(),
                               [this](int item) { return !IsOpen(item); }),
                items.end());
    return items;
  }

  // An item that waits for others is not asked: those of them are that wait for
  // none. UnknownItemsBehind() has already followed enabling to its beginnings.
  void Ask(int item, const Influence& influence) {
    if (enabling_[item].empty()) Add(found_[item], influence);
    for (const int first : enabling_[item]) {
      if (!enabling_[first].empty()) continue;
      Add(found_[first], influence);
      Add(found_[first], {.kind = Kind::kEnabling, .element = item});
    }
  }

  static void Add(OpenItem& found, const Influence& influence) {
    if (std::find(found.influences.begin(), found.influences.end(),
                  influence) != found.influences.end()) {
      return;
    }
    found.influences.push_back(influence);
    found.emergency |= influence.kind == Kind::kEmergency;
    found.most_urgent = std::max(found.most_urgent, influence.disposition);
  }

  void AskAll(const std::vector<int>& items, const Influence& influence) {
    for (const int item : items) Ask(item, influence);
  }

  void AskEmergencyItems() {
    for (int i = 0; i < Count(pathway_.items); ++i) {
      if (!pathway_.items[i].emergency || !IsOpen(i)) continue;
      Ask(i, {.kind = Kind::kEmergency, .element = i});
    }
  }

  void NameGuidanceOfFiredRules() {
    for (const int rule : decision_.fired_rules) {
      for (const int record : pathway_.rules[rule].guidance) {
        named_for_sure_[record] = true;
        maybe_wanted_[record] = true;
      }
    }
  }

  void AskForRules() {
    for (const int i : decision_.undecided_rules) {
      const std::vector<int> items = OpenBehind(pathway_.rules[i].when);
      if (items.empty()) continue;
      const Rule& rule = pathway_.rules[i];
      most_ = std::max(most_, rule.disposition);
      for (const int record : rule.guidance) maybe_wanted_[record] = true;
      if (!CouldChangeOutcome(rule)) continue;
      AskAll(items, OfRule(i));
    }
  }

  Influence OfRule(int rule) const {
    return {.kind = Kind::kRule,
            .element = rule,
            .disposition = pathway_.rules[rule].disposition};
  }

  // Whether the outcome would be another if this undecided rule were true.
  bool CouldChangeOutcome(const Rule& rule) const {
    if (rule.disposition > decision_.disposition) return true;
    const bool ends_policies = rule.disposition == Disposition::kEmergencyNow &&
                               decision_.floor != Disposition::kEmergencyNow;
    if (ends_policies || !IsRaisedByFiredRule(rule.flag)) return true;
    return std::any_of(rule.guidance.begin(), rule.guidance.end(),
                       [this](int record) { return !named_for_sure_[record]; });
  }

  bool IsRaisedByFiredRule(int flag) const {
    return std::any_of(
        decision_.fired_rules.begin(), decision_.fired_rules.end(),
        [&](int rule) { return pathway_.rules[rule].flag == flag; });
  }

  void AskForAppliedPolicies() {
    for (const AppliedPolicy& policy : decision_.policies) {
      const std::vector<int> items = OpenBehindPolicy(policy);
      if (items.empty()) least_ = std::max(least_, policy.at_least);
      if (policy.item < 0) {
        AskAll(items, OfRule(policy.rule));
      } else {
        AskAll(items, OfPolicy(policy.item));
        NameGuidanceOfPolicy(policy.item);
      }
    }
  }

  Influence OfPolicy(int item) const {
    return {.kind = Kind::kPolicy,
            .element = item,
            .disposition = pathway_.items[item].if_unknown->at_least};
  }

  void NameGuidanceOfPolicy(int item) {
    for (const int record : pathway_.items[item].if_unknown->guidance) {
      maybe_wanted_[record] = true;
    }
  }

  std::vector<int> OpenBehindPolicy(const AppliedPolicy& policy) const {
    if (policy.item < 0) return OpenBehind(pathway_.rules[policy.rule].when);
    if (IsOpen(policy.item)) return {policy.item};
    return {};
  }

  // An item that open items may yet enable brings its policy with it.
  void AskForComingPolicies() {
    if (decision_.floor == Disposition::kEmergencyNow) return;
    for (int i = 0; i < Count(pathway_.items); ++i) {
      if (!pathway_.items[i].if_unknown.has_value()) continue;
      if (!evaluation_.IsUnknown(intake_, i)) continue;
      const std::vector<int>& items = enabling_[i];
      if (items.empty()) continue;
      most_ = std::max(most_, pathway_.items[i].if_unknown->at_least);
      AskAll(items, OfPolicy(i));
      NameGuidanceOfPolicy(i);
    }
  }

  // Nobody will know whether such an item is due. It is asked all the same: an
  // answer ends the doubt, and who declines is shown what its policy names.
  void AskForPossiblePolicies() {
    if (decision_.floor == Disposition::kEmergencyNow) return;
    for (int i = 0; i < Count(pathway_.items); ++i) {
      const bool possible = pathway_.items[i].if_unknown.has_value() &&
                            evaluation_.enabled[i] == Truth::kUnknown &&
                            evaluation_.IsUnknown(intake_, i);
      if (!possible) continue;
      NameGuidanceOfPolicy(i);
      if (!IsOpen(i) || !enabling_[i].empty()) continue;
      if (CouldRaise(i) || CouldShow(i)) Ask(i, OfPolicy(i));
    }
  }

  bool CouldRaise(int item) const {
    return pathway_.items[item].if_unknown->at_least > decision_.disposition;
  }

  // Whether the policy names what is not named already, and could be shown.
  bool CouldShow(int item) const {
    const std::vector<int>& records = pathway_.items[item].if_unknown->guidance;
    return std::any_of(records.begin(), records.end(), [this](int record) {
      return !named_for_sure_[record] && CouldFit(pathway_.guidance[record]);
    });
  }

  void AskForConditions() {
    for (int i = 0; i < Count(pathway_.guidance); ++i) {
      if (evaluation_.show_when[i] == Truth::kFalse) continue;
      const Guidance& record = pathway_.guidance[i];
      const std::vector<int> items = OpenBehind(*record.show_when);
      const bool could_hold =
          evaluation_.show_when[i] == Truth::kTrue || !items.empty();
      if (could_hold) maybe_wanted_[i] = true;
      if (named_for_sure_[i] || !CouldFit(record)) continue;
      AskAll(items, {.kind = Kind::kGuidance, .element = i});
    }
  }

  // Whether the record fits a disposition that is still possible.
  bool CouldFit(const Guidance& record) const {
    for (int d = static_cast<int>(least_); d <= static_cast<int>(most_); ++d) {
      if (FitsDisposition(record, static_cast<Disposition>(d))) return true;
    }
    return false;
  }

  // Substitutes are shown where gates hold and have no gates themselves.
  void AskForGates() {
    for (int i = 0; i < Count(pathway_.gates); ++i) {
      if (evaluation_.gates[i] != Truth::kUnknown || !Matters(i)) continue;
      AskAll(OpenBehind(pathway_.gates[i].withhold_when),
             {.kind = Kind::kGate, .element = i});
    }
  }

  // Whether the gate keeps back a record that might otherwise be shown.
  bool Matters(int gate) const {
    for (int i = 0; i < Count(pathway_.guidance); ++i) {
      const Guidance& record = pathway_.guidance[i];
      const bool selected = std::find(record.gates.begin(), record.gates.end(),
                                      gate) != record.gates.end();
      if (selected && maybe_wanted_[i] && CouldFit(record)) return true;
    }
    return false;
  }

  // Asks for what decides a band, and for all of a published instrument: part
  // of one is no result.
  void AskForScores() {
    for (int i = 0; i < Count(pathway_.scores); ++i) {
      const ScoreValue& value = evaluation_.scores[i];
      const bool undecided =
          value.present == Truth::kUnknown ||
          (value.present == Truth::kTrue &&
           (value.band < 0 || pathway_.scores[i].follows_instrument));
      if (!undecided) continue;
      for (const int item : pathway_.scores[i].items) {
        if (IsOpen(item)) Ask(item, {.kind = Kind::kScore, .element = i});
      }
    }
  }

  Interview Result() const {
    Interview interview;
    for (const OpenItem& found : found_) {
      if (found.influences.empty()) continue;
      interview.items.push_back(found);
      std::vector<Influence>& influences = interview.items.back().influences;
      std::sort(influences.begin(), influences.end(), IsMoreUrgent);
    }
    std::stable_sort(interview.items.begin(), interview.items.end(), IsBefore);
    interview.disposition_settled = least_ == most_;
    interview.outcome_settled = interview.items.empty();
    const bool emergencies_asked =
        interview.items.empty() || !interview.items.front().emergency;
    const bool settled = decision_.disposition == Disposition::kEmergencyNow
                             ? interview.disposition_settled
                             : interview.outcome_settled;
    interview.may_stop = emergencies_asked && settled;
    return interview;
  }

  static bool IsMoreUrgent(const Influence& a, const Influence& b) {
    return std::tuple(b.disposition, a.kind, a.element) <
           std::tuple(a.disposition, b.kind, b.element);
  }

  static bool IsBefore(const OpenItem& a, const OpenItem& b) {
    if (a.emergency != b.emergency) return a.emergency;
    return !a.emergency && a.most_urgent > b.most_urgent;
  }

  const CompiledPathway& pathway_;
  const Intake& intake_;
  const Evaluation& evaluation_;
  const Decision& decision_;
  // The dispositions that answers to open items can still give.
  Disposition least_;
  Disposition most_;
  // By item: the open items that decide whether it is asked; none where that is
  // decided, or waits for closed items alone.
  std::vector<std::vector<int>> enabling_;
  // By item; without influences: not worth asking.
  std::vector<OpenItem> found_;
  std::vector<bool> named_for_sure_;  // Guidance that a fired rule names.
  std::vector<bool> maybe_wanted_;    // Guidance that could be called for.
};

}  // namespace

Interview NextItems(const CompiledPathway& pathway, const Intake& intake,
                    const Evaluation& evaluation, const Decision& decision) {
  return Inquiry(pathway, intake, evaluation, decision).Run();
}

}  // namespace plumbline::triage
