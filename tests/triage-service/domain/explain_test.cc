#include "triage-service/domain/explain.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "tests/common/pathway/example_pathway.h"
#include "tests/common/pathway/random_intake.h"
#include "tests/common/pathway/shipped_pathway.h"
#include "tests/triage-service/support/ankle_rules.h"

namespace plumbline::triage {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

using pathway::CheckedAnswers;
using pathway::CompiledPathway;
using pathway::Decision;

Explanation ExplainText(const CompiledPathway& pathway,
                        const std::string& answers) {
  const CheckedAnswers checked = pathway::CheckText(pathway, answers);
  return Explain(pathway, checked.intake, checked.evaluation,
                 pathway::Decide(pathway, checked.intake, checked.evaluation));
}

std::string Listed(const CompiledPathway& pathway,
                   const std::vector<int>& items) {
  return absl::StrJoin(LinkIds(pathway, items), ",");
}

// "R-E01: em.bone" of a rule, "policy 0: em.bone,em.cold" of a policy.
std::vector<std::string> Reasons(const std::string& answers) {
  const auto pathway = pathway::ExamplePathway();
  std::vector<std::string> reasons;
  for (const Reason& reason : ExplainText(*pathway, answers).reasons) {
    EXPECT_TRUE(reason.is_least);
    reasons.push_back(absl::StrCat(reason.rule >= 0
                                       ? pathway->rules[reason.rule].rule_id
                                       : absl::StrCat("policy ", reason.policy),
                                   ": ", Listed(*pathway, reason.items)));
  }
  return reasons;
}

std::vector<std::string> Undecided(const std::string& answers) {
  const auto pathway = pathway::ExamplePathway();
  std::vector<std::string> undecided;
  for (const UndecidedRule& rule : ExplainText(*pathway, answers).undecided) {
    undecided.push_back(absl::StrCat(pathway->rules[rule.rule].rule_id, ": ",
                                     Listed(*pathway, rule.items)));
  }
  return undecided;
}

TEST(ExplainTest, WhereNothingAppliesThereIsNothingToExplain) {
  EXPECT_THAT(Reasons(pathway::kNothingApplies), IsEmpty());
  EXPECT_THAT(Undecided(pathway::kNothingApplies), IsEmpty());
}

TEST(ExplainTest, ReasonsStandByUrgencyRulesBeforePolicies) {
  EXPECT_THAT(
      Reasons(R"(
      answers { link_id: "em.bone" code: "no" }
      answers { link_id: "em.cold" no_value: NO_VALUE_DECLINED }
      answers { link_id: "pt.age" integer: 30 }
      answers { link_id: "pain.now" integer: 8 }
      answers { link_id: "pain.days" decimal: 3.5 }
      answers { link_id: "mood.interest" integer: 2 }
      answers { link_id: "mood.low" integer: 3 }
      answers { link_id: "psy.harm" code: "yes" })"),
      ElementsAre("R-S01: psy.harm", "policy 0: em.cold", "policy 1: em.cold",
                  "R-D01: pain.now,pain.days", "R-R01: mood.low"));
}

TEST(ExplainTest, UndecidedRulesStandByUrgencyWithWhatTheyWaitFor) {
  EXPECT_THAT(
      Undecided(R"(answers { link_id: "em.bone" code: "no" }
                   answers { link_id: "pain.now" integer: 8 })"),
      ElementsAre("R-E02: em.cold",
                  "R-S01: pt.age,mood.interest,mood.low,psy.harm",
                  "R-D01: pain.days", "R-R01: pt.age,mood.interest,mood.low"));
}

TEST(ExplainTest, WithoutWorkSetsAreSufficientAllTheSame) {
  const auto pathway = pathway::ExamplePathway();
  const CheckedAnswers checked = pathway::CheckText(*pathway, R"(
      answers { link_id: "em.bone" code: "yes" })");
  const Explanation explanation =
      Explain(*pathway, checked.intake, checked.evaluation,
              pathway::Decide(*pathway, checked.intake, checked.evaluation),
              /*work=*/0);
  ASSERT_EQ(explanation.reasons.size(), 1u);
  EXPECT_FALSE(explanation.reasons[0].is_least);
  EXPECT_THAT(LinkIds(*pathway, explanation.reasons[0].items),
              ElementsAre("em.bone"));
}

TEST(ExplainTest, EveryRuleAndPolicyOfADecisionIsExplainedOnce) {
  const auto pathway = pathway::ShippedPathway();
  ASSERT_NE(pathway, nullptr);
  std::mt19937_64 random(2);
  for (int i = 0; i < 100; ++i) {
    const CheckedAnswers answers = RandomAnswers(*pathway, random);
    const Decision decision =
        Decide(*pathway, answers.intake, answers.evaluation);
    const Explanation explanation =
        Explain(*pathway, answers.intake, answers.evaluation, decision);
    std::vector<int> rules;
    std::vector<int> policies;
    for (const Reason& reason : explanation.reasons) {
      EXPECT_TRUE(reason.is_least);
      EXPECT_TRUE((reason.rule >= 0) != (reason.policy >= 0));
      (reason.rule >= 0 ? rules : policies)
          .push_back(std::max(reason.rule, reason.policy));
      for (const int item : reason.items) {
        EXPECT_EQ(answers.intake[item].IsAnswered(), reason.rule >= 0);
      }
    }
    std::sort(rules.begin(), rules.end());
    std::sort(policies.begin(), policies.end());
    EXPECT_EQ(rules, decision.fired_rules);
    EXPECT_EQ(policies.size(), decision.policies.size());
    std::vector<int> undecided;
    for (const UndecidedRule& rule : explanation.undecided) {
      undecided.push_back(rule.rule);
      EXPECT_FALSE(rule.items.empty());
    }
    std::sort(undecided.begin(), undecided.end());
    EXPECT_EQ(undecided, decision.undecided_rules);
  }
}

}  // namespace
}  // namespace plumbline::triage
