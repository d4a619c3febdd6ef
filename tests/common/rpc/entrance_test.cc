#include "common/rpc/entrance.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <thread>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/rpc/error_details.h"
#include "tests/common/rpc/sample_service.h"
#include "tests/support/status_matchers.h"

namespace plumbline::rpc {
namespace {

using ::testing::HasSubstr;
using testing::IsOk;
using ::testing::Not;
using testing::StatusIs;

constexpr char kTraceparentValue[] =
    "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

class EntranceTest : public ::testing::Test {
 protected:
  // One Assess; the answer stays in `assessed_`.
  absl::Status Assess(const std::string& token) {
    PrepareCall({.token = token}, &context_);
    return FromGrpcStatus(sample_.stub->Assess(
        &context_, triage::v1::AssessRequest(), &assessed_));
  }

  absl::Status GetServerInfo(absl::Duration timeout) {
    grpc::ClientContext context;
    PrepareCall({.token = "kiosk", .timeout = timeout}, &context);
    triage::v1::GetServerInfoResponse response;
    return FromGrpcStatus(sample_.stub->GetServerInfo(
        &context, triage::v1::GetServerInfoRequest(), &response));
  }

  CapturedLog log_;
  SampleServer sample_{1, 1};
  grpc::ClientContext context_;
  triage::v1::AssessResponse assessed_;
};

TEST_F(EntranceTest, AdmittedCallReachesItsHandler) {
  ASSERT_THAT(sample_.Start(), IsOk());
  ASSERT_THAT(Assess("kiosk"), IsOk());
  EXPECT_EQ(assessed_.assessment().name(), "kiosk");
}

TEST_F(EntranceTest, HandlerOnThePoolAnswers) {
  ASSERT_THAT(sample_.Start(), IsOk());
  EXPECT_THAT(GetServerInfo(kCallTimeout), IsOk());
}

TEST_F(EntranceTest, CallWithoutATokenIsRefused) {
  ASSERT_THAT(sample_.Start(), IsOk());
  const absl::Status status = Assess("");
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kUnauthenticated));
  EXPECT_EQ(ReasonOf(status), "TOKEN_MISSING");
}

TEST_F(EntranceTest, CallWithAnUnknownTokenIsRefusedAndTheTokenNotLogged) {
  ASSERT_THAT(sample_.Start(), IsOk());
  const absl::Status status = Assess("not-a-token-we-know");
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kUnauthenticated));
  EXPECT_EQ(ReasonOf(status), "TOKEN_UNKNOWN");
  EXPECT_THAT(log_.text(), HasSubstr("TOKEN_UNKNOWN"));
  EXPECT_THAT(log_.text(), Not(HasSubstr("not-a-token-we-know")));
}

TEST_F(EntranceTest, CallWithTwoTokensIsRefused) {
  ASSERT_THAT(sample_.Start(), IsOk());
  context_.AddMetadata("authorization", "Bearer kiosk");
  EXPECT_THAT(Assess("ann"), StatusIs(absl::StatusCode::kUnauthenticated));
}

TEST_F(EntranceTest, CallOfAnotherRoleIsRefused) {
  ASSERT_THAT(sample_.Start(), IsOk());
  const absl::Status status = Assess("ann");
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kPermissionDenied,
                               "TriageService.Assess needs one of these roles: "
                               "assessor, clinician; 'ann' holds auditor"));
  EXPECT_EQ(ReasonMetadataOf(status).at("roles"), "assessor,clinician");
}

TEST_F(EntranceTest, FaultOfOursIsHiddenFromTheCallerAndLogged) {
  sample_.service.assess = [](const Call&) {
    return absl::InternalError("no such table: drafts");
  };
  ASSERT_THAT(sample_.Start(), IsOk());
  const absl::Status status = Assess("kiosk");
  EXPECT_THAT(status,
              StatusIs(absl::StatusCode::kInternal,
                       "the service failed to handle this request; its log "
                       "says why"));
  EXPECT_EQ(ReasonOf(status), "INTERNAL");
  EXPECT_THAT(log_.text(), HasSubstr("no such table: drafts"));
}

