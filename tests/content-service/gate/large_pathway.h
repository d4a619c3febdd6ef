// A pathway as large as one likes: a pathway several times over, with rules
// that read two copies at once.

#ifndef PLUMBLINE_TESTS_CONTENT_SERVICE_GATE_LARGE_PATHWAY_H_
#define PLUMBLINE_TESTS_CONTENT_SERVICE_GATE_LARGE_PATHWAY_H_

#include <google/protobuf/repeated_ptr_field.h>

#include <algorithm>
#include <cctype>
#include <random>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "absl/strings/str_cat.h"
#include "content-service/gate/mutations.h"
#include "plumbline/pathway/v1/pathway.pb.h"

namespace plumbline::gate {

// Another name for everything in one copy.
class Renaming {
 public:
  Renaming(const pathway::v1::Pathway& of, int copy)
      : lower_(absl::StrCat("_c", copy)), upper_(absl::StrCat("_C", copy)) {
    for (const auto& item : of.items()) link_ids_.insert(item.link_id());
    for (const auto& one : of.definitions()) definitions_.insert(one.name());
    for (const auto& rule : of.rules()) flags_.insert(rule.flag());
    for (const auto& item : of.items()) {
      flags_.insert(item.if_unknown().flag());
    }
  }

  // "em_c1.bladder"
  std::string LinkId(const std::string& link_id) const {
    const std::size_t dot = link_id.find('.');
    return absl::StrCat(link_id.substr(0, dot), lower_, link_id.substr(dot));
  }
  std::string Name(const std::string& name) const { return name + lower_; }
  std::string Flag(const std::string& flag) const { return flag + upper_; }
  // Of a rule, a gate, an invariant or a record.
  std::string Id(const std::string& id) const {
    return absl::StrCat(id, "-", lower_.substr(1));
  }

  // What stands for something in a condition, and in its texts.
  std::string Expression(const std::string& expression) const {
    std::string renamed;
    std::size_t at = 0;
    while (at < expression.size()) {
      const std::size_t begin = at;
      const char quote = expression[at];
      if (quote == '"' || quote == '\'') {
        at = expression.find(quote, at + 1) + 1;
        const std::string text = expression.substr(begin + 1, at - begin - 2);
        absl::StrAppend(&renamed, std::string(1, quote),
                        flags_.count(text) > 0 ? Flag(text) : text,
                        std::string(1, quote));
        continue;
      }
      while (at < expression.size() && IsPartOfName(expression[at])) ++at;
      if (at == begin) {
        renamed.push_back(expression[at++]);
        continue;
      }
      absl::StrAppend(&renamed, Word(expression.substr(begin, at - begin)));
    }
    return renamed;
  }

 private:
  static bool IsPartOfName(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' ||
           c == '.';
  }

  std::string Word(const std::string& word) const {
    if (link_ids_.count(word) > 0) return LinkId(word);
    const bool named =
        definitions_.count(word) > 0 || word.compare(0, 6, "score.") == 0;
    return named ? Name(word) : word;
  }

