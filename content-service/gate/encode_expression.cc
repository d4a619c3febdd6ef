#include "content-service/gate/encode_expression.h"

#include <cstdint>
#include <utility>

#include "common/pathway/checked_tree.h"
#include "common/pathway/item_values.h"
#include "common/pathway/names.h"

namespace plumbline::gate {
namespace {

using pathway::CheckedNode;
using pathway::CheckedTree;
using pathway::Disposition;
using pathway::Item;
using pathway::ItemType;
using pathway::NodeKind;

// Follows the Evaluator of evaluate_expression.cc case by case.
class ExpressionEncoder {
 public:
  ExpressionEncoder(const CheckedTree& tree, const SymbolicReading& reading)
      : tree_(tree), reading_(reading), z3_(reading.z3) {}

  SymbolicValue Encode() {
    values_.reserve(tree_.nodes.size());
    for (const CheckedNode& node : tree_.nodes) {
      values_.push_back(ValueOf(node));
    }
    return values_.back();
  }

 private:
  // No default label: a new kind of node stops the build here.
  SymbolicValue ValueOf(const CheckedNode& node) const {
    switch (node.kind) {
      case NodeKind::kBool:
        return Bool(Constant(node.int_value != 0));
      case NodeKind::kInt:
        return Number(Point(ConstantNumber(z3_, node.int_value)));
      case NodeKind::kDouble:
        return Number(Point(ConstantDouble(z3_, node.double_value)));
      case NodeKind::kString:
        return Text({{node.text, z3_.bool_val(true)}}, z3_.bool_val(false));
      case NodeKind::kItem:
        return ReadItem(node.index);
      case NodeKind::kDefinition:
        return reading_.evaluation.definitions[node.index];
      case NodeKind::kScore:
        return ReadScore(node.index);
      case NodeKind::kDisposition:
        return ReadDisposition();
      case NodeKind::kDispositionRank:
        return ReadRank();
      case NodeKind::kHasItem:
        return HasItem(node.index);
      case NodeKind::kHasScore:
        return Bool(reading_.evaluation.scores[node.index].present);
      case NodeKind::kSizeItem:
        return SizeOfItem(node.index);
      case NodeKind::kSizeFlags:
        return Number(Point(CountTrue(z3_, reading_.decision->flags)));
      case NodeKind::kNot:
        return Bool(Not(Truth(node, 0)));
      case NodeKind::kNegate:
        return Calculated(node, Negate(*Child(node, 0).number));
      case NodeKind::kAnd:
        return Bool(And(node));
      case NodeKind::kOr:
        return Bool(Or(node));
      case NodeKind::kEqual:
        return Bool(Equal(Child(node, 0), Child(node, 1)));
      case NodeKind::kNotEqual:
        return Bool(Not(Equal(Child(node, 0), Child(node, 1))));
      case NodeKind::kLess:
        return Bool(Less(Child(node, 0), Child(node, 1)));
      case NodeKind::kLessEqual:
        return Bool(Not(Less(Child(node, 1), Child(node, 0))));
      case NodeKind::kGreater:
        return Bool(Less(Child(node, 1), Child(node, 0)));
      case NodeKind::kGreaterEqual:
        return Bool(Not(Less(Child(node, 0), Child(node, 1))));
      case NodeKind::kAdd:
        return Calculated(node, Operation::kAdd);
      case NodeKind::kSubtract:
        return Calculated(node, Operation::kSubtract);
      case NodeKind::kMultiply:
        return Calculated(node, Operation::kMultiply);
      case NodeKind::kInList:
        return InList(node);
      case NodeKind::kInItem:
        return InItem(Child(node, 0), node.index);
      case NodeKind::kInFlags:
        return InFlags(Child(node, 0));
      case NodeKind::kConditional:
        return Chosen(node);
    }
    throw NotProvable("a kind of node that the gate does not know");
  }

  const SymbolicValue& Child(const CheckedNode& node, std::size_t i) const {
    return values_[node.children[i]];
  }

  SymbolicTruth Truth(const CheckedNode& node, std::size_t i) const {
    return ToTruth(reading_, Child(node, i));
  }

  SymbolicTruth Constant(bool truth) const {
    return {z3_.bool_val(truth), z3_.bool_val(!truth)};
  }

  static SymbolicTruth Not(const SymbolicTruth& truth) {
    return {truth.is_false, truth.is_true};
  }

  SymbolicTruth UnlessUnknown(const z3::expr& unknown,
                              const SymbolicTruth& truth) const {
    return {!unknown && truth.is_true, !unknown && truth.is_false};
  }

  static SymbolicInterval Point(const SymbolicNumber& number) {
    return {number, number};
  }

  SymbolicValue Bool(const SymbolicTruth& truth) const {
    return {.unknown = truth.IsUnknown(),
            .truth = truth,
            .number = std::nullopt,
            .texts = {}};
  }

