#include "triage-service/rpc/triage_rpc.h"

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <grpcpp/generic/generic_stub.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/rpc/error_details.h"
#include "common/rpc/status.h"
#include "common/trust/canonical.h"
#include "common/trust/digest.h"
#include "grpc/health/v1/health.grpc.pb.h"
#include "tests/common/pathway/example_pathway.h"
#include "tests/support/method_walk.h"
#include "tests/support/status_matchers.h"
#include "tests/triage-service/support/ankle_rules.h"
#include "tests/triage-service/support/running_triage.h"
#include "tests/triage-service/support/signed_channel.h"

namespace plumbline::triage {
namespace {

using pathway::Fault;
using ::plumbline::testing::IsOk;
using ::plumbline::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

v1::AssessRequest RequestOf(const std::string& answers) {
  v1::AssessRequest request;
  request.set_pathway("pathways/ankle");
  pathway::v1::Case intake;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(answers, &intake));
  *request.mutable_answers() = intake.answers();
  return request;
}

class TriageRpcTest : public ::testing::Test {
 protected:
  absl::StatusOr<v1::Assessment> Assess(
      const v1::AssessRequest& request,
      const std::string& token =
          RunningTriage::TokenOf(auth::v1::ROLE_ASSESSOR)) {
    grpc::ClientContext context;
    RunningTriage::Prepare(&context, token);
    v1::AssessResponse response;
    const absl::Status status = rpc::FromGrpcStatus(
        triage_.stub().Assess(&context, request, &response));
    if (!status.ok()) return status;
    return response.assessment();
  }

  absl::StatusOr<v1::NextItemsResponse> NextItems(
      const v1::NextItemsRequest& request) {
    grpc::ClientContext context;
    RunningTriage::Prepare(&context);
    v1::NextItemsResponse response;
    const absl::Status status = rpc::FromGrpcStatus(
        triage_.stub().NextItems(&context, request, &response));
    if (!status.ok()) return status;
    return response;
  }

  absl::StatusOr<v1::ExplainAssessmentResponse> Explain(
      const v1::ExplainAssessmentRequest& request,
      auth::v1::Role role = auth::v1::ROLE_ASSESSOR) {
    grpc::ClientContext context;
    RunningTriage::Prepare(&context, RunningTriage::TokenOf(role));
    v1::ExplainAssessmentResponse response;
    const absl::Status status = rpc::FromGrpcStatus(
        triage_.stub().ExplainAssessment(&context, request, &response));
    if (!status.ok()) return status;
    return response;
  }

  // Makes the example active, of which answers may be changed.
  void ActivateChangeable() {
    Release release = ExampleRelease(1);
    release.pathway =
        pathway::CompileOrDie(ChangeableAnkle(), release.pathway->digest);
    triage_.table().Activate(ExampleKey(), std::move(release));
  }

  // The violations of a refused request.
  std::vector<Fault> ViolationsOf(const v1::AssessRequest& request) {
    const absl::Status status = Assess(request).status();
    EXPECT_THAT(status, StatusIs(absl::StatusCode::kInvalidArgument));
    EXPECT_EQ(rpc::ReasonOf(status), "INVALID_REQUEST");
    return rpc::ViolationsOf(status);
  }

