// plumb guidance against a real content-service.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cli/exit_code.h"
#include "tests/support/local_pair.h"

namespace plumbline::cli {
namespace {

using ::plumbline::testing::kBackPain;
using ::plumbline::testing::LocalPair;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

TEST(GuidanceCommandsTest, ListFiltersAndShowPrintsTheText) {
  LocalPair pair;
  pair.StartContent();
  pair.Publish(kBackPain, 1);
  const auto listed = pair.PlumbContent(
      "reader", {"guidance", "list", "back-pain/1", "--kind", "crisis"});
  EXPECT_EQ(listed.code, kExitOk) << listed.err;
  EXPECT_THAT(listed.out, HasSubstr("crisis  crisis  patient  "));
  EXPECT_THAT(listed.out, Not(HasSubstr("nsaid")));
  const auto shown =
      pair.PlumbContent("reader", {"guidance", "show", "back-pain/1", "heat"});
  EXPECT_EQ(shown.code, kExitOk) << shown.err;
  EXPECT_THAT(shown.out, HasSubstr("[heat, revision 2, "));
  const auto found =
      pair.PlumbContent("reader", {"guidance", "search", "back-pain/1",
                                   "calor barriga*", "--locale", "es"});
  EXPECT_EQ(found.code, kExitOk) << found.err;
  EXPECT_EQ(found.out, "");
  const auto warm = pair.PlumbContent(
      "reader", {"guidance", "search", "back-pain/1", "heat pad"});
  EXPECT_THAT(warm.out, StartsWith("heat  Gentle warmth\n"));
  EXPECT_THAT(warm.out, HasSubstr("[heat] [pad]"));
}

TEST(GuidanceCommandsTest, AWordThatIsNoFilterIsExplained) {
  LocalPair pair;
  const auto listed = pair.PlumbContent(
      "reader", {"guidance", "list", "back-pain/1", "--audience", "nurse"});
  EXPECT_EQ(listed.code, kExitUsage);
  EXPECT_THAT(listed.err, HasSubstr("--audience: 'nurse' is not patient, "
                                    "caregiver or clinician"));
}

}  // namespace
}  // namespace plumbline::cli
