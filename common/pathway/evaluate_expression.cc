#include "common/pathway/evaluate_expression.h"

#include <bitset>
#include <optional>

#include "common/pathway/evaluate.h"
#include "common/pathway/item_values.h"
#include "common/pathway/names.h"

namespace plumbline::pathway {
namespace {

Value FromTruth(Truth truth) {
  if (truth == Truth::kUnknown) return Unknown();
  return truth == Truth::kTrue;
}

template <typename T>
Value FromOptional(const std::optional<Interval<T>>& interval) {
  if (!interval.has_value()) return Unknown();
  return *interval;
}

// The options of a multi-choice answer, one bit each.
std::uint64_t Mask(const SlotAnswer& answer) {
  return static_cast<std::uint64_t>(answer.value);
}

// Evaluates the nodes of one tree in order.
class Evaluator {
 public:
  Evaluator(const CheckedTree& tree, const Reading& reading)
      : tree_(tree), reading_(reading) {}

  std::vector<Value> Run() {
    values_.reserve(tree_.nodes.size());
    for (const CheckedNode& node : tree_.nodes) {
      values_.push_back(ValueOf(node));
    }
    return std::move(values_);
  }

 private:
  // No default label: a new kind of node stops the build here.
  Value ValueOf(const CheckedNode& node) const {
    switch (node.kind) {
      case NodeKind::kBool:
        return node.int_value != 0;
      case NodeKind::kInt:
        return IntInterval::Point(node.int_value);
      case NodeKind::kDouble:
        return DoubleInterval::Point(node.double_value);
      case NodeKind::kString:
        return absl::string_view(node.text);
      case NodeKind::kItem:
        return ReadItem(node.index);
      case NodeKind::kDefinition:
        return reading_.evaluation.definitions[node.index];
      case NodeKind::kScore:
        return ReadScore(node.index);
      case NodeKind::kDisposition:
        return ToString(reading_.outcome->disposition);
      case NodeKind::kDispositionRank:
        return IntInterval::Point(
            static_cast<int>(reading_.outcome->disposition));
      case NodeKind::kHasItem:
        return HasItem(node.index);
      case NodeKind::kHasScore:
        return FromTruth(reading_.evaluation.scores[node.index].present);
      case NodeKind::kSizeItem:
        return SizeOfItem(node.index);
      case NodeKind::kSizeFlags:
        return SizeOfFlags();
      case NodeKind::kNot:
        return FromTruth(Not(ToTruth(Child(node, 0))));
      case NodeKind::kNegate:
        return Negated(Child(node, 0));
      case NodeKind::kAnd:
        return Joined(node, Truth::kFalse);
      case NodeKind::kOr:
        return Joined(node, Truth::kTrue);
      case NodeKind::kEqual:
        return FromTruth(Equal(Child(node, 0), Child(node, 1)));
      case NodeKind::kNotEqual:
        return FromTruth(Not(Equal(Child(node, 0), Child(node, 1))));
      case NodeKind::kLess:
        return FromTruth(Less(Child(node, 0), Child(node, 1)));
      case NodeKind::kLessEqual:
        return FromTruth(Not(Less(Child(node, 1), Child(node, 0))));
      case NodeKind::kGreater:
        return FromTruth(Less(Child(node, 1), Child(node, 0)));
      case NodeKind::kGreaterEqual:
        return FromTruth(Not(Less(Child(node, 0), Child(node, 1))));
      case NodeKind::kAdd:
      case NodeKind::kSubtract:
      case NodeKind::kMultiply:
        return Calculated(node);
      case NodeKind::kInList:
        return InList(node);
      case NodeKind::kInItem:
        return InItem(Child(node, 0), node.index);
      case NodeKind::kInFlags:
        return InFlags(Child(node, 0));
      case NodeKind::kConditional:
        return Chosen(node);
    }
    return Unknown();
  }

  const Value& Child(const CheckedNode& node, std::size_t i) const {
    return values_[node.children[i]];
  }

  bool IsAbsent(int item) const {
    return reading_.evaluation.enabled[item] == Truth::kFalse;
  }

