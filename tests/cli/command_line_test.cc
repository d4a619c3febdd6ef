#include "cli/command_line.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>
#include <streambuf>

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

TEST(CommandLineTest, MisspeltOptionGetsASuggestion) {
  const auto option =
      Plumb({"assess", "--pathwya", "p", "--answers", "a.json"});
  EXPECT_EQ(option.code, kExitUsage);
  EXPECT_THAT(option.err, HasSubstr("plumb: there is no '--pathwya' here; did "
                                    "you mean '--pathway'?\n"));
  EXPECT_THAT(
      Plumb({"assess", "--pathway", "p", "--answer=a"}).err,
      HasSubstr("there is no '--answer' here; did you mean '--answers'?"));
  EXPECT_THAT(Plumb({"asess"}).err, HasSubstr("did you mean 'assess'?"));
  EXPECT_THAT(Plumb({"channel", "rolback"}).err,
              HasSubstr("did you mean 'rollback'?"));
}

// In the order typed. What stands behind a command belongs to it, and is
// nothing to guess at while the command is not known.
TEST(CommandLineTest, MisspeltCommandIsToldWithItsWordsAndWhatWasMeant) {
  EXPECT_EQ(Plumb({"asess", "--pathway", "p", "--answers", "a.json"}).err,
            "plumb: not understood: asess --pathway p --answers a.json\n"
            "plumb: there is no 'asess' here; did you mean 'assess'?\n"
            "Run with --help for more information.\n");
  EXPECT_EQ(Plumb({"draft", "craete", "x"}).err,
            "plumb: not understood: craete x\n"
            "plumb: there is no 'craete' here; did you mean 'create'?\n"
            "Run with --help for more information.\n");
  EXPECT_EQ(Plumb({"wrong"}).err,
            "plumb: not understood: wrong\n"
            "Run with --help for more information.\n");
}

// Commands have their own options: those of a group's commands are not its own.
TEST(CommandLineTest, WordsAreComparedWithWhatMayStandWhereTheyStand) {
  EXPECT_EQ(Plumb({"draft", "--note", "x", "list", "back-pain"}).err,
            "plumb: not understood: --note x\n"
            "Run with --help for more information.\n");
  EXPECT_EQ(Plumb({"assess", "--pathwya", "p", "--answers", "a.json"}).err,
            "plumb: not understood: --pathwya p\n"
            "plumb: there is no '--pathwya' here; did you mean '--pathway'?\n"
            "plumb: --pathway is required\n"
            "Run with --help for more information.\n");
  EXPECT_EQ(Plumb({"fleet", "back-pain", "fleets", "--outptu", "json"}).err,
            "plumb: not understood: fleets --outptu json\n"
            "plumb: there is no '--outptu' here; did you mean '--output'?\n"
            "Run with --help for more information.\n");
}

// A disk that is full.
class FullStream final : public std::streambuf {
  int_type overflow(int_type /*letter*/) override { return traits_type::eof(); }
};

TEST(CommandLineTest, OutputThatCannotBeWrittenIsNoSuccess) {
  std::istringstream in;
  FullStream full;
  std::ostream out(&full);
  std::ostringstream err;
  Console console{.in = in, .out = out, .err = err};
  const char* const words[] = {"plumb", "pathway", "check",
                               plumbline::testing::kBackPain};
  EXPECT_EQ(RunCommandLine(4, words, console), kExitRefused);
  EXPECT_EQ(err.str(), "plumb: standard output cannot be written\n");
}

}  // namespace
}  // namespace plumbline::cli
