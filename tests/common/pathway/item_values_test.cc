#include "common/pathway/item_values.h"

#include <gtest/gtest.h>

#include <vector>

namespace plumbline::pathway {
namespace {

Item SetItem(const std::vector<bool>& exclusive) {
  Item item;
  for (const bool alone : exclusive) {
    Option option;
    option.exclusive = alone;
    item.options.push_back(option);
  }
  return item;
}

// A score over two items that count 0 to 4 each.
Score ScoreOfTwo(Score::Method method) {
  Score score;
  score.method = method;
  score.items = {0, 1};
  score.points.resize(2);
  for (Points& points : score.points) points.maximum = 4;
  return score;
}

TEST(ItemValuesTest, DecimalsAreTheNearestDoubles) {
  Item item;
  item.scale = 10;
  EXPECT_EQ(DecimalValue(item, 1004), 100.4);
  EXPECT_EQ(DecimalValue(item, -3), -0.3);
}

TEST(ItemValuesTest, ExclusiveOptionsJoinNoSet) {
  EXPECT_EQ(LargestSet(SetItem({true, false, false})), 2);
  EXPECT_EQ(LargestSet(SetItem({true, false})), 1);
  EXPECT_EQ(LargestSet(SetItem(std::vector<bool>(64, false))), 64);
}

TEST(ItemValuesTest, AnswersCountAsTheirPointsSay) {
  Points points;
  EXPECT_EQ(PointsOf(points, -7), -7);
  points.first = 1;
  points.by_answer = {0, 0, 5};
  EXPECT_EQ(PointsOf(points, 1), 0);
  EXPECT_EQ(PointsOf(points, 3), 5);
  points.ticks = 0b0110;
  EXPECT_EQ(PointsOf(points, 0b1011), 1);
  EXPECT_EQ(PointsOf(points, 0b1110), 2);
}

TEST(ItemValuesTest, ScoresGoFromTheLeastToTheMost) {
  EXPECT_EQ(TotalRange(ScoreOfTwo(Score::Method::kTotal)), (IntInterval{0, 8}));
}

TEST(ItemValuesTest, ScoresAddUpOrAverageOrAreAPart) {
  EXPECT_EQ(ScoreOf(7, ScoreOfTwo(Score::Method::kTotal)), 7);
  EXPECT_EQ(ScoreOf(7, ScoreOfTwo(Score::Method::kCount)), 7);
  EXPECT_EQ(ScoreOf(7, ScoreOfTwo(Score::Method::kMean)), 3.5);
  EXPECT_EQ(ScoreOf(7, ScoreOfTwo(Score::Method::kPercent)), 87.5);
  Score three = ScoreOfTwo(Score::Method::kMean);
  three.items.push_back(0);
  EXPECT_EQ(ScoreOf(1, three), 1.0 / 3);
}

TEST(ItemValuesTest, EstimatesTakeTheOthersForTheMissing) {
  EXPECT_EQ(EstimatedScoreOf(3, 1, ScoreOfTwo(Score::Method::kTotal)), 6);
  EXPECT_EQ(EstimatedScoreOf(3, 1, ScoreOfTwo(Score::Method::kMean)), 3);
  EXPECT_EQ(EstimatedScoreOf(3, 1, ScoreOfTwo(Score::Method::kPercent)), 75);
}

}  // namespace
}  // namespace plumbline::pathway
