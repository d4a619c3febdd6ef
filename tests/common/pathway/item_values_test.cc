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

CompiledPathway PathwayWithTwoItems() {
  CompiledPathway pathway;
  pathway.items.resize(2);
  pathway.items[0].maximum = 3;
  pathway.items[1].minimum = -2;
  pathway.items[1].maximum = 4;
  return pathway;
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

TEST(ItemValuesTest, ScoresAddUpOrAverage) {
  const CompiledPathway pathway = PathwayWithTwoItems();
  Score score;
  score.items = {0, 1};
  EXPECT_EQ(TotalRange(pathway, score), (IntInterval{-2, 7}));
  EXPECT_EQ(MeanOf(7, score), 3.5);
  score.items = {0, 1, 0};
  EXPECT_EQ(MeanOf(1, score), 1.0 / 3);
}

}  // namespace
}  // namespace plumbline::pathway