  // Reading an absent item is an error in the pathway, which a proof finds
  // before it is published. Here it is unknown, as a second belt.
  Value ReadItem(int index) const {
    const Item& item = reading_.pathway.items[index];
    const SlotAnswer& answer = reading_.intake[index];
    if (IsAbsent(index)) return Unknown();
    const bool answered = answer.IsAnswered();
    switch (item.type) {
      case ItemType::kBoolean:
        if (!answered) return Unknown();
        return answer.value != 0;
      case ItemType::kInteger:
        if (!answered) return IntInterval{item.minimum, item.maximum};
        return IntInterval::Point(answer.value);
      case ItemType::kDecimal:
        if (!answered) {
          return DoubleInterval{DecimalValue(item, item.minimum),
                                DecimalValue(item, item.maximum)};
        }
        return DoubleInterval::Point(DecimalValue(item, answer.value));
      case ItemType::kChoice:
        if (!answered) return Unknown();
        return absl::string_view(item.options[answer.value].code);
      case ItemType::kMultiChoice:
        break;
    }
    return Unknown();
  }

  Value ReadScore(int index) const {
    const Score& score = reading_.pathway.scores[index];
    const ScoreValue& value = reading_.evaluation.scores[index];
    if (value.present == Truth::kFalse) return Unknown();
    if (!IsWhole(score.method)) {
      return DoubleInterval{value.minimum, value.maximum};
    }
    return IntInterval{static_cast<std::int64_t>(value.minimum),
                       static_cast<std::int64_t>(value.maximum)};
  }

  Value HasItem(int index) const {
    if (IsAbsent(index)) return false;
    if (reading_.intake[index].IsAnswered()) return true;
    return Unknown();
  }

  Value SizeOfItem(int index) const {
    const SlotAnswer& answer = reading_.intake[index];
    if (IsAbsent(index)) return Unknown();
    if (!answer.IsAnswered()) {
      return IntInterval{1, LargestSet(reading_.pathway.items[index])};
    }
    const auto size = std::bitset<64>(Mask(answer)).count();
    return IntInterval::Point(static_cast<std::int64_t>(size));
  }

  Value SizeOfFlags() const {
    std::int64_t size = 0;
    for (const bool raised : reading_.outcome->flags) size += raised ? 1 : 0;
    return IntInterval::Point(size);
  }

  Value InItem(const Value& element, int index) const {
    const Item& item = reading_.pathway.items[index];
    const SlotAnswer& answer = reading_.intake[index];
    const auto* code = std::get_if<absl::string_view>(&element);
    if (code == nullptr || IsAbsent(index) || !answer.IsAnswered()) {
      return Unknown();
    }
    for (std::size_t i = 0; i < item.options.size(); ++i) {
      if (item.options[i].code == *code) return (Mask(answer) >> i & 1) != 0;
    }
    return false;
  }

  Value InFlags(const Value& element) const {
    const std::vector<std::string>& names = reading_.pathway.flags;
    const auto* name = std::get_if<absl::string_view>(&element);
    if (name == nullptr) return Unknown();
    for (std::size_t i = 0; i < names.size(); ++i) {
      if (names[i] == *name)
        return static_cast<bool>(reading_.outcome->flags[i]);
    }
    return false;
  }

  // `&&` where `decisive` is false, `||` where it is true.
  Value Joined(const CheckedNode& node, Truth decisive) const {
    bool unknown = false;
    for (const int child : node.children) {
      const Truth truth = ToTruth(values_[child]);
      if (truth == decisive) return FromTruth(decisive);
      unknown = unknown || truth == Truth::kUnknown;
    }
    return unknown ? Value(Unknown()) : FromTruth(Not(decisive));
  }

  static Value Negated(const Value& value) {
    if (const auto* ints = std::get_if<IntInterval>(&value)) {
      return FromOptional(Negate(*ints));
    }
    if (const auto* doubles = std::get_if<DoubleInterval>(&value)) {
      return FromOptional(Negate(*doubles));
    }
    return Unknown();
  }

  template <typename T>
  static Value Calculate(NodeKind kind, Interval<T> a, Interval<T> b) {
    if (kind == NodeKind::kAdd) return FromOptional(Add(a, b));
    if (kind == NodeKind::kSubtract) return FromOptional(Subtract(a, b));
    return FromOptional(Multiply(a, b));
  }

