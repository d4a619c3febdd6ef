#include "content-service/gate/symbolic.h"

#include <gtest/gtest.h>

#include <limits>

#include "absl/strings/str_cat.h"
#include "common/pathway/interval.h"
#include "tests/support/status_matchers.h"

namespace plumbline::gate {
namespace {

using pathway::DoubleInterval;
using pathway::IntInterval;
using pathway::Truth;

constexpr std::int64_t kLargest = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t kSmallest = std::numeric_limits<std::int64_t>::min();

class SymbolicTest : public ::testing::Test {
 protected:
  // A number that can be any of its places.
  SymbolicNumber Free(std::int64_t minimum, std::int64_t maximum,
                      std::shared_ptr<const Scale> scale = nullptr) {
    SymbolicNumber number =
        FreeNumber(z3_, absl::StrCat("n", ++names_), minimum, maximum, legal_);
    number.scale = std::move(scale);
    return number;
  }

  // `formula` where variables have these places.
  z3::expr At(const z3::expr& formula,
              const std::vector<std::pair<SymbolicNumber, std::int64_t>>& at) {
    z3::expr_vector from(z3_);
    z3::expr_vector to(z3_);
    for (const auto& [number, place] : at) {
      from.push_back(number.place);
      to.push_back(z3_.bv_val(place, number.place.get_sort().bv_size()));
    }
    z3::expr result = formula;
    return result.substitute(from, to).simplify();
  }

  bool Holds(const z3::expr& formula,
             const std::vector<std::pair<SymbolicNumber, std::int64_t>>& at) {
    const z3::expr value = At(formula, at);
    EXPECT_TRUE(value.is_true() || value.is_false()) << value;
    return value.is_true();
  }

  static std::int64_t Signed(const z3::expr& place) {
    const unsigned width = place.get_sort().bv_size();
    const std::uint64_t bits = place.get_numeral_uint64();
    const std::uint64_t sign = std::uint64_t{1} << (width - 1);
    return static_cast<std::int64_t>((bits ^ sign) - sign);
  }

  // The value as a double of the scale, or the int.
  double ValueAt(
      const SymbolicNumber& number,
      const std::vector<std::pair<SymbolicNumber, std::int64_t>>& at) {
    const std::int64_t place = Signed(At(number.place, at));
    EXPECT_LE(number.minimum, place);
    EXPECT_GE(number.maximum, place);
    return number.scale == nullptr ? static_cast<double>(place)
                                   : (*number.scale)(place);
  }

