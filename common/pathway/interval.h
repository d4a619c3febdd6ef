// Numbers of which only the bounds are known, and how they compare.
//
// A comparison of intervals is true where it holds for every pair of their
// values, false where it holds for none. An int and a double compare as the
// numbers that they are, also beyond 2^53, where a conversion would round.

#ifndef PLUMBLINE_COMMON_PATHWAY_INTERVAL_H_
#define PLUMBLINE_COMMON_PATHWAY_INTERVAL_H_

#include <cstdint>
#include <optional>

#include "common/pathway/model.h"

namespace plumbline::pathway {

// Both ends inclusive, `minimum` at most `maximum`, both finite.
template <typename T>
struct Interval {
  T minimum;
  T maximum;

  static Interval Point(T value) { return {value, value}; }
  bool IsPoint() const { return minimum == maximum; }

  friend bool operator==(const Interval&, const Interval&) = default;
};

using IntInterval = Interval<std::int64_t>;
using DoubleInterval = Interval<double>;

// The interval of the results; nothing where some result leaves int64 or the
// finite doubles.
std::optional<IntInterval> Add(IntInterval a, IntInterval b);
std::optional<IntInterval> Subtract(IntInterval a, IntInterval b);
std::optional<IntInterval> Multiply(IntInterval a, IntInterval b);
std::optional<IntInterval> Negate(IntInterval a);
std::optional<DoubleInterval> Add(DoubleInterval a, DoubleInterval b);
std::optional<DoubleInterval> Subtract(DoubleInterval a, DoubleInterval b);
std::optional<DoubleInterval> Multiply(DoubleInterval a, DoubleInterval b);
std::optional<DoubleInterval> Negate(DoubleInterval a);

// Negative, zero or positive as `a` is less than, equal to or greater than `b`.
// No argument is NaN.
int Compare(std::int64_t a, std::int64_t b);
int Compare(double a, double b);
int Compare(std::int64_t a, double b);
int Compare(double a, std::int64_t b);

inline Truth Not(Truth truth) {
  if (truth == Truth::kUnknown) return truth;
  return truth == Truth::kTrue ? Truth::kFalse : Truth::kTrue;
}

template <typename A, typename B>
Truth IsLess(const Interval<A>& a, const Interval<B>& b) {
  if (Compare(a.maximum, b.minimum) < 0) return Truth::kTrue;
  if (Compare(a.minimum, b.maximum) >= 0) return Truth::kFalse;
  return Truth::kUnknown;
}

template <typename A, typename B>
Truth IsEqual(const Interval<A>& a, const Interval<B>& b) {
  if (Compare(a.maximum, b.minimum) < 0 || Compare(b.maximum, a.minimum) < 0) {
    return Truth::kFalse;
  }
  const bool points =
      a.IsPoint() && b.IsPoint() && Compare(a.minimum, b.minimum) == 0;
  return points ? Truth::kTrue : Truth::kUnknown;
}

}  // namespace plumbline::pathway

#endif  // PLUMBLINE_COMMON_PATHWAY_INTERVAL_H_