  Value Calculated(const CheckedNode& node) const {
    const Value& a = Child(node, 0);
    const Value& b = Child(node, 1);
    const auto* a_ints = std::get_if<IntInterval>(&a);
    const auto* b_ints = std::get_if<IntInterval>(&b);
    if (a_ints != nullptr && b_ints != nullptr) {
      return Calculate(node.kind, *a_ints, *b_ints);
    }
    const auto* a_doubles = std::get_if<DoubleInterval>(&a);
    const auto* b_doubles = std::get_if<DoubleInterval>(&b);
    if (a_doubles != nullptr && b_doubles != nullptr) {
      return Calculate(node.kind, *a_doubles, *b_doubles);
    }
    return Unknown();
  }

  // Calls `compare` with the intervals of two numbers.
  template <typename Compare>
  static Truth CompareNumbers(const Value& a, const Value& b, Compare compare) {
    if (const auto* x = std::get_if<IntInterval>(&a)) {
      if (const auto* y = std::get_if<IntInterval>(&b)) return compare(*x, *y);
      if (const auto* y = std::get_if<DoubleInterval>(&b)) {
        return compare(*x, *y);
      }
    }
    if (const auto* x = std::get_if<DoubleInterval>(&a)) {
      if (const auto* y = std::get_if<IntInterval>(&b)) return compare(*x, *y);
      if (const auto* y = std::get_if<DoubleInterval>(&b)) {
        return compare(*x, *y);
      }
    }
    return Truth::kUnknown;
  }

  static Truth Less(const Value& a, const Value& b) {
    return CompareNumbers(
        a, b, [](const auto& x, const auto& y) { return IsLess(x, y); });
  }

  static Truth Equal(const Value& a, const Value& b) {
    const auto* a_text = std::get_if<absl::string_view>(&a);
    const auto* b_text = std::get_if<absl::string_view>(&b);
    if (a_text != nullptr && b_text != nullptr) {
      return *a_text == *b_text ? Truth::kTrue : Truth::kFalse;
    }
    const auto* a_bool = std::get_if<bool>(&a);
    const auto* b_bool = std::get_if<bool>(&b);
    if (a_bool != nullptr && b_bool != nullptr) {
      return *a_bool == *b_bool ? Truth::kTrue : Truth::kFalse;
    }
    return CompareNumbers(
        a, b, [](const auto& x, const auto& y) { return IsEqual(x, y); });
  }

  // The `||` of the equalities, except that nothing is in a list unless it has
  // a value.
  Value InList(const CheckedNode& node) const {
    const Value& element = Child(node, 0);
    if (std::holds_alternative<Unknown>(element)) return Unknown();
    bool unknown = false;
    for (std::size_t i = 1; i < node.children.size(); ++i) {
      const Truth equal = Equal(element, Child(node, i));
      if (equal == Truth::kTrue) return true;
      unknown = unknown || equal == Truth::kUnknown;
    }
    return unknown ? Value(Unknown()) : Value(false);
  }

  Value Chosen(const CheckedNode& node) const {
    switch (ToTruth(Child(node, 0))) {
      case Truth::kTrue:
        return Child(node, 1);
      case Truth::kFalse:
        return Child(node, 2);
      case Truth::kUnknown:
        break;
    }
    return Unknown();
  }

  const CheckedTree& tree_;
  const Reading& reading_;
  std::vector<Value> values_;
};

}  // namespace

bool IsDecided(const Value& value) {
  if (const auto* ints = std::get_if<IntInterval>(&value)) {
    return ints->IsPoint();
  }
  if (const auto* doubles = std::get_if<DoubleInterval>(&value)) {
    return doubles->IsPoint();
  }
  return !std::holds_alternative<Unknown>(value);
}

Truth ToTruth(const Value& value) {
  const auto* truth = std::get_if<bool>(&value);
  if (truth == nullptr) return Truth::kUnknown;
  return *truth ? Truth::kTrue : Truth::kFalse;
}

std::vector<Value> EvaluateNodes(const CheckedTree& tree,
                                 const Reading& reading) {
  return Evaluator(tree, reading).Run();
}

Value EvaluateExpression(const Expression& expression, const Reading& reading) {
  return EvaluateNodes(*expression.tree, reading).back();
}

}  // namespace plumbline::pathway
