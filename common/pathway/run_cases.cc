#include "common/pathway/run_cases.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/pathway/answers.h"
#include "common/pathway/decide.h"
#include "common/pathway/names.h"

namespace plumbline::pathway {
namespace {

using Ids = google::protobuf::RepeatedPtrField<std::string>;

// "same_day", as case files write it.
std::string Word(Disposition disposition) {
  return absl::AsciiStrToLower(ToString(disposition));
}

bool Contains(const std::vector<int>& indices, int index) {
  return std::find(indices.begin(), indices.end(), index) != indices.end();
}

int FindFlag(const CompiledPathway& pathway, const std::string& flag) {
  const auto found =
      std::find(pathway.flags.begin(), pathway.flags.end(), flag);
  return found == pathway.flags.end()
             ? -1
             : static_cast<int>(found - pathway.flags.begin());
}

int FindGuidance(const CompiledPathway& pathway, const std::string& id) {
  for (int i = 0; i < static_cast<int>(pathway.guidance.size()); ++i) {
    if (pathway.guidance[i].guidance_id == id) return i;
  }
  return -1;
}

int FindGate(const CompiledPathway& pathway, const std::string& id) {
  for (int i = 0; i < static_cast<int>(pathway.gates.size()); ++i) {
    if (pathway.gates[i].gate_id == id) return i;
  }
  return -1;
}

bool Withholds(const Decision& decision, int gate) {
  return std::any_of(decision.withheld.begin(), decision.withheld.end(),
                     [gate](const WithheldGuidance& withheld) {
                       return Contains(withheld.gates, gate);
                     });
}

// Compares one decision with what its case expects.
class CaseCheck {
 public:
  CaseCheck(const CompiledPathway& pathway, const v1::Case& expected,
            const CheckedAnswers& answers, const Decision& decision,
            std::vector<std::string>& failures)
      : pathway_(pathway),
        expected_(expected),
        answers_(answers),
        decision_(decision),
        failures_(failures) {}

  void Check() {
    CheckDisposition();
    CheckCertainty();
    CheckFlags();
    CheckGuidance();
    CheckGates();
    CheckInvariants();
    CheckFloors();
    CheckExclusions();
  }

 private:
  template <typename... Parts>
  void Fail(const Parts&... parts) {
    failures_.push_back(absl::StrCat(parts...));
  }

  void CheckDisposition() {
    const auto expected =
        static_cast<Disposition>(expected_.expected_disposition());
    if (decision_.disposition == expected) return;
    Fail("the disposition is ", Word(decision_.disposition), ", expected ",
         Word(expected), "; rules that are true: ", OrNone(FiredRules()),
         "; policies that apply: ", OrNone(AppliedPolicies()));
  }

  static std::string OrNone(const std::vector<std::string>& names) {
    return names.empty() ? "none" : absl::StrJoin(names, ", ");
  }

  // All of them; with a `flag`, those that raise it.
  std::vector<std::string> FiredRules(int flag = -1) const {
    std::vector<std::string> ids;
    for (const int index : decision_.fired_rules) {
      const Rule& rule = pathway_.rules[index];
      if (flag < 0 || rule.flag == flag) ids.push_back(rule.rule_id);
    }
    return ids;
  }

  std::vector<std::string> AppliedPolicies(int flag = -1) const {
    std::vector<std::string> ids;
    for (const AppliedPolicy& policy : decision_.policies) {
      if (flag >= 0 && policy.flag != flag) continue;
      ids.push_back(policy.item >= 0
                        ? absl::StrCat("if_unknown of ",
                                       pathway_.items[policy.item].link_id)
                        : absl::StrCat("on_unknown of ",
                                       pathway_.rules[policy.rule].rule_id));
    }
    return ids;
  }

  // What raises a flag.
  std::string Raisers(int flag) const {
    std::vector<std::string> raisers = FiredRules(flag);
    for (std::string& policy : AppliedPolicies(flag)) {
      raisers.push_back(std::move(policy));
    }
    return absl::StrJoin(raisers, ", ");
  }

  void CheckCertainty() {
    if (expected_.expected_certainty() == v1::CERTAINTY_UNSPECIFIED) return;
    const bool expected_final =
        expected_.expected_certainty() == v1::CERTAINTY_FINAL;
    if (decision_.final == expected_final) return;
    Fail("the result is ", decision_.final ? "final" : "provisional",
         ", expected ", expected_final ? "final" : "provisional");
  }

