// What is known of a value before any answer is: the values of each part of an
// expression.

#ifndef PLUMBLINE_COMMON_PATHWAY_STATIC_VALUE_H_
#define PLUMBLINE_COMMON_PATHWAY_STATIC_VALUE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "common/pathway/checked_tree.h"
#include "common/pathway/model.h"

namespace plumbline::pathway {

// Calls `use` with the interval of a number.
template <typename Use>
auto WithInterval(const StaticValue& value, Use use) {
  return value.type == Type::kInt ? use(value.ints) : use(value.doubles);
}

StaticValue IntValue(std::int64_t minimum, std::int64_t maximum);
StaticValue DoubleValue(double minimum, double maximum);
StaticValue TextValue(std::vector<std::string> texts);

// What a reading of an item that is not a set can give.
StaticValue ValueOfItem(const Item& item);
StaticValue ValueOfScore(const Score& score);

// The options that a reading of `item` can give.
std::vector<std::string> ReadableCodes(const Item& item);

// The values of both, which are of one type.
StaticValue Hull(const StaticValue& a, const StaticValue& b);

// "0", the least that a number can be.
std::string FormatMinimum(const StaticValue& value);

// "0 to 10", of a number.
std::string FormatRange(const StaticValue& value);

}  // namespace plumbline::pathway

#endif  // PLUMBLINE_COMMON_PATHWAY_STATIC_VALUE_H_
