#include "common/rpc/server.h"

#include <gmock/gmock.h>
#include <grpcpp/generic/generic_stub.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <future>
#include <string>
#include <thread>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/file/file_system.h"
#include "grpc/health/v1/health.grpc.pb.h"
#include "tests/common/rpc/sample_service.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temporary_directory.h"

namespace plumbline::rpc {
namespace {

using grpc::health::v1::HealthCheckResponse;
using ::testing::HasSubstr;
using testing::IsOk;
using testing::IsOkAndHolds;
using ::testing::Not;
using testing::StatusIs;

// Far less than the drain timeout of a test, far more than any drain takes.
constexpr absl::Duration kSoon = absl::Seconds(10);

class ServerTest : public ::testing::Test {
 protected:
  // Health of `service`, or -1 where it is not known.
  int HealthOf(const std::string& service) {
    const auto stub = grpc::health::v1::Health::NewStub(sample_.channel);
    grpc::ClientContext context;
    PrepareCall({}, &context);
    grpc::health::v1::HealthCheckRequest request;
    request.set_service(service);
    HealthCheckResponse response;
    return stub->Check(&context, request, &response).ok() ? response.status()
                                                          : -1;
  }

  absl::Status Assess() {
    grpc::ClientContext context;
    PrepareCall({.token = "kiosk"}, &context);
    triage::v1::AssessResponse response;
    return FromGrpcStatus(
        sample_.stub->Assess(&context, triage::v1::AssessRequest(), &response));
  }

  // The status of an empty message to the reflection service.
  absl::StatusCode ReflectionCode() {
    grpc::GenericStub stub(sample_.channel);
    grpc::ClientContext context;
    PrepareCall({}, &context);
    const grpc::ByteBuffer request(nullptr, 0);
    grpc::ByteBuffer response;
    std::promise<grpc::Status> done;
    stub.UnaryCall(
        &context,
        "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo",
        grpc::StubOptions(), &request, &response,
        [&done](const grpc::Status& status) { done.set_value(status); });
    return FromGrpcStatus(done.get_future().get()).code();
  }