  void CheckFlags() {
    for (const std::string& flag : expected_.must_flag()) {
      const int index = FindFlag(pathway_, flag);
      if (index < 0) {
        Fail("must_flag: the pathway has no flag '", flag, "'");
      } else if (!Contains(decision_.flags, index)) {
        Fail("flag ", flag, " is not raised");
      }
    }
    for (const std::string& flag : expected_.must_not_flag()) {
      const int index = FindFlag(pathway_, flag);
      if (index < 0) {
        Fail("must_not_flag: the pathway has no flag '", flag, "'");
      } else if (Contains(decision_.flags, index)) {
        Fail("flag ", flag, " is raised by ", Raisers(index));
      }
    }
  }

  void CheckGuidance() {
    for (const std::string& id : expected_.must_show()) {
      const int index = FindGuidance(pathway_, id);
      if (index < 0) {
        Fail("must_show: the pathway has no guidance '", id, "'");
      } else if (!Contains(decision_.shown, index)) {
        Fail("guidance ", id, " is not shown");
      }
    }
    for (const std::string& id : expected_.must_not_show()) {
      const int index = FindGuidance(pathway_, id);
      if (index < 0) {
        Fail("must_not_show: the pathway has no guidance '", id, "'");
      } else if (Contains(decision_.shown, index)) {
        Fail("guidance ", id, " is shown");
      }
    }
  }

  void CheckGates() {
    for (const std::string& id : expected_.must_gate()) {
      const int index = FindGate(pathway_, id);
      if (index < 0) {
        Fail("must_gate: the pathway has no gate '", id, "'");
      } else if (!Withholds(decision_, index)) {
        Fail("gate ", id, " withholds nothing");
      }
    }
  }

  void CheckInvariants() {
    Outcome outcome{.disposition = decision_.disposition,
                    .flags = std::vector<bool>(pathway_.flags.size())};
    for (const int flag : decision_.flags) outcome.flags[flag] = true;
    const bool complete = IsComplete();
    for (const Invariant& invariant : pathway_.invariants) {
      const Truth truth = EvaluateInvariant(
          pathway_, answers_.intake, answers_.evaluation, outcome, invariant);
      if (truth == Truth::kFalse) {
        Fail("invariant ", invariant.invariant_id, " is false");
      } else if (truth == Truth::kUnknown && complete) {
        Fail("invariant ", invariant.invariant_id,
             " is unknown although the answers are complete");
      }
    }
  }

  // An option gives at least its floor, whatever else is answered.
  void CheckFloors() {
    for (std::size_t i = 0; i < pathway_.items.size(); ++i) {
      const SlotAnswer& answer = answers_.intake[i];
      if (answer.state != SlotAnswer::State::kAnswered) continue;
      for (const Option& option : ChosenOptions(pathway_.items[i], answer)) {
        if (!option.at_least.has_value()) continue;
        if (*option.at_least <= decision_.disposition) continue;
        Fail("option '", option.code, "' of ", pathway_.items[i].link_id,
             " gives at least ", Word(*option.at_least),
             ", and the disposition is ", Word(decision_.disposition));
      }
    }
  }

  static std::vector<Option> ChosenOptions(const Item& item,
                                           const SlotAnswer& answer) {
    std::vector<Option> chosen;
    for (std::size_t i = 0; i < item.options.size(); ++i) {
      const bool is_chosen =
          item.type == ItemType::kMultiChoice
              ? (static_cast<std::uint64_t>(answer.value) >> i & 1) != 0
              : answer.value == static_cast<std::int64_t>(i);
      if (is_chosen) chosen.push_back(item.options[i]);
    }
    return chosen;
  }

  // No record is shown beside one that it excludes.
  void CheckExclusions() {
    for (const int record : decision_.shown) {
      for (const int excluded : pathway_.guidance[record].excludes) {
        if (!Contains(decision_.shown, excluded)) continue;
        Fail("guidance ", pathway_.guidance[record].guidance_id,
             " is shown beside ", pathway_.guidance[excluded].guidance_id,
             ", which it excludes");
      }
    }
  }

  bool IsComplete() const {
    for (int i = 0; i < static_cast<int>(pathway_.items.size()); ++i) {
      if (answers_.evaluation.IsUnknown(answers_.intake, i)) return false;
    }
    return true;
  }

