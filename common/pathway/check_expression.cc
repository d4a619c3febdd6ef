#include "common/pathway/check_expression.h"

#include <algorithm>
#include <iterator>
#include <memory>
#include <optional>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/pathway/checked_tree.h"
#include "common/pathway/did_you_mean.h"
#include "common/pathway/item_values.h"
#include "common/pathway/names.h"
#include "common/pathway/parse_expression.h"

namespace plumbline::pathway {
namespace {

// The most strings that one expression can choose among.
constexpr std::size_t kTextsMax = 256;

// What one part of an expression has turned out to be.
struct Operand {
  enum class Kind : std::uint8_t {
    kFaulty,  // Reported already.
    kValue,
    kSet,  // The item `item`.
    kFlags,
    kList,  // `elements` are parts of the expression.
  };

  Kind kind = Kind::kFaulty;
  StaticValue value;
  bool literal = false;
  int node = -1;  // In the checked tree.
  int item = -1;
  std::vector<int> elements;
};

absl::string_view TypeName(const Operand& operand) {
  if (operand.kind == Operand::Kind::kList) return "a list";
  if (operand.kind != Operand::Kind::kValue) return "a set";
  switch (operand.value.type) {
    case Type::kBool:
      return "a bool";
    case Type::kInt:
      return "an int";
    case Type::kDouble:
      return "a double";
    case Type::kString:
      return "a string";
  }
  return "";
}

absl::string_view Sign(SyntaxKind kind) {
  switch (kind) {
    case SyntaxKind::kNot:
      return "!";
    case SyntaxKind::kNegate:
    case SyntaxKind::kSubtract:
      return "-";
    case SyntaxKind::kAnd:
      return "&&";
    case SyntaxKind::kOr:
      return "||";
    case SyntaxKind::kEqual:
      return "==";
    case SyntaxKind::kNotEqual:
      return "!=";
    case SyntaxKind::kLess:
      return "<";
    case SyntaxKind::kLessEqual:
      return "<=";
    case SyntaxKind::kGreater:
      return ">";
    case SyntaxKind::kGreaterEqual:
      return ">=";
    case SyntaxKind::kAdd:
      return "+";
    case SyntaxKind::kMultiply:
      return "*";
    case SyntaxKind::kIn:
      return "in";
    case SyntaxKind::kConditional:
      return "?";
    case SyntaxKind::kBool:
    case SyntaxKind::kInt:
    case SyntaxKind::kDouble:
    case SyntaxKind::kString:
    case SyntaxKind::kName:
    case SyntaxKind::kList:
    case SyntaxKind::kHas:
    case SyntaxKind::kSize:
      break;
  }
  return "";
}

NodeKind NodeKindOf(SyntaxKind kind) {
  switch (kind) {
    case SyntaxKind::kNot:
      return NodeKind::kNot;
    case SyntaxKind::kNegate:
      return NodeKind::kNegate;
    case SyntaxKind::kAnd:
      return NodeKind::kAnd;
    case SyntaxKind::kOr:
      return NodeKind::kOr;
    case SyntaxKind::kEqual:
      return NodeKind::kEqual;
    case SyntaxKind::kNotEqual:
      return NodeKind::kNotEqual;
    case SyntaxKind::kLess:
      return NodeKind::kLess;
    case SyntaxKind::kLessEqual:
      return NodeKind::kLessEqual;
    case SyntaxKind::kGreater:
      return NodeKind::kGreater;
    case SyntaxKind::kGreaterEqual:
      return NodeKind::kGreaterEqual;
    case SyntaxKind::kAdd:
      return NodeKind::kAdd;
    case SyntaxKind::kSubtract:
      return NodeKind::kSubtract;
    case SyntaxKind::kMultiply:
      return NodeKind::kMultiply;
    case SyntaxKind::kConditional:
      return NodeKind::kConditional;
    case SyntaxKind::kBool:
    case SyntaxKind::kInt:
    case SyntaxKind::kDouble:
    case SyntaxKind::kString:
    case SyntaxKind::kName:
    case SyntaxKind::kList:
    case SyntaxKind::kHas:
    case SyntaxKind::kSize:
    case SyntaxKind::kIn:
      break;
  }
  return NodeKind::kBool;
}

bool IsNumber(const Operand& operand) {
  return operand.kind == Operand::Kind::kValue &&
         (operand.value.type == Type::kInt ||
          operand.value.type == Type::kDouble);
}

bool IsBool(const Operand& operand) {
  return operand.kind == Operand::Kind::kValue &&
         operand.value.type == Type::kBool;
}

bool IsString(const Operand& operand) {
  return operand.kind == Operand::Kind::kValue &&
         operand.value.type == Type::kString;
}

bool IsFaulty(const Operand& operand) {
  return operand.kind == Operand::Kind::kFaulty;
}

// Calls `use` with the interval of a number.
template <typename Use>
auto WithInterval(const StaticValue& value, Use use) {
  return value.type == Type::kInt ? use(value.ints) : use(value.doubles);
}

std::string FormatBound(std::int64_t bound) { return absl::StrCat(bound); }
std::string FormatBound(double bound) { return FormatNumber(bound); }

std::string FormatRange(const StaticValue& value) {
  return WithInterval(value, [](const auto& range) {
    return absl::StrCat(FormatBound(range.minimum), " to ",
                        FormatBound(range.maximum));
  });
}

StaticValue IntValue(std::int64_t minimum, std::int64_t maximum) {
  StaticValue value;
  value.type = Type::kInt;
  value.ints = {minimum, maximum};
  return value;
}

StaticValue DoubleValue(double minimum, double maximum) {
  StaticValue value;
  value.type = Type::kDouble;
  value.doubles = {minimum, maximum};
  return value;
}

StaticValue TextValue(std::vector<std::string> texts) {
  StaticValue value;
  value.type = Type::kString;
  value.texts = std::move(texts);
  return value;
}

// The options that a reading of `item` can give.
std::vector<std::string> ReadableCodes(const Item& item) {
  std::vector<std::string> codes;
  for (const Option& option : item.options) {
    if (!option.means_unknown) codes.push_back(option.code);
  }
  return codes;
}

StaticValue ValueOfItem(const Item& item) {
  switch (item.type) {
    case ItemType::kBoolean:
      return {};
    case ItemType::kInteger:
      return IntValue(item.minimum, item.maximum);
    case ItemType::kDecimal:
      return DoubleValue(DecimalValue(item, item.minimum),
                         DecimalValue(item, item.maximum));
    case ItemType::kChoice:
    case ItemType::kMultiChoice:
      break;
  }
  return TextValue(ReadableCodes(item));
}

StaticValue ValueOfScore(const CompiledPathway& pathway, const Score& score) {
  const IntInterval total = TotalRange(pathway, score);
  if (score.method == Score::Method::kTotal) {
    return IntValue(total.minimum, total.maximum);
  }
  return DoubleValue(MeanOf(total.minimum, score),
                     MeanOf(total.maximum, score));
}

bool Contains(const std::vector<std::string>& texts, absl::string_view text) {
  return std::find(texts.begin(), texts.end(), text) != texts.end();
}

StaticValue Hull(const StaticValue& a, const StaticValue& b) {
  StaticValue hull = a;
  hull.ints = {std::min(a.ints.minimum, b.ints.minimum),
               std::max(a.ints.maximum, b.ints.maximum)};
  hull.doubles = {std::min(a.doubles.minimum, b.doubles.minimum),
                  std::max(a.doubles.maximum, b.doubles.maximum)};
  for (const std::string& text : b.texts) {
    if (!Contains(hull.texts, text)) hull.texts.push_back(text);
  }
  return hull;
}

std::vector<absl::string_view> Views(const std::vector<std::string>& texts) {
  return {texts.begin(), texts.end()};
}

class Checker {
 public:
  Checker(absl::string_view text, const Scope& scope)
      : text_(text),
        scope_(scope),
        parsed_(ParseExpression(text)),
        is_item_read_(scope.pathway.items.size(), false),
        is_definition_read_(scope.pathway.definitions.size(), false) {}

