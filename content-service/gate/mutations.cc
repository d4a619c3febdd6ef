#include "content-service/gate/mutations.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/string_view.h"
#include "common/pathway/names.h"
#include "common/pathway/parse_expression.h"

namespace plumbline::gate {
namespace {

using pathway::SyntaxKind;
using pathway::SyntaxNode;
using pathway::v1::Pathway;
using pathway::v1::Rule;

// An expression with one mistake in it.
struct Mistake {
  MutationKind kind;
  std::string what;
  std::string expression;
};

// The steps of decimal items, by link id.
using Steps = absl::flat_hash_map<std::string, double>;

Steps StepsOf(const Pathway& pathway) {
  Steps steps;
  for (const pathway::v1::Item& item : pathway.items()) {
    if (item.has_decimal_range()) {
      steps.emplace(item.link_id(), item.decimal_range().step());
    }
  }
  return steps;
}

bool IsComparison(SyntaxKind kind) {
  return kind >= SyntaxKind::kEqual && kind <= SyntaxKind::kGreaterEqual;
}

bool IsChain(SyntaxKind kind) {
  return kind == SyntaxKind::kAnd || kind == SyntaxKind::kOr;
}

// How strongly an operator binds its operands.
int BindingOf(SyntaxKind kind) {
  switch (kind) {
    case SyntaxKind::kConditional:
      return 0;
    case SyntaxKind::kOr:
      return 1;
    case SyntaxKind::kAnd:
      return 2;
    case SyntaxKind::kAdd:
    case SyntaxKind::kSubtract:
      return 4;
    case SyntaxKind::kMultiply:
      return 5;
    case SyntaxKind::kNot:
    case SyntaxKind::kNegate:
      return 6;
    default:
      return IsComparison(kind) || kind == SyntaxKind::kIn ? 3 : 7;
  }
}

absl::string_view SignOf(SyntaxKind kind) {
  switch (kind) {
    case SyntaxKind::kAnd:
      return " && ";
    case SyntaxKind::kOr:
      return " || ";
    case SyntaxKind::kEqual:
      return " == ";
    case SyntaxKind::kNotEqual:
      return " != ";
    case SyntaxKind::kLess:
      return " < ";
    case SyntaxKind::kLessEqual:
      return " <= ";
    case SyntaxKind::kGreater:
      return " > ";
    case SyntaxKind::kGreaterEqual:
      return " >= ";
    case SyntaxKind::kAdd:
      return " + ";
    case SyntaxKind::kSubtract:
      return " - ";
    case SyntaxKind::kMultiply:
      return " * ";
    case SyntaxKind::kIn:
      return " in ";
    default:
      return "";
  }
}

// Makes the mistakes of one expression. What it was written with, comments and
// parentheses that are not needed, is gone.
class Mistakes {
 public:
  Mistakes(const std::string& expression, const Steps& steps)
      : steps_(steps), nodes_(pathway::ParseExpression(expression).nodes) {}

  std::vector<Mistake> All() {
    if (nodes_.empty()) return {};
    const int root = static_cast<int>(nodes_.size()) - 1;
    Negate(root);
    for (int i = 0; i <= root; ++i) {
      const SyntaxNode& node = nodes_[i];
      if (IsChain(node.kind)) {
        for (const int child : node.children) Negate(child);
        DropOperands(i);
      } else if (node.kind == SyntaxKind::kList) {
        DropElements(i);
      } else if (IsComparison(node.kind)) {
        ShiftBounds(node);
      }
    }
    return std::move(mistakes_);
  }

 private:
  // The node, in which `changed` is `by`; -1: nothing is.
  std::string TextOf(int index, int changed = -1,
                     absl::string_view by = "") const {
    if (index == changed) return std::string(by);
    const SyntaxNode& node = nodes_[index];
    switch (node.kind) {
      case SyntaxKind::kBool:
        return node.int_value != 0 ? "true" : "false";
      case SyntaxKind::kInt:
        return absl::StrCat(node.int_value);
      case SyntaxKind::kDouble:
        return DoubleText(pathway::FormatNumber(node.double_value));
      case SyntaxKind::kString:
        return absl::StrCat("'", absl::Utf8SafeCEscape(node.text), "'");
      case SyntaxKind::kName:
        return node.text;
      case SyntaxKind::kList:
        return absl::StrCat("[", Joined(node, ", ", changed, by), "]");
      case SyntaxKind::kHas:
        return absl::StrCat("has(", Joined(node, "", changed, by), ")");
      case SyntaxKind::kSize:
        return absl::StrCat("size(", Joined(node, "", changed, by), ")");
      case SyntaxKind::kNot:
        return absl::StrCat("!",
                            Operand(node.kind, node.children[0], changed, by));
      case SyntaxKind::kNegate:
        return absl::StrCat("-",
                            Operand(node.kind, node.children[0], changed, by));
      case SyntaxKind::kConditional:
        return absl::StrCat(
            Operand(node.kind, node.children[0], changed, by), " ? ",
            Operand(node.kind, node.children[1], changed, by), " : ",
            Operand(node.kind, node.children[2], changed, by));
      default:
        return Joined(node, SignOf(node.kind), changed, by);
    }
  }

