#include "common/pathway/lex_expression.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/common/pathway/expression_fault.h"

namespace plumbline::pathway {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> TextsOf(const std::string& text) {
  const LexResult result = LexExpression(text);
  EXPECT_THAT(result.faults, IsEmpty());
  std::vector<std::string> texts;
  for (const Token& token : result.tokens) texts.emplace_back(token.text);
  return texts;
}

std::string StringOf(const std::string& literal) {
  const LexResult result = LexExpression(literal);
  EXPECT_THAT(result.faults, IsEmpty()) << literal;
  EXPECT_EQ(result.tokens.front().kind, TokenKind::kString) << literal;
  return result.tokens.front().value;
}

TEST(LexExpressionTest, SplitsAtOperatorsAndBlanks) {
  EXPECT_THAT(TextsOf("a.b>=1&&!c"),
              ElementsAre("a", ".", "b", ">=", "1", "&&", "!", "c", ""));
  EXPECT_THAT(TextsOf("a // a comment\n == b // another"),
              ElementsAre("a", "==", "b", ""));
}

TEST(LexExpressionTest, RemembersBytes) {
  const LexResult result = LexExpression("  'é' in x");
  EXPECT_EQ(result.tokens[0].begin, 2);
  EXPECT_EQ(result.tokens[0].end, 6);
  EXPECT_EQ(result.tokens[1].begin, 7);
  EXPECT_EQ(result.tokens[3].begin, 11);
}

TEST(LexExpressionTest, ReadsNumbers) {
  const LexResult result =
      LexExpression("0 42 0x1F 9223372036854775808 1.5 .5 2e3 1E-2 1e-999");
  const std::vector<Token>& tokens = result.tokens;
  ASSERT_EQ(tokens.size(), 10u);
  EXPECT_EQ(tokens[1].magnitude, 42u);
  EXPECT_EQ(tokens[2].magnitude, 31u);
  EXPECT_EQ(tokens[3].magnitude, std::uint64_t{1} << 63);
  EXPECT_EQ(tokens[4].number, 1.5);
  EXPECT_EQ(tokens[5].number, 0.5);
  EXPECT_EQ(tokens[6].number, 2000);
  EXPECT_EQ(tokens[7].number, 0.01);
  EXPECT_EQ(tokens[8].number, 0);
}

TEST(LexExpressionTest, ResolvesEscapes) {
  EXPECT_EQ(StringOf("'plain'"), "plain");
  EXPECT_EQ(StringOf(R"("\a\b\f\n\r\t\v\\\?\"\'\`")"), "\a\b\f\n\r\t\v\\?\"'`");
  EXPECT_EQ(StringOf(R"('\u00e9\U0001F600\x41\X42\103')"), "é😀ABC");
  EXPECT_EQ(StringOf(R"('\xe9')"), "é");
  EXPECT_EQ(StringOf("'''two\nlines' '''"), "two\nlines' ");
  EXPECT_EQ(StringOf("\"\"\"a\"b\"\"\""), "a\"b");
  EXPECT_EQ(StringOf("''"), "");
}

TEST(LexExpressionTest, LeavesRawStringsAsTheyAre) {
  EXPECT_EQ(StringOf(R"(r'a\n\')"), R"(a\n\)");
  EXPECT_EQ(StringOf(R"(R"\u00e9'")"), R"(\u00e9')");
  EXPECT_EQ(StringOf("r'''two\nlines' '''"), "two\nlines' ");
  EXPECT_EQ(StringOf("R\"\"\"a\"b\"\"\""), "a\"b");
  EXPECT_EQ(StringOf("r''"), "");
  EXPECT_THAT(TextsOf("r == r'x'"), ElementsAre("r", "==", "r'x'", ""));
}

struct FaultCase {
  std::string name;
  std::string text;
  int offset;
  std::string message;
};

class LexExpressionFaultTest : public testing::TestWithParam<FaultCase> {};

TEST_P(LexExpressionFaultTest, IsExplained) {
  EXPECT_THAT(
      LexExpression(GetParam().text).faults,
      ElementsAre(ExpressionFault{GetParam().offset, GetParam().message}));
}

INSTANTIATE_TEST_SUITE_P(
    Text, LexExpressionFaultTest,
    testing::ValuesIn<FaultCase>({
        {"OneEquals", "a = 1", 2,
         "'=' means nothing here; write '==' to compare"},
        {"OneAmpersand", "a & b", 2, "'&' means nothing here; write '&&'"},
        {"OneBar", "a | b", 2, "'|' means nothing here; write '||'"},
        {"Comment", "a # b", 2,
         "'#' means nothing here; write '//' before a comment"},
        {"Backtick", "a == `b`", 5,
         "'`' means nothing here; write a straight quote, ' or \""},
        {"CurlyQuote", "a == “b”", 5,
         "'“' means nothing here; write a straight quote, ' or \""},
        {"MathematicalSign", "a ≥ 1", 2, "'≥' means nothing here; write '>='"},
        {"LongMinus", "a – 1", 2, "'–' means nothing here; write '-'"},
        {"NoBreakSpace", "a\u00A0== 1", 1,
         "'\u00A0' means nothing here; write a plain blank; this one is a "
         "no-break space"},
        {"StrangeCharacter", "a §", 2,
         "unexpected character '§'; text stands in quotes"},
        {"UnsignedNumber", "a > 1u", 4,
         "no unsigned numbers: write the number without 'u'"},
        {"LetterAfterNumber", "a > 12ab", 4,
         "'12ab' is no number and no name; a number is written 42, 2.5 or "
         "1e3, and a name begins with a letter"},
        {"LineInNumber", "1_000", 0,
         "'1_000' is no number and no name; a number is written 42, 2.5 or "
         "1e3, and a name begins with a letter"},
        {"HexWithoutDigits", "0x", 0,
         "a hexadecimal number has digits after '0x', as in 0x2A"},
        {"LargeInt", "9223372036854775809", 0,
         "this number is too large; ints go from -9223372036854775808 to "
         "9223372036854775807"},
        {"HugeInt", "99999999999999999999999", 0,
         "this number is too large; ints go from -9223372036854775808 to "
         "9223372036854775807"},
        {"HugeDouble", "1e999", 0,
         "this number is too large; doubles end at 1.79e308"},
        {"LargeX", "0X1F", 0,
         "a hexadecimal number begins with '0x', the 'x' small"},
        {"Bytes", "b\"x\"", 0,
         "no 'b' strings: bytes are not part of the language; write a string "
         "without the letter"},
        {"RawBytes", "a == br'x'", 5,
         "no 'br' strings: bytes are not part of the language; write a string "
         "without the letter"},
        {"OpenRawString", R"(a == r"x\)", 5,
         "this string does not end; close it with \""},
        {"RawStringOverLines", "r'a\nb'", 0,
         "this string does not end; close it with '"},
        {"CarriageReturn", "a == '''x\r\n'''", 9,
         "a carriage return in a string; write it as '\\r'"},
        {"OpenString", "a == 'x", 5,
         "this string does not end; close it with '"},
        {"StringOverLines", "'a\nb'", 0,
         "this string does not end; close it with '"},
        {"OpenTripleString", "'''a''", 0,
         "this string does not end; close it with '''"},
        {"UnknownEscape", R"('a\q')", 2,
         R"(no escape '\q'; write a backslash as '\\')"},
        {"BackslashAtEnd", "'a\\", 2,
         R"(no escape '\'; write a backslash as '\\')"},
        {"ShortEscape", R"('\u12')", 1,
         R"('\u' needs 4 hexadecimal digits, as in '\u00e9')"},
        {"ShortByte", R"('\x1')", 1,
         R"('\x' needs 2 hexadecimal digits, as in '\xe9')"},
        {"ShortLongEscape", R"('\U0001')", 1,
         R"('\U' needs 8 hexadecimal digits, as in '\U000000e9')"},
        {"ShortOctal", R"('\12')", 1,
         R"(an octal escape needs 3 digits, as in '\101')"},
        {"Surrogate", R"('\ud800')", 1,
         "this escape is no Unicode character: they end at 10FFFF, and D800 to "
         "DFFF are none"},
        {"BeyondUnicode", R"('\U00110000')", 1,
         "this escape is no Unicode character: they end at 10FFFF, and D800 to "
         "DFFF are none"},
        {"NotUtf8", "'a\xff'", 2, "this is not UTF-8; save the file as UTF-8"},
        {"TooLong", std::string(16385, ' '), 0,
         "an expression has at most 16384 bytes; name a part of it as a "
         "definition"},
    }),
    [](const auto& instance) { return instance.param.name; });

}  // namespace
}  // namespace plumbline::pathway
