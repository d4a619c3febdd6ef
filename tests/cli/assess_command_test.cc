// plumb assess, in process.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <string>

#include "cli/assessor.h"
#include "cli/exit_code.h"
#include "tests/support/plumb.h"
#include "tests/support/temporary_directory.h"

namespace plumbline::cli {
namespace {

using ::plumbline::testing::kBackPain;
using ::plumbline::testing::Plumb;
using ::plumbline::testing::TemporaryDirectory;
using ::testing::HasSubstr;
using ::testing::StartsWith;

class AssessCommandTest : public ::testing::Test {
 protected:
  // Runs assess over a file that holds `bytes`.
  plumbline::testing::PlumbResult Assess(const std::string& bytes) {
    const std::string file = directory_.path() + "/answers.json";
    std::ofstream(file) << bytes;
    return Plumb({"assess", "--pathway", kBackPain, "--answers", file});
  }

  const TemporaryDirectory directory_;
};

TEST_F(AssessCommandTest, PrintsWhatAClinicianWantsToRead) {
  const auto result = Assess(R"({"answers": {"em.bladder": "cannot_pass"}})");
  EXPECT_EQ(result.code, kExitOk) << result.err;
  EXPECT_THAT(result.out, HasSubstr("[emergency_now, "));
  EXPECT_THAT(result.out, HasSubstr("CES_BLADDER (R-E01, emergency_now)"));
  EXPECT_THAT(result.out, HasSubstr("Source: "));
  EXPECT_THAT(result.out, HasSubstr("Guidance to show"));
  EXPECT_THAT(result.out, HasSubstr("Emergency signs to watch for"));
  EXPECT_THAT(result.out, HasSubstr("Not medical advice."));
}

TEST_F(AssessCommandTest, EveryViolationIsListed) {
  const auto result = Assess(
      R"({"answers": {"em.bladder": "no", "pt.age": 130, "em.chest": "no"}})");
  EXPECT_EQ(result.code, kExitRefused);
  EXPECT_EQ(result.out, "");
  EXPECT_THAT(result.err, HasSubstr("em.bladder"));
  EXPECT_THAT(result.err, HasSubstr("pt.age"));
}

TEST_F(AssessCommandTest, UnknownItemGetsASuggestionAndItsPlace) {
  const auto result = Assess("{\"answers\":\n {\"em.blader\": \"none\"}}");
  EXPECT_EQ(result.code, kExitRefused);
  EXPECT_THAT(result.err, HasSubstr("answers.json:2:"));
  EXPECT_THAT(result.err, HasSubstr("did you mean 'em.bladder'?"));
}

TEST_F(AssessCommandTest, LinesGiveOneLineEachWithTheirOtherKeys) {
  const auto result =
      Plumb({"assess", "--pathway", kBackPain, "--jsonl", "-"},
            "{\"id\": \"a\", \"answers\": {\"em.chest\": \"yes\"}}\n"
            "\n"
            "{\"id\": 7, \"answers\": {}}\n");
  EXPECT_EQ(result.code, kExitOk) << result.err;
  EXPECT_THAT(result.out,
              StartsWith("{\"id\":\"a\",\"disposition\":\"emergency_now\","));
  EXPECT_THAT(result.out, HasSubstr("\n{\"id\":7,\"disposition\":\"same_day\","
                                    "\"certainty\":\"provisional\","));
}

TEST_F(AssessCommandTest, AWrongLineIsNamed) {
  const auto result =
      Plumb({"assess", "--pathway", kBackPain, "--jsonl", "-"},
            "{\"answers\": {}}\n{\"answers\": {\"pt.age\": 130}}\n");
  EXPECT_EQ(result.code, kExitRefused);
  EXPECT_THAT(result.err, HasSubstr("-:2: "));
}

TEST_F(AssessCommandTest, MissingFileIsNamed) {
  const auto result =
      Plumb({"assess", "--pathway", kBackPain, "--answers", "no/such.json"});
  EXPECT_EQ(result.code, kExitRefused);
  EXPECT_THAT(result.err, HasSubstr("no/such.json"));
}

TEST_F(AssessCommandTest, AFolderIsNoFileOfAnswers) {
  const std::string folder = directory_.path();
  const auto answers =
      Plumb({"assess", "--pathway", kBackPain, "--answers", folder});
  EXPECT_EQ(answers.code, kExitRefused);
  EXPECT_THAT(answers.err, HasSubstr(folder));
  const auto lines =
      Plumb({"assess", "--pathway", kBackPain, "--jsonl", folder});
  EXPECT_EQ(lines.code, kExitRefused);
  EXPECT_THAT(lines.err, HasSubstr(folder + ": cannot be read"));
}

TEST_F(AssessCommandTest, LinesHaveTheirOwnForm) {
  EXPECT_EQ(
      Plumb({"assess", "--pathway", kBackPain, "--jsonl", "-", "-o", "json"})
          .code,
      kExitUsage);
}

TEST_F(AssessCommandTest, OptionsOfAServiceAreUsageErrorsInProcess) {
  const std::string file = directory_.path() + "/answers.json";
  std::ofstream(file) << "{\"answers\": {}}";
  const auto result = Plumb({"assess", "--pathway", kBackPain, "--answers",
                             file, "--channel", "stable", "--token-file", "t"});
  EXPECT_EQ(result.code, kExitUsage);
  EXPECT_EQ(result.err,
            "plumb: --channel, --token-file are only for use with --server: "
            "without it, plumb decides in this process\n");
  setenv("PLUMBLINE_TOKEN_FILE", "t", 1);
  EXPECT_EQ(Plumb({"assess", "--pathway", kBackPain, "--answers", file}).code,
            kExitOk);
  unsetenv("PLUMBLINE_TOKEN_FILE");
}

TEST_F(AssessCommandTest, APinIsComparedInProcessToo) {
  const std::string file = directory_.path() + "/answers.json";
  std::ofstream(file) << "{\"answers\": {}}";
  const std::string other(64, 'a');
  const auto wrong = Plumb({"assess", "--pathway", kBackPain, "--answers", file,
                            "--release-digest", other});
  EXPECT_EQ(wrong.code, kExitRefused);
  EXPECT_THAT(wrong.err,
              HasSubstr(", not " + other + " as --release-digest asks"));
  const std::string digest =
      (*OpenAssessor({.pathway = kBackPain}))->Assess({})->release_digest();
  EXPECT_EQ(Plumb({"assess", "--pathway", kBackPain, "--answers", file,
                   "--release-digest", digest})
                .code,
            kExitOk);
}

}  // namespace
}  // namespace plumbline::cli
