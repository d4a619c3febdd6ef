#include "triage-service/domain/values_to_try.h"

#include <algorithm>
#include <bitset>
#include <cstdlib>
#include <optional>
#include <tuple>
#include <utility>
#include <variant>

#include "common/pathway/checked_tree.h"
#include "common/pathway/interval.h"
#include "common/pathway/item_values.h"

namespace plumbline::triage {
namespace {

using pathway::CheckedNode;
using pathway::CheckedTree;
using pathway::CompiledPathway;
using pathway::Expression;
using pathway::Intake;
using pathway::Item;
using pathway::ItemType;
using pathway::NodeKind;
using pathway::SlotAnswer;

// The most values of a number that are tried one by one.
constexpr std::int64_t kNumbersMax = 1024;
// The most options of a set that are tried in every combination.
constexpr std::size_t kCombinedOptionsMax = 10;

using Number = std::variant<std::int64_t, double>;

// What the pathway asks of an item's value.
struct Uses {
  // Numbers: what the item is compared with.
  std::vector<Number> compared_with;
  // Numbers: whether more is made of the item than comparisons with numbers
  // that are written out.
  bool is_calculated_with = false;
  // Sets: the options that are asked for, one bit each.
  std::uint64_t asked_options = 0;
};

bool IsComparison(NodeKind kind) {
  return kind == NodeKind::kEqual || kind == NodeKind::kNotEqual ||
         kind == NodeKind::kLess || kind == NodeKind::kLessEqual ||
         kind == NodeKind::kGreater || kind == NodeKind::kGreaterEqual ||
         kind == NodeKind::kInList;
}

std::uint64_t AllOptions(const Item& item) {
  const std::size_t count = item.options.size();
  return count == 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << count) - 1;
}

// Collects the uses of every item from all expressions that decide.
class UsesOfItems {
 public:
  explicit UsesOfItems(const CompiledPathway& pathway)
      : pathway_(pathway), uses_(pathway.items.size()) {
    for (const Item& item : pathway.items) {
      if (item.enable_when.has_value()) Read(*item.enable_when);
    }
    for (const pathway::Definition& definition : pathway.definitions) {
      Read(definition.expression);
    }
    for (const pathway::Rule& rule : pathway.rules) Read(rule.when);
    for (const pathway::Score& score : pathway.scores) {
      for (std::size_t i = 0; i < score.items.size(); ++i) {
        Uses& uses = uses_[score.items[i]];
        uses.is_calculated_with = true;
        uses.asked_options |= score.points[i].ticks;
      }
    }
  }

  const Uses& Of(int item) const { return uses_[item]; }

 private:
  void Read(const Expression& expression) {
    const CheckedTree& tree = *expression.tree;
    // The value of an item that is no part of anything is handed on.
    if (tree.nodes.back().kind == NodeKind::kItem) Calculate(tree.nodes.back());
    for (const CheckedNode& node : tree.nodes) {
      if (node.kind == NodeKind::kSizeItem) {
        uses_[node.index].asked_options =
            AllOptions(pathway_.items[node.index]);
      } else if (node.kind == NodeKind::kInItem) {
        ReadMembership(tree, node);
      } else {
        ReadOperands(tree, node);
      }
    }
  }

  void ReadMembership(const CheckedTree& tree, const CheckedNode& node) {
    const Item& item = pathway_.items[node.index];
    const CheckedNode& element = tree.nodes[node.children[0]];
    const int option =
        element.kind == NodeKind::kString ? item.OptionIndex(element.text) : -1;
    uses_[node.index].asked_options |=
        option < 0 ? AllOptions(item) : std::uint64_t{1} << option;
  }

