#include "content-service/gate/symbolic.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "absl/strings/str_cat.h"
#include "common/pathway/interval.h"

namespace plumbline::gate {
namespace {

// The most places that are looked at one by one.
constexpr std::int64_t kPlacesMax = 4096;

// Signed bits for all of a range.
unsigned WidthOf(std::int64_t minimum, std::int64_t maximum) {
  unsigned width = 1;
  while (width < 64 && (minimum < -(std::int64_t{1} << (width - 1)) ||
                        maximum > (std::int64_t{1} << (width - 1)) - 1)) {
    ++width;
  }
  return width;
}

unsigned WidthOf(const SymbolicNumber& number) {
  return number.place.get_sort().bv_size();
}

z3::expr Widened(const z3::expr& place, unsigned width) {
  const unsigned present = place.get_sort().bv_size();
  return present >= width ? place : z3::sext(place, width - present);
}

bool IsConstant(const SymbolicNumber& number) {
  return number.minimum == number.maximum;
}

std::int64_t PlacesOf(const SymbolicNumber& number) {
  return number.maximum - number.minimum + 1;
}

// Negative, zero or positive as the first is less, equal or greater, each at
// the place given.
int CompareAt(const SymbolicNumber& a, std::int64_t a_place,
              const SymbolicNumber& b, std::int64_t b_place) {
  if (a.scale == nullptr) {
    return b.scale == nullptr ? pathway::Compare(a_place, b_place)
                              : pathway::Compare(a_place, (*b.scale)(b_place));
  }
  return b.scale == nullptr
             ? pathway::Compare((*a.scale)(a_place), b_place)
             : pathway::Compare((*a.scale)(a_place), (*b.scale)(b_place));
}

z3::expr IsAtLeast(const SymbolicNumber& number, std::int64_t place) {
  z3::context& z3 = number.place.ctx();
  if (place <= number.minimum) return z3.bool_val(true);
  if (place > number.maximum) return z3.bool_val(false);
  return z3::sle(z3.bv_val(place, WidthOf(number)), number.place);
}

// The first place of `b` at which it is greater than `a` at `a_place`; one
// beyond its last where there is none.
std::int64_t FirstGreater(const SymbolicNumber& a, std::int64_t a_place,
                          const SymbolicNumber& b) {
  std::int64_t begin = b.minimum;
  std::int64_t end = b.maximum + 1;
  while (begin < end) {
    const std::int64_t middle = begin + (end - begin) / 2;
    if (CompareAt(a, a_place, b, middle) < 0) {
      end = middle;
    } else {
      begin = middle + 1;
    }
  }
  return begin;
}

// The same from above: the last place of `a` at which it is less than `b`.
std::int64_t LastLess(const SymbolicNumber& a, const SymbolicNumber& b,
                      std::int64_t b_place) {
  std::int64_t begin = a.minimum;
  std::int64_t end = a.maximum + 1;
  while (begin < end) {
    const std::int64_t middle = begin + (end - begin) / 2;
    if (CompareAt(a, middle, b, b_place) < 0) {
      begin = middle + 1;
    } else {
      end = middle;
    }
  }
  return begin - 1;
}

bool ShareScale(const SymbolicNumber& a, const SymbolicNumber& b) {
  return a.scale == b.scale;
}

// Numbers of different scales: by the places of the one that has fewer.
z3::expr IsLessByPlaces(const SymbolicNumber& a, const SymbolicNumber& b) {
  const bool by_first = PlacesOf(a) <= PlacesOf(b);
  if (std::min(PlacesOf(a), PlacesOf(b)) > kPlacesMax) {
    throw NotProvable(absl::StrCat(
        "two numbers of more than ", kPlacesMax,
        " values on different scales are compared with each other"));
  }
  z3::context& z3 = a.place.ctx();
  std::vector<z3::expr> ways;
  if (by_first) {
    // a is at most the place, and b is past what is greater than a there.
    for (std::int64_t place = a.minimum; place <= a.maximum; ++place) {
      const std::int64_t first = FirstGreater(a, place, b);
      if (first > b.maximum) break;
      if (place < a.maximum && FirstGreater(a, place + 1, b) == first) continue;
      ways.push_back(!IsAtLeast(a, place + 1) && IsAtLeast(b, first));
    }
  } else {
    for (std::int64_t place = b.minimum; place <= b.maximum; ++place) {
      const std::int64_t last = LastLess(a, b, place);
      if (last < a.minimum) continue;
      if (place > b.minimum && LastLess(a, b, place - 1) == last) continue;
      ways.push_back(IsAtLeast(b, place) && !IsAtLeast(a, last + 1));
    }
  }
  return AnyOf(z3, ways);
}

SymbolicNumber Least(const SymbolicNumber& a, const SymbolicNumber& b) {
  return Either(IsLess(b, a), b, a);
}

SymbolicNumber Greatest(const SymbolicNumber& a, const SymbolicNumber& b) {
  return Either(IsLess(a, b), b, a);
}

template <typename... Numbers>
SymbolicNumber Least(const SymbolicNumber& a, const Numbers&... others) {
  return Least(a, Least(others...));
}

template <typename... Numbers>
SymbolicNumber Greatest(const SymbolicNumber& a, const Numbers&... others) {
  return Greatest(a, Greatest(others...));
}

pathway::IntInterval Apply(Operation operation, pathway::IntInterval a,
                           pathway::IntInterval b) {
  std::optional<pathway::IntInterval> result;
  switch (operation) {
    case Operation::kAdd:
      result = pathway::Add(a, b);
      break;
    case Operation::kSubtract:
      result = pathway::Subtract(a, b);
      break;
    case Operation::kMultiply:
      result = pathway::Multiply(a, b);
      break;
  }
  if (!result.has_value()) throw NotProvable("an integer overflows");
  return *result;
}

double Apply(Operation operation, double a, double b) {
  switch (operation) {
    case Operation::kAdd:
      return a + b;
    case Operation::kSubtract:
      return a - b;
    case Operation::kMultiply:
      return a * b;
  }
  return a;
}

SymbolicNumber CalculateInts(Operation operation, const SymbolicNumber& a,
                             const SymbolicNumber& b) {
  const pathway::IntInterval range =
      Apply(operation, pathway::IntInterval{a.minimum, a.maximum},
            pathway::IntInterval{b.minimum, b.maximum});
  const unsigned width =
      std::max({WidthOf(range.minimum, range.maximum), WidthOf(a), WidthOf(b)});
  const z3::expr x = Widened(a.place, width);
  const z3::expr y = Widened(b.place, width);
  switch (operation) {
    case Operation::kAdd:
      return {x + y, range.minimum, range.maximum, nullptr};
    case Operation::kSubtract:
      return {x - y, range.minimum, range.maximum, nullptr};
    case Operation::kMultiply:
      break;
  }
  return {x * y, range.minimum, range.maximum, nullptr};
}

// What `of` gives for the place that `number` has. By the bits of the place,
// and not one place after the other: formulas as deep as there are places take
// Z3 the square of the time to free.
class ByPlace {
 public:
  using Of = std::function<z3::expr(std::int64_t)>;

