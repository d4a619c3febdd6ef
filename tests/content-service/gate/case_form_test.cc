#include "content-service/gate/case_form.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

#include "common/pathway/read_answers.h"
#include "tests/common/pathway/example_pathway.h"
#include "tests/common/pathway/random_intake.h"
#include "tests/common/pathway/wide_pathway.h"

namespace plumbline::gate {
namespace {

std::string FormOf(const std::string& answers) {
  const auto pathway = pathway::ExamplePathway();
  return CaseForm(*pathway, CheckText(*pathway, answers).intake, "floors-1");
}

TEST(CaseFormTest, WritesEveryTypeOfAnswerInQuestionnaireOrder) {
  EXPECT_EQ(FormOf(R"(
      answers { link_id: "med.taken" codes { codes: "opioid" codes: "nsaid" } }
      answers { link_id: "pain.days" decimal: 0.5 }
      answers { link_id: "pt.age" integer: 30 }
      answers { link_id: "em.cold" boolean: true }
      answers { link_id: "em.bone" code: "no" })"),
            R"({"id":"floors-1","answers":{"em.bone":"no","em.cold":true,)"
            R"("pt.age":30,"med.taken":["nsaid","opioid"],"pain.days":0.5}})");
}

TEST(CaseFormTest, LeavesOpenItemsOutAndWritesWhyOnesAreClosed) {
  EXPECT_EQ(FormOf(R"(
      answers { link_id: "em.bone" code: "unsure" }
      answers { link_id: "pain.now" no_value: NO_VALUE_DECLINED })"),
            R"({"id":"floors-1","answers":{"em.bone":"unsure",)"
            R"("pain.now":{"no_value":"DECLINED"}}})");
}

TEST(CaseFormTest, WritesNoAnswersAsAnEmptyObject) {
  EXPECT_EQ(FormOf(""), R"({"id":"floors-1","answers":{}})");
}

TEST(CaseFormTest, IsReadBackAsTheSameIntake) {
  const auto wide = pathway::WidePathway();
  ASSERT_NE(wide.pathway, nullptr) << ToString(wide.faults);
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    std::mt19937_64 random(seed);
    const pathway::Intake intake =
        pathway::RandomAnswers(*wide.pathway, random).intake;
    const std::string line = CaseForm(*wide.pathway, intake, "x");
    const pathway::ReadAnswersResult read =
        pathway::ReadAnswers(*wide.pathway->source, "x", line);
    ASSERT_TRUE(read.faults.empty()) << line << ToString(read.faults);
    const pathway::CheckedAnswers checked =
        CheckAnswers(*wide.pathway, read.answers);
    ASSERT_TRUE(checked.violations.empty()) << line;
    EXPECT_EQ(checked.intake, intake) << line;
  }
}

}  // namespace
}  // namespace plumbline::gate
