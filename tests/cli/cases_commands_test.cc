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
using ::plumbline::testing::Plumb;
using ::plumbline::testing::TemporaryDirectory;
using ::testing::EndsWith;
using ::testing::HasSubstr;

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
  EXPECT_THAT(result.out, EndsWith(" passed, 0 failed\n"));
  EXPECT_THAT(result.out, ::testing::Not(HasSubstr("not reached")));
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
