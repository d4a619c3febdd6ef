// Expressions of every kind, and random ones, come to what the engine finds, on
// intakes known in full and in part.

#include "content-service/gate/encode_expression.h"

#include <gtest/gtest.h>

#include <functional>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "common/pathway/decide.h"
#include "tests/common/pathway/example_pathway.h"
#include "tests/common/pathway/expression_scope.h"
#include "tests/common/pathway/random_expression.h"
#include "tests/common/pathway/random_intake.h"
#include "tests/content-service/gate/formulas_at.h"
#include "tests/content-service/gate/narrow_pathway.h"

namespace plumbline::gate {
namespace {

using pathway::CompiledPathway;
using pathway::Expression;
using pathway::Intake;

// As the encoder makes them; it keeps them to itself.
struct Scales {
  explicit Scales(const CompiledPathway& pathway) {
    for (const pathway::Item& item : pathway.items) {
      items.push_back(
          item.type == pathway::ItemType::kDecimal
              ? std::make_shared<const Scale>([&item](std::int64_t place) {
                  return pathway::DecimalValue(item, place);
                })
              : nullptr);
    }
    for (const pathway::Score& score : pathway.scores) {
      scores.push_back(
          IsWhole(score.method)
              ? nullptr
              : std::make_shared<const Scale>([&score](std::int64_t total) {
                  return pathway::ScoreOf(total, score);
                }));
    }
  }

  std::vector<std::shared_ptr<const Scale>> items;
  std::vector<std::shared_ptr<const Scale>> scores;
};

// Expressions over one pathway that are not part of it.
class Agreement {
 public:
  explicit Agreement(const CompiledPathway& pathway)
      : pathway_(pathway),
        encoder_(z3_, pathway),
        evaluation_(encoder_.EvaluateAny("")),
        scales_(pathway),
        formulas_(z3_) {}

  // `expression` must outlive this. Returns whether it can be put into
  // formulas.
  bool Add(const Expression& expression) {
    try {
      const SymbolicValue value = EncodeExpression(
          expression, {z3_, pathway_, evaluation_, scales_.items,
                       scales_.scores, checkpoint_});
      lines_.emplace_back(&expression, SymbolicValueAt(value, formulas_));
    } catch (const NotProvable&) {
      return false;
    }
    return true;
  }

  // The expressions of which the two differ.
  std::string Check(const Intake& intake) {
    const std::string bits = formulas_.At(ModelOf(z3_, evaluation_, intake));
    const pathway::Evaluation evaluation = Evaluate(pathway_, intake);
    std::string differences;
    for (const auto& [expression, value] : lines_) {
      const pathway::Value expected =
          EvaluateExpression(*expression, {pathway_, intake, evaluation});
      if (value.Agrees(expected, bits)) continue;
      absl::StrAppend(&differences, expression->text, "\n");
    }
    return differences;
  }