  CheckResult Run() {
    result_.expression.text = std::string(text_);
    result_.faults = std::move(parsed_.faults);
    if (result_.faults.empty()) CheckAll();
    std::stable_sort(result_.faults.begin(), result_.faults.end(),
                     [](const ExpressionFault& a, const ExpressionFault& b) {
                       return a.offset < b.offset;
                     });
    if (result_.faults.empty()) Finish();
    return std::move(result_);
  }

 private:
  using Kind = Operand::Kind;

  void CheckAll() {
    MarkArgumentsOfHas();
    operands_.reserve(parsed_.nodes.size());
    for (const SyntaxNode& syntax : parsed_.nodes) {
      const bool argument = argument_of_has_[operands_.size()];
      operands_.push_back(argument ? Operand() : Check(syntax));
    }
    CheckRoot(parsed_.nodes.back(), operands_.back());
  }

  void MarkArgumentsOfHas() {
    argument_of_has_.assign(parsed_.nodes.size(), false);
    for (const SyntaxNode& syntax : parsed_.nodes) {
      if (syntax.kind != SyntaxKind::kHas) continue;
      argument_of_has_[syntax.children.front()] = true;
    }
  }

  void CheckRoot(const SyntaxNode& syntax, const Operand& root) {
    if (IsFaulty(root)) return;
    if (scope_.is_condition && !IsBool(root)) {
      return Fail(syntax,
                  absl::StrCat("a condition is a bool; ",
                               Describe(syntax, root), HintFor(syntax, root)));
    }
    if (root.kind != Kind::kValue) {
      return Fail(syntax,
                  absl::StrCat("a definition is a bool, a number or a string; ",
                               Describe(syntax, root)));
    }
    CheckAbsence();
  }

