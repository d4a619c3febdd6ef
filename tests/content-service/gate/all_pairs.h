// Every pair of intakes of two small pathways that one person could give, by
// what is said, and whether the second is less or more urgent: what a search
// for the effects of a change must find.

#ifndef PLUMBLINE_TESTS_CONTENT_SERVICE_GATE_ALL_PAIRS_H_
#define PLUMBLINE_TESTS_CONTENT_SERVICE_GATE_ALL_PAIRS_H_

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <cstdlib>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/pathway/item_values.h"
#include "common/pathway/model.h"
#include "content-service/gate/effect.h"
#include "tests/content-service/gate/all_intakes.h"
#include "tests/content-service/gate/oracle.h"

namespace plumbline::gate {

// What a value says, whatever the slots of its item.
inline std::string WordOf(const pathway::Item& item, std::int64_t value) {
  switch (item.type) {
    case pathway::ItemType::kChoice:
      return item.options[value].code;
    case pathway::ItemType::kBoolean:
      return value != 0 ? "yes" : "no";
    case pathway::ItemType::kInteger:
      return absl::StrCat(value);
    case pathway::ItemType::kDecimal:
      return absl::StrCat(pathway::DecimalValue(item, value));
    case pathway::ItemType::kMultiChoice:
      break;
  }
  std::set<std::string> codes;
  for (std::size_t i = 0; i < item.options.size(); ++i) {
    if ((value >> i & 1) != 0) codes.insert(item.options[i].code);
  }
  return absl::StrJoin(codes, "+");
}

// The words that an item takes.
inline std::set<std::string> WordsOf(const pathway::Item& item) {
  std::set<std::string> words;
  for (const std::int64_t value : LegalValues(item)) {
    words.insert(WordOf(item, value));
  }
  return words;
}

// A set of places.
using Bits = std::vector<std::uint64_t>;

inline bool Has(const Bits& bits, std::size_t place) {
  return (bits[place / 64] >> place % 64 & 1) != 0;
}

// Before and after, of which every pair of intakes is tried.
class AllPairs {
 public:
  // What makes a pair as large as it is: bit i is item i of the target, and
  // what it asks as before; after these come the items of the base alone.
  using Size = std::uint32_t;

  AllPairs(const pathway::CompiledPathway& base,
           const pathway::CompiledPathway& target, const AllIntakes& befores,
           const AllIntakes& afters)
      : base_(base), target_(target), befores_(befores), afters_(afters) {
    CountItems();
    for (const KnownIntake& before : befores.all()) {
      sizes_before_.push_back(SizesOf(before.intake, base_, places_before_));
    }
    for (const KnownIntake& after : afters.all()) {
      sizes_after_.push_back(SizesOf(after.intake, target_, places_after_));
    }
    for (std::size_t i = 0; i < target.items.size(); ++i) {
      if (counterparts_[i] >= 0) Compare(counterparts_[i], i);
    }
    for (std::size_t i = 0; i < befores.all().size(); ++i) TryWithEvery(i);
  }

  // By how many steps the disposition changes, those of all pairs that change
  // so.
  std::map<int, std::set<Size>> SizesOf(Direction direction,
                                        bool complete) const {
    const auto found = sizes_.find({direction, complete});
    return found == sizes_.end() ? std::map<int, std::set<Size>>()
                                 : found->second;
  }

  static int StepsBetween(pathway::Disposition a, pathway::Disposition b) {
    return std::abs(static_cast<int>(a) - static_cast<int>(b));
  }

  Size SizeOf(int before, int after, bool complete) const {
    return sizes_before_[before][complete] | sizes_after_[after][complete];
  }

  // An item that is of another type now has two places.
  std::set<std::string> LinkIdsOf(Size size) const {
    std::set<std::string> link_ids;
    for (std::size_t i = 0; i < link_ids_.size(); ++i) {
      if ((size >> i & 1) != 0) link_ids.insert(link_ids_[i]);
    }
    return link_ids;
  }

  bool IsSaidAlike(int before, int after) const {
    return Has(SaidAlike(before), after);
  }

 private:
  using Kind = std::pair<Direction, bool>;
  using Sizes = std::array<Size, 2>;  // By whether both are complete.

  // What is said of one item: not asked, open, closed, or a word.
  using Said = std::string;
  static constexpr char kNotAsked[] = "(not asked)";
  static constexpr char kOpen[] = "(open)";
  static constexpr char kClosed[] = "(closed)";

  // What both ask.
  struct Column {
    std::vector<Said> before;    // By intake of the base.
    std::map<Said, Bits> alike;  // By that: those of the target.
  };

  void CountItems() {
    for (std::size_t i = 0; i < target_.items.size(); ++i) {
      counterparts_.push_back(CounterpartOf(static_cast<int>(i)));
      places_after_.push_back(link_ids_.size());
      link_ids_.push_back(target_.items[i].link_id);
    }
    for (std::size_t i = 0; i < base_.items.size(); ++i) {
      const auto found = std::find(counterparts_.begin(), counterparts_.end(),
                                   static_cast<int>(i));
      if (found != counterparts_.end()) {
        places_before_.push_back(found - counterparts_.begin());
      } else {
        places_before_.push_back(link_ids_.size());
        link_ids_.push_back(base_.items[i].link_id);
      }
    }
  }