 private:
  z3::context z3_;
  const CompiledPathway& pathway_;
  const Encoder encoder_;
  const SymbolicEvaluation evaluation_;
  const Scales scales_;
  const std::function<void()> checkpoint_ = [] {};
  FormulasAt formulas_;
  std::vector<std::pair<const Expression*, SymbolicValueAt>> lines_;
};

void ExpectAgreement(const CompiledPathway& pathway,
                     const std::vector<Expression>& expressions, int intakes,
                     std::size_t provable_min) {
  Agreement agreement(pathway);
  std::size_t provable = 0;
  for (const Expression& expression : expressions) {
    provable += agreement.Add(expression) ? 1 : 0;
  }
  EXPECT_GE(provable, provable_min);
  for (int seed = 1; seed <= intakes; ++seed) {
    std::mt19937_64 random(static_cast<std::uint64_t>(seed));
    const Intake intake = RandomAnswers(pathway, random).intake;
    ASSERT_EQ(agreement.Check(intake), "") << "intake " << seed;
  }
}

TEST(EncodeExpressionTest, SaysOfEveryKindOfNodeWhatTheEngineDoes) {
  const auto narrow = NarrowPathway();
  ASSERT_NE(narrow, nullptr);
  pathway::ExpressionScope scope(*narrow);
  std::vector<Expression> expressions;
  for (const char* const text : {
           "true",
           "7",
           "-2.5",
           "'yes'",
           "em.cold",
           "em.bone",
           "pt.age",
           "pain.days",
           "lasting",
           "four",
           "word",
           "has(score.mood) ? score.mood : 0",
           "score.rate",
           "has(em.bone)",
           "has(psy.harm)",
           "has(score.mood)",
           "has(score.rate)",
           "size(med.taken)",
           "has(sym.kinds) && size(sym.kinds) >= 2",
           "!em.cold",
           "!!lasting",
           "-pt.age",
           "-pain.days",
           "em.cold && lasting && em.bone == 'yes'",
           "em.cold || lasting || em.bone == 'yes'",
           "em.bone == 'yes'",
           "em.bone != 'no'",
           "has(psy.harm) && em.bone == psy.harm",
           "em.bone == (em.cold ? 'yes' : 'no')",
           "em.cold == lasting",
           "em.cold != lasting",
           "pt.age == 30",
           "pt.age != pain.now",
           "pt.age < pain.now",
           "pt.age <= 30.0",
           "pt.age > pain.days",
           "pain.days >= 3",
           "lab.level < pain.days",
           "has(score.mood) && score.rate >= score.mood",
           "pt.age + pain.now",
           "pt.age - pain.now - 3",
           "four * pain.now",
           "pain.days * 2.5 - 1e-3",
           "has(lab.part) ? lab.part + 0.5 : 0.0",
           "score.rate * 2.0",
           "em.bone in ['yes']",
           "em.bone in []",
           "pt.age in [3, 30, 7]",
           "pain.days in [0.5, 2.0]",
           "'nsaid' in med.taken",
           "has(sym.kinds) && 'none' in sym.kinds",
           "('none' in med.taken) != em.cold",
           "em.cold ? pt.age : pain.now",
           "em.cold ? lasting : em.bone == 'yes'",
           "em.cold ? em.bone : word",
           "em.cold ? pain.days : 2.5",
           "(em.cold ? pain.days : 2.5) == pain.days",
           "(em.cold ? pain.days : 2.5) + 0.5",
           "lasting ? (em.cold ? 1 : pt.age) : -pain.now",
       }) {
    pathway::CheckResult checked = scope.Check(text);
    ASSERT_TRUE(checked.faults.empty())
        << text << ": " << checked.faults[0].message;
    expressions.push_back(std::move(checked.expression));
  }
  ExpectAgreement(*narrow, expressions, 300, expressions.size());
}

class RandomExpressionsTest : public testing::TestWithParam<int> {};

TEST_P(RandomExpressionsTest, ComeToWhatTheEngineFinds) {
  constexpr std::size_t kCount = 100;
  const auto narrow = NarrowPathway();
  ASSERT_NE(narrow, nullptr);
  std::mt19937_64 random(static_cast<std::uint64_t>(GetParam()));
  pathway::ExpressionScope scope(*narrow);
  pathway::RandomExpressions texts(
      *narrow, pathway::RandomExpressions::Guards::kOften, random);
  std::vector<Expression> expressions;
  while (expressions.size() < kCount) {
    pathway::CheckResult checked = scope.Check(texts.Any(3));
    if (!checked.faults.empty()) continue;
    expressions.push_back(std::move(checked.expression));
  }
  ExpectAgreement(*narrow, expressions, 25, kCount / 2);
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomExpressionsTest, testing::Range(1, 4));

// What only invariants read.
class OutcomeTest : public testing::TestWithParam<const char*> {};

TEST_P(OutcomeTest, IsReadAsTheEngineReadsIt) {
  pathway::v1::Pathway message = pathway::ExampleMessage();
  message.mutable_invariants(0)->set_expression(GetParam());
  const auto compiled = pathway::CompileOrDie(message);
  ASSERT_NE(compiled, nullptr);
  z3::context z3;
  const Encoder encoder(z3, *compiled);
  const SymbolicEvaluation evaluation = encoder.EvaluateAny("");
  const SymbolicTruth truth = encoder.EvaluateInvariant(
      evaluation, encoder.Decide(evaluation), compiled->invariants[0]);
  FormulasAt formulas(z3);
  const std::size_t is_true = formulas.Add(truth.is_true);
  const std::size_t is_false = formulas.Add(truth.is_false);
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    std::mt19937_64 random(seed);
    const Intake intake = RandomAnswers(*compiled, random).intake;
    const pathway::Evaluation values = Evaluate(*compiled, intake);
    const pathway::Decision decision = Decide(*compiled, intake, values);
    pathway::Outcome outcome{
        .disposition = decision.disposition,
        .flags = std::vector<bool>(compiled->flags.size(), false)};
    for (const int flag : decision.flags) outcome.flags[flag] = true;
    const pathway::Truth expected = EvaluateInvariant(
        *compiled, intake, values, outcome, compiled->invariants[0]);
    const std::string bits = formulas.At(ModelOf(z3, evaluation, intake));
    EXPECT_EQ(bits[is_true] == '1', expected == pathway::Truth::kTrue) << seed;
    EXPECT_EQ(bits[is_false] == '1', expected == pathway::Truth::kFalse)
        << seed;
  }
}

INSTANTIATE_TEST_SUITE_P(
    Expressions, OutcomeTest,
    testing::Values("disposition == 'SAME_DAY'",
                    "disposition in ['EMERGENCY_NOW', 'ROUTINE']",
                    "disposition == (em.cold ? 'SAME_DAY' : 'SELF_CARE')",
                    "disposition_rank >= 3", "disposition_rank == pain.now",
                    "disposition_rank + size(flags) <= 6", "size(flags) == 2",
                    "'SEVERE' in flags && !('MOOD' in flags)"));

}  // namespace
}  // namespace plumbline::gate
