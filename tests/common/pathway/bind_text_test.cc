#include "common/pathway/bind_text.h"

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <google/protobuf/util/message_differencer.h>
#include <gtest/gtest.h>

#include <string>

#include "common/pathway/element_place.h"
#include "common/pathway/fault.h"
#include "plumbline/pathway/v1/pathway.pb.h"

namespace plumbline::pathway {
namespace {

using google::protobuf::util::MessageDifferencer;

struct Bound {
  v1::Pathway message;
  ElementPlace place;
  Faults faults;
};

Bound Bind(const SourceText& source) {
  Bound bound;
  const TextTree tree = ParseText(source, source.text());
  EXPECT_EQ(ToString(tree.faults), "");
  BindText(source, tree, tree.fields, "", &bound.message, &bound.place,
           &bound.faults);
  return bound;
}

TEST(BindTextTest, GivesWhatProtobufGives) {
  const std::string text = R"(
      pathway_id: 'a' "-b"
      engine_version_min: 7
      locales: ["en", "es"]
      locales: "fr"
      dispositions: { disposition: DISPOSITION_ROUTINE title: "B\303\251" }
      items {
        link_id: "n.x"
        emergency: true
        decimal_range { minimum: -1.5 maximum: 2e3 step: .5 unit: "d" }
        integer_range < minimum: -3 maximum: 4 >
        worse { options { chains: [{ levels { codes: "a" } }, {}] } }
      }
      rules { on_unknown { ignore: "it\'s \"fine\"\n" } }
  )";
  // This reader has no octal escapes, the other no others.
  const std::string ours =
      std::string(text).replace(text.find("\\303\\251"), 8, "\\u00e9");
  v1::Pathway oracle;
  ASSERT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &oracle));
  const Bound bound = Bind(SourceText("f", ours));
  EXPECT_EQ(ToString(bound.faults), "");
  EXPECT_TRUE(MessageDifferencer::Equals(bound.message, oracle))
      << bound.message.DebugString();
}

TEST(BindTextTest, KnowsWhereElementsStand) {
  const SourceText source("rules.txtpb",
                          "rules {\n"
                          "  rule_id: \"R-1\"\n"
                          "}\n"
                          "rules {\n"
                          "  when:\n"
                          "    \"a && \"\n"
                          "    \"b\"\n"
                          "  sources: [\"x\", \"y\"]\n"
                          "}\n");
  const Bound bound = Bind(source);
  const auto place = [&](const char* path, int offset) {
    return FindPlace(bound.place, path, offset);
  };
  EXPECT_EQ(place("rules[0]", 0), (Place{"rules.txtpb", 1, 1}));
  EXPECT_EQ(place("rules[1].when", 2), (Place{"rules.txtpb", 6, 8}));
  EXPECT_EQ(place("rules[1].when", 5), (Place{"rules.txtpb", 7, 6}));
  EXPECT_EQ(place("rules[1].sources[1]", 0), (Place{"rules.txtpb", 8, 19}));
  EXPECT_EQ(place("rules[1].flag", 0), (Place{"rules.txtpb", 4, 1}));
}

struct FaultCase {
  std::string name;
  std::string text;
  std::string faults;
};

class BindTextFaultTest : public testing::TestWithParam<FaultCase> {};

TEST_P(BindTextFaultTest, IsExplained) {
  EXPECT_EQ(ToString(Bind(SourceText("f", GetParam().text)).faults),
            GetParam().faults);
}

INSTANTIATE_TEST_SUITE_P(
    Text, BindTextFaultTest,
    testing::ValuesIn<FaultCase>({
        {"WithMisspeltField", "rules {\n  rule_id: 'R-1'\n  flg: 'X'\n}",
         "f:3:3: rules[R-1].flg: no such field in Rule; did you mean "
         "'flag'?\n"},
        {"WithFieldOfNothing", "groups { colour: 'X' }",
         "f:1:10: groups[0].colour: no such field in ItemGroup; its fields are "
         "group_id, title\n"},
        {"WithFieldTwice", "title: 'A'\ntitle: 'B'",
         "f:2:1: title: is given twice; first at line 1\n"},
        {"WithTwoOfAChoice", "rules { on_unknown { ask: true\n ignore: 'x' } }",
         "f:2:2: rules[0].on_unknown.ignore: only one of ask, escalate, ignore "
         "may be given; line 1 gives one\n"},
        {"WithListForOne", "title: ['A']",
         "f:1:1: title: takes one value, not a list\n"},
        {"WithNumberForText", "title: 7",
         "f:1:8: title: takes a text in quotes, not '7'\n"},
        {"WithTextForNumber", "engine_version_min: '1'",
         "f:1:21: engine_version_min: takes a whole number from -2147483648 to "
         "2147483647, not a text\n"},
        {"WithFraction", "engine_version_min: 1.5",
         "f:1:21: engine_version_min: takes a whole number from -2147483648 to "
         "2147483647, not '1.5'\n"},
        {"WithNumberTooLarge", "engine_version_min: 9999999999",
         "f:1:21: engine_version_min: takes a whole number from -2147483648 to "
         "2147483647, not '9999999999'\n"},
        {"WithOctalNumber", "engine_version_min: 010",
         "f:1:21: engine_version_min: takes a whole number from -2147483648 to "
         "2147483647, not '010'\n"},
        {"WithNan", "items { decimal_range { minimum: nan } }",
         "f:1:34: items[0].decimal_range.minimum: takes a number that is "
         "finite, not 'nan'\n"},
        {"WithInfinity", "items { decimal_range { minimum: -inf } }",
         "f:1:34: items[0].decimal_range.minimum: takes a number that is "
         "finite, not '-inf'\n"},
        {"WithOverflow", "items { decimal_range { minimum: 1e999 } }",
         "f:1:34: items[0].decimal_range.minimum: takes a number that is "
         "finite, not '1e999'\n"},
        {"WithUnknownValue", "items { link_id: 'a' type: CHOICE }",
         "f:1:28: items[a].type: takes one of ITEM_TYPE_CHOICE, "
         "ITEM_TYPE_MULTI_CHOICE, ITEM_TYPE_BOOLEAN, ITEM_TYPE_INTEGER, "
         "ITEM_TYPE_DECIMAL, not 'CHOICE'\n"},
        {"WithYesForTrue", "items { emergency: yes }",
         "f:1:20: items[0].emergency: takes true or false, not 'yes'\n"},
        {"WithTextForMessage", "rules: 'x'",
         "f:1:8: rules: takes fields in { }, not a text\n"},
        {"WithMessageForText", "title { }",
         "f:1:7: title: takes a text in quotes, not a message\n"},
        {"WithUnknownEscape", R"(title: 'a\d')",
         "f:1:10: title: unknown escape; a backslash is written \\\\, a "
         "character by its number \\u00e9\n"},
    }),
    [](const auto& instance) { return instance.param.name; });

TEST(BindTextTest, FindsAllFaultsAtOnce) {
  const Bound bound = Bind(SourceText("f",
                                      "title: 1\n"
                                      "colour: 'x'\n"
                                      "rules { flag: X when: 2 }\n"));
  EXPECT_EQ(bound.faults.size(), 4U);
  EXPECT_TRUE(bound.place.unread);
  EXPECT_TRUE(bound.place.fields.at("rules")[0].unread);
}

}  // namespace
}  // namespace plumbline::pathway
