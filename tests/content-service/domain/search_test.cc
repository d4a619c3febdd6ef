#include "content-service/domain/search.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "content-service/storage/sqlite_guidance_index.h"
#include "tests/common/pathway/example_pathway.h"
#include "tests/support/status_matchers.h"

namespace plumbline::content {
namespace {

using ::plumbline::testing::IsOk;
using ::testing::IsEmpty;

std::string Words(const std::string& query) {
  std::string text;
  for (const SearchWord& word : ParseQuery(query)) {
    text += "<" + word.text + (word.is_prefix ? ">*" : ">");
  }
  return text;
}

TEST(ParseQueryTest, TakesWordsAndBeginningsOfWords) {
  EXPECT_EQ(Words("heat pad*"), "<heat><pad>*");
  EXPECT_EQ(Words("  lesi\u00f3n \t\n "), "<lesi\u00f3n>");
}

TEST(ParseQueryTest, WhatHasNoLetterOrDigitIsNoWord) {
  EXPECT_THAT(ParseQuery(""), IsEmpty());
  EXPECT_THAT(ParseQuery("* ** \" -- ()"), IsEmpty());
  EXPECT_EQ(Words("- pain"), "<pain>");
  EXPECT_EQ(Words("heat \u2013 pad \u2026 \u00bf \u00ab"), "<heat><pad>");
  EXPECT_EQ(Words("\u00bfcalor\u2026"), "<\u00bfcalor\u2026>");
  EXPECT_EQ(Words("\u00e9"), "<\u00e9>");
}

TEST(ParseQueryTest, TakesAWordOnce) {
  EXPECT_EQ(Words("heat* pad heat* heat"), "<heat>*<pad><heat>");
}

// Counts how many indices are made.
class GuidanceSearchTest : public ::testing::Test {
 protected:
  std::vector<std::string> Find(const pathway::CompiledPathway& pathway,
                                const std::string& locale,
                                const std::string& query) {
    const auto index = search_.IndexOf(pathway, locale);
    EXPECT_THAT(index, IsOk());
    std::vector<std::string> ids;
    if (!index.ok()) return ids;
    const auto texts = (*index)->Search(ParseQuery(query));
    EXPECT_THAT(texts, IsOk());
    if (!texts.ok()) return ids;
    for (const int text : *texts) {
      ids.push_back(pathway.source->guidance(text).guidance_id());
    }
    return ids;
  }

  static std::shared_ptr<const pathway::CompiledPathway> Bilingual() {
    pathway::v1::Pathway message = pathway::ExampleMessage();
    pathway::AddSpanish("hola ", message);
    return pathway::CompileOrDie(message);
  }

  int made_ = 0;
  GuidanceSearch search_{[this](const std::vector<IndexedText>& texts) {
                           ++made_;
                           return NewSqliteGuidanceIndex(texts);
                         },
                         2};
};

TEST_F(GuidanceSearchTest, SearchesOneLocaleAndMakesItsIndexOnce) {
  const auto pathway = Bilingual();
  EXPECT_THAT(Find(*pathway, "en", "hola"), IsEmpty());
  EXPECT_EQ(Find(*pathway, "es", "hola").size(),
            static_cast<std::size_t>(pathway->source->guidance_size()));
  Find(*pathway, "es", "hola");
  Find(*pathway, "en", "rest");
  EXPECT_EQ(made_, 2);
  // The default one, where there is no such.
  EXPECT_THAT(Find(*pathway, "fr", "hola"), IsEmpty());
  EXPECT_EQ(made_, 2);
}

TEST_F(GuidanceSearchTest, KeepsTheIndicesUsedLast) {
  const auto bilingual = Bilingual();
  const auto example = pathway::ExamplePathway();
  Find(*bilingual, "en", "rest");
  Find(*bilingual, "es", "rest");
  Find(*example, "en", "rest");
  EXPECT_EQ(made_, 3);
  Find(*example, "en", "rest");
  Find(*bilingual, "es", "rest");
  EXPECT_EQ(made_, 3);
  Find(*bilingual, "en", "rest");
  EXPECT_EQ(made_, 4);
}

TEST_F(GuidanceSearchTest, SearchesWhatIsRead) {
  pathway::v1::Pathway message = pathway::ExampleMessage();
  message.mutable_guidance(0)->mutable_texts(0)->set_body(
      "- **Never** alone\n- with *some*one\n");
  const auto pathway = pathway::CompileOrDie(message);
  const auto index = search_.IndexOf(*pathway, "en");
  ASSERT_THAT(index, IsOk());
  EXPECT_EQ((*index)->SnippetOf(0, ParseQuery("someone"))->text,
            "Never alone with someone");
}

}  // namespace
}  // namespace plumbline::content
