#include "triage-service/domain/assess.h"

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <string>

#include "common/trust/canonical.h"
#include "common/trust/digest.h"
#include "plumbline/pathway/v1/decision.pb.h"
#include "tests/common/pathway/example_pathway.h"

namespace plumbline::triage {
namespace {

using pathway::DecisionView;
using pathway::Disposition;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

pathway::AnswerMessages Answers(const std::string& text) {
  pathway::v1::Case intake;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &intake));
  return intake.answers();
}

TEST(AssessTest, DigestIsThatOfTheBytes) {
  const Assessed assessed =
      Assess(*pathway::ExamplePathway(), Answers(pathway::kNothingApplies), "",
             DecisionView::kBasic);
  EXPECT_THAT(assessed.violations, IsEmpty());
  EXPECT_EQ(assessed.decision_digest,
            trust::Sha256Hex(assessed.decision_bytes));
  EXPECT_EQ(assessed.disposition, Disposition::kSelfCare);
  EXPECT_TRUE(assessed.final);
}

TEST(AssessTest, BytesAreCanonical) {
  for (const DecisionView view : {DecisionView::kBasic, DecisionView::kFull}) {
    const Assessed assessed =
        Assess(*pathway::ExamplePathway(),
               Answers("answers { link_id: 'em.bone' code: 'yes' }"), "", view);
    pathway::v1::Decision decision;
    ASSERT_TRUE(decision.ParseFromString(assessed.decision_bytes));
    EXPECT_EQ(trust::CanonicalBytes(decision), assessed.decision_bytes);
    EXPECT_EQ(decision.disposition(), pathway::v1::DISPOSITION_EMERGENCY_NOW);
  }
}

TEST(AssessTest, AnEmptyIntakeIsLegalAndProvisional) {
  const Assessed assessed =
      Assess(*pathway::ExamplePathway(), Answers(""), "", DecisionView::kBasic);
  EXPECT_THAT(assessed.violations, IsEmpty());
  EXPECT_EQ(assessed.disposition, Disposition::kSameDay);
  EXPECT_FALSE(assessed.final);
}

TEST(AssessTest, TheOrderOfAnswersDoesNotMatter) {
  const auto release = pathway::ExamplePathway();
  const Assessed one =
      Assess(*release,
             Answers("answers { link_id: 'em.bone' code: 'no' }"
                     "answers { link_id: 'pain.now' integer: 3 }"),
             "", DecisionView::kFull);
  const Assessed other =
      Assess(*release,
             Answers("answers { link_id: 'pain.now' integer: 3 }"
                     "answers { link_id: 'em.bone' code: 'no' }"),
             "", DecisionView::kFull);
  EXPECT_EQ(one.decision_bytes, other.decision_bytes);
}

TEST(AssessTest, AnUnofferedLocaleIsTheDefault) {
  const Assessed assessed = Assess(*pathway::ExamplePathway(), Answers(""),
                                   "fr", DecisionView::kBasic);
  pathway::v1::Decision decision;
  ASSERT_TRUE(decision.ParseFromString(assessed.decision_bytes));
  EXPECT_EQ(decision.locale(), "en");
}

TEST(AssessTest, EveryViolationIsToldAndNothingIsDecided) {
  const Assessed assessed =
      Assess(*pathway::ExamplePathway(),
             Answers("answers { link_id: 'no.such' code: 'yes' }"
                     "answers { link_id: 'pain.now' integer: 11 }"),
             "", DecisionView::kBasic);
  EXPECT_THAT(
      assessed.violations,
      ElementsAre(testing::Field(&pathway::Fault::path, "answers[0].link_id"),
                  testing::Field(&pathway::Fault::path, "answers[1].integer")));
  EXPECT_EQ(assessed.decision_bytes, "");
  EXPECT_EQ(assessed.decision_digest, "");
}

}  // namespace
}  // namespace plumbline::triage