  static std::string UnitOf(const pathway::v1::Item& item) {
    return item.has_decimal_range() ? item.decimal_range().unit()
                                    : item.integer_range().unit();
  }

  int CounterpartOf(int item) const {
    const pathway::v1::Item& sought = target_.source->items(item);
    for (int i = 0; i < base_.source->items_size(); ++i) {
      const pathway::v1::Item& is = base_.source->items(i);
      if (is.link_id() == sought.link_id() && is.type() == sought.type() &&
          UnitOf(is) == UnitOf(sought)) {
        return i;
      }
    }
    return -1;
  }

  // Of the answers of one intake: all count, or where both intakes are complete
  // those that are not calm.
  static Sizes SizesOf(const pathway::Intake& intake,
                       const pathway::CompiledPathway& pathway,
                       const std::vector<std::size_t>& places) {
    Sizes sizes = {0, 0};
    for (std::size_t i = 0; i < intake.size(); ++i) {
      if (!intake[i].IsAnswered()) continue;
      const pathway::Item& item = pathway.items[i];
      const WorseAnswers worse(
          item, pathway.source->items(static_cast<int>(i)).worse());
      sizes[0] |= Size{1} << places[i];
      if (intake[i].value != worse.CalmValue(LegalValues(item))) {
        sizes[1] |= Size{1} << places[i];
      }
    }
    return sizes;
  }

  static Said SaidOf(const KnownIntake& known, const pathway::Item& item,
                     std::size_t index) {
    if (known.evaluation.enabled[index] == pathway::Truth::kFalse)
      return kNotAsked;
    const pathway::SlotAnswer& slot = known.intake[index];
    if (slot.IsAnswered()) return WordOf(item, slot.value);
    return slot.state == pathway::SlotAnswer::State::kClosed ? kClosed : kOpen;
  }

  // The definition, said again.
  static bool IsSaidAlike(const Said& before, const std::set<Said>& words,
                          const Said& after, const std::set<Said>& other) {
    if (before == kNotAsked || after == kNotAsked) return true;
    if (words.count(before) > 0 && other.count(before) == 0) return true;
    if (other.count(after) > 0 && words.count(after) == 0) return true;
    return before == after;
  }

  void Compare(std::size_t base_item, std::size_t target_item) {
    const pathway::Item& was = base_.items[base_item];
    const pathway::Item& is = target_.items[target_item];
    const std::set<Said> words = WordsOf(was);
    const std::set<Said> other = WordsOf(is);
    Column column;
    for (const KnownIntake& before : befores_.all()) {
      column.before.push_back(SaidOf(before, was, base_item));
    }
    const std::set<Said> differing(column.before.begin(), column.before.end());
    for (std::size_t i = 0; i < afters_.all().size(); ++i) {
      const Said after = SaidOf(afters_.all()[i], is, target_item);
      for (const Said& before : differing) {
        Bits& alike = column.alike[before];
        alike.resize(afters_.all().size() / 64 + 1);
        if (IsSaidAlike(before, words, after, other)) {
          alike[i / 64] |= std::uint64_t{1} << i % 64;
        }
      }
    }
    columns_.push_back(std::move(column));
  }

  // The intakes of the target that say the same.
  Bits SaidAlike(std::size_t before) const {
    Bits all(afters_.all().size() / 64 + 1, ~std::uint64_t{0});
    for (const Column& column : columns_) {
      const Bits& alike = column.alike.at(column.before[before]);
      for (std::size_t i = 0; i < all.size(); ++i) all[i] &= alike[i];
    }
    return all;
  }

  void TryWithEvery(std::size_t before) {
    const KnownIntake& was = befores_.all()[before];
    const Bits alike = SaidAlike(before);
    for (std::size_t i = 0; i < afters_.all().size(); ++i) {
      const KnownIntake& is = afters_.all()[i];
      if (!Has(alike, i) ||
          is.decision.disposition == was.decision.disposition) {
        continue;
      }
      const bool complete = was.complete && is.complete;
      const bool less = is.decision.disposition < was.decision.disposition;
      sizes_[{less ? Direction::kLessUrgent : Direction::kMoreUrgent, complete}]
            [StepsBetween(was.decision.disposition, is.decision.disposition)]
                .insert(sizes_before_[before][complete] |
                        sizes_after_[i][complete]);
    }
  }

  const pathway::CompiledPathway& base_;
  const pathway::CompiledPathway& target_;
  const AllIntakes& befores_;
  const AllIntakes& afters_;
  std::vector<int> counterparts_;  // By item of the target; -1: none.
  std::vector<std::size_t> places_before_;
  std::vector<std::size_t> places_after_;
  std::vector<std::string> link_ids_;  // By place.
  std::vector<Sizes> sizes_before_;
  std::vector<Sizes> sizes_after_;
  std::vector<Column> columns_;
  std::map<Kind, std::map<int, std::set<Size>>> sizes_;
};

}  // namespace plumbline::gate

#endif  // PLUMBLINE_TESTS_CONTENT_SERVICE_GATE_ALL_PAIRS_H_
