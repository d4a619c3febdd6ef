#include "common/pathway/interval.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <optional>

namespace plumbline::pathway {
namespace {

constexpr std::int64_t kLeast = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
constexpr double kMostDouble = std::numeric_limits<double>::max();
constexpr std::int64_t kTwoTo53 = std::int64_t{1} << 53;

TEST(IntervalTest, BoundsResultsOfInts) {
  const IntInterval a = {-2, 3};
  const IntInterval b = {4, 5};
  EXPECT_EQ(Add(a, b), (IntInterval{2, 8}));
  EXPECT_EQ(Subtract(a, b), (IntInterval{-7, -1}));
  EXPECT_EQ(Multiply(a, b), (IntInterval{-10, 15}));
  EXPECT_EQ(Multiply(a, a), (IntInterval{-6, 9}));
  EXPECT_EQ(Negate(a), (IntInterval{-3, 2}));
}

TEST(IntervalTest, SeesIntsOverflow) {
  const IntInterval one = {1, 1};
  const IntInterval most = {kMost, kMost};
  const IntInterval least = {kLeast, kLeast};
  EXPECT_EQ(Add(most, one), std::nullopt);
  EXPECT_EQ(Subtract(least, one), std::nullopt);
  EXPECT_EQ(Multiply(least, least), std::nullopt);
  EXPECT_EQ(Negate(least), std::nullopt);
  EXPECT_EQ(Add(least, most), (IntInterval{-1, -1}));
  EXPECT_EQ(Negate(most), (IntInterval{-kMost, -kMost}));
}

TEST(IntervalTest, BoundsResultsOfDoubles) {
  const DoubleInterval a = {-0.5, 1.5};
  const DoubleInterval b = {2, 4};
  EXPECT_EQ(Add(a, b), (DoubleInterval{1.5, 5.5}));
  EXPECT_EQ(Subtract(a, b), (DoubleInterval{-4.5, -0.5}));
  EXPECT_EQ(Multiply(a, b), (DoubleInterval{-2, 6}));
  EXPECT_EQ(Negate(a), (DoubleInterval{-1.5, 0.5}));
}

TEST(IntervalTest, SeesDoublesLeaveTheFinite) {
  const DoubleInterval most = {kMostDouble, kMostDouble};
  EXPECT_EQ(Add(most, most), std::nullopt);
  EXPECT_EQ(Subtract({-kMostDouble, 0}, most), std::nullopt);
  EXPECT_EQ(Multiply(most, {2, 2}), std::nullopt);
}

TEST(IntervalTest, ComparesIntsWithDoublesExactly) {
  EXPECT_EQ(Compare(kTwoTo53 + 1, 9007199254740992.0), 1);
  EXPECT_EQ(Compare(kTwoTo53, 9007199254740992.0), 0);
  EXPECT_EQ(Compare(9007199254740992.0, kTwoTo53 + 1), -1);
  EXPECT_EQ(Compare(kMost, 9223372036854775808.0), -1);
  EXPECT_EQ(Compare(kLeast, -9223372036854775808.0), 0);
  EXPECT_EQ(Compare(kLeast, -1e300), 1);
  EXPECT_EQ(Compare(std::int64_t{3}, 3.5), -1);
  EXPECT_EQ(Compare(std::int64_t{-3}, -3.5), 1);
  EXPECT_EQ(Compare(std::int64_t{0}, -0.0), 0);
  EXPECT_EQ(Compare(-0.0, 0.0), 0);
}

TEST(IntervalTest, IsLessWhereItHoldsForAllPairs) {
  const IntInterval a = {1, 3};
  EXPECT_EQ(IsLess(a, IntInterval{4, 9}), Truth::kTrue);
  EXPECT_EQ(IsLess(a, IntInterval{3, 9}), Truth::kUnknown);
  EXPECT_EQ(IsLess(a, IntInterval{0, 1}), Truth::kFalse);
  EXPECT_EQ(IsLess(a, DoubleInterval{3.5, 4}), Truth::kTrue);
  EXPECT_EQ(IsLess(DoubleInterval{0.5, 2.5}, a), Truth::kUnknown);
}

TEST(IntervalTest, IsEqualWhereBothArePoints) {
  const IntInterval a = {1, 3};
  EXPECT_EQ(IsEqual(a, a), Truth::kUnknown);
  EXPECT_EQ(IsEqual(a, IntInterval{4, 5}), Truth::kFalse);
  EXPECT_EQ(IsEqual(a, IntInterval{-1, 0}), Truth::kFalse);
  EXPECT_EQ(IsEqual(a, DoubleInterval{1.25, 1.75}), Truth::kUnknown);
  EXPECT_EQ(IsEqual(IntInterval::Point(2), DoubleInterval::Point(2)),
            Truth::kTrue);
}

TEST(IntervalTest, NegatesTruth) {
  EXPECT_EQ(Not(Truth::kTrue), Truth::kFalse);
  EXPECT_EQ(Not(Truth::kFalse), Truth::kTrue);
  EXPECT_EQ(Not(Truth::kUnknown), Truth::kUnknown);
}

}  // namespace
}  // namespace plumbline::pathway
