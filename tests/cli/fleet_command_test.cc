// plumb fleet against the real pair.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cli/exit_code.h"
#include "tests/support/local_pair.h"

namespace plumbline::cli {
namespace {

using ::plumbline::testing::kBackPain;
using ::plumbline::testing::LocalPair;
using ::testing::HasSubstr;

TEST(FleetCommandTest, ShowsWhatEachReplicaServes) {
  LocalPair pair;
  pair.StartContent();
  pair.StartTriage();
  pair.Publish(kBackPain, 1);
  ASSERT_TRUE(pair.WaitUntilReady());
  const auto fleet = pair.PlumbContent("operator", {"fleet", "back-pain"});
  EXPECT_EQ(fleet.code, kExitOk) << fleet.err;
  EXPECT_THAT(fleet.out, HasSubstr("replica-1  stable  connected  "));
}

}  // namespace
}  // namespace plumbline::cli
