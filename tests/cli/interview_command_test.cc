// plumb interview, in process, answered as a person would type.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "cli/exit_code.h"
#include "tests/support/plumb.h"

namespace plumbline::cli {
namespace {

using ::plumbline::testing::kBackPain;
using ::plumbline::testing::Plumb;
using ::testing::HasSubstr;

TEST(InterviewCommandTest, StopsAfterTheEmergencyQuestionsInAnEmergency) {
  // "cannot pass urine", then the first option eleven times.
  std::string typed = "3\n";
  for (int i = 0; i < 11; ++i) typed += "1\n";
  // Yes is the first option of the yes-or-no questions; it makes no difference
  // to an emergency.
  const auto result = Plumb({"interview", "--pathway", kBackPain}, typed);
  EXPECT_EQ(result.code, kExitOk) << result.err;
  EXPECT_THAT(result.err, HasSubstr("12 questions asked."));
  EXPECT_THAT(result.out, HasSubstr("CES_BLADDER"));
}

TEST(InterviewCommandTest, AsksAgainWhatItCannotReadOrMayNotTake) {
  std::string typed = "never\n99\n3\n";
  for (int i = 0; i < 11; ++i) typed += "1\n";
  const auto result = Plumb({"interview", "--pathway", kBackPain}, typed);
  EXPECT_EQ(result.code, kExitOk) << result.err;
  EXPECT_THAT(result.err,
              HasSubstr("Please give a number from 1 to 6; Enter skips, ? "
                        "means not sure."));
  EXPECT_THAT(result.err, HasSubstr("12 questions asked."));
}

TEST(InterviewCommandTest, NeverAsksAgainWhatWasSkipped) {
  const auto result =
      Plumb({"interview", "--pathway", kBackPain}, std::string(60, '\n'));
  EXPECT_EQ(result.code, kExitOk) << result.err;
  EXPECT_THAT(result.out, HasSubstr("provisional"));
}

TEST(InterviewCommandTest, EndOfInputDecidesNothing) {
  const auto result = Plumb({"interview", "--pathway", kBackPain}, "1\n");
  EXPECT_EQ(result.code, kExitRefused);
  EXPECT_EQ(result.out, "");
  EXPECT_THAT(result.err,
              HasSubstr("the interview ended before it was finished"));
}

}  // namespace
}  // namespace plumbline::cli
