// Expressions of any type over names that are bound to values, as the cases of
// CEL have them: each name becomes an item with that answer.

#ifndef PLUMBLINE_TESTS_CONFORMANCE_CEL_BINDINGS_H_
#define PLUMBLINE_TESTS_CONFORMANCE_CEL_BINDINGS_H_

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <variant>
#include <vector>

#include "absl/strings/numbers.h"
#include "common/pathway/compile_item.h"
#include "common/pathway/evaluate.h"
#include "common/pathway/item_values.h"
#include "tests/common/pathway/expression_scope.h"

namespace plumbline::conformance {

inline std::int64_t ToInt(const nlohmann::json& text) {
  std::int64_t number = 0;
  EXPECT_TRUE(absl::SimpleAtoi(text.get<std::string>(), &number)) << text;
  return number;
}

inline double ToDouble(const nlohmann::json& text) {
  double number = 0;
  EXPECT_TRUE(absl::SimpleAtod(text.get<std::string>(), &number)) << text;
  return number;
}

class CelBindings {
 public:
  explicit CelBindings(const nlohmann::json& bindings) {
    for (const auto& [name, binding] : bindings.items()) {
      pathway_.item_by_link_id[name] = static_cast<int>(pathway_.items.size());
      Bind(name, binding);
    }
  }

  pathway::CheckResult Check(const std::string& text) const {
    return pathway::ExpressionScope(pathway_).Check(text);
  }

  pathway::Value Evaluate(const pathway::Expression& expression) const {
    return pathway::EvaluateExpression(expression,
                                       {pathway_, intake_, evaluation_});
  }

 private:
  void Bind(const std::string& name, const nlohmann::json& binding) {
    pathway::Item item;
    item.link_id = name;
    item.minimum = -pathway::kItemNumberMax;
    item.maximum = pathway::kItemNumberMax;
    pathway::SlotAnswer answer = {.state =
                                      pathway::SlotAnswer::State::kAnswered};
    const bool absent = binding.contains("absent");
    if (absent || binding.contains("bool")) {
      item.type = pathway::ItemType::kBoolean;
      answer.value = !absent && binding["bool"].get<bool>() ? 1 : 0;
    } else if (binding.contains("int")) {
      item.type = pathway::ItemType::kInteger;
      answer.value = ToInt(binding["int"]);
    } else if (binding.contains("double")) {
      item.type = pathway::ItemType::kDecimal;
      answer.value = ToSteps(ToDouble(binding["double"]), item);
    } else {
      item.type = pathway::ItemType::kChoice;
      item.options.push_back({binding.at("string").get<std::string>()});
    }
    if (absent) item.enable_when.emplace();
    pathway_.items.push_back(std::move(item));
    intake_.push_back(absent ? pathway::SlotAnswer() : answer);
    evaluation_.enabled.push_back(absent ? pathway::Truth::kFalse
                                         : pathway::Truth::kTrue);
  }

  // Makes the item's step so fine that it holds `number`.
  static std::int64_t ToSteps(double number, pathway::Item& item) {
    const auto steps = [&] {
      return std::llround(number * static_cast<double>(item.scale));
    };
    while (pathway::DecimalValue(item, steps()) != number) item.scale *= 10;
    return steps();
  }

  pathway::CompiledPathway pathway_;
  pathway::Intake intake_;
  pathway::Evaluation evaluation_;
};

}  // namespace plumbline::conformance

#endif  // PLUMBLINE_TESTS_CONFORMANCE_CEL_BINDINGS_H_