  RunningTriage triage_;
};

TEST_F(TriageRpcTest, DecidesAnIntake) {
  const std::string digest = triage_.Activate(1);
  v1::AssessRequest request =
      RequestOf("answers { link_id: 'em.bone' code: 'yes' }");
  request.set_view(pathway::v1::DECISION_VIEW_FULL);
  const absl::StatusOr<v1::Assessment> assessment = Assess(request);
  ASSERT_THAT(assessment, IsOk());
  const pathway::v1::Decision& decision = assessment->decision();
  EXPECT_EQ(decision.disposition(), pathway::v1::DISPOSITION_EMERGENCY_NOW);
  EXPECT_EQ(decision.certainty(), pathway::v1::CERTAINTY_FINAL);
  EXPECT_THAT(decision.flags(), ElementsAre("OPEN_BREAK"));
  EXPECT_EQ(decision.fired_rules(0).rationale(),
            "Bone that shows is an emergency.");
  EXPECT_EQ(assessment->release_digest(), digest);
  EXPECT_EQ(assessment->release(), "pathways/ankle/releases/1");
  EXPECT_EQ(assessment->log_state(), v1::LOG_STATE_OFF);
  EXPECT_EQ(assessment->name(), "");
}

// The bytes on the wire hold the canonical bytes as they are.
TEST_F(TriageRpcTest, TheResponseHoldsTheCanonicalBytesOfTheDecision) {
  triage_.Activate(1);
  for (const auto view :
       {pathway::v1::DECISION_VIEW_BASIC, pathway::v1::DECISION_VIEW_FULL}) {
    v1::AssessRequest request = RequestOf(pathway::kNothingApplies);
    request.set_view(view);
    grpc::GenericStub stub(triage_.channel());
    grpc::ClientContext context;
    RunningTriage::Prepare(&context);
    const grpc::Slice bytes(request.SerializeAsString());
    const grpc::ByteBuffer sent(&bytes, 1);
    grpc::CompletionQueue queue;
    const auto call = stub.PrepareUnaryCall(
        &context, "/plumbline.triage.v1.TriageService/Assess", sent, &queue);
    call->StartCall();
    grpc::ByteBuffer received;
    grpc::Status status;
    call->Finish(&received, &status, nullptr);
    void* tag = nullptr;
    bool ok = false;
    ASSERT_TRUE(queue.Next(&tag, &ok));
    ASSERT_TRUE(status.ok()) << status.error_message();
    grpc::Slice slice;
    ASSERT_TRUE(received.DumpToSingleSlice(&slice).ok());
    const std::string wire(reinterpret_cast<const char*>(slice.begin()),
                           slice.size());

    const triage::Assessed assessed = triage::Assess(
        *triage_.table().Active(ExampleKey())->pathway, request.answers(), "",
        static_cast<pathway::DecisionView>(view));
    EXPECT_TRUE(absl::EndsWith(wire, assessed.decision_bytes));
    v1::AssessResponse response;
    ASSERT_TRUE(response.ParseFromString(wire));
    EXPECT_EQ(trust::CanonicalBytes(response.assessment().decision()),
              assessed.decision_bytes);
    EXPECT_EQ(response.assessment().decision_digest(),
              trust::Sha256Hex(assessed.decision_bytes));
  }
}

TEST_F(TriageRpcTest, AnEmptyIntakeIsLegalAndProvisional) {
  triage_.Activate(1);
  const absl::StatusOr<v1::Assessment> assessment = Assess(RequestOf(""));
  ASSERT_THAT(assessment, IsOk());
  EXPECT_EQ(assessment->decision().certainty(),
            pathway::v1::CERTAINTY_PROVISIONAL);
  EXPECT_EQ(assessment->decision().disposition(),
            pathway::v1::DISPOSITION_SAME_DAY);
  EXPECT_THAT(assessment->decision().provisional_reasons(), Not(IsEmpty()));
}

TEST_F(TriageRpcTest, WithoutALogARequestIdIsNotRemembered) {
  triage_.Activate(1);
  v1::AssessRequest request = RequestOf("");
  request.set_request_id("r-1");
  const absl::StatusOr<v1::Assessment> first = Assess(request);
  ASSERT_THAT(first, IsOk());
  *request.mutable_answers() =
      RequestOf("answers { link_id: 'em.bone' code: 'yes' }").answers();
  const absl::StatusOr<v1::Assessment> second = Assess(request);
  ASSERT_THAT(second, IsOk());
  EXPECT_EQ(second->log_state(), v1::LOG_STATE_OFF);
  EXPECT_NE(first->decision_digest(), second->decision_digest());
}

TEST_F(TriageRpcTest, APinKeepsItsReleaseThroughAMove) {
  const std::string first = triage_.Activate(1);
  const std::string second = triage_.Activate(2);
  v1::AssessRequest request = RequestOf("");
  EXPECT_EQ(Assess(request)->release_digest(), second);
  request.set_release_digest(first);
  EXPECT_EQ(Assess(request)->release_digest(), first);
  EXPECT_EQ(Assess(request)->decision().release_digest(), first);
}

TEST_F(TriageRpcTest, AReleaseThatIsNotHeldIsSaidWithTheActiveOne) {
  const std::string active = triage_.Activate(1);
  v1::AssessRequest request = RequestOf("");
  request.set_release_digest(trust::Sha256Hex("other"));
  const absl::Status status = Assess(request).status();
  EXPECT_THAT(
      status,
      StatusIs(absl::StatusCode::kFailedPrecondition,
               absl::StrCat("this replica does not hold release ",
                            trust::Sha256Hex("other"),
                            "; start again with the active one, ", active)));
  EXPECT_EQ(rpc::ReasonOf(status), "RELEASE_NOT_HELD");
  EXPECT_EQ(rpc::ReasonMetadataOf(status).at("active_digest"), active);
}

TEST_F(TriageRpcTest, UnknownPathwaysAndChannelsAreNotFound) {
  triage_.Activate(1);
  v1::AssessRequest request = RequestOf("");
  request.set_channel("beta");
  absl::Status status = Assess(request).status();
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kNotFound,
                               "this replica does not follow "
                               "pathways/ankle/channels/beta; it follows "
                               "pathways/ankle/channels/candidate, "
                               "pathways/ankle/channels/stable"));
  EXPECT_EQ(rpc::ReasonOf(status), "CHANNEL_NOT_FOUND");
  request = RequestOf("");
  request.set_pathway("pathways/hip");
  status = Assess(request).status();
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kNotFound,
                               "this replica follows no channel of "
                               "pathways/hip; it follows "
                               "pathways/ankle/channels/candidate, "
                               "pathways/ankle/channels/stable, "
                               "pathways/knee/channels/stable"));
  EXPECT_EQ(rpc::ReasonOf(status), "PATHWAY_NOT_FOUND");
}

