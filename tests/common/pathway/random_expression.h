// Random well-typed expressions over any pathway, written in every way that the
// grammar allows: with as few parentheses as precedence needs or more, chains,
// blanks and comments. Now and then one is refused: a bound outside its range,
// arithmetic that can overflow.
//
// The same seed gives the same expressions on every machine: no two random
// parts are made in one statement, whose order the compiler would choose.

#ifndef PLUMBLINE_TESTS_COMMON_PATHWAY_RANDOM_EXPRESSION_H_
#define PLUMBLINE_TESTS_COMMON_PATHWAY_RANDOM_EXPRESSION_H_

#include <cstdint>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/pathway/checked_tree.h"
#include "common/pathway/item_values.h"
#include "common/pathway/model.h"
#include "common/pathway/static_value.h"
#include "tests/common/pathway/random_literal.h"

namespace plumbline::pathway {

class RandomExpressions {
 public:
  // Whether readings of what may be absent always stand behind has().
  enum class Guards { kAlways, kOften };

  // Both must outlive it.
  RandomExpressions(const CompiledPathway& pathway, Guards guards,
                    std::mt19937_64& random)
      : guards_(guards), random_(random) {
    for (const Item& item : pathway.items) AddItem(item);
    for (const Score& score : pathway.scores) {
      const Item& first = pathway.items[score.items.front()];
      Add({absl::StrCat("score.", score.name), first.enable_when.has_value(),
           ValueOfScore(score)});
    }
    for (const Definition& definition : pathway.definitions) {
      Add({definition.name, false, definition.expression.tree->result});
    }
  }

  // An expression of any type that a definition can have.
  std::string Any(int depth) {
    if (!OnceIn(4, random_)) return Bool(depth);
    const Type type =
        Pick(random_, std::vector{Type::kInt, Type::kDouble, Type::kString});
    return Of(type, depth).text;
  }

  std::string Bool(int depth) { return Of(Type::kBool, depth).text; }

 private:
  // How much an operator binds, least first.
  enum Binding {
    kConditional,
    kOr,
    kAnd,
    kRelation,
    kSum,
    kProduct,
    kUnary,
    kMember,
  };

  struct Part {
    std::string text;
    Binding binding = kMember;
  };

  // What can be read by a name.
  struct Readable {
    std::string name;
    bool may_be_absent = false;
    StaticValue value;
  };

  struct ReadableSet {
    std::string name;
    bool may_be_absent = false;
    std::vector<std::string> codes;
  };

  void AddItem(const Item& item) {
    const bool may_be_absent = item.enable_when.has_value();
    answerable_.push_back(item.link_id);
    if (item.type == ItemType::kMultiChoice) {
      sets_.push_back({item.link_id, may_be_absent, ReadableCodes(item)});
    } else {
      Add({item.link_id, may_be_absent, ValueOfItem(item)});
    }
  }

  void Add(Readable readable) {
    if (readable.name.substr(0, 6) == "score.") {
      answerable_.push_back(readable.name);
    }
    readable_[static_cast<std::size_t>(readable.value.type)].push_back(
        std::move(readable));
  }

  const Readable& PickReadable(Type type) {
    return Pick(random_, readable_[static_cast<std::size_t>(type)]);
  }

  // What may stand between two tokens, of which one is no word.
  std::string Gap() {
    if (!OnceIn(8, random_)) return " ";
    return Pick(random_, {"", "", "  ", "\n", "\t", "\r\n", " // so\n "});
  }

  // `part` where something is needed that binds at least so much.
  std::string At(Binding least, const Part& part) {
    const bool needed = part.binding < least;
    if (!needed && !OnceIn(12, random_)) return part.text;
    return absl::StrCat("(", part.text, ")");
  }

  Part Binary(Binding binding, const std::string& left, const std::string& sign,
              const std::string& right) {
    const std::string before = sign == "in" ? " " : Gap();
    const std::string after = sign == "in" ? " " : Gap();
    return {absl::StrCat(left, before, sign, after, right), binding};
  }

  Part Of(Type type, int depth) {
    if (depth <= 0) return Leaf(type);
    if (OnceIn(type == Type::kBool ? 9 : 5, random_)) {
      return Conditional(type, depth);
    }
    switch (type) {
      case Type::kBool:
        return BoolOf(depth);
      case Type::kInt:
      case Type::kDouble:
        return OnceIn(3, random_) ? Leaf(type) : Calculation(type, depth);
      case Type::kString:
        break;
    }
    return Leaf(type);
  }

  Part Leaf(Type type) {
    if (type == Type::kBool) return BoolLeaf();
    return OnceIn(3, random_) ? Literal(type) : Reading(type);
  }

  Part Conditional(Type type, int depth) {
    const std::string condition = At(kOr, Of(Type::kBool, depth - 1));
    const std::string if_true = At(kOr, Of(type, depth - 1));
    const std::string if_false = At(kConditional, Of(type, depth - 1));
    return {absl::StrCat(condition, " ? ", if_true, " : ", if_false),
            kConditional};
  }