  // Of digits alone it would be an int.
  static std::string DoubleText(std::string text) {
    if (text.find_first_of(".e") == std::string::npos) text += ".0";
    return text;
  }

  std::string Joined(const SyntaxNode& node, absl::string_view sign,
                     int changed, absl::string_view by) const {
    std::vector<std::string> operands;
    operands.reserve(node.children.size());
    for (const int child : node.children) {
      operands.push_back(sign == ", " || sign.empty()
                             ? TextOf(child, changed, by)
                             : Operand(node.kind, child, changed, by));
    }
    return absl::StrJoin(operands, sign);
  }

  // In parentheses where it needs them below a `parent`.
  std::string Operand(SyntaxKind parent, int index, int changed = -1,
                      absl::string_view by = "") const {
    const std::string text = TextOf(index, changed, by);
    return BindingOf(nodes_[index].kind) > BindingOf(parent)
               ? text
               : absl::StrCat("(", text, ")");
  }

  void Replace(MutationKind kind, int index, std::string what,
               absl::string_view by) {
    mistakes_.push_back(
        {kind, std::move(what),
         TextOf(static_cast<int>(nodes_.size()) - 1, index, by)});
  }

  void Negate(int index) {
    const std::string text = TextOf(index);
    Replace(MutationKind::kNegate, index, absl::StrCat(text, " is negated"),
            absl::StrCat("!(", text, ")"));
  }

  void DropOperands(int index) {
    const SyntaxNode& node = nodes_[index];
    for (const int dropped : node.children) {
      std::vector<std::string> kept;
      for (const int child : node.children) {
        if (child != dropped) kept.push_back(Operand(node.kind, child));
      }
      Replace(MutationKind::kDropOperand, index,
              absl::StrCat(TextOf(dropped), " is dropped"),
              absl::StrJoin(kept, SignOf(node.kind)));
    }
  }

  void DropElements(int index) {
    const SyntaxNode& node = nodes_[index];
    if (node.children.size() < 2) return;
    for (const int dropped : node.children) {
      std::vector<std::string> kept;
      for (const int child : node.children) {
        if (child != dropped) kept.push_back(TextOf(child));
      }
      Replace(MutationKind::kDropOperand, index,
              absl::StrCat(TextOf(dropped), " is dropped from a list"),
              absl::StrCat("[", absl::StrJoin(kept, ", "), "]"));
    }
  }

  void ShiftBounds(const SyntaxNode& node) {
    double step = 1;
    for (const int child : node.children) {
      const auto found = steps_.find(nodes_[child].text);
      if (nodes_[child].kind == SyntaxKind::kName && found != steps_.end()) {
        step = found->second;
      }
    }
    for (const int child : node.children) {
      const SyntaxNode& number = nodes_[child];
      if (number.kind == SyntaxKind::kInt) {
        ShiftTo(child, absl::StrCat(number.int_value + 1));
        ShiftTo(child, absl::StrCat(number.int_value - 1));
      } else if (number.kind == SyntaxKind::kDouble) {
        const double places = std::round(number.double_value / step);
        for (const double shifted : {places + 1, places - 1}) {
          ShiftTo(child, DoubleText(absl::StrFormat("%.10g", shifted * step)));
        }
      }
    }
  }

  void ShiftTo(int number, const std::string& shifted) {
    Replace(MutationKind::kShiftBound, number,
            absl::StrCat(TextOf(number), " becomes ", shifted), shifted);
  }

  const Steps& steps_;
  const std::vector<SyntaxNode> nodes_;
  std::vector<Mistake> mistakes_;
};

class Mutator {
 public:
  explicit Mutator(const Pathway& pathway)
      : pathway_(pathway), steps_(StepsOf(pathway)) {}

  std::vector<Mutation> All() {
    for (int i = 0; i < pathway_.items_size(); ++i) MutateItem(i);
    for (int i = 0; i < pathway_.definitions_size(); ++i) {
      MutateExpression(
          absl::StrCat("definitions/", pathway_.definitions(i).name()),
          "expression", pathway_.definitions(i).expression(),
          [i](Pathway& to, const std::string& expression) {
            to.mutable_definitions(i)->set_expression(expression);
          });
    }
    for (int i = 0; i < pathway_.rules_size(); ++i) MutateRule(i);
    for (int i = 0; i < pathway_.gates_size(); ++i) MutateGate(i);
    for (int i = 0; i < pathway_.guidance_size(); ++i) MutateGuidance(i);
    return std::move(mutations_);
  }

