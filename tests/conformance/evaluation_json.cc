#include "tests/conformance/evaluation_json.h"

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/pathway/decide.h"
#include "common/pathway/item_values.h"
#include "common/pathway/names.h"

namespace plumbline::conformance {
namespace {

using nlohmann::json;
using pathway::CompiledPathway;
using pathway::EvaluationStep;
using pathway::Item;
using pathway::ItemType;
using pathway::Truth;

// No default label: a new kind of step stops the build here.
const char* NameOf(EvaluationStep::Kind kind) {
  switch (kind) {
    case EvaluationStep::Kind::kItem:
      return "item";
    case EvaluationStep::Kind::kDefinition:
      return "definition";
    case EvaluationStep::Kind::kScore:
      return "score";
  }
  return "";
}

// Whether an int is meant by an answer's number is for its item to say.
const char* NameOf(ItemType type) {
  return type == ItemType::kInteger ? "int" : "other";
}

json NamedExpression(const std::string& name,
                     const pathway::Expression& expression) {
  return {{"name", name}, {"expression", expression.text}};
}

json ToJson(Truth truth) {
  if (truth == Truth::kUnknown) return nullptr;
  return truth == Truth::kTrue;
}

json ToJson(const std::vector<Truth>& truths) {
  json list = json::array();
  for (const Truth truth : truths) list.push_back(ToJson(truth));
  return list;
}

json ToJson(const pathway::ScoreValue& score) {
  return {{"present", ToJson(score.present)},
          {"range", {score.minimum, score.maximum}}};
}

json ValueJson(const Item& item, const pathway::SlotAnswer& answer) {
  switch (item.type) {
    case ItemType::kBoolean:
      return answer.value != 0;
    case ItemType::kInteger:
      return answer.value;
    case ItemType::kDecimal:
      return pathway::DecimalValue(item, answer.value);
    case ItemType::kChoice:
      return item.options[answer.value].code;
    case ItemType::kMultiChoice:
      break;
  }
  json codes = json::array();
  for (std::size_t i = 0; i < item.options.size(); ++i) {
    if ((static_cast<std::uint64_t>(answer.value) >> i & 1) == 0) continue;
    codes.push_back(item.options[i].code);
  }
  return codes;
}

json ItemsJson(const CompiledPathway& pathway) {
  json items = json::array();
  for (const Item& item : pathway.items) {
    json& entry = items.emplace_back(
        json{{"name", item.link_id}, {"type", NameOf(item.type)}});
    if (!item.enable_when.has_value()) continue;
    entry["expression"] = item.enable_when->text;
  }
  return items;
}

json ScoresJson(const CompiledPathway& pathway) {
  json scores = json::array();
  for (const pathway::Score& score : pathway.scores) {
    json items = json::array();
    for (const int item : score.items) {
      items.push_back(pathway.items[item].link_id);
    }
    const bool mean = score.method == pathway::Score::Method::kMean;
    scores.push_back({{"name", score.name}, {"mean", mean}, {"items", items}});
  }
  return scores;
}

// Rules, gates and the records that have a condition.
json ConditionsJson(const CompiledPathway& pathway) {
  json conditions = json::array();
  for (const pathway::Rule& rule : pathway.rules) {
    conditions.push_back(NamedExpression(rule.rule_id, rule.when));
  }
  for (const pathway::Gate& gate : pathway.gates) {
    conditions.push_back(NamedExpression(gate.gate_id, gate.withhold_when));
  }
  for (const pathway::Guidance& record : pathway.guidance) {
    if (!record.show_when.has_value()) {
      conditions.push_back(
          {{"name", record.guidance_id}, {"expression", "false"}});
      continue;
    }
    conditions.push_back(
        NamedExpression(record.guidance_id, *record.show_when));
  }
  return conditions;
}

}  // namespace

json ToJson(const CompiledPathway& pathway) {
  json order = json::array();
  for (const EvaluationStep& step : pathway.evaluation_order) {
    order.push_back({{"kind", NameOf(step.kind)}, {"index", step.index}});
  }
  json definitions = json::array();
  for (const pathway::Definition& definition : pathway.definitions) {
    definitions.push_back(
        NamedExpression(definition.name, definition.expression));
  }
  json invariants = json::array();
  for (const pathway::Invariant& invariant : pathway.invariants) {
    invariants.push_back(
        NamedExpression(invariant.invariant_id, invariant.expression));
  }
  return {{"items", ItemsJson(pathway)},           {"definitions", definitions},
          {"scores", ScoresJson(pathway)},         {"order", order},
          {"conditions", ConditionsJson(pathway)}, {"invariants", invariants}};
}

json AnswersJson(const CompiledPathway& pathway,
                 const pathway::Intake& intake) {
  json answers = json::object();
  for (std::size_t i = 0; i < intake.size(); ++i) {
    if (!intake[i].IsAnswered()) continue;
    answers[pathway.items[i].link_id] = ValueJson(pathway.items[i], intake[i]);
  }
  return answers;
}

json ToJson(const pathway::Value& value) {
  if (const auto* truth = std::get_if<bool>(&value)) return *truth;
  if (const auto* ints = std::get_if<pathway::IntInterval>(&value)) {
    return {
        {"int", {absl::StrCat(ints->minimum), absl::StrCat(ints->maximum)}}};
  }
  if (const auto* doubles = std::get_if<pathway::DoubleInterval>(&value)) {
    return {{"double", {doubles->minimum, doubles->maximum}}};
  }
  if (const auto* text = std::get_if<absl::string_view>(&value)) {
    return std::string(*text);
  }
  return nullptr;
}

json ToJson(const pathway::Evaluation& evaluation) {
  json definitions = json::array();
  for (const pathway::Value& value : evaluation.definitions) {
    definitions.push_back(ToJson(value));
  }
  json scores = json::array();
  for (const pathway::ScoreValue& score : evaluation.scores) {
    scores.push_back(ToJson(score));
  }
  std::vector<Truth> conditions = evaluation.rules;
  for (const auto* more : {&evaluation.gates, &evaluation.show_when}) {
    conditions.insert(conditions.end(), more->begin(), more->end());
  }
  return {{"enabled", ToJson(evaluation.enabled)},
          {"definitions", definitions},
          {"scores", scores},
          {"conditions", ToJson(conditions)}};
}

json InvariantsJson(const CompiledPathway& pathway,
                    const pathway::Intake& intake,
                    const pathway::Evaluation& evaluation) {
  const pathway::Decision decision =
      pathway::Decide(pathway, intake, evaluation);
  pathway::Outcome outcome = {decision.disposition};
  outcome.flags.assign(pathway.flags.size(), false);
  json flags = json::array();
  for (const int flag : decision.flags) {
    outcome.flags[flag] = true;
    flags.push_back(pathway.flags[flag]);
  }
  json values = json::array();
  for (const pathway::Invariant& invariant : pathway.invariants) {
    values.push_back(ToJson(pathway::EvaluateInvariant(
        pathway, intake, evaluation, outcome, invariant)));
  }
  return {{"disposition", std::string(ToString(decision.disposition))},
          {"rank", static_cast<int>(decision.disposition)},
          {"flags", flags},
          {"values", values}};
}

}  // namespace plumbline::conformance