  z3::context z3_;
  z3::expr_vector legal_{z3_};
  int names_ = 0;
};

std::shared_ptr<const Scale> Tenths() {
  return std::make_shared<const Scale>(
      [](std::int64_t place) { return static_cast<double>(place) / 10; });
}

std::shared_ptr<const Scale> Thirds() {
  return std::make_shared<const Scale>(
      [](std::int64_t place) { return static_cast<double>(place) / 3; });
}

std::string Refusal(const std::function<void()>& make) {
  try {
    make();
  } catch (const NotProvable& error) {
    return error.what();
  }
  return "";
}

TEST_F(SymbolicTest, TruthIsUnknownWhereItIsNeither) {
  const z3::expr yes = z3_.bool_val(true);
  const z3::expr no = z3_.bool_val(false);
  EXPECT_TRUE((SymbolicTruth{no, no}).IsUnknown().simplify().is_true());
  EXPECT_TRUE((SymbolicTruth{yes, no}).IsUnknown().simplify().is_false());
  EXPECT_TRUE((SymbolicTruth{no, yes}).IsUnknown().simplify().is_false());
}

TEST_F(SymbolicTest, NoneIsAnyAndAllOfNothing) {
  EXPECT_TRUE(AnyOf(z3_, {}).is_false());
  EXPECT_TRUE(AllOf(z3_, {}).is_true());
}

TEST_F(SymbolicTest, PlacesAreAsWideAsTheyMustBe) {
  const auto width = [this](std::int64_t minimum, std::int64_t maximum) {
    return Free(minimum, maximum).place.get_sort().bv_size();
  };
  EXPECT_EQ(width(0, 0), 1u);
  EXPECT_EQ(width(-1, 0), 1u);
  EXPECT_EQ(width(0, 1), 2u);
  EXPECT_EQ(width(0, 127), 8u);
  EXPECT_EQ(width(0, 128), 9u);
  EXPECT_EQ(width(-128, 127), 8u);
  EXPECT_EQ(width(-129, 0), 9u);
  EXPECT_EQ(width(0, kLargest), 64u);
  EXPECT_EQ(width(kSmallest, kLargest), 64u);
}

TEST_F(SymbolicTest, FreeNumbersKeepToTheirRange) {
  const SymbolicNumber number = Free(-2, 3);
  const z3::expr legal = z3::mk_and(legal_);
  for (std::int64_t place = -4; place <= 3; ++place) {
    EXPECT_EQ(Holds(legal, {{number, place}}), place >= -2) << place;
  }
}

TEST_F(SymbolicTest, ConstantsAreTheirPlaceAlone) {
  for (const std::int64_t value : {kSmallest, std::int64_t{-7}, std::int64_t{0},
                                   std::int64_t{8}, kLargest}) {
    const SymbolicNumber number = ConstantNumber(z3_, value);
    EXPECT_EQ(Signed(number.place.simplify()), value);
    EXPECT_TRUE(Holds(IsPlace(number, value), {}));
  }
  EXPECT_EQ(ValueAt(ConstantDouble(z3_, -0.25), {}), -0.25);
}

TEST_F(SymbolicTest, IsPlaceIsFalseOutsideTheRange) {
  const SymbolicNumber number = Free(0, 3);
  EXPECT_TRUE(IsPlace(number, -1).is_false());
  EXPECT_TRUE(IsPlace(number, 4).is_false());
  for (std::int64_t place = 0; place <= 3; ++place) {
    EXPECT_EQ(Holds(IsPlace(number, 2), {{number, place}}), place == 2);
  }
}

// Compares a with b at every pair of places, as the engine does.
class CompareTest : public SymbolicTest {
 protected:
  void ExpectComparesAsTheEngine(const SymbolicNumber& a,
                                 const SymbolicNumber& b) {
    const z3::expr less = IsLess(a, b);
    const z3::expr equal = IsEqual(a, b);
    for (std::int64_t i = a.minimum; i <= a.maximum; ++i) {
      for (std::int64_t j = b.minimum; j <= b.maximum; ++j) {
        const int order = Compare(a, i, b, j);
        EXPECT_EQ(Holds(less, {{a, i}, {b, j}}), order < 0) << i << " " << j;
        EXPECT_EQ(Holds(equal, {{a, i}, {b, j}}), order == 0) << i << " " << j;
      }
    }
  }