  SymbolicValue Number(const SymbolicInterval& number) const {
    return Number(number, z3_.bool_val(false));
  }

  SymbolicValue Number(const SymbolicInterval& number,
                       const z3::expr& unknown) const {
    return {.unknown = unknown,
            .truth = std::nullopt,
            .number = number,
            .texts = {}};
  }

  SymbolicValue Text(std::map<std::string, z3::expr> texts,
                     const z3::expr& unknown) const {
    return {.unknown = unknown,
            .truth = std::nullopt,
            .number = std::nullopt,
            .texts = std::move(texts)};
  }

  z3::expr IsAbsent(int item) const {
    return reading_.evaluation.enabled[item].is_false;
  }

  // An absent item is unknown.
  SymbolicValue ReadItem(int index) const {
    const Item& item = reading_.pathway.items[index];
    const SymbolicAnswer& answer = reading_.evaluation.answers[index];
    const z3::expr absent = IsAbsent(index);
    const z3::expr read = answer.answered && !absent;
    switch (item.type) {
      case ItemType::kBoolean: {
        const z3::expr yes = IsPlace(*answer.value, 1);
        return Bool({read && yes, read && !yes});
      }
      case ItemType::kChoice: {
        std::map<std::string, z3::expr> texts;
        for (std::size_t i = 0; i < item.options.size(); ++i) {
          texts.emplace(
              item.options[i].code,
              read && IsPlace(*answer.value, static_cast<std::int64_t>(i)));
        }
        return Text(std::move(texts), !read);
      }
      case ItemType::kInteger:
      case ItemType::kDecimal: {
        SymbolicNumber value = *answer.value;
        value.scale = reading_.item_scales[index];
        const SymbolicNumber first =
            ConstantNumber(z3_, item.minimum, value.scale);
        const SymbolicNumber last =
            ConstantNumber(z3_, item.maximum, value.scale);
        return Number({Either(answer.answered, value, first),
                       Either(answer.answered, value, last)},
                      absent);
      }
      case ItemType::kMultiChoice:  // Only in `in` and size().
        break;
    }
    throw NotProvable("the value of a set as a whole");
  }

  SymbolicValue ReadScore(int index) const {
    const SymbolicScore& score = reading_.evaluation.scores[index];
    SymbolicInterval value = score.total;
    value.first.scale = value.last.scale = reading_.score_scales[index];
    return Number(value, score.present.is_false);
  }

  SymbolicValue ReadDisposition() const {
    std::map<std::string, z3::expr> texts;
    for (const Disposition disposition : pathway::kDispositions) {
      texts.emplace(std::string(pathway::ToString(disposition)),
                    IsExactly(reading_.decision->disposition, disposition));
    }
    return Text(std::move(texts), z3_.bool_val(false));
  }

  SymbolicValue ReadRank() const {
    const SymbolicDisposition& given = reading_.decision->disposition;
    return Number(Point(CountTrue(z3_, {given.begin() + 1, given.end()})));
  }

  SymbolicValue HasItem(int index) const {
    const z3::expr absent = IsAbsent(index);
    const z3::expr answered = reading_.evaluation.answers[index].answered;
    return Bool({!absent && answered, absent});
  }

  SymbolicValue SizeOfItem(int index) const {
    const SymbolicAnswer& answer = reading_.evaluation.answers[index];
    const SymbolicNumber size = CountTrue(z3_, answer.chosen);
    const int largest = pathway::LargestSet(reading_.pathway.items[index]);
    return Number({Either(answer.answered, size, ConstantNumber(z3_, 1)),
                   Either(answer.answered, size, ConstantNumber(z3_, largest))},
                  IsAbsent(index));
  }

  SymbolicTruth And(const CheckedNode& node) const {
    std::vector<z3::expr> all;
    std::vector<z3::expr> any;
    for (std::size_t i = 0; i < node.children.size(); ++i) {
      const SymbolicTruth truth = Truth(node, i);
      all.push_back(truth.is_true);
      any.push_back(truth.is_false);
    }
    return {AllOf(z3_, all), AnyOf(z3_, any)};
  }

  SymbolicTruth Or(const CheckedNode& node) const {
    std::vector<z3::expr> all;
    std::vector<z3::expr> any;
    for (std::size_t i = 0; i < node.children.size(); ++i) {
      const SymbolicTruth truth = Truth(node, i);
      all.push_back(truth.is_false);
      any.push_back(truth.is_true);
    }
    return {AnyOf(z3_, any), AllOf(z3_, all)};
  }

  SymbolicValue Calculated(const CheckedNode& node, Operation operation) const {
    return Calculated(node, Calculate(operation, *Child(node, 0).number,
                                      *Child(node, 1).number));
  }

  // Unknown where an operand is.
  SymbolicValue Calculated(const CheckedNode& node,
                           const SymbolicInterval& result) const {
    std::vector<z3::expr> unknown;
    for (std::size_t i = 0; i < node.children.size(); ++i) {
      unknown.push_back(Child(node, i).unknown);
    }
    return Number(result, AnyOf(z3_, unknown));
  }

