#include "common/pathway/check_expression.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/pathway/expression_checker.h"
#include "common/pathway/static_value.h"

namespace plumbline::pathway {
namespace {

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

}  // namespace

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

std::vector<absl::string_view> Views(const std::vector<std::string>& texts) {
  return {texts.begin(), texts.end()};
}

CheckResult ExpressionChecker::Run() {
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

void ExpressionChecker::CheckAll() {
  MarkArgumentsOfHas();
  operands_.reserve(parsed_.nodes.size());
  for (const SyntaxNode& syntax : parsed_.nodes) {
    const bool argument = argument_of_has_[operands_.size()];
    operands_.push_back(argument ? Operand() : Check(syntax));
  }
  CheckRoot(parsed_.nodes.back(), operands_.back());
}

void ExpressionChecker::MarkArgumentsOfHas() {
  argument_of_has_.assign(parsed_.nodes.size(), false);
  for (const SyntaxNode& syntax : parsed_.nodes) {
    if (syntax.kind != SyntaxKind::kHas) continue;
    argument_of_has_[syntax.children.front()] = true;
  }
}

void ExpressionChecker::CheckRoot(const SyntaxNode& syntax,
                                  const Operand& root) {
  if (IsFaulty(root)) return;
  if (scope_.is_condition && !IsBool(root)) {
    return Fail(syntax,
                absl::StrCat("a condition is a bool; ", Describe(syntax, root),
                             HintFor(syntax, root)));
  }
  if (root.kind != Kind::kValue) {
    return Fail(syntax,
                absl::StrCat("a definition is a bool, a number or a string; ",
                             Describe(syntax, root), HintFor(syntax, root)));
  }
  CheckAbsence();
}

void ExpressionChecker::CheckAbsence() {
  std::vector<int> certain = {static_cast<int>(nodes_.size()) - 1};
  while (!certain.empty()) {
    const CheckedNode& node = nodes_[certain.back()];
    certain.pop_back();
    CheckGuarded(node);
    if (node.kind == NodeKind::kAnd || node.kind == NodeKind::kOr) continue;
    const bool branches = node.kind == NodeKind::kConditional;
    const auto end = branches ? node.children.begin() + 1 : node.children.end();
    certain.insert(certain.end(), node.children.begin(), end);
  }
}

void ExpressionChecker::CheckGuarded(const CheckedNode& node) {
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

void ExpressionChecker::Unguarded(const CheckedNode& node,
                                  absl::string_view name) {
  result_.faults.push_back(
      {node.offset,
       absl::StrCat("'", name, "' has no value where it is not asked; guard ",
                    "it: has(", name, ") && ...")});
}

void ExpressionChecker::Finish() {
  auto tree = std::make_shared<CheckedTree>();
  tree->nodes = std::move(nodes_);
  tree->result = std::move(operands_.back().value);
  result_.expression.tree = std::move(tree);
  for (std::size_t i = 0; i < is_item_read_.size(); ++i) {
    if (!is_item_read_[i]) continue;
    result_.expression.items_read.push_back(static_cast<int>(i));
  }
}

void ExpressionChecker::Fail(int offset, std::string message) {
  result_.faults.push_back({offset, std::move(message)});
}

void ExpressionChecker::Fail(const SyntaxNode& syntax, std::string message) {
  Fail(syntax.begin, std::move(message));
}

Operand ExpressionChecker::Faulty(const SyntaxNode& syntax,
                                  std::string message) {
  Fail(syntax, std::move(message));
  return {};
}

absl::string_view ExpressionChecker::TextOf(const SyntaxNode& syntax) const {
  return text_.substr(syntax.begin, syntax.end - syntax.begin);
}

std::string ExpressionChecker::NameOf(const SyntaxNode& syntax) const {
  switch (syntax.kind) {
    case SyntaxKind::kString:  // Has quotes already.
    case SyntaxKind::kList:
      return OnOneLine(TextOf(syntax));
    case SyntaxKind::kName:
    case SyntaxKind::kInt:
    case SyntaxKind::kDouble:
    case SyntaxKind::kBool:
    case SyntaxKind::kHas:
    case SyntaxKind::kSize:
      return absl::StrCat("'", TextOf(syntax), "'");
    default:
      return absl::StrCat("the result of '", Sign(syntax.kind), "'");
  }
}

std::string ExpressionChecker::Describe(const SyntaxNode& syntax,
                                        const Operand& operand) const {
  return absl::StrCat(NameOf(syntax), " is ", TypeName(operand));
}

std::string ExpressionChecker::HintFor(const SyntaxNode& syntax,
                                       const Operand& operand) const {
  if (operand.kind == Kind::kList) {
    return absl::StrCat("; ask what it holds: x in ",
                        OnOneLine(TextOf(syntax)));
  }
  if (operand.kind == Kind::kFlags) {
    return "; ask for a flag: \"FLAG\" in flags";
  }
  if (operand.kind == Kind::kSet) {
    const Item& item = scope_.pathway.items[operand.item];
    if (item.options.empty()) return "";
    return absl::StrCat("; ask for an option: \"", item.options[0].code,
                        "\" in ", syntax.text);
  }
  if (syntax.kind != SyntaxKind::kName) return "; compare it with something";
  if (IsNumber(operand)) {
    return absl::StrCat("; compare it: ", syntax.text, " > ",
                        FormatMinimum(operand.value));
  }
  if (!IsString(operand) || operand.value.texts.empty()) return "";
  return absl::StrCat("; compare it: ", syntax.text, " == \"",
                      operand.value.texts[0], "\"");
}

int ExpressionChecker::Emit(NodeKind kind, const SyntaxNode& syntax,
                            const StaticValue& value, int index) {
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

Operand ExpressionChecker::Leaf(NodeKind kind, const SyntaxNode& syntax,
                                StaticValue value, int index) {
  Operand operand;
  operand.kind = Kind::kValue;
  operand.node = Emit(kind, syntax, value, index);
  operand.value = std::move(value);
  return operand;
}

Operand ExpressionChecker::Literal(NodeKind kind, const SyntaxNode& syntax,
                                   StaticValue value) {
  Operand operand = Leaf(kind, syntax, std::move(value));
  operand.literal = true;
  return operand;
}

Operand ExpressionChecker::Inner(NodeKind kind, const SyntaxNode& syntax,
                                 StaticValue value,
                                 const std::vector<int>& parts, int index) {
  Operand operand = Leaf(kind, syntax, std::move(value), index);
  for (const int part : parts) {
    nodes_.back().children.push_back(operands_[part].node);
  }
  return operand;
}

Operand ExpressionChecker::Check(const SyntaxNode& syntax) {
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

void ExpressionChecker::MarkRead(const std::vector<int>& items) {
  for (const int item : items) is_item_read_[item] = true;
}

CheckResult CheckExpression(absl::string_view text, const Scope& scope) {
  return ExpressionChecker(text, scope).Run();
}

}  // namespace plumbline::pathway
