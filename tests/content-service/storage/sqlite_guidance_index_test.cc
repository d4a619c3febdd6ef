#include "content-service/storage/sqlite_guidance_index.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/support/status_matchers.h"

namespace plumbline::content {
namespace {

using ::plumbline::testing::IsOk;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class SqliteGuidanceIndexTest : public ::testing::Test {
 protected:
  SqliteGuidanceIndexTest() {
    auto index = NewSqliteGuidanceIndex(
        {{"Cold", "Wrap a cold pack in a cloth. Not on a rash."},
         {"Gentle warmth", "Use a heat pad. Cold feels better to some."},
         {"Espasmo muscular", "Una lesi\u00f3n peque\u00f1a."},
         {"Same words", "one two"},
         {"Same words", "one two"}});
    EXPECT_THAT(index, IsOk());
    if (index.ok()) index_ = *std::move(index);
  }

  std::vector<int> Find(const std::vector<SearchWord>& words) {
    const auto matches = index_->Search(words);
    EXPECT_THAT(matches, IsOk());
    std::vector<int> texts;
    if (!matches.ok()) return texts;
    for (const IndexMatch& match : *matches) texts.push_back(match.text);
    return texts;
  }

  std::unique_ptr<GuidanceIndex> index_;
};

TEST_F(SqliteGuidanceIndexTest, FindsTextsThatHoldEveryWord) {
  EXPECT_THAT(Find({{"heat"}}), ElementsAre(1));
  EXPECT_THAT(Find({{"heat"}, {"pad"}}), ElementsAre(1));
  EXPECT_THAT(Find({{"heat"}, {"cloth"}}), IsEmpty());
  EXPECT_THAT(Find({}), IsEmpty());
}

TEST_F(SqliteGuidanceIndexTest, RanksATitleFirstAndKeepsTheOrderOfEqualOnes) {
  EXPECT_THAT(Find({{"cold"}}), ElementsAre(0, 1));
  EXPECT_THAT(Find({{"two"}}), ElementsAre(3, 4));
}

TEST_F(SqliteGuidanceIndexTest, HeedsNeitherCaseNorAccents) {
  EXPECT_THAT(Find({{"LESION"}}), ElementsAre(2));
  EXPECT_THAT(Find({{"lesi\u00f3n"}}), ElementsAre(2));
  EXPECT_THAT(Find({{"pequena"}}), ElementsAre(2));
}

TEST_F(SqliteGuidanceIndexTest, FindsByTheBeginningOfAWordWhereAsked) {
  EXPECT_THAT(Find({{"war", true}}), ElementsAre(1));
  EXPECT_THAT(Find({{"war", false}}), IsEmpty());
}

TEST_F(SqliteGuidanceIndexTest, MarksWhatWasFound) {
  const auto matches = index_->Search({{"heat"}, {"pad"}});
  ASSERT_THAT(matches, IsOk());
  const IndexMatch& match = matches->front();
  EXPECT_EQ(match.snippet, "Use a heat pad. Cold feels better to some.");
  EXPECT_THAT(match.highlights, ElementsAre(TextSpan{6, 10}, TextSpan{11, 14}));
}

// Words, and nothing else, whatever they look like.
TEST_F(SqliteGuidanceIndexTest, TakesNoWordForAnOperator) {
  for (const char* word :
       {"OR", "NOT", "NEAR(", "title:cold", "\"", "\"\"", "a\" OR \"b", "^cold",
        "-cold", "(", ")", "cold*cold", "{title}", "'; DROP TABLE texts; --",
        "\xff\xfe", "\xe2\x80\x94"}) {
    EXPECT_THAT(index_->Search({{word, true}}), IsOk()) << word;
    EXPECT_THAT(index_->Search({{"cold"}, {word}}), IsOk()) << word;
  }
  EXPECT_THAT(Find({{"cold"}}), ElementsAre(0, 1));
  EXPECT_THAT(Find({{"title:cold"}}), IsEmpty());
}

}  // namespace
}  // namespace plumbline::content
