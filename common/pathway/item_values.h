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

// The sums that the items of `score` can give.
IntInterval TotalRange(const CompiledPathway& pathway, const Score& score);

// The mean where the items of `score` sum up to `total`.
double MeanOf(std::int64_t total, const Score& score);

}  // namespace plumbline::pathway

#endif  // PLUMBLINE_COMMON_PATHWAY_ITEM_VALUES_H_
