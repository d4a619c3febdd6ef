// What the answers of items can amount to.

#ifndef PLUMBLINE_COMMON_PATHWAY_ITEM_VALUES_H_
#define PLUMBLINE_COMMON_PATHWAY_ITEM_VALUES_H_

#include <cstdint>

#include "common/pathway/interval.h"
#include "common/pathway/model.h"

namespace plumbline::pathway {

// The number that the slot value of a decimal item stands for: the double
// nearest to it.
double DecimalValue(const Item& item, std::int64_t slot_value);

// The most options that a legal answer to a multi-choice item can have.
int LargestSet(const Item& item);

// What an answer counts; `slot_value` is that of the item.
std::int64_t PointsOf(const Points& points, std::int64_t slot_value);

// The sums that the items of `score` can give.
IntInterval TotalRange(const Score& score);

// The value of `score` where what its items count sums up to `total`.
double ScoreOf(std::int64_t total, const Score& score);

// The value of `score` if all its items, which count alike, counted as much as
// the `answered` ones do on average, which sum up to `total`.
double EstimatedScoreOf(std::int64_t total, int answered, const Score& score);

}  // namespace plumbline::pathway

#endif  // PLUMBLINE_COMMON_PATHWAY_ITEM_VALUES_H_
