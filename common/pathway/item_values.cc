#include "common/pathway/item_values.h"

#include <algorithm>
#include <bitset>

namespace plumbline::pathway {

double DecimalValue(const Item& item, std::int64_t slot_value) {
  return static_cast<double>(slot_value) / static_cast<double>(item.scale);
}

int LargestSet(const Item& item) {
  const auto joinable =
      std::count_if(item.options.begin(), item.options.end(),
                    [](const Option& option) { return !option.exclusive; });
  return std::max(1, static_cast<int>(joinable));
}

std::int64_t PointsOf(const Points& points, std::int64_t slot_value) {
  if (points.ticks != 0) {
    const auto ticked = static_cast<std::uint64_t>(slot_value) & points.ticks;
    return static_cast<std::int64_t>(std::bitset<64>(ticked).count());
  }
  if (points.by_answer.empty()) return slot_value;
  return points.by_answer[slot_value - points.first];
}

IntInterval TotalRange(const Score& score) {
  IntInterval range = {0, 0};
  for (const Points& points : score.points) {
    range.minimum += points.minimum;
    range.maximum += points.maximum;
  }
  return range;
}

double ScoreOf(std::int64_t total, const Score& score) {
  const auto sum = static_cast<double>(total);
  switch (score.method) {
    case Score::Method::kTotal:
    case Score::Method::kCount:
      break;
    case Score::Method::kMean:
      return sum / static_cast<double>(score.items.size());
    case Score::Method::kPercent:
      return 100 * sum / static_cast<double>(TotalRange(score).maximum);
  }
  return sum;
}

double EstimatedScoreOf(std::int64_t total, int answered, const Score& score) {
  const auto sum = static_cast<double>(total);
  const auto items = static_cast<double>(score.items.size());
  switch (score.method) {
    case Score::Method::kTotal:
    case Score::Method::kCount:
      break;
    case Score::Method::kMean:
      return sum / answered;
    case Score::Method::kPercent:
      return 100 * sum * items /
             (static_cast<double>(TotalRange(score).maximum) * answered);
  }
  return sum * items / answered;
}

}  // namespace plumbline::pathway