  void ReadOperands(const CheckedTree& tree, const CheckedNode& node) {
    for (const int child : node.children) {
      const CheckedNode& operand = tree.nodes[child];
      if (operand.kind != NodeKind::kItem) continue;
      Uses& uses = uses_[operand.index];
      for (const int other : node.children) {
        if (other == child) continue;
        const std::optional<Number> number = NumberIn(tree, other);
        if (IsComparison(node.kind) && number.has_value()) {
          uses.compared_with.push_back(*number);
        } else {
          uses.is_calculated_with = true;
        }
      }
      if (node.children.size() == 1) Calculate(operand);
    }
  }

  void Calculate(const CheckedNode& item) {
    uses_[item.index].is_calculated_with = true;
  }

  // The number that is written out at `index`, perhaps with a sign.
  static std::optional<Number> NumberIn(const CheckedTree& tree, int index) {
    const CheckedNode& node = tree.nodes[index];
    if (node.kind == NodeKind::kInt) return node.int_value;
    if (node.kind == NodeKind::kDouble) return node.double_value;
    if (node.kind != NodeKind::kNegate) return std::nullopt;
    const CheckedNode& negated = tree.nodes[node.children[0]];
    if (negated.kind == NodeKind::kInt) return -negated.int_value;
    if (negated.kind == NodeKind::kDouble) return -negated.double_value;
    return std::nullopt;
  }

  const CompiledPathway& pathway_;
  std::vector<Uses> uses_;
};

// The values of one item.
class Values {
 public:
  Values(const Item& item, const Uses& uses, const SlotAnswer& present)
      : item_(item), uses_(uses), present_(present) {}

  ValuesToTry Find() {
    switch (item_.type) {
      case ItemType::kChoice:
        AddOptions();
        break;
      case ItemType::kMultiChoice:
        AddSets();
        break;
      case ItemType::kBoolean:
        Add(0, 1);
        Add(1, 1);
        break;
      case ItemType::kInteger:
      case ItemType::kDecimal:
        AddNumbers();
        break;
    }
    std::sort(found_.values.begin(), found_.values.end(),
              [](const ValueToTry& a, const ValueToTry& b) {
                return std::tie(a.steps, a.value) < std::tie(b.steps, b.value);
              });
    return std::move(found_);
  }

 private:
  void Add(std::int64_t value, std::int64_t steps) {
    if (present_.IsAnswered() && present_.value == value) return;
    const std::int64_t counted = present_.IsAnswered() ? steps : 1;
    found_.values.push_back({value, std::max<std::int64_t>(counted, 1)});
  }

  void AddOptions() {
    for (std::size_t i = 0; i < item_.options.size(); ++i) {
      const auto option = static_cast<std::int64_t>(i);
      if (item_.options[i].means_unknown) continue;
      Add(option, std::abs(option - present_.value));
    }
  }

  // Numbers between two neighbours of those that the item is compared with
  // decide alike.
  void AddNumbers() {
    if (uses_.is_calculated_with &&
        item_.maximum - item_.minimum < kNumbersMax) {
      for (std::int64_t value = item_.minimum; value <= item_.maximum;
           ++value) {
        Add(value, std::abs(value - present_.value));
      }
      return;
    }
    found_.complete = !uses_.is_calculated_with;
    std::vector<std::int64_t> begins = {item_.minimum};
    for (const Number& number : uses_.compared_with) {
      begins.push_back(FirstNotBelow(number, 0));
      begins.push_back(FirstNotBelow(number, 1));
    }
    std::sort(begins.begin(), begins.end());
    begins.erase(std::unique(begins.begin(), begins.end()), begins.end());
    for (std::size_t i = 0; i < begins.size(); ++i) {
      const bool is_last = i + 1 == begins.size();
      AddNearest(begins[i], is_last ? item_.maximum : begins[i + 1] - 1);
    }
  }

  // The value of the range that is nearest to the present answer; none where
  // the range holds the answer.
  void AddNearest(std::int64_t minimum, std::int64_t maximum) {
    if (minimum > maximum) return;
    if (!present_.IsAnswered()) return Add(minimum, 1);
    const std::int64_t nearest = std::clamp(present_.value, minimum, maximum);
    Add(nearest, std::abs(nearest - present_.value));
  }

