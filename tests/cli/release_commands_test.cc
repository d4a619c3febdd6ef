// plumb release against a real content-service.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "absl/strings/str_replace.h"
#include "cli/exit_code.h"
#include "tests/support/local_pair.h"

namespace plumbline::cli {
namespace {

using ::plumbline::testing::kBackPain;
using ::plumbline::testing::kTiny;
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
  EXPECT_THAT(shown.out, HasSubstr("46 items, 70 rules"));
}

TEST(ReleaseCommandsTest, UnknownReleaseIsRefused) {
  LocalPair pair;
  pair.StartContent();
  const auto shown =
      pair.PlumbContent("reader", {"release", "show", "back-pain/1"});
  EXPECT_EQ(shown.code, kExitRefused);
  EXPECT_THAT(shown.err, HasSubstr("back-pain"));
}

// The tiny pathway in another folder, with another rule.
std::string TinyWithAnotherRule(const std::string& folder) {
  std::filesystem::copy(kTiny, folder,
                        std::filesystem::copy_options::recursive);
  const std::string path = folder + "/rules.txtpb";
  std::ifstream in(path);
  std::string text(std::istreambuf_iterator<char>(in), {});
  EXPECT_EQ(absl::StrReplaceAll({{"pain.now >= 7", "pain.now >= 8"}}, &text),
            1);
  std::ofstream(path) << text;
  return folder;
}

// Two releases, and a folder, of which one rule differs.
TEST(ReleaseCommandsTest, DiffTellsWhatChangedAndForWhom) {
  LocalPair pair;
  pair.StartContent();
  const std::string changed = TinyWithAnotherRule(pair.InFolder("changed"));
  pair.Publish(kTiny, 1, "tiny");
  pair.Publish(changed, 2, "tiny");

  const auto there =
      pair.PlumbContent("reader", {"release", "diff", "tiny/1", "tiny/2"});
  EXPECT_EQ(there.code, kExitOk) << there.err;
  EXPECT_THAT(
      there.out,
      HasSubstr("pathways/tiny/releases/1 -> pathways/tiny/releases/2\n"
                "\nLess urgent, everything answered: some intakes, such "
                "as\n  routine -> self_care, with the calmest answers "
                "but to pain.now\n"));
  EXPECT_THAT(there.out, HasSubstr("\n  rules/R-R01/when changed\n"
                                   "    - pain.now >= 7\n"
                                   "    + pain.now >= 8\n"));
  const auto here =
      pair.PlumbContent("reader", {"release", "diff", "tiny/1", changed});
  EXPECT_EQ(here.code, kExitOk) << here.err;
  EXPECT_EQ(here.out.substr(here.out.find('\n')),
            there.out.substr(there.out.find('\n')));
  const auto backwards =
      pair.PlumbContent("reader", {"release", "diff", changed, kTiny});
  EXPECT_THAT(backwards.out, HasSubstr("More urgent, everything answered: some "
                                       "intakes, such as\n"
                                       "  self_care -> routine"));
}

TEST(ReleaseCommandsTest, DiffRefusesContentOfTwoPathways) {
  LocalPair pair;
  pair.StartContent();
  const auto result =
      pair.PlumbContent("reader", {"release", "diff", kTiny, kBackPain});
  EXPECT_EQ(result.code, kExitRefused);
  EXPECT_THAT(result.err, HasSubstr("only content of one pathway is compared"));
}

TEST(ReleaseCommandsTest, ProveMakesTheReportAgain) {
  LocalPair pair;
  pair.StartContent();
  pair.Publish(kTiny, 1, "tiny");
  const auto proved =
      pair.PlumbContent("reader", {"release", "prove", "tiny/1"});
  EXPECT_EQ(proved.code, kExitOk) << proved.err;
  EXPECT_THAT(proved.out, HasSubstr("  monotone         proved"));
  const std::size_t result = proved.out.find("  result ");
  const std::size_t report = proved.out.find("  report ");
  ASSERT_NE(result, std::string::npos);
  ASSERT_NE(report, std::string::npos);
  EXPECT_EQ(proved.out.substr(result + 9, 64),
            proved.out.substr(report + 9, 64));
}

// From the publisher's command to the mark on what a replica answers.
TEST(ReleaseCommandsTest, WithdrawalReachesWhoServesIt) {
  LocalPair pair;
  pair.StartContent();
  pair.StartTriage({"--channels=tiny/stable"});
  pair.Publish(kTiny, 1, "tiny");
  ASSERT_TRUE(pair.WaitUntilReady());
  std::ofstream(pair.InFolder("answers.json")) << "{\"answers\": {}}";
  const auto assess = [&pair] {
    return pair.PlumbTriage("assessor",
                            {"assess", "--pathway", kTiny, "--answers",
                             pair.InFolder("answers.json")});
  };
  const auto before = assess();
  ASSERT_EQ(before.code, kExitOk) << before.err;
  EXPECT_THAT(before.out, ::testing::Not(HasSubstr("WITHDRAWN CONTENT")));

  std::vector<std::string> words{"release",
                                 "withdraw",
                                 "tiny/1",
                                 "--reason",
                                 "Ice harms",
                                 "--key",
                                 pair.KeyFile("publisher")};
  const auto refused = pair.PlumbContent("publisher", words);
  EXPECT_EQ(refused.code, kExitRefused);
  EXPECT_THAT(refused.err, HasSubstr("reason: RELEASE_ACTIVE"));
  words.emplace_back("--force");
  const auto withdrawn = pair.PlumbContent("publisher", words);
  EXPECT_EQ(withdrawn.code, kExitOk) << withdrawn.err;
  EXPECT_THAT(withdrawn.out, HasSubstr("pathways/tiny/releases/1  withdrawn"));
  EXPECT_TRUE(::plumbline::testing::WaitUntil([&assess] {
    return assess().out.find("WITHDRAWN CONTENT") != std::string::npos;
  }));
  EXPECT_THAT(pair.PlumbContent("reader", {"release", "show", "tiny/1"}).out,
              HasSubstr("withdrawn by publisher: Ice harms"));
}

}  // namespace
}  // namespace plumbline::cli