  // Reads something by its name; what may be absent behind a guard.
  Part Reading(Type type) {
    if (type == Type::kInt && OnceIn(6, random_)) return Size();
    const Readable& read = PickReadable(type);
    if (!MustGuard(read.may_be_absent)) return {read.name};
    const std::string other = At(kConditional, Literal(type));
    return {absl::StrCat("has(", read.name, ") ? ", read.name, " : ", other),
            kConditional};
  }

  bool MustGuard(bool may_be_absent) {
    return may_be_absent && (guards_ == Guards::kAlways || !OnceIn(3, random_));
  }

  Part Size() {
    const ReadableSet& set = Pick(random_, sets_);
    const std::string size = absl::StrCat("size(", set.name, ")");
    if (!MustGuard(set.may_be_absent)) return {size};
    return {absl::StrCat("has(", set.name, ") ? ", size, " : 0"), kConditional};
  }

  Part Literal(Type type) {
    switch (type) {
      case Type::kBool:
        return {Pick(random_, {"true", "false"})};
      case Type::kInt: {
        const std::int64_t value = RandomInt(-9, 40, random_);
        const std::string text = IntLiteral(value, random_);
        return {text, value < 0 ? kUnary : kMember};
      }
      case Type::kDouble: {
        const std::string text =
            Pick(random_, {"0.0", "-0.0", "2.5", "-.5", "1e3", "0.1", "1E-2",
                           "1e-320", "100.25", "-3.0e+2", "5e-324"});
        return {text, text[0] == '-' ? kUnary : kMember};
      }
      case Type::kString:
        break;
    }
    return {OnceIn(2, random_) ? TextLiteral(random_)
                               : WordLiteral("yes", random_)};
  }

  Part Calculation(Type type, int depth) {
    const std::uint64_t kind = Below(random_, 7);
    if (kind == 0) {
      const std::string operand = At(kMember, Of(type, depth - 1));
      return {absl::StrCat("-", operand), kUnary};
    }
    const bool product = kind <= 2;
    const std::string left = At(product ? kProduct : kSum, Of(type, depth - 1));
    const std::string sign = product ? "*" : Pick(random_, {"+", "-"});
    const std::string right =
        At(product ? kUnary : kProduct, Of(type, depth - 1));
    return Binary(product ? kProduct : kSum, left, sign, right);
  }

  Part BoolOf(int depth) {
    switch (Below(random_, 9)) {
      case 0:
        return BoolLeaf();
      case 1: {
        const std::string operand = At(kMember, Of(Type::kBool, depth - 1));
        return {absl::StrCat(Pick(random_, {"!", "!!", "! "}), operand),
                kUnary};
      }
      case 2:
      case 3:
        return Comparison(depth);
      case 4:
      case 5:
      case 6:
        return Chain(kAnd, "&&", kRelation, depth);
      default:
        return Chain(kOr, "||", kAnd, depth);
    }
  }

  // Two or more bools joined by one operator.
  Part Chain(Binding binding, const std::string& sign, Binding operands,
             int depth) {
    std::string text = At(operands, Of(Type::kBool, depth - 1));
    do {
      const std::string next = At(operands, Of(Type::kBool, depth - 1));
      text = Binary(binding, text, sign, next).text;
    } while (OnceIn(3, random_));
    return {text, binding};
  }

  std::string EqualSign() { return Pick(random_, {"==", "!="}); }

  std::string OrderSign() {
    return Pick(random_, {"==", "!=", "<", "<=", ">", ">="});
  }

  Part Comparison(int depth) {
    switch (Below(random_, 6)) {
      case 0: {
        const std::string left = At(kSum, Of(Type::kBool, depth - 1));
        const std::string sign = EqualSign();
        const std::string right = At(kSum, Of(Type::kBool, depth - 1));
        return Binary(kRelation, left, sign, right);
      }
      case 1:
        return LargeComparison();
      default: {
        const std::string left = At(kSum, Of(NumberType(), depth - 1));
        const std::string sign = OrderSign();
        const std::string right = At(kSum, Of(NumberType(), depth - 1));
        return Binary(kRelation, left, sign, right);
      }
    }
  }

  Type NumberType() { return OnceIn(3, random_) ? Type::kDouble : Type::kInt; }

  // Where a double no longer holds every int, and where ints end. Ints beyond
  // 2^53 are refused.
  Part LargeComparison() {
    constexpr std::int64_t kTwoTo53 = std::int64_t{1} << 53;
    const auto near_two_to_53 = [this] {
      const bool negative = OnceIn(2, random_);
      const std::int64_t below = RandomInt(-1, 3, random_);
      return (negative ? -1 : 1) * (kTwoTo53 - below);
    };
    const std::int64_t whole = near_two_to_53();
    std::string left = IntLiteral(whole, random_);
    const std::string sign = OrderSign();
    if (OnceIn(4, random_)) {
      return Binary(kRelation, "9223372036854775797 + pain.now", sign,
                    "9223372036854775800 + 0");
    }
    if (OnceIn(2, random_)) absl::StrAppend(&left, " + 0 * pain.now");
    const double other = static_cast<double>(near_two_to_53());
    const std::string right =
        absl::StrCat(DoubleLiteral(other, random_), " * 1.0");
    return Binary(kRelation, left, sign, right);
  }