TEST_F(TriageRpcTest, WithoutContentACallerComesBackLater) {
  const absl::Status status = Assess(RequestOf("")).status();
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kUnavailable,
                               "this replica has no content of "
                               "pathways/ankle/channels/stable yet"));
  EXPECT_EQ(rpc::ReasonOf(status), "NO_CONTENT");
  EXPECT_EQ(rpc::RetryDelayOf(status), absl::Seconds(1));
}

struct BadAnswers {
  std::string name;
  std::string answers;
  std::vector<Fault> violations;
};

class BadAnswersTest : public TriageRpcTest,
                       public ::testing::WithParamInterface<BadAnswers> {};

TEST_P(BadAnswersTest, AreRefusedWithEveryViolation) {
  triage_.Activate(1);
  EXPECT_THAT(ViolationsOf(RequestOf(GetParam().answers)),
              ::testing::ElementsAreArray(GetParam().violations));
}

INSTANTIATE_TEST_SUITE_P(
    Answers, BadAnswersTest,
    ::testing::ValuesIn<BadAnswers>({
        {"OfAnUnknownItem",
         "answers { link_id: 'no.such' code: 'yes' }",
         {{"answers[0].link_id", "no item of this link id in the pathway"}}},
        {"OfTheWrongType",
         "answers { link_id: 'em.bone' boolean: true }"
         "answers { link_id: 'pain.now' decimal: 3 }"
         "answers { link_id: 'med.taken' code: 'none' }",
         {{"answers[0].boolean", "'em.bone' takes 'code' or 'no_value'"},
          {"answers[1].decimal", "'pain.now' takes 'integer' or 'no_value'"},
          {"answers[2].code", "'med.taken' takes 'codes' or 'no_value'"}}},
        {"WithoutAValue",
         "answers { link_id: 'em.bone' }",
         {{"answers[0]", "'em.bone' takes 'code' or 'no_value'"}}},
        {"WithAnUnspecifiedNoValue",
         "answers { link_id: 'em.bone' no_value: NO_VALUE_UNSPECIFIED }",
         {{"answers[0].no_value",
           "'em.bone' takes NO_VALUE_NOT_ANSWERED, NO_VALUE_DECLINED or "
           "NO_VALUE_UNSURE"}}},
        {"ThatAreNoNumber",
         "answers { link_id: 'pain.days' decimal: nan }",
         {{"answers[0].decimal", "'pain.days' must be a finite number"}}},
        {"ThatAreInfinite",
         "answers { link_id: 'pain.days' decimal: inf }",
         {{"answers[0].decimal", "'pain.days' must be a finite number"}}},
        {"ThatAreMinusInfinite",
         "answers { link_id: 'pain.days' decimal: -inf }",
         {{"answers[0].decimal", "'pain.days' must be a finite number"}}},
        {"OutOfRange",
         "answers { link_id: 'pain.now' integer: 11 }"
         "answers { link_id: 'pt.age' integer: -1 }"
         "answers { link_id: 'pain.days' decimal: 100.5 }",
         {{"answers[0].integer", "'pain.now' must be from 0 to 10"},
          {"answers[1].integer", "'pt.age' must be from 0 to 120"},
          {"answers[2].decimal", "'pain.days' must be from 0 to 100"}}},
        {"BelowTheLeastDecimal",
         "answers { link_id: 'pain.days' decimal: -0.5 }",
         {{"answers[0].decimal", "'pain.days' must be from 0 to 100"}}},
        {"OffTheStep",
         "answers { link_id: 'pain.days' decimal: 1.25 }",
         {{"answers[0].decimal", "'pain.days' must be a multiple of 0.5"}}},
        {"GivenTwice",
         "answers { link_id: 'em.bone' code: 'no' }"
         "answers { link_id: 'em.bone' code: 'yes' }",
         {{"answers[1].link_id",
           "'em.bone' is answered in answers[0] already; answer each item "
           "once"}}},
        {"WithAnOptionThatDoesNotExist",
         "answers { link_id: 'em.bone' code: 'maybe' }",
         {{"answers[0].code",
           "'em.bone' has no such option; it has no, yes, unsure"}}},
        {"WithAnEmptySet",
         "answers { link_id: 'med.taken' codes {} }",
         {{"answers[0].codes",
           "'med.taken' needs at least one option; where there is no answer, "
           "give 'no_value'"}}},
        {"WithADoubledOption",
         "answers { link_id: 'med.taken'"
         "  codes { codes: 'nsaid' codes: 'nsaid' } }",
         {{"answers[0].codes.codes[1]",
           "'med.taken' holds this option already; give each once"}}},
        {"WithNoneAndAnother",
         "answers { link_id: 'med.taken'"
         "  codes { codes: 'none' codes: 'nsaid' } }",
         {{"answers[0].codes",
           "'med.taken' has options that stand alone: none"}}},
        {"ToAnAbsentItem",
         "answers { link_id: 'pt.age' integer: 5 }"
         "answers { link_id: 'pt.pregnant' code: 'no' }",
         {{"answers[1].link_id",
           "'pt.pregnant' is not asked with these answers; leave it out. It is "
           "asked where pt.age >= 10 && pt.age <= 60"}}},
    }),
    [](const auto& instance) { return instance.param.name; });

