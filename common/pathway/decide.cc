#include "common/pathway/decide.h"

#include <algorithm>
#include <optional>

namespace plumbline::pathway {
namespace {

void DecideRules(const CompiledPathway& pathway, const Evaluation& evaluation,
                 Decision& decision) {
  for (int i = 0; i < static_cast<int>(pathway.rules.size()); ++i) {
    const Disposition asked = pathway.rules[i].disposition;
    if (evaluation.rules[i] == Truth::kFalse) continue;
    decision.most_urgent_possible =
        std::max(decision.most_urgent_possible, asked);
    if (evaluation.rules[i] == Truth::kTrue) {
      decision.fired_rules.push_back(i);
      decision.floor = std::max(decision.floor, asked);
    } else {
      decision.undecided_rules.push_back(i);
    }
  }
}

void ApplyItemPolicies(const CompiledPathway& pathway, const Intake& intake,
                       const Evaluation& evaluation, Decision& decision) {
  for (int i = 0; i < static_cast<int>(pathway.items.size()); ++i) {
    const std::optional<ItemPolicy>& policy = pathway.items[i].if_unknown;
    const bool certainly_unknown = evaluation.enabled[i] == Truth::kTrue &&
                                   evaluation.IsUnknown(intake, i);
    if (!policy.has_value() || !certainly_unknown) continue;
    decision.policies.push_back(
        {.item = i, .at_least = policy->at_least, .flag = policy->flag});
  }
}

// Policies that apply if it turns out that their item is asked.
void FindPossiblePolicies(const CompiledPathway& pathway, const Intake& intake,
                          const Evaluation& evaluation, Decision& decision) {
  for (int i = 0; i < static_cast<int>(pathway.items.size()); ++i) {
    const std::optional<ItemPolicy>& policy = pathway.items[i].if_unknown;
    const bool possible = evaluation.enabled[i] == Truth::kUnknown &&
                          evaluation.IsUnknown(intake, i);
    if (!policy.has_value() || !possible) continue;
    if (policy->at_least <= decision.disposition) continue;
    decision.possible_policies.push_back(i);
    decision.most_urgent_possible =
        std::max(decision.most_urgent_possible, policy->at_least);
  }
}

void ApplyRulePolicies(const CompiledPathway& pathway, Decision& decision) {
  for (const int rule : decision.undecided_rules) {
    const RulePolicy& policy = pathway.rules[rule].on_unknown;
    if (policy.kind != RulePolicy::Kind::kEscalate) continue;
    decision.policies.push_back(
        {.rule = rule, .at_least = policy.at_least, .flag = policy.flag});
  }
}

void DecideDisposition(const CompiledPathway& pathway, Decision& decision) {
  decision.disposition = decision.floor;
  for (int i = 0; i < static_cast<int>(decision.policies.size()); ++i) {
    const Disposition at_least = decision.policies[i].at_least;
    decision.disposition = std::max(decision.disposition, at_least);
    if (at_least > decision.floor) decision.raising_policies.push_back(i);
  }
  decision.most_urgent_possible =
      std::max(decision.most_urgent_possible, decision.disposition);
  for (const int rule : decision.undecided_rules) {
    if (pathway.rules[rule].disposition > decision.disposition) {
      decision.provisional_rules.push_back(rule);
    }
  }
}

void CollectFlags(const CompiledPathway& pathway, Decision& decision) {
  std::vector<bool> raised(pathway.flags.size(), false);
  const auto raise = [&](int flag) {
    if (raised[flag]) return;
    raised[flag] = true;
    decision.flags.push_back(flag);
  };
  for (const int rule : decision.fired_rules) raise(pathway.rules[rule].flag);
  for (const AppliedPolicy& policy : decision.policies) raise(policy.flag);
}

unsigned Bit(Disposition disposition) {
  return 1u << static_cast<unsigned>(disposition);
}

// Chooses what to show and what to withhold, once rules, policies and
// disposition are decided.
class GuidanceChoice {
 public:
  GuidanceChoice(const CompiledPathway& pathway, const Intake& intake,
                 const Evaluation& evaluation, Decision& decision)
      : pathway_(pathway),
        intake_(intake),
        evaluation_(evaluation),
        decision_(decision),
        named_(pathway.guidance.size(), false),
        wanted_(pathway.guidance.size(), false) {
    for (int i = 0; i < static_cast<int>(pathway.items.size()); ++i) {
      emergency_unanswered_ |=
          pathway.items[i].emergency && evaluation.IsUnknown(intake, i);
    }
  }

  void Choose() {
    MarkNamed();
    MarkWanted();
    for (int i = 0; i < static_cast<int>(pathway_.guidance.size()); ++i) {
      Place(i);
    }
  }

 private:
  void MarkNamed() {
    for (const int rule : decision_.fired_rules) {
      for (const int i : pathway_.rules[rule].guidance) named_[i] = true;
    }
    for (const AppliedPolicy& policy : decision_.policies) {
      if (policy.item >= 0) MarkNamedByPolicyOf(policy.item);
    }
    if (decision_.floor == Disposition::kEmergencyNow) return;
    for (int i = 0; i < static_cast<int>(pathway_.items.size()); ++i) {
      if (WasAskedInDoubt(i)) MarkNamedByPolicyOf(i);
    }
  }

