#include "triage-service/rpc/assessor.h"

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "common/rpc/error_details.h"
#include "common/trust/digest.h"
#include "tests/common/pathway/example_pathway.h"
#include "tests/support/status_matchers.h"
#include "tests/triage-service/support/running_triage.h"
#include "tests/triage-service/support/signed_channel.h"

namespace plumbline::triage {
namespace {

using ::plumbline::testing::IsOk;
using ::plumbline::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Pair;

pathway::AnswerMessages Answers(const std::string& text) {
  pathway::v1::Case intake;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &intake));
  return intake.answers();
}

class AssessorTest : public ::testing::Test {
 protected:
  AssessorTest() { statuses_[ExampleKey()]; }

  std::string Activate(int number) {
    Release release = ExampleRelease(number);
    std::string digest = release.pathway->digest;
    table_.Activate(ExampleKey(), std::move(release));
    return digest;
  }

  ReleaseTable table_{{ExampleKey()}, {}};
  ChannelStatuses statuses_;
  rpc::Metrics metrics_;
  Assessor assessor_{table_, statuses_, metrics_};
};

TEST_F(AssessorTest, APathwayThatIsNotFollowedIsNotFound) {
  const absl::Status status = assessor_.Choose({"knee", "", ""}).status();
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kNotFound,
                               "this replica follows no channel of "
                               "pathways/knee; it follows "
                               "pathways/ankle/channels/stable"));
  EXPECT_EQ(rpc::ReasonOf(status), "PATHWAY_NOT_FOUND");
  EXPECT_THAT(rpc::ReasonMetadataOf(status),
              ElementsAre(Pair("pathway", "pathways/knee")));
}

TEST_F(AssessorTest, AChannelThatIsNotFollowedIsNotFound) {
  const absl::Status status = assessor_.Choose({"ankle", "beta", ""}).status();
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kNotFound,
                               "this replica does not follow "
                               "pathways/ankle/channels/beta; it follows "
                               "pathways/ankle/channels/stable"));
  EXPECT_EQ(rpc::ReasonOf(status), "CHANNEL_NOT_FOUND");
  EXPECT_THAT(rpc::ReasonMetadataOf(status),
              ElementsAre(Pair("channel", "pathways/ankle/channels/beta")));
}

TEST_F(AssessorTest, WithoutContentACallerComesBackLater) {
  const absl::Status status = assessor_.Choose({"ankle", "", ""}).status();
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kUnavailable,
                               "this replica has no content of "
                               "pathways/ankle/channels/stable yet"));
  EXPECT_EQ(rpc::ReasonOf(status), "NO_CONTENT");
  EXPECT_EQ(rpc::RetryDelayOf(status), absl::Seconds(1));
}

TEST_F(AssessorTest, APinThatIsNotHeldNamesTheActiveRelease) {
  const std::string active = Activate(1);
  const std::string pin = trust::Sha256Hex("other");
  const absl::Status status = assessor_.Choose({"ankle", "", pin}).status();
  EXPECT_THAT(
      status,
      StatusIs(absl::StatusCode::kFailedPrecondition,
               absl::StrCat("this replica does not hold release ", pin,
                            "; start again with the active one, ", active)));
  EXPECT_EQ(rpc::ReasonOf(status), "RELEASE_NOT_HELD");
  EXPECT_THAT(
      rpc::ReasonMetadataOf(status),
      ElementsAre(Pair("active_digest", active), Pair("release_digest", pin)));
}

