#include "common/pathway/evaluate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <random>
#include <string>
#include <vector>

#include "common/pathway/evaluation_order.h"
#include "tests/common/pathway/example_instrument.h"
#include "tests/common/pathway/expressions.h"
#include "tests/common/pathway/random_intake.h"

namespace plumbline::pathway {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class EvaluateTest : public testing::Test {
 protected:
  Evaluation Over(const std::string& answers) {
    checked_ = CheckText(*pathway_, answers);
    return checked_.evaluation;
  }

  int ItemIndex(const std::string& link_id) const {
    return pathway_->item_by_link_id.at(link_id);
  }

  Truth Enabled(const std::string& link_id) const {
    return checked_.evaluation.enabled[ItemIndex(link_id)];
  }

  // The link ids that keep `expression` unknown over what Over() was given.
  std::vector<std::string> Behind(const std::string& expression,
                                  const std::string& answers) {
    const auto pathway = CompileOrDie(WithProbe(expression));
    const CheckedAnswers checked = CheckText(*pathway, answers);
    std::vector<std::string> link_ids;
    for (const int item :
         UnknownItemsBehind(*pathway, checked.intake, checked.evaluation,
                            pathway->definitions.back().expression)) {
      link_ids.push_back(pathway->items[item].link_id);
    }
    return link_ids;
  }