  // Refuses readings that nothing absorbs: each is an error wherever the item
  // is absent. What guards the others is for the proof of a release to say.
  void CheckAbsence() {
    std::vector<int> certain = {static_cast<int>(nodes_.size()) - 1};
    while (!certain.empty()) {
      const CheckedNode& node = nodes_[certain.back()];
      certain.pop_back();
      CheckGuarded(node);
      if (node.kind == NodeKind::kAnd || node.kind == NodeKind::kOr) continue;
      const bool branches = node.kind == NodeKind::kConditional;
      const auto end =
          branches ? node.children.begin() + 1 : node.children.end();
      certain.insert(certain.end(), node.children.begin(), end);
    }
  }

  void CheckGuarded(const CheckedNode& node) {
    switch (node.kind) {
      case NodeKind::kItem:
      case NodeKind::kSizeItem:
      case NodeKind::kInItem:
        if (!scope_.conditional[node.index]) return;
        return Unguarded(node, scope_.pathway.items[node.index].link_id);
      case NodeKind::kScore: {
        const Score& score = scope_.pathway.scores[node.index];
        if (!scope_.conditional[score.items.front()]) return;
        return Unguarded(node, absl::StrCat("score.", score.name));
      }
      default:
        return;
    }
  }

  void Unguarded(const CheckedNode& node, absl::string_view name) {
    result_.faults.push_back(
        {node.offset,
         absl::StrCat("'", name, "' has no value where it is not asked; guard ",
                      "it: has(", name, ") && ...")});
  }

  void Finish() {
    auto tree = std::make_shared<CheckedTree>();
    tree->nodes = std::move(nodes_);
    tree->result = std::move(operands_.back().value);
    result_.expression.tree = std::move(tree);
    for (std::size_t i = 0; i < is_item_read_.size(); ++i) {
      if (!is_item_read_[i]) continue;
      result_.expression.items_read.push_back(static_cast<int>(i));
    }
  }

  void Fail(int offset, std::string message) {
    result_.faults.push_back({offset, std::move(message)});
  }
  void Fail(const SyntaxNode& syntax, std::string message) {
    Fail(syntax.begin, std::move(message));
  }
  Operand Faulty(const SyntaxNode& syntax, std::string message) {
    Fail(syntax, std::move(message));
    return {};
  }

  const SyntaxNode& Syntax(int index) const { return parsed_.nodes[index]; }

  // "'pt.age'"; "this" for what has no short name.
  std::string NameOf(const SyntaxNode& syntax) const {
    switch (syntax.kind) {
      case SyntaxKind::kName:
      case SyntaxKind::kInt:
      case SyntaxKind::kDouble:
      case SyntaxKind::kString:
      case SyntaxKind::kBool:
      case SyntaxKind::kHas:
      case SyntaxKind::kSize:
      case SyntaxKind::kList:
        return absl::StrCat(
            "'", text_.substr(syntax.begin, syntax.end - syntax.begin), "'");
      default:
        return absl::StrCat("the result of '", Sign(syntax.kind), "'");
    }
  }

  std::string Describe(const SyntaxNode& syntax, const Operand& operand) const {
    return absl::StrCat(NameOf(syntax), " is ", TypeName(operand));
  }

  // What to write where a bool is needed.
  std::string HintFor(const SyntaxNode& syntax, const Operand& operand) const {
    if (syntax.kind != SyntaxKind::kName) return "";
    if (operand.kind == Kind::kSet) {
      const Item& item = scope_.pathway.items[operand.item];
      if (item.options.empty()) return "";
      return absl::StrCat("; ask for an option: \"", item.options[0].code,
                          "\" in ", syntax.text);
    }
    if (!IsString(operand) || operand.value.texts.empty()) return "";
    return absl::StrCat("; compare it: ", syntax.text, " == \"",
                        operand.value.texts[0], "\"");
  }

  int Emit(NodeKind kind, const SyntaxNode& syntax, const StaticValue& value,
           int index = -1) {
    CheckedNode node;
    node.kind = kind;
    node.type = value.type;
    node.offset = syntax.begin;
    node.index = index;
    node.int_value = syntax.int_value;
    node.double_value = syntax.double_value;
    if (kind == NodeKind::kString) node.text = syntax.text;
    nodes_.push_back(std::move(node));
    return static_cast<int>(nodes_.size()) - 1;
  }

  Operand Leaf(NodeKind kind, const SyntaxNode& syntax, StaticValue value,
               int index = -1) {
    Operand operand;
    operand.kind = Kind::kValue;
    operand.node = Emit(kind, syntax, value, index);
    operand.value = std::move(value);
    return operand;
  }

