#include "triage-service/rpc/describe_server.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "common/pathway/encode_decision.h"
#include "tests/triage-service/support/running_triage.h"
#include "tests/triage-service/support/signed_channel.h"

namespace plumbline::triage {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const absl::Time kNoon = absl::FromUnixSeconds(1'800'000'000);

class DescribeServerTest : public ::testing::Test {
 protected:
  DescribeServerTest() { statuses_[ExampleKey()]; }

  v1::ServerInfo Describe() {
    return DescribeServer(table_, statuses_, "1.2.3", absl::Hours(24), kNoon);
  }

  ReleaseTable table_{{ExampleKey()}, {}};
  ChannelStatuses statuses_;
};

TEST_F(DescribeServerTest, SaysWhatTheReplicaIs) {
  const v1::ServerInfo info = Describe();
  EXPECT_EQ(info.engine_version(), pathway::kEngineVersion);
  EXPECT_EQ(info.build_version(), "1.2.3");
  EXPECT_EQ(info.decision_format(),
            static_cast<unsigned>(pathway::kDecisionFormat));
  EXPECT_EQ(info.log_state(), v1::LOG_STATE_OFF);
  EXPECT_EQ(info.log(), "");
  EXPECT_EQ(info.server_time().seconds(), 1'800'000'000);
}

TEST_F(DescribeServerTest, AChannelWithoutContentIsThere) {
  const v1::ServerInfo info = Describe();
  ASSERT_EQ(info.channels_size(), 1);
  const v1::ServedChannel& served = info.channels(0);
  EXPECT_EQ(served.channel(), "pathways/ankle/channels/stable");
  EXPECT_EQ(served.pathway(), "pathways/ankle");
  EXPECT_EQ(served.digest(), "");
  EXPECT_EQ(served.sync_state(), v1::ServedChannel::SYNC_STATE_DISCONNECTED);
  EXPECT_THAT(served.held_digests(), IsEmpty());
  EXPECT_FALSE(served.has_last_nack());
  EXPECT_FALSE(served.has_cursor());
}

TEST_F(DescribeServerTest, SaysWhatIsServed) {
  Release first = ExampleRelease(1);
  Release second = ExampleRelease(2);
  const std::string first_digest = first.pathway->digest;
  const std::string second_digest = second.pathway->digest;
  second.activate_time = kNoon - absl::Minutes(3);
  table_.Activate(ExampleKey(), std::move(first));
  table_.Activate(ExampleKey(), std::move(second));
  statuses_[ExampleKey()].SetConnected(true);
  statuses_[ExampleKey()].Heard({1, 2}, {1, 2}, kNoon);
  const v1::ServedChannel served = Describe().channels(0);
  EXPECT_EQ(served.digest(), second_digest);
  EXPECT_EQ(served.release(), "pathways/ankle/releases/2");
  EXPECT_EQ(served.cursor().epoch(), 1);
  EXPECT_EQ(served.cursor().number(), 2);
  EXPECT_EQ(served.activate_time().seconds(), 1'800'000'000 - 180);
  EXPECT_EQ(served.content_age().seconds(), 0);
  EXPECT_FALSE(served.stale());
  EXPECT_FALSE(served.release_withdrawn());
  EXPECT_EQ(served.sync_state(), v1::ServedChannel::SYNC_STATE_CONNECTED);
  EXPECT_THAT(served.held_digests(), ElementsAre(second_digest, first_digest));
  EXPECT_THAT(served.locales(), ElementsAre("en"));
}

TEST_F(DescribeServerTest, ContentIsStaleBeyondItsAge) {
  table_.Activate(ExampleKey(), ExampleRelease(1));
  statuses_[ExampleKey()].Loaded(kNoon - absl::Hours(24));
  EXPECT_FALSE(Describe().channels(0).stale());
  statuses_[ExampleKey()].Loaded(kNoon - absl::Hours(24) - absl::Seconds(1));
  EXPECT_TRUE(Describe().channels(0).stale());
  EXPECT_EQ(Describe().channels(0).content_age().seconds(), 24 * 3600 + 1);
}

TEST_F(DescribeServerTest, SaysWhyTheNewestMoveWasRefused) {
  statuses_[ExampleKey()].Refused(
      {{1, 3}, "d", "DIGEST_MISMATCH", "not that", kNoon - absl::Seconds(5)});
  const content::v1::Nack nack = Describe().channels(0).last_nack();
  EXPECT_EQ(nack.cursor().number(), 3);
  EXPECT_EQ(nack.digest(), "d");
  EXPECT_EQ(nack.reason(), "DIGEST_MISMATCH");
  EXPECT_EQ(nack.message(), "not that");
  EXPECT_EQ(nack.create_time().seconds(), 1'800'000'000 - 5);
}

}  // namespace
}  // namespace plumbline::triage
