#include "cli/report/condition_words.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "cli/report/parts.h"
#include "cli/unit.h"
#include "common/pathway/parse_expression.h"

namespace plumbline::cli {
namespace {

using pathway::SyntaxKind;
using pathway::SyntaxNode;
using pathway::v1::Item;
using pathway::v1::Pathway;

const Item* FindItem(const Pathway& pathway, absl::string_view link_id) {
  for (const Item& item : pathway.items()) {
    if (item.link_id() == link_id) return &item;
  }
  return nullptr;
}

// "or more" of ">=".
struct BoundWords {
  absl::string_view before;
  absl::string_view behind;
};

BoundWords WordsOf(SyntaxKind comparison) {
  switch (comparison) {
    case SyntaxKind::kLess:
      return {"less than ", ""};
    case SyntaxKind::kLessEqual:
      return {"", " or less"};
    case SyntaxKind::kGreater:
      return {"more than ", ""};
    case SyntaxKind::kGreaterEqual:
      return {"", " or more"};
    case SyntaxKind::kNotEqual:
      return {"not ", ""};
    default:
      return {"", ""};
  }
}

// Of two results.
BoundWords UrgencyWordsOf(SyntaxKind comparison) {
  switch (comparison) {
    case SyntaxKind::kLess:
      return {"less urgent than ", ""};
    case SyntaxKind::kLessEqual:
      return {"", " or less urgent"};
    case SyntaxKind::kGreater:
      return {"more urgent than ", ""};
    case SyntaxKind::kGreaterEqual:
      return {"", " or more urgent"};
    default:
      return WordsOf(comparison);
  }
}

class ConditionWriter {
 public:
  ConditionWriter(const Pathway& pathway, absl::string_view expression,
                  Html& html)
      : pathway_(pathway),
        expression_(expression),
        nodes_(pathway::ParseExpression(expression).nodes),
        html_(html) {}

  void Write() {
    if (nodes_.empty()) return html_.Text("code", expression_);
    Write(nodes_.back());
  }

 private:
  const SyntaxNode& Child(const SyntaxNode& node, std::size_t i) const {
    return nodes_[node.children[i]];
  }

  void Write(const SyntaxNode& node) {
    switch (node.kind) {
      case SyntaxKind::kAnd:
        return WriteAll(node, "and");
      case SyntaxKind::kOr:
        if (IsPromise(node)) return WritePromise(node);
        return WriteAll(node, "or");
      case SyntaxKind::kNot:
        return WriteNot(Child(node, 0));
      case SyntaxKind::kName:
        return WriteName(node, "yes");
      case SyntaxKind::kHas:
        return WriteState(Child(node, 0), "is answered");
      case SyntaxKind::kIn:
        return WriteIn(node);
      case SyntaxKind::kEqual:
      case SyntaxKind::kNotEqual:
      case SyntaxKind::kLess:
      case SyntaxKind::kLessEqual:
      case SyntaxKind::kGreater:
      case SyntaxKind::kGreaterEqual:
        return WriteComparison(node);
      default:
        return WriteAsItIs(node);
    }
  }

  void WriteAsItIs(const SyntaxNode& node) {
    html_.Text("code", expression_.substr(node.begin, node.end - node.begin));
  }

  // The item `name`, or a comparison of it.
  bool IsComparisonOf(const SyntaxNode& node, absl::string_view name) const {
    if (node.kind == SyntaxKind::kName) return node.text == name;
    const bool compares = node.kind == SyntaxKind::kIn ||
                          (node.kind >= SyntaxKind::kEqual &&
                           node.kind <= SyntaxKind::kGreaterEqual);
    return compares &&
           std::any_of(node.children.begin(), node.children.end(),
                       [&](int child) {
                         return nodes_[child].kind == SyntaxKind::kName &&
                                nodes_[child].text == name;
                       });
  }

  // `has(x) && x == 1`: who says what was answered says that it was.
  bool IsSaidBeside(const SyntaxNode& all, int index) const {
    const SyntaxNode& node = nodes_[index];
    if (all.kind != SyntaxKind::kAnd || node.kind != SyntaxKind::kHas) {
      return false;
    }
    return std::any_of(
        all.children.begin(), all.children.end(), [&](int other) {
          return IsComparisonOf(nodes_[other], Child(node, 0).text);
        });
  }

