// The official conformance cases of CEL: those that are part of the language
// have the value that CEL says, and all others are refused. Which are which is
// decided by tests/check/cel_subset.js, without any code of ours.

#include <gtest/gtest.h>

#include <string>
#include <variant>

#include "absl/strings/match.h"
#include "common/pathway/parse_expression.h"
#include "tests/common/pathway/expressions.h"
#include "tests/conformance/cel_bindings.h"
#include "tests/conformance/cel_case.h"

namespace plumbline::conformance {
namespace {

using pathway::ToText;
using pathway::Value;

// As ToText() writes it.
std::string Expected(const nlohmann::json& value) {
  if (value.contains("bool")) return ToText(Value(value["bool"].get<bool>()));
  if (value.contains("int")) {
    return ToText(pathway::IntInterval::Point(ToInt(value["int"])));
  }
  if (value.contains("double")) {
    return ToText(pathway::DoubleInterval::Point(ToDouble(value["double"])));
  }
  const std::string text = value.at("string").get<std::string>();
  return ToText(absl::string_view(text));
}

TEST(CelTest, ValuesAreThoseOfCel) {
  int count = 0;
  for (const CelCase& c : CelCases()) {
    if (!c.outside.empty() || c.value.is_null()) continue;
    ++count;
    SCOPED_TRACE(c.name + ": " + c.expression);
    CelBindings bindings(c.bindings);
    const pathway::CheckResult checked = bindings.Check(c.expression);
    ASSERT_TRUE(checked.faults.empty()) << checked.faults[0].message;
    EXPECT_EQ(ToText(bindings.Evaluate(checked.expression)), Expected(c.value));
  }
  EXPECT_GE(count, 260);
}

TEST(CelTest, ErrorsOfCelAreRefusedOrUnknown) {
  int count = 0;
  for (const CelCase& c : CelCases()) {
    if (!c.outside.empty() || !c.value.is_null()) continue;
    ++count;
    CelBindings bindings(c.bindings);
    const pathway::CheckResult checked = bindings.Check(c.expression);
    const bool unknown =
        checked.faults.empty() &&
        ToText(bindings.Evaluate(checked.expression)) == "unknown";
    EXPECT_TRUE(!checked.faults.empty() || unknown)
        << c.name << ": " << c.expression;
  }
  EXPECT_GE(count, 25);
}

TEST(CelTest, WhatIsOutsideTheLanguageIsRefused) {
  int count = 0;
  for (const CelCase& c : CelCases()) {
    if (c.outside.empty()) continue;
    ++count;
    CelBindings nothing(c.bindings);
    EXPECT_FALSE(nothing.Check(c.expression).faults.empty())
        << c.name << ": " << c.expression;
  }
  EXPECT_GE(count, 2000);
}

}  // namespace
}  // namespace plumbline::conformance
