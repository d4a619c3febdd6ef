#include "common/rpc/health_service.h"

#include <gtest/gtest.h>

#include <memory>

#include "tests/common/rpc/sample_service.h"
#include "tests/support/status_matchers.h"

namespace plumbline::rpc {
namespace {

using grpc::health::v1::Health;
using grpc::health::v1::HealthCheckRequest;
using grpc::health::v1::HealthCheckResponse;
using testing::IsOk;
using testing::StatusIs;

class HealthServiceTest : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_THAT(sample_.Start(), IsOk());
    stub_ = Health::NewStub(sample_.channel);
  }

  SampleServer sample_;
  std::unique_ptr<Health::Stub> stub_;
};

TEST_F(HealthServiceTest, CheckNeedsNoToken) {
  grpc::ClientContext context;
  HealthCheckRequest request;
  request.set_service("live");
  HealthCheckResponse response;
  ASSERT_TRUE(stub_->Check(&context, request, &response).ok());
  EXPECT_EQ(response.status(), HealthCheckResponse::SERVING);
}

TEST_F(HealthServiceTest, CheckOfAnUnknownServiceSaysWhatIsKnown) {
  grpc::ClientContext context;
  HealthCheckRequest request;
  request.set_service("other");
  HealthCheckResponse response;
  EXPECT_THAT(FromGrpcStatus(stub_->Check(&context, request, &response)),
              StatusIs(absl::StatusCode::kNotFound,
                       "no such service; known are \"\", the full names of "
                       "served services, and \"live\""));
}

TEST_F(HealthServiceTest, WatchSeesEachChangeAndTheEnd) {
  grpc::ClientContext context;
  const auto reader = stub_->Watch(&context, HealthCheckRequest());
  HealthCheckResponse response;
  ASSERT_TRUE(reader->Read(&response));
  EXPECT_EQ(response.status(), HealthCheckResponse::NOT_SERVING);
  sample_.server->SetReady(true);
  ASSERT_TRUE(reader->Read(&response));
  EXPECT_EQ(response.status(), HealthCheckResponse::SERVING);
  std::thread drainer([this] { sample_.server->Drain(); });
  ASSERT_TRUE(reader->Read(&response));
  EXPECT_EQ(response.status(), HealthCheckResponse::NOT_SERVING);
  EXPECT_FALSE(reader->Read(&response));
  EXPECT_THAT(FromGrpcStatus(reader->Finish()),
              StatusIs(absl::StatusCode::kUnavailable, "going away"));
  drainer.join();
}

TEST_F(HealthServiceTest, WatchOfAnUnknownServiceSaysSo) {
  grpc::ClientContext context;
  HealthCheckRequest request;
  request.set_service("other");
  const auto reader = stub_->Watch(&context, request);
  HealthCheckResponse response;
  ASSERT_TRUE(reader->Read(&response));
  EXPECT_EQ(response.status(), HealthCheckResponse::SERVICE_UNKNOWN);
  context.TryCancel();
  EXPECT_FALSE(reader->Read(&response));
  EXPECT_THAT(FromGrpcStatus(reader->Finish()),
              StatusIs(absl::StatusCode::kCancelled));
}

}  // namespace
}  // namespace plumbline::rpc
