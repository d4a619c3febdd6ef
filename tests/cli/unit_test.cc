#include "cli/unit.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cli/pathway_folder.h"
#include "tests/support/plumb.h"

namespace plumbline::cli {
namespace {

using ::plumbline::testing::kBackPain;
using ::testing::MatchesRegex;

TEST(UnitInWordsTest, AreThoseThatPeopleUse) {
  EXPECT_EQ(UnitInWords("[degF]"), "°F");
  EXPECT_EQ(UnitInWords("Cel"), "°C");
  EXPECT_EQ(UnitInWords("a"), "years");
  EXPECT_EQ(UnitInWords("d"), "days");
  EXPECT_EQ(UnitInWords("kg"), "kg");
}

TEST(UnitInWordsTest, OfANumberWithoutUnitAreNone) {
  EXPECT_EQ(UnitInWords("{score}"), "");
  EXPECT_EQ(UnitInWords("1"), "");
}

TEST(UnitInWordsTest, OfAnAnnotationAreItsWords) {
  EXPECT_EQ(UnitInWords("{tablets}"), "tablets");
  EXPECT_EQ(UnitInWords("{a}{b}"), "{a}{b}");
}

TEST(UnitInWordsTest, OfAnUnknownCodeAreTheCode) {
  EXPECT_EQ(UnitInWords("[foz_us]"), "[foz_us]");
  EXPECT_EQ(UnitInWords(""), "");
}

TEST(NumberWithUnitTest, CountsOneByOne) {
  EXPECT_EQ(NumberWithUnit("1", "d"), "1 day");
  EXPECT_EQ(NumberWithUnit("14", "d"), "14 days");
  EXPECT_EQ(NumberWithUnit("1", "[degF]"), "1 °F");
  EXPECT_EQ(NumberWithUnit("7", "{score}"), "7");
}

TEST(UnitInWordsTest, CoverTheShippedPathway) {
  const auto folder = ReadPathwayFolder(kBackPain);
  ASSERT_TRUE(folder.ok()) << folder.status();
  for (const pathway::v1::Item& item : folder->message.items()) {
    for (const auto& unit :
         {item.integer_range().unit(), item.decimal_range().unit()}) {
      EXPECT_THAT(UnitInWords(unit), MatchesRegex("|°[CF]|[a-z]{2,}"))
          << item.link_id();
    }
  }
}

}  // namespace
}  // namespace plumbline::cli
