#include "common/pathway/interval.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace plumbline::pathway {
namespace {

// Results of int64 operands fit, so that overflow can be seen afterwards.
__extension__ using Wide = __int128;

std::optional<IntInterval> Narrow(Wide minimum, Wide maximum) {
  if (minimum < std::numeric_limits<std::int64_t>::min() ||
      maximum > std::numeric_limits<std::int64_t>::max()) {
    return std::nullopt;
  }
  return IntInterval{static_cast<std::int64_t>(minimum),
                     static_cast<std::int64_t>(maximum)};
}

// Rounding is monotone: the rounded ends bound every rounded result between.
std::optional<DoubleInterval> Finite(double minimum, double maximum) {
  if (!std::isfinite(minimum) || !std::isfinite(maximum)) return std::nullopt;
  return DoubleInterval{minimum, maximum};
}

}  // namespace

std::optional<IntInterval> Add(IntInterval a, IntInterval b) {
  return Narrow(Wide{a.minimum} + b.minimum, Wide{a.maximum} + b.maximum);
}

std::optional<IntInterval> Subtract(IntInterval a, IntInterval b) {
  return Narrow(Wide{a.minimum} - b.maximum, Wide{a.maximum} - b.minimum);
}

std::optional<IntInterval> Multiply(IntInterval a, IntInterval b) {
  const auto [least, most] =
      std::minmax({Wide{a.minimum} * b.minimum, Wide{a.minimum} * b.maximum,
                   Wide{a.maximum} * b.minimum, Wide{a.maximum} * b.maximum});
  return Narrow(least, most);
}

std::optional<IntInterval> Negate(IntInterval a) {
  return Narrow(-Wide{a.maximum}, -Wide{a.minimum});
}

std::optional<DoubleInterval> Add(DoubleInterval a, DoubleInterval b) {
  return Finite(a.minimum + b.minimum, a.maximum + b.maximum);
}

std::optional<DoubleInterval> Subtract(DoubleInterval a, DoubleInterval b) {
  return Finite(a.minimum - b.maximum, a.maximum - b.minimum);
}

std::optional<DoubleInterval> Multiply(DoubleInterval a, DoubleInterval b) {
  const auto [least, most] =
      std::minmax({a.minimum * b.minimum, a.minimum * b.maximum,
                   a.maximum * b.minimum, a.maximum * b.maximum});
  return Finite(least, most);
}

std::optional<DoubleInterval> Negate(DoubleInterval a) {
  return DoubleInterval{-a.maximum, -a.minimum};
}

int Compare(std::int64_t a, std::int64_t b) { return (a > b) - (a < b); }

int Compare(double a, double b) { return (a > b) - (a < b); }

int Compare(std::int64_t a, double b) {
  constexpr double kTwoTo63 = 9223372036854775808.0;
  if (b >= kTwoTo63) return -1;
  if (b < -kTwoTo63) return 1;
  const double whole = std::trunc(b);
  const int order = Compare(a, static_cast<std::int64_t>(whole));
  return order != 0 ? order : Compare(whole, b);
}

int Compare(double a, std::int64_t b) { return -Compare(b, a); }

}  // namespace plumbline::pathway
