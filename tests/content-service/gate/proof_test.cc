#include "content-service/gate/proof.h"

#include <gtest/gtest.h>

#include <optional>
#include <random>
#include <string>

#include "tests/common/pathway/example_pathway.h"
#include "tests/common/pathway/faulty_pathway.h"
#include "tests/common/pathway/random_intake.h"
#include "tests/content-service/gate/findings_text.h"

namespace plumbline::gate {
namespace {

using pathway::CompiledPathway;
using pathway::Intake;

class ProofTest : public ::testing::Test {
 protected:
  // "nothing" where nothing was found.
  std::string ToText(const std::optional<Found>& found) const {
    return found.has_value() ? AnswersText(*pathway_, found->intake)
                             : "nothing";
  }

  std::string Complete(const z3::expr& condition) {
    return ToText(proof_.FindComplete(condition));
  }

  std::string Any(const z3::expr& condition) {
    return ToText(proof_.FindAny(condition));
  }

  z3::expr True() { return proof_.z3().bool_val(true); }

  z3::expr Fires(int rule) { return proof_.any().rules[rule].is_true; }

  z3::expr IsAnswer(int item, std::int64_t value) {
    const SymbolicAnswer& answer = proof_.any().answers[item];
    return answer.answered &&
           IsSameValue(answer, ConstantAnswer(proof_.z3(),
                                              pathway_->items[item], value));
  }

  const std::shared_ptr<const CompiledPathway> pathway_ =
      pathway::ExamplePathway();
  Proof proof_{*pathway_, {}, WallClock()};
};

TEST_F(ProofTest, FindsTheCalmestCompleteIntake) {
  EXPECT_EQ(Complete(True()),
            "{em.bone:no,em.cold:false,pt.age:0,med.taken:[none],pain.now:0,"
            "pain.days:0.0}");
}

TEST_F(ProofTest, FindsNoAnswersWhereNoneAreNeeded) {
  EXPECT_EQ(Any(True()), "{}");
}

TEST_F(ProofTest, KeepsWhatIsNeededAndNoMore) {
  constexpr int kHarmRule = 2;
  EXPECT_EQ(Any(Fires(kHarmRule)), "{psy.harm:yes}");
  EXPECT_EQ(Any(Fires(0)), "{em.bone:yes}");
  EXPECT_EQ(Any(IsAnswer(pathway::kTaken, 0b110)),
            "{med.taken:[nsaid,opioid]}");
  EXPECT_EQ(Any(proof_.any().IsUnknown(pathway::kBone) &&
                proof_.any().answers[pathway::kBone].closed),
            "{em.bone:null}");
}

TEST_F(ProofTest, FindsNothingWhereThereIsNothing) {
  EXPECT_EQ(Any(Fires(0) && IsAnswer(pathway::kBone, 0)), "nothing");
  EXPECT_EQ(Complete(proof_.any().IsUnknown(pathway::kCold)), "nothing");
  EXPECT_EQ(ToText(proof_.FindQuickly(proof_.z3().bool_val(false))), "nothing");
}

TEST_F(ProofTest, FindsOnlyLegalIntakes) {
  // Not asked of a child.
  EXPECT_EQ(Any(IsAnswer(pathway::kAge, 5) && IsAnswer(pathway::kPregnant, 1)),
            "nothing");
  // The exclusive option with another, and no option at all.
  EXPECT_EQ(Any(IsAnswer(pathway::kTaken, 0b011)), "nothing");
  EXPECT_EQ(Any(IsAnswer(pathway::kTaken, 0b000)), "nothing");
  // An option that means unknown is no answer.
  EXPECT_EQ(Any(IsAnswer(pathway::kBone, 2)), "nothing");
  EXPECT_EQ(Any(proof_.any().answers[pathway::kBone].answered &&
                proof_.any().answers[pathway::kBone].closed),
            "nothing");
}

TEST_F(ProofTest, ReadsTheIntakesOfOtherEvaluations) {
  const SymbolicEvaluation other = proof_.encoder().EvaluateAny("other ");
  const auto found = proof_.FindAny(
      other.legal && other.rules[0].is_true && IsAnswer(pathway::kAge, 7),
      {&other});
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(AnswersText(*pathway_, found->intake), "{pt.age:7}");
  ASSERT_EQ(found->others.size(), 1u);
  EXPECT_EQ(found->others[0][pathway::kBone].value, 1);
}

TEST_F(ProofTest, ForgetsEachQuestion) {
  EXPECT_EQ(Any(Fires(0)), "{em.bone:yes}");
  EXPECT_EQ(Any(True()), "{}");
  EXPECT_TRUE(proof_.FindQuickly(IsAnswer(pathway::kBone, 0)).has_value());
}

TEST_F(ProofTest, KnowsAnIntakeAgain) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    std::mt19937_64 random(seed);
    Intake intake = pathway::RandomAnswers(*pathway_, random).intake;
    for (pathway::SlotAnswer& slot : intake) {
      // A counterexample does not say why an item is closed.
      if (slot.state == pathway::SlotAnswer::State::kClosed) {
        slot = {.state = slot.state,
                .no_value = pathway::SlotAnswer::NoValue::kNotAnswered};
      }
    }
    const auto found = proof_.FindQuickly(proof_.IsIntake(intake));
    ASSERT_TRUE(found.has_value()) << seed;
    EXPECT_EQ(found->intake, intake) << seed;
  }
}

TEST(ProofOfNegativeNumbersTest, ReadsTheirSign) {
  pathway::v1::Pathway message = pathway::ExampleMessage();
  pathway::v1::Item& item = ItemOf(message, "pain.now");
  item.mutable_integer_range()->set_minimum(-10);
  const auto pathway = pathway::CompileOrDie(message);
  ASSERT_NE(pathway, nullptr);
  Proof proof(*pathway, {}, WallClock());
  const SymbolicAnswer& answer = proof.any().answers[pathway::kPainNow];
  const auto found =
      proof.FindAny(answer.answered && IsPlace(*answer.value, -7));
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(AnswersText(*pathway, found->intake), "{pain.now:-7}");
}

}  // namespace
}  // namespace plumbline::gate
