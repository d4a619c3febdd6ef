// A pathway that uses published instruments goes from its files to a running
// replica, which then decides as the same files do in process.

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/support/local_pair.h"

namespace plumbline::testing {
namespace {

TEST(InstrumentsTest, TheServicesScoreAsInProcess) {
  LocalPair pair;
  pair.StartContent();
  pair.StartTriage({"--channels=measures/stable"});
  pair.Publish(kMeasures, 1, "measures");
  ASSERT_TRUE(pair.WaitUntilReady());

  const std::vector<std::string> assess{
      "assess", "--pathway", kMeasures, "--jsonl",
      std::string(kMeasures) + "/cases/all.jsonl"};
  const PlumbResult local = Plumb(assess);
  const PlumbResult remote = pair.PlumbTriage("assessor", assess);
  ASSERT_EQ(local.code, 0) << local.err;
  ASSERT_EQ(remote.code, 0) << remote.err;
  EXPECT_EQ(local.out, remote.out);
  EXPECT_NE(local.out.find("\"flags\":[\"MOOD_SEVERE\"]"), std::string::npos);
}

}  // namespace
}  // namespace plumbline::testing