TEST_F(TriageRpcTest, EveryViolationOfARequestIsToldAtOnce) {
  triage_.Activate(1);
  v1::AssessRequest request =
      RequestOf("answers { link_id: 'no.such' code: 'yes' }");
  request.set_subject(std::string(129, 's'));
  request.set_request_id("with space");
  request.set_locale("e s");
  request.set_view(static_cast<pathway::v1::DecisionView>(7));
  EXPECT_THAT(
      ViolationsOf(request),
      ElementsAre(
          Fault{"subject", "must be at most 128 bytes"},
          Fault{"request_id",
                "must be 1 to 128 printable ASCII characters without spaces, "
                "or empty"},
          Fault{"locale",
                "must be a BCP 47 tag of at most 35 characters, for "
                "example es"},
          Fault{"view", "must be DECISION_VIEW_BASIC or DECISION_VIEW_FULL"},
          Fault{"answers[0].link_id",
                "no item of this link id in the pathway"}));
}

TEST_F(TriageRpcTest, AMalformedChoiceIsToldWithTheRest) {
  v1::AssessRequest request = RequestOf("");
  request.set_pathway("ankle");
  request.set_release_digest("abc");
  request.set_subject(std::string(129, 's'));
  EXPECT_THAT(
      ViolationsOf(request),
      ElementsAre(
          Fault{"pathway",
                "must be pathways/{pathway}, for example pathways/back-pain"},
          Fault{"release_digest",
                "must be 64 lower-case hexadecimal digits, or empty"},
          Fault{"subject", "must be at most 128 bytes"}));
}