  // The first value that compares with `number` as `order` or more; one beyond
  // the maximum where there is none.
  std::int64_t FirstNotBelow(const Number& number, int order) const {
    std::int64_t begin = item_.minimum;
    std::int64_t end = item_.maximum + 1;
    while (begin < end) {
      const std::int64_t middle = begin + (end - begin) / 2;
      if (CompareWith(number, middle) >= order) {
        end = middle;
      } else {
        begin = middle + 1;
      }
    }
    return begin;
  }

  // How the item's value compares with `number`.
  int CompareWith(const Number& number, std::int64_t value) const {
    return std::visit(
        [this, value](auto other) {
          return item_.type == ItemType::kInteger
                     ? pathway::Compare(value, other)
                     : pathway::Compare(pathway::DecimalValue(item_, value),
                                        other);
        },
        number);
  }

  // Every combination of the options that are asked for, the others kept.
  void AddSets() {
    const std::uint64_t joinable = AllOptions(item_) & ~item_.exclusive_mask;
    const std::uint64_t present =
        present_.IsAnswered()
            ? static_cast<std::uint64_t>(present_.value) & joinable
            : 0;
    AddExclusiveSets(present);
    const std::uint64_t asked = uses_.asked_options & joinable;
    std::vector<std::uint64_t> options;
    for (std::size_t i = 0; i < item_.options.size(); ++i) {
      const std::uint64_t option = std::uint64_t{1} << i;
      if ((asked & option) != 0) options.push_back(option);
    }
    // A set that holds none of the asked ones holds another, if it can.
    const std::uint64_t other = joinable & ~asked;
    const std::uint64_t first_other = other & (~other + 1);
    for (const std::uint64_t toggled : Combinations(options)) {
      std::uint64_t set = present ^ toggled;
      if (set == 0) set = first_other;
      if (set != 0) AddSet(set, present);
    }
  }

  void AddExclusiveSets(std::uint64_t present) {
    for (std::size_t i = 0; i < item_.options.size(); ++i) {
      if (item_.options[i].exclusive) AddSet(std::uint64_t{1} << i, present);
    }
  }

  void AddSet(std::uint64_t set, std::uint64_t present) {
    const std::uint64_t changed = (set & ~item_.exclusive_mask) ^ present;
    Add(static_cast<std::int64_t>(set),
        static_cast<std::int64_t>(std::bitset<64>(changed).count()));
  }

  // Every union of `options`, the empty one too; of many options, those of two
  // at most.
  std::vector<std::uint64_t> Combinations(
      const std::vector<std::uint64_t>& options) {
    std::vector<std::uint64_t> unions = {0};
    if (options.size() <= kCombinedOptionsMax) {
      for (const std::uint64_t option : options) {
        const std::size_t count = unions.size();
        for (std::size_t i = 0; i < count; ++i) {
          unions.push_back(unions[i] | option);
        }
      }
      return unions;
    }
    found_.complete = false;
    for (std::size_t i = 0; i < options.size(); ++i) {
      for (std::size_t j = i; j < options.size(); ++j) {
        unions.push_back(options[i] | options[j]);
      }
    }
    return unions;
  }

  const Item& item_;
  const Uses& uses_;
  const SlotAnswer& present_;
  ValuesToTry found_;
};

}  // namespace

std::vector<ValuesToTry> FindValuesToTry(const CompiledPathway& pathway,
                                         const Intake& intake) {
  const UsesOfItems uses(pathway);
  std::vector<ValuesToTry> values(pathway.items.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    const Item& item = pathway.items[i];
    if (!item.changeable) continue;
    values[i] = Values(item, uses.Of(static_cast<int>(i)), intake[i]).Find();
  }
  return values;
}

}  // namespace plumbline::triage
