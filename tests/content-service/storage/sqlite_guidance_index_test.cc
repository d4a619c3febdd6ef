#include "content-service/storage/sqlite_guidance_index.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
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
    const auto texts = index_->Search(words);
    EXPECT_THAT(texts, IsOk());
    return texts.ok() ? *texts : std::vector<int>();
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
  const auto snippet = index_->SnippetOf(1, {{"heat"}, {"pad"}});
  ASSERT_THAT(snippet, IsOk());
  EXPECT_EQ(snippet->text, "Use a heat pad. Cold feels better to some.");
  EXPECT_THAT(snippet->highlights,
              ElementsAre(TextSpan{6, 10}, TextSpan{11, 14}));
}

TEST_F(SqliteGuidanceIndexTest, ShowsTheTitleWhereTheBodyHasNoneOfTheWords) {
  const auto snippet = index_->SnippetOf(1, {{"gentle"}});
  ASSERT_THAT(snippet, IsOk());
  EXPECT_EQ(snippet->text, "Gentle warmth");
  EXPECT_THAT(snippet->highlights, ElementsAre(TextSpan{0, 6}));
}

TEST(SnippetTest, IsCutAtWordsAroundTheFirstThatWasFound) {
  std::string body;
  for (int i = 0; i < 200; ++i) absl::StrAppend(&body, "word", i, " ");
  const auto index = NewSqliteGuidanceIndex({{"Title", body}});
  ASSERT_THAT(index, IsOk());
  const auto snippet = (*index)->SnippetOf(0, {{"word100"}});
  ASSERT_THAT(snippet, IsOk());
  EXPECT_THAT(snippet->text, ::testing::StartsWith("\u2026word"));
  EXPECT_THAT(snippet->text, ::testing::EndsWith("\u2026"));
  EXPECT_LT(snippet->text.size(), 270u);
  ASSERT_EQ(snippet->highlights.size(), 1u);
  const TextSpan& span = snippet->highlights[0];
  EXPECT_EQ(snippet->text.substr(span.start, span.end - span.start), "word100");
}

// The marks of what was found are bytes that a text might hold.
TEST(SnippetTest, OfATextWithControlCharactersIsWhole) {
  const auto index = NewSqliteGuidanceIndex(
      {{"A", "Hold \x02 ice"}, {"B", "Ice \x01 \x01 hold \x02 \x02 on"}});
  ASSERT_THAT(index, IsOk());
  for (const int text : {0, 1}) {
    for (const char* word : {"hold", "ice"}) {
      const auto snippet = (*index)->SnippetOf(text, {{word}});
      ASSERT_THAT(snippet, IsOk());
      int from = 0;
      for (const TextSpan& span : snippet->highlights) {
        EXPECT_LE(from, span.start);
        EXPECT_LT(span.start, span.end);
        EXPECT_LE(span.end, static_cast<int>(snippet->text.size()));
        from = span.end;
      }
    }
  }
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