  CapturedLog log_;
  SampleServer sample_;
};

TEST_F(ServerTest, WritesTheBoundPort) {
  const testing::TemporaryDirectory folder;
  const std::string path = folder.path() + "/port";
  ASSERT_THAT(sample_.Start({.port_file = path}), IsOk());
  EXPECT_GT(sample_.server->port(), 0);
  EXPECT_THAT(file::PosixFileSystem().Read(path),
              IsOkAndHolds(absl::StrCat(sample_.server->port(), "\n")));
}

TEST_F(ServerTest, IsAliveAtOnceAndReadyWhenTold) {
  ASSERT_THAT(sample_.Start(), IsOk());
  EXPECT_EQ(HealthOf("live"), HealthCheckResponse::SERVING);
  EXPECT_EQ(HealthOf(""), HealthCheckResponse::NOT_SERVING);
  EXPECT_EQ(HealthOf(kService), HealthCheckResponse::NOT_SERVING);
  sample_.server->SetReady(true);
  EXPECT_EQ(HealthOf(""), HealthCheckResponse::SERVING);
  EXPECT_EQ(HealthOf(kService), HealthCheckResponse::SERVING);
  sample_.server->SetReady(false);
  EXPECT_EQ(HealthOf(kService), HealthCheckResponse::NOT_SERVING);
  EXPECT_EQ(HealthOf("live"), HealthCheckResponse::SERVING);
  EXPECT_EQ(HealthOf("other"), -1);
}

TEST_F(ServerTest, ReflectionIsServedWhereAskedFor) {
  ASSERT_THAT(sample_.Start({.reflection = true}), IsOk());
  EXPECT_NE(ReflectionCode(), absl::StatusCode::kUnimplemented);
}

TEST_F(ServerTest, ReflectionCanBeTurnedOff) {
  ASSERT_THAT(sample_.Start({.reflection = false}), IsOk());
  EXPECT_EQ(ReflectionCode(), absl::StatusCode::kUnimplemented);
}

TEST_F(ServerTest, RefusesPlaintextBeyondLoopback) {
  EXPECT_THAT(sample_.Start({.listen_address = "0.0.0.0:0"}),
              StatusIs(absl::StatusCode::kFailedPrecondition,
                       "listen address '0.0.0.0:0' is not loopback, and calls "
                       "would travel in plaintext: listen on 127.0.0.1, or "
                       "accept it with --allow_insecure"));
}

TEST_F(ServerTest, AllowsPlaintextBeyondLoopbackAndLogsIt) {
  EXPECT_THAT(
      sample_.Start({.listen_address = "0.0.0.0:0", .allow_insecure = true}),
      IsOk());
  EXPECT_THAT(log_.text(), HasSubstr("UNSAFE: plaintext beyond loopback"));
}

TEST_F(ServerTest, PlaintextOnLoopbackIsNotCalledUnsafe) {
  EXPECT_THAT(sample_.Start(), IsOk());
  EXPECT_THAT(log_.text(), Not(HasSubstr("UNSAFE")));
}

TEST_F(ServerTest, RefusesAnAddressThatIsNone) {
  for (const char* address : {"", "127.0.0.1", ":8081", "127.0.0.1:x",
                              "127.0.0.1:65536", "127.0.0.1:-1"}) {
    EXPECT_THAT(
        sample_.Start({.listen_address = address}),
        StatusIs(absl::StatusCode::kInvalidArgument,
                 absl::StrCat("listen address '", address,
                              "' is not host:port, as 127.0.0.1:8081")));
  }
}

TEST_F(ServerTest, RefusesAPortThatIsTaken) {
  ASSERT_THAT(sample_.Start(), IsOk());
  SampleServer other;
  const std::string address =
      absl::StrCat("127.0.0.1:", sample_.server->port());
  EXPECT_THAT(other.Start({.listen_address = address}),
              StatusIs(absl::StatusCode::kUnavailable,
                       absl::StrCat("cannot listen on '", address,
                                    "'; is the port taken?")));
}

TEST_F(ServerTest, RefusesAMessageBeyondTheLimit) {
  ASSERT_THAT(sample_.Start({.message_bytes_max = 1024}), IsOk());
  grpc::ClientContext context;
  PrepareCall({.token = "kiosk"}, &context);
  triage::v1::AssessRequest request;
  request.set_subject(std::string(2000, 'x'));
  triage::v1::AssessResponse response;
  EXPECT_THAT(
      FromGrpcStatus(sample_.stub->Assess(&context, request, &response)),
      StatusIs(absl::StatusCode::kResourceExhausted));
}

TEST_F(ServerTest, DrainEndsOpenStreams) {
  ASSERT_THAT(sample_.Start({.drain_timeout = absl::Minutes(5)}), IsOk());
  grpc::ClientContext context;
  PrepareCall({.token = "ann", .timeout = absl::InfiniteDuration()}, &context);
  const auto reader = sample_.stub->ReplayAssessments(
      &context, triage::v1::ReplayAssessmentsRequest());
  triage::v1::ReplayAssessmentsResponse response;
  ASSERT_TRUE(reader->Read(&response));

  const absl::Time start = absl::Now();
  std::thread drainer([this] { sample_.server->Drain(); });
  EXPECT_FALSE(reader->Read(&response));
  EXPECT_THAT(FromGrpcStatus(reader->Finish()),
              StatusIs(absl::StatusCode::kUnavailable, "going away"));
  drainer.join();
  EXPECT_LT(absl::Now() - start, kSoon);
  EXPECT_EQ(sample_.streams.size(), 0u);
}

TEST_F(ServerTest, DrainEndsHealthWatches) {
  ASSERT_THAT(sample_.Start({.drain_timeout = absl::Minutes(5)}), IsOk());
  const auto stub = grpc::health::v1::Health::NewStub(sample_.channel);
  grpc::ClientContext context;
  const auto reader =
      stub->Watch(&context, grpc::health::v1::HealthCheckRequest());
  HealthCheckResponse response;
  ASSERT_TRUE(reader->Read(&response));
  const absl::Time start = absl::Now();
  std::thread drainer([this] { sample_.server->Drain(); });
  while (reader->Read(&response)) {
  }
  reader->Finish();
  drainer.join();
  EXPECT_LT(absl::Now() - start, kSoon);
}

TEST_F(ServerTest, DrainLetsACallFinishAndTakesNoNewOne) {
  Event running;
  Event door;
  sample_.service.get_server_info = [&](const Call&) {
    running.Set();
    door.Wait();
    return absl::OkStatus();
  };
  ASSERT_THAT(sample_.Start({.drain_timeout = absl::Minutes(5)}), IsOk());
  std::thread caller([this] {
    grpc::ClientContext context;
    PrepareCall({.token = "kiosk", .timeout = absl::Minutes(1)}, &context);
    triage::v1::GetServerInfoResponse response;
    EXPECT_TRUE(sample_.stub
                    ->GetServerInfo(
                        &context, triage::v1::GetServerInfoRequest(), &response)
                    .ok());
  });
  running.Wait();
  std::thread drainer([this] { sample_.server->Drain(); });
  door.Set();
  caller.join();
  drainer.join();
  EXPECT_THAT(Assess(), StatusIs(absl::StatusCode::kUnavailable));
}

TEST_F(ServerTest, DrainCancelsWhatOutlastsItsTimeout) {
  ASSERT_THAT(sample_.Start({.drain_timeout = absl::Milliseconds(50)}), IsOk());
  Event running;
  sample_.service.get_server_info = [&running](const Call& call) {
    running.Set();
    while (!call.Expired()) std::this_thread::yield();
    return absl::CancelledError("cancelled");
  };
  std::thread caller([this] {
    grpc::ClientContext context;
    PrepareCall({.token = "kiosk", .timeout = absl::Minutes(1)}, &context);
    triage::v1::GetServerInfoResponse response;
    EXPECT_FALSE(sample_.stub
                     ->GetServerInfo(&context,
                                     triage::v1::GetServerInfoRequest(),
                                     &response)
                     .ok());
  });
  running.Wait();
  sample_.server->Drain();
  caller.join();
}

TEST_F(ServerTest, ReadinessDoesNotComeBackAfterDrain) {
  ASSERT_THAT(sample_.Start(), IsOk());
  sample_.server->SetReady(true);
  ASSERT_EQ(HealthOf(""), HealthCheckResponse::SERVING);
  // A stream is told to end after readiness has gone, while calls are still
  // taken.
  int health = -1;
  const auto registration = sample_.streams.Add([&] {
    sample_.server->SetReady(true);
    health = HealthOf("");
  });
  sample_.server->Drain();
  EXPECT_EQ(health, HealthCheckResponse::NOT_SERVING);
}

TEST(IsLoopbackTest, IsThisMachineAlone) {
  for (const char* address :
       {"127.0.0.1:80", "127.1.2.3:0", "localhost:1", "[::1]:9", "unix:/x"}) {
    EXPECT_TRUE(IsLoopback(address)) << address;
  }
  for (const char* address :
       {"0.0.0.0:80", "128.0.0.1:80", "[::]:80", "example.org:80",
        "127.example.org:80", "127.0.0.256:80", ":80", ""}) {
    EXPECT_FALSE(IsLoopback(address)) << address;
  }
}

TEST(PingTest, ServerToleratesWhatClientsDo) {
  EXPECT_LT(kServerPingTolerance, kClientPingInterval);
}

TEST(StopSignalTest, WaitReturnsWhenASignalComes) {
  for (const int number : {SIGTERM, SIGINT}) {
    std::thread([number] {
      StopSignal stop;
      pthread_kill(pthread_self(), number);
      stop.Wait();
    }).join();
  }
}

}  // namespace
}  // namespace plumbline::rpc
