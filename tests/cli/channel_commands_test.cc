// plumb channel against a real content-service.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cli/exit_code.h"
#include "tests/support/local_pair.h"

namespace plumbline::cli {
namespace {

using ::plumbline::testing::kBackPain;
using ::plumbline::testing::LocalPair;
using ::testing::HasSubstr;

TEST(ChannelCommandsTest, ShowsWhereItPointsAndWhy) {
  LocalPair pair;
  pair.StartContent();
  pair.Publish(kBackPain, 1);
  const auto shown =
      pair.PlumbContent("reader", {"channel", "show", "back-pain/stable"});
  EXPECT_EQ(shown.code, kExitOk) << shown.err;
  EXPECT_THAT(shown.out,
              HasSubstr("pathways/back-pain/channels/stable  move 1-1  -> "
                        "pathways/back-pain/releases/1  "));
  EXPECT_THAT(shown.out, HasSubstr("by operator: a test"));
  EXPECT_THAT(pair.PlumbContent("reader", {"channel", "list", "back-pain"}).out,
              HasSubstr("channels/stable"));
  EXPECT_THAT(
      pair.PlumbContent("reader", {"channel", "moves", "back-pain/stable"}).out,
      HasSubstr("1-1  pathways/back-pain/releases/1  "));
}

TEST(ChannelCommandsTest, WaitsUntilEveryReplicaHasAcknowledged) {
  LocalPair pair;
  pair.StartContent();
  pair.StartTriage();
  pair.Publish(kBackPain, 1);
  const auto moved = pair.PlumbContent(
      "operator",
      {"channel", "move", "back-pain/stable", "--release", "back-pain/1",
       "--reason", "again", "--key", pair.KeyFile("operator"), "--wait", "30"});
  EXPECT_EQ(moved.code, kExitOk) << moved.err;
  EXPECT_THAT(moved.out, HasSubstr("move 1-2"));
  EXPECT_THAT(pair.PlumbContent("operator", {"fleet", "back-pain"}).out,
              HasSubstr("replica-1  stable  connected  "));
}

TEST(ChannelCommandsTest, RollbackNeedsAnEarlierRelease) {
  LocalPair pair;
  pair.StartContent();
  pair.Publish(kBackPain, 1);
  const auto rolled = pair.PlumbContent(
      "operator", {"channel", "rollback", "back-pain/stable", "--reason", "r",
                   "--key", pair.KeyFile("operator")});
  EXPECT_EQ(rolled.code, kExitRefused);
  EXPECT_THAT(rolled.err, HasSubstr("has never pointed to another release than "
                                    "pathways/back-pain/releases/1"));
}

}  // namespace
}  // namespace plumbline::cli
