#include "common/pathway/text_tokens.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "common/pathway/fault.h"

namespace plumbline::pathway {
namespace {

using testing::ElementsAre;

std::vector<std::string> Texts(const TextTokens& tokens) {
  std::vector<std::string> texts;
  for (const TextToken& token : tokens.tokens) {
    texts.emplace_back(token.text);
  }
  return texts;
}

TextTokens Tokenize(const SourceText& source) {
  return TokenizeText(source, source.text());
}

TEST(TextTokensTest, SplitsAsWritten) {
  const SourceText source("f", "a_1: -1.5e-3, b { c: \"x\\\"y\" 'z' }");
  const TextTokens tokens = Tokenize(source);
  EXPECT_THAT(Texts(tokens),
              ElementsAre("a_1", ":", "-", "1.5e-3", ",", "b", "{", "c", ":",
                          "\"x\\\"y\"", "'z'", "}", ""));
  EXPECT_EQ(ToString(tokens.faults), "");
}

TEST(TextTokensTest, KeepsCommentsWhereTheyStand) {
  const SourceText source("f",
                          "# one\n"
                          "\n"
                          "# two\n"
                          "a: 1  # after\n"
                          "\n"
                          "b: 2\n"
                          "# end\n");
  const TextTokens tokens = Tokenize(source);
  const TextToken& a = tokens.tokens[0];
  ASSERT_EQ(a.comments.size(), 2U);
  EXPECT_EQ(a.comments[0].text, "# one");
  EXPECT_FALSE(a.comments[0].blank_before);
  EXPECT_EQ(a.comments[1].text, "# two");
  EXPECT_TRUE(a.comments[1].blank_before);
  EXPECT_FALSE(a.blank_before);
  EXPECT_EQ(tokens.tokens[2].comment_after, "# after");
  EXPECT_TRUE(tokens.tokens[3].blank_before);
  ASSERT_EQ(tokens.tokens.back().comments.size(), 1U);
  EXPECT_EQ(tokens.tokens.back().comments[0].text, "# end");
}

TEST(TextTokensTest, ExplainsWhatIsNoToken) {
  EXPECT_EQ(ToString(Tokenize(SourceText("f", "a: \xE2\x80\x9Cx\"")).faults),
            "f:1:4: unexpected '\xE2\x80\x9C'; texts stand in quotes\n"
            "f:1:6: the string has no closing \" on its line\n");
  EXPECT_EQ(ToString(Tokenize(SourceText("f", "/ a")).faults),
            "f:1:1: unexpected '/'; a comment begins with '#'\n");
  EXPECT_EQ(ToString(Tokenize(SourceText("f", "a: 'x\nb: 1")).faults),
            "f:1:4: the string has no closing ' on its line\n");
}

TEST(TextTokensTest, BoundsTheirNumber) {
  EXPECT_EQ(
      ToString(Tokenize(SourceText("f", std::string(kTextTokensMax + 9, ';')))
                   .faults),
      "f:1:500001: more than 500000 words and signs\n");
}

struct Decoded {
  std::string text;
  std::vector<TextPiece> pieces;
  Faults faults;
};

Decoded Decode(const SourceText& source) {
  Decoded decoded;
  const TextTokens tokens = Tokenize(source);
  DecodeText(source, tokens.tokens[0], &decoded.text, &decoded.pieces,
             &decoded.faults);
  return decoded;
}

TEST(DecodeTextTest, ReadsEscapes) {
  EXPECT_EQ(Decode(SourceText("f", R"("a\n\t\\\"\'\u00e9\U0001F600")")).text,
            "a\n\t\\\"'\xC3\xA9\xF0\x9F\x98\x80");
}

TEST(DecodeTextTest, KnowsWhereBytesStand) {
  const Decoded decoded = Decode(SourceText("f", R"("ab\"cd")"));
  ASSERT_EQ(decoded.text, "ab\"cd");
  ASSERT_EQ(decoded.pieces.size(), 3U);
  EXPECT_EQ(decoded.pieces[0].offset, 1U);
  EXPECT_EQ(decoded.pieces[1].decoded, 2U);
  EXPECT_EQ(decoded.pieces[1].offset, 3U);
  EXPECT_EQ(decoded.pieces[2].decoded, 3U);
  EXPECT_EQ(decoded.pieces[2].offset, 5U);
}

TEST(DecodeTextTest, ExplainsEscapesThatDoNotExist) {
  constexpr char kFault[] =
      "f:1:3: unknown escape; a backslash is written \\\\, a character by its "
      "number \\u00e9\n";
  for (const char* text : {R"("a\d")", R"("a\x41")", R"("a\101")",
                           R"("a\u00g9")", R"("a\ud800")", R"("a\u12")"}) {
    EXPECT_EQ(ToString(Decode(SourceText("f", text)).faults), kFault) << text;
  }
}

}  // namespace
}  // namespace plumbline::pathway
