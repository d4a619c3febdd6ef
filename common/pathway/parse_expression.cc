#include "common/pathway/parse_expression.h"

#include <array>
#include <limits>
#include <optional>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/pathway/lookalikes.h"
#include "common/pathway/names.h"

namespace plumbline::pathway {
namespace {

struct BinaryOperator {
  absl::string_view text;
  SyntaxKind kind;
};

constexpr std::array<BinaryOperator, 7> kRelations = {{
    {"==", SyntaxKind::kEqual},
    {"!=", SyntaxKind::kNotEqual},
    {"<", SyntaxKind::kLess},
    {"<=", SyntaxKind::kLessEqual},
    {">", SyntaxKind::kGreater},
    {">=", SyntaxKind::kGreaterEqual},
    {"in", SyntaxKind::kIn},
}};

class Parser {
 public:
  explicit Parser(absl::string_view text) : lexed_(LexExpression(text)) {}

  ParseResult Run() {
    result_.faults = std::move(lexed_.faults);
    if (!Failed()) {
      Conditional();
      if (!Failed() && Token().kind != TokenKind::kEnd) RefuseAfterValue();
    }
    if (Failed()) result_.nodes.clear();
    return std::move(result_);
  }

 private:
  using Kind = SyntaxKind;

  const pathway::Token& Token() const { return lexed_.tokens[next_]; }
  bool Failed() const { return !result_.faults.empty(); }

  bool Sees(absl::string_view text) const {
    const bool operator_or_name = Token().kind == TokenKind::kOperator ||
                                  Token().kind == TokenKind::kName;
    return operator_or_name && Token().text == text;
  }

  bool Accept(absl::string_view text) {
    if (Failed() || !Sees(text)) return false;
    ++next_;
    return true;
  }

  void Fail(int offset, std::string message) {
    if (!Failed()) result_.faults.push_back({offset, std::move(message)});
  }

  void Expect(absl::string_view text, absl::string_view why) {
    if (Accept(text) || Failed()) return;
    if (IsForeignWord()) return RefuseAfterValue();
    Fail(Token().begin,
         absl::StrCat("expected '", text, "' ", why, ", found ", Found()));
  }

  std::string Found() const {
    switch (Token().kind) {
      case TokenKind::kEnd:
        return "the end";
      case TokenKind::kString:
        return OnOneLine(Token().text);
      case TokenKind::kName:
      case TokenKind::kInt:
      case TokenKind::kDouble:
      case TokenKind::kOperator:
        break;
    }
    return absl::StrCat("'", Token().text, "'");
  }

  // Says what stands where a value must begin.
  void RefuseAsValue() {
    if (lexed_.tokens.size() == 1) {
      return Fail(Token().begin,
                  "the expression is empty; write true for what always holds");
    }
    if (Sees("if")) {
      return Fail(Token().begin, "no 'if'; write condition ? value : other");
    }
    const bool keyword = Token().kind == TokenKind::kName && !Sees("in");
    Fail(Token().begin,
         absl::StrCat("expected a value, found ", Found(),
                      keyword ? ", a word that CEL keeps for itself" : ""));
  }

  // Says what stands where the expression is complete.
  void RefuseAfterValue() {
    if (IsNot()) {
      return Fail(Token().begin,
                  "'not' is not an operator; write !(x in list) for 'x not in "
                  "list'");
    }
    if (IsForeignWord()) {
      return RefuseWord(OperatorForWord(Token().text));
    }
    for (const absl::string_view closing : {")", "]", "}"}) {
      if (!Sees(closing)) continue;
      return Fail(Token().begin, absl::StrCat("nothing opens this '", closing,
                                              "'; take it away"));
    }
    if (absl::StartsWith(Token().text, ".")) {
      return Fail(Token().begin,
                  absl::StrCat("a word of a name begins with a letter, found ",
                               Found()));
    }
    if (Token().kind == TokenKind::kOperator) {
      return Fail(Token().begin,
                  absl::StrCat("expected the end, found ", Found()));
    }
    Fail(Token().begin, absl::StrCat("expected an operator, such as && or ==, "
                                     "before ",
                                     Found()));
  }

  // Whether an operator of other languages stands here, after a value.
  bool IsForeignWord() const {
    return IsNot() || (Token().kind == TokenKind::kName &&
                       !OperatorForWord(Token().text).empty());
  }

  bool IsNot() const { return absl::EqualsIgnoreCase(Token().text, "not"); }

  void RefuseWord(absl::string_view meant) {
    Fail(Token().begin,
         absl::StrCat("'", Token().text, "' is not an operator; write '", meant,
                      "'"));
  }