// The pin says which release it is, and the id which pathway.
TEST_F(TriageRpcTest, AMalformedChoiceThatStillNamesAReleaseHidesNoAnswers) {
  const std::string digest = triage_.Activate(1);
  v1::AssessRequest request =
      RequestOf("answers { link_id: 'no.such' code: 'yes' }");
  request.set_pathway("ankle");
  request.set_channel("Stable");
  request.set_release_digest(digest);
  EXPECT_THAT(
      ViolationsOf(request),
      ElementsAre(
          Fault{"pathway",
                "must be pathways/{pathway}, for example pathways/back-pain"},
          Fault{"channel",
                "must be a channel's id, [a-z]([a-z0-9-]{0,61}[a-z0-9])?, for "
                "example stable"},
          Fault{"answers[0].link_id",
                "no item of this link id in the pathway"}));
}

TEST_F(TriageRpcTest, TooManyAnswersAreRefusedForThatAlone) {
  triage_.Activate(1);
  v1::AssessRequest request = RequestOf("");
  for (int i = 0; i < 1001; ++i) request.add_answers()->set_link_id("no.such");
  EXPECT_THAT(ViolationsOf(request),
              ElementsAre(Fault{"answers",
                                "has 1001 answers; at most 1000 are taken"}));
}

TEST_F(TriageRpcTest, NothingOfAnIntakeIsInAnError) {
  triage_.Activate(1);
  v1::AssessRequest request = RequestOf(
      "answers { link_id: 'marked-id' code: 'x' }"
      "answers { link_id: 'em.bone' code: 'marked-code' }"
      "answers { link_id: 'pain.now' integer: 987654321 }");
  request.set_subject("marked-subject" + std::string(200, 's'));
  const absl::Status status = Assess(request).status();
  const std::string all = status.ToString();
  EXPECT_THAT(all, Not(HasSubstr("marked")));
  EXPECT_THAT(all, Not(HasSubstr("987654321")));
}

TEST_F(TriageRpcTest, NextItemsLeadsAnInterviewToItsEnd) {
  const std::string digest = triage_.Activate(1);
  pathway::v1::Case complete;
  ASSERT_TRUE(google::protobuf::TextFormat::ParseFromString(
      pathway::kNothingApplies, &complete));
  v1::NextItemsRequest request;
  request.set_pathway("pathways/ankle");
  request.set_max_items(1);
  bool stopped = false;
  for (int asked = 0; asked <= complete.answers_size() && !stopped; ++asked) {
    const absl::StatusOr<v1::NextItemsResponse> response = NextItems(request);
    ASSERT_THAT(response, IsOk());
    EXPECT_EQ(response->release_digest(), digest);
    request.set_release_digest(response->release_digest());
    stopped = response->may_stop();
    if (stopped) {
      EXPECT_EQ(response->disposition(), pathway::v1::DISPOSITION_SELF_CARE);
      break;
    }
    ASSERT_EQ(response->items_size(), 1);
    bool answered = false;
    for (const pathway::v1::Answer& answer : complete.answers()) {
      if (answer.link_id() != response->items(0).link_id()) continue;
      *request.add_answers() = answer;
      answered = true;
    }
    ASSERT_TRUE(answered) << response->items(0).link_id();
  }
  EXPECT_TRUE(stopped);
}

