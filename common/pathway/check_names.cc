#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/pathway/expression_checker.h"
#include "common/pathway/item_values.h"
#include "common/pathway/names.h"
#include "common/pathway/static_value.h"

namespace plumbline::pathway {
namespace {

// The most names that a message lists.
constexpr std::size_t kNamesListedMax = 8;

}  // namespace

Operand ExpressionChecker::CheckName(const SyntaxNode& syntax) {
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

Operand ExpressionChecker::ReadItem(const SyntaxNode& syntax, int index) {
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

std::optional<int> ExpressionChecker::FindScore(const SyntaxNode& syntax) {
  const absl::string_view name = absl::string_view(syntax.text).substr(6);
  const auto found = scope_.scores.find(name);
  if (found != scope_.scores.end()) return found->second;
  Fail(syntax, absl::StrCat("no score '", name, "'", HintForScore(name)));
  return std::nullopt;
}

std::string ExpressionChecker::HintForScore(absl::string_view name) const {
  std::vector<absl::string_view> names;
  for (const Score& score : scope_.pathway.scores) names.push_back(score.name);
  const std::string nearest = scope_.suggestions.DidYouMean(name, names);
  if (!nearest.empty() || names.size() > kNamesListedMax) return nearest;
  if (names.empty()) return "; this pathway has none";
  return absl::StrCat("; there are ", absl::StrJoin(names, ", "));
}

Operand ExpressionChecker::ReadScore(const SyntaxNode& syntax) {
  const std::optional<int> index = FindScore(syntax);
  if (!index.has_value()) return {};
  const Score& score = scope_.pathway.scores[*index];
  if (score.items.empty()) return {};
  MarkRead(score.items);
  return Leaf(NodeKind::kScore, syntax, ValueOfScore(score), *index);
}

Operand ExpressionChecker::ReadDefinition(const SyntaxNode& syntax, int index) {
  if (index == scope_.definitions_end) {
    return Faulty(syntax, absl::StrCat("definition '", syntax.text,
                                       "' cannot read itself; write out what "
                                       "it is"));
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

Operand ExpressionChecker::ReadOutcome(const SyntaxNode& syntax) {
  const bool outcome = syntax.text == "disposition" ||
                       syntax.text == "disposition_rank" ||
                       syntax.text == "flags";
  if (!outcome) return UnknownName(syntax);
  if (!scope_.reads_outcome) {
    return Faulty(syntax, absl::StrCat("only invariants read '", syntax.text,
                                       "': here nothing is decided yet; read "
                                       "answers, definitions and scores"));
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

Operand ExpressionChecker::UnknownName(const SyntaxNode& syntax) {
  if (syntax.text == "score") {
    return Faulty(syntax, "'score' alone has no value; write score.<name>");
  }
  const bool dotted = absl::StrContains(syntax.text, '.');
  return Faulty(syntax,
                absl::StrCat("no ", dotted ? "item" : "definition", " '",
                             syntax.text, "'", HintForName(syntax.text)));
}

std::string ExpressionChecker::HintForName(absl::string_view name) const {
  const bool dotted = absl::StrContains(name, '.');
  if (!dotted && IsSomeOption(name)) {
    return absl::StrCat("; an option stands in quotes: \"", name, "\"");
  }
  for (const absl::string_view literal : {"true", "false"}) {
    if (absl::EqualsIgnoreCase(name, literal)) {
      return absl::StrCat("; write ", literal);
    }
  }
  const CompiledPathway& pathway = scope_.pathway;
  const std::size_t count =
      pathway.items.size() + pathway.definitions.size() + pathway.scores.size();
  if (!scope_.suggestions.Affords(count)) return "";
  const std::string ending = absl::StrCat(".", name);
  for (const Item& item : pathway.items) {
    if (!absl::EndsWith(item.link_id, ending)) continue;
    return absl::StrCat("; did you mean '", item.link_id, "'?");
  }
  const std::vector<std::string> names = ReadableNames();
  const std::string nearest = scope_.suggestions.DidYouMean(name, Views(names));
  if (!nearest.empty()) return nearest;
  return dotted
             ? "; items are in questionnaire.txtpb"
             : "; definitions are in scores.txtpb, and text stands in quotes";
}

std::vector<std::string> ExpressionChecker::ReadableNames() const {
  std::vector<std::string> names;
  for (const Item& item : scope_.pathway.items) names.push_back(item.link_id);
  for (const Definition& definition : scope_.pathway.definitions) {
    names.push_back(definition.name);
  }
  for (const Score& score : scope_.pathway.scores) {
    names.push_back(absl::StrCat("score.", score.name));
  }
  if (scope_.reads_outcome) {
    names.insert(names.end(), {"disposition", "disposition_rank", "flags"});
  }
  return names;
}

bool ExpressionChecker::IsSomeOption(absl::string_view code) const {
  for (const Item& item : scope_.pathway.items) {
    for (const Option& option : item.options) {
      if (option.code == code) return true;
    }
  }
  return false;
}

Operand ExpressionChecker::CheckHas(const SyntaxNode& syntax) {
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

Operand ExpressionChecker::HasScore(const SyntaxNode& syntax,
                                    const SyntaxNode& argument) {
  const std::optional<int> index = FindScore(argument);
  if (!index.has_value()) return {};
  const Score& score = scope_.pathway.scores[*index];
  if (score.items.empty()) return {};
  MarkRead(score.items);
  return Leaf(NodeKind::kHasScore, syntax, {}, *index);
}

Operand ExpressionChecker::CheckSize(const SyntaxNode& syntax) {
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
  return Faulty(argument,
                absl::StrCat("size() takes a set; ", Describe(argument, set),
                             HintFor(argument, set)));
}

}  // namespace plumbline::pathway
