// With unknowns, a value that is decided holds under every completion; and
// where nothing is unknown, everything is decided.

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "common/pathway/evaluate.h"
#include "tests/common/pathway/completions.h"
#include "tests/common/pathway/expressions.h"
#include "tests/common/pathway/random_expression.h"

namespace plumbline::pathway {
namespace {

constexpr int kExpressions = 200;
constexpr int kIntakes = 8;
constexpr int kCompletions = 6;

// Random well-typed expressions, each a definition of the example.
std::shared_ptr<const CompiledPathway> PathwayWithExpressions(
    std::mt19937_64& random) {
  v1::Pathway message = ExampleMessage();
  for (int i = 0; i < kExpressions; ++i) {
    v1::Definition& definition = *message.add_definitions();
    definition.set_name(absl::StrCat("probe", i));
    definition.set_expression(RandomBool(random, 4));
    definition.set_rationale("A test.");
  }
  return CompileOrDie(message);
}

bool Within(double value, double minimum, double maximum) {
  return minimum <= value && value <= maximum;
}

class EvaluateSoundnessTest : public testing::TestWithParam<int> {};

TEST_P(EvaluateSoundnessTest, DecidedValuesHoldUnderEveryCompletion) {
  std::mt19937_64 random(static_cast<std::uint64_t>(GetParam()));
  const auto pathway = PathwayWithExpressions(random);
  ASSERT_NE(pathway, nullptr);
  int compared = 0;
  for (int i = 0; i < kIntakes; ++i) {
    const Intake partial = RandomPart(*pathway, random);
    const Evaluation before = Evaluate(*pathway, partial);
    for (int completion = 0; completion < kCompletions; ++completion) {
      const Intake complete = Completed(*pathway, partial, random);
      const Evaluation after = Evaluate(*pathway, complete);
      if (!IsLegal(complete, after)) continue;
      for (std::size_t d = 0; d < before.definitions.size(); ++d) {
        const Truth decided = ToTruth(before.definitions[d]);
        const Truth actual = ToTruth(after.definitions[d]);
        ASSERT_NE(actual, Truth::kUnknown)
            << pathway->definitions[d].expression.text << "\nseed "
            << GetParam();
        if (decided == Truth::kUnknown) continue;
        ++compared;
        ASSERT_EQ(decided, actual) << pathway->definitions[d].expression.text
                                   << "\nseed " << GetParam();
      }
      if (after.scores[0].present == Truth::kTrue &&
          before.scores[0].present != Truth::kFalse) {
        EXPECT_TRUE(Within(after.scores[0].minimum, before.scores[0].minimum,
                           before.scores[0].maximum));
      }
    }
  }
  EXPECT_GT(compared, 1000);
}

TEST_P(EvaluateSoundnessTest, UnknownItemsStandBehindWhatIsUndecided) {
  std::mt19937_64 random(static_cast<std::uint64_t>(GetParam()));
  const auto pathway = PathwayWithExpressions(random);
  ASSERT_NE(pathway, nullptr);
  for (int i = 0; i <= kIntakes; ++i) {
    const Intake intake =
        i == 0 ? Intake(pathway->items.size()) : RandomPart(*pathway, random);
    const Evaluation evaluation = Evaluate(*pathway, intake);
    for (std::size_t d = 0; d < pathway->definitions.size(); ++d) {
      const std::vector<int> behind = UnknownItemsBehind(
          *pathway, intake, evaluation, pathway->definitions[d].expression);
      const bool decided = IsDecided(evaluation.definitions[d]);
      EXPECT_EQ(behind.empty(), decided)
          << pathway->definitions[d].expression.text;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, EvaluateSoundnessTest, testing::Range(1, 5));

}  // namespace
}  // namespace plumbline::pathway
