// plumb release against a real content-service.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cli/exit_code.h"
#include "tests/support/local_pair.h"

namespace plumbline::cli {
namespace {

using ::plumbline::testing::kBackPain;
using ::plumbline::testing::LocalPair;
using ::testing::HasSubstr;

TEST(ReleaseCommandsTest, ListAndShow) {
  LocalPair pair;
  pair.StartContent();
  pair.Publish(kBackPain, 1);
  EXPECT_THAT(pair.PlumbContent("reader", {"release", "list", "back-pain"}).out,
              HasSubstr("pathways/back-pain/releases/1  published  "));
  const auto shown =
      pair.PlumbContent("reader", {"release", "show", "back-pain/1"});
  EXPECT_EQ(shown.code, kExitOk) << shown.err;
  EXPECT_THAT(shown.out, HasSubstr("written by author"));
  EXPECT_THAT(shown.out, HasSubstr("46 items, 68 rules"));
}

TEST(ReleaseCommandsTest, UnknownReleaseIsRefused) {
  LocalPair pair;
  pair.StartContent();
  const auto shown =
      pair.PlumbContent("reader", {"release", "show", "back-pain/1"});
  EXPECT_EQ(shown.code, kExitRefused);
  EXPECT_THAT(shown.err, HasSubstr("back-pain"));
}

}  // namespace
}  // namespace plumbline::cli
