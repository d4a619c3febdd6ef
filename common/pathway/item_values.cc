#include "common/pathway/item_values.h"

#include <algorithm>

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

IntInterval TotalRange(const CompiledPathway& pathway, const Score& score) {
  IntInterval range = {0, 0};
  for (const int item : score.items) {
    range.minimum += pathway.items[item].minimum;
    range.maximum += pathway.items[item].maximum;
  }
  return range;
}

double MeanOf(std::int64_t total, const Score& score) {
  return static_cast<double>(total) / static_cast<double>(score.items.size());
}

}  // namespace plumbline::pathway
