#include "cli/report/case_counts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/common/pathway/example_pathway.h"

namespace plumbline::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

pathway::v1::Case CaseOf(const std::string& id) {
  pathway::v1::Case one;
  one.set_case_id(id);
  one.set_narrative("Invented.");
  one.set_source("test");
  one.set_expected_disposition(pathway::v1::DISPOSITION_EMERGENCY_NOW);
  pathway::v1::Answer& answer = *one.add_answers();
  answer.set_link_id("em.bone");
  answer.set_code("yes");
  return one;
}

TEST(CaseCountsTest, CountWhatCasesReach) {
  pathway::v1::Pathway message = pathway::ExampleMessage();
  message.clear_cases();
  *message.add_cases() = CaseOf("one");
  *message.add_cases() = CaseOf("two");
  pathway::v1::Answer& taken = *message.mutable_cases(1)->add_answers();
  taken.set_link_id("med.taken");
  taken.mutable_codes()->add_codes("none");
  const auto pathway = pathway::CompileOrDie(message);
  ASSERT_NE(pathway, nullptr);
  const CaseCounts counts = CountCases(*pathway);
  const int bone = pathway->item_by_link_id.at("em.bone");
  const int medicine = pathway->item_by_link_id.at("med.taken");
  EXPECT_THAT(counts.rules[0], ElementsAre(0, 1));  // R-E01, of the bone.
  EXPECT_THAT(counts.rules[1], IsEmpty());
  EXPECT_EQ(counts.items[bone], 2);
  EXPECT_EQ(counts.items[medicine], 1);
  EXPECT_EQ(counts.options[bone].at("yes"), 2);
  EXPECT_EQ(counts.options[bone].count("no"), 0u);
  EXPECT_EQ(counts.options[medicine].at("none"), 1);
  EXPECT_EQ(counts.dispositions.at(pathway::Disposition::kEmergencyNow), 2);
}

}  // namespace
}  // namespace plumbline::cli