TEST_F(EntranceTest, EveryViolationReachesTheCallerAndNoneTheLog) {
  sample_.service.assess = [](const Call&) {
    return InvalidArgument({{.path = "answers[0]", .message = "no item 'x'"},
                            {.path = "answers[1]", .message = "is twice"}});
  };
  ASSERT_THAT(sample_.Start(), IsOk());
  const absl::Status status = Assess("kiosk");
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kInvalidArgument,
                               "answers[0]: no item 'x'\n"
                               "answers[1]: is twice"));
  EXPECT_EQ(ViolationsOf(status),
            (pathway::Faults{{.path = "answers[0]", .message = "no item 'x'"},
                             {.path = "answers[1]", .message = "is twice"}}));
  EXPECT_THAT(log_.text(), HasSubstr("INVALID_REQUEST"));
  EXPECT_THAT(log_.text(), Not(HasSubstr("is twice")));
}

TEST_F(EntranceTest, UnbuiltMethodSaysSoToThoseWhoMayCallIt) {
  ASSERT_THAT(sample_.Start(), IsOk());
  PrepareCall({.token = "ann"}, &context_);
  triage::v1::GetAssessmentResponse response;
  const absl::Status status = FromGrpcStatus(sample_.stub->GetAssessment(
      &context_, triage::v1::GetAssessmentRequest(), &response));
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kUnimplemented,
                               "TriageService.GetAssessment is not built yet; "
                               "see docs/status.md"));
  EXPECT_EQ(ReasonOf(status), "METHOD_NOT_BUILT");

  grpc::ClientContext other;
  PrepareCall({.token = "kiosk"}, &other);
  EXPECT_THAT(FromGrpcStatus(sample_.stub->GetAssessment(
                  &other, triage::v1::GetAssessmentRequest(), &response)),
              StatusIs(absl::StatusCode::kPermissionDenied));
}

TEST_F(EntranceTest, UnbuiltStreamSaysSo) {
  ASSERT_THAT(sample_.Start(), IsOk());
  PrepareCall({.token = "ann"}, &context_);
  const auto reader =
      sample_.stub->Backtest(&context_, triage::v1::BacktestRequest());
  triage::v1::BacktestResponse response;
  EXPECT_FALSE(reader->Read(&response));
  const absl::Status status = FromGrpcStatus(reader->Finish());
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kUnimplemented));
  EXPECT_EQ(ReasonOf(status), "METHOD_NOT_BUILT");
}

TEST_F(EntranceTest, StreamIsAdmittedToo) {
  ASSERT_THAT(sample_.Start(), IsOk());
  PrepareCall({.token = "kiosk"}, &context_);
  const auto reader = sample_.stub->ReplayAssessments(
      &context_, triage::v1::ReplayAssessmentsRequest());
  EXPECT_THAT(FromGrpcStatus(reader->Finish()),
              StatusIs(absl::StatusCode::kPermissionDenied));
}

// With one thread and one place in the queue, the third call is shed.
TEST_F(EntranceTest, CallBeyondTheQueueIsShedWithATimeToComeBack) {
  Event door;
  sample_.service.get_server_info = [&door](const Call&) {
    door.Wait();
    return absl::OkStatus();
  };
  ASSERT_THAT(sample_.Start(), IsOk());
  std::atomic<int> shed{0};
  std::atomic<int> served{0};
  std::vector<std::thread> callers;
  for (int i = 0; i < 3; ++i) {
    callers.emplace_back([this, &door, &shed, &served] {
      const absl::Status status = GetServerInfo(absl::Minutes(1));
      if (status.ok()) {
        ++served;
        return;
      }
      EXPECT_THAT(status, StatusIs(absl::StatusCode::kResourceExhausted));
      EXPECT_EQ(ReasonOf(status), "OVERLOADED");
      EXPECT_EQ(RetryDelayOf(status), absl::Milliseconds(250));
      ++shed;
      door.Set();
    });
  }
  for (std::thread& caller : callers) caller.join();
  // The first may not yet have left the queue when the second comes.
  EXPECT_GE(shed, 1);
  EXPECT_EQ(shed + served, 3);
}