  // Who was asked and did not answer is shown what the policy has to say, also
  // where nobody knows whether the question was due, and whatever the result.
  bool WasAskedInDoubt(int item) const {
    return pathway_.items[item].if_unknown.has_value() &&
           evaluation_.enabled[item] == Truth::kUnknown &&
           intake_[item].state == SlotAnswer::State::kClosed;
  }

  void MarkNamedByPolicyOf(int item) {
    for (const int i : pathway_.items[item].if_unknown->guidance) {
      named_[i] = true;
    }
  }

  // A record is wanted where it is named, its condition is true, or it stands
  // in for a wanted record that a gate withholds. No gate selects a substitute.
  void MarkWanted() {
    const int count = static_cast<int>(pathway_.guidance.size());
    for (int i = 0; i < count; ++i) {
      wanted_[i] = named_[i] || evaluation_.show_when[i] == Truth::kTrue;
    }
    for (int i = 0; i < count; ++i) {
      if (ReasonToWithhold(i) != WithheldReason::kGate) continue;
      for (const int gate : HoldingGates(i)) {
        const int substitute = pathway_.gates[gate].substitute;
        if (substitute >= 0) wanted_[substitute] = true;
      }
    }
  }

  // The gates that keep the record back: true or unknown.
  std::vector<int> HoldingGates(int record) const {
    std::vector<int> gates;
    for (const int gate : pathway_.guidance[record].gates) {
      if (evaluation_.gates[gate] != Truth::kFalse) gates.push_back(gate);
    }
    return gates;
  }

  // The first reason to keep a record back; none: it is shown if it is wanted.
  std::optional<WithheldReason> ReasonToWithhold(int i) const {
    const Guidance& record = pathway_.guidance[i];
    if (!FitsDisposition(record, decision_.disposition)) {
      return WithheldReason::kDisposition;
    }
    if (emergency_unanswered_ && !IsAlwaysAllowed(record.kind)) {
      return WithheldReason::kEmergencyUnanswered;
    }
    if (!wanted_[i]) return WithheldReason::kConditionUnknown;
    if (!HoldingGates(i).empty()) return WithheldReason::kGate;
    return std::nullopt;
  }

  void Place(int i) {
    if (!wanted_[i] && evaluation_.show_when[i] != Truth::kUnknown) return;
    const std::optional<WithheldReason> reason = ReasonToWithhold(i);
    if (!reason.has_value()) {
      decision_.shown.push_back(i);
    } else if (IsWorthSaying(i, *reason)) {
      decision_.withheld.push_back(Withheld(i, *reason));
    }
  }

  // Whether the record would have been shown but for `reason`.
  bool IsWorthSaying(int i, WithheldReason reason) const {
    switch (reason) {
      case WithheldReason::kGate:
      case WithheldReason::kConditionUnknown:
        return true;
      case WithheldReason::kEmergencyUnanswered:
        return wanted_[i];
      case WithheldReason::kDisposition: {
        const unsigned up_to_result = 2 * Bit(decision_.disposition) - 1;
        return named_[i] &&
               (pathway_.guidance[i].dispositions & up_to_result) != 0;
      }
    }
    return true;
  }

  WithheldGuidance Withheld(int i, WithheldReason reason) const {
    WithheldGuidance withheld{.guidance = i, .reason = reason};
    if (reason != WithheldReason::kGate) return withheld;
    withheld.gates = HoldingGates(i);
    for (const int gate : withheld.gates) {
      const int substitute = pathway_.gates[gate].substitute;
      if (substitute < 0 || ReasonToWithhold(substitute).has_value()) continue;
      withheld.substitutes.push_back(substitute);
    }
    std::sort(withheld.substitutes.begin(), withheld.substitutes.end());
    withheld.substitutes.erase(
        std::unique(withheld.substitutes.begin(), withheld.substitutes.end()),
        withheld.substitutes.end());
    return withheld;
  }

  const CompiledPathway& pathway_;
  const Intake& intake_;
  const Evaluation& evaluation_;
  Decision& decision_;
  std::vector<bool> named_;  // By a fired rule, or the policy of an item.
  std::vector<bool> wanted_;
  bool emergency_unanswered_ = false;
};

}  // namespace

bool FitsDisposition(const Guidance& record, Disposition disposition) {
  if ((record.dispositions & Bit(disposition)) == 0) return false;
  return disposition < Disposition::kSameDay || IsAlwaysAllowed(record.kind);
}

Decision Decide(const CompiledPathway& pathway, const Intake& intake,
                const Evaluation& evaluation) {
  Decision decision;
  DecideRules(pathway, evaluation, decision);
  if (decision.floor != Disposition::kEmergencyNow) {
    ApplyItemPolicies(pathway, intake, evaluation, decision);
    ApplyRulePolicies(pathway, decision);
  }
  DecideDisposition(pathway, decision);
  FindPossiblePolicies(pathway, intake, evaluation, decision);
  decision.final = decision.provisional_rules.empty() &&
                   decision.raising_policies.empty() &&
                   decision.possible_policies.empty();
  CollectFlags(pathway, decision);
  GuidanceChoice(pathway, intake, evaluation, decision).Choose();
  return decision;
}

}  // namespace plumbline::pathway