  void WriteAll(const SyntaxNode& node, absl::string_view word) {
    const auto said =
        std::count_if(node.children.begin(), node.children.end(),
                      [&](int child) { return IsSaidBeside(node, child); });
    const bool is_one = node.children.size() - said == 1;
    bool is_first = true;
    for (std::size_t i = 0; i < node.children.size(); ++i) {
      if (IsSaidBeside(node, node.children[i])) continue;
      if (!is_first) {
        html_.Write(" ");
        html_.Text("b", word);
        html_.Write(" ");
      }
      is_first = false;
      const std::size_t more = AlsoInTheSet(node, i);
      if (is_one) {
        Write(Child(node, i));
      } else if (more == 0) {
        WritePart(Child(node, i));
      } else {
        WriteAnyInSet(node, i, more);
        i += more;
      }
    }
  }

  bool IsInSet(const SyntaxNode& node) const {
    return node.kind == SyntaxKind::kIn && IsLiteral(Child(node, 0)) &&
           IsKnown(Child(node, 1));
  }

  // How many of the next operands of `||` ask for other options of the same
  // set.
  std::size_t AlsoInTheSet(const SyntaxNode& any, std::size_t i) const {
    if (any.kind != SyntaxKind::kOr || !IsInSet(Child(any, i))) return 0;
    std::size_t more = 0;
    while (i + more + 1 < any.children.size() &&
           IsInSet(Child(any, i + more + 1)) &&
           Child(Child(any, i + more + 1), 1).text ==
               Child(Child(any, i), 1).text) {
      ++more;
    }
    return more;
  }

  void WriteAnyInSet(const SyntaxNode& any, std::size_t i, std::size_t more) {
    const SyntaxNode& set = Child(Child(any, i), 1);
    WriteReference(set);
    html_.Write(" any of");
    for (std::size_t j = i; j <= i + more; ++j) {
      if (j > i) html_.Write(",");
      WriteAnswer(LiteralText(set, Child(Child(any, j), 0)));
    }
  }

  bool IsOutcome(const SyntaxNode& node) const {
    return node.kind == SyntaxKind::kName &&
           (node.text == "disposition" || node.text == "disposition_rank" ||
            node.text == "flags");
  }

  bool SpeaksOfOutcome(const SyntaxNode& node) const {
    if (IsOutcome(node)) return true;
    return std::any_of(
        node.children.begin(), node.children.end(),
        [this](int child) { return SpeaksOfOutcome(nodes_[child]); });
  }

  // What is true where `node` is false: `node` is `!answers`, or `a != b`.
  bool IsDenial(const SyntaxNode& node) const {
    return node.kind == SyntaxKind::kNot || node.kind == SyntaxKind::kNotEqual;
  }

  // `!answers || outcome`: how invariants say "if, then".
  bool IsPromise(const SyntaxNode& node) const {
    int outcomes = 0;
    for (const int child : node.children) {
      if (SpeaksOfOutcome(nodes_[child])) {
        ++outcomes;
      } else if (!IsDenial(nodes_[child])) {
        return false;
      }
    }
    return outcomes > 0 && outcomes < static_cast<int>(node.children.size());
  }

  void WritePromise(const SyntaxNode& node) {
    html_.Text("b", "If");
    WriteSide(node, /*outcome=*/false, "and");
    html_.Write(", ");
    html_.Text("b", "then");
    WriteSide(node, /*outcome=*/true, "or");
  }

  // The answers of a promise, or what comes of them.
  void WriteSide(const SyntaxNode& node, bool outcome, absl::string_view word) {
    bool is_first = true;
    for (const int index : node.children) {
      const SyntaxNode& child = nodes_[index];
      if (SpeaksOfOutcome(child) != outcome) continue;
      html_.Write(" ");
      if (!is_first) {
        html_.Text("b", word);
        html_.Write(" ");
      }
      is_first = false;
      if (outcome) {
        WritePart(child);
      } else if (child.kind == SyntaxKind::kNot) {
        WritePart(Child(child, 0));
      } else {
        SyntaxNode equal = child;
        equal.kind = SyntaxKind::kEqual;
        WritePart(equal);
      }
    }
  }

