#include "content-service/gate/mutations.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>

#include "absl/container/flat_hash_map.h"
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

// How many parentheses are open at the end of `text`; negative: how many are
// closed that were not opened.
int OpenParentheses(absl::string_view text) {
  int open = 0;
  char quote = 0;
  for (const char c : text) {
    if (quote != 0) {
      if (c == quote) quote = 0;
    } else if (c == '"' || c == '\'') {
      quote = c;
    } else {
      open += c == '(' ? 1 : (c == ')' ? -1 : 0);
    }
  }
  return open;
}

// A node leaves the parentheses around it out, and so those around its last or
// first operand.
void TakeParenthesesAroundOperands(const std::string& expression,
                                   SyntaxNode& node) {
  int open = OpenParentheses(
      absl::string_view(expression).substr(node.begin, node.end - node.begin));
  for (; open > 0; --open) {
    node.end = static_cast<int>(expression.find(')', node.end)) + 1;
  }
  for (; open < 0; ++open) {
    node.begin = static_cast<int>(expression.rfind('(', node.begin));
  }
}

// Makes the mistakes of one expression.
class Mistakes {
 public:
  Mistakes(const std::string& expression, const Steps& steps)
      : expression_(expression),
        steps_(steps),
        nodes_(pathway::ParseExpression(expression).nodes) {
    for (SyntaxNode& node : nodes_) {
      TakeParenthesesAroundOperands(expression, node);
    }
  }

  std::vector<Mistake> All() {
    if (nodes_.empty()) return {};
    Negate(nodes_.back());
    for (const SyntaxNode& node : nodes_) {
      if (IsChain(node.kind)) {
        for (const int child : node.children) Negate(nodes_[child]);
        DropOperands(node, node.kind == SyntaxKind::kAnd ? " && " : " || ");
      } else if (node.kind == SyntaxKind::kList) {
        DropElements(node);
      } else if (IsComparison(node.kind)) {
        ShiftBounds(node);
      }
    }
    return std::move(mistakes_);
  }

 private:
  std::string TextOf(const SyntaxNode& node) const {
    return expression_.substr(node.begin, node.end - node.begin);
  }

  void Replace(MutationKind kind, const SyntaxNode& node, std::string what,
               absl::string_view by) {
    mistakes_.push_back({kind, std::move(what),
                         absl::StrCat(expression_.substr(0, node.begin), by,
                                      expression_.substr(node.end))});
  }

  void Negate(const SyntaxNode& node) {
    const std::string text = TextOf(node);
    Replace(MutationKind::kNegate, node, absl::StrCat(text, " is negated"),
            absl::StrCat("!(", text, ")"));
  }

  void DropOperands(const SyntaxNode& node, absl::string_view sign) {
    for (std::size_t dropped = 0; dropped < node.children.size(); ++dropped) {
      std::vector<std::string> kept;
      for (std::size_t i = 0; i < node.children.size(); ++i) {
        if (i == dropped) continue;
        kept.push_back(
            absl::StrCat("(", TextOf(nodes_[node.children[i]]), ")"));
      }
      Replace(
          MutationKind::kDropOperand, node,
          absl::StrCat(TextOf(nodes_[node.children[dropped]]), " is dropped"),
          absl::StrCat("(", absl::StrJoin(kept, sign), ")"));
    }
  }

  void DropElements(const SyntaxNode& node) {
    if (node.children.size() < 2) return;
    for (std::size_t dropped = 0; dropped < node.children.size(); ++dropped) {
      std::vector<std::string> kept;
      for (std::size_t i = 0; i < node.children.size(); ++i) {
        if (i != dropped) kept.push_back(TextOf(nodes_[node.children[i]]));
      }
      Replace(MutationKind::kDropOperand, node,
              absl::StrCat(TextOf(nodes_[node.children[dropped]]),
                           " is dropped from a list"),
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
        ShiftTo(number, absl::StrCat(number.int_value + 1));
        ShiftTo(number, absl::StrCat(number.int_value - 1));
      } else if (number.kind == SyntaxKind::kDouble) {
        const double places = std::round(number.double_value / step);
        ShiftTo(number, absl::StrFormat("%.10g", (places + 1) * step));
        ShiftTo(number, absl::StrFormat("%.10g", (places - 1) * step));
      }
    }
  }

  void ShiftTo(const SyntaxNode& number, const std::string& shifted) {
    Replace(MutationKind::kShiftBound, number,
            absl::StrCat(TextOf(number), " becomes ", shifted), shifted);
  }

  const std::string& expression_;
  const Steps& steps_;
  std::vector<SyntaxNode> nodes_;
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