  ByPlace(const SymbolicNumber& number, const Of& of)
      : number_(number), of_(of), width_(WidthOf(number)) {}

  z3::expr Choose() const { return Choose(0, width_); }

 private:
  // Of places that begin with the bits of `prefix`, and have `bits` more.
  z3::expr Choose(std::uint64_t prefix, unsigned bits) const {
    if (bits == 0) return of_(PlaceOf(prefix));
    const std::uint64_t zero = prefix << 1;
    const std::uint64_t one = zero | 1;
    if (!IsAny(zero, bits - 1)) return Choose(one, bits - 1);
    if (!IsAny(one, bits - 1)) return Choose(zero, bits - 1);
    const z3::expr is_one = number_.place.extract(bits - 1, bits - 1) ==
                            number_.place.ctx().bv_val(1, 1);
    return z3::ite(is_one, Choose(one, bits - 1), Choose(zero, bits - 1));
  }

  // The bits are of two's complement.
  std::int64_t PlaceOf(std::uint64_t pattern) const {
    const std::uint64_t sign = std::uint64_t{1} << (width_ - 1);
    return static_cast<std::int64_t>((pattern ^ sign) - sign);
  }

  // Whether a place begins so.
  bool IsAny(std::uint64_t prefix, unsigned bits) const {
    const std::int64_t first = PlaceOf(prefix << bits);
    const auto last = static_cast<std::int64_t>(
        static_cast<std::uint64_t>(first) + ((std::uint64_t{1} << bits) - 1));
    return first <= number_.maximum && last >= number_.minimum;
  }

