#include "common/pathway/check_expression.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "common/pathway/checked_tree.h"
#include "tests/common/pathway/expression_fault.h"
#include "tests/common/pathway/expressions.h"

namespace plumbline::pathway {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// The example pathway with what a text may read of it.
class CheckExpressionTest : public testing::Test {
 protected:
  CheckResult CheckCondition(const std::string& text) {
    return Check(text, {.is_condition = true});
  }
  CheckResult CheckInvariant(const std::string& text) {
    return Check(text, {.reads_outcome = true, .is_condition = true});
  }
  CheckResult CheckDefinition(const std::string& text) {
    return Check(text, {.is_condition = false});
  }

 private:
  struct Reads {
    bool reads_outcome = false;
    bool is_condition = true;
  };

  CheckResult Check(const std::string& text, const Reads& use) {
    return CheckExpression(text, {.pathway = *pathway_,
                                  .definitions = definitions_,
                                  .scores = scores_,
                                  .conditional = conditional_,
                                  .faulty = faulty_,
                                  .suggestions = suggestions_,
                                  .definitions_end = 1,
                                  .reads_outcome = use.reads_outcome,
                                  .is_condition = use.is_condition});
  }

  Suggestions suggestions_;
  // In the order of the items: `later` and `self` stand for definitions that
  // may not be read.
  const std::shared_ptr<const CompiledPathway> pathway_ = ExamplePathway();
  const absl::flat_hash_map<std::string, int> definitions_ = {
      {"lasting", 0}, {"self", 1}, {"later", 2}};
  const absl::flat_hash_map<std::string, int> scores_ = {{"mood", 0}};
  const std::vector<bool> conditional_ = {false, false, false, true, false,
                                          false, false, true,  true, true};
  const std::vector<bool> faulty_ = std::vector<bool>(10, false);
};

TEST_F(CheckExpressionTest, AcceptsTheLanguage) {
  for (const char* text : {
           "em.bone == 'yes'",
           "'yes' == em.bone",
           "em.bone in ['no', 'yes']",
           "em.bone in []",
           "em.cold",
           "em.cold == true && !(em.cold != false)",
           "pt.age >= 60 || pain.days < 2.5",
           "pt.age >= 60.5",
           "pain.days > 2",
           "pt.age + 1 > 20 && pain.days * 2.0 - 1.0 > -1.0",
           "-pt.age < 0 && -pain.days <= 0.0",
           "'nsaid' in med.taken && size(med.taken) >= 2",
           "has(pt.pregnant) && pt.pregnant == 'yes'",
           "!has(pt.pregnant) || pt.pregnant == 'no'",
           "has(pt.pregnant) ? pt.pregnant == 'yes' : false",
           "has(score.mood) && score.mood >= 3",
           "lasting",
           "(em.cold ? 1 : 2) == 1",
           "(em.cold ? em.bone : 'yes') == 'no'",
           "pt.age in [1, 2, 3]",
           "pt.age in [-(-1), 2]",
           "1 < 2 && 1 == 1.0 && 'a' == 'b'",
           "9007199254740992 == 9007199254740992.0",
           "-9007199254740992 < 1e300 && 9007199254740993 > 1",
       }) {
    EXPECT_THAT(CheckCondition(text).faults, IsEmpty()) << text;
  }
}

TEST_F(CheckExpressionTest, LetsInvariantsReadTheOutcome) {
  for (const char* text : {
           "disposition == 'EMERGENCY_NOW'",
           "disposition_rank >= 4",
           "'OPEN_BREAK' in flags && size(flags) > 0",
       }) {
    EXPECT_THAT(CheckInvariant(text).faults, IsEmpty()) << text;
  }
}

TEST_F(CheckExpressionTest, KnowsRangesOfDefinitions) {
  const CheckResult sum = CheckDefinition("pt.age * 2 - pain.now");
  ASSERT_THAT(sum.faults, IsEmpty());
  EXPECT_EQ(sum.expression.tree->result.type, Type::kInt);
  EXPECT_EQ(sum.expression.tree->result.ints, (IntInterval{-10, 240}));
  const CheckResult choice = CheckDefinition("em.cold ? em.bone : 'other'");
  ASSERT_THAT(choice.faults, IsEmpty());
  EXPECT_THAT(choice.expression.tree->result.texts,
              ElementsAre("no", "yes", "other"));
}

TEST_F(CheckExpressionTest, ListsTheItemsRead) {
  EXPECT_THAT(CheckCondition("pt.age > 3 && (em.cold || pt.age < 2)")
                  .expression.items_read,
              ElementsAre(1, 2));
  EXPECT_THAT(
      CheckCondition("lasting && has(score.mood)").expression.items_read,
      ElementsAre(6, 7, 8));
  EXPECT_THAT(CheckCondition("size(med.taken) > 1 || has(pt.pregnant)")
                  .expression.items_read,
              ElementsAre(3, 4));
}

TEST_F(CheckExpressionTest, ReportsAllFaultsInTheirOrder) {
  EXPECT_THAT(
      CheckCondition("em.bone == 'maybe' || pt.aeg > 3 || pain.now > 11")
          .faults,
      ElementsAre(
          ExpressionFault{11,
                          "'em.bone' has no option 'maybe'; there are no, yes"},
          ExpressionFault{22, "no item 'pt.aeg'; did you mean 'pt.age'?"},
          ExpressionFault{47,
                          "'11' is outside the range of 'pain.now', 0 to 10"}));
}

// A choice among 2^depth strings.
std::string ChoiceAmong(int depth, int& next) {
  if (depth == 0) return absl::StrCat("'s", next++, "'");
  const std::string left = ChoiceAmong(depth - 1, next);
  const std::string right = ChoiceAmong(depth - 1, next);
  return absl::StrCat("(em.cold ? ", left, " : ", right, ")");
}

TEST_F(CheckExpressionTest, BoundsTheStringsOfOneExpression) {
  int next = 0;
  EXPECT_THAT(CheckDefinition(ChoiceAmong(8, next)).faults, IsEmpty());
  EXPECT_THAT(
      CheckDefinition(ChoiceAmong(9, next)).faults,
      ElementsAre(ExpressionFault{1,
                                  "'?' chooses among more than 256 strings; "
                                  "compare each where it is read"}));
}

enum class Use { kCondition, kInvariant, kDefinition };

struct FaultCase {
  std::string name;
  std::string text;
  int offset;
  std::string message;
  Use use = Use::kCondition;
};

class CheckExpressionFaultTest : public CheckExpressionTest,
                                 public testing::WithParamInterface<FaultCase> {
 protected:
  CheckResult Check() {
    switch (GetParam().use) {
      case Use::kCondition:
        return CheckCondition(GetParam().text);
      case Use::kInvariant:
        return CheckInvariant(GetParam().text);
      case Use::kDefinition:
        return CheckDefinition(GetParam().text);
    }
    return {};
  }
};

TEST_P(CheckExpressionFaultTest, IsExplained) {
  const CheckResult result = Check();
  EXPECT_THAT(result.faults, ElementsAre(ExpressionFault{GetParam().offset,
                                                         GetParam().message}));
  EXPECT_EQ(result.expression.tree, nullptr);
}

INSTANTIATE_TEST_SUITE_P(
    Names, CheckExpressionFaultTest,
    testing::ValuesIn<FaultCase>({
        {"UnknownItem", "em.bon == 'yes'", 0,
         "no item 'em.bon'; did you mean 'em.bone'?"},
        {"UnknownDefinition", "lastin", 0,
         "no definition 'lastin'; did you mean 'lasting'?"},
        {"NothingNear", "zzzzzzzz", 0,
         "no definition 'zzzzzzzz'; definitions are in scores.txtpb, and text "
         "stands in quotes"},
        {"NothingNearWithDots", "qq.zzzzzz", 0,
         "no item 'qq.zzzzzz'; items are in questionnaire.txtpb"},
        {"LastWordOfItem", "bone == 'yes'", 0,
         "no definition 'bone'; did you mean 'em.bone'?"},
        {"CapitalTrue", "em.cold == True", 11,
         "no definition 'True'; write true"},
        {"MistypedOutcome", "dispositon == 'ROUTINE'", 0,
         "no definition 'dispositon'; did you mean 'disposition'?",
         Use::kInvariant},
        {"MistypedScore", "has(scores.mood)", 4,
         "no item 'scores.mood'; did you mean 'score.mood'?"},
        {"OtherScore", "has(score.zzzzzz)", 4,
         "no score 'zzzzzz'; there are mood"},
        {"UnknownScore", "has(score.mod)", 4,
         "no score 'mod'; did you mean 'mood'?"},
        {"ScoreAlone", "score > 1", 0,
         "'score' alone has no value; write score.<name>"},
        {"FieldOfItem", "em.bone.x == 1", 0,
         "no item 'em.bone.x'; did you mean 'em.bone'?"},
        {"OptionWithoutQuotes", "em.bone == yes", 11,
         "no definition 'yes'; an option stands in quotes: \"yes\""},
        {"LaterDefinition", "later", 0,
         "definition 'later' stands later; move it up, above what reads it"},
        {"ItselfAsDefinition", "self", 0,
         "definition 'self' cannot read itself; write out what it is"},
        {"Outcome", "disposition == 'ROUTINE'", 0,
         "only invariants read 'disposition': here nothing is decided yet; "
         "read answers, definitions and scores"},
        {"Flags", "'HARM' in flags", 10,
         "only invariants read 'flags': here nothing is decided yet; read "
         "answers, definitions and scores"},
        {"HasOfDefinition", "has(lasting)", 4,
         "has() takes a link id or score.<name>; anything else always has a "
         "value"},
        {"HasOfValue", "has(1)", 4,
         "has() takes a link id or score.<name>; anything else always has a "
         "value"},
        {"HasOfUnknownItem", "has(em.bon)", 4,
         "no item 'em.bon'; did you mean 'em.bone'?"},
        {"UnknownDisposition", "disposition == 'EMERGENCY'", 15,
         "'disposition' is never 'EMERGENCY'; there are SELF_CARE, ROUTINE, "
         "WITHIN_DAYS, SAME_DAY, EMERGENCY_NOW",
         Use::kInvariant},
        {"UnknownFlag", "'OPEN_BRAEK' in flags", 0,
         "no rule or policy raises the flag 'OPEN_BRAEK'; did you mean "
         "'OPEN_BREAK'?",
         Use::kInvariant},
        {"FlagByExpression", "disposition in flags", 0,
         "a flag is asked for by its name: \"FLAG\" in flags", Use::kInvariant},
    }),
    [](const auto& instance) { return instance.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Types, CheckExpressionFaultTest,
    testing::ValuesIn<FaultCase>({
        {"NumberAsCondition", "pt.age", 0,
         "a condition is a bool; 'pt.age' is an int; compare it: pt.age > 0"},
        {"ChoiceAsCondition", "em.bone", 0,
         "a condition is a bool; 'em.bone' is a string; compare it: em.bone == "
         "\"no\""},
        {"SetAsCondition", "med.taken", 0,
         "a condition is a bool; 'med.taken' is a set; ask for an option: "
         "\"none\" in med.taken"},
        {"SumAsCondition", "pt.age + 1", 0,
         "a condition is a bool; the result of '+' is an int; compare it with "
         "something"},
        {"FlagsAsCondition", "flags", 0,
         "a condition is a bool; 'flags' is a set; ask for a flag: \"FLAG\" in "
         "flags",
         Use::kInvariant},
        {"TextAsCondition", "em.cold || 'yes'", 11,
         "'||' takes bools; 'yes' is a string; compare it with something"},
        {"SetAsDefinition", "med.taken", 0,
         "a definition is a bool, a number or a string; 'med.taken' is a set; "
         "ask for an option: \"none\" in med.taken",
         Use::kDefinition},
        {"ListAsDefinition", "[1]", 0,
         "a definition is a bool, a number or a string; [1] is a list; ask "
         "what it holds: x in [1]",
         Use::kDefinition},
        {"AndOfChoice", "em.cold && em.bone", 11,
         "'&&' takes bools; 'em.bone' is a string; compare it: em.bone == "
         "\"no\""},
        {"OrOfNumber", "pain.days || em.cold", 0,
         "'||' takes bools; 'pain.days' is a double; compare it: pain.days > "
         "0"},
        {"NotOfNumber", "!pt.age", 1,
         "'!' takes bools; 'pt.age' is an int; compare it: pt.age > 0"},
        {"MinusOfBool", "-em.cold > 1", 0,
         "'-' takes a number; 'em.cold' is a bool; write '!' for not"},
        {"MixedSum", "pt.age + pain.days > 1.0", 0,
         "'+' takes two ints or two doubles; 'pt.age' is an int, 'pain.days' "
         "is a double; an int and a double are compared, never calculated "
         "together"},
        {"IntForDouble", "pain.days + 1 > 2.0", 0,
         "'+' takes two ints or two doubles; 'pain.days' is a double, '1' is "
         "an "
         "int; write 1.0"},
        {"DoubleForInt", "2.0 * pt.age > 3", 0,
         "'*' takes two ints or two doubles; '2.0' is a double, 'pt.age' is an "
         "int; write 2"},
        {"FractionForInt", "pt.age * 2.5 > 3", 0,
         "'*' takes two ints or two doubles; 'pt.age' is an int, '2.5' is a "
         "double; an int and a double are compared, never calculated together"},
        {"BoolSum", "em.cold + em.cold > 1", 0,
         "'+' takes two ints or two doubles; 'em.cold' is a bool, 'em.cold' is "
         "a bool; bools are joined with && and ||"},
        {"SetSum", "med.taken + 1 > 1", 0,
         "'+' takes two ints or two doubles; 'med.taken' is a set, '1' is an "
         "int; ask for an option: \"none\" in med.taken"},
        {"TextSum", "em.bone + 'x' == 'nox'", 0,
         "'+' takes two ints or two doubles; 'em.bone' is a string, 'x' is a "
         "string; strings are compared, not joined"},
        {"EqualOfTypes", "pt.age == 'old'", 0,
         "'==' compares values of one type; 'pt.age' is an int, 'old' is a "
         "string; write a number without quotes"},
        {"YesForBool", "em.cold == 'yes'", 0,
         "'==' compares values of one type; 'em.cold' is a bool, 'yes' is a "
         "string; a bool is true or false"},
        {"NumberForCode", "em.bone == 1", 0,
         "'==' compares values of one type; 'em.bone' is a string, '1' is an "
         "int; compare it: em.bone == \"no\""},
        {"EqualOfSet", "med.taken == 'none'", 0,
         "'med.taken' is a set: a set is read with 'in' and size() only; ask "
         "for an option: \"none\" in med.taken"},
        {"EqualOfList", "em.bone == ['no']", 11,
         "['no'] is a list: a list stands on the right of 'in' only; ask what "
         "it holds: x in ['no']"},
        {"OrderOfChoice", "em.bone > 'no'", 0,
         "'>' compares numbers; 'em.bone' is a string; strings have no order: "
         "list those meant, as in em.bone in [\"no\"]"},
        {"OrderOfText", "'no' < em.bone", 0,
         "'<' compares numbers; 'no' is a string; strings have no order: "
         "compare with == or in"},
        {"OrderOfBool", "em.cold > false", 0,
         "'>' compares numbers; 'em.cold' is a bool; bools have no order: join "
         "them with && and ||"},
        {"OrderOfSet", "1 <= med.taken", 5,
         "'<=' compares numbers; 'med.taken' is a set; ask for an option: "
         "\"none\" in med.taken"},
        {"OrderOfDisposition", "disposition >= 'SAME_DAY'", 0,
         "'>=' compares numbers; 'disposition' is a string; compare "
         "disposition_rank",
         Use::kInvariant},
        {"SizeOfChoice", "size(em.bone) > 1", 5,
         "size() takes a set; 'em.bone' is a string; compare it: em.bone == "
         "\"no\""},
        {"InValue", "'no' in em.bone", 8,
         "'in' needs a list or a set on its right; 'em.bone' is a string; "
         "compare it: em.bone == \"no\""},
        {"SetInList", "med.taken in ['none']", 0,
         "'in' asks for one value in a list or a set; 'med.taken' is a set; "
         "ask "
         "for an option: \"none\" in med.taken"},
        {"NumberInSet", "1 in med.taken", 0,
         "'med.taken' holds option codes; '1' is an int; ask for an option: "
         "\"none\" in med.taken"},
        {"MixedNumbers", "pt.age in [1, 2.0]", 14,
         "a list holds one type; '1' is an int, '2.0' is a double; write 2"},
        {"MixedList", "pt.age in [1, 'a']", 14,
         "a list holds one type; '1' is an int, 'a' is a string; write all of "
         "one type"},
        {"ListOfNames", "pt.age in [pain.now]", 11,
         "a list holds literals, and 'pain.now' is none; compare with it by "
         "=="},
        {"ConditionalOnNumber", "pt.age ? em.cold : true", 0,
         "'?' asks a bool; 'pt.age' is an int; compare it: pt.age > 0"},
        {"ConditionalOfTypes", "(em.cold ? 1 : 2.0) > 1", 1,
         "'?' needs two values of one type; '1' is an int, '2.0' is a double; "
         "write 2"},
        {"ConditionalOfSets", "'none' in (em.cold ? med.taken : med.taken)", 21,
         "'?' chooses between single values; 'med.taken' is a set; ask for an "
         "option: \"none\" in med.taken"},
    }),
    [](const auto& instance) { return instance.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Values, CheckExpressionFaultTest,
    testing::ValuesIn<FaultCase>({
        {"UnknownOption", "em.bone == 'yess'", 11,
         "'em.bone' has no option 'yess'; did you mean 'yes'?"},
        {"OptionOverLines", "em.bone == '''no\nway'''", 11,
         "'em.bone' has no option 'no\\nway'; there are no, yes"},
        {"StringOverLines", "pt.age == '''no\nway'''", 0,
         "'==' compares values of one type; 'pt.age' is an int, '''no\\nway''' "
         "is a string; write a number without quotes"},
        {"UnknownOptionInList", "em.bone in ['no', 'yess']", 18,
         "'em.bone' has no option 'yess'; did you mean 'yes'?"},
        {"UnknownOptionInSet", "'nsaids' in med.taken", 0,
         "'med.taken' has no option 'nsaids'; did you mean 'nsaid'?"},
        {"OptionThatMeansUnknown", "em.bone == 'unsure'", 11,
         "option 'unsure' of 'em.bone' means unknown: no comparison with it is "
         "ever true; say what unknown does in 'if_unknown' or 'on_unknown'"},
        {"OptionOfNeither", "(em.cold ? em.bone : 'a') == 'b'", 29,
         "the result of '?' is never 'b'; did you mean 'a'?"},
        {"NoOptionInCommon", "em.bone == (em.cold ? 'a' : 'b')", 0,
         "'em.bone' and the result of '?' have no option in common, so that "
         "they are never equal"},
        {"BoundAbove", "pt.age >= 130", 10,
         "'130' is outside the range of 'pt.age', 0 to 120"},
        {"BoundBelow", "-1 < pt.age", 0,
         "'-1' is outside the range of 'pt.age', 0 to 120"},
        {"BoundOfDecimal", "pain.days == 100.5", 13,
         "'100.5' is outside the range of 'pain.days', 0 to 100"},
        {"BoundInList", "pt.age in [10, 200]", 15,
         "'200' is outside the range of 'pt.age', 0 to 120"},
        {"BoundOfScore", "has(score.mood) && score.mood > 7", 32,
         "'7' is outside the range of 'score.mood', 0 to 6"},
        {"BoundOfSize", "size(med.taken) == 3", 19,
         "'3' is outside the range of 'size(med.taken)', 1 to 2"},
        {"BoundOfRank", "disposition_rank > 5.5", 19,
         "'5.5' is outside the range of 'disposition_rank', 1 to 5",
         Use::kInvariant},
        {"IntOverflow", "pt.age * 9223372036854775807 > 0", 0,
         "the result of '*' can leave the 64-bit integers; calculate with "
         "smaller numbers"},
        {"IntOverflowOfSign", "-(-9223372036854775808) > 0", 0,
         "the result of '-' can leave the 64-bit integers; calculate with "
         "smaller numbers"},
        {"DoubleOverflow", "pain.days * 1e308 > 0.0", 0,
         "the result of '*' can leave the finite doubles; calculate with "
         "smaller numbers"},
        {"LargeIntAgainstDouble", "9007199254740993 > 9007199254740992.0", 0,
         "'9007199254740993' goes beyond 2^53, where not every CEL compares an "
         "int with a double alike; compare it with an int"},
        {"LargeIntInDoubles", "em.cold || pain.now * -900719925474100 in [1.0]",
         11,
         "the result of '*' goes beyond 2^53, where not every CEL compares an "
         "int with a double alike; compare it with an int"},
        {"UnguardedItem", "pt.pregnant == 'yes'", 0,
         "'pt.pregnant' has no value where it is not asked; guard it: "
         "has(pt.pregnant) && ..."},
        {"UnguardedScore", "score.mood >= 3", 0,
         "'score.mood' has no value where it is not asked; guard it: "
         "has(score.mood) && ..."},
        {"UnguardedCondition", "pt.pregnant == 'yes' ? em.cold : true", 0,
         "'pt.pregnant' has no value where it is not asked; guard it: "
         "has(pt.pregnant) && ..."},
        {"SyntaxFault", "em.cold &&", 10, "expected a value, found the end"},
    }),
    [](const auto& instance) { return instance.param.name; });

}  // namespace
}  // namespace plumbline::pathway
