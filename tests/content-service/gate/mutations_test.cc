#include "content-service/gate/mutations.h"

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"

namespace plumbline::gate {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

pathway::v1::Pathway Parse(const std::string& text) {
  pathway::v1::Pathway pathway;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &pathway));
  return pathway;
}

// "negate: a is negated => !(a)": what each makes of the condition of a rule.
std::vector<std::string> OfCondition(const std::string& condition,
                                     MutationKind kind) {
  pathway::v1::Pathway pathway = Parse(
      "items { link_id: 'sx.temp' decimal_range { step: 0.1 } } "
      "rules { rule_id: 'R' disposition: DISPOSITION_ROUTINE }");
  pathway.mutable_rules(0)->set_when(condition);
  std::vector<std::string> texts;
  for (const Mutation& mutation : MutationsOf(pathway)) {
    if (mutation.kind != kind) continue;
    pathway::v1::Pathway mutated = pathway;
    mutation.apply(mutated);
    EXPECT_EQ(mutation.element, "rules/R");
    texts.push_back(
        absl::StrCat(mutation.what, " => ", mutated.rules(0).when()));
  }
  return texts;
}

TEST(MutationsTest, NegateAConditionAndItsOperands) {
  EXPECT_THAT(OfCondition("a && (b || c)", MutationKind::kNegate),
              ElementsAre("when: a && (b || c) is negated => !(a && (b || c))",
                          "when: b is negated => a && (!(b) || c)",
                          "when: c is negated => a && (b || !(c))",
                          "when: a is negated => !(a) && (b || c)",
                          "when: b || c is negated => a && (!(b || c))"));
}

TEST(MutationsTest, DropOperandsAndElements) {
  EXPECT_THAT(
      OfCondition("a && b && x in [1, 2]", MutationKind::kDropOperand),
      ElementsAre("when: 1 is dropped from a list => a && b && x in [2]",
                  "when: 2 is dropped from a list => a && b && x in [1]",
                  "when: a is dropped => b && x in [1, 2]",
                  "when: b is dropped => a && x in [1, 2]",
                  "when: x in [1, 2] is dropped => a && b"));
}

TEST(MutationsTest, KeepTheParenthesesOfWhatStays) {
  EXPECT_THAT(
      OfCondition("(a || b) && (c || (d && e))", MutationKind::kDropOperand),
      ElementsAre("when: a is dropped => (b) && (c || d && e)",
                  "when: b is dropped => (a) && (c || d && e)",
                  "when: d is dropped => (a || b) && (c || e)",
                  "when: e is dropped => (a || b) && (c || d)",
                  "when: c is dropped => (a || b) && (d && e)",
                  "when: d && e is dropped => (a || b) && (c)",
                  "when: a || b is dropped => (c || d && e)",
                  "when: c || d && e is dropped => (a || b)"));
}

// A comment may hold anything.
TEST(MutationsTest, ReadConditionsAsTheLanguageDoes) {
  EXPECT_THAT(
      OfCondition("a && // 1) see (the \"book\n x == \"\\\"(\" && y in ['é']",
                  MutationKind::kDropOperand),
      ElementsAre("when: a is dropped => x == '\\\"(' && y in ['é']",
                  "when: x == '\\\"(' is dropped => a && y in ['é']",
                  "when: y in ['é'] is dropped => a && x == '\\\"('"));
}

TEST(MutationsTest, ShiftBoundsByOneStep) {
  EXPECT_THAT(
      OfCondition("x >= 7 && sx.temp > 101.0", MutationKind::kShiftBound),
      ElementsAre("when: 7 becomes 8 => x >= 8 && sx.temp > 101.0",
                  "when: 7 becomes 6 => x >= 6 && sx.temp > 101.0",
                  "when: 101.0 becomes 101.1 => x >= 7 && sx.temp > "
                  "101.1",
                  "when: 101.0 becomes 100.9 => x >= 7 && sx.temp > "
                  "100.9"));
}

TEST(MutationsTest, SwapToTheNextDisposition) {
  EXPECT_THAT(OfCondition("a", MutationKind::kSwapDisposition),
              ElementsAre("gives WITHIN_DAYS => a", "gives SELF_CARE => a"));
}

TEST(MutationsTest, ShowGuidanceAtOtherTimes) {
  const pathway::v1::Pathway pathway = Parse(
      "guidance { guidance_id: 'rest' show_when: 'a' } "
      "guidance { guidance_id: 'where a rule says' }");
  const std::vector<Mutation> mutations = MutationsOf(pathway);
  ASSERT_EQ(mutations.size(), 1u);
  EXPECT_EQ(mutations[0].element, "guidance/rest");
  EXPECT_EQ(mutations[0].what, "show_when: a is negated");
  pathway::v1::Pathway mutated = pathway;
  mutations[0].apply(mutated);
  EXPECT_EQ(mutated.guidance(0).show_when(), "!(a)");
  EXPECT_EQ(mutated.guidance(1).show_when(), "");
}

TEST(MutationsTest, DropRulesGatesAndPolicies) {
  const pathway::v1::Pathway pathway = Parse(
      "items { link_id: 'a' if_unknown { flag: 'F' } } "
      "rules { rule_id: 'R' when: 'x' on_unknown { escalate { flag: 'F' } } } "
      "gates { gate_id: 'g' withhold_when: 'y' }");
  std::vector<std::string> texts;
  for (const Mutation& mutation : MutationsOf(pathway)) {
    pathway::v1::Pathway mutated = pathway;
    mutation.apply(mutated);
    if (mutation.kind == MutationKind::kDropRule) {
      EXPECT_THAT(mutated.rules(), IsEmpty());
    } else if (mutation.kind == MutationKind::kDropGate) {
      EXPECT_THAT(mutated.gates(), IsEmpty());
    } else if (mutation.kind == MutationKind::kDropPolicy) {
      EXPECT_TRUE(!mutated.items(0).has_if_unknown() ||
                  mutated.rules(0).on_unknown().ask());
    } else {
      continue;
    }
    texts.push_back(absl::StrCat(ToString(mutation.kind), " ", mutation.element,
                                 " ", mutation.what));
  }
  EXPECT_THAT(texts, ElementsAre("drop-policy items/a if_unknown is dropped",
                                 "drop-rule rules/R is dropped",
                                 "drop-policy rules/R on_unknown is dropped",
                                 "drop-gate gates/g is dropped"));
}

}  // namespace
}  // namespace plumbline::gate