 private:
  template <typename Apply>
  void Add(MutationKind kind, const std::string& element, std::string what,
           Apply apply) {
    mutations_.push_back({kind, element, std::move(what), std::move(apply)});
  }

  template <typename SetExpression>
  void MutateExpression(const std::string& element, absl::string_view field,
                        const std::string& expression, SetExpression set) {
    for (Mistake& mistake : Mistakes(expression, steps_).All()) {
      Add(mistake.kind, element, absl::StrCat(field, ": ", mistake.what),
          [set, changed = std::move(mistake.expression)](Pathway& to) {
            set(to, changed);
          });
    }
  }

  void MutateItem(int i) {
    const pathway::v1::Item& item = pathway_.items(i);
    const std::string element = absl::StrCat("items/", item.link_id());
    MutateExpression(element, "enable_when", item.enable_when(),
                     [i](Pathway& to, const std::string& expression) {
                       to.mutable_items(i)->set_enable_when(expression);
                     });
    if (!item.has_if_unknown()) return;
    Add(MutationKind::kDropPolicy, element, "if_unknown is dropped",
        [i](Pathway& to) { to.mutable_items(i)->clear_if_unknown(); });
  }

  void MutateRule(int i) {
    const Rule& rule = pathway_.rules(i);
    const std::string element = absl::StrCat("rules/", rule.rule_id());
    Add(MutationKind::kDropRule, element, "is dropped",
        [i](Pathway& to) { to.mutable_rules()->DeleteSubrange(i, 1); });
    MutateExpression(element, "when", rule.when(),
                     [i](Pathway& to, const std::string& expression) {
                       to.mutable_rules(i)->set_when(expression);
                     });
    for (const int step : {1, -1}) SwapDisposition(i, element, step);
    if (!rule.on_unknown().has_escalate()) return;
    Add(MutationKind::kDropPolicy, element, "on_unknown is dropped",
        [i](Pathway& to) {
          to.mutable_rules(i)->mutable_on_unknown()->set_ask(true);
        });
  }

  void SwapDisposition(int i, const std::string& element, int step) {
    const int next = pathway_.rules(i).disposition() + step;
    if (next < pathway::v1::DISPOSITION_SELF_CARE ||
        next > pathway::v1::DISPOSITION_EMERGENCY_NOW) {
      return;
    }
    const auto disposition = static_cast<pathway::v1::Disposition>(next);
    Add(MutationKind::kSwapDisposition, element,
        absl::StrCat("gives ",
                     ToString(static_cast<pathway::Disposition>(next))),
        [i, disposition](Pathway& to) {
          to.mutable_rules(i)->set_disposition(disposition);
        });
  }

  void MutateGate(int i) {
    const pathway::v1::Gate& gate = pathway_.gates(i);
    const std::string element = absl::StrCat("gates/", gate.gate_id());
    Add(MutationKind::kDropGate, element, "is dropped",
        [i](Pathway& to) { to.mutable_gates()->DeleteSubrange(i, 1); });
    MutateExpression(element, "withhold_when", gate.withhold_when(),
                     [i](Pathway& to, const std::string& expression) {
                       to.mutable_gates(i)->set_withhold_when(expression);
                     });
  }

  void MutateGuidance(int i) {
    const pathway::v1::GuidanceRecord& record = pathway_.guidance(i);
    MutateExpression(absl::StrCat("guidance/", record.guidance_id()),
                     "show_when", record.show_when(),
                     [i](Pathway& to, const std::string& expression) {
                       to.mutable_guidance(i)->set_show_when(expression);
                     });
  }

  const Pathway& pathway_;
  const Steps steps_;
  std::vector<Mutation> mutations_;
};

}  // namespace

const char* ToString(MutationKind kind) {
  switch (kind) {
    case MutationKind::kDropRule:
      return "drop-rule";
    case MutationKind::kNegate:
      return "negate";
    case MutationKind::kDropOperand:
      return "drop-operand";
    case MutationKind::kShiftBound:
      return "shift-bound";
    case MutationKind::kSwapDisposition:
      return "swap-disposition";
    case MutationKind::kDropGate:
      return "drop-gate";
    case MutationKind::kDropPolicy:
      return "drop-policy";
  }
  return "";
}

Pathway WithoutTranslations(Pathway pathway) {
  pathway.clear_translations();
  pathway.clear_locales();
  pathway.add_locales(pathway.default_locale());
  for (pathway::v1::GuidanceRecord& record : *pathway.mutable_guidance()) {
    auto& texts = *record.mutable_texts();
    texts.erase(std::remove_if(texts.begin(), texts.end(),
                               [&pathway](const auto& text) {
                                 return text.locale() !=
                                        pathway.default_locale();
                               }),
                texts.end());
  }
  return pathway;
}

std::vector<Mutation> MutationsOf(const Pathway& pathway) {
  return Mutator(pathway).All();
}

}  // namespace plumbline::gate
