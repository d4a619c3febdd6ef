#include "common/rpc/client_channel.h"

#include <gtest/gtest.h>

#include <string>

#include "common/rpc/error_details.h"
#include "tests/common/rpc/sample_service.h"
#include "tests/support/status_matchers.h"

namespace plumbline::rpc {
namespace {

using testing::IsOk;
using testing::StatusIs;

// A port that is free, because nothing listens there any more.
int FreePort() {
  SampleServer sample;
  EXPECT_THAT(sample.Start(), IsOk());
  return sample.server->port();
}

TEST(ClientChannelTest, CallToNobodyFailsWithinItsTimeout) {
  const auto stub = triage::v1::TriageService::NewStub(
      NewChannel({.target = absl::StrCat("127.0.0.1:", FreePort())}));
  grpc::ClientContext context;
  PrepareCall({.token = "kiosk"}, &context);
  triage::v1::AssessResponse response;
  EXPECT_THAT(FromGrpcStatus(stub->Assess(&context, triage::v1::AssessRequest(),
                                          &response)),
              StatusIs(absl::StatusCode::kUnavailable));
}

TEST(ClientChannelTest, TakesAnErrorOfTheLargestSize) {
  SampleServer sample;
  sample.service.assess = [](const Call&) {
    pathway::Faults faults;
    for (int i = 0; i < 1000; ++i) {
      faults.push_back({.path = "answers", .message = std::string(60, 'm')});
    }
    return InvalidArgument(faults);
  };
  ASSERT_THAT(sample.Start(), IsOk());
  // A client with gRPC's own settings, not ours.
  const auto stub = triage::v1::TriageService::NewStub(
      grpc::CreateChannel(absl::StrCat("127.0.0.1:", sample.server->port()),
                          grpc::InsecureChannelCredentials()));
  grpc::ClientContext context;
  PrepareCall({.token = "kiosk"}, &context);
  triage::v1::AssessResponse response;
  const absl::Status status = FromGrpcStatus(
      stub->Assess(&context, triage::v1::AssessRequest(), &response));
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_GT(ViolationsOf(status).size(), 40u);
}

TEST(PrepareCallTest, PassesOnIdAndTrace) {
  CapturedLog log;
  SampleServer sample;
  std::string id;
  std::string traceparent;
  sample.service.assess = [&](const Call& call) {
    id = call.id;
    traceparent = call.traceparent;
    return absl::OkStatus();
  };
  ASSERT_THAT(sample.Start(), IsOk());
  grpc::ClientContext context;
  PrepareCall(
      {.token = "kiosk",
       .traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
       .call_id = "id-1"},
      &context);
  triage::v1::AssessResponse response;
  ASSERT_TRUE(
      sample.stub->Assess(&context, triage::v1::AssessRequest(), &response)
          .ok());
  EXPECT_EQ(id, "id-1");
  EXPECT_EQ(traceparent,
            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
}

TEST(PrepareCallTest, DeadlinePasses) {
  Event door;  // Outlives the handler that waits at it.
  SampleServer sample;
  sample.service.get_server_info = [&door](const Call&) {
    door.Wait();
    return absl::OkStatus();
  };
  ASSERT_THAT(sample.Start(), IsOk());
  grpc::ClientContext context;
  PrepareCall({.token = "kiosk", .timeout = absl::Milliseconds(20)}, &context);
  triage::v1::GetServerInfoResponse response;
  EXPECT_THAT(FromGrpcStatus(sample.stub->GetServerInfo(
                  &context, triage::v1::GetServerInfoRequest(), &response)),
              StatusIs(absl::StatusCode::kDeadlineExceeded));
  door.Set();
}

TEST(IsLoopbackTargetTest, IsThisMachineAlone) {
  for (const char* target :
       {"127.0.0.1:8081", "localhost:8081", "[::1]:8081", "unix:/run/content",
        "dns:///localhost:8081", "dns:127.0.0.1:8081", "ipv4:127.0.0.1:8081",
        "ipv6:[::1]:8081"}) {
    EXPECT_TRUE(IsLoopbackTarget(target)) << target;
  }
  for (const char* target :
       {"content:8081", "10.0.0.1:8081", "dns:///content:8081",
        "dns://localhost/content:8081", "ipv4:127.0.0.1:80,10.0.0.1:80",
        "xds:///localhost:8081", "localhost.example:80", ""}) {
    EXPECT_FALSE(IsLoopbackTarget(target)) << target;
  }
}

}  // namespace
}  // namespace plumbline::rpc