  int Add(SyntaxNode node) {
    if (Failed()) return 0;
    result_.nodes.push_back(std::move(node));
    return static_cast<int>(result_.nodes.size()) - 1;
  }

  int Join(Kind kind, std::vector<int> children) {
    if (Failed()) return 0;
    SyntaxNode node;
    node.kind = kind;
    node.begin = result_.nodes[children.front()].begin;
    node.end = result_.nodes[children.back()].end;
    node.children = std::move(children);
    return Add(std::move(node));
  }

  // Guards every way to nest; the stack of this parser is bounded by it.
  template <typename Parse>
  int Nested(Parse parse) {
    if (nesting_ == kNestingMax) {
      Fail(Token().begin,
           absl::StrCat("nested more than ", kNestingMax,
                        " deep; name a part of it as a definition"));
      return 0;
    }
    ++nesting_;
    const int node = parse();
    --nesting_;
    return node;
  }

  int Conditional() {
    return Nested([this] {
      const int condition = Or();
      if (!Accept("?")) return condition;
      const int if_true = Or();
      Expect(":", "between the values of '?'");
      const int if_false = Conditional();
      return Join(Kind::kConditional, {condition, if_true, if_false});
    });
  }

  int Or() {
    std::vector<int> children = {And()};
    while (Accept("||")) children.push_back(And());
    return children.size() == 1 ? children.front()
                                : Join(Kind::kOr, std::move(children));
  }

  int And() {
    std::vector<int> children = {Relation()};
    while (Accept("&&")) children.push_back(Relation());
    return children.size() == 1 ? children.front()
                                : Join(Kind::kAnd, std::move(children));
  }

  std::optional<Kind> AcceptRelation() {
    for (const BinaryOperator& relation : kRelations) {
      if (Accept(relation.text)) return relation.kind;
    }
    return std::nullopt;
  }

  int Relation() {
    int left = Sum();
    bool compared = false;
    for (int offset = Token().begin;; offset = Token().begin) {
      const std::optional<Kind> kind = AcceptRelation();
      if (!kind.has_value()) return left;
      if (compared) {
        Fail(offset,
             "comparisons do not chain; write 'a <= x && x <= b', or put one "
             "in parentheses");
      }
      compared = true;
      left = Join(*kind, {left, Sum()});
    }
  }

  int Sum() {
    int left = Product();
    while (true) {
      if (Accept("+")) {
        left = Join(Kind::kAdd, {left, Product()});
      } else if (Accept("-")) {
        left = Join(Kind::kSubtract, {left, Product()});
      } else {
        return left;
      }
    }
  }

  int Product() {
    int left = Unary();
    while (true) {
      if (Sees("/") || Sees("%")) {
        Fail(Token().begin,
             Sees("/") ? "no '/': multiply the other side of the comparison "
                         "instead"
                       : "no '%': there are no remainders; ask for what you "
                         "need in an item of its own");
      }
      if (!Accept("*")) return left;
      left = Join(Kind::kMultiply, {left, Unary()});
    }
  }

  int Unary() {
    const int begin = Token().begin;
    if (Accept("!")) return Signed(Kind::kNot, begin);
    if (Sees("-")) {
      if (lexed_.tokens[next_ + 1].kind == TokenKind::kInt) return Negative();
      ++next_;
      return Signed(Kind::kNegate, begin);
    }
    return Member();
  }

  int Signed(Kind kind, int begin) {
    const int operand = Nested([this] { return Unary(); });
    const int node = Join(kind, {operand});
    if (!Failed()) result_.nodes[node].begin = begin;
    return node;
  }

  // The least int has no positive counterpart, so the sign belongs to it.
  int Negative() {
    SyntaxNode node;
    node.kind = Kind::kInt;
    node.begin = Token().begin;
    ++next_;
    node.end = Token().end;
    node.int_value = static_cast<std::int64_t>(-Token().magnitude);
    ++next_;
    return After(Add(std::move(node)));
  }

  int Member() { return After(Primary()); }

  // Refuses what may follow a value in CEL and not here.
  int After(int node) {
    if (Failed()) return node;
    if (Sees("[")) {
      Fail(Token().begin,
           "no indexing: ask whether a set holds a code with 'in', as in "
           "\"none\" in x");
    }
    if (Sees(".")) {
      Fail(Token().begin,
           "only names have dots, as in em.bladder: a value has no fields "
           "and no methods");
    }
    return node;
  }