  Part BoolLeaf() {
    switch (Below(random_, 10)) {
      case 0:
        return Literal(Type::kBool);
      case 1:
      case 2:
        return {absl::StrCat("has(", Pick(random_, answerable_), ")")};
      case 3:
        return BoolReading();
      case 4:
      case 5:
        return Guarded(&RandomExpressions::StringComparison, Type::kString);
      case 6:
        return InSet();
      case 7:
        return TextComparison();
      case 8:
        return Guarded(&RandomExpressions::BoundComparison, Type::kDouble);
      default:
        return Guarded(&RandomExpressions::BoundComparison, Type::kInt);
    }
  }

  Part BoolReading() {
    const Readable& read = PickReadable(Type::kBool);
    if (!MustGuard(read.may_be_absent)) return {read.name};
    return Guarded(read.name, {read.name});
  }

  // `test` of a value that may be absent: in each of the ways to ask first.
  Part Guarded(const std::string& name, const Part& test) {
    const std::string has = absl::StrCat("has(", name, ")");
    switch (Below(random_, 4)) {
      case 0: {
        const std::string present = At(kOr, test);
        const std::string absent = Literal(Type::kBool).text;
        return {absl::StrCat(has, " ? ", present, " : ", absent), kConditional};
      }
      case 1:
        return Binary(kAnd, At(kRelation, test), "&&", has);
      case 2:
        return Binary(kOr, absl::StrCat("!", has), "||", At(kAnd, test));
      default:
        return Binary(kAnd, has, "&&", At(kRelation, test));
    }
  }

  using Test = Part (RandomExpressions::*)(const Readable&);

  Part Guarded(Test test, Type type) {
    const Readable& read = PickReadable(type);
    const Part part = (this->*test)(read);
    return MustGuard(read.may_be_absent) ? Guarded(read.name, part) : part;
  }

  // A reading against literals that it can be.
  Part StringComparison(const Readable& read) {
    const auto code = [&] {
      return WordOrText(Pick(random_, read.value.texts));
    };
    if (OnceIn(3, random_)) return InList(read.name, code);
    const std::string sign = EqualSign();
    if (OnceIn(4, random_)) return Binary(kRelation, code(), sign, read.name);
    return Binary(kRelation, read.name, sign, code());
  }

  std::string WordOrText(const std::string& text) {
    return IsWord(text) ? WordLiteral(text, random_)
                        : absl::StrCat("'", text, "'");
  }

  // Also against literals of the other type of numbers.
  Part BoundComparison(const Readable& read) {
    const bool doubles = OnceIn(2, random_);
    const auto bound = [&] { return BoundIn(read.value, doubles); };
    if (OnceIn(5, random_)) return InList(read.name, bound);
    const std::string sign = OrderSign();
    if (OnceIn(4, random_)) return Binary(kRelation, bound(), sign, read.name);
    return Binary(kRelation, read.name, sign, bound());
  }

  std::string BoundIn(const StaticValue& value, bool as_double) {
    if (value.type == Type::kInt) {
      const std::int64_t bound =
          RandomInt(value.ints.minimum, value.ints.maximum, random_);
      return as_double ? DoubleLiteral(static_cast<double>(bound), random_)
                       : IntLiteral(bound, random_);
    }
    const auto [minimum, maximum] = value.doubles;
    const double part = static_cast<double>(Below(random_, 41)) / 40;
    const double bound = minimum + (maximum - minimum) * part;
    return as_double ? DoubleLiteral(bound, random_)
                     : absl::StrCat(static_cast<std::int64_t>(bound));
  }

  template <typename Literal>
  Part InList(const std::string& element, Literal literal) {
    std::string list;
    for (std::uint64_t i = Below(random_, 4); i > 0; --i) {
      absl::StrAppend(&list, list.empty() ? "" : ", ", literal());
    }
    if (!list.empty() && OnceIn(6, random_)) absl::StrAppend(&list, ",");
    return Binary(kRelation, element, "in", absl::StrCat("[", list, "]"));
  }

  Part InSet() {
    const ReadableSet& set = Pick(random_, sets_);
    const std::string code = WordLiteral(Pick(random_, set.codes), random_);
    const Part test = Binary(kRelation, code, "in", set.name);
    return MustGuard(set.may_be_absent) ? Guarded(set.name, test) : test;
  }

  // Between strings of which none is an answer.
  Part TextComparison() {
    const std::string left = TextLiteral(random_);
    if (OnceIn(3, random_)) {
      return InList(left, [this] { return TextLiteral(random_); });
    }
    const std::string sign = EqualSign();
    return Binary(kRelation, left, sign, TextLiteral(random_));
  }

  const Guards guards_;
  std::mt19937_64& random_;
  std::vector<Readable> readable_[4];  // By type.
  std::vector<ReadableSet> sets_;
  std::vector<std::string> answerable_;  // What has() takes.
};

}  // namespace plumbline::pathway

#endif  // PLUMBLINE_TESTS_COMMON_PATHWAY_RANDOM_EXPRESSION_H_
