#include "common/pathway/json_tree.h"

#include <gtest/gtest.h>

#include <string>

#include "common/pathway/fault.h"

namespace plumbline::pathway {
namespace {

using Kind = JsonValue::Kind;

TEST(ParseJsonTest, ReadsEveryKind) {
  const SourceText source(
      "f", R"({"a": null, "b": [true, -7, 2.5e1, "x\u00e9"], "c": {}})");
  JsonValue value;
  Faults faults;
  ASSERT_TRUE(ParseJson(source, source.text(), &value, &faults))
      << ToString(faults);
  EXPECT_EQ(value.kind, Kind::kObject);
  EXPECT_EQ(value.Find("a")->kind, Kind::kNull);
  const JsonValue& list = *value.Find("b");
  ASSERT_EQ(list.elements.size(), 4U);
  EXPECT_TRUE(list.elements[0].boolean);
  EXPECT_EQ(list.elements[1].integer, -7);
  EXPECT_EQ(list.elements[2].number, 25);
  EXPECT_EQ(list.elements[3].string, "x\xC3\xA9");
  EXPECT_EQ(value.Find("c")->kind, Kind::kObject);
  EXPECT_EQ(value.Find("d"), nullptr);
}

TEST(ParseJsonTest, KnowsWhereValuesStand) {
  const SourceText source("f", "{\"a\" :  12,\n \"b\": [1, {\"c\":-3}] }");
  JsonValue value;
  Faults faults;
  ASSERT_TRUE(ParseJson(source, source.text(), &value, &faults));
  EXPECT_EQ(value.text, source.text());
  EXPECT_EQ(value.Find("a")->text, "12");
  EXPECT_EQ(source.PlaceAt(value.Find("a")->offset), (Place{"f", 1, 9}));
  EXPECT_EQ(source.PlaceAt(value.members[1].offset), (Place{"f", 2, 2}));
  EXPECT_EQ(value.Find("b")->text, "[1, {\"c\":-3}]");
  EXPECT_EQ(value.Find("b")->elements[1].text, "{\"c\":-3}");
  EXPECT_EQ(value.Find("b")->elements[1].Find("c")->text, "-3");
}

TEST(ParseJsonTest, ReadsOneValueAlone) {
  const SourceText source("f", "7");
  JsonValue value;
  Faults faults;
  ASSERT_TRUE(ParseJson(source, source.text(), &value, &faults));
  EXPECT_EQ(value.integer, 7);
  EXPECT_EQ(value.text, "7");
}

struct FaultCase {
  std::string name;
  std::string text;
  std::string faults;
};

class ParseJsonFaultTest : public testing::TestWithParam<FaultCase> {};

TEST_P(ParseJsonFaultTest, IsExplained) {
  const SourceText source("f", GetParam().text);
  JsonValue value;
  Faults faults;
  EXPECT_FALSE(ParseJson(source, source.text(), &value, &faults));
  EXPECT_EQ(ToString(faults), GetParam().faults);
}

std::string Repeat(const std::string& text, int times) {
  std::string repeated;
  for (int i = 0; i < times; ++i) repeated += text;
  return repeated;
}

constexpr char kNotFinite[] =
    "a number must be finite; JSON has no NaN and no infinity\n";

INSTANTIATE_TEST_SUITE_P(
    Text, ParseJsonFaultTest,
    testing::ValuesIn<FaultCase>({
        {"WhenEmpty", "",
         "f:1:1: malformed JSON: unexpected end of input; expected '[', '{', "
         "or a literal\n"},
        {"WhenCut", "{\"a\": [1,",
         "f:1:10: malformed JSON: unexpected end of input; expected '[', '{', "
         "or a literal\n"},
        {"WithoutQuotes", "{a: 1}",
         "f:1:2: malformed JSON: invalid literal; expected string literal\n"},
        {"WithoutColon", "{\"a\" 1}",
         "f:1:6: malformed JSON: unexpected number literal; expected ':'\n"},
        {"WithTwoValues", "{} {}",
         "f:1:4: malformed JSON: unexpected '{'; expected end of input\n"},
        {"WithUnclosedString", "[\"a",
         "f:1:4: malformed JSON: invalid string: missing closing quote\n"},
        {"WithNan", "{\"a\": NaN}", std::string("f:1:7: ") + kNotFinite},
        {"WithInfinity", "[Infinity]", std::string("f:1:2: ") + kNotFinite},
        {"WithMinusInfinity", "[-Infinity]",
         std::string("f:1:2: ") + kNotFinite},
        {"WithOverflow", "[1, 1e999]", std::string("f:1:5: ") + kNotFinite},
        {"WithKeyTwice", "{\"a\": 1,\n \"b\": 2, \"a\": 3}",
         "f:2:10: 'a' is given twice; first at 1:2\n"},
        {"WithTooManyValues", "[" + Repeat("0,", kJsonValuesMax) + "0]",
         "f:1:400001: more than 200000 values in one text\n"},
        {"WithDeepNesting", Repeat("[", 100000),
         "f:1:17: more than 16 objects and lists within one another\n"},
    }),
    [](const auto& instance) { return instance.param.name; });

}  // namespace
}  // namespace plumbline::pathway