  const std::shared_ptr<const CompiledPathway> pathway_ = ExamplePathway();
  CheckedAnswers checked_;
};

TEST_F(EvaluateTest, EnablingIsTrueFalseOrUnknown) {
  Over("answers { link_id: 'pt.age' integer: 11 }");
  EXPECT_EQ(Enabled("pt.pregnant"), Truth::kTrue);
  EXPECT_EQ(Enabled("mood.low"), Truth::kFalse);
  Over("");
  EXPECT_EQ(Enabled("pt.pregnant"), Truth::kUnknown);
  EXPECT_EQ(Enabled("em.bone"), Truth::kTrue);
}

TEST_F(EvaluateTest, AnAnswerWhoseEnablingIsUnknownIsRead) {
  const Evaluation evaluation =
      Over("answers { link_id: 'pt.pregnant' code: 'yes' }");
  EXPECT_EQ(Enabled("pt.pregnant"), Truth::kUnknown);
  EXPECT_EQ(evaluation.gates[0], Truth::kTrue);
}

TEST_F(EvaluateTest, ClosedAndOpenItemsEvaluateAlike) {
  const Evaluation open = Over("");
  const Evaluation closed = Over(R"(
      answers { link_id: "em.bone" code: "unsure" }
      answers { link_id: "em.cold" no_value: NO_VALUE_DECLINED })");
  EXPECT_EQ(open.rules, closed.rules);
  EXPECT_TRUE(closed.IsUnknown(checked_.intake, ItemIndex("em.bone")));
}

TEST_F(EvaluateTest, AbsentItemsAreNotUnknown) {
  Over("answers { link_id: 'pt.age' integer: 70 }");
  EXPECT_FALSE(
      checked_.evaluation.IsUnknown(checked_.intake, ItemIndex("pt.pregnant")));
}

TEST_F(EvaluateTest, ScoresAreIntervalsOfCompletions) {
  const ScoreValue score = Over(
                               "answers { link_id: 'pt.age' integer: 30 }"
                               "answers { link_id: 'mood.low' integer: 2 }")
                               .scores[0];
  EXPECT_EQ(score.present, Truth::kTrue);
  EXPECT_EQ(score.minimum, 2);
  EXPECT_EQ(score.maximum, 5);
  EXPECT_FALSE(score.complete);
  EXPECT_EQ(score.band, -1);
}

TEST_F(EvaluateTest, ScoresHaveABandWhereAllCompletionsShareIt) {
  const ScoreValue score = Over(
                               "answers { link_id: 'pt.age' integer: 30 }"
                               "answers { link_id: 'mood.low' integer: 3 }")
                               .scores[0];
  EXPECT_EQ(score.minimum, 3);
  EXPECT_EQ(score.maximum, 6);
  EXPECT_EQ(score.band, 1);
}

TEST_F(EvaluateTest, ScoresOfAbsentItemsAreAbsent) {
  const ScoreValue score =
      Over("answers { link_id: 'pt.age' integer: 8 }").scores[0];
  EXPECT_EQ(score.present, Truth::kFalse);
  EXPECT_EQ(score.band, -1);
}

TEST_F(EvaluateTest, ScoresArePresentWhereAnyItemIsAnswered) {
  EXPECT_EQ(Over("").scores[0].present, Truth::kUnknown);
  EXPECT_EQ(
      Over("answers { link_id: 'mood.low' integer: 0 }").scores[0].present,
      Truth::kTrue);
}

TEST_F(EvaluateTest, MeansAreTotalsOverTheCount) {
  v1::Pathway message = ExampleMessage();
  v1::Score& score = *message.mutable_scores(0);
  score.set_method(v1::SCORE_METHOD_MEAN);
  score.mutable_bands(0)->set_maximum(1.5);
  score.mutable_bands(1)->set_minimum(1.5);
  score.mutable_bands(1)->set_maximum(3);
  const auto pathway = CompileOrDie(message);
  const auto band = [&](int interest, int low) {
    return CheckText(
               *pathway,
               absl::StrCat(
                   "answers { link_id: 'pt.age' integer: 30 }",
                   "answers { link_id: 'mood.interest' integer:", interest, "}",
                   "answers { link_id: 'mood.low' integer:", low, "}"))
        .evaluation.scores[0];
  };
  EXPECT_EQ(band(0, 1).maximum, 0.5);
  EXPECT_EQ(band(1, 1).band, 0);
  EXPECT_EQ(band(1, 2).band, 1);
  EXPECT_EQ(band(3, 3).band, 1);
}

// The example with an instrument, over answers to its items of an adult.
ScoreValue StairsOver(const std::string& answers,
                      const std::function<void(v1::Pathway&)>& change) {
  v1::Pathway message = ExampleMessage();
  AddStairs(message);
  change(message);
  const auto pathway = CompileOrDie(message);
  return CheckText(*pathway,
                   "answers { link_id: 'pt.age' integer: 30 }" + answers)
      .evaluation.scores[1];
}

void ChangeNothing(v1::Pathway& /*message*/) {}

TEST_F(EvaluateTest, AFewMissingAnswersAreEstimated) {
  const ScoreValue score =
      StairsOver("answers { link_id: 'mood.low' integer: 2 }", ChangeNothing);
  EXPECT_EQ(score.minimum, 2);
  EXPECT_EQ(score.maximum, 5);
  EXPECT_EQ(score.band, -1);
  EXPECT_FALSE(score.complete);
  ASSERT_TRUE(score.estimate.has_value());
  EXPECT_EQ(score.estimate->value, 4);
  EXPECT_EQ(score.estimate->unanswered, 1);
  EXPECT_EQ(score.estimate->band, 1);
}

TEST_F(EvaluateTest, NothingIsEstimatedOfACompleteOrAnEmptyForm) {
  EXPECT_FALSE(StairsOver("answers { link_id: 'mood.low' integer: 2 }"
                          "answers { link_id: 'mood.interest' integer: 1 }",
                          ChangeNothing)
                   .estimate.has_value());
  EXPECT_FALSE(StairsOver("", ChangeNothing).estimate.has_value());
}

TEST_F(EvaluateTest, NothingIsEstimatedWhereTheInstrumentNeedsEveryItem) {
  EXPECT_FALSE(
      StairsOver("answers { link_id: 'mood.low' integer: 2 }",
                 [](v1::Pathway& message) {
                   Stairs(message).mutable_scales(0)->clear_missing_max();
                 })
          .estimate.has_value());
}

TEST_F(EvaluateTest, ExpressionsReadTheIntervalAndNotTheEstimate) {
  v1::Pathway message = ExampleMessage();
  AddStairs(message);
  v1::Definition& definition = *message.add_definitions();
  definition.set_name("climbs");
  definition.set_expression("has(score.stairs) && score.stairs >= 4");
  definition.set_rationale("A test.");
  const auto pathway = CompileOrDie(message);
  const CheckedAnswers checked =
      CheckText(*pathway,
                "answers { link_id: 'pt.age' integer: 30 }"
                "answers { link_id: 'mood.low' integer: 2 }");
  EXPECT_EQ(checked.evaluation.scores[1].estimate->value, 4);
  EXPECT_EQ(ToTruth(checked.evaluation.definitions[1]), Truth::kUnknown);
}

TEST_F(EvaluateTest, AnEstimateBetweenTwoBandsHasNone) {
  const auto of_three = [](v1::Pathway& message) {
    // 2 of two answers make 3 of three; 3 of two make 4.5, between 4 and 5.
    v1::InstrumentScale& scale = *Stairs(message).mutable_scales(0);
    Stairs(message).mutable_items(2)->set_maximum(3);
    scale.clear_numbers();
    scale.mutable_bands(0)->set_maximum(4);
    scale.mutable_bands(1)->set_minimum(5);
    scale.mutable_bands(1)->set_maximum(9);
    *message.add_items() = message.items(kLow);
    message.mutable_items(kHarm + 1)->set_link_id("mood.third");
    v1::ScoreInput& input = *StairsScore(message).add_inputs();
    input.set_number(3);
    input.set_link_id("mood.third");
  };
  const ScoreValue within = StairsOver(
      "answers { link_id: 'mood.low' integer: 2 }"
      "answers { link_id: 'mood.interest' integer: 0 }",
      of_three);
  ASSERT_TRUE(within.estimate.has_value());
  EXPECT_EQ(within.estimate->value, 3);
  EXPECT_EQ(within.estimate->band, 0);
  const ScoreValue between = StairsOver(
      "answers { link_id: 'mood.low' integer: 2 }"
      "answers { link_id: 'mood.interest' integer: 1 }",
      of_three);
  ASSERT_TRUE(between.estimate.has_value());
  EXPECT_EQ(between.estimate->value, 4.5);
  EXPECT_EQ(between.estimate->band, -1);
}

TEST_F(EvaluateTest, PercentagesAreDoubles) {
  const auto percent = [](v1::Pathway& message) {
    v1::InstrumentScale& scale = *Stairs(message).mutable_scales(0);
    scale.set_method(v1::SCORE_METHOD_PERCENT);
    scale.clear_bands();
    v1::Definition& definition = *message.add_definitions();
    definition.set_name("half");
    definition.set_expression("has(score.stairs) && score.stairs + 0.5 > 50.0");
    definition.set_rationale("A test.");
  };
  const ScoreValue score =
      StairsOver("answers { link_id: 'mood.low' integer: 2 }", percent);
  EXPECT_EQ(score.minimum, 200.0 / 6);
  EXPECT_EQ(score.maximum, 500.0 / 6);
  EXPECT_EQ(score.estimate->value, 400.0 / 6);
  EXPECT_EQ(score.band, -1);
}

// The band of a score whose middle and high bands are told apart by the first
// item alone.
int DividedBand(const std::string& answers) {
  return StairsOver(
             answers,
             [](v1::Pathway& message) {
               v1::InstrumentScale& scale = *Stairs(message).mutable_scales(0);
               Stairs(message).mutable_scales(1)->add_numbers(1);
               scale.set_subscale_id("all");
               *scale.add_bands() = scale.bands(1);
               scale.mutable_bands(2)->set_code("most");
               scale.mutable_bands(1)->mutable_subscale()->set_maximum(1);
               scale.mutable_bands(2)->mutable_subscale()->set_minimum(2);
               scale.mutable_bands(2)->mutable_subscale()->set_maximum(3);
             })
      .band;
}

TEST_F(EvaluateTest, ASubscaleTellsBandsApart) {
  const std::string interest = "answers { link_id: 'mood.interest' integer: ";
  const std::string low = "answers { link_id: 'mood.low' integer: ";
  EXPECT_EQ(DividedBand(interest + "1 }" + low + "1 }"), 0);
  EXPECT_EQ(DividedBand(interest + "1 }" + low + "2 }"), 1);
  EXPECT_EQ(DividedBand(interest + "2 }" + low + "2 }"), 2);
  // Whatever is missing: both parts of the subscale are still possible, or one.
  EXPECT_EQ(DividedBand(low + "3 }"), -1);
  EXPECT_EQ(DividedBand(interest + "3 }"), 2);
  EXPECT_EQ(DividedBand(interest + "1 }"), -1);
}

TEST_F(EvaluateTest, RulesGatesAndConditionsFollow) {
  const Evaluation evaluation = Over(kNothingApplies);
  EXPECT_EQ(evaluation.rules,
            std::vector<Truth>(pathway_->rules.size(), Truth::kFalse));
  EXPECT_EQ(evaluation.gates,
            std::vector<Truth>(pathway_->gates.size(), Truth::kFalse));
  EXPECT_EQ(evaluation.show_when.size(), pathway_->guidance.size());
}

TEST_F(EvaluateTest, NamesTheUnknownItemsBehindAnExpression) {
  EXPECT_THAT(Behind("em.cold && pain.now >= 5", ""),
              ElementsAre("em.cold", "pain.now"));
  EXPECT_THAT(Behind("em.cold && pain.now >= 5",
                     "answers { link_id: 'em.cold' boolean: false }"),
              IsEmpty());
  EXPECT_THAT(Behind("em.cold && pain.now >= 5",
                     "answers { link_id: 'em.cold' boolean: true }"),
              ElementsAre("pain.now"));
}

TEST_F(EvaluateTest, LeavesOutPartsThatAreDecided) {
  EXPECT_THAT(Behind("(em.cold && pain.now > 10) || pain.days > 1.0", ""),
              ElementsAre("pain.days"));
  EXPECT_THAT(Behind("em.cold ? pain.now > 5 : pain.days > 1.0", ""),
              ElementsAre("em.cold"));
  EXPECT_THAT(Behind("em.cold ? pain.now > 5 : pain.days > 1.0",
                     "answers { link_id: 'em.cold' boolean: false }"),
              ElementsAre("pain.days"));
}

TEST_F(EvaluateTest, LooksThroughDefinitionsScoresAndEnabling) {
  EXPECT_THAT(Behind("lasting", ""), ElementsAre("pain.days"));
  EXPECT_THAT(Behind("has(pt.pregnant) && pt.pregnant == 'yes'", ""),
              ElementsAre("pt.age", "pt.pregnant"));
  EXPECT_THAT(Behind("has(psy.harm)", ""),
              ElementsAre("pt.age", "mood.interest", "mood.low", "psy.harm"));
  EXPECT_THAT(Behind("has(score.mood) && score.mood > 3",
                     "answers { link_id: 'mood.low' integer: 2 }"),
              ElementsAre("pt.age", "mood.interest"));
}

TEST_F(EvaluateTest, AnExpressionAloneIsWhatItIsAmongTheOthers) {
  std::mt19937_64 random(1);
  for (int i = 0; i < 200; ++i) {
    const CheckedAnswers answers = RandomAnswers(*pathway_, random);
    for (std::size_t rule = 0; rule < pathway_->rules.size(); ++rule) {
      const Expression& when = pathway_->rules[rule].when;
      EXPECT_EQ(EvaluateAlone(*pathway_, answers.intake,
                              StepsBehind(*pathway_, when), when),
                answers.evaluation.rules[rule]);
    }
  }
}

// Also where the other answer enables or disables items that are answered.
TEST_F(EvaluateTest, WhatDependsOnAnItemIsAllThatItsAnswerChanges) {
  const std::vector<Dependents> dependents = DependentsOfItems(*pathway_);
  std::mt19937_64 random(2);
  for (int i = 0; i < 200; ++i) {
    CheckedAnswers answers = RandomAnswers(*pathway_, random);
    for (std::size_t item = 0; item < pathway_->items.size(); ++item) {
      answers.intake[item] = RandomAnswer(pathway_->items[item], 50, random);
      EvaluateAgain(*pathway_, answers.intake, dependents[item],
                    answers.evaluation);
      const Evaluation anew = Evaluate(*pathway_, answers.intake);
      EXPECT_EQ(answers.evaluation.enabled, anew.enabled);
      EXPECT_EQ(answers.evaluation.definitions, anew.definitions);
      EXPECT_EQ(answers.evaluation.rules, anew.rules);
      EXPECT_EQ(answers.evaluation.scores[0].present, anew.scores[0].present);
      EXPECT_EQ(answers.evaluation.scores[0].minimum, anew.scores[0].minimum);
      EXPECT_EQ(answers.evaluation.scores[0].maximum, anew.scores[0].maximum);
    }
  }
}

}  // namespace
}  // namespace plumbline::pathway
