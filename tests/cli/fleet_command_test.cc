// plumb fleet against the real pair, and against a fake service.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cli/exit_code.h"
#include "tests/cli/fake_content_service.h"
#include "tests/support/local_pair.h"
#include "tests/support/plumb.h"

namespace plumbline::cli {
namespace {

using ::plumbline::testing::kTiny;
using ::plumbline::testing::LocalPair;
using ::plumbline::testing::Plumb;
using ::testing::HasSubstr;

TEST(FleetCommandTest, ShowsWhatEachReplicaServes) {
  LocalPair pair;
  pair.StartContent();
  pair.StartTriage({"--channels=tiny/stable"});
  pair.Publish(kTiny, 1, "tiny");
  ASSERT_TRUE(pair.WaitUntilReady());
  const auto fleet = pair.PlumbContent("operator", {"fleet", "tiny"});
  EXPECT_EQ(fleet.code, kExitOk) << fleet.err;
  EXPECT_THAT(fleet.out, HasSubstr("replica-1  stable  connected  "));
}

TEST(FleetCommandTest, APathwayThatIsNotKnownIsAnError) {
  LocalPair pair;
  pair.StartContent();
  const auto fleet = pair.PlumbContent("operator", {"fleet", "back-pian"});
  EXPECT_EQ(fleet.code, kExitRefused);
  EXPECT_EQ(fleet.out, "");
  EXPECT_THAT(fleet.err, HasSubstr("back-pian"));
  EXPECT_THAT(fleet.err, HasSubstr("reason: PATHWAY_NOT_FOUND"));
}

TEST(FleetCommandTest, NobodyFollowingIsTold) {
  FakeContentService service;
  const auto fleet =
      Plumb({"fleet", "back-pain", "--server", service.address()});
  EXPECT_EQ(fleet.code, kExitOk);
  EXPECT_EQ(fleet.out, "");
  EXPECT_EQ(fleet.err,
            "plumb: no replica follows pathways/back-pain, and none is "
            "remembered that did: content-service forgets one an hour after "
            "it has gone, and all of them when it starts\n");
}

// Replicas may wait for a pathway that is still to come, or has another name.
TEST(FleetCommandTest, WhoWaitsForAPathwayThatIsNotKnownIsNamed) {
  FakeContentService service;
  content::v1::Subscriber replica;
  replica.set_subscriber_id("replica-1");
  replica.set_channel("pathways/back-pian/channels/stable");
  replica.set_connected(true);
  service.AddSubscriber(replica);
  const auto fleet =
      Plumb({"fleet", "back-pian", "--server", service.address()});
  EXPECT_EQ(fleet.code, kExitRefused);
  EXPECT_EQ(fleet.out,
            "replica-1  stable  connected  serves nothing  move 0-0\n");
  EXPECT_EQ(fleet.err, "plumb: pathways/back-pian\n");
}

}  // namespace
}  // namespace plumbline::cli