  const std::string lower_;
  const std::string upper_;
  std::set<std::string> link_ids_;
  std::set<std::string> definitions_;
  std::set<std::string> flags_;
};

template <typename Rename>
void RenameAll(google::protobuf::RepeatedPtrField<std::string>& names,
               Rename rename) {
  for (std::string& name : names) name = rename(name);
}

// Adds what decides in `of` to `to`, under other names.
inline void AddCopy(const pathway::v1::Pathway& of, int copy,
                    pathway::v1::Pathway& to) {
  const Renaming renaming(of, copy);
  const auto id = [&](const std::string& text) { return renaming.Id(text); };
  for (pathway::v1::Item item : of.items()) {
    item.set_link_id(renaming.LinkId(item.link_id()));
    item.set_enable_when(renaming.Expression(item.enable_when()));
    if (item.has_if_unknown()) {
      auto& policy = *item.mutable_if_unknown();
      policy.set_flag(renaming.Flag(policy.flag()));
      RenameAll(*policy.mutable_guidance_ids(), id);
    }
    for (auto& exception : *item.mutable_worse()->mutable_exceptions()) {
      RenameAll(*exception.mutable_rule_ids(), id);
    }
    *to.add_items() = item;
  }
  for (pathway::v1::Definition definition : of.definitions()) {
    definition.set_name(renaming.Name(definition.name()));
    definition.set_expression(renaming.Expression(definition.expression()));
    *to.add_definitions() = definition;
  }
  for (pathway::v1::Score score : of.scores()) {
    score.set_name(renaming.Name(score.name()));
    RenameAll(*score.mutable_link_ids(),
              [&](const std::string& text) { return renaming.LinkId(text); });
    *to.add_scores() = score;
  }
  for (pathway::v1::Rule rule : of.rules()) {
    rule.set_rule_id(id(rule.rule_id()));
    rule.set_when(renaming.Expression(rule.when()));
    rule.set_flag(renaming.Flag(rule.flag()));
    RenameAll(*rule.mutable_guidance_ids(), id);
    if (rule.on_unknown().has_escalate()) {
      auto& escalate = *rule.mutable_on_unknown()->mutable_escalate();
      escalate.set_flag(renaming.Flag(escalate.flag()));
    }
    *to.add_rules() = rule;
  }
  for (pathway::v1::Invariant invariant : of.invariants()) {
    invariant.set_invariant_id(renaming.Name(invariant.invariant_id()));
    invariant.set_expression(renaming.Expression(invariant.expression()));
    *to.add_invariants() = invariant;
  }
  for (pathway::v1::Gate gate : of.gates()) {
    gate.set_gate_id(renaming.Name(gate.gate_id()));
    gate.set_withhold_when(renaming.Expression(gate.withhold_when()));
    if (!gate.substitute_guidance_id().empty()) {
      gate.set_substitute_guidance_id(id(gate.substitute_guidance_id()));
    }
    *to.add_gates() = gate;
  }
  for (pathway::v1::GuidanceRecord record : of.guidance()) {
    record.set_guidance_id(id(record.guidance_id()));
    record.set_show_when(renaming.Expression(record.show_when()));
    RenameAll(*record.mutable_excludes(), id);
    *to.add_guidance() = record;
  }
}

// `of` in its default locale and `copies` - 1 more, with `cross_rules` rules
// that two signs make true together, of two copies where there are several.
inline pathway::v1::Pathway LargePathway(const pathway::v1::Pathway& of,
                                         int copies, int cross_rules) {
  const pathway::v1::Pathway original = WithoutTranslations(of);
  pathway::v1::Pathway large = original;
  for (int copy = 1; copy < copies; ++copy) AddCopy(original, copy, large);
  std::sort(large.mutable_guidance()->begin(), large.mutable_guidance()->end(),
            [](const auto& a, const auto& b) {
              return std::forward_as_tuple(a.order(), a.guidance_id()) <
                     std::forward_as_tuple(b.order(), b.guidance_id());
            });
  std::vector<std::string> signs;
  for (const auto& item : large.items()) {
    if (!item.enable_when().empty()) continue;
    if (item.type() == pathway::v1::ITEM_TYPE_BOOLEAN &&
        item.worse().true_is_worse()) {
      signs.push_back(item.link_id());
    } else if (item.type() == pathway::v1::ITEM_TYPE_INTEGER &&
               item.worse().direction() == pathway::v1::Worse::DIRECTION_UP &&
               item.worse().exceptions().empty()) {
      signs.push_back(absl::StrCat(item.link_id(),
                                   " >= ", item.integer_range().maximum() / 2));
    }
  }
  std::mt19937_64 random(1);
  for (int i = 0; i < cross_rules; ++i) {
    const std::string& a = signs[random() % signs.size()];
    const std::string& b = signs[random() % signs.size()];
    pathway::v1::Rule& rule = *large.add_rules();
    rule.set_rule_id(absl::StrCat("R-X", i));
    rule.set_when(absl::StrCat(a, " && ", b));
    rule.set_disposition(pathway::v1::DISPOSITION_EMERGENCY_NOW);
    rule.mutable_on_unknown()->set_ask(true);
    rule.set_flag(absl::StrCat("CROSS_", i));
    rule.set_rationale("Two signs together.");
    rule.add_sources(of.rules(0).sources(0));
  }
  return large;
}

}  // namespace plumbline::gate

#endif  // PLUMBLINE_TESTS_CONTENT_SERVICE_GATE_LARGE_PATHWAY_H_
