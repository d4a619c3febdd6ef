#include "triage-service/content/sync_stream.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <thread>

#include "absl/time/time.h"
#include "common/rpc/client_channel.h"
#include "tests/support/status_matchers.h"
#include "tests/triage-service/support/scripted_content_service.h"

namespace plumbline::triage {
namespace {

using content::v1::SyncRequest;
using content::v1::SyncResponse;
using ::plumbline::testing::StatusIs;
using Event = SyncStream::Event;

constexpr absl::Duration kLong = absl::Seconds(30);

SyncRequest Subscribe() {
  SyncRequest request;
  request.mutable_subscribe()->set_subscriber_id("triage-0");
  return request;
}

std::unique_ptr<content::v1::ContentService::Stub> StubOf(
    const std::string& address) {
  return content::v1::ContentService::NewStub(
      rpc::NewChannel({.target = address, .own_connection = true}));
}

const rpc::CallOptions kCall = {.token = "secret",
                                .timeout = absl::InfiniteDuration()};

TEST(SyncStreamTest, ExchangesMessagesInOrder) {
  ScriptedContentService service({[](ScriptedStream& stream) {
    EXPECT_EQ(stream.subscribe().subscriber_id(), "triage-0");
    EXPECT_EQ(stream.authorization(), "Bearer secret");
    for (int i = 1; i <= 3; ++i) {
      content::v1::Cursor newest;
      newest.set_number(i);
      stream.SendHeartbeat(newest);
    }
    EXPECT_TRUE(stream.Receive()->has_heartbeat());
    EXPECT_TRUE(stream.Receive()->has_acknowledgement());
    return grpc::Status(grpc::StatusCode::ABORTED, "enough");
  }});
  const auto stub = StubOf(service.address());
  SyncStream stream(*stub, kCall);
  stream.Send(Subscribe());
  SyncResponse message;
  for (int i = 1; i <= 3; ++i) {
    ASSERT_EQ(stream.Next(kLong, &message), Event::kMessage);
    EXPECT_EQ(message.heartbeat().newest().number(), i);
  }
  SyncRequest heartbeat;
  heartbeat.mutable_heartbeat();
  stream.Send(heartbeat);
  SyncRequest acknowledgement;
  acknowledgement.mutable_acknowledgement();
  stream.Send(acknowledgement);
  EXPECT_EQ(stream.Next(kLong, &message), Event::kEnded);
  EXPECT_THAT(stream.status(), StatusIs(absl::StatusCode::kAborted, "enough"));
  EXPECT_EQ(stream.Next(kLong, &message), Event::kEnded);
}

TEST(SyncStreamTest, ComesBackWhenTheTimeIsOver) {
  ScriptedContentService service({[](ScriptedStream& stream) {
    stream.WaitUntilGone();
    return grpc::Status::OK;
  }});
  const auto stub = StubOf(service.address());
  SyncStream stream(*stub, kCall);
  stream.Send(Subscribe());
  SyncResponse message;
  EXPECT_EQ(stream.Next(absl::Milliseconds(1), &message), Event::kTimeout);
  EXPECT_EQ(stream.Next(absl::ZeroDuration(), &message), Event::kTimeout);
}

TEST(SyncStreamTest, EndsSoonWhenItIsCancelledFromAnotherThread) {
  ScriptedContentService service({[](ScriptedStream& stream) {
    stream.Accept(absl::Seconds(10));
    stream.WaitUntilGone();
    return grpc::Status::OK;
  }});
  const auto stub = StubOf(service.address());
  SyncStream stream(*stub, kCall);
  stream.Send(Subscribe());
  SyncResponse message;
  ASSERT_EQ(stream.Next(kLong, &message), Event::kMessage);
  std::thread canceller([&stream] { stream.Cancel(); });
  EXPECT_EQ(stream.Next(kLong, &message), Event::kEnded);
  canceller.join();
  EXPECT_THAT(stream.status(), StatusIs(absl::StatusCode::kCancelled));
}

TEST(SyncStreamTest, SaysThatNobodyListens) {
  int port = 0;
  {
    const ScriptedContentService gone({});
    port = gone.port();
  }
  const auto stub = StubOf("127.0.0.1:" + std::to_string(port));
  SyncStream stream(*stub, kCall);
  stream.Send(Subscribe());
  SyncResponse message;
  EXPECT_EQ(stream.Next(kLong, &message), Event::kEnded);
  EXPECT_THAT(stream.status(), StatusIs(absl::StatusCode::kUnavailable));
}

TEST(SyncStreamTest, CanBeGivenUpAtAnyMoment) {
  ScriptedContentService service({[](ScriptedStream& stream) {
    stream.WaitUntilGone();
    return grpc::Status::OK;
  }});
  const auto stub = StubOf(service.address());
  { const SyncStream at_once(*stub, kCall); }
  SyncStream stream(*stub, kCall);
  stream.Send(Subscribe());
}

}  // namespace
}  // namespace plumbline::triage