TEST_F(TriageRpcTest, NextItemsRefusesAsAssessDoes) {
  v1::NextItemsRequest request;
  request.set_pathway("pathways/ankle");
  EXPECT_EQ(rpc::ReasonOf(NextItems(request).status()), "NO_CONTENT");
  triage_.Activate(1);
  request.set_max_items(-1);
  request.set_locale("e s");
  request.add_answers()->set_link_id("no.such");
  EXPECT_THAT(
      rpc::ViolationsOf(NextItems(request).status()),
      ElementsAre(Fault{"locale",
                        "must be a BCP 47 tag of at most 35 characters, for "
                        "example es"},
                  Fault{"max_items", "must not be negative; 0 means all"},
                  Fault{"answers[0].link_id",
                        "no item of this link id in the pathway"}));
  request.clear_locale();
  request.set_pathway("");
  EXPECT_THAT(
      rpc::ViolationsOf(NextItems(request).status()),
      ElementsAre(Fault{"pathway", "is required: pathways/{pathway}"},
                  Fault{"max_items", "must not be negative; 0 means all"}));
}

v1::ExplainAssessmentRequest ExplainRequestOf(const std::string& answers) {
  v1::ExplainAssessmentRequest request;
  request.mutable_intake()->set_pathway("pathways/ankle");
  *request.mutable_intake()->mutable_answers() = RequestOf(answers).answers();
  return request;
}

TEST_F(TriageRpcTest, ExplainsTheDecisionThatAssessGives) {
  const std::string digest = triage_.Activate(1);
  const std::string answers =
      "answers { link_id: 'em.bone' code: 'yes' }"
      "answers { link_id: 'pain.now' integer: 3 }";
  v1::AssessRequest assess = RequestOf(answers);
  assess.set_view(pathway::v1::DECISION_VIEW_FULL);
  v1::ExplainAssessmentRequest request = ExplainRequestOf(answers);
  request.mutable_intake()->set_release_digest(digest);
  const auto explained = Explain(request);
  ASSERT_THAT(explained, IsOk());
  EXPECT_EQ(trust::CanonicalBytes(explained->decision()),
            trust::CanonicalBytes(Assess(assess)->decision()));
  ASSERT_EQ(explained->reasons_size(), 1);
  EXPECT_EQ(explained->reasons(0).rule_id(), "R-E01");
  ASSERT_EQ(explained->reasons(0).sufficient_answers_size(), 1);
  EXPECT_EQ(explained->reasons(0).sufficient_answers(0).link_id(), "em.bone");
  EXPECT_EQ(explained->release(), "pathways/ankle/releases/1");
  EXPECT_FALSE(explained->release_withdrawn());
  EXPECT_EQ(explained->counterfactuals_size(), 0);
}

TEST_F(TriageRpcTest, ExplainsByAPinnedRelease) {
  const std::string first = triage_.Activate(1);
  triage_.Activate(2);
  v1::ExplainAssessmentRequest request = ExplainRequestOf("");
  request.mutable_intake()->set_release_digest(first);
  EXPECT_EQ(Explain(request)->decision().release_digest(), first);
  triage_.table().MarkWithdrawn("ankle", first);
  EXPECT_TRUE(Explain(request)->release_withdrawn());
  request.mutable_intake()->set_release_digest(trust::Sha256Hex("other"));
  EXPECT_EQ(rpc::ReasonOf(Explain(request).status()), "RELEASE_NOT_HELD");
}

TEST_F(TriageRpcTest, CounterfactualsStandByUrgency) {
  ActivateChangeable();
  v1::ExplainAssessmentRequest request =
      ExplainRequestOf(pathway::kNothingApplies);
  request.set_counterfactuals(true);
  request.set_max_changes(1);
  const auto explained = Explain(request, auth::v1::ROLE_CLINICIAN);
  ASSERT_THAT(explained, IsOk());
  ASSERT_EQ(explained->counterfactuals_size(), 4);
  const v1::Counterfactual& emergency = explained->counterfactuals(0);
  EXPECT_EQ(emergency.disposition(), pathway::v1::DISPOSITION_EMERGENCY_NOW);
  ASSERT_EQ(emergency.changes_size(), 1);
  EXPECT_EQ(emergency.changes(0).link_id(), "em.bone");
  EXPECT_EQ(emergency.changes(0).code(), "yes");
  EXPECT_EQ(emergency.not_found_within(), 0);
  const v1::Counterfactual& same_day = explained->counterfactuals(1);
  EXPECT_EQ(same_day.disposition(), pathway::v1::DISPOSITION_SAME_DAY);
  EXPECT_EQ(same_day.changes_size(), 0);
  EXPECT_EQ(same_day.not_found_within(), 1);
  EXPECT_FALSE(same_day.cut_short());
}

