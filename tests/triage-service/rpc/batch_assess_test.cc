#include "triage-service/rpc/batch_assess.h"

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/rpc/error_details.h"
#include "common/rpc/status.h"
#include "common/trust/digest.h"
#include "google/rpc/error_details.pb.h"
#include "tests/common/pathway/example_pathway.h"
#include "tests/support/status_matchers.h"
#include "tests/triage-service/support/running_triage.h"

namespace plumbline::triage {
namespace {

using pathway::Fault;
using ::plumbline::testing::IsOk;
using ::plumbline::testing::StatusIs;
using ::testing::ElementsAre;

v1::Intake IntakeOf(const std::string& item_id, const std::string& answers) {
  v1::Intake intake;
  intake.set_item_id(item_id);
  pathway::v1::Case message;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(answers, &message));
  *intake.mutable_answers() = message.answers();
  return intake;
}

v1::BatchAssessRequest FirstRequest() {
  v1::BatchAssessRequest request;
  request.set_pathway("pathways/ankle");
  return request;
}

// One open stream.
class Batch {
 public:
  explicit Batch(RunningTriage& triage) {
    RunningTriage::Prepare(&context_);
    stream_ = triage.stub().BatchAssess(&context_);
  }

  void Send(const v1::BatchAssessRequest& request) { stream_->Write(request); }

  v1::BatchAssessResponse Receive() {
    v1::BatchAssessResponse response;
    EXPECT_TRUE(stream_->Read(&response));
    return response;
  }

  // The stream's status, once everything is read.
  absl::Status End() {
    stream_->WritesDone();
    return WaitForEnd();
  }
  absl::Status WaitForEnd() {
    v1::BatchAssessResponse response;
    while (stream_->Read(&response)) {
    }
    return rpc::FromGrpcStatus(stream_->Finish());
  }

  void Cancel() { context_.TryCancel(); }

 private:
  grpc::ClientContext context_;
  std::unique_ptr<
      grpc::ClientReaderWriter<v1::BatchAssessRequest, v1::BatchAssessResponse>>
      stream_;
};

class BatchAssessTest : public ::testing::Test {
 protected:
  // What a stream with this one message ends with.
  absl::Status StatusOf(const v1::BatchAssessRequest& request) {
    Batch batch(triage_);
    batch.Send(request);
    return batch.End();
  }

