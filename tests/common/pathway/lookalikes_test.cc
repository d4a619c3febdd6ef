#include "common/pathway/lookalikes.h"

#include <gtest/gtest.h>

namespace plumbline::pathway {
namespace {

TEST(LookalikesTest, KnowsCharactersOfWordProcessors) {
  EXPECT_EQ(MeaningOfCharacter("="), "'==' to compare");
  EXPECT_EQ(MeaningOfCharacter("≤"), "'<='");
  EXPECT_EQ(MeaningOfCharacter("−"), "'-'");
  EXPECT_EQ(MeaningOfCharacter("’"), "a straight quote, ' or \"");
  EXPECT_EQ(MeaningOfCharacter("\u200B"),
            "nothing; this is a blank without width");
  EXPECT_EQ(MeaningOfCharacter("§"), "");
}

TEST(LookalikesTest, KnowsOperatorsOfOtherLanguages) {
  EXPECT_EQ(OperatorForWord("and"), "&&");
  EXPECT_EQ(OperatorForWord("OR"), "||");
  EXPECT_EQ(OperatorForWord("is"), "==");
  EXPECT_EQ(OperatorForWord("but"), "");
}

TEST(LookalikesTest, SaysWhatToWriteForFunctions) {
  EXPECT_EQ(RefusedFunction("all", /*is_method=*/true),
            "no macro 'all': write the comparisons out with && and ||");
  EXPECT_EQ(RefusedFunction("startsWith", /*is_method=*/true),
            "no text function 'startsWith': compare with option codes by == or "
            "in");
  EXPECT_EQ(RefusedFunction("double", /*is_method=*/false),
            "no conversion 'double()': comparisons may mix int and double; "
            "write the literal in the type needed, 1 or 1.0");
  EXPECT_EQ(RefusedFunction("len", /*is_method=*/false),
            "no function 'len': the functions are has() and size(); did you "
            "mean 'size'?");
  EXPECT_EQ(RefusedFunction("haz", /*is_method=*/false),
            "no function 'haz': the functions are has() and size(); did you "
            "mean 'has'?");
  EXPECT_EQ(RefusedFunction("today", /*is_method=*/true),
            "no function 'today': the functions are has() and size()");
}

}  // namespace
}  // namespace plumbline::pathway
