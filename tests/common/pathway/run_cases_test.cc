#include "common/pathway/run_cases.h"

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <string>

#include "common/pathway/read_folder.h"
#include "tests/common/pathway/example_pathway.h"
#include "tests/support/status_matchers.h"

namespace plumbline::pathway {
namespace {

using ::plumbline::testing::IsOk;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// Runs the one case whose fields are `text`, and returns why it failed.
std::vector<std::string> Failures(const v1::Pathway& message,
                                  const std::string& text) {
  v1::Pathway cases;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(
      "cases { case_id: 'X' " + text + " }", &cases));
  const CasesReport report = RunCases(*CompileOrDie(message), cases.cases());
  EXPECT_EQ(report.passed + report.failed, 1);
  EXPECT_EQ(report.results[0].case_id, "X");
  EXPECT_EQ(report.failed == 0, report.results[0].failures.empty());
  return report.results[0].failures;
}

TEST(RunCasesTest, ExampleCasesPassAndReachEverything) {
  const v1::Pathway message = ExampleMessage();
  const CasesReport report = RunCases(*CompileOrDie(message), message.cases());
  for (const CaseResult& result : report.results) {
    EXPECT_THAT(result.failures, IsEmpty()) << result.case_id;
  }
  EXPECT_EQ(report.passed, message.cases_size());
  EXPECT_EQ(report.failed, 0);
  EXPECT_THAT(report.unreached.rules, IsEmpty());
  EXPECT_THAT(report.unreached.item_policies, IsEmpty());
  EXPECT_THAT(report.unreached.rule_policies, IsEmpty());
  EXPECT_THAT(report.unreached.gates, IsEmpty());
  EXPECT_THAT(report.unreached.guidance, IsEmpty());
}

TEST(RunCasesTest, NoCasesReachNothing) {
  const CasesReport report = RunCases(*ExamplePathway(), {});
  EXPECT_EQ(report.passed, 0);
  EXPECT_THAT(report.unreached.rules,
              ElementsAre("R-E01", "R-E02", "R-S01", "R-D01", "R-R01"));
  EXPECT_THAT(report.unreached.item_policies,
              ElementsAre("em.bone", "em.cold", "pain.now", "psy.harm"));
  EXPECT_THAT(report.unreached.rule_policies, ElementsAre("R-E01", "R-E02"));
  EXPECT_THAT(report.unreached.gates, ElementsAre("pregnant", "one_nsaid"));
  EXPECT_THAT(
      report.unreached.guidance,
      ElementsAre("go-now", "crisis-line", "call-us", "rest", "ibuprofen",
                  "ask-pharmacist", "one-only", "come-back"));
}

TEST(RunCasesTest, EveryDifferenceIsExplained) {
  EXPECT_THAT(
      Failures(ExampleMessage(), R"(
        answers { link_id: "em.bone" code: "yes" }
        expected_disposition: DISPOSITION_SAME_DAY
        must_flag: "SEVERE" must_not_flag: "OPEN_BREAK"
        must_show: "rest" must_not_show: "go-now"
        must_gate: "pregnant"
        expected_certainty: CERTAINTY_PROVISIONAL)"),
      ElementsAre("the disposition is emergency_now, expected same_day; rules "
                  "that are true: R-E01; policies that apply: none",
                  "the result is final, expected provisional",
                  "flag SEVERE is not raised",
                  "flag OPEN_BREAK is raised by R-E01",
                  "guidance rest is not shown", "guidance go-now is shown",
                  "gate pregnant withholds nothing"));
}

TEST(RunCasesTest, DispositionWithoutAnyRuleSaysSo) {
  EXPECT_THAT(
      Failures(ExampleMessage(),
               std::string(kNothingApplies) +
                   " expected_disposition: DISPOSITION_ROUTINE"),
      ElementsAre("the disposition is self_care, expected routine; "
                  "rules that are true: none; policies that apply: none"));
}

// The answer that decides may be one that was not given.
TEST(RunCasesTest, PoliciesThatApplyAreNamed) {
  EXPECT_THAT(
      Failures(ExampleMessage(), R"(
        answers { link_id: "em.bone" code: "no" }
        answers { link_id: "em.cold" boolean: false }
        answers { link_id: "pain.now" no_value: NO_VALUE_UNSURE }
        expected_disposition: DISPOSITION_SELF_CARE
        must_not_flag: "INCOMPLETE")"),
      ElementsAre(HasSubstr("policies that apply: if_unknown of pain.now"),
                  HasSubstr("is raised by if_unknown of pain.now")));
}

TEST(RunCasesTest, CoverageCountsPoliciesOfItemsAndRules) {
  const auto pathway = ExamplePathway();
  const CoverageByKind coverage =
      CoverageOf(*pathway, RunCases(*pathway, {}).unreached);
  EXPECT_EQ(coverage.rules.total, 5u);
  EXPECT_EQ(coverage.rules.reached(), 0u);
  EXPECT_EQ(coverage.policies.total, 6u);
  EXPECT_EQ(coverage.policies.unreached.size(), 6u);
  EXPECT_EQ(coverage.gates.total, 2u);
  EXPECT_EQ(coverage.guidance.total, 8u);
}

TEST(RunCasesTest, IdThatThePathwayLacksFailsEvenWhereItMustNotAppear) {
  EXPECT_THAT(
      Failures(ExampleMessage(), std::string(kNothingApplies) + R"(
        expected_disposition: DISPOSITION_SELF_CARE
        must_flag: "OPEN_BRAKE" must_not_flag: "COLD_FEET"
        must_show: "rests" must_not_show: "go-then"
        must_gate: "pregnancy")"),
      ElementsAre("must_flag: the pathway has no flag 'OPEN_BRAKE'",
                  "must_not_flag: the pathway has no flag 'COLD_FEET'",
                  "must_show: the pathway has no guidance 'rests'",
                  "must_not_show: the pathway has no guidance 'go-then'",
                  "must_gate: the pathway has no gate 'pregnancy'"));
}

TEST(RunCasesTest, FalseInvariantFailsTheCase) {
  v1::Pathway message = ExampleMessage();
  message.mutable_invariants(0)->set_expression(
      "em.bone != 'yes' || disposition == 'ROUTINE'");
  EXPECT_THAT(Failures(message, R"(
                answers { link_id: "em.bone" code: "yes" }
                expected_disposition: DISPOSITION_EMERGENCY_NOW)"),
              ElementsAre("invariant bone_is_emergency is false"));
}

TEST(RunCasesTest, InvariantIsNotHeldAgainstAnIncompleteIntake) {
  v1::Pathway message = ExampleMessage();
  message.mutable_invariants(0)->set_expression("pain.now <= 10 && em.cold");
  EXPECT_THAT(Failures(message, "expected_disposition: DISPOSITION_SAME_DAY"),
              IsEmpty());
}

TEST(RunCasesTest, OptionBelowItsFloorFailsTheCase) {
  v1::Pathway message = ExampleMessage();
  message.mutable_items(4)->mutable_options(1)->set_at_least(
      v1::DISPOSITION_SAME_DAY);
  ASSERT_EQ(message.items(4).link_id(), "med.taken");
  EXPECT_THAT(Failures(message, R"(
                answers { link_id: "em.bone" code: "no" }
                answers { link_id: "em.cold" boolean: false }
                answers { link_id: "pain.now" integer: 1 }
                answers { link_id: "med.taken" codes { codes: "nsaid" } }
                expected_disposition: DISPOSITION_SELF_CARE)"),
              ElementsAre("option 'nsaid' of med.taken gives at least "
                          "same_day, and the disposition is self_care"));
}

TEST(RunCasesTest, RecordBesideOneThatItExcludesFailsTheCase) {
  v1::Pathway message = ExampleMessage();
  ASSERT_EQ(message.guidance(3).guidance_id(), "rest");
  message.mutable_guidance(3)->add_excludes("come-back");
  EXPECT_THAT(Failures(message, std::string(kNothingApplies) + R"(
                expected_disposition: DISPOSITION_SELF_CARE)"),
              ElementsAre("guidance rest is shown beside come-back, which it "
                          "excludes"));
}

TEST(RunCasesTest, IllegalAnswersFailTheCaseWithEveryViolation) {
  const std::vector<std::string> failures = Failures(ExampleMessage(), R"(
        answers { link_id: "em.bones" code: "yes" }
        answers { link_id: "pain.now" integer: 11 }
        expected_disposition: DISPOSITION_SELF_CARE)");
  EXPECT_EQ(failures.size(), 2u);
}

constexpr char kShippedPathway[] = "content-service/pathways/back-pain";

TEST(ShippedPathwayTest, AllCasesPassAndReachEverything) {
  const absl::StatusOr<SourceFiles> files =
      LoadSourceFiles(kShippedPathway, 8 << 20);
  ASSERT_THAT(files, IsOk());
  const ReadResult read = ReadPathway(*files);
  ASSERT_THAT(read.faults, IsEmpty()) << ToString(read.faults);
  const CasesReport report = RunCases(*read.pathway, read.message.cases());
  for (const CaseResult& result : report.results) {
    EXPECT_THAT(result.failures, IsEmpty()) << result.case_id;
  }
  EXPECT_EQ(report.failed, 0);
  EXPECT_GE(report.passed, 40);
  EXPECT_THAT(report.unreached.rules, IsEmpty());
  EXPECT_THAT(report.unreached.item_policies, IsEmpty());
  EXPECT_THAT(report.unreached.rule_policies, IsEmpty());
  EXPECT_THAT(report.unreached.gates, IsEmpty());
  EXPECT_THAT(report.unreached.guidance, IsEmpty());
}

}  // namespace
}  // namespace plumbline::pathway