  const SymbolicNumber& number_;
  const Of& of_;
  const unsigned width_;
};

z3::expr ChooseByPlace(const SymbolicNumber& number, const ByPlace::Of& of) {
  return ByPlace(number, of).Choose();
}

// Doubles are calculated for every pair of places, and the results are a scale
// of their own. `pairs` have the ranges and scales of the first one.
class Table {
 public:
  Table(Operation operation, const SymbolicNumber& a, const SymbolicNumber& b)
      : operation_(operation), a_(a), b_(b) {
    if (PlacesOf(a) > kPlacesMax || PlacesOf(b) > kPlacesMax ||
        PlacesOf(a) * PlacesOf(b) > kPlacesMax) {
      throw NotProvable(absl::StrCat("doubles of more than ", kPlacesMax,
                                     " pairs of values are calculated with"));
    }
    for (std::int64_t i = a.minimum; i <= a.maximum; ++i) {
      for (std::int64_t j = b.minimum; j <= b.maximum; ++j) {
        values_.push_back(At(i, j));
      }
    }
    std::sort(values_.begin(), values_.end());
    values_.erase(std::unique(values_.begin(), values_.end()), values_.end());
    scale_ = std::make_shared<const Scale>([values = values_](std::int64_t i) {
      return values[static_cast<std::size_t>(i)];
    });
  }

  SymbolicNumber Of(const SymbolicNumber& a, const SymbolicNumber& b) const {
    z3::context& z3 = a.place.ctx();
    const auto last = static_cast<std::int64_t>(values_.size()) - 1;
    const unsigned width = WidthOf(0, last);
    const z3::expr place = ChooseByPlace(a, [&](std::int64_t i) {
      return ChooseByPlace(b, [&](std::int64_t j) {
        return z3.bv_val(PlaceOf(At(i, j)), width);
      });
    });
    return {place, 0, last, scale_};
  }

 private:
  double At(std::int64_t i, std::int64_t j) const {
    return Apply(operation_, (*a_.scale)(i), (*b_.scale)(j));
  }

  std::int64_t PlaceOf(double value) const {
    return std::lower_bound(values_.begin(), values_.end(), value) -
           values_.begin();
  }

