// triage-service keeps answering whatever becomes of content-service.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <fstream>
#include <string>
#include <thread>

#include "absl/strings/str_cat.h"
#include "cli/services.h"
#include "common/rpc/client_channel.h"
#include "common/rpc/error_details.h"
#include "common/rpc/status.h"
#include "tests/faults/faulty_proxy.h"
#include "tests/support/local_pair.h"

namespace plumbline::testing {
namespace {

using ::testing::HasSubstr;

// Assesses one intake after another until told to stop; counts.
class Load {
 public:
  explicit Load(const LocalPair& pair)
      : triage_(cli::ConnectTriage(
                    {pair.triage_address(), pair.TokenFile("assessor")})
                    .value()),
        thread_([this] { Run(); }) {}
  ~Load() { Stop(); }

  void Stop() {
    stop_ = true;
    if (thread_.joinable()) thread_.join();
  }
  int answered() const { return answered_; }
  int failed() const { return failed_; }
  const std::string& first_failure() const { return first_failure_; }

 private:
  void Run() {
    triage::v1::AssessRequest request;
    request.set_pathway("pathways/tiny");
    constexpr int kCallsMax = 200'000;
    for (int i = 0; i < kCallsMax && !stop_; ++i) {
      const auto response = triage_.Call(&cli::TriageStub::Assess, request);
      if (response.ok()) {
        ++answered_;
      } else if (failed_++ == 0) {
        first_failure_ = response.status().ToString();
      }
    }
  }

  const cli::RemoteTriage triage_;
  std::atomic<bool> stop_ = false;
  std::atomic<int> answered_ = 0;
  std::atomic<int> failed_ = 0;
  std::string first_failure_;
  std::thread thread_;
};

// With a small pathway: what is published is proved first.
class AvailabilityTest : public ::testing::Test {
 protected:
  void StartTriage() { pair_.StartTriage({"--channels=tiny/stable"}); }

  void StartAndPublish() {
    pair_.StartContent();
    StartTriage();
    pair_.Publish(kTiny, 1, "tiny");
    ASSERT_TRUE(pair_.WaitUntilReady());
  }

  PlumbResult Assess(const std::string& pathway = kTiny) {
    return pair_.PlumbTriage("assessor",
                             {"assess", "--pathway", pathway, "--jsonl", "-"},
                             "{\"answers\": {}}\n");
  }

