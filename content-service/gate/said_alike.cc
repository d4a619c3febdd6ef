#include "content-service/gate/said_alike.h"

#include <algorithm>
#include <numeric>
#include <optional>
#include <vector>

#include "absl/strings/str_cat.h"

namespace plumbline::gate {
namespace {

using pathway::Item;
using pathway::ItemType;
using pathway::Option;

constexpr std::int64_t kValuesMax = 4096;

bool IsSameOption(const Option& a, const Option& b) {
  return a.code == b.code && a.exclusive == b.exclusive &&
         a.means_unknown == b.means_unknown;
}

// The option of `item` that says what `option` does; -1: there is none.
int Counterpart(const Option& option, const Item& item) {
  const int found = item.OptionIndex(option.code);
  const bool is_answer =
      found >= 0 && !option.means_unknown && !item.options[found].means_unknown;
  return is_answer ? found : -1;
}

// The slot value of `to` that says what `value` does of `from`. No sets.
std::optional<std::int64_t> ValueFor(const Item& from, std::int64_t value,
                                     const Item& to) {
  if (from.type == ItemType::kBoolean) return value;
  if (from.type == ItemType::kChoice) {
    const int option = Counterpart(from.options[value], to);
    if (option < 0) return std::nullopt;
    return option;
  }
  const std::int64_t common = std::gcd(from.scale, to.scale);
  const std::int64_t divisor = from.scale / common;
  if (value % divisor != 0) return std::nullopt;
  const std::int64_t same = value / divisor * (to.scale / common);
  if (same < to.minimum || same > to.maximum) return std::nullopt;
  return same;
}

// Whether the slots of both count the same, so that values need not be looked
// at one by one.
bool CountAlike(const Item& a, const Item& b) {
  return a.type == ItemType::kInteger ||
         (a.type == ItemType::kDecimal && a.scale == b.scale);
}

void CheckCount(const Item& item, const SymbolicNumber& number) {
  if (number.maximum - number.minimum < kValuesMax) return;
  throw NotProvable(absl::StrCat(item.link_id,
                                 " is counted in other steps, and has more "
                                 "than ",
                                 kValuesMax, " values"));
}

bool IsSet(const Item& item) { return item.type == ItemType::kMultiChoice; }

z3::expr IsForeignSet(const Item& item, const SymbolicAnswer& answer,
                      const Item& other) {
  z3::context& z3 = answer.answered.ctx();
  std::vector<z3::expr> ways;
  for (std::size_t i = 0; i < item.options.size(); ++i) {
    const int same = Counterpart(item.options[i], other);
    if (same < 0) {
      ways.push_back(answer.chosen[i]);
    } else if (other.options[same].exclusive) {
      std::vector<z3::expr> besides = answer.chosen;
      besides.erase(besides.begin() + static_cast<std::ptrdiff_t>(i));
      ways.push_back(answer.chosen[i] && AnyOf(z3, besides));
    }
  }
  return AnyOf(z3, ways);
}

// Whether there is a value, and `other` does not take it.
z3::expr IsForeign(const Item& item, const SymbolicAnswer& answer,
                   const Item& other) {
  z3::context& z3 = answer.answered.ctx();
  if (IsSet(item)) return answer.answered && IsForeignSet(item, answer, other);
  const SymbolicNumber& value = *answer.value;
  if (CountAlike(item, other)) {
    return answer.answered &&
           (IsLess(value, ConstantNumber(z3, other.minimum)) ||
            IsLess(ConstantNumber(z3, other.maximum), value));
  }
  std::vector<z3::expr> ways;
  for (std::int64_t i = value.minimum; i <= value.maximum; ++i) {
    if (!ValueFor(item, i, other).has_value())
      ways.push_back(IsPlace(value, i));
  }
  return answer.answered && AnyOf(z3, ways);
}

// Of two answers that are not foreign.
z3::expr IsSame(const Item& a_item, const SymbolicAnswer& a, const Item& b_item,
                const SymbolicAnswer& b) {
  z3::context& z3 = a.answered.ctx();
  std::vector<z3::expr> same;
  if (IsSet(a_item)) {
    for (std::size_t i = 0; i < a_item.options.size(); ++i) {
      const int other = Counterpart(a_item.options[i], b_item);
      if (other >= 0) same.push_back(a.chosen[i] == b.chosen[other]);
    }
    return AllOf(z3, same);
  }
  if (CountAlike(a_item, b_item)) return IsEqual(*a.value, *b.value);
  for (std::int64_t i = a.value->minimum; i <= a.value->maximum; ++i) {
    const auto other = ValueFor(a_item, i, b_item);
    if (!other.has_value()) continue;
    same.push_back(IsPlace(*a.value, i) && IsPlace(*b.value, *other));
  }
  return AnyOf(z3, same);
}

}  // namespace

bool TakeTheSame(const Item& a, const Item& b) {
  return a.type == b.type && a.minimum == b.minimum && a.maximum == b.maximum &&
         a.scale == b.scale &&
         std::equal(a.options.begin(), a.options.end(), b.options.begin(),
                    b.options.end(), IsSameOption);
}

z3::expr IsSaidAlike(const Item& a_item, const SymbolicAnswer& a,
                     const Item& b_item, const SymbolicAnswer& b) {
  if (!IsSet(a_item) && !CountAlike(a_item, b_item)) {
    CheckCount(a_item, *a.value);
    CheckCount(b_item, *b.value);
  }
  return (a.answered == b.answered && a.closed == b.closed &&
          z3::implies(a.answered, IsSame(a_item, a, b_item, b))) ||
         IsForeign(a_item, a, b_item) || IsForeign(b_item, b, a_item);
}

}  // namespace plumbline::gate