TEST_F(TriageRpcTest, OnlyCliniciansAndAuditorsGetCounterfactuals) {
  triage_.Activate(1);
  v1::ExplainAssessmentRequest request = ExplainRequestOf("");
  EXPECT_THAT(Explain(request, auth::v1::ROLE_ASSESSOR), IsOk());
  request.set_counterfactuals(true);
  EXPECT_THAT(Explain(request, auth::v1::ROLE_CLINICIAN), IsOk());
  EXPECT_THAT(Explain(request, auth::v1::ROLE_AUDITOR), IsOk());
  const absl::Status status =
      Explain(request, auth::v1::ROLE_ASSESSOR).status();
  EXPECT_THAT(status,
              StatusIs(absl::StatusCode::kPermissionDenied,
                       "TriageService.ExplainAssessment with 'counterfactuals' "
                       "needs one of these roles: clinician, auditor; "
                       "'assessor' holds assessor"));
  EXPECT_EQ(rpc::ReasonOf(status), "ROLE_REQUIRED");
  EXPECT_EQ(rpc::ReasonMetadataOf(status).at("roles"), "clinician,auditor");
}

TEST_F(TriageRpcTest, WithoutALogThereIsNoRecordToExplain) {
  v1::ExplainAssessmentRequest request;
  request.set_name("logs/a/assessments/1");
  const absl::Status status =
      Explain(request, auth::v1::ROLE_CLINICIAN).status();
  EXPECT_THAT(status,
              StatusIs(absl::StatusCode::kFailedPrecondition,
                       "this replica keeps no log, so that it has no recorded "
                       "assessments; give the intake itself"));
  EXPECT_EQ(rpc::ReasonOf(status), "LOG_OFF");
  EXPECT_EQ(rpc::ReasonOf(Explain(request).status()), "ROLE_REQUIRED");
  request.set_name("assessments/1");
  EXPECT_THAT(
      rpc::ViolationsOf(Explain(request, auth::v1::ROLE_AUDITOR).status()),
      ElementsAre(
          Fault{"name", "must be logs/{log}/assessments/{assessment}"}));
}

TEST_F(TriageRpcTest, ExplainAssessmentTellsEveryViolationAtOnce) {
  triage_.Activate(1);
  v1::ExplainAssessmentRequest request =
      ExplainRequestOf("answers { link_id: 'no.such' code: 'yes' }");
  request.set_locale("e s");
  request.set_max_changes(5);
  EXPECT_THAT(
      rpc::ViolationsOf(Explain(request).status()),
      ElementsAre(Fault{"locale",
                        "must be a BCP 47 tag of at most 35 characters, for "
                        "example es"},
                  Fault{"max_changes", "must be from 1 to 4, or 0 for 2"},
                  Fault{"intake.answers[0].link_id",
                        "no item of this link id in the pathway"}));
  request = {};
  request.mutable_intake()->set_channel("A");
  EXPECT_THAT(
      rpc::ViolationsOf(Explain(request).status()),
      ElementsAre(
          Fault{"intake.pathway", "is required: pathways/{pathway}"},
          Fault{"intake.channel",
                "must be a channel's id, [a-z]([a-z0-9-]{0,61}[a-z0-9])?, for "
                "example stable"}));
  EXPECT_THAT(rpc::ViolationsOf(Explain({}).status()),
              ElementsAre(Fault{"subject", "is required: 'name' or 'intake'"}));
  request = ExplainRequestOf("");
  for (int i = 0; i < 1001; ++i) {
    request.mutable_intake()->add_answers()->set_link_id("no.such");
  }
  EXPECT_THAT(rpc::ViolationsOf(Explain(request).status()),
              ElementsAre(Fault{"intake.answers",
                                "has 1001 answers; at most 1000 are taken"}));
}

