#include "common/pathway/evaluate_expression.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/common/pathway/expressions.h"

namespace plumbline::pathway {
namespace {

// Everything is answered but `pt.pregnant` (absent) and those left out here.
constexpr char kAnswers[] = R"(
  answers { link_id: "em.bone" code: "yes" }
  answers { link_id: "em.cold" boolean: true }
  answers { link_id: "pt.age" integer: 70 }
  answers { link_id: "med.taken" codes { codes: "nsaid" codes: "opioid" } }
  answers { link_id: "pain.days" decimal: 2.5 }
  answers { link_id: "mood.interest" integer: 1 })";

struct ValueCase {
  std::string name;
  std::string expression;
  std::string value;
};

// Over kAnswers: `pain.now` and `mood.low` are unknown.
class EvaluateExpressionTest : public testing::TestWithParam<ValueCase> {};

TEST_P(EvaluateExpressionTest, Gives) {
  EXPECT_EQ(ValueOver(GetParam().expression, kAnswers), GetParam().value);
}

INSTANTIATE_TEST_SUITE_P(
    Known, EvaluateExpressionTest,
    testing::ValuesIn<ValueCase>({
        {"Choice", "em.bone == 'yes'", "true"},
        {"OtherChoice", "em.bone == 'no'", "false"},
        {"NotEqual", "em.bone != 'no'", "true"},
        {"ChoiceItself", "em.bone", "'yes'"},
        {"ChoiceInList", "em.bone in ['no', 'yes']", "true"},
        {"ChoiceInEmptyList", "em.bone in []", "false"},
        {"Bool", "em.cold", "true"},
        {"BoolEqual", "em.cold == false", "false"},
        {"Not", "!em.cold", "false"},
        {"Int", "pt.age", "70"},
        {"Decimal", "pain.days", "2.5"},
        {"IntAgainstDouble", "pt.age > 69.5", "true"},
        {"DoubleAgainstInt", "pain.days < 3", "true"},
        {"IntEqualsDouble", "pt.age == 70.0", "true"},
        {"NumberInList", "pt.age in [69, 70]", "true"},
        {"IntInDoubles", "pt.age in [70.0]", "true"},
        {"LessEqual", "pt.age <= 70", "true"},
        {"Less", "pt.age < 70", "false"},
        {"GreaterEqual", "pt.age >= 71", "false"},
        {"Greater", "pt.age > 69", "true"},
        {"Sum", "pt.age + 2 * 3 - 1", "75"},
        {"SumOfDoubles", "pain.days * 2.0 - 0.5", "4.5"},
        {"Minus", "-pt.age", "-70"},
        {"MinusDouble", "-pain.days", "-2.5"},
        {"InSet", "'nsaid' in med.taken", "true"},
        {"NotInSet", "'none' in med.taken", "false"},
        {"ValueInSet", "em.bone in ['yes'] && size(med.taken) == 2", "true"},
        {"Size", "size(med.taken)", "2"},
        {"Has", "has(em.bone)", "true"},
        {"Conditional", "em.cold ? 1 : 2", "1"},
        {"OtherBranch", "!em.cold ? 1 : 2", "2"},
        {"Definition", "lasting", "true"},
        {"BelowTwoTo53", "9007199254740991 < 9007199254740992.0", "true"},
        {"AtTwoTo53", "9007199254740992 == 9007199254740992.0", "true"},
        {"BeyondTwoTo53", "9007199254740993 > 9007199254740992", "true"},
        {"NegativeZero", "-0.0 == 0.0 && !(-0.0 < 0.0)", "true"},
        {"Escapes", R"('\u00e9' == 'é' && '\x41' == "A")", "true"},
        {"Precedence", "true || false && false", "true"},
    }),
    [](const auto& instance) { return instance.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Unknown, EvaluateExpressionTest,
    testing::ValuesIn<ValueCase>({
        {"NumberIsItsRange", "pain.now", "0 to 10"},
        {"WholeRangeTrue", "pain.now >= 0", "true"},
        {"WholeRangeFalse", "pain.now > 10", "false"},
        {"PartOfRange", "pain.now >= 7", "unknown"},
        {"EqualToPart", "pain.now == 3", "unknown"},
        {"NotEqualToPart", "pain.now != 3", "unknown"},
        {"SumIsRange", "pain.now + 5", "5 to 15"},
        {"ProductIsRange", "pain.now * -2", "-20 to 0"},
        {"DifferenceOfItself", "pain.now - pain.now", "-10 to 10"},
        {"EqualToItself", "pain.now == pain.now", "unknown"},
        {"SumDecides", "pain.now + pt.age > 69", "true"},
        {"Disjoint", "pain.now + 20 == pain.now", "false"},
        {"InsideList", "pain.now in [1, 2]", "unknown"},
        {"RangeInEmptyList", "pain.now in []", "false"},
        {"AndFalse", "pain.now >= 7 && false", "false"},
        {"AndTrue", "true && pain.now >= 7", "unknown"},
        {"OrTrue", "pain.now >= 7 || true", "true"},
        {"OrFalse", "false || pain.now >= 7", "unknown"},
        {"NotUnknown", "!(pain.now >= 7)", "unknown"},
        {"ConditionUnknown", "pain.now >= 7 ? 1 : 1", "unknown"},
        {"SumOfUnknownCondition", "(pain.now >= 7 ? 1 : 1) + 1", "unknown"},
        {"BranchUnknown", "em.cold ? pain.now : 3", "0 to 10"},
        {"OtherBranchUnknown", "em.cold ? 3 : pain.now", "3"},
        {"Has", "has(pain.now)", "unknown"},
        {"Score", "has(score.mood) ? score.mood : 0", "1 to 4"},
        {"ScoreDecides", "has(score.mood) && score.mood >= 1", "true"},
        {"ScoreUndecided", "has(score.mood) && score.mood >= 3", "unknown"},
        {"HasScore", "has(score.mood)", "true"},
    }),
    [](const auto& instance) { return instance.param.name; });

// The age of 70 leaves `pt.pregnant` absent; reading it is CEL's error, which
// `&&` and `||` absorb.
INSTANTIATE_TEST_SUITE_P(
    Absent, EvaluateExpressionTest,
    testing::ValuesIn<ValueCase>({
        {"Has", "has(pt.pregnant)", "false"},
        {"GuardBefore", "has(pt.pregnant) && pt.pregnant == 'yes'", "false"},
        {"GuardAfter", "pt.pregnant == 'yes' && has(pt.pregnant)", "false"},
        {"GuardByOr", "!has(pt.pregnant) || pt.pregnant == 'yes'", "true"},
        {"GuardByConditional",
         "has(pt.pregnant) ? pt.pregnant == 'yes' : false", "false"},
        {"NotAbsorbed", "em.cold && pt.pregnant == 'yes'", "unknown"},
        {"NotAbsorbedByNot", "!(em.cold && pt.pregnant != 'yes')", "unknown"},
        {"ChosenBranch", "em.cold ? pt.pregnant == 'yes' : true", "unknown"},
        {"InEmptyList", "em.cold && pt.pregnant in []", "unknown"},
    }),
    [](const auto& instance) { return instance.param.name; });

// A child is not asked for its mood. What is absent is no number of its range.
TEST(EvaluateAbsentNumberTest, IsUnknown) {
  constexpr char kChild[] = R"(
    answers { link_id: 'em.cold' boolean: true }
    answers { link_id: 'pt.age' integer: 8 })";
  EXPECT_EQ(ValueOver("em.cold && mood.low * 0 == 0", kChild), "unknown");
  EXPECT_EQ(ValueOver("em.cold && score.mood * 0 == 0", kChild), "unknown");
  EXPECT_EQ(ValueOver("has(mood.low)", kChild), "false");
  EXPECT_EQ(ValueOver("has(score.mood)", kChild), "false");
}

// Nothing is answered: who is asked `pt.pregnant` and the moods is unknown.
class EvaluateNothingTest : public testing::TestWithParam<ValueCase> {};

TEST_P(EvaluateNothingTest, Gives) {
  EXPECT_EQ(ValueOver(GetParam().expression, ""), GetParam().value);
}

INSTANTIATE_TEST_SUITE_P(
    Expressions, EvaluateNothingTest,
    testing::ValuesIn<ValueCase>({
        {"Choice", "em.bone == 'yes'", "unknown"},
        {"ChoiceInAllOptions", "em.bone in ['no', 'yes']", "unknown"},
        {"ChoiceEqualsItself", "em.bone == em.bone", "unknown"},
        {"Bool", "em.cold", "unknown"},
        {"InSet", "'none' in med.taken", "unknown"},
        {"SizeIsLegal", "size(med.taken)", "1 to 2"},
        {"SizeDecides", "size(med.taken) + 1 > 2 - 1", "true"},
        {"HasPossible", "has(pt.pregnant)", "unknown"},
        {"HasPossibleScore", "has(score.mood)", "unknown"},
        {"PossibleScore", "has(score.mood) ? score.mood : 0", "unknown"},
        {"PossibleScoreRange", "!has(score.mood) || score.mood >= 0", "true"},
        {"ExcludedMiddle", "em.cold || !em.cold", "unknown"},
    }),
    [](const auto& instance) { return instance.param.name; });

TEST(EvaluateExpressionOutcomeTest, InvariantsReadDispositionAndFlags) {
  v1::Pathway message = ExampleMessage();
  const std::vector<std::string> expressions = {
      "disposition == 'SAME_DAY'", "disposition_rank == 4",
      "'HARM' in flags",           "'MOOD' in flags",
      "size(flags) == 1",          "disposition in ['ROUTINE']"};
  message.clear_invariants();
  for (const std::string& expression : expressions) {
    v1::Invariant& invariant = *message.add_invariants();
    invariant.set_invariant_id(absl::StrCat("i", message.invariants_size()));
    invariant.set_expression(expression);
    invariant.set_rationale("A test.");
    invariant.add_sources("book");
  }
  const std::shared_ptr<const CompiledPathway> pathway = CompileOrDie(message);
  const CheckedAnswers answers = CheckText(*pathway, kNothingApplies);
  Outcome outcome = {Disposition::kSameDay};
  for (const std::string& flag : pathway->flags) {
    outcome.flags.push_back(flag == "HARM");
  }
  std::vector<Truth> truths;
  for (const Invariant& invariant : pathway->invariants) {
    truths.push_back(EvaluateInvariant(*pathway, answers.intake,
                                       answers.evaluation, outcome, invariant));
  }
  EXPECT_EQ(truths,
            (std::vector<Truth>{Truth::kTrue, Truth::kTrue, Truth::kTrue,
                                Truth::kFalse, Truth::kTrue, Truth::kFalse}));
}

TEST(EvaluateExpressionOutcomeTest, KnowsWhatIsDecided) {
  EXPECT_TRUE(IsDecided(true));
  EXPECT_TRUE(IsDecided(IntInterval{2, 2}));
  EXPECT_FALSE(IsDecided(IntInterval{2, 3}));
  EXPECT_FALSE(IsDecided(DoubleInterval{2, 3}));
  EXPECT_TRUE(IsDecided(absl::string_view("a")));
  EXPECT_FALSE(IsDecided(Unknown()));
  EXPECT_EQ(ToTruth(IntInterval{2, 2}), Truth::kUnknown);
  EXPECT_EQ(ToTruth(false), Truth::kFalse);
}

}  // namespace
}  // namespace plumbline::pathway