  Operand Literal(NodeKind kind, const SyntaxNode& syntax, StaticValue value) {
    Operand operand = Leaf(kind, syntax, std::move(value));
    operand.literal = true;
    return operand;
  }

  Operand Inner(NodeKind kind, const SyntaxNode& syntax, StaticValue value,
                const std::vector<int>& parts, int index = -1) {
    Operand operand = Leaf(kind, syntax, std::move(value), index);
    for (const int part : parts) {
      nodes_.back().children.push_back(operands_[part].node);
    }
    return operand;
  }

  Operand Check(const SyntaxNode& syntax) {
    switch (syntax.kind) {
      case SyntaxKind::kBool:
        return Literal(NodeKind::kBool, syntax, {});
      case SyntaxKind::kInt:
        return Literal(NodeKind::kInt, syntax,
                       IntValue(syntax.int_value, syntax.int_value));
      case SyntaxKind::kDouble:
        return Literal(NodeKind::kDouble, syntax,
                       DoubleValue(syntax.double_value, syntax.double_value));
      case SyntaxKind::kString:
        return Literal(NodeKind::kString, syntax, TextValue({syntax.text}));
      case SyntaxKind::kName:
        return CheckName(syntax);
      case SyntaxKind::kList:
        return CheckList(syntax);
      case SyntaxKind::kHas:
        return CheckHas(syntax);
      case SyntaxKind::kSize:
        return CheckSize(syntax);
      case SyntaxKind::kNot:
      case SyntaxKind::kAnd:
      case SyntaxKind::kOr:
        return CheckLogic(syntax);
      case SyntaxKind::kNegate:
        return CheckNegate(syntax);
      case SyntaxKind::kEqual:
      case SyntaxKind::kNotEqual:
        return CheckEquality(syntax);
      case SyntaxKind::kLess:
      case SyntaxKind::kLessEqual:
      case SyntaxKind::kGreater:
      case SyntaxKind::kGreaterEqual:
        return CheckOrder(syntax);
      case SyntaxKind::kAdd:
      case SyntaxKind::kSubtract:
      case SyntaxKind::kMultiply:
        return CheckArithmetic(syntax);
      case SyntaxKind::kIn:
        return CheckIn(syntax);
      case SyntaxKind::kConditional:
        return CheckConditional(syntax);
    }
    return {};
  }

  void MarkRead(const std::vector<int>& items) {
    for (const int item : items) is_item_read_[item] = true;
  }

  // Names.

  Operand CheckName(const SyntaxNode& syntax) {
    const auto item = scope_.pathway.item_by_link_id.find(syntax.text);
    if (item != scope_.pathway.item_by_link_id.end()) {
      return ReadItem(syntax, item->second);
    }
    if (absl::StartsWith(syntax.text, "score.")) return ReadScore(syntax);
    const auto definition = scope_.definitions.find(syntax.text);
    if (definition != scope_.definitions.end()) {
      return ReadDefinition(syntax, definition->second);
    }
    return ReadOutcome(syntax);
  }

  Operand ReadItem(const SyntaxNode& syntax, int index) {
    const Item& item = scope_.pathway.items[index];
    if (scope_.faulty[index]) return {};
    is_item_read_[index] = true;
    Operand operand;
    if (item.type == ItemType::kMultiChoice) {
      operand.kind = Kind::kSet;
    } else {
      operand = Leaf(NodeKind::kItem, syntax, ValueOfItem(item), index);
    }
    operand.item = index;
    return operand;
  }

  // The score that `syntax` names, or nothing and a fault.
  std::optional<int> FindScore(const SyntaxNode& syntax) {
    const absl::string_view name = absl::string_view(syntax.text).substr(6);
    const auto found = scope_.scores.find(name);
    if (found != scope_.scores.end()) return found->second;
    std::vector<absl::string_view> names;
    for (const Score& score : scope_.pathway.scores) {
      names.push_back(score.name);
    }
    Fail(syntax,
         absl::StrCat("no score '", name, "'", DidYouMean(name, names)));
    return std::nullopt;
  }

  Operand ReadScore(const SyntaxNode& syntax) {
    const std::optional<int> index = FindScore(syntax);
    if (!index.has_value()) return {};
    const Score& score = scope_.pathway.scores[*index];
    if (score.items.empty()) return {};
    MarkRead(score.items);
    return Leaf(NodeKind::kScore, syntax, ValueOfScore(scope_.pathway, score),
                *index);
  }

