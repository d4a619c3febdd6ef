#include "common/pathway/compile_rules.h"

#include <utility>

#include "common/pathway/names.h"

namespace plumbline::pathway {
namespace {

void CompileRule(Compiler& compiler, const ElementPath& path,
                 const v1::Rule& message, Rule& rule) {
  rule.rule_id = message.rule_id();
  rule.when = compiler.CompileExpression(path.Field("when"), message.when(),
                                         compiler.Condition());
  const std::optional<Disposition> disposition = compiler.CheckDisposition(
      path.Field("disposition"), message.disposition());
  rule.disposition = disposition.value_or(Disposition::kRoutine);
  if (rule.disposition == Disposition::kSelfCare) {
    compiler.AddFault(path.Field("disposition"),
                      "must be above DISPOSITION_SELF_CARE, which is what no "
                      "rule gives");
  }
  compiler.CheckFlag(path.Field("flag"), message.flag());
  rule.flag = compiler.FlagIndex(message.flag());
  compiler.CheckText(path.Field("rationale"), message.rationale());
  rule.guidance = compiler.FindAll(path, "guidance_ids", message.guidance_ids(),
                                   compiler.guidance, "guidance record");
  compiler.CheckSources(path, message.sources(), 1);
}

void CompileEscalation(Compiler& compiler, const ElementPath& path,
                       const v1::Escalate& message, RulePolicy& policy) {
  policy.kind = RulePolicy::Kind::kEscalate;
  const std::optional<Disposition> at_least =
      compiler.CheckDisposition(path.Field("at_least"), message.at_least());
  policy.at_least = at_least.value_or(Disposition::kSelfCare);
  compiler.CheckFlag(path.Field("flag"), message.flag());
  policy.flag = compiler.FlagIndex(message.flag());
}

// No default label: a new kind of policy stops the build here.
void CompilePolicy(Compiler& compiler, const ElementPath& path,
                   const v1::OnUnknown& message, RulePolicy& policy) {
  switch (message.policy_case()) {
    case v1::OnUnknown::kAsk:
      if (!message.ask()) {
        compiler.AddFault(path.Field("ask"),
                          "must be true; to do nothing, write 'ignore' with "
                          "the reason");
      }
      return;
    case v1::OnUnknown::kEscalate:
      return CompileEscalation(compiler, path.Field("escalate"),
                               message.escalate(), policy);
    case v1::OnUnknown::kIgnore:
      policy.kind = RulePolicy::Kind::kIgnore;
      return compiler.CheckText(path.Field("ignore"), message.ignore());
    case v1::OnUnknown::POLICY_NOT_SET:
      break;
  }
  compiler.AddFault(path, "required: 'ask', 'escalate' or 'ignore'");
}

void CompileRulePolicy(Compiler& compiler, const ElementPath& path,
                       const v1::Rule& message, Rule& rule) {
  if (message.has_on_unknown()) {
    return CompilePolicy(compiler, path.Field("on_unknown"),
                         message.on_unknown(), rule.on_unknown);
  }
  if (message.disposition() != v1::DISPOSITION_EMERGENCY_NOW) return;
  compiler.AddFault(path.Field("on_unknown"),
                    "required: an emergency rule says what applies while it "
                    "is undecided; 'ask', 'escalate' or 'ignore'");
}

}  // namespace

void CompileRules(Compiler& compiler) {
  const auto& messages = compiler.message.rules();
  if (messages.empty()) {
    compiler.AddFault(ElementPath().Field("rules"),
                      "required: at least one rule");
  }
  const std::vector<ElementPath> paths = compiler.CheckIds(
      {}, "rules", messages, "rule_id",
      [](const v1::Rule& rule) { return rule.rule_id(); }, kLabelForm,
      &compiler.rules);
  compiler.pathway.rules.resize(messages.size());
  for (int i = 0; i < messages.size(); ++i) {
    CompileRule(compiler, paths[i], messages[i], compiler.pathway.rules[i]);
  }
  for (int i = 0; i < messages.size(); ++i) {
    CompileRulePolicy(compiler, paths[i], messages[i],
                      compiler.pathway.rules[i]);
  }
}

void CompileInvariants(Compiler& compiler) {
  const auto& messages = compiler.message.invariants();
  const std::vector<ElementPath> paths = compiler.CheckIds(
      {}, "invariants", messages, "invariant_id",
      [](const v1::Invariant& invariant) { return invariant.invariant_id(); },
      kWordForm, nullptr);
  ExpressionUse use = compiler.Condition();
  use.reads_outcome = true;
  for (int i = 0; i < messages.size(); ++i) {
    const v1::Invariant& message = messages[i];
    compiler.CheckText(paths[i].Field("rationale"), message.rationale());
    compiler.CheckSources(paths[i], message.sources(), 1);
    compiler.pathway.invariants.push_back(
        {message.invariant_id(),
         compiler.CompileExpression(paths[i].Field("expression"),
                                    message.expression(), use)});
  }
}

}  // namespace plumbline::pathway
