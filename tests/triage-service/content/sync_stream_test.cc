#include "triage-service/content/sync_stream.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>
#include <string>
#include <thread>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "common/rpc/client_channel.h"
#include "tests/support/reserved_port.h"
#include "tests/support/status_matchers.h"
#include "tests/triage-service/support/scripted_content_service.h"

namespace plumbline::triage {
namespace {

using content::v1::SyncRequest;
using content::v1::SyncResponse;
using ::plumbline::testing::IsOk;
using ::plumbline::testing::ReservedPort;
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
  const ReservedPort nobody;
  const auto stub = StubOf(nobody.address());
  SyncStream stream(*stub, kCall);
  stream.Send(Subscribe());
  SyncResponse message;
  EXPECT_EQ(stream.Next(kLong, &message), Event::kEnded);
  EXPECT_THAT(stream.status(),
              StatusIs(absl::StatusCode::kUnavailable,
                       absl::StrCat("failed to connect to all addresses; last "
                                    "error: UNKNOWN: ipv4:",
                                    nobody.address(),
                                    ": Failed to connect to remote host: "
                                    "Connection refused")));
}

TEST(SyncStreamTest, AfterACloseTheServiceHasReadEverything) {
  int received = 0;
  ScriptedContentService service({[&received](ScriptedStream& stream) {
    stream.SendHeartbeat({});  // Dropped.
    while (stream.Receive().has_value()) ++received;
    return grpc::Status::OK;
  }});
  const auto stub = StubOf(service.address());
  SyncStream stream(*stub, kCall);
  stream.Send(Subscribe());
  constexpr int kMessages = 100;
  for (int i = 0; i < kMessages; ++i) {
    SyncRequest request;
    request.mutable_acknowledgement()->set_message(std::string(1000, 'x'));
    stream.Send(std::move(request));
  }
  stream.Close(kLong);
  EXPECT_EQ(received, kMessages);
  EXPECT_THAT(stream.status(), IsOk());
}

TEST(SyncStreamTest, ACloseWaitsNoLongerThanItIsTold) {
  std::promise<void> closed;
  ScriptedContentService service({[&closed](ScriptedStream&) {
    closed.get_future().wait();
    return grpc::Status::OK;
  }});
  const auto stub = StubOf(service.address());
  SyncStream stream(*stub, kCall);
  stream.Send(Subscribe());
  stream.Close(absl::Milliseconds(1));
  closed.set_value();
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