  SymbolicTruth Less(const SymbolicValue& a, const SymbolicValue& b) const {
    return UnlessUnknown(a.unknown || b.unknown, IsLess(*a.number, *b.number));
  }

  SymbolicTruth Equal(const SymbolicValue& a, const SymbolicValue& b) const {
    const z3::expr unknown = a.unknown || b.unknown;
    if (a.number.has_value()) {
      return UnlessUnknown(unknown, IsEqual(*a.number, *b.number));
    }
    if (a.truth.has_value()) {
      const z3::expr same = a.truth->is_true == b.truth->is_true;
      return UnlessUnknown(unknown, {same, !same});
    }
    std::vector<z3::expr> ways;
    for (const auto& [text, is_text] : a.texts) {
      const auto other = b.texts.find(text);
      if (other != b.texts.end()) ways.push_back(is_text && other->second);
    }
    const z3::expr same = AnyOf(z3_, ways);
    return UnlessUnknown(unknown, {same, !same});
  }

  SymbolicValue InList(const CheckedNode& node) const {
    const SymbolicValue& element = Child(node, 0);
    std::vector<z3::expr> any;
    std::vector<z3::expr> none;
    for (std::size_t i = 1; i < node.children.size(); ++i) {
      const SymbolicTruth equal = Equal(element, Child(node, i));
      any.push_back(equal.is_true);
      none.push_back(equal.is_false);
    }
    return Bool(
        UnlessUnknown(element.unknown, {AnyOf(z3_, any), AllOf(z3_, none)}));
  }

  SymbolicValue InItem(const SymbolicValue& element, int index) const {
    const Item& item = reading_.pathway.items[index];
    const SymbolicAnswer& answer = reading_.evaluation.answers[index];
    std::vector<z3::expr> ways;
    for (std::size_t i = 0; i < item.options.size(); ++i) {
      const auto text = element.texts.find(item.options[i].code);
      if (text == element.texts.end()) continue;
      ways.push_back(text->second && answer.chosen[i]);
    }
    const z3::expr in = AnyOf(z3_, ways);
    return Bool(UnlessUnknown(
        element.unknown || IsAbsent(index) || !answer.answered, {in, !in}));
  }

  SymbolicValue InFlags(const SymbolicValue& element) const {
    const std::vector<std::string>& names = reading_.pathway.flags;
    std::vector<z3::expr> ways;
    for (std::size_t i = 0; i < names.size(); ++i) {
      const auto text = element.texts.find(names[i]);
      if (text == element.texts.end()) continue;
      ways.push_back(text->second && reading_.decision->flags[i]);
    }
    const z3::expr in = AnyOf(z3_, ways);
    return Bool(UnlessUnknown(element.unknown, {in, !in}));
  }

  SymbolicValue Chosen(const CheckedNode& node) const {
    const SymbolicTruth condition = Truth(node, 0);
    const SymbolicValue& a = Child(node, 1);
    const SymbolicValue& b = Child(node, 2);
    const z3::expr unknown = condition.IsUnknown() ||
                             (condition.is_true && a.unknown) ||
                             (condition.is_false && b.unknown);
    if (a.number.has_value()) {
      return Number(Either(condition.is_true, *a.number, *b.number), unknown);
    }
    if (a.truth.has_value()) {
      return Bool({(condition.is_true && a.truth->is_true) ||
                       (condition.is_false && b.truth->is_true),
                   (condition.is_true && a.truth->is_false) ||
                       (condition.is_false && b.truth->is_false)});
    }
    std::map<std::string, z3::expr> texts;
    AddTexts(a, condition.is_true, texts);
    AddTexts(b, condition.is_false, texts);
    return Text(std::move(texts), unknown);
  }

  void AddTexts(const SymbolicValue& value, const z3::expr& condition,
                std::map<std::string, z3::expr>& texts) const {
    for (const auto& [text, is_text] : value.texts) {
      const z3::expr holds = condition && is_text;
      const auto [place, is_new] = texts.emplace(text, holds);
      if (!is_new) place->second = place->second || holds;
    }
  }

  const CheckedTree& tree_;
  const SymbolicReading& reading_;
  z3::context& z3_;
  std::vector<SymbolicValue> values_;
};

}  // namespace

SymbolicValue EncodeExpression(const pathway::Expression& expression,
                               const SymbolicReading& reading) {
  reading.checkpoint();
  return ExpressionEncoder(*expression.tree, reading).Encode();
}

SymbolicTruth ToTruth(const SymbolicReading& reading,
                      const SymbolicValue& value) {
  if (value.truth.has_value()) return *value.truth;
  const z3::expr no = reading.z3.bool_val(false);
  return {no, no};
}

}  // namespace plumbline::gate