  Operand ReadDefinition(const SyntaxNode& syntax, int index) {
    if (index == scope_.definitions_end) {
      return Faulty(syntax, absl::StrCat("definition '", syntax.text,
                                         "' cannot read itself"));
    }
    if (index > scope_.definitions_end) {
      return Faulty(syntax, absl::StrCat("definition '", syntax.text,
                                         "' stands later; move it up, above "
                                         "what reads it"));
    }
    const Expression& read = scope_.pathway.definitions[index].expression;
    if (read.tree == nullptr) return {};
    if (!is_definition_read_[index]) MarkRead(read.items_read);
    is_definition_read_[index] = true;
    return Leaf(NodeKind::kDefinition, syntax, read.tree->result, index);
  }

  Operand ReadOutcome(const SyntaxNode& syntax) {
    const bool outcome = syntax.text == "disposition" ||
                         syntax.text == "disposition_rank" ||
                         syntax.text == "flags";
    if (!outcome) return UnknownName(syntax);
    if (!scope_.reads_outcome) {
      return Faulty(syntax, absl::StrCat("only invariants read '", syntax.text,
                                         "': here nothing is decided yet"));
    }
    if (syntax.text == "disposition_rank") {
      return Leaf(NodeKind::kDispositionRank, syntax, IntValue(1, 5));
    }
    if (syntax.text == "disposition") {
      std::vector<std::string> names;
      for (const Disposition disposition : kDispositions) {
        names.emplace_back(ToString(disposition));
      }
      return Leaf(NodeKind::kDisposition, syntax, TextValue(std::move(names)));
    }
    Operand flags;
    flags.kind = Kind::kFlags;
    return flags;
  }

  Operand UnknownName(const SyntaxNode& syntax) {
    if (syntax.text == "score") {
      return Faulty(syntax, "'score' alone has no value; write score.<name>");
    }
    const bool dotted = absl::StrContains(syntax.text, '.');
    std::string hint = DidYouMean(syntax.text, ReadableNames());
    if (!dotted && IsSomeOption(syntax.text)) {
      hint =
          absl::StrCat("; an option stands in quotes: \"", syntax.text, "\"");
    }
    return Faulty(syntax, absl::StrCat("no ", dotted ? "item" : "definition",
                                       " '", syntax.text, "'", hint));
  }

  std::vector<absl::string_view> ReadableNames() const {
    std::vector<absl::string_view> names;
    for (const Item& item : scope_.pathway.items) names.push_back(item.link_id);
    for (const Definition& definition : scope_.pathway.definitions) {
      names.push_back(definition.name);
    }
    return names;
  }

  bool IsSomeOption(absl::string_view code) const {
    for (const Item& item : scope_.pathway.items) {
      for (const Option& option : item.options) {
        if (option.code == code) return true;
      }
    }
    return false;
  }

  Operand CheckHas(const SyntaxNode& syntax) {
    const SyntaxNode& argument = Syntax(syntax.children.front());
    const auto item = scope_.pathway.item_by_link_id.find(argument.text);
    if (argument.kind == SyntaxKind::kName &&
        item != scope_.pathway.item_by_link_id.end()) {
      is_item_read_[item->second] = true;
      return Leaf(NodeKind::kHasItem, syntax, {}, item->second);
    }
    if (argument.kind == SyntaxKind::kName &&
        absl::StartsWith(argument.text, "score.")) {
      return HasScore(syntax, argument);
    }
    if (argument.kind == SyntaxKind::kName &&
        !scope_.definitions.contains(argument.text)) {
      return UnknownName(argument);
    }
    return Faulty(argument,
                  "has() takes a link id or score.<name>; anything else always "
                  "has a value");
  }

  Operand HasScore(const SyntaxNode& syntax, const SyntaxNode& argument) {
    const std::optional<int> index = FindScore(argument);
    if (!index.has_value()) return {};
    const Score& score = scope_.pathway.scores[*index];
    if (score.items.empty()) return {};
    MarkRead(score.items);
    return Leaf(NodeKind::kHasScore, syntax, {}, *index);
  }

  Operand CheckSize(const SyntaxNode& syntax) {
    const Operand& set = operands_[syntax.children.front()];
    const SyntaxNode& argument = Syntax(syntax.children.front());
    if (IsFaulty(set)) return {};
    if (set.kind == Kind::kSet) {
      const Item& item = scope_.pathway.items[set.item];
      return Leaf(NodeKind::kSizeItem, syntax, IntValue(1, LargestSet(item)),
                  set.item);
    }
    if (set.kind == Kind::kFlags) {
      const auto count = static_cast<std::int64_t>(scope_.pathway.flags.size());
      return Leaf(NodeKind::kSizeFlags, syntax, IntValue(0, count));
    }
    return Faulty(argument, absl::StrCat("size() takes a set; ",
                                         Describe(argument, set)));
  }