  const CompiledPathway& pathway_;
  const v1::Case& expected_;
  const CheckedAnswers& answers_;
  const Decision& decision_;
  std::vector<std::string>& failures_;
};

bool Escalates(const Rule& rule) {
  return rule.on_unknown.kind == RulePolicy::Kind::kEscalate;
}

// What the cases so far have reached.
class Reach {
 public:
  explicit Reach(const CompiledPathway& pathway)
      : pathway_(pathway),
        rules_(pathway.rules.size(), false),
        item_policies_(pathway.items.size(), false),
        rule_policies_(pathway.rules.size(), false),
        gates_(pathway.gates.size(), false),
        guidance_(pathway.guidance.size(), false) {}

  void Add(const Decision& decision) {
    for (const int rule : decision.fired_rules) rules_[rule] = true;
    for (const AppliedPolicy& policy : decision.policies) {
      if (policy.item >= 0) item_policies_[policy.item] = true;
      if (policy.rule >= 0) rule_policies_[policy.rule] = true;
    }
    for (const int record : decision.shown) guidance_[record] = true;
    for (const WithheldGuidance& withheld : decision.withheld) {
      for (const int gate : withheld.gates) gates_[gate] = true;
    }
  }

  Unreached Missing() const {
    Unreached missing;
    for (std::size_t i = 0; i < pathway_.rules.size(); ++i) {
      const Rule& rule = pathway_.rules[i];
      if (!rules_[i]) missing.rules.push_back(rule.rule_id);
      if (Escalates(rule) && !rule_policies_[i]) {
        missing.rule_policies.push_back(rule.rule_id);
      }
    }
    for (std::size_t i = 0; i < pathway_.items.size(); ++i) {
      const Item& item = pathway_.items[i];
      if (item.if_unknown.has_value() && !item_policies_[i]) {
        missing.item_policies.push_back(item.link_id);
      }
    }
    for (std::size_t i = 0; i < pathway_.gates.size(); ++i) {
      if (!gates_[i]) missing.gates.push_back(pathway_.gates[i].gate_id);
    }
    for (std::size_t i = 0; i < pathway_.guidance.size(); ++i) {
      if (guidance_[i]) continue;
      missing.guidance.push_back(pathway_.guidance[i].guidance_id);
    }
    return missing;
  }

 private:
  const CompiledPathway& pathway_;
  std::vector<bool> rules_;
  std::vector<bool> item_policies_;
  std::vector<bool> rule_policies_;
  std::vector<bool> gates_;
  std::vector<bool> guidance_;
};

CaseResult RunCase(const CompiledPathway& pathway, const v1::Case& expected,
                   Reach& reach) {
  CaseResult result{.case_id = expected.case_id()};
  const CheckedAnswers answers = CheckAnswers(pathway, expected.answers());
  for (const Fault& fault : answers.violations) {
    result.failures.push_back(ToString(fault));
  }
  if (!answers.violations.empty()) return result;

  const Decision decision = Decide(pathway, answers.intake, answers.evaluation);
  reach.Add(decision);
  CaseCheck(pathway, expected, answers, decision, result.failures).Check();
  return result;
}

}  // namespace

CasesReport RunCases(const CompiledPathway& pathway, const Cases& cases) {
  CasesReport report;
  Reach reach(pathway);
  for (const v1::Case& expected : cases) {
    report.results.push_back(RunCase(pathway, expected, reach));
    ++(report.results.back().failures.empty() ? report.passed : report.failed);
  }
  report.unreached = reach.Missing();
  return report;
}

CoverageByKind CoverageOf(const CompiledPathway& pathway,
                          const Unreached& unreached) {
  CoverageByKind coverage{
      .rules = {pathway.rules.size(), unreached.rules},
      .policies = {0, unreached.item_policies},
      .gates = {pathway.gates.size(), unreached.gates},
      .guidance = {pathway.guidance.size(), unreached.guidance}};
  Coverage& policies = coverage.policies;
  policies.unreached.insert(policies.unreached.end(),
                            unreached.rule_policies.begin(),
                            unreached.rule_policies.end());
  for (const Item& item : pathway.items) {
    if (item.if_unknown.has_value()) ++policies.total;
  }
  for (const Rule& rule : pathway.rules) {
    if (Escalates(rule)) ++policies.total;
  }
  return coverage;
}

}  // namespace plumbline::pathway
