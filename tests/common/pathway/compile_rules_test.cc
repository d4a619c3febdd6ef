#include "common/pathway/compile_rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/common/pathway/faulty_pathway.h"

namespace plumbline::pathway {
namespace {

using ::testing::ElementsAre;

TEST(CompileRulesTest, RulesReferToFlagsAndGuidance) {
  const auto pathway = ExamplePathway();
  const Rule& rule = pathway->rules[0];
  EXPECT_EQ(rule.rule_id, "R-E01");
  EXPECT_EQ(rule.disposition, Disposition::kEmergencyNow);
  EXPECT_EQ(pathway->flags[rule.flag], "OPEN_BREAK");
  EXPECT_EQ(pathway->guidance[rule.guidance[0]].guidance_id, "go-now");
  EXPECT_EQ(rule.on_unknown.kind, RulePolicy::Kind::kEscalate);
  EXPECT_EQ(rule.on_unknown.at_least, Disposition::kSameDay);
  EXPECT_EQ(pathway->rules[2].on_unknown.kind, RulePolicy::Kind::kAsk);
  EXPECT_EQ(pathway->rules[4].on_unknown.kind, RulePolicy::Kind::kIgnore);
}

TEST(CompileRulesTest, FlagsStandInOrderOfFirstMention) {
  EXPECT_THAT(ExamplePathway()->flags,
              ElementsAre("OPEN_BREAK", "COLD_FOOT", "HARM", "SEVERE", "MOOD",
                          "SAFETY_UNKNOWN", "INCOMPLETE", "HARM_UNANSWERED"));
}

class CompileRulesFaultTest : public FaultTest {};

TEST_P(CompileRulesFaultTest, IsExplained) { ExpectExplained(); }

INSTANTIATE_TEST_SUITE_P(
    Rules, CompileRulesFaultTest,
    testing::ValuesIn<FaultCase>({
        {"None",
         [](v1::Pathway& m) {
           m.clear_rules();
           m.clear_cases();
         },
         "rules: required: at least one rule"},
        {"Doubled",
         [](v1::Pathway& m) { m.mutable_rules(1)->set_rule_id("R-E01"); },
         "rules[1].rule_id: 'R-E01' is there already; each is unique"},
        {"WithoutId",
         [](v1::Pathway& m) { m.mutable_rules(1)->clear_rule_id(); },
         "rules[1].rule_id: required: letters, digits and '-', at most 63 "
         "characters"},
        {"WithoutCondition",
         [](v1::Pathway& m) { m.mutable_rules(0)->clear_when(); },
         "rules[R-E01].when: required: an expression"},
        {"SelfCare",
         [](v1::Pathway& m) {
           m.mutable_rules(4)->set_disposition(v1::DISPOSITION_SELF_CARE);
         },
         "rules[R-R01].disposition: must be above DISPOSITION_SELF_CARE, which "
         "is what no rule gives"},
        {"NoDisposition",
         [](v1::Pathway& m) { m.mutable_rules(4)->clear_disposition(); },
         "rules[R-R01].disposition: required: a disposition, such as "
         "DISPOSITION_SAME_DAY"},
        {"FlagMalformed",
         [](v1::Pathway& m) {
           m.mutable_rules(4)->set_flag("Mood");
           m.mutable_cases(3)->clear_must_flag();
         },
         "rules[R-R01].flag: malformed; write upper-case letters, digits and "
         "'_', a letter first, at most 63 characters"},
        {"NoRationale",
         [](v1::Pathway& m) { m.mutable_rules(4)->clear_rationale(); },
         "rules[R-R01].rationale: required"},
        {"NoSources",
         [](v1::Pathway& m) { m.mutable_rules(4)->clear_sources(); },
         "rules[R-R01].sources: required: at least one evidence or source id"},
        {"DoubledSource",
         [](v1::Pathway& m) { m.mutable_rules(4)->add_sources("book"); },
         "rules[R-R01].sources[1]: 'book' is there already"},
        {"UnknownGuidance",
         [](v1::Pathway& m) {
           m.mutable_rules(4)->set_guidance_ids(0, "rets");
         },
         "rules[R-R01].guidance_ids[0]: no guidance record 'rets'; did you "
         "mean "
         "'rest'?"},
    }),
    NameOfRow);

INSTANTIATE_TEST_SUITE_P(
    Policies, CompileRulesFaultTest,
    testing::ValuesIn<FaultCase>({
        {"EmergencyWithout",
         [](v1::Pathway& m) { m.mutable_rules(0)->clear_on_unknown(); },
         "rules[R-E01].on_unknown: required: an emergency rule says what "
         "applies while it is undecided; 'ask', 'escalate' or 'ignore'"},
        {"Empty",
         [](v1::Pathway& m) {
           m.mutable_rules(0)->mutable_on_unknown()->clear_policy();
         },
         "rules[R-E01].on_unknown: required: 'ask', 'escalate' or 'ignore'"},
        {"AskNot",
         [](v1::Pathway& m) {
           m.mutable_rules(0)->mutable_on_unknown()->set_ask(false);
         },
         "rules[R-E01].on_unknown.ask: must be true; to do nothing, write "
         "'ignore' with the reason"},
        {"IgnoreWithoutReason",
         [](v1::Pathway& m) {
           m.mutable_rules(0)->mutable_on_unknown()->set_ignore("");
         },
         "rules[R-E01].on_unknown.ignore: required"},
        {"EscalateToNothing",
         [](v1::Pathway& m) {
           m.mutable_rules(0)
               ->mutable_on_unknown()
               ->mutable_escalate()
               ->clear_at_least();
         },
         "rules[R-E01].on_unknown.escalate.at_least: required: a disposition, "
         "such as DISPOSITION_SAME_DAY"},
        {"EscalateWithoutFlag",
         [](v1::Pathway& m) {
           m.mutable_rules(0)
               ->mutable_on_unknown()
               ->mutable_escalate()
               ->clear_flag();
         },
         "rules[R-E01].on_unknown.escalate.flag: required: upper-case letters, "
         "digits and '_', a letter first, at most 63 characters"},
    }),
    NameOfRow);

INSTANTIATE_TEST_SUITE_P(
    Invariants, CompileRulesFaultTest,
    testing::ValuesIn<FaultCase>({
        {"Doubled",
         [](v1::Pathway& m) { *m.add_invariants() = m.invariants(0); },
         "invariants[1].invariant_id: 'bone_is_emergency' is there already; "
         "each is unique"},
        {"UnknownDisposition",
         [](v1::Pathway& m) {
           m.mutable_invariants(0)->set_expression("disposition != 'URGENT'");
         },
         "invariants[bone_is_emergency].expression: 'disposition' is never "
         "'URGENT'; there are SELF_CARE, ROUTINE, WITHIN_DAYS, SAME_DAY, "
         "EMERGENCY_NOW"},
        {"NoSources",
         [](v1::Pathway& m) { m.mutable_invariants(0)->clear_sources(); },
         "invariants[bone_is_emergency].sources: required: at least one "
         "evidence or source id"},
        {"NoRationale",
         [](v1::Pathway& m) { m.mutable_invariants(0)->clear_rationale(); },
         "invariants[bone_is_emergency].rationale: required"},
    }),
    NameOfRow);

}  // namespace
}  // namespace plumbline::pathway