  // Of several alternatives, which belong together in a larger whole.
  bool IsGroup(const SyntaxNode& node) const {
    if (node.kind == SyntaxKind::kIn) {
      const SyntaxNode& list = Child(node, 1);
      return list.kind == SyntaxKind::kList && list.children.size() > 1;
    }
    return node.kind == SyntaxKind::kAnd || node.kind == SyntaxKind::kOr;
  }

  void WritePart(const SyntaxNode& node) {
    const bool is_group = IsGroup(node);
    if (is_group) html_.Write("(");
    Write(node);
    if (is_group) html_.Write(")");
  }

  void WriteNot(const SyntaxNode& node) {
    if (node.kind == SyntaxKind::kName) return WriteName(node, "no");
    if (node.kind == SyntaxKind::kHas) {
      return WriteState(Child(node, 0), "is not answered");
    }
    html_.Text("b", "not");
    html_.Write(" ");
    WritePart(node);
  }

  // What is true or false by itself.
  void WriteName(const SyntaxNode& node, absl::string_view answer) {
    if (FindItem(pathway_, node.text) != nullptr) {
      WriteReference(node);
      return WriteAnswer(answer);
    }
    if (answer == "no") {
      html_.Text("b", "not");
      html_.Write(" ");
    }
    WriteReference(node);
  }

  void WriteState(const SyntaxNode& node, absl::string_view state) {
    WriteReference(node);
    html_.Write(" ");
    html_.Write(state);
  }

  void WriteAnswer(absl::string_view answer) {
    html_.Write(" ");
    html_.Text("q", answer);
  }

  void WriteReference(const SyntaxNode& node) {
    if (const Item* const item = FindItem(pathway_, node.text)) {
      return Link("items/", item->link_id(), item->prompt());
    }
    for (const auto& definition : pathway_.definitions()) {
      if (definition.name() == node.text) {
        return Link("definitions/", definition.name(),
                    absl::StripSuffix(definition.rationale(), "."));
      }
    }
    for (const auto& score : pathway_.scores()) {
      if (absl::StrCat("score.", score.name()) == node.text) {
        return Link("scores/", score.name(), score.title());
      }
    }
    WriteAsItIs(node);
  }

  void Link(absl::string_view list, absl::string_view id,
            absl::string_view text) {
    html_.Text("a", {{"href", absl::StrCat("#", list, id)}}, text);
  }

  // A question, a definition or a score, and how many of a set were chosen.
  bool IsKnown(const SyntaxNode& node) const {
    if (node.kind == SyntaxKind::kSize) return IsKnown(Child(node, 0));
    return node.kind == SyntaxKind::kName && !IsOutcome(node);
  }

  void WriteSubject(const SyntaxNode& node) {
    if (node.kind != SyntaxKind::kSize) return WriteReference(node);
    html_.Write("the number of answers to ");
    WriteReference(Child(node, 0));
  }

  static bool IsLiteral(const SyntaxNode& node) {
    return node.kind == SyntaxKind::kString || node.kind == SyntaxKind::kInt ||
           node.kind == SyntaxKind::kDouble || node.kind == SyntaxKind::kBool;
  }

  void WriteComparison(const SyntaxNode& node) {
    const SyntaxNode& subject = Child(node, 0);
    const SyntaxNode& literal = Child(node, 1);
    if (subject.text == "disposition" && literal.kind == SyntaxKind::kString) {
      return WriteResult(node.kind, literal.text);
    }
    if (subject.text == "disposition_rank" && IsRank(literal)) {
      return WriteRank(node.kind, literal);
    }
    if (!IsKnown(subject) || !IsLiteral(literal)) return WriteAsItIs(node);
    WriteSubject(subject);
    const BoundWords words = WordsOf(node.kind);
    html_.Write(" ");
    html_.Write(words.before);
    html_.Text(IsNumber(literal) ? "i" : "q", LiteralText(subject, literal));
    html_.Write(words.behind);
  }

