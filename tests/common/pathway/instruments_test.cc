#include "common/pathway/instruments.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/common/pathway/example_instrument.h"

namespace plumbline::pathway {
namespace {

using ::testing::ElementsAre;

v1::Pathway MessageWithStairs() {
  v1::Pathway message = ExampleMessage();
  AddStairs(message);
  return message;
}

class InstrumentsTest : public testing::Test {
 protected:
  v1::Pathway message_ = MessageWithStairs();
  v1::Instrument& stairs_ = Stairs(message_);
};

TEST_F(InstrumentsTest, ScalesAreFoundByIdAndAnOnlyOneWithout) {
  EXPECT_EQ(FindScale(stairs_, "all"), &stairs_.scales(1));
  EXPECT_EQ(FindScale(stairs_, "none"), nullptr);
  EXPECT_EQ(FindScale(stairs_, ""), nullptr);
  stairs_.mutable_scales()->RemoveLast();
  EXPECT_EQ(FindScale(stairs_, ""), &stairs_.scales(0));
}

TEST_F(InstrumentsTest, OwnBandsGoBeforeThoseOfTheScale) {
  v1::Score& score = StairsScore(message_);
  EXPECT_EQ(BandsOf(message_, score).size(), 2);
  EXPECT_EQ(BandsOf(message_, score)[1].code(), "many");
  score.add_bands()->set_code("own");
  EXPECT_EQ(BandsOf(message_, score)[0].code(), "own");
}

TEST_F(InstrumentsTest, AScoreOfNoInstrumentHasNoOtherBands) {
  v1::Score& score = StairsScore(message_);
  score.set_instrument_id("gone");
  EXPECT_TRUE(BandsOf(message_, score).empty());
}

TEST_F(InstrumentsTest, AScaleWithoutNumbersCountsAll) {
  EXPECT_THAT(NumbersOf(stairs_, stairs_.scales(0)), ElementsAre(1, 2));
  EXPECT_THAT(NumbersOf(stairs_, stairs_.scales(1)), ElementsAre(1, 2, 3));
}

TEST_F(InstrumentsTest, AnswersCountThemselves) {
  const Score score = ScoreOfScale(stairs_, stairs_.scales(1));
  EXPECT_THAT(score.items, ElementsAre(-1, -1, -1));
  EXPECT_THAT(score.points[0].by_answer, ElementsAre(0, 1, 2, 3));
  EXPECT_EQ(score.points[0].minimum, 0);
  EXPECT_EQ(score.points[0].maximum, 3);
}

TEST_F(InstrumentsTest, ReversedAnswersCountFromTheOtherEnd) {
  stairs_.mutable_items(0)->set_minimum(1);
  stairs_.mutable_items(0)->set_reversed(true);
  const Score score = ScoreOfScale(stairs_, stairs_.scales(0));
  EXPECT_EQ(score.points[0].first, 1);
  EXPECT_THAT(score.points[0].by_answer, ElementsAre(3, 2, 1));
}

TEST_F(InstrumentsTest, PointsStandForAnswers) {
  for (const int points : {0, 0, 1, 1}) {
    stairs_.mutable_items(0)->add_points(points);
  }
  const Score score = ScoreOfScale(stairs_, stairs_.scales(0));
  EXPECT_THAT(score.points[0].by_answer, ElementsAre(0, 0, 1, 1));
  EXPECT_EQ(score.points[0].maximum, 1);
}

TEST_F(InstrumentsTest, ASubscaleIsAPartOfTheItems) {
  stairs_.mutable_scales(0)->set_numbers(0, 2);
  stairs_.mutable_scales(0)->set_numbers(1, 3);
  stairs_.mutable_scales(1)->set_subscale_id("total");
  EXPECT_THAT(ScoreOfScale(stairs_, stairs_.scales(1)).subscale,
              ElementsAre(1, 2));
}

}  // namespace
}  // namespace plumbline::pathway
