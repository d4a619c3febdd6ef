// The example pathway with rules of a test's own, for searches whose result can
// be worked out by hand.

#ifndef PLUMBLINE_TESTS_TRIAGE_SERVICE_SUPPORT_ANKLE_RULES_H_
#define PLUMBLINE_TESTS_TRIAGE_SERVICE_SUPPORT_ANKLE_RULES_H_

#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/common/pathway/example_pathway.h"
#include "tests/common/pathway/expression_scope.h"
#include "tests/common/pathway/random_expression.h"
#include "tests/common/pathway/random_intake.h"

namespace plumbline::triage {

inline void AddRule(const std::string& when,
                    pathway::v1::Disposition disposition,
                    pathway::v1::Pathway& message) {
  pathway::v1::Rule& rule = *message.add_rules();
  rule.set_rule_id(absl::StrCat("R-", message.rules_size()));
  rule.set_when(when);
  rule.set_disposition(disposition);
  rule.set_flag(absl::StrCat("FLAG_", message.rules_size()));
  rule.set_rationale("A test.");
  rule.add_sources("book");
  rule.mutable_on_unknown()->set_ask(true);
}

// The example with these rules alone, each ROUTINE.
inline pathway::v1::Pathway AnkleWithRules(
    const std::vector<std::string>& conditions) {
  pathway::v1::Pathway message = pathway::ExampleMessage();
  message.clear_rules();
  message.clear_invariants();
  message.clear_cases();
  for (const std::string& when : conditions) {
    AddRule(when, pathway::v1::DISPOSITION_ROUTINE, message);
  }
  return message;
}

// The example, of which all but age and pregnancy may be changed.
inline pathway::v1::Pathway ChangeableAnkle() {
  pathway::v1::Pathway message = pathway::ExampleMessage();
  for (pathway::v1::Item& item : *message.mutable_items()) {
    item.set_changeable(item.link_id() != "pt.age" &&
                        item.link_id() != "pt.pregnant");
  }
  return message;
}

// One that is not refused, for a bound out of range or the like.
inline std::string LegalCondition(pathway::ExpressionScope& scope,
                                  pathway::RandomExpressions& conditions) {
  std::string when = conditions.Bool(3);
  while (!scope.Check(when).faults.empty()) when = conditions.Bool(3);
  return when;
}

// The example with random rules of every disposition, some with a policy of
// their own, and few values of pain.days, so that all intakes near one can be
// tried.
inline pathway::v1::Pathway AnkleWithRandomRules(std::mt19937_64& random) {
  pathway::v1::Pathway message = ChangeableAnkle();
  message.clear_rules();
  message.clear_invariants();
  message.clear_cases();
  message.clear_guidance();
  message.clear_gates();
  for (pathway::v1::Item& item : *message.mutable_items()) {
    item.mutable_if_unknown()->clear_guidance_ids();
    if (item.if_unknown().flag().empty()) item.clear_if_unknown();
  }
  message.mutable_items(6)->mutable_decimal_range()->set_maximum(6);
  AddRule("em.cold", pathway::v1::DISPOSITION_ROUTINE, message);
  const auto readable = pathway::CompileOrDie(message);
  message.clear_rules();
  pathway::ExpressionScope scope(*readable);
  pathway::RandomExpressions conditions(
      *readable, pathway::RandomExpressions::Guards::kAlways, random);
  for (int i = 0; i < 8; ++i) {
    const auto disposition =
        static_cast<pathway::v1::Disposition>(2 + pathway::Below(random, 4));
    const auto at_least =
        static_cast<pathway::v1::Disposition>(2 + pathway::Below(random, 4));
    AddRule(LegalCondition(scope, conditions), disposition, message);
    if (pathway::Below(random, 3) != 0) continue;
    pathway::v1::Rule& rule = *message.mutable_rules(i);
    rule.mutable_on_unknown()->mutable_escalate()->set_at_least(at_least);
    rule.mutable_on_unknown()->mutable_escalate()->set_flag("NOT_SURE");
  }
  return message;
}

inline std::vector<std::string> LinkIds(const pathway::CompiledPathway& pathway,
                                        const std::vector<int>& items) {
  std::vector<std::string> link_ids;
  link_ids.reserve(items.size());
  for (const int item : items) link_ids.push_back(pathway.items[item].link_id);
  return link_ids;
}

}  // namespace plumbline::triage

#endif  // PLUMBLINE_TESTS_TRIAGE_SERVICE_SUPPORT_ANKLE_RULES_H_
