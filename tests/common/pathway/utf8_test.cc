#include "common/pathway/utf8.h"

#include <gtest/gtest.h>

#include <string>

namespace plumbline::pathway {
namespace {

TEST(Utf8Test, AcceptsEveryLength) {
  EXPECT_EQ(InvalidUtf8Offset(""), -1);
  EXPECT_EQ(InvalidUtf8Offset("a"), -1);
  EXPECT_EQ(InvalidUtf8Offset("\xC3\xA9"), -1);
  EXPECT_EQ(InvalidUtf8Offset("\xE2\x80\xA6"), -1);
  EXPECT_EQ(InvalidUtf8Offset("\xF0\x9F\x98\x80"), -1);
  EXPECT_EQ(InvalidUtf8Offset("\xF4\x8F\xBF\xBF"), -1);
}

TEST(Utf8Test, FindsTheFirstByteThatIsWrong) {
  EXPECT_EQ(InvalidUtf8Offset("ab\x80"), 2) << "continuation alone";
  EXPECT_EQ(InvalidUtf8Offset("\xC3"), 0) << "cut";
  EXPECT_EQ(InvalidUtf8Offset("\xC0\xAF"), 0) << "overlong";
  EXPECT_EQ(InvalidUtf8Offset("\xE0\x80\xAF"), 0) << "overlong";
  EXPECT_EQ(InvalidUtf8Offset("\xF0\x80\x80\xAF"), 0) << "overlong";
  EXPECT_EQ(InvalidUtf8Offset("\xED\xA0\x80"), 0) << "surrogate";
  EXPECT_EQ(InvalidUtf8Offset("\xF4\x90\x80\x80"), 0) << "past U+10FFFF";
  EXPECT_EQ(InvalidUtf8Offset("\xE2\x80"
                              "a"),
            0)
      << "cut by a letter";
}

TEST(Utf8Test, AppendsWhatItAccepts) {
  for (const char32_t code_point :
       {U'a', U'\u00e9', U'\u2026', U'\U0001F600', U'\U0010FFFF'}) {
    std::string text = "x";
    EXPECT_TRUE(AppendUtf8(code_point, text));
    EXPECT_EQ(InvalidUtf8Offset(text), -1);
    EXPECT_GT(text.size(), 1U);
  }
}

TEST(Utf8Test, AppendsNoSurrogateAndNothingPastTheLast) {
  std::string text;
  EXPECT_FALSE(AppendUtf8(0xD800, text));
  EXPECT_FALSE(AppendUtf8(0x110000, text));
  EXPECT_EQ(text, "");
}

}  // namespace
}  // namespace plumbline::pathway
