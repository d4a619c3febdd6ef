// With unknowns, a value that is decided holds under every completion; and
// where nothing is unknown, everything is decided.

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <utility>
#include <vector>

#include "common/pathway/evaluate.h"
#include "tests/common/pathway/completions.h"
#include "tests/common/pathway/expression_scope.h"
#include "tests/common/pathway/random_expression.h"
#include "tests/common/pathway/wide_pathway.h"

namespace plumbline::pathway {
namespace {

constexpr std::size_t kExpressions = 200;
constexpr int kIntakes = 24;
constexpr int kCompletions = 6;

// Random bools, none of them ever an error.
std::vector<Expression> ExpressionsOver(const CompiledPathway& pathway,
                                        std::mt19937_64& random) {
  ExpressionScope scope(pathway);
  RandomExpressions texts(pathway, RandomExpressions::Guards::kAlways, random);
  std::vector<Expression> expressions;
  while (expressions.size() < kExpressions) {
    CheckResult checked = scope.Check(texts.Bool(4));
    if (!checked.faults.empty()) continue;
    expressions.push_back(std::move(checked.expression));
  }
  return expressions;
}

bool Within(double value, double minimum, double maximum) {
  return minimum <= value && value <= maximum;
}

class EvaluateSoundnessTest : public testing::TestWithParam<int> {};

TEST_P(EvaluateSoundnessTest, DecidedValuesHoldUnderEveryCompletion) {
  std::mt19937_64 random(static_cast<std::uint64_t>(GetParam()));
  const auto pathway = WidePathway().pathway;
  ASSERT_NE(pathway, nullptr);
  const std::vector<Expression> expressions = ExpressionsOver(*pathway, random);
  int compared = 0;
  for (int i = 0; i < kIntakes; ++i) {
    const Intake part = RandomPart(*pathway, random);
    const Evaluation before = Evaluate(*pathway, part);
    for (int completion = 0; completion < kCompletions; ++completion) {
      const Intake complete = Completed(*pathway, part, random);
      const Evaluation after = Evaluate(*pathway, complete);
      if (!IsLegal(complete, after)) continue;
      for (const Expression& expression : expressions) {
        SCOPED_TRACE(expression.text);
        const Truth decided =
            ToTruth(EvaluateExpression(expression, {*pathway, part, before}));
        const Truth actual = ToTruth(
            EvaluateExpression(expression, {*pathway, complete, after}));
        ASSERT_NE(actual, Truth::kUnknown) << "seed " << GetParam();
        if (decided == Truth::kUnknown) continue;
        ++compared;
        ASSERT_EQ(decided, actual) << "seed " << GetParam();
      }
      for (std::size_t s = 0; s < after.scores.size(); ++s) {
        const ScoreValue& score = before.scores[s];
        if (after.scores[s].present != Truth::kTrue) continue;
        EXPECT_TRUE(
            Within(after.scores[s].minimum, score.minimum, score.maximum));
      }
    }
  }
  EXPECT_GT(compared, 1000);
}

TEST_P(EvaluateSoundnessTest, UnknownItemsStandBehindWhatIsUndecided) {
  std::mt19937_64 random(static_cast<std::uint64_t>(GetParam()));
  const auto pathway = WidePathway().pathway;
  ASSERT_NE(pathway, nullptr);
  const std::vector<Expression> expressions = ExpressionsOver(*pathway, random);
  for (int i = 0; i <= kIntakes; ++i) {
    const Intake intake =
        i == 0 ? Intake(pathway->items.size()) : RandomPart(*pathway, random);
    const Evaluation evaluation = Evaluate(*pathway, intake);
    for (const Expression& expression : expressions) {
      const std::vector<int> behind =
          UnknownItemsBehind(*pathway, intake, evaluation, expression);
      const bool decided = IsDecided(
          EvaluateExpression(expression, {*pathway, intake, evaluation}));
      EXPECT_EQ(behind.empty(), decided) << expression.text;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, EvaluateSoundnessTest, testing::Range(1, 5));

}  // namespace
}  // namespace plumbline::pathway