  const Operation operation_;
  const SymbolicNumber a_;
  const SymbolicNumber b_;
  std::vector<double> values_;
  std::shared_ptr<const Scale> scale_;
};

template <typename Calculation>
SymbolicInterval CalculateWith(Operation operation, const Calculation& of,
                               const SymbolicInterval& a,
                               const SymbolicInterval& b) {
  switch (operation) {
    case Operation::kAdd:
      return {of(a.first, b.first), of(a.last, b.last)};
    case Operation::kSubtract:
      return {of(a.first, b.last), of(a.last, b.first)};
    case Operation::kMultiply:
      break;
  }
  const SymbolicNumber w = of(a.first, b.first);
  const SymbolicNumber x = of(a.first, b.last);
  const SymbolicNumber y = of(a.last, b.first);
  const SymbolicNumber z = of(a.last, b.last);
  return {Least(w, x, y, z), Greatest(w, x, y, z)};
}

// The ends of an interval, both with the range of all of it.
SymbolicInterval SameRange(const SymbolicInterval& interval) {
  SymbolicInterval same = interval;
  const std::int64_t minimum =
      std::min(interval.first.minimum, interval.last.minimum);
  const std::int64_t maximum =
      std::max(interval.first.maximum, interval.last.maximum);
  const unsigned width = WidthOf(minimum, maximum);
  for (SymbolicNumber* const end : {&same.first, &same.last}) {
    end->place = Widened(end->place, width);
    end->minimum = minimum;
    end->maximum = maximum;
  }
  return same;
}

// The same number on a scale that holds the values of both.
SymbolicNumber Moved(const SymbolicNumber& number,
                     const std::vector<double>& values,
                     const std::shared_ptr<const Scale>& scale) {
  std::vector<std::int64_t> places;
  for (std::int64_t i = number.minimum; i <= number.maximum; ++i) {
    places.push_back(
        std::lower_bound(values.begin(), values.end(), (*number.scale)(i)) -
        values.begin());
  }
  SymbolicNumber moved = LookUp(number, places);
  moved.scale = scale;
  return moved;
}

SymbolicNumber EitherScale(const z3::expr& condition, const SymbolicNumber& a,
                           const SymbolicNumber& b) {
  if (PlacesOf(a) > kPlacesMax || PlacesOf(b) > kPlacesMax) {
    throw NotProvable(absl::StrCat("a choice between doubles of more than ",
                                   kPlacesMax, " values"));
  }
  std::vector<double> values;
  for (const SymbolicNumber* const number : {&a, &b}) {
    for (std::int64_t i = number->minimum; i <= number->maximum; ++i) {
      values.push_back((*number->scale)(i));
    }
  }
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
  const auto scale = std::make_shared<const Scale>(
      [values](std::int64_t i) { return values[static_cast<std::size_t>(i)]; });
  return Either(condition, Moved(a, values, scale), Moved(b, values, scale));
}

}  // namespace

// What is decided already is left out; nothing is simplified further, which
// would walk through the same terms again and again.
z3::expr AnyOf(z3::context& z3, const std::vector<z3::expr>& conditions) {
  z3::expr_vector list(z3);
  for (const z3::expr& condition : conditions) {
    if (condition.is_true()) return condition;
    if (!condition.is_false()) list.push_back(condition);
  }
  if (list.empty()) return z3.bool_val(false);
  return list.size() == 1 ? list[0] : z3::mk_or(list);
}

z3::expr AllOf(z3::context& z3, const std::vector<z3::expr>& conditions) {
  z3::expr_vector list(z3);
  for (const z3::expr& condition : conditions) {
    if (condition.is_false()) return condition;
    if (!condition.is_true()) list.push_back(condition);
  }
  if (list.empty()) return z3.bool_val(true);
  return list.size() == 1 ? list[0] : z3::mk_and(list);
}

SymbolicNumber ConstantNumber(z3::context& z3, std::int64_t place,
                              std::shared_ptr<const Scale> scale) {
  return {z3.bv_val(place, WidthOf(place, place)), place, place,
          std::move(scale)};
}

SymbolicNumber ConstantDouble(z3::context& z3, double value) {
  return ConstantNumber(z3, 0,
                        std::make_shared<const Scale>(
                            [value](std::int64_t /*place*/) { return value; }));
}

SymbolicNumber FreeNumber(z3::context& z3, const std::string& name,
                          std::int64_t minimum, std::int64_t maximum,
                          z3::expr_vector& legal) {
  const unsigned width = WidthOf(minimum, maximum);
  const z3::expr place = z3.bv_const(name.c_str(), width);
  legal.push_back(z3::sle(z3.bv_val(minimum, width), place));
  legal.push_back(z3::sle(place, z3.bv_val(maximum, width)));
  return {place, minimum, maximum, nullptr};
}

SymbolicNumber Either(const z3::expr& condition, const SymbolicNumber& if_true,
                      const SymbolicNumber& if_false) {
  if (!ShareScale(if_true, if_false)) {
    return EitherScale(condition, if_true, if_false);
  }
  const unsigned width = std::max(WidthOf(if_true), WidthOf(if_false));
  return {z3::ite(condition, Widened(if_true.place, width),
                  Widened(if_false.place, width)),
          std::min(if_true.minimum, if_false.minimum),
          std::max(if_true.maximum, if_false.maximum), if_true.scale};
}

SymbolicInterval Either(const z3::expr& condition,
                        const SymbolicInterval& if_true,
                        const SymbolicInterval& if_false) {
  return {Either(condition, if_true.first, if_false.first),
          Either(condition, if_true.last, if_false.last)};
}

z3::expr IsLess(const SymbolicNumber& a, const SymbolicNumber& b) {
  if (ShareScale(a, b)) {
    const unsigned width = std::max(WidthOf(a), WidthOf(b));
    return z3::slt(Widened(a.place, width), Widened(b.place, width));
  }
  if (IsConstant(a)) return IsAtLeast(b, FirstGreater(a, a.minimum, b));
  if (IsConstant(b)) return !IsAtLeast(a, LastLess(a, b, b.minimum) + 1);
  return IsLessByPlaces(a, b);
}

z3::expr IsEqual(const SymbolicNumber& a, const SymbolicNumber& b) {
  return !IsLess(a, b) && !IsLess(b, a);
}

z3::expr IsPlace(const SymbolicNumber& number, std::int64_t place) {
  z3::context& z3 = number.place.ctx();
  if (place < number.minimum || place > number.maximum) {
    return z3.bool_val(false);
  }
  return number.place == z3.bv_val(place, WidthOf(number));
}

SymbolicTruth IsLess(const SymbolicInterval& a, const SymbolicInterval& b) {
  return {IsLess(a.last, b.first), !IsLess(a.first, b.last)};
}

SymbolicTruth IsEqual(const SymbolicInterval& a, const SymbolicInterval& b) {
  const z3::expr apart = IsLess(a.last, b.first) || IsLess(b.last, a.first);
  return {!apart && !IsLess(a.first, a.last) && !IsLess(b.first, b.last),
          apart};
}

SymbolicInterval Calculate(Operation operation, const SymbolicInterval& a,
                           const SymbolicInterval& b) {
  if (a.first.scale == nullptr) {
    return CalculateWith(
        operation,
        [operation](const SymbolicNumber& x, const SymbolicNumber& y) {
          return CalculateInts(operation, x, y);
        },
        a, b);
  }
  const SymbolicInterval x = SameRange(a);
  const SymbolicInterval y = SameRange(b);
  const Table table(operation, x.first, y.first);
  return CalculateWith(
      operation,
      [&table](const SymbolicNumber& i, const SymbolicNumber& j) {
        return table.Of(i, j);
      },
      x, y);
}

SymbolicInterval Negate(const SymbolicInterval& a) {
  z3::context& z3 = a.first.place.ctx();
  if (a.first.scale == nullptr) {
    const SymbolicNumber zero = ConstantNumber(z3, 0);
    return Calculate(Operation::kSubtract, {zero, zero}, a);
  }
  const SymbolicNumber minus = ConstantDouble(z3, -1.0);
  return Calculate(Operation::kMultiply, a, {minus, minus});
}

SymbolicNumber Sum(z3::context& z3,
                   const std::vector<SymbolicNumber>& numbers) {
  SymbolicNumber sum = ConstantNumber(z3, 0);
  for (const SymbolicNumber& number : numbers) {
    sum = CalculateInts(Operation::kAdd, sum, number);
  }
  return sum;
}

SymbolicNumber CountTrue(z3::context& z3,
                         const std::vector<z3::expr>& conditions) {
  const SymbolicNumber zero = ConstantNumber(z3, 0);
  const SymbolicNumber one = ConstantNumber(z3, 1);
  std::vector<SymbolicNumber> numbers;
  numbers.reserve(conditions.size());
  for (const z3::expr& condition : conditions) {
    numbers.push_back(Either(condition, one, zero));
  }
  return Sum(z3, numbers);
}

SymbolicNumber LookUp(const SymbolicNumber& place,
                      const std::vector<std::int64_t>& values) {
  z3::context& z3 = place.place.ctx();
  const auto [least, most] = std::minmax_element(values.begin(), values.end());
  const unsigned width = WidthOf(*least, *most);
  const z3::expr found = ChooseByPlace(place, [&](std::int64_t at) {
    return z3.bv_val(values[static_cast<std::size_t>(at - place.minimum)],
                     width);
  });
  return {found, *least, *most, nullptr};
}

}  // namespace plumbline::gate