  static bool IsNumber(const SyntaxNode& node) {
    return node.kind == SyntaxKind::kInt || node.kind == SyntaxKind::kDouble;
  }

  // Dispositions are compared as texts: the same, or another.
  void WriteResult(SyntaxKind comparison, const std::string& name) {
    html_.Write("the result is ");
    html_.Write(WordsOf(comparison).before);
    WriteNamedDisposition(name);
  }

  void WriteNamedDisposition(const std::string& name) {
    auto disposition = pathway::v1::DISPOSITION_UNSPECIFIED;
    pathway::v1::Disposition_Parse(absl::StrCat("DISPOSITION_", name),
                                   &disposition);
    WriteDisposition(disposition, html_);
  }

  static bool IsRank(const SyntaxNode& node) {
    return node.kind == SyntaxKind::kInt && node.int_value >= 1 &&
           pathway::v1::Disposition_IsValid(static_cast<int>(node.int_value));
  }

  void WriteRank(SyntaxKind comparison, const SyntaxNode& rank) {
    const BoundWords words = UrgencyWordsOf(comparison);
    html_.Write("the result is ");
    html_.Write(words.before);
    WriteDisposition(static_cast<pathway::v1::Disposition>(rank.int_value),
                     html_);
    html_.Write(words.behind);
  }

  std::string LiteralText(const SyntaxNode& subject,
                          const SyntaxNode& literal) const {
    const Item* const item = FindItem(pathway_, subject.text);
    switch (literal.kind) {
      case SyntaxKind::kString:
        return OptionText(item, literal.text);
      case SyntaxKind::kBool:
        return literal.int_value != 0 ? "yes" : "no";
      case SyntaxKind::kInt:
        return WithUnit(item, absl::StrCat(literal.int_value));
      default:
        return WithUnit(item, absl::StrCat(literal.double_value));
    }
  }

  static std::string WithUnit(const Item* item, const std::string& number) {
    if (item == nullptr) return number;
    return NumberWithUnit(number, item->has_decimal_range()
                                      ? item->decimal_range().unit()
                                      : item->integer_range().unit());
  }

  static std::string OptionText(const Item* item, const std::string& code) {
    if (item == nullptr) return code;
    for (const auto& option : item->options()) {
      if (option.code() == code) return option.text();
    }
    return code;
  }

  void WriteResults(const SyntaxNode& names) {
    html_.Write("the result is ");
    for (std::size_t i = 0; i < names.children.size(); ++i) {
      if (i > 0) html_.Write(" or ");
      WriteNamedDisposition(Child(names, i).text);
    }
  }

  // `name in [literals]`, or `literal in set`.
  void WriteIn(const SyntaxNode& node) {
    const SyntaxNode& left = Child(node, 0);
    const SyntaxNode& right = Child(node, 1);
    const bool is_list = right.kind == SyntaxKind::kList;
    if (left.text == "disposition" && is_list) return WriteResults(right);
    if (left.kind == SyntaxKind::kString && right.text == "flags") {
      html_.Write("the flag ");
      html_.Text("code", left.text);
      return html_.Write(" is raised");
    }
    if (IsKnown(left) && is_list) {
      WriteSubject(left);
      if (right.children.size() > 1) html_.Write(" any of");
      for (std::size_t i = 0; i < right.children.size(); ++i) {
        if (i > 0) html_.Write(",");
        WriteAnswer(LiteralText(left, Child(right, i)));
      }
    } else if (IsLiteral(left) && IsKnown(right)) {
      WriteReference(right);
      WriteAnswer(LiteralText(right, left));
    } else {
      WriteAsItIs(node);
    }
  }

  const Pathway& pathway_;
  const absl::string_view expression_;
  const std::vector<SyntaxNode> nodes_;
  Html& html_;
};

}  // namespace

void WriteCondition(const Pathway& pathway, absl::string_view expression,
                    Html& html) {
  ConditionWriter(pathway, expression, html).Write();
}

}  // namespace plumbline::cli
