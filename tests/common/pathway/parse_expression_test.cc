#include "common/pathway/parse_expression.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/common/pathway/expression_fault.h"

namespace plumbline::pathway {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// "(+ a (* b 2))".
std::string Show(const std::vector<SyntaxNode>& nodes, int index) {
  static const auto& names = *new std::vector<std::string>{
      "bool", "int", "double", "string", "name", "list", "has", "size",
      "!",    "neg", "&&",     "||",     "==",   "!=",   "<",   "<=",
      ">",    ">=",  "+",      "-",      "*",    "in",   "?"};
  const SyntaxNode& node = nodes[index];
  switch (node.kind) {
    case SyntaxKind::kBool:
      return node.int_value != 0 ? "true" : "false";
    case SyntaxKind::kInt:
      return absl::StrCat(node.int_value);
    case SyntaxKind::kDouble:
      return absl::StrCat(node.double_value, "d");
    case SyntaxKind::kString:
      return absl::StrCat("'", node.text, "'");
    case SyntaxKind::kName:
      return node.text;
    default:
      break;
  }
  std::string shown =
      absl::StrCat("(", names[static_cast<std::size_t>(node.kind)]);
  for (const int child : node.children) {
    absl::StrAppend(&shown, " ", Show(nodes, child));
  }
  return shown + ")";
}

std::string Parsed(const std::string& text) {
  const ParseResult result = ParseExpression(text);
  if (!result.faults.empty()) return result.faults[0].message;
  return Show(result.nodes, static_cast<int>(result.nodes.size()) - 1);
}

TEST(ParseExpressionTest, BindsAsCelDoes) {
  EXPECT_EQ(Parsed("a || b && c || d"), "(|| a (&& b c) d)");
  EXPECT_EQ(Parsed("!a && b == c"), "(&& (! a) (== b c))");
  EXPECT_EQ(Parsed("a + b * 2 - c > d"), "(> (- (+ a (* b 2)) c) d)");
  EXPECT_EQ(Parsed("a ? b : c ? d : e"), "(? a b (? c d e))");
  EXPECT_EQ(Parsed("a || b ? c : d"), "(? (|| a b) c d)");
  EXPECT_EQ(Parsed("(a || b) && c"), "(&& (|| a b) c)");
  EXPECT_EQ(Parsed("'x' in y && z"), "(&& (in 'x' y) z)");
  EXPECT_EQ(Parsed("!!a"), "(! (! a))");
  EXPECT_EQ(Parsed("- -a"), "(neg (neg a))");
}

TEST(ParseExpressionTest, ReadsNamesCallsAndLists) {
  EXPECT_EQ(Parsed("em.bladder"), "em.bladder");
  EXPECT_EQ(Parsed("em . bladder"), "em.bladder");
  EXPECT_EQ(Parsed("has(score.mood)"), "(has score.mood)");
  EXPECT_EQ(Parsed("size(a.b) > 1"), "(> (size a.b) 1)");
  EXPECT_EQ(Parsed("a in []"), "(in a (list))");
  EXPECT_EQ(Parsed("a in ['x', 'y',]"), "(in a (list 'x' 'y'))");
  EXPECT_EQ(Parsed("true != false"), "(!= true false)");
}

TEST(ParseExpressionTest, TakesTheSignOfAnIntIntoIt) {
  EXPECT_EQ(Parsed("-9223372036854775808"), "-9223372036854775808");
  EXPECT_EQ(Parsed("a -1"), "(- a 1)");
  EXPECT_EQ(Parsed("-1.5"), "(neg 1.5d)");
}

TEST(ParseExpressionTest, BoundsNestingAndNothingElse) {
  const auto nested = [](int depth) {
    return std::string(static_cast<std::size_t>(depth), '(') + "a" +
           std::string(static_cast<std::size_t>(depth), ')');
  };
  EXPECT_EQ(Parsed(nested(63)), "a");
  EXPECT_EQ(Parsed(nested(64)),
            "nested more than 64 deep; name a part of it as a definition");
  EXPECT_EQ(Parsed(nested(8000)),
            "nested more than 64 deep; name a part of it as a definition");
  EXPECT_EQ(Parsed(std::string(10000, '!') + "a"),
            "nested more than 64 deep; name a part of it as a definition");
  std::string chain = "a";
  for (int i = 0; i < 3000; ++i) chain += "+ a";
  EXPECT_THAT(ParseExpression(chain).faults, IsEmpty());
}

TEST(ParseExpressionTest, RemembersBytes) {
  const ParseResult result = ParseExpression("a.b == 'x'");
  ASSERT_EQ(result.nodes.size(), 3u);
  EXPECT_EQ(result.nodes[0].begin, 0);
  EXPECT_EQ(result.nodes[0].end, 3);
  EXPECT_EQ(result.nodes[1].begin, 7);
  EXPECT_EQ(result.nodes[2].end, 10);
}

struct FaultCase {
  std::string name;
  std::string text;
  int offset;
  std::string message;
};

class ParseExpressionFaultTest : public testing::TestWithParam<FaultCase> {};

TEST_P(ParseExpressionFaultTest, IsExplained) {
  const ParseResult result = ParseExpression(GetParam().text);
  EXPECT_THAT(result.faults, ElementsAre(ExpressionFault{GetParam().offset,
                                                         GetParam().message}));
  EXPECT_THAT(result.nodes, IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(
    Text, ParseExpressionFaultTest,
    testing::ValuesIn<FaultCase>({
        {"Empty", "", 0,
         "the expression is empty; write true for what always holds"},
        {"OnlyBlanks", " // none", 8,
         "the expression is empty; write true for what always holds"},
        {"EndsEarly", "a &&", 4, "expected a value, found the end"},
        {"OperatorTwice", "a && || b", 5, "expected a value, found '||'"},
        {"OpenParenthesis", "(a", 2,
         "expected ')' to close '(', found the end"},
        {"OpenList", "a in [1, 2", 10,
         "expected ']' to close '[', found the end"},
        {"ExtraParenthesis", "a)", 1, "nothing opens this ')'; take it away"},
        {"TwoValues", "a b", 2,
         "expected an operator, such as && or ==, before 'b'"},
        {"TwoStrings", "a 'b'", 2,
         "expected an operator, such as && or ==, before 'b'"},
        {"PrefixedString", "a == yes'b'", 8,
         "expected an operator, such as && or ==, before 'b'"},
        {"ColonAlone", "a : b", 2, "expected the end, found ':'"},
        {"WordIs", "a is 'b'", 2, "'is' is not an operator; write '=='"},
        {"WordElse", "a ? b else c", 6, "'else' is not an operator; write ':'"},
        {"WordIf", "if a then b", 0,
         "no 'if'; write condition ? value : other"},
        {"WordInParentheses", "(a AND b)", 3,
         "'AND' is not an operator; write '&&'"},
        {"NotIn", "'a' not in b", 4,
         "'not' is not an operator; write !(x in list) for 'x not in list'"},
        {"WordAnd", "a and b", 2, "'and' is not an operator; write '&&'"},
        {"WordOr", "a or b", 2, "'or' is not an operator; write '||'"},
        {"WordNot", "not a", 0, "'not' is not an operator; write '!'"},
        {"NoColon", "a ? b", 5,
         "expected ':' between the values of '?', found the end"},
        {"ChainedComparison", "10 <= a < 18", 8,
         "comparisons do not chain; write 'a <= x && x <= b', or put one in "
         "parentheses"},
        {"Division", "a / 2 > 1", 2,
         "no '/': multiply the other side of the comparison instead"},
        {"Remainder", "a % 2 == 1", 2,
         "no '%': there are no remainders; ask for what you need in an item of "
         "its own"},
        {"Index", "a[0]", 1,
         "no indexing: ask whether a set holds a code with 'in', as in "
         "\"none\" in x"},
        {"FieldOfValue", "(a).b", 3,
         "only names have dots, as in em.bladder: a value has no fields and no "
         "methods"},
        {"LeadingDot", ".a", 0, "a name does not begin with '.'; take it away"},
        {"DotWithoutName", "a.1", 1,
         "a word of a name begins with a letter, found '.1'"},
        {"DotBeforeOperator", "a.+", 2, "expected a name after '.', found '+'"},
        {"DotBeforeKeyword", "a.in", 2,
         "expected a name after '.', found 'in', a word that CEL keeps for "
         "itself"},
        {"Keyword", "a == while", 5,
         "expected a value, found 'while', a word that CEL keeps for itself"},
        {"Null", "a == null", 5,
         "no null: ask whether an item is answered with has()"},
        {"Map", "{'a': 1}", 0,
         "no maps: the values are bool, int, double, string and lists of them"},
        {"Message", "Foo{}", 3,
         "no messages: the values are bool, int, double, string and lists of "
         "them"},
        {"Macro", "a.exists(x, x == 1)", 0,
         "no macro 'exists': write the comparisons out with && and ||"},
        {"RegularExpression", "a.matches('x')", 0,
         "no text function 'matches': compare with option codes by == or in"},
        {"Conversion", "int(a) > 1", 0,
         "no conversion 'int()': comparisons may mix int and double; write the "
         "literal in the type needed, 1 or 1.0"},
        {"OtherFunction", "duration('1s')", 0,
         "no function 'duration': the functions are has() and size()"},
        {"SizeAsMethod", "a.b.size() > 1", 0,
         "there are no methods; write size(a.b)"},
        {"MistypedFunction", "sise(a.b) > 1", 0,
         "no function 'sise': the functions are has() and size(); did you mean "
         "'size'?"},
        {"FunctionOfOthers", "exists(a.b)", 0,
         "no function 'exists': the functions are has() and size(); did you "
         "mean 'has'?"},
        {"TwoArguments", "has(a.b, c.d)", 7,
         "expected ')' after the one argument of has(), found ','"},
        {"HasOfNothing", "has()", 4,
         "has() takes one argument, as in has(pain.now)"},
        {"SizeOfNothing", "size()", 5,
         "size() takes one argument, as in size(hx.conditions)"},
        {"LargeInt", "9223372036854775808", 0,
         "this number is too large; ints go from -9223372036854775808 to "
         "9223372036854775807"},
        {"LexicalFault", "a = b", 2,
         "'=' means nothing here; write '==' to compare"},
    }),
    [](const auto& instance) { return instance.param.name; });

}  // namespace
}  // namespace plumbline::pathway