TEST_F(AssessorTest, TheEnvelopeSaysHowTheDecisionWasMade) {
  const std::string digest = Activate(4);
  const ChosenRelease chosen = assessor_.Choose({"ankle", "", ""}).value();
  v1::Assessment assessment;
  statuses_[ExampleKey()].Loaded(absl::Now() - absl::Minutes(5));
  ASSERT_THAT(assessor_.Assess(chosen, Answers(pathway::kNothingApplies), {},
                               {}, &assessment),
              IsOk());
  EXPECT_EQ(assessment.name(), "");
  EXPECT_EQ(assessment.log_state(), v1::LOG_STATE_OFF);
  EXPECT_EQ(assessment.engine_version(), pathway::kEngineVersion);
  EXPECT_EQ(assessment.release(), "pathways/ankle/releases/4");
  EXPECT_EQ(assessment.release_digest(), digest);
  EXPECT_FALSE(assessment.release_withdrawn());
  EXPECT_GE(assessment.content_age().seconds(), 5 * 60);
  EXPECT_LT(assessment.content_age().seconds(), 10 * 60);
  EXPECT_GT(assessment.create_time().seconds(), 0);
  EXPECT_EQ(assessment.decision().disposition(),
            pathway::v1::DISPOSITION_SELF_CARE);
}

TEST_F(AssessorTest, TheDecisionStandsInItsCanonicalBytes) {
  Activate(1);
  const ChosenRelease chosen = assessor_.Choose({"ankle", "", ""}).value();
  for (const auto view :
       {pathway::DecisionView::kBasic, pathway::DecisionView::kFull}) {
    v1::Assessment assessment;
    ASSERT_THAT(
        assessor_.Assess(chosen, Answers(""), {"", view}, {}, &assessment),
        IsOk());
    const Assessed assessed =
        Assess(*chosen.release->pathway, Answers(""), "", view);
    EXPECT_THAT(assessment.SerializeAsString(),
                ::testing::EndsWith(assessed.decision_bytes));
    EXPECT_EQ(assessment.decision_digest(),
              trust::Sha256Hex(assessed.decision_bytes));
  }
}

TEST_F(AssessorTest, AWithdrawnReleaseIsMarked) {
  const std::string digest = Activate(1);
  table_.MarkWithdrawn(ExampleKey().pathway_id, digest);
  v1::Assessment assessment;
  ASSERT_THAT(assessor_.Assess(assessor_.Choose({"ankle", "", ""}).value(),
                               Answers(""), {}, {}, &assessment),
              IsOk());
  EXPECT_TRUE(assessment.release_withdrawn());
}

TEST_F(AssessorTest, FaultsOfTheRequestAndOfTheAnswersComeTogether) {
  Activate(1);
  v1::Assessment assessment;
  const absl::Status status = assessor_.Assess(
      assessor_.Choose({"ankle", "", ""}).value(),
      Answers("answers { link_id: 'no.such' boolean: true }"), {},
      {{"subject", "must be at most 128 bytes"}}, &assessment);
  const pathway::Faults violations = rpc::ViolationsOf(status);
  ASSERT_EQ(violations.size(), 2u);
  EXPECT_EQ(violations[0].path, "subject");
  EXPECT_EQ(violations[1].path, "answers[0].link_id");
  EXPECT_EQ(rpc::ReasonOf(status), "INVALID_REQUEST");
  EXPECT_EQ(assessment.ByteSizeLong(), 0u);
}

TEST_F(AssessorTest, CountsDecisionsAndNothingElse) {
  Activate(1);
  const ChosenRelease chosen = assessor_.Choose({"ankle", "", ""}).value();
  v1::Assessment assessment;
  ASSERT_THAT(assessor_.Assess(chosen, Answers(""), {}, {}, &assessment),
              IsOk());
  assessor_
      .Assess(chosen, Answers("answers { link_id: 'x' }"), {}, {}, &assessment)
      .IgnoreError();
  EXPECT_THAT(metrics_.Text(),
              HasSubstr("plumbline_assessments_total{certainty=\"PROVISIONAL\","
                        "disposition=\"SAME_DAY\",pathway=\"ankle\"} 1"));
  EXPECT_THAT(metrics_.Text(),
              HasSubstr("plumbline_assessments_total{certainty=\"FINAL\","
                        "disposition=\"SAME_DAY\",pathway=\"ankle\"} 0"));
}

}  // namespace
}  // namespace plumbline::triage