TEST_F(EntranceTest, ExpiredCallIsNotWorkedOn) {
  Event door;
  Event first_runs;
  std::atomic<int> runs{0};
  sample_.service.get_server_info = [&](const Call&) {
    ++runs;
    first_runs.Set();
    door.Wait();
    return absl::OkStatus();
  };
  ASSERT_THAT(sample_.Start(), IsOk());
  std::thread first(
      [this] { EXPECT_THAT(GetServerInfo(absl::Minutes(1)), IsOk()); });
  first_runs.Wait();
  // Long enough to arrive, even on a busy machine.
  EXPECT_THAT(GetServerInfo(absl::Seconds(1)),
              StatusIs(absl::StatusCode::kDeadlineExceeded));
  // The service's own clock may be a little behind: other calls pass the time,
  // and come to the service after the end of that one.
  const absl::Time later = absl::Now() + absl::Milliseconds(300);
  while (absl::Now() < later) {
    grpc::ClientContext context;
    PrepareCall({.token = "kiosk"}, &context);
    ASSERT_TRUE(
        sample_.stub->Assess(&context, triage::v1::AssessRequest(), &assessed_)
            .ok());
  }
  door.Set();
  first.join();
  sample_.pool.Stop();
  EXPECT_EQ(runs, 1);
  EXPECT_THAT(log_.text(), HasSubstr("EXPIRED"));
}

TEST(CallTest, IsExpiredFromItsDeadlineOn) {
  EXPECT_TRUE(Call{.deadline = absl::Now()}.Expired());
  EXPECT_FALSE(Call{.deadline = absl::InfiniteFuture()}.Expired());
}

TEST_F(EntranceTest, LogLineSaysWhoCalledWhatAndHowItWent) {
  ASSERT_THAT(sample_.Start(), IsOk());
  context_.AddMetadata("x-request-id", "call-7");
  context_.AddMetadata("traceparent", kTraceparentValue);
  ASSERT_THAT(Assess("kiosk"), IsOk());
  EXPECT_THAT(log_.text(),
              HasSubstr("\"method\":\"TriageService.Assess\",\"code\":\"OK\","
                        "\"duration_seconds\":"));
  EXPECT_THAT(log_.text(), HasSubstr(absl::StrCat(
                               "\"principal\":\"kiosk\",\"call_id\":\"call-7\","
                               "\"traceparent\":\"",
                               kTraceparentValue, "\"")));
}

TEST_F(EntranceTest, CallIdIsGivenBack) {
  ASSERT_THAT(sample_.Start(), IsOk());
  context_.AddMetadata("x-request-id", "call-7");
  ASSERT_THAT(Assess("kiosk"), IsOk());
  const auto& metadata = context_.GetServerInitialMetadata();
  ASSERT_EQ(metadata.count("x-request-id"), 1u);
  EXPECT_EQ(metadata.find("x-request-id")->second, "call-7");
}

TEST_F(EntranceTest, MalformedMetadataIsReplacedOrDropped) {
  ASSERT_THAT(sample_.Start(), IsOk());
  context_.AddMetadata("x-request-id", "call 7");
  context_.AddMetadata("traceparent", "00-zz-zz-01");
  ASSERT_THAT(Assess("kiosk"), IsOk());
  EXPECT_THAT(log_.text(), Not(HasSubstr("call 7")));
  EXPECT_THAT(log_.text(), Not(HasSubstr("traceparent")));
  EXPECT_EQ(context_.GetServerInitialMetadata().count("x-request-id"), 1u);
}

TEST_F(EntranceTest, DeadlineIsKnownToTheHandler) {
  absl::Time deadline;
  sample_.service.assess = [&deadline](const Call& call) {
    deadline = call.deadline;
    return call.Expired() ? absl::InternalError("expired") : absl::OkStatus();
  };
  ASSERT_THAT(sample_.Start(), IsOk());
  ASSERT_THAT(Assess("kiosk"), IsOk());
  // gRPC rounds a timeout up as it sends it.
  EXPECT_LT(deadline, absl::Now() + kCallTimeout + absl::Seconds(1));

  grpc::ClientContext endless;
  PrepareCall({.token = "kiosk", .timeout = absl::InfiniteDuration()},
              &endless);
  ASSERT_TRUE(
      sample_.stub->Assess(&endless, triage::v1::AssessRequest(), &assessed_)
          .ok());
  EXPECT_EQ(deadline, absl::InfiniteFuture());
}

TEST_F(EntranceTest, CallsAreCounted) {
  ASSERT_THAT(sample_.Start(), IsOk());
  ASSERT_THAT(Assess("kiosk"), IsOk());
  EXPECT_THAT(sample_.metrics.Text(),
              HasSubstr("plumbline_calls_total{code=\"OK\",method="
                        "\"TriageService.Assess\"} 1"));
  EXPECT_THAT(sample_.metrics.Text(),
              HasSubstr("plumbline_calls_in_flight{method="
                        "\"TriageService.Assess\"} 0"));
}

}  // namespace
}  // namespace plumbline::rpc
