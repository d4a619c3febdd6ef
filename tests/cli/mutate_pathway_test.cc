#include "cli/mutate_pathway.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "cli/exit_code.h"
#include "tests/support/plumb.h"

namespace plumbline::cli {
namespace {

using ::plumbline::testing::kTiny;
using ::plumbline::testing::Plumb;
using ::testing::HasSubstr;

constexpr char kDay[] = "2027-05-01";

TEST(MutatePathwayTest, TellsWhatIsRefusedByWhat) {
  const auto result = Plumb({"pathway", "mutate", kTiny, "--as-of", kDay});
  EXPECT_EQ(result.code, kExitOk) << result.err;
  EXPECT_THAT(result.out, HasSubstr("  drop-rule             2 "));
  EXPECT_THAT(result.out,
              HasSubstr("  refused of those that have an effect: "));
}

// No case is between 7 and 8.
TEST(MutatePathwayTest, NamesWhatNothingRefuses) {
  const auto result = Plumb({"pathway", "mutate", kTiny, "--as-of", kDay,
                             "--element", "rules/R-R01", "--at-least", "100"});
  EXPECT_EQ(result.code, kExitRefused);
  EXPECT_THAT(result.out, HasSubstr("  not refused: rules/R-R01 when: 7 "
                                    "becomes 8\n"));
  EXPECT_THAT(result.err, HasSubstr("of the mistakes are refused, and 100.0 % "
                                    "are asked for"));
}

TEST(MutatePathwayTest, RefusesAnElementThatIsNotThere) {
  const auto result = Plumb(
      {"pathway", "mutate", kTiny, "--as-of", kDay, "--element", "rules/R-X"});
  EXPECT_EQ(result.code, kExitRefused);
  EXPECT_THAT(result.err, HasSubstr("there is nothing to get wrong in "
                                    "'rules/R-X'"));
}

// Its texts were to be reviewed the day before.
TEST(MutatePathwayTest, RefusesAPathwayThatIsRefusedAsItIs) {
  const auto result =
      Plumb({"pathway", "mutate", kTiny, "--as-of", "2027-06-01"});
  EXPECT_EQ(result.code, kExitRefused);
  EXPECT_EQ(result.out, "");
  EXPECT_THAT(result.err,
              HasSubstr("the pathway is refused as it is, see plumb "
                        "pathway verify: texts: was to be reviewed by "
                        "2027-05-31"));
}

TEST(MutatePathwayTest, RefusesWhatIsNoDay) {
  const auto result = Plumb({"pathway", "mutate", kTiny, "--as-of", "soon"});
  EXPECT_EQ(result.code, kExitUsage);
  EXPECT_THAT(result.err, HasSubstr("--as-of 'soon' is not a day"));
}

}  // namespace
}  // namespace plumbline::cli
