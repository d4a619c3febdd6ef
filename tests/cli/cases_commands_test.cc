// plumb cases run.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <string>

#include "cli/exit_code.h"
#include "tests/support/plumb.h"
#include "tests/support/temporary_directory.h"

namespace plumbline::cli {
namespace {

using ::plumbline::testing::kBackPain;
using ::plumbline::testing::kTiny;
using ::plumbline::testing::Plumb;
using ::plumbline::testing::TemporaryDirectory;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::MatchesRegex;

std::string VignettesFile() {
  return std::string(kBackPain) + "/cases/vignettes.jsonl";
}

TEST(CasesCommandsTest, TheFortyVignettesPass) {
  const auto result =
      Plumb({"cases", "run", "--pathway", kBackPain, VignettesFile()});
  EXPECT_EQ(result.code, kExitOk) << result.err;
  EXPECT_EQ(result.out, "40 passed, 0 failed\n");
}

TEST(CasesCommandsTest, ThePathwaysOwnCasesReachEverything) {
  const auto result =
      Plumb({"cases", "run", "--coverage", "--pathway", kBackPain});
  EXPECT_EQ(result.code, kExitOk) << result.err;
  EXPECT_THAT(result.out, MatchesRegex("rules: [0-9]+ of [0-9]+ reached\n"
                                       "policies: [0-9]+ of [0-9]+ reached\n"
                                       "gates: [0-9]+ of [0-9]+ reached\n"
                                       "guidance records: [0-9]+ of [0-9]+ "
                                       "reached\n"
                                       "[0-9]+ passed, 0 failed\n"));
}

TEST(CasesCommandsTest, SaysWhatIsNotReached) {
  const TemporaryDirectory directory;
  const std::string file = directory.path() + "/one.jsonl";
  std::ofstream(file) << R"({"id": "A-1", "source": "a test", )"
                      << R"("narrative": "It bleeds.", "answers": )"
                      << R"({"em.bleeding": "yes"}, )"
                      << R"("expected_disposition": "emergency_now", )"
                      << R"("must_flag": [], "must_not_flag": [], )"
                      << R"("rationale": "It bleeds."})" << '\n';
  const auto result =
      Plumb({"cases", "run", "--coverage", "--pathway", kTiny, file});
  EXPECT_EQ(result.code, kExitOk) << result.err;
  EXPECT_THAT(result.out, HasSubstr("rules: 1 of 2 reached, not R-R01\n"
                                    "policies: 0 of 2 reached, not "
                                    "em.bleeding, R-E01\n"));
}

TEST(CasesCommandsTest, AFailedCaseIsNamedAndCounted) {
  const TemporaryDirectory directory;
  const std::string file = directory.path() + "/wrong.jsonl";
  std::ofstream(file)
      << R"({"id": "W-1", "source": "a test", "narrative": "chest pain", )"
      << R"("answers": {"em.chest": "yes"}, )"
      << R"("expected_disposition": "self_care", "must_flag": [], )"
      << R"("must_not_flag": [], "rationale": "wrong on purpose"})" << '\n';
  const auto result = Plumb({"cases", "run", "--pathway", kBackPain, file});
  EXPECT_EQ(result.code, kExitRefused);
  EXPECT_THAT(result.out, HasSubstr("W-1: "));
  EXPECT_THAT(result.out, HasSubstr("emergency_now"));
  EXPECT_THAT(result.out, EndsWith("0 passed, 1 failed\n"));
}

TEST(CasesCommandsTest, NoCaseAtAllIsNoSuccess) {
  const TemporaryDirectory directory;
  const std::string file = directory.path() + "/empty.jsonl";
  std::ofstream(file) << '\n';
  const auto result = Plumb({"cases", "run", "--pathway", kBackPain, file});
  EXPECT_EQ(result.code, kExitRefused);
  EXPECT_EQ(result.out, "");
  EXPECT_EQ(result.err, "plumb: " + file + " holds no case; nothing was run\n");
}

TEST(CasesCommandsTest, AnUnreadableLineIsAFaultWithItsPlace) {
  const TemporaryDirectory directory;
  const std::string file = directory.path() + "/broken.jsonl";
  std::ofstream(file) << "{\"id\": \n";
  const auto result = Plumb({"cases", "run", "--pathway", kBackPain, file});
  EXPECT_EQ(result.code, kExitRefused);
  EXPECT_THAT(result.err, HasSubstr(file + ":1:"));
  EXPECT_EQ(result.out, "");
}

}  // namespace
}  // namespace plumbline::cli
