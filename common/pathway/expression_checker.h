// The inside of CheckExpression(): one pass over the parts of an expression,
// children before parents, that gives each part its type and emits its
// operation. check_expression.cc has the pass, check_names.cc what reads
// answers, check_operators.cc what combines them.

#ifndef PLUMBLINE_COMMON_PATHWAY_EXPRESSION_CHECKER_H_
#define PLUMBLINE_COMMON_PATHWAY_EXPRESSION_CHECKER_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "common/pathway/check_expression.h"
#include "common/pathway/checked_tree.h"
#include "common/pathway/model.h"
#include "common/pathway/parse_expression.h"

namespace plumbline::pathway {

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

inline bool IsNumber(const Operand& operand) {
  return operand.kind == Operand::Kind::kValue &&
         (operand.value.type == Type::kInt ||
          operand.value.type == Type::kDouble);
}

inline bool IsBool(const Operand& operand) {
  return operand.kind == Operand::Kind::kValue &&
         operand.value.type == Type::kBool;
}

inline bool IsString(const Operand& operand) {
  return operand.kind == Operand::Kind::kValue &&
         operand.value.type == Type::kString;
}

inline bool IsFaulty(const Operand& operand) {
  return operand.kind == Operand::Kind::kFaulty;
}

// The operator as it is written; empty for what is none.
absl::string_view Sign(SyntaxKind kind);

std::vector<absl::string_view> Views(const std::vector<std::string>& texts);

// For one expression; Run() is called once.
class ExpressionChecker {
 public:
  ExpressionChecker(absl::string_view text, const Scope& scope)
      : text_(text),
        scope_(scope),
        parsed_(ParseExpression(text)),
        is_item_read_(scope.pathway.items.size(), false),
        is_definition_read_(scope.pathway.definitions.size(), false) {}

  CheckResult Run();

 private:
  using Kind = Operand::Kind;

  void CheckAll();

  void MarkArgumentsOfHas();

  void CheckRoot(const SyntaxNode& syntax, const Operand& root);

  // Refuses readings that nothing absorbs: each is an error wherever the item
  // is absent. What guards the others is for the proof of a release to say.
  void CheckAbsence();

  void CheckGuarded(const CheckedNode& node);

  void Unguarded(const CheckedNode& node, absl::string_view name);

  void Finish();

  void Fail(int offset, std::string message);
  void Fail(const SyntaxNode& syntax, std::string message);
  Operand Faulty(const SyntaxNode& syntax, std::string message);

  const SyntaxNode& Syntax(int index) const { return parsed_.nodes[index]; }

  // As it is written.
  absl::string_view TextOf(const SyntaxNode& syntax) const;

  // "'pt.age'"; "the result of '+'" for what has no short name.
  std::string NameOf(const SyntaxNode& syntax) const;

  std::string Describe(const SyntaxNode& syntax, const Operand& operand) const;

  // What to write where a bool is needed.
  std::string HintFor(const SyntaxNode& syntax, const Operand& operand) const;

  // What to write where two parts should have one type.
  std::string HintForTypes(int left, int right) const;

  // What to write where numbers that can be added are needed.
  std::string HintForSum(const SyntaxNode& syntax) const;

  // What to write where a number is needed to compare.
  std::string HintForOrder(const SyntaxNode& syntax,
                           const Operand& operand) const;

  int Emit(NodeKind kind, const SyntaxNode& syntax, const StaticValue& value,
           int index = -1);

  Operand Leaf(NodeKind kind, const SyntaxNode& syntax, StaticValue value,
               int index = -1);

  Operand Literal(NodeKind kind, const SyntaxNode& syntax, StaticValue value);

  Operand Inner(NodeKind kind, const SyntaxNode& syntax, StaticValue value,
                const std::vector<int>& parts, int index = -1);

  Operand Check(const SyntaxNode& syntax);

  void MarkRead(const std::vector<int>& items);

  // Names.

  Operand CheckName(const SyntaxNode& syntax);

  Operand ReadItem(const SyntaxNode& syntax, int index);

  // The score that `syntax` names, or nothing and a fault.
  std::optional<int> FindScore(const SyntaxNode& syntax);

  Operand ReadScore(const SyntaxNode& syntax);

  Operand ReadDefinition(const SyntaxNode& syntax, int index);

  Operand ReadOutcome(const SyntaxNode& syntax);

  Operand UnknownName(const SyntaxNode& syntax);

  // What the score `name`, which does not exist, could have meant.
  std::string HintForScore(absl::string_view name) const;

  // What `name`, which does not exist, could have meant.
  std::string HintForName(absl::string_view name) const;

  std::vector<std::string> ReadableNames() const;

  bool IsSomeOption(absl::string_view code) const;

  Operand CheckHas(const SyntaxNode& syntax);

  Operand HasScore(const SyntaxNode& syntax, const SyntaxNode& argument);

  Operand CheckSize(const SyntaxNode& syntax);

  // A list has no place of its own: `in` emits its elements.
  Operand CheckList(const SyntaxNode& syntax);

  // Operators.

  // Whether any of the parts of `syntax` is faulty already.
  bool AnyFaulty(const SyntaxNode& syntax) const;

  Operand CheckLogic(const SyntaxNode& syntax);

  Operand CheckNegate(const SyntaxNode& syntax);

  // A negated literal is a literal, so that it may stand in a list.
  void FoldNegation(Operand& operand);

  Operand Overflow(const SyntaxNode& syntax, Type type);

  Operand CheckArithmetic(const SyntaxNode& syntax);

  template <typename T>
  static std::optional<Interval<T>> Combine(SyntaxKind kind, Interval<T> a,
                                            Interval<T> b) {
    if (kind == SyntaxKind::kAdd) return Add(a, b);
    return kind == SyntaxKind::kSubtract ? Subtract(a, b) : Multiply(a, b);
  }

  Operand CheckOrder(const SyntaxNode& syntax);

  Operand CheckEquality(const SyntaxNode& syntax);

  // Whether `==` makes sense between two parts; else a fault.
  bool CheckComparable(const SyntaxNode& syntax, int left, int right);

  // Refuses to compare a double with an int that doubles cannot hold exactly.
  bool CheckExact(int left, int right);

  // Refuses a literal outside the range of what it is compared with.
  bool CheckBounds(int left, int right);

  bool CheckTexts(int left, int right);

  // Refuses the literal `code` where `part` can never be it.
  bool CheckCode(const SyntaxNode& syntax, absl::string_view code, int part);

  // Refuses an option that `item` does not have.
  bool CheckOption(const SyntaxNode& syntax, absl::string_view code, int index);

  // "; there are no, yes", or the nearest of them.
  static std::string Alternatives(absl::string_view text,
                                  const std::vector<std::string>& texts);

  Operand CheckIn(const SyntaxNode& syntax);

  Operand CheckInList(const SyntaxNode& syntax, int element,
                      const std::vector<int>& literals);

  Operand CheckInSet(const SyntaxNode& syntax, int element, int index);

  Operand CheckInFlags(const SyntaxNode& syntax, int element);

  Operand CheckConditional(const SyntaxNode& syntax);

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

}  // namespace plumbline::pathway

#endif  // PLUMBLINE_COMMON_PATHWAY_EXPRESSION_CHECKER_H_