  int Literal(Kind kind, std::int64_t int_value = 0, double double_value = 0) {
    SyntaxNode node;
    node.kind = kind;
    node.begin = Token().begin;
    node.end = Token().end;
    node.int_value = int_value;
    node.double_value = double_value;
    node.text = Token().value;
    ++next_;
    return Add(std::move(node));
  }

  int Primary() {
    if (Failed()) return 0;
    switch (Token().kind) {
      case TokenKind::kEnd:
        RefuseAsValue();
        return 0;
      case TokenKind::kInt:
        return Int();
      case TokenKind::kDouble:
        return Literal(Kind::kDouble, 0, Token().number);
      case TokenKind::kString:
        return Literal(Kind::kString);
      case TokenKind::kName:
        return NameOrCall();
      case TokenKind::kOperator:
        break;
    }
    if (Sees("(")) return Parenthesis();
    if (Sees("[")) return List();
    if (Sees("{")) {
      Fail(Token().begin,
           "no maps: the values are bool, int, double, string "
           "and lists of them");
    }
    if (Sees(".")) {
      Fail(Token().begin, "a name does not begin with '.'; take it away");
    }
    RefuseAsValue();
    return 0;
  }

  int Int() {
    constexpr std::uint64_t kMost = std::numeric_limits<std::int64_t>::max();
    if (Token().magnitude > kMost) {
      Fail(Token().begin, kIntTooLarge);
    }
    return Literal(Kind::kInt, static_cast<std::int64_t>(Token().magnitude));
  }

  int Parenthesis() {
    ++next_;
    const int inner = Conditional();
    Expect(")", "to close '('");
    return inner;
  }

  int List() {
    SyntaxNode node;
    node.kind = Kind::kList;
    node.begin = Token().begin;
    ++next_;
    while (!Failed() && !Sees("]")) {
      node.children.push_back(Conditional());
      if (!Accept(",")) break;
    }
    node.end = Token().end;
    Expect("]", "to close '['");
    return Add(std::move(node));
  }

  int NameOrCall() {
    if (Sees("true")) return Literal(Kind::kBool, 1);
    if (Sees("false")) return Literal(Kind::kBool, 0);
    if (Sees("null")) {
      Fail(Token().begin,
           "no null: ask whether an item is answered with has()");
      return 0;
    }
    if (IsNot()) {
      RefuseWord("!");
      return 0;
    }
    if (IsKeyword(Token().text)) {
      RefuseAsValue();
      return 0;
    }
    return Name();
  }

  int Name() {
    SyntaxNode node;
    node.kind = Kind::kName;
    node.begin = Token().begin;
    std::string last;
    while (true) {
      last = std::string(Token().text);
      absl::StrAppend(&node.text, last);
      node.end = Token().end;
      ++next_;
      if (!Accept(".")) break;
      if (Token().kind != TokenKind::kName || IsKeyword(Token().text)) {
        const bool keyword = Token().kind == TokenKind::kName;
        Fail(Token().begin,
             absl::StrCat("expected a name after '.', found ", Found(),
                          keyword ? ", a word that CEL keeps for itself" : ""));
        return 0;
      }
      absl::StrAppend(&node.text, ".");
    }
    if (Sees("(")) return Call(node, last);
    if (Sees("{")) {
      Fail(Token().begin,
           "no messages: the values are bool, int, double, "
           "string and lists of them");
      return 0;
    }
    return After(Add(std::move(node)));
  }

  int Call(SyntaxNode node, const std::string& function) {
    const bool has = node.text == "has";
    if (!has && node.text != "size") {
      const bool method = function != node.text;
      const std::string target = node.text.substr(0, node.text.rfind('.'));
      Fail(node.begin, function == "size" || function == "has"
                           ? absl::StrCat("there are no methods; write ",
                                          function, "(", target, ")")
                           : RefusedFunction(function, method));
      return 0;
    }
    ++next_;
    if (Sees(")")) {
      Fail(Token().begin, has ? "has() takes one argument, as in has(pain.now)"
                              : "size() takes one argument, as in "
                                "size(hx.conditions)");
    }
    node.kind = has ? Kind::kHas : Kind::kSize;
    node.children = {Conditional()};
    node.end = Token().end;
    Expect(")", absl::StrCat("after the one argument of ", node.text, "()"));
    return After(Add(std::move(node)));
  }

  LexResult lexed_;
  std::size_t next_ = 0;
  int nesting_ = 0;
  ParseResult result_;
};

}  // namespace

ParseResult ParseExpression(absl::string_view text) {
  return Parser(text).Run();
}

}  // namespace plumbline::pathway
