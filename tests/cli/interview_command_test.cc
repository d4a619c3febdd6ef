// plumb interview, in process, answered as a person would type.

#include <gmock/gmock.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <string>

#include "cli/exit_code.h"
#include "plumbline/triage/v1/triage_service.grpc.pb.h"
#include "tests/support/local_server.h"
#include "tests/support/plumb.h"

namespace plumbline::cli {
namespace {

// A triage-service that asks em.bladder, then may stop; it counts.
class FakeTriageService final : public triage::v1::TriageService::Service {
 public:
  const std::string& address() const { return server_.address(); }
  int assessments() const { return assessments_; }
  int questions() const { return questions_; }

 private:
  grpc::Status Assess(grpc::ServerContext* /*context*/,
                      const triage::v1::AssessRequest* /*request*/,
                      triage::v1::AssessResponse* /*response*/) override {
    ++assessments_;
    return grpc::Status::OK;
  }

  // Code "saddle" is not legal.
  grpc::Status NextItems(grpc::ServerContext* /*context*/,
                         const triage::v1::NextItemsRequest* request,
                         triage::v1::NextItemsResponse* response) override {
    ++questions_;
    for (const auto& answer : request->answers()) {
      if (answer.code() == "saddle") {
        return {grpc::StatusCode::INVALID_ARGUMENT, "no saddle here"};
      }
    }
    response->set_may_stop(!request->answers().empty());
    if (response->may_stop()) return grpc::Status::OK;
    triage::v1::NextItem& next = *response->add_items();
    next.mutable_item()->set_link_id("em.bladder");
    next.mutable_item()->set_type(pathway::v1::ITEM_TYPE_CHOICE);
    next.mutable_item()->add_options()->set_code("none");
    next.mutable_item()->add_options()->set_code("saddle");
    return grpc::Status::OK;
  }

  int assessments_ = 0;
  int questions_ = 0;
  plumbline::testing::LocalServer server_{this};
};

TEST(InterviewCommandTest, AServiceAssessesOnceAtTheEnd) {
  FakeTriageService service;
  const auto result = plumbline::testing::Plumb(
      {"interview", "--pathway", plumbline::testing::kBackPain, "--server",
       service.address()},
      "2\n1\n");
  EXPECT_EQ(result.code, kExitOk) << result.err;
  EXPECT_THAT(result.err, ::testing::HasSubstr("no saddle here"));
  EXPECT_EQ(service.assessments(), 1);
  EXPECT_EQ(service.questions(), 3);
}

using ::plumbline::testing::kBackPain;
using ::plumbline::testing::Plumb;
using ::testing::HasSubstr;

TEST(InterviewCommandTest, StopsAfterTheEmergencyQuestionsInAnEmergency) {
  // "cannot pass urine", then the first option eleven times.
  std::string typed = "3\n";
  for (int i = 0; i < 11; ++i) typed += "1\n";
  // Yes is the first option of the yes-or-no questions; it makes no difference
  // to an emergency.
  const auto result = Plumb({"interview", "--pathway", kBackPain}, typed);
  EXPECT_EQ(result.code, kExitOk) << result.err;
  EXPECT_THAT(result.err, HasSubstr("12 questions asked."));
  EXPECT_THAT(result.out, HasSubstr("CES_BLADDER"));
}

TEST(InterviewCommandTest, AsksAgainWhatItCannotReadOrMayNotTake) {
  std::string typed = "never\n99\n3\n";
  for (int i = 0; i < 11; ++i) typed += "1\n";
  const auto result = Plumb({"interview", "--pathway", kBackPain}, typed);
  EXPECT_EQ(result.code, kExitOk) << result.err;
  EXPECT_THAT(result.err,
              HasSubstr("Please give a number from 1 to 6; Enter skips, ? "
                        "means not sure."));
  EXPECT_THAT(result.err, HasSubstr("12 questions asked."));
}

TEST(InterviewCommandTest, NeverAsksAgainWhatWasSkipped) {
  const auto result =
      Plumb({"interview", "--pathway", kBackPain}, std::string(60, '\n'));
  EXPECT_EQ(result.code, kExitOk) << result.err;
  EXPECT_THAT(result.out, HasSubstr("provisional"));
}

TEST(InterviewCommandTest, EndOfInputDecidesNothing) {
  const auto result = Plumb({"interview", "--pathway", kBackPain}, "1\n");
  EXPECT_EQ(result.code, kExitRefused);
  EXPECT_EQ(result.out, "");
  EXPECT_THAT(result.err,
              HasSubstr("the interview ended before it was finished"));
}

}  // namespace
}  // namespace plumbline::cli