  // A list has no place of its own: `in` emits its elements.
  Operand CheckList(const SyntaxNode& syntax) {
    Operand list;
    list.kind = Kind::kList;
    list.elements = syntax.children;
    for (const int element : syntax.children) {
      const Operand& operand = operands_[element];
      if (IsFaulty(operand)) return {};
      if (!operand.literal) {
        return Faulty(Syntax(element), "a list holds literals only");
      }
      const Operand& first = operands_[syntax.children.front()];
      if (operand.value.type != first.value.type) {
        return Faulty(Syntax(element),
                      absl::StrCat("a list holds one type: ",
                                   Describe(Syntax(syntax.children[0]), first),
                                   ", ", Describe(Syntax(element), operand)));
      }
    }
    return list;
  }

  // Operators.

  // Whether any of the parts of `syntax` is faulty already.
  bool AnyFaulty(const SyntaxNode& syntax) const {
    return std::any_of(syntax.children.begin(), syntax.children.end(),
                       [this](int part) { return IsFaulty(operands_[part]); });
  }

  Operand CheckLogic(const SyntaxNode& syntax) {
    bool ok = true;
    for (const int part : syntax.children) {
      const Operand& operand = operands_[part];
      if (IsFaulty(operand)) ok = false;
      if (IsFaulty(operand) || IsBool(operand)) continue;
      Fail(Syntax(part), absl::StrCat("'", Sign(syntax.kind), "' takes bools; ",
                                      Describe(Syntax(part), operand),
                                      HintFor(Syntax(part), operand)));
      ok = false;
    }
    if (!ok) return {};
    return Inner(NodeKindOf(syntax.kind), syntax, {}, syntax.children);
  }

  Operand CheckNegate(const SyntaxNode& syntax) {
    const Operand& operand = operands_[syntax.children[0]];
    if (IsFaulty(operand)) return {};
    if (!IsNumber(operand)) {
      return Faulty(
          syntax, absl::StrCat("'-' takes a number; ",
                               Describe(Syntax(syntax.children[0]), operand)));
    }
    StaticValue value = operand.value;
    if (value.type == Type::kInt) {
      const std::optional<IntInterval> negated = Negate(value.ints);
      if (!negated.has_value()) return Overflow(syntax, Type::kInt);
      value.ints = *negated;
    } else {
      value.doubles = *Negate(value.doubles);
    }
    const bool literal = operand.literal;
    Operand result =
        Inner(NodeKind::kNegate, syntax, std::move(value), syntax.children);
    if (literal) FoldNegation(result);
    return result;
  }

  // A negated literal is a literal, so that it may stand in a list.
  void FoldNegation(Operand& operand) {
    CheckedNode& node = nodes_[operand.node];
    const bool is_int = node.type == Type::kInt;
    node.kind = is_int ? NodeKind::kInt : NodeKind::kDouble;
    node.int_value = operand.value.ints.minimum;
    node.double_value = operand.value.doubles.minimum;
    node.children.clear();
    operand.literal = true;
  }

  Operand Overflow(const SyntaxNode& syntax, Type type) {
    return Faulty(
        syntax, absl::StrCat(
                    "the result of '", Sign(syntax.kind), "' can leave the ",
                    type == Type::kInt ? "64-bit integers" : "finite doubles"));
  }

  Operand CheckArithmetic(const SyntaxNode& syntax) {
    if (AnyFaulty(syntax)) return {};
    const Operand& left = operands_[syntax.children[0]];
    const Operand& right = operands_[syntax.children[1]];
    if (!IsNumber(left) || !IsNumber(right) ||
        left.value.type != right.value.type) {
      return Faulty(
          syntax, absl::StrCat("'", Sign(syntax.kind),
                               "' takes two ints or two doubles; ",
                               Describe(Syntax(syntax.children[0]), left), ", ",
                               Describe(Syntax(syntax.children[1]), right)));
    }
    StaticValue value;
    value.type = left.value.type;
    if (value.type == Type::kInt) {
      const std::optional<IntInterval> range =
          Combine(syntax.kind, left.value.ints, right.value.ints);
      if (!range.has_value()) return Overflow(syntax, value.type);
      value.ints = *range;
    } else {
      const std::optional<DoubleInterval> range =
          Combine(syntax.kind, left.value.doubles, right.value.doubles);
      if (!range.has_value()) return Overflow(syntax, value.type);
      value.doubles = *range;
    }
    return Inner(NodeKindOf(syntax.kind), syntax, std::move(value),
                 syntax.children);
  }

  template <typename T>
  static std::optional<Interval<T>> Combine(SyntaxKind kind, Interval<T> a,
                                            Interval<T> b) {
    if (kind == SyntaxKind::kAdd) return Add(a, b);
    return kind == SyntaxKind::kSubtract ? Subtract(a, b) : Multiply(a, b);
  }