  RunningTriage triage_;
};

TEST_F(BatchAssessTest, DecidesEveryIntakeInOrder) {
  const std::string digest = triage_.Activate(1);
  v1::BatchAssessRequest request = FirstRequest();
  *request.add_intakes() =
      IntakeOf("a", "answers { link_id: 'em.bone' code: 'yes' }");
  *request.add_intakes() = IntakeOf("b", "");
  *request.add_intakes() = IntakeOf("c", pathway::kNothingApplies);
  Batch batch(triage_);
  batch.Send(request);
  const v1::BatchAssessResponse response = batch.Receive();
  EXPECT_EQ(response.release_digest(), digest);
  ASSERT_EQ(response.results_size(), 3);
  EXPECT_EQ(response.results(0).item_id(), "a");
  EXPECT_EQ(response.results(0).assessment().decision().disposition(),
            pathway::v1::DISPOSITION_EMERGENCY_NOW);
  EXPECT_EQ(response.results(1).item_id(), "b");
  EXPECT_EQ(response.results(1).assessment().decision().disposition(),
            pathway::v1::DISPOSITION_SAME_DAY);
  EXPECT_EQ(response.results(2).assessment().decision().disposition(),
            pathway::v1::DISPOSITION_SELF_CARE);
  EXPECT_EQ(response.results(2).assessment().log_state(), v1::LOG_STATE_OFF);
  EXPECT_THAT(batch.End(), IsOk());
}

TEST_F(BatchAssessTest, AWrongIntakeHasAStatusOfItsOwn) {
  triage_.Activate(1);
  v1::BatchAssessRequest request = FirstRequest();
  *request.add_intakes() =
      IntakeOf("bad",
               "answers { link_id: 'no.such' code: 'yes' }"
               "answers { link_id: 'pain.now' integer: 11 }");
  request.mutable_intakes(0)->set_subject(std::string(129, 's'));
  *request.add_intakes() = IntakeOf("good", "");
  Batch batch(triage_);
  batch.Send(request);
  const v1::BatchAssessResponse response = batch.Receive();
  ASSERT_EQ(response.results_size(), 2);
  const google::rpc::Status& status = response.results(0).status();
  EXPECT_EQ(status.code(), static_cast<int>(grpc::INVALID_ARGUMENT));
  google::rpc::BadRequest bad_request;
  for (const auto& detail : status.details()) detail.UnpackTo(&bad_request);
  ASSERT_EQ(bad_request.field_violations_size(), 3);
  EXPECT_EQ(bad_request.field_violations(0).field(), "subject");
  EXPECT_EQ(bad_request.field_violations(1).field(), "answers[0].link_id");
  EXPECT_EQ(bad_request.field_violations(2).field(), "answers[1].integer");
  EXPECT_TRUE(response.results(1).has_assessment());
  EXPECT_THAT(batch.End(), IsOk());
}

TEST_F(BatchAssessTest, OneReleaseDecidesForTheWholeStream) {
  const std::string first = triage_.Activate(1);
  Batch batch(triage_);
  batch.Send(FirstRequest());
  EXPECT_EQ(batch.Receive().release_digest(), first);
  for (int i = 2; i <= 5; ++i) triage_.Activate(i);
  v1::BatchAssessRequest request;
  *request.add_intakes() = IntakeOf("a", "");
  batch.Send(request);
  const v1::BatchAssessResponse response = batch.Receive();
  EXPECT_EQ(response.release_digest(), first);
  EXPECT_EQ(response.results(0).assessment().release_digest(), first);
  EXPECT_THAT(batch.End(), IsOk());
}

TEST_F(BatchAssessTest, TakesAThousandIntakesAMessage) {
  triage_.Activate(1);
  v1::BatchAssessRequest request = FirstRequest();
  for (int i = 0; i < kIntakesMax; ++i) {
    *request.add_intakes() = IntakeOf(absl::StrCat("i-", i), "");
  }
  Batch batch(triage_);
  batch.Send(request);
  const v1::BatchAssessResponse response = batch.Receive();
  ASSERT_EQ(response.results_size(), kIntakesMax);
  EXPECT_EQ(response.results(999).item_id(), "i-999");
  EXPECT_TRUE(response.results(999).has_assessment());
  EXPECT_THAT(batch.End(), IsOk());

  *request.add_intakes() = IntakeOf("one-too-many", "");
  EXPECT_THAT(rpc::ViolationsOf(StatusOf(request)),
              ElementsAre(Fault{"intakes",
                                "has 1001 intakes; at most 1000 are taken"}));
}

TEST_F(BatchAssessTest, OnlyTheFirstMessageChooses) {
  triage_.Activate(1);
  Batch batch(triage_);
  batch.Send(FirstRequest());
  batch.Receive();
  v1::BatchAssessRequest request = FirstRequest();
  request.set_locale("en");
  request.set_view(pathway::v1::DECISION_VIEW_FULL);
  batch.Send(request);
  const std::string message = "is for the first message of a stream alone";
  EXPECT_THAT(rpc::ViolationsOf(batch.End()),
              ElementsAre(Fault{"pathway", message}, Fault{"locale", message},
                          Fault{"view", message}));
}

TEST_F(BatchAssessTest, AMessageThatEndsTheStreamTellsOfItsIntakesToo) {
  triage_.Activate(1);
  v1::BatchAssessRequest request = FirstRequest();
  request.set_view(static_cast<pathway::v1::DecisionView>(7));
  *request.add_intakes() = IntakeOf("good", "");
  *request.add_intakes() = IntakeOf(
      std::string(129, 'i'), "answers { link_id: 'pain.now' integer: 11 }");
  const Fault item_id = {"intakes[1].item_id", "must be at most 128 bytes"};
  const Fault answer = {"intakes[1].answers[0].integer",
                        "'pain.now' must be from 0 to 10"};
  EXPECT_THAT(
      rpc::ViolationsOf(StatusOf(request)),
      ElementsAre(
          Fault{"view", "must be DECISION_VIEW_BASIC or DECISION_VIEW_FULL"},
          item_id, answer));

  Batch batch(triage_);
  batch.Send(FirstRequest());
  batch.Receive();
  request.clear_view();
  batch.Send(request);
  EXPECT_THAT(rpc::ViolationsOf(batch.End()),
              ElementsAre(Fault{"pathway",
                                "is for the first message of a stream alone"},
                          item_id, answer));
}

// What no release is known for is not checked against one.
TEST_F(BatchAssessTest, WithoutAReleaseOnlyTheFieldsOfIntakesAreChecked) {
  triage_.Activate(1);
  v1::BatchAssessRequest request;
  *request.add_intakes() =
      IntakeOf("a", "answers { link_id: 'pain.now' integer: 11 }");
  request.mutable_intakes(0)->set_subject(std::string(129, 's'));
  EXPECT_THAT(
      rpc::ViolationsOf(StatusOf(request)),
      ElementsAre(Fault{"pathway", "is required: pathways/{pathway}"},
                  Fault{"intakes[0].subject", "must be at most 128 bytes"}));
}

// An error has room for far fewer, and counts the others.
TEST_F(BatchAssessTest, AMessageFullOfMistakesIsNotReadToItsEnd) {
  triage_.Activate(1);
  v1::BatchAssessRequest request = FirstRequest();
  request.set_locale("e s");
  for (int i = 0; i < 3; ++i) {
    v1::Intake& intake = *request.add_intakes();
    for (int j = 0; j < kAnswersMax; ++j) intake.add_answers();
  }
  const pathway::Faults faults = rpc::ViolationsOf(StatusOf(request));
  ASSERT_GT(faults.size(), 2u);
  EXPECT_EQ(faults[0].path, "locale");
  EXPECT_EQ(faults[1].path, "intakes[0].answers[0].link_id");
  EXPECT_EQ(faults.back().message,
            absl::StrCat("and ", 1 + kAnswersMax - (faults.size() - 1),
                         " more, left out here"));
}

TEST_F(BatchAssessTest, FailsAsAssessDoes) {
  EXPECT_EQ(rpc::ReasonOf(StatusOf(FirstRequest())), "NO_CONTENT");
  triage_.Activate(1);
  v1::BatchAssessRequest request = FirstRequest();
  request.set_release_digest(trust::Sha256Hex("other"));
  EXPECT_EQ(rpc::ReasonOf(StatusOf(request)), "RELEASE_NOT_HELD");
  request = FirstRequest();
  request.set_channel("beta");
  EXPECT_EQ(rpc::ReasonOf(StatusOf(request)), "CHANNEL_NOT_FOUND");
  request.set_pathway("pathways/hip");
  EXPECT_EQ(rpc::ReasonOf(StatusOf(request)), "PATHWAY_NOT_FOUND");
  EXPECT_THAT(rpc::ViolationsOf(StatusOf({})),
              ElementsAre(Fault{"pathway", "is required: pathways/{pathway}"}));
}

TEST_F(BatchAssessTest, AStreamWithoutMessagesIsDone) {
  triage_.Activate(1);
  EXPECT_THAT(Batch(triage_).End(), IsOk());
}

// A client that sends without reading is held up, not buffered for.
TEST_F(BatchAssessTest, IsNoFasterThanItsReader) {
  triage_.Activate(1);
  constexpr int kMessages = 60;
  Batch batch(triage_);
  std::thread writer([&batch] {
    v1::BatchAssessRequest request = FirstRequest();
    for (int i = 0; i < kMessages; ++i) {
      *request.add_intakes() = IntakeOf(absl::StrCat("m-", i), "");
      for (int j = 1; j < 50; ++j) *request.add_intakes() = IntakeOf("x", "");
      batch.Send(request);
      request = {};
    }
  });
  for (int i = 0; i < kMessages; ++i) {
    const v1::BatchAssessResponse response = batch.Receive();
    ASSERT_EQ(response.results_size(), 50);
    EXPECT_EQ(response.results(0).item_id(), absl::StrCat("m-", i));
  }
  writer.join();
  EXPECT_THAT(batch.End(), IsOk());
}

TEST_F(BatchAssessTest, AClientMayLeaveAtAnyMoment) {
  triage_.Activate(1);
  for (int i = 0; i < 20; ++i) {
    Batch batch(triage_);
    v1::BatchAssessRequest request = FirstRequest();
    for (int j = 0; j < 100; ++j) *request.add_intakes() = IntakeOf("x", "");
    batch.Send(request);
    if (i % 2 == 0) batch.Receive();
    batch.Cancel();
    EXPECT_THAT(batch.WaitForEnd(), StatusIs(absl::StatusCode::kCancelled));
  }
}

TEST_F(BatchAssessTest, EndsWhenTheServerStops) {
  triage_.Activate(1);
  Batch idle(triage_);
  Batch used(triage_);
  idle.Send(FirstRequest());
  idle.Receive();
  used.Send(FirstRequest());
  used.Receive();
  triage_.server().Drain();
  for (Batch* batch : {&idle, &used}) {
    const absl::Status status = batch->WaitForEnd();
    EXPECT_THAT(status, StatusIs(absl::StatusCode::kUnavailable,
                                 "this replica is stopping; results that were "
                                 "received stand"));
    EXPECT_EQ(rpc::ReasonOf(status), "GOING_AWAY");
  }
}

}  // namespace
}  // namespace plumbline::triage
