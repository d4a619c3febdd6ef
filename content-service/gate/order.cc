#include "content-service/gate/order.h"

#include <algorithm>

namespace plumbline::gate {
namespace {

using pathway::Item;
using pathway::ItemType;
using pathway::v1::OptionChain;
using pathway::v1::OptionLevel;
using pathway::v1::Worse;

// Adds to each row what is reached through it.
void Close(std::vector<std::uint64_t>& rows) {
  for (std::size_t via = 0; via < rows.size(); ++via) {
    for (std::uint64_t& row : rows) {
      if ((row >> via & 1) != 0) row |= rows[via];
    }
  }
}

void Add(const Item& item, const OptionLevel& from, const OptionLevel& to,
         std::vector<std::uint64_t>& rows) {
  for (const std::string& code : from.codes()) {
    for (const std::string& other : to.codes()) {
      rows[item.OptionIndex(code)] |= std::uint64_t{1}
                                      << item.OptionIndex(other);
    }
  }
}

// Worse is what a way leads to that takes a step up at least once; the codes of
// one level are equally bad, also where another chain tells them apart from
// others.
std::vector<std::uint64_t> WorseOptions(const Item& item,
                                        const Worse& message) {
  const std::size_t count = item.options.size();
  std::vector<std::uint64_t> steps(count, 0);
  std::vector<std::uint64_t> as_bad(count, 0);  // Or worse.
  for (std::size_t i = 0; i < count; ++i) as_bad[i] |= std::uint64_t{1} << i;
  for (const OptionChain& chain : message.options().chains()) {
    for (int i = 0; i < chain.levels_size(); ++i) {
      Add(item, chain.levels(i), chain.levels(i), as_bad);
      if (i + 1 == chain.levels_size()) continue;
      Add(item, chain.levels(i), chain.levels(i + 1), as_bad);
      Add(item, chain.levels(i), chain.levels(i + 1), steps);
    }
  }
  Close(as_bad);
  std::vector<std::uint64_t> worse(count, 0);
  for (std::size_t i = 0; i < count; ++i) {
    for (std::size_t before = 0; before < count; ++before) {
      if ((as_bad[i] >> before & 1) == 0) continue;
      for (std::size_t behind = 0; behind < count; ++behind) {
        if ((steps[before] >> behind & 1) != 0) worse[i] |= as_bad[behind];
      }
    }
  }
  return worse;
}

}  // namespace

Order::Order(const Item& item, const Worse& message)
    : item_(item), message_(message) {
  if (message.order_case() == Worse::kOptions) {
    worse_options_ = WorseOptions(item, message);
  }
}

bool Order::IsOrdered() const {
  return message_.order_case() != Worse::kUnordered;
}

// No default label: a new kind of order stops the build here.
bool Order::IsWorse(std::int64_t better, std::int64_t worse) const {
  switch (message_.order_case()) {
    case Worse::kOptions:
      return (worse_options_[better] >> worse & 1) != 0;
    case Worse::kDirection:
      return message_.direction() == Worse::DIRECTION_UP ? better < worse
                                                         : worse < better;
    case Worse::kSetInclusion: {
      const auto joinable = ~item_.exclusive_mask;
      const auto less = static_cast<std::uint64_t>(better) & joinable;
      const auto more = static_cast<std::uint64_t>(worse) & joinable;
      return less != more && (less & ~more) == 0;
    }
    case Worse::kTrueIsWorse:
      return better < worse;
    case Worse::kUnordered:
    case Worse::ORDER_NOT_SET:
      break;
  }
  return false;
}

z3::expr Order::IsWorse(const SymbolicAnswer& better,
                        const SymbolicAnswer& worse) const {
  z3::context& z3 = better.answered.ctx();
  std::vector<z3::expr> ways;
  switch (message_.order_case()) {
    case Worse::kOptions:
      for (std::size_t i = 0; i < worse_options_.size(); ++i) {
        for (std::size_t j = 0; j < worse_options_.size(); ++j) {
          if ((worse_options_[i] >> j & 1) == 0) continue;
          ways.push_back(IsPlace(*better.value, static_cast<std::int64_t>(i)) &&
                         IsPlace(*worse.value, static_cast<std::int64_t>(j)));
        }
      }
      return AnyOf(z3, ways);
    case Worse::kDirection:
      return message_.direction() == Worse::DIRECTION_UP
                 ? IsLess(*better.value, *worse.value)
                 : IsLess(*worse.value, *better.value);
    case Worse::kSetInclusion: {
      std::vector<z3::expr> holds;
      for (std::size_t i = 0; i < item_.options.size(); ++i) {
        if (item_.options[i].exclusive) continue;
        holds.push_back(z3::implies(better.chosen[i], worse.chosen[i]));
        ways.push_back(!better.chosen[i] && worse.chosen[i]);
      }
      return AllOf(z3, holds) && AnyOf(z3, ways);
    }
    case Worse::kTrueIsWorse:
      return IsPlace(*better.value, 0) && IsPlace(*worse.value, 1);
    case Worse::kUnordered:
    case Worse::ORDER_NOT_SET:
      break;
  }
  return z3.bool_val(false);
}

bool Order::IsLeast(int option) const {
  return std::none_of(
      worse_options_.begin(), worse_options_.end(),
      [option](std::uint64_t worse) { return (worse >> option & 1) != 0; });
}

bool Order::IsInChain(int option) const {
  return !worse_options_.empty() &&
         (worse_options_[option] != 0 || !IsLeast(option));
}

std::int64_t Order::CalmValue() const {
  switch (item_.type) {
    case ItemType::kBoolean:
      return 0;
    case ItemType::kInteger:
    case ItemType::kDecimal:
      return message_.direction() == Worse::DIRECTION_DOWN ? item_.maximum
                                                           : item_.minimum;
    case ItemType::kMultiChoice: {
      const std::uint64_t alone = item_.exclusive_mask;
      return static_cast<std::int64_t>(alone == 0 ? 1 : alone & (~alone + 1));
    }
    case ItemType::kChoice:
      break;
  }
  for (std::size_t i = 0; i < item_.options.size(); ++i) {
    const bool calm = worse_options_.empty() || IsLeast(static_cast<int>(i));
    if (calm && !item_.options[i].means_unknown) {
      return static_cast<std::int64_t>(i);
    }
  }
  return 0;
}

}  // namespace plumbline::gate