TEST_F(TriageRpcTest, NothingOfAnIntakeIsInAnErrorOfExplainAssessment) {
  triage_.Activate(1);
  const absl::Status status =
      Explain(ExplainRequestOf(
                  "answers { link_id: 'marked-id' code: 'x' }"
                  "answers { link_id: 'em.bone' code: 'marked-code' }"
                  "answers { link_id: 'pain.now' integer: 987654321 }"))
          .status();
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(status.ToString(), Not(HasSubstr("marked")));
  EXPECT_THAT(status.ToString(), Not(HasSubstr("987654321")));
}

TEST_F(TriageRpcTest, GetServerInfoAnswersWithoutContent) {
  grpc::ClientContext context;
  RunningTriage::Prepare(&context,
                         RunningTriage::TokenOf(auth::v1::ROLE_READER));
  v1::GetServerInfoResponse response;
  const grpc::Status status =
      triage_.stub().GetServerInfo(&context, {}, &response);
  ASSERT_TRUE(status.ok()) << status.error_message();
  EXPECT_EQ(response.server_info().build_version(), "test");
  ASSERT_EQ(response.server_info().channels_size(), 3);
  EXPECT_EQ(response.server_info().channels(0).channel(),
            "pathways/ankle/channels/candidate");
  EXPECT_EQ(response.server_info().channels(0).digest(), "");
}

TEST_F(TriageRpcTest, ACallWithoutATokenIsRefused) {
  const absl::Status status = Assess(RequestOf(""), "").status();
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kUnauthenticated,
                               "a token is required: metadata "
                               "'authorization: Bearer <token>'"));
  EXPECT_EQ(rpc::ReasonOf(status), "TOKEN_MISSING");
}

TEST_F(TriageRpcTest, ACallWithAnUnknownTokenIsRefused) {
  const absl::Status status = Assess(RequestOf(""), "not-a-token").status();
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kUnauthenticated,
                               "this token is not one that the service "
                               "knows"));
  EXPECT_EQ(rpc::ReasonOf(status), "TOKEN_UNKNOWN");
}

TEST_F(TriageRpcTest, ACallInTheWrongRoleIsToldTheRightOnes) {
  const absl::Status status =
      Assess(RequestOf(""), RunningTriage::TokenOf(auth::v1::ROLE_READER))
          .status();
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kPermissionDenied,
                               "TriageService.Assess needs one of these roles: "
                               "assessor, clinician; 'reader' holds reader"));
  EXPECT_EQ(rpc::ReasonOf(status), "ROLE_REQUIRED");
  EXPECT_EQ(rpc::ReasonMetadataOf(status).at("roles"), "assessor,clinician");
}

TEST_F(TriageRpcTest, EveryMethodAdmitsTheRolesOfItsContractAndNoOther) {
  triage_.Activate(1);
  EXPECT_THAT(plumbline::testing::AccessFaults(
                  triage_.channel(), kTriageService, RunningTriage::TokenOf),
              IsEmpty());
}

TEST_F(TriageRpcTest, MethodsNotBuiltYetAreThoseOfTheStatusPage) {
  EXPECT_EQ(plumbline::testing::UnbuiltMethods(
                triage_.channel(), kTriageService, RunningTriage::TokenOf),
            plumbline::testing::MethodsListedAsUnbuilt(kTriageService));
}

TEST_F(TriageRpcTest, IsAliveBeforeItIsReady) {
  const auto health = grpc::health::v1::Health::NewStub(triage_.channel());
  const auto check = [&health](const std::string& service) {
    grpc::ClientContext context;
    RunningTriage::Prepare(&context, "");
    grpc::health::v1::HealthCheckRequest request;
    request.set_service(service);
    grpc::health::v1::HealthCheckResponse response;
    EXPECT_TRUE(health->Check(&context, request, &response).ok());
    return response.status();
  };
  using grpc::health::v1::HealthCheckResponse;
  EXPECT_EQ(check("live"), HealthCheckResponse::SERVING);
  EXPECT_EQ(check(""), HealthCheckResponse::NOT_SERVING);
  EXPECT_EQ(check(kTriageService), HealthCheckResponse::NOT_SERVING);
  triage_.server().SetReady(true);
  EXPECT_EQ(check(""), HealthCheckResponse::SERVING);
  EXPECT_EQ(check(kTriageService), HealthCheckResponse::SERVING);
}

}  // namespace
}  // namespace plumbline::triage