  LocalPair pair_;
};

TEST_F(AvailabilityTest, EveryRequestIsAnsweredWhenContentServiceIsKilled) {
  StartAndPublish();
  Load load(pair_);
  ASSERT_TRUE(WaitUntil([&] { return load.answered() > 200; }));
  pair_.content()->Kill();
  const int at_kill = load.answered();
  ASSERT_TRUE(WaitUntil([&] { return load.answered() > at_kill + 1000; }));
  pair_.StartContent();
  const int at_return = load.answered();
  ASSERT_TRUE(WaitUntil([&] { return load.answered() > at_return + 200; }));
  load.Stop();
  EXPECT_EQ(load.failed(), 0) << load.first_failure();
}

TEST_F(AvailabilityTest, ServesFromDiskWhenBothRestartAndContentStaysDown) {
  StartAndPublish();
  const PlumbResult before = Assess();
  ASSERT_EQ(before.code, 0) << before.err;
  pair_.content()->Kill();
  pair_.triage()->Kill();
  StartTriage();
  ASSERT_TRUE(pair_.WaitUntilReady());
  const PlumbResult after = Assess();
  EXPECT_EQ(after.code, 0) << after.err;
  EXPECT_EQ(after.out, before.out);
}

TEST_F(AvailabilityTest, IsNotReadyWithoutContentAndBecomesSoWhenItComes) {
  StartTriage();  // Nobody listens at the content-service's address.
  EXPECT_EQ(pair_.TriageHealth(), "NOT_SERVING");
  EXPECT_EQ(pair_.TriageHealth("plumbline.triage.v1.TriageService"),
            "NOT_SERVING");
  EXPECT_EQ(pair_.TriageHealth("live"), "SERVING");
  const PlumbResult without = Assess();
  EXPECT_EQ(without.code, 3);
  EXPECT_EQ(without.err,
            "plumb: -:1: this replica has no content of "
            "pathways/tiny/channels/stable yet; nothing behind this line "
            "was assessed\n"
            "  reason: NO_CONTENT channel=pathways/tiny/channels/stable\n"
            "  try again in 1s\n");
  pair_.StartContent();
  pair_.Publish(kTiny, 1, "tiny");
  ASSERT_TRUE(pair_.WaitUntilReady());
  EXPECT_EQ(pair_.TriageHealth("plumbline.triage.v1.TriageService"), "SERVING");
  EXPECT_EQ(Assess().code, 0);
}

// Of a content large enough to stop amid it.
TEST_F(AvailabilityTest, KeepsServingWhenContentServiceDiesInATransfer) {
  FaultyProxy proxy(pair_.content_port());
  pair_.StartContent();
  pair_.StartTriage({"--content_address=" + proxy.address()});
  pair_.Publish(kBackPain, 1);
  ASSERT_TRUE(pair_.WaitUntilReady());
  const PlumbResult before = Assess(kBackPain);
  ASSERT_EQ(before.code, 0) << before.err;

  // A tenth of the content arrives.
  proxy.StallAfter(Direction::kToClient, 32 << 10);
  pair_.Publish(pair_.ChangedPathway(), 2);
  ASSERT_TRUE(WaitUntil([&] { return proxy.stalled(Direction::kToClient); }));
  pair_.content()->Kill();
  EXPECT_EQ(Assess(kBackPain).out, before.out);
  EXPECT_EQ(pair_.ServedRelease(), "pathways/back-pain/releases/1");
  EXPECT_EQ(pair_.TriageHealth(), "SERVING");

  proxy.Heal();
  pair_.StartContent();
  EXPECT_TRUE(WaitUntil([&] {
    return pair_.ServedRelease() == "pathways/back-pain/releases/2";
  })) << pair_.ServedRelease();
  const PlumbResult after = Assess(kBackPain);
  EXPECT_EQ(after.code, 0) << after.err;
  EXPECT_NE(after.out, before.out);  // The release's digest is part of it.
}

TEST_F(AvailabilityTest, FollowsAMoveAfterContentServiceCameBack) {
  StartAndPublish();
  pair_.content()->Kill();
  pair_.StartContent();
  const PlumbResult moved = pair_.PlumbContent(
      "operator", {"channel", "move", "tiny/stable", "--release", "tiny/1",
                   "--reason", "again", "--key", pair_.KeyFile("operator")});
  ASSERT_EQ(moved.code, 0) << moved.err;
  EXPECT_TRUE(WaitUntil([&] {
    const PlumbResult fleet = pair_.PlumbContent("operator", {"fleet", "tiny"});
    return fleet.out.find("move 1-2") != std::string::npos;
  }));
}

TEST_F(AvailabilityTest, BothStopCleanlyOnRequest) {
  StartAndPublish();
  EXPECT_EQ(pair_.triage()->Terminate(), 0);
  EXPECT_EQ(pair_.content()->Terminate(), 0);
}

TEST_F(AvailabilityTest, TellsOpenStreamsThatItStopsAndEndsWell) {
  StartAndPublish();
  const auto stub = triage::v1::TriageService::NewStub(
      rpc::NewChannel({.target = pair_.triage_address()}));
  std::ifstream token_file(pair_.TokenFile("assessor"));
  std::string token;
  std::getline(token_file, token);
  grpc::ClientContext context;
  rpc::PrepareCall({.token = token, .timeout = absl::Seconds(60)}, &context);
  const auto stream = stub->BatchAssess(&context);
  triage::v1::BatchAssessRequest request;
  request.set_pathway("pathways/tiny");
  ASSERT_TRUE(stream->Write(request));
  triage::v1::BatchAssessResponse response;
  ASSERT_TRUE(stream->Read(&response));

  EXPECT_EQ(pair_.triage()->Terminate(), 0);
  EXPECT_FALSE(stream->Read(&response));
  const absl::Status end = rpc::FromGrpcStatus(stream->Finish());
  EXPECT_EQ(end.code(), absl::StatusCode::kUnavailable) << end;
  EXPECT_EQ(rpc::ReasonOf(end), "GOING_AWAY");
}

TEST_F(AvailabilityTest, ContentServiceTellsReplicasThatItStopsAndEndsWell) {
  StartAndPublish();
  EXPECT_EQ(pair_.content()->Terminate(), 0);
  EXPECT_TRUE(WaitUntil([&] {
    return pair_.Logs().find("\"reason\":\"GOING_AWAY\"") != std::string::npos;
  })) << pair_.Logs();
  EXPECT_EQ(pair_.TriageHealth(), "SERVING");
  EXPECT_EQ(Assess().code, 0);
  EXPECT_EQ(pair_.triage()->Terminate(), 0);
}

TEST_F(AvailabilityTest, WhatWasPublishedIsThereAfterAKill) {
  StartAndPublish();
  pair_.content()->Kill();
  pair_.StartContent();
  EXPECT_THAT(pair_.PlumbContent("reader", {"release", "list", "tiny"}).out,
              HasSubstr("pathways/tiny/releases/1  published"));
}

}  // namespace
}  // namespace plumbline::testing
