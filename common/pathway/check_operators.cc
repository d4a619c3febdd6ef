#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/pathway/did_you_mean.h"
#include "common/pathway/expression_checker.h"
#include "common/pathway/names.h"
#include "common/pathway/static_value.h"

namespace plumbline::pathway {
namespace {

// The most strings that one expression can choose among.
constexpr std::size_t kTextsMax = 256;

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

bool Contains(const std::vector<std::string>& texts, absl::string_view text) {
  return std::find(texts.begin(), texts.end(), text) != texts.end();
}

}  // namespace

Operand ExpressionChecker::CheckList(const SyntaxNode& syntax) {
  Operand list;
  list.kind = Kind::kList;
  list.elements = syntax.children;
  for (const int element : syntax.children) {
    const Operand& operand = operands_[element];
    if (IsFaulty(operand)) return {};
    if (!operand.literal) {
      return Faulty(
          Syntax(element),
          absl::StrCat("a list holds literals, and ", NameOf(Syntax(element)),
                       " is none; compare with it by =="));
    }
    const Operand& first = operands_[syntax.children.front()];
    if (operand.value.type != first.value.type) {
      return Faulty(Syntax(element),
                    absl::StrCat("a list holds one type; ",
                                 Describe(Syntax(syntax.children[0]), first),
                                 ", ", Describe(Syntax(element), operand),
                                 IsNumber(first) && IsNumber(operand)
                                     ? HintForTypes(syntax.children[0], element)
                                     : "; write all of one type"));
    }
  }
  return list;
}

bool ExpressionChecker::AnyFaulty(const SyntaxNode& syntax) const {
  return std::any_of(syntax.children.begin(), syntax.children.end(),
                     [this](int part) { return IsFaulty(operands_[part]); });
}

Operand ExpressionChecker::CheckLogic(const SyntaxNode& syntax) {
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

Operand ExpressionChecker::CheckNegate(const SyntaxNode& syntax) {
  const Operand& operand = operands_[syntax.children[0]];
  if (IsFaulty(operand)) return {};
  if (!IsNumber(operand)) {
    return Faulty(syntax,
                  absl::StrCat("'-' takes a number; ",
                               Describe(Syntax(syntax.children[0]), operand),
                               IsBool(operand) ? "; write '!' for not" : ""));
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

void ExpressionChecker::FoldNegation(Operand& operand) {
  CheckedNode& node = nodes_[operand.node];
  const bool is_int = node.type == Type::kInt;
  node.kind = is_int ? NodeKind::kInt : NodeKind::kDouble;
  node.int_value = operand.value.ints.minimum;
  node.double_value = operand.value.doubles.minimum;
  node.children.clear();
  operand.literal = true;
}

Operand ExpressionChecker::Overflow(const SyntaxNode& syntax, Type type) {
  return Faulty(
      syntax,
      absl::StrCat("the result of '", Sign(syntax.kind), "' can leave the ",
                   type == Type::kInt ? "64-bit integers" : "finite doubles",
                   "; calculate with smaller numbers"));
}

std::string ExpressionChecker::HintForTypes(int left, int right) const {
  const auto is_literal_for = [this](int part, int other) {
    return operands_[part].literal && !operands_[other].literal;
  };
  const int part = is_literal_for(left, right) ? left : right;
  const int other = part == left ? right : left;
  const Operand& value = operands_[part];
  const Operand& wanted = operands_[other];
  if (IsNumber(value) && IsNumber(wanted)) {
    const double number = value.value.type == Type::kInt
                              ? static_cast<double>(value.value.ints.minimum)
                              : value.value.doubles.minimum;
    if (!value.literal ||
        FormatNumber(number).find_first_of(".e") != std::string::npos) {
      return "; an int and a double are compared, never calculated together";
    }
    return absl::StrCat("; write ", FormatNumber(number),
                        wanted.value.type == Type::kInt ? "" : ".0");
  }
  if (IsNumber(wanted) && value.literal && IsString(value)) {
    return "; write a number without quotes";
  }
  if (IsBool(wanted)) return "; a bool is true or false";
  return HintFor(Syntax(other), wanted);
}

std::string ExpressionChecker::HintForSum(const SyntaxNode& syntax) const {
  for (const int part : syntax.children) {
    const Operand& operand = operands_[part];
    if (IsNumber(operand)) continue;
    if (IsString(operand)) return "; strings are compared, not joined";
    if (IsBool(operand)) return "; bools are joined with && and ||";
    return HintFor(Syntax(part), operand);
  }
  return HintForTypes(syntax.children[0], syntax.children[1]);
}

std::string ExpressionChecker::HintForOrder(const SyntaxNode& syntax,
                                            const Operand& operand) const {
  if (syntax.kind == SyntaxKind::kName && syntax.text == "disposition") {
    return "; compare disposition_rank";
  }
  if (IsBool(operand)) return "; bools have no order: join them with && and ||";
  if (!IsString(operand)) return HintFor(syntax, operand);
  if (operand.literal || operand.value.texts.empty()) {
    return "; strings have no order: compare with == or in";
  }
  return absl::StrCat("; strings have no order: list those meant, as in ",
                      TextOf(syntax), " in [\"", operand.value.texts[0], "\"]");
}

Operand ExpressionChecker::CheckArithmetic(const SyntaxNode& syntax) {
  if (AnyFaulty(syntax)) return {};
  const Operand& left = operands_[syntax.children[0]];
  const Operand& right = operands_[syntax.children[1]];
  if (!IsNumber(left) || !IsNumber(right) ||
      left.value.type != right.value.type) {
    return Faulty(syntax,
                  absl::StrCat("'", Sign(syntax.kind),
                               "' takes two ints or two doubles; ",
                               Describe(Syntax(syntax.children[0]), left), ", ",
                               Describe(Syntax(syntax.children[1]), right),
                               HintForSum(syntax)));
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

Operand ExpressionChecker::CheckOrder(const SyntaxNode& syntax) {
  if (AnyFaulty(syntax)) return {};
  for (const int part : syntax.children) {
    const Operand& operand = operands_[part];
    if (IsNumber(operand)) continue;
    return Faulty(Syntax(part),
                  absl::StrCat("'", Sign(syntax.kind), "' compares numbers; ",
                               Describe(Syntax(part), operand),
                               HintForOrder(Syntax(part), operand)));
  }
  if (!CheckBounds(syntax.children[0], syntax.children[1])) return {};
  return Inner(NodeKindOf(syntax.kind), syntax, {}, syntax.children);
}

Operand ExpressionChecker::CheckEquality(const SyntaxNode& syntax) {
  if (AnyFaulty(syntax)) return {};
  const int left = syntax.children[0];
  const int right = syntax.children[1];
  if (!CheckComparable(syntax, left, right)) return {};
  return Inner(NodeKindOf(syntax.kind), syntax, {}, syntax.children);
}

bool ExpressionChecker::CheckComparable(const SyntaxNode& syntax, int left,
                                        int right) {
  const Operand& a = operands_[left];
  const Operand& b = operands_[right];
  if (IsNumber(a) && IsNumber(b)) return CheckBounds(left, right);
  if (IsString(a) && IsString(b)) return CheckTexts(left, right);
  if (IsBool(a) && IsBool(b)) return true;
  for (const int part : {left, right}) {
    const Operand& operand = operands_[part];
    if (operand.kind == Kind::kValue) continue;
    const absl::string_view use =
        operand.kind == Kind::kList ? "a list stands on the right of 'in' only"
                                    : "a set is read with 'in' and size() only";
    Fail(Syntax(part), absl::StrCat(Describe(Syntax(part), operand), ": ", use,
                                    HintFor(Syntax(part), operand)));
    return false;
  }
  Fail(syntax,
       absl::StrCat("'", Sign(syntax.kind), "' compares values of one type; ",
                    Describe(Syntax(left), a), ", ", Describe(Syntax(right), b),
                    HintForTypes(left, right)));
  return false;
}

bool ExpressionChecker::CheckExact(int left, int right) {
  constexpr std::int64_t kExactMax = std::int64_t{1} << 53;
  if (operands_[left].value.type == operands_[right].value.type) return true;
  const bool is_left = operands_[left].value.type == Type::kInt;
  const int part = is_left ? left : right;
  const IntInterval& range = operands_[part].value.ints;
  if (-kExactMax <= range.minimum && range.maximum <= kExactMax) return true;
  Fail(Syntax(part),
       absl::StrCat(NameOf(Syntax(part)),
                    " goes beyond 2^53, where not every CEL compares an int "
                    "with a double alike; compare it with an int"));
  return false;
}

bool ExpressionChecker::CheckBounds(int left, int right) {
  if (!CheckExact(left, right)) return false;
  if (operands_[left].literal == operands_[right].literal) return true;
  const int bound = operands_[left].literal ? left : right;
  const int other = operands_[left].literal ? right : left;
  const bool within =
      WithInterval(operands_[bound].value, [this, other](const auto& literal) {
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

bool ExpressionChecker::CheckTexts(int left, int right) {
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
                    " have no option in common, so that they are never "
                    "equal"));
  return false;
}

bool ExpressionChecker::CheckCode(const SyntaxNode& syntax,
                                  absl::string_view code, int part) {
  const Operand& operand = operands_[part];
  if (Contains(operand.value.texts, code)) return true;
  if (operand.item < 0) {
    Fail(syntax,
         absl::StrCat(NameOf(Syntax(part)), " is never '", OnOneLine(code), "'",
                      Alternatives(code, operand.value.texts)));
    return false;
  }
  return CheckOption(syntax, code, operand.item);
}

bool ExpressionChecker::CheckOption(const SyntaxNode& syntax,
                                    absl::string_view code, int index) {
  const Item& item = scope_.pathway.items[index];
  for (const Option& option : item.options) {
    if (option.code != code) continue;
    if (!option.means_unknown) return true;
    Fail(syntax, absl::StrCat("option '", code, "' of '", item.link_id,
                              "' means unknown: no comparison with it is "
                              "ever true; say what unknown does in "
                              "'if_unknown' or 'on_unknown'"));
    return false;
  }
  Fail(syntax,
       absl::StrCat("'", item.link_id, "' has no option '", OnOneLine(code),
                    "'", Alternatives(code, ReadableCodes(item))));
  return false;
}

std::string ExpressionChecker::Alternatives(
    absl::string_view text, const std::vector<std::string>& texts) {
  const std::string near = DidYouMean(text, Views(texts));
  if (!near.empty() || texts.empty()) return near;
  return absl::StrCat("; there are ", absl::StrJoin(texts, ", "));
}

Operand ExpressionChecker::CheckIn(const SyntaxNode& syntax) {
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
  return Faulty(right, absl::StrCat("'in' needs a list or a set on its right; ",
                                    Describe(right, container),
                                    HintFor(right, container)));
}

Operand ExpressionChecker::CheckInList(const SyntaxNode& syntax, int element,
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

Operand ExpressionChecker::CheckInSet(const SyntaxNode& syntax, int element,
                                      int index) {
  const Operand& operand = operands_[element];
  const Item& item = scope_.pathway.items[index];
  if (!IsString(operand)) {
    return Faulty(Syntax(element),
                  absl::StrCat("'", item.link_id, "' holds option codes; ",
                               Describe(Syntax(element), operand),
                               "; ask for an option: \"", item.options[0].code,
                               "\" in ", item.link_id));
  }
  if (operand.literal &&
      !CheckOption(Syntax(element), operand.value.texts[0], index)) {
    return {};
  }
  return Inner(NodeKind::kInItem, syntax, {}, {element}, index);
}

Operand ExpressionChecker::CheckInFlags(const SyntaxNode& syntax, int element) {
  const Operand& operand = operands_[element];
  if (!IsString(operand) || !operand.literal) {
    return Faulty(Syntax(element),
                  "a flag is asked for by its name: \"FLAG\" in flags");
  }
  const std::string& flag = operand.value.texts[0];
  if (!Contains(scope_.pathway.flags, flag)) {
    return Faulty(
        Syntax(element),
        absl::StrCat(
            "no rule or policy raises the flag '", OnOneLine(flag), "'",
            scope_.suggestions.DidYouMean(flag, Views(scope_.pathway.flags))));
  }
  return Inner(NodeKind::kInFlags, syntax, {}, {element});
}

Operand ExpressionChecker::CheckConditional(const SyntaxNode& syntax) {
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
                               Describe(Syntax(part), operands_[part]),
                               HintFor(Syntax(part), operands_[part])));
  }
  if (if_true.value.type != if_false.value.type) {
    return Faulty(
        syntax,
        absl::StrCat("'?' needs two values of one type; ",
                     Describe(Syntax(syntax.children[1]), if_true), ", ",
                     Describe(Syntax(syntax.children[2]), if_false),
                     HintForTypes(syntax.children[1], syntax.children[2])));
  }
  StaticValue value = Hull(if_true.value, if_false.value);
  if (value.texts.size() > kTextsMax) {
    return Faulty(syntax,
                  absl::StrCat("'?' chooses among more than ", kTextsMax,
                               " strings; compare each where it is "
                               "read"));
  }
  return Inner(NodeKind::kConditional, syntax, std::move(value),
               syntax.children);
}

}  // namespace plumbline::pathway
