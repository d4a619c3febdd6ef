#include "common/pathway/source_text.h"

#include <gtest/gtest.h>

#include <string>

#include "common/pathway/fault.h"

namespace plumbline::pathway {
namespace {

TEST(SourceTextTest, CountsLinesAndCharacters) {
  const SourceText source("f",
                          "ab\nc\xC3\xA9"
                          "d\n");
  EXPECT_EQ(source.PlaceAt(0), (Place{"f", 1, 1}));
  EXPECT_EQ(source.PlaceAt(2), (Place{"f", 1, 3}));
  EXPECT_EQ(source.PlaceAt(3), (Place{"f", 2, 1}));
  EXPECT_EQ(source.PlaceAt(6), (Place{"f", 2, 3})) << "past one character";
  EXPECT_EQ(source.PlaceAt(99), (Place{"f", 3, 1})) << "the end of the text";
}

TEST(SourceTextTest, ReadsCarriageReturnsAsLineEnds) {
  const SourceText source("f", "a\r\nb");
  EXPECT_EQ(source.text(), "a\nb");
  EXPECT_EQ(source.OffsetOfLine(2), 2U);
}

TEST(SourceTextTest, FindsLines) {
  const SourceText source("f", "a\nbc\n");
  EXPECT_EQ(source.LineAt(0), 1);
  EXPECT_EQ(source.LineAt(3), 2);
  EXPECT_EQ(source.OffsetOfLine(1), 0U);
  EXPECT_EQ(source.OffsetOfLine(2), 2U);
  EXPECT_EQ(source.OffsetOfLine(9), 5U) << "past the last line";
}

TEST(CheckTextTest, AcceptsPlainText) {
  EXPECT_EQ(ToString(CheckText(SourceText("f", "a\tb\n\xC3\xA9\n"))), "");
}

TEST(CheckTextTest, ExplainsWhatIsNoText) {
  EXPECT_EQ(ToString(CheckText(SourceText("f", "ok\nx\xFFy"))),
            "f:2:2: byte 0xFF is not UTF-8; save the file as UTF-8\n");
  EXPECT_EQ(ToString(CheckText(SourceText("f",
                                          "\xEF\xBB\xBF"
                                          "a"))),
            "f:1:1: the file begins with a byte order mark; leave it out\n");
  EXPECT_EQ(ToString(CheckText(SourceText("f", std::string("a\0b", 3)))),
            "f:1:2: control character 0x00; only line feeds and tabs belong in "
            "a text\n");
}

}  // namespace
}  // namespace plumbline::pathway