  Operand CheckOrder(const SyntaxNode& syntax) {
    if (AnyFaulty(syntax)) return {};
    for (const int part : syntax.children) {
      const Operand& operand = operands_[part];
      if (IsNumber(operand)) continue;
      const bool disposition = Syntax(part).text == "disposition";
      return Faulty(
          Syntax(part),
          absl::StrCat("'", Sign(syntax.kind), "' compares numbers; ",
                       Describe(Syntax(part), operand),
                       disposition ? "; compare disposition_rank" : ""));
    }
    if (!CheckBounds(syntax.children[0], syntax.children[1])) return {};
    return Inner(NodeKindOf(syntax.kind), syntax, {}, syntax.children);
  }

  Operand CheckEquality(const SyntaxNode& syntax) {
    if (AnyFaulty(syntax)) return {};
    const int left = syntax.children[0];
    const int right = syntax.children[1];
    if (!CheckComparable(syntax, left, right)) return {};
    return Inner(NodeKindOf(syntax.kind), syntax, {}, syntax.children);
  }

  // Whether `==` makes sense between two parts; else a fault.
  bool CheckComparable(const SyntaxNode& syntax, int left, int right) {
    const Operand& a = operands_[left];
    const Operand& b = operands_[right];
    if (IsNumber(a) && IsNumber(b)) return CheckBounds(left, right);
    if (IsString(a) && IsString(b)) return CheckTexts(left, right);
    if (IsBool(a) && IsBool(b)) return true;
    for (const int part : {left, right}) {
      const Operand& operand = operands_[part];
      if (operand.kind == Kind::kValue) continue;
      const absl::string_view use =
          operand.kind == Kind::kList
              ? "a list stands on the right of 'in' only"
              : "a set is read with 'in' and size() only";
      Fail(Syntax(part), absl::StrCat(Describe(Syntax(part), operand), ": ",
                                      use, HintFor(Syntax(part), operand)));
      return false;
    }
    Fail(syntax,
         absl::StrCat("'", Sign(syntax.kind), "' compares values of one type; ",
                      Describe(Syntax(left), a), ", ",
                      Describe(Syntax(right), b)));
    return false;
  }

  // Refuses a literal outside the range of what it is compared with.
  bool CheckBounds(int left, int right) {
    if (operands_[left].literal == operands_[right].literal) return true;
    const int bound = operands_[left].literal ? left : right;
    const int other = operands_[left].literal ? right : left;
    const bool within = WithInterval(
        operands_[bound].value, [this, other](const auto& literal) {
          return WithInterval(
              operands_[other].value, [&literal](const auto& range) {
                return Compare(range.minimum, literal.minimum) <= 0 &&
                       Compare(literal.minimum, range.maximum) <= 0;
              });
        });
    if (within) return true;
    Fail(Syntax(bound),
         absl::StrCat(NameOf(Syntax(bound)), " is outside the range of ",
                      NameOf(Syntax(other)), ", ",
                      FormatRange(operands_[other].value)));
    return false;
  }

  bool CheckTexts(int left, int right) {
    const Operand& a = operands_[left];
    const Operand& b = operands_[right];
    if (a.literal && b.literal) return true;
    if (a.literal) return CheckCode(Syntax(left), a.value.texts[0], right);
    if (b.literal) return CheckCode(Syntax(right), b.value.texts[0], left);
    for (const std::string& text : a.value.texts) {
      if (Contains(b.value.texts, text)) return true;
    }
    Fail(Syntax(left),
         absl::StrCat(NameOf(Syntax(left)), " and ", NameOf(Syntax(right)),
                      " have no option in common"));
    return false;
  }

  // Refuses the literal `code` where `part` can never be it.
  bool CheckCode(const SyntaxNode& syntax, absl::string_view code, int part) {
    const Operand& operand = operands_[part];
    if (Contains(operand.value.texts, code)) return true;
    if (operand.item < 0) {
      Fail(syntax, absl::StrCat(NameOf(Syntax(part)), " is never '", code, "'",
                                Alternatives(code, operand.value.texts)));
      return false;
    }
    return CheckOption(syntax, code, operand.item);
  }

  // Refuses an option that `item` does not have.
  bool CheckOption(const SyntaxNode& syntax, absl::string_view code,
                   int index) {
    const Item& item = scope_.pathway.items[index];
    for (const Option& option : item.options) {
      if (option.code != code) continue;
      if (!option.means_unknown) return true;
      Fail(syntax, absl::StrCat("option '", code, "' of '", item.link_id,
                                "' means unknown: no comparison with it is "
                                "ever true"));
      return false;
    }
    Fail(syntax, absl::StrCat("'", item.link_id, "' has no option '", code, "'",
                              Alternatives(code, ReadableCodes(item))));
    return false;
  }

  static std::string Alternatives(absl::string_view text,
                                  const std::vector<std::string>& texts) {
    const std::string near = DidYouMean(text, Views(texts));
    if (!near.empty() || texts.empty()) return near;
    return absl::StrCat("; there are ", absl::StrJoin(texts, ", "));
  }