 private:
  static int Compare(const SymbolicNumber& a, std::int64_t i,
                     const SymbolicNumber& b, std::int64_t j) {
    if (a.scale == nullptr) {
      return b.scale == nullptr ? pathway::Compare(i, j)
                                : pathway::Compare(i, (*b.scale)(j));
    }
    return b.scale == nullptr ? pathway::Compare((*a.scale)(i), j)
                              : pathway::Compare((*a.scale)(i), (*b.scale)(j));
  }
};

TEST_F(CompareTest, ComparesIntsOfDifferentWidths) {
  ExpectComparesAsTheEngine(Free(-3, 3), Free(0, 20));
  ExpectComparesAsTheEngine(Free(0, 20), Free(-3, 3));
}

TEST_F(CompareTest, ComparesDoublesOfOneScale) {
  const auto tenths = Tenths();
  ExpectComparesAsTheEngine(Free(-5, 5, tenths), Free(0, 9, tenths));
}

TEST_F(CompareTest, ComparesWithConstantsOfAnyKind) {
  for (const double value : {-9.0, -0.5, -0.45, 0.0, 0.3, 0.7, 1.0, 9.0}) {
    ExpectComparesAsTheEngine(Free(-5, 12, Tenths()),
                              ConstantDouble(z3_, value));
    ExpectComparesAsTheEngine(ConstantDouble(z3_, value),
                              Free(-5, 12, Tenths()));
    ExpectComparesAsTheEngine(Free(-2, 2), ConstantDouble(z3_, value));
    ExpectComparesAsTheEngine(ConstantDouble(z3_, value), Free(-2, 2));
  }
  for (const std::int64_t value : {-1, 0, 1, 2}) {
    ExpectComparesAsTheEngine(Free(-5, 12, Tenths()),
                              ConstantNumber(z3_, value));
    ExpectComparesAsTheEngine(ConstantNumber(z3_, value),
                              Free(-5, 12, Tenths()));
  }
}

TEST_F(CompareTest, ComparesDifferentScalesByThePlacesOfEither) {
  ExpectComparesAsTheEngine(Free(-3, 3, Thirds()), Free(-11, 11, Tenths()));
  ExpectComparesAsTheEngine(Free(-11, 11, Tenths()), Free(-3, 3, Thirds()));
  ExpectComparesAsTheEngine(Free(-2, 2), Free(-21, 21, Tenths()));
  ExpectComparesAsTheEngine(Free(-21, 21, Tenths()), Free(-2, 2));
  ExpectComparesAsTheEngine(Free(5, 6), Free(0, 10, Tenths()));
  ExpectComparesAsTheEngine(Free(0, 10, Tenths()), Free(5, 6));
}

TEST_F(CompareTest, RefusesTwoLargeScales) {
  const SymbolicNumber large = Free(0, 5000, Tenths());
  const SymbolicNumber other = Free(0, 4096, Thirds());
  EXPECT_EQ(Refusal([&] { IsLess(large, other); }),
            "two numbers of more than 4096 values on different scales are "
            "compared with each other");
  EXPECT_EQ(Refusal([&] { IsLess(large, Free(0, 4095, Thirds())); }), "");
}

template <typename T>
Truth TruthAt(const pathway::Interval<T>& a, const pathway::Interval<T>& b,
              bool equal) {
  return equal ? IsEqual(a, b) : IsLess(a, b);
}

TEST_F(SymbolicTest, ComparesIntervalsAsTheEngine) {
  const SymbolicInterval a = {Free(0, 3), Free(0, 3)};
  const SymbolicInterval b = {Free(0, 3), Free(0, 3)};
  const SymbolicTruth less = IsLess(a, b);
  const SymbolicTruth equal = IsEqual(a, b);
  for (int bits = 0; bits < 256; ++bits) {
    const IntInterval x = {bits & 3, bits >> 2 & 3};
    const IntInterval y = {bits >> 4 & 3, bits >> 6 & 3};
    if (x.minimum > x.maximum || y.minimum > y.maximum) continue;
    const std::vector<std::pair<SymbolicNumber, std::int64_t>> at = {
        {a.first, x.minimum},
        {a.last, x.maximum},
        {b.first, y.minimum},
        {b.last, y.maximum}};
    EXPECT_EQ(Holds(less.is_true, at), IsLess(x, y) == Truth::kTrue);
    EXPECT_EQ(Holds(less.is_false, at), IsLess(x, y) == Truth::kFalse);
    EXPECT_EQ(Holds(equal.is_true, at), IsEqual(x, y) == Truth::kTrue);
    EXPECT_EQ(Holds(equal.is_false, at), IsEqual(x, y) == Truth::kFalse);
  }
}

template <typename Number>
std::optional<pathway::Interval<Number>> Expected(
    Operation operation, const pathway::Interval<Number>& a,
    const pathway::Interval<Number>& b) {
  switch (operation) {
    case Operation::kAdd:
      return Add(a, b);
    case Operation::kSubtract:
      return Subtract(a, b);
    case Operation::kMultiply:
      break;
  }
  return Multiply(a, b);
}

constexpr Operation kOperations[] = {Operation::kAdd, Operation::kSubtract,
                                     Operation::kMultiply};

TEST_F(SymbolicTest, CalculatesWithIntervalsOfInts) {
  const SymbolicInterval a = {Free(-2, 3), Free(-2, 3)};
  const SymbolicInterval b = {Free(-4, 1), Free(-4, 1)};
  for (const Operation operation : kOperations) {
    const SymbolicInterval result = Calculate(operation, a, b);
    for (std::int64_t i = -2; i <= 3; ++i) {
      for (std::int64_t j = i; j <= 3; ++j) {
        for (std::int64_t k = -4; k <= 1; ++k) {
          for (std::int64_t l = k; l <= 1; ++l) {
            const auto expected =
                Expected<std::int64_t>(operation, {i, j}, {k, l});
            const std::vector<std::pair<SymbolicNumber, std::int64_t>> at = {
                {a.first, i}, {a.last, j}, {b.first, k}, {b.last, l}};
            EXPECT_EQ(ValueAt(result.first, at), expected->minimum);
            EXPECT_EQ(ValueAt(result.last, at), expected->maximum);
          }
        }
      }
    }
  }
}

TEST_F(SymbolicTest, CalculatesWithDoublesAsTheEngineRounds) {
  const auto tenths = Tenths();
  const auto thirds = Thirds();
  const SymbolicInterval a = {Free(-2, 2, tenths), Free(-2, 2, tenths)};
  const SymbolicInterval b = {Free(-1, 2, thirds), Free(-1, 2, thirds)};
  for (const Operation operation : kOperations) {
    const SymbolicInterval result = Calculate(operation, a, b);
    for (std::int64_t i = -2; i <= 2; ++i) {
      for (std::int64_t j = i; j <= 2; ++j) {
        for (std::int64_t k = -1; k <= 2; ++k) {
          for (std::int64_t l = k; l <= 2; ++l) {
            const auto expected =
                Expected<double>(operation, {(*tenths)(i), (*tenths)(j)},
                                 {(*thirds)(k), (*thirds)(l)});
            const std::vector<std::pair<SymbolicNumber, std::int64_t>> at = {
                {a.first, i}, {a.last, j}, {b.first, k}, {b.last, l}};
            EXPECT_EQ(ValueAt(result.first, at), expected->minimum);
            EXPECT_EQ(ValueAt(result.last, at), expected->maximum);
          }
        }
      }
    }
  }
}

TEST_F(SymbolicTest, CalculatesAtTheEndOfInts) {
  const SymbolicNumber number = Free(0, 10);
  const SymbolicNumber far = ConstantNumber(z3_, kLargest - 10);
  const SymbolicInterval sum =
      Calculate(Operation::kAdd, {number, number}, {far, far});
  EXPECT_EQ(sum.last.maximum, kLargest);
  EXPECT_EQ(Signed(At(sum.first.place, {{number, 10}})), kLargest);
  EXPECT_EQ(Signed(At(sum.first.place, {{number, 0}})), kLargest - 10);
  EXPECT_TRUE(Holds(IsLess(far, sum.first), {{number, 1}}));
}

TEST_F(SymbolicTest, RefusesWhatLeavesTheInts) {
  const SymbolicNumber number = Free(0, 10);
  const SymbolicNumber far = ConstantNumber(z3_, kLargest - 9);
  EXPECT_EQ(Refusal([&] {
              Calculate(Operation::kAdd, {number, number}, {far, far});
            }),
            "an integer overflows");
}

TEST_F(SymbolicTest, RefusesDoublesOfTooManyPairs) {
  const auto calculate = [this](std::int64_t a, std::int64_t b) {
    const SymbolicNumber x = Free(1, a, Tenths());
    const SymbolicNumber y = Free(1, b, Thirds());
    return Refusal([&] { Calculate(Operation::kAdd, {x, x}, {y, y}); });
  };
  constexpr char kTooMany[] =
      "doubles of more than 4096 pairs of values are calculated with";
  EXPECT_EQ(calculate(64, 65), kTooMany);
  EXPECT_EQ(calculate(5000, 1), kTooMany);
  EXPECT_EQ(calculate(1, kLargest / 2), kTooMany);
  EXPECT_EQ(calculate(8, 8), "");
}

TEST_F(SymbolicTest, NegationTurnsIntervalsRound) {
  const SymbolicNumber first = Free(-2, 3);
  const SymbolicNumber last = Free(-2, 3);
  const SymbolicInterval ints = Negate({first, last});
  EXPECT_EQ(ValueAt(ints.first, {{first, -1}, {last, 3}}), -3);
  EXPECT_EQ(ValueAt(ints.last, {{first, -1}, {last, 3}}), 1);
  const auto tenths = Tenths();
  const SymbolicNumber low = Free(-2, 3, tenths);
  const SymbolicNumber high = Free(-2, 3, tenths);
  const SymbolicInterval doubles = Negate({low, high});
  EXPECT_EQ(ValueAt(doubles.first, {{low, -1}, {high, 3}}), -0.3);
  EXPECT_EQ(ValueAt(doubles.last, {{low, -1}, {high, 3}}), 0.1);
}

TEST_F(SymbolicTest, SumsAndCounts) {
  const SymbolicNumber a = Free(-1, 3);
  const SymbolicNumber b = Free(0, 100);
  const SymbolicNumber sum = Sum(z3_, {a, b, ConstantNumber(z3_, 7)});
  EXPECT_EQ(ValueAt(sum, {{a, -1}, {b, 100}}), 106);
  EXPECT_EQ(sum.minimum, 6);
  EXPECT_EQ(sum.maximum, 110);
  EXPECT_EQ(ValueAt(Sum(z3_, {}), {}), 0);
  const z3::expr yes = z3_.bool_val(true);
  const z3::expr no = z3_.bool_val(false);
  EXPECT_EQ(ValueAt(CountTrue(z3_, {yes, no, yes, yes}), {}), 3);
  EXPECT_EQ(ValueAt(CountTrue(z3_, {}), {}), 0);
}

TEST_F(SymbolicTest, LooksUpByPlace) {
  const SymbolicNumber number = Free(-1, 2);
  const SymbolicNumber found = LookUp(number, {40, -5, 40, 0});
  const std::int64_t expected[] = {40, -5, 40, 0};
  for (std::int64_t place = -1; place <= 2; ++place) {
    EXPECT_EQ(ValueAt(found, {{number, place}}), expected[place + 1]);
  }
}

TEST_F(SymbolicTest, ChoosesBetweenNumbersOfOneScale) {
  const SymbolicNumber a = Free(-1, 3);
  const SymbolicNumber b = Free(0, 100);
  const SymbolicNumber first = Either(z3_.bool_val(true), a, b);
  const SymbolicNumber second = Either(z3_.bool_val(false), a, b);
  EXPECT_EQ(ValueAt(first, {{a, -1}, {b, 99}}), -1);
  EXPECT_EQ(ValueAt(second, {{a, -1}, {b, 99}}), 99);
  EXPECT_EQ(first.minimum, -1);
  EXPECT_EQ(first.maximum, 100);
}

TEST_F(SymbolicTest, ChoosesBetweenNumbersOfDifferentScales) {
  const SymbolicNumber a = Free(-2, 3, Tenths());
  const SymbolicNumber b = Free(-2, 3, Thirds());
  const SymbolicInterval first = Either(
      z3_.bool_val(true), SymbolicInterval{a, a}, SymbolicInterval{b, b});
  const SymbolicInterval second = Either(
      z3_.bool_val(false), SymbolicInterval{a, a}, SymbolicInterval{b, b});
  for (std::int64_t place = -2; place <= 3; ++place) {
    EXPECT_EQ(ValueAt(first.first, {{a, place}, {b, 0}}), (*Tenths())(place));
    EXPECT_EQ(ValueAt(second.last, {{a, 0}, {b, place}}), (*Thirds())(place));
  }
  EXPECT_EQ(
      Refusal([&] { Either(z3_.bool_val(true), Free(0, 4096, Tenths()), b); }),
      "a choice between doubles of more than 4096 values");
}

// What a choice gives can be calculated with, though both ends have a scale of
// their own.
TEST_F(SymbolicTest, CalculatesWithChoices) {
  const SymbolicNumber a = Free(-2, 3, Tenths());
  const SymbolicNumber b = ConstantDouble(z3_, 2.5);
  const SymbolicInterval choice = Either(
      z3_.bool_val(true), SymbolicInterval{a, a}, SymbolicInterval{b, b});
  const SymbolicInterval sum = Calculate(Operation::kAdd, choice, {b, b});
  for (std::int64_t place = -2; place <= 3; ++place) {
    EXPECT_EQ(ValueAt(sum.first, {{a, place}}), (*Tenths())(place) + 2.5);
    EXPECT_EQ(ValueAt(sum.last, {{a, place}}), (*Tenths())(place) + 2.5);
  }
}

}  // namespace
}  // namespace plumbline::gate
