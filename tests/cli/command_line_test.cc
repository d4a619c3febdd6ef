#include "cli/command_line.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/plumb.h"

namespace plumbline::cli {
namespace {

using ::plumbline::testing::Plumb;
using ::testing::HasSubstr;

TEST(CommandLineTest, HelpNamesEveryGroupOfCommands) {
  const auto help = Plumb({"--help"});
  EXPECT_EQ(help.code, kExitOk);
  for (const char* group :
       {"pathway", "cases", "assess", "interview", "draft", "release",
        "channel", "guidance", "fleet", "keys", "token"}) {
    EXPECT_THAT(help.out, HasSubstr(group));
  }
}

TEST(CommandLineTest, UnknownCommandIsAUsageError) {
  const auto result = Plumb({"asess"});
  EXPECT_EQ(result.code, kExitUsage);
  EXPECT_EQ(result.out, "");
  EXPECT_THAT(result.err, HasSubstr("asess"));
}

TEST(CommandLineTest, NoCommandIsAUsageError) {
  EXPECT_EQ(Plumb({}).code, kExitUsage);
  EXPECT_THAT(Plumb({"draft"}).err, HasSubstr("which command?"));
}

TEST(CommandLineTest, MissingOptionIsNamed) {
  const auto result = Plumb({"assess", "--answers", "a.json"});
  EXPECT_EQ(result.code, kExitUsage);
  EXPECT_THAT(result.err, HasSubstr("--pathway"));
}

TEST(CommandLineTest, AnswersAndLinesExcludeEachOther) {
  const auto result =
      Plumb({"assess", "--pathway", "p", "--answers", "a", "--jsonl", "b"});
  EXPECT_EQ(result.code, kExitUsage);
}

}  // namespace
}  // namespace plumbline::cli