  Operand CheckIn(const SyntaxNode& syntax) {
    if (AnyFaulty(syntax)) return {};
    const int element = syntax.children[0];
    const Operand& container = operands_[syntax.children[1]];
    if (operands_[element].kind != Kind::kValue) {
      return Faulty(Syntax(element),
                    absl::StrCat("'in' asks for one value in a list or a set; ",
                                 Describe(Syntax(element), operands_[element]),
                                 HintFor(Syntax(element), operands_[element])));
    }
    switch (container.kind) {
      case Kind::kList:
        return CheckInList(syntax, element, container.elements);
      case Kind::kSet:
        return CheckInSet(syntax, element, container.item);
      case Kind::kFlags:
        return CheckInFlags(syntax, element);
      case Kind::kFaulty:
      case Kind::kValue:
        break;
    }
    const SyntaxNode& right = Syntax(syntax.children[1]);
    return Faulty(right,
                  absl::StrCat("'in' needs a list or a set on its right; ",
                               Describe(right, container)));
  }

  Operand CheckInList(const SyntaxNode& syntax, int element,
                      const std::vector<int>& literals) {
    bool ok = true;
    for (const int literal : literals) {
      ok = CheckComparable(syntax, element, literal) && ok;
    }
    if (!ok) return {};
    std::vector<int> parts = {element};
    parts.insert(parts.end(), literals.begin(), literals.end());
    return Inner(NodeKind::kInList, syntax, {}, parts);
  }

  Operand CheckInSet(const SyntaxNode& syntax, int element, int index) {
    const Operand& operand = operands_[element];
    const Item& item = scope_.pathway.items[index];
    if (!IsString(operand)) {
      return Faulty(Syntax(element),
                    absl::StrCat("'", item.link_id, "' holds option codes; ",
                                 Describe(Syntax(element), operand)));
    }
    if (operand.literal &&
        !CheckOption(Syntax(element), operand.value.texts[0], index)) {
      return {};
    }
    return Inner(NodeKind::kInItem, syntax, {}, {element}, index);
  }

  Operand CheckInFlags(const SyntaxNode& syntax, int element) {
    const Operand& operand = operands_[element];
    if (!IsString(operand) || !operand.literal) {
      return Faulty(Syntax(element),
                    "a flag is asked for by its name: \"FLAG\" in flags");
    }
    const std::string& flag = operand.value.texts[0];
    if (!Contains(scope_.pathway.flags, flag)) {
      return Faulty(
          Syntax(element),
          absl::StrCat("no rule or policy raises the flag '", flag, "'",
                       DidYouMean(flag, Views(scope_.pathway.flags))));
    }
    return Inner(NodeKind::kInFlags, syntax, {}, {element});
  }

  Operand CheckConditional(const SyntaxNode& syntax) {
    if (AnyFaulty(syntax)) return {};
    const Operand& condition = operands_[syntax.children[0]];
    const Operand& if_true = operands_[syntax.children[1]];
    const Operand& if_false = operands_[syntax.children[2]];
    if (!IsBool(condition)) {
      const SyntaxNode& part = Syntax(syntax.children[0]);
      return Faulty(part,
                    absl::StrCat("'?' asks a bool; ", Describe(part, condition),
                                 HintFor(part, condition)));
    }
    for (const int part : {syntax.children[1], syntax.children[2]}) {
      if (operands_[part].kind == Kind::kValue) continue;
      return Faulty(Syntax(part),
                    absl::StrCat("'?' chooses between single values; ",
                                 Describe(Syntax(part), operands_[part])));
    }
    if (if_true.value.type != if_false.value.type) {
      return Faulty(
          syntax,
          absl::StrCat("'?' needs two values of one type; ",
                       Describe(Syntax(syntax.children[1]), if_true), ", ",
                       Describe(Syntax(syntax.children[2]), if_false)));
    }
    StaticValue value = Hull(if_true.value, if_false.value);
    if (value.texts.size() > kTextsMax) {
      return Faulty(syntax, absl::StrCat("'?' chooses among more than ",
                                         kTextsMax, " strings"));
    }
    return Inner(NodeKind::kConditional, syntax, std::move(value),
                 syntax.children);
  }

  const absl::string_view text_;
  const Scope& scope_;
  ParseResult parsed_;
  std::vector<bool> argument_of_has_;
  std::vector<Operand> operands_;  // By part of the expression.
  std::vector<CheckedNode> nodes_;
  std::vector<bool> is_item_read_;
  std::vector<bool> is_definition_read_;
  CheckResult result_;
};

}  // namespace

CheckResult CheckExpression(absl::string_view text, const Scope& scope) {
  return Checker(text, scope).Run();
}

}  // namespace plumbline::pathway
