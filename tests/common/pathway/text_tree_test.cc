#include "common/pathway/text_tree.h"

#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "common/pathway/fault.h"

namespace plumbline::pathway {
namespace {

TextTree Parse(const SourceText& source) {
  return ParseText(source, source.text());
}

TEST(ParseTextTest, ReadsFieldsListsAndMessages) {
  const TextTree tree = Parse(
      SourceText("f", "a: 'x' 'y', b { c: -1; d <> } e: ['1', '2'] f: []"));
  EXPECT_EQ(ToString(tree.faults), "");
  ASSERT_EQ(tree.fields.size(), 4U);
  EXPECT_EQ(tree.fields[0].name, "a");
  EXPECT_EQ(tree.fields[0].values[0].kind, TextValue::Kind::kString);
  EXPECT_EQ(tree.fields[0].values[0].last - tree.fields[0].values[0].first, 1);
  ASSERT_EQ(tree.fields[1].values[0].fields.size(), 2U);
  EXPECT_EQ(tree.fields[1].values[0].fields[0].values[0].kind,
            TextValue::Kind::kNumber);
  EXPECT_TRUE(tree.fields[2].is_list);
  EXPECT_EQ(tree.fields[2].values.size(), 2U);
  EXPECT_EQ(tree.fields[3].values.size(), 0U);
}

struct FaultCase {
  std::string name;
  std::string text;
  std::string faults;
};

class ParseTextFaultTest : public testing::TestWithParam<FaultCase> {};

TEST_P(ParseTextFaultTest, IsExplained) {
  EXPECT_EQ(ToString(Parse(SourceText("f", GetParam().text)).faults),
            GetParam().faults);
}

INSTANTIATE_TEST_SUITE_P(
    Text, ParseTextFaultTest,
    testing::ValuesIn<FaultCase>({
        {"WithoutColon", "flag \"X\"",
         "f:1:6: expected ':' or '{' after 'flag', not a text\n"},
        {"WithoutValue", "a {\n  flag:\n}",
         "f:3:1: expected a value for 'flag', not '}'\n"},
        {"WithoutName", "a { \"x\" }",
         "f:1:5: expected the name of a field, not a text\n"},
        {"WithoutClosing", "rules {\n  flag: \"X\"\n",
         "f:3:1: expected '}' to close 'rules', which begins at line 1, not "
         "the end of the text\n"},
        {"WithWrongClosing", "rules {\n  flag: \"X\"\n>",
         "f:3:1: expected '}' to close 'rules', which begins at line 1, not "
         "'>'\n"
         "f:3:1: '>' closes nothing\n"},
        {"WithClosingTooMany", "a: 1\n}\nb: 2", "f:2:1: '}' closes nothing\n"},
        {"WithUnclosedList", "a: [1, 2\nb: 3",
         "f:2:1: expected ',' or ']' in the list of 'a' that begins at line 1, "
         "not 'b'\n"},
        {"WithCommaAtTheEndOfList", "a: [1, 2,]",
         "f:1:10: a list does not end with ','\n"},
        {"WithMixedList", "a: [{ b: 1 }, \"E-1\", 2]",
         "f:1:15: the list of 'a' mixes fields in { } with values; write one "
         "kind\n"},
        {"WithMessageInAListOfValues", "a: [1,\n 2, { }]\nb: ?",
         "f:3:4: unexpected '?'; texts stand in quotes\n"
         "f:2:5: the list of 'a' mixes fields in { } with values; write one "
         "kind\n"
         "f:3:5: expected a value for 'b', not the end of the text\n"},
        {"WithNumberedField", "1: 2",
         "f:1:1: expected the name of a field, not '1'\n"},
        {"WithExtension", "[a.b]: 2",
         "f:1:1: expected the name of a field, not '['\n"},
    }),
    [](const auto& instance) { return instance.param.name; });

TEST(ParseTextTest, GoesOnAtTheNextField) {
  const TextTree tree = Parse(SourceText("f",
                                         "rules {\n"
                                         "  flag \"A\"\n"
                                         "  when: \"x\"\n"
                                         "}\n"
                                         "title =\n"
                                         "rules { flag: }\n"
                                         "items { type: 1 }\n"));
  EXPECT_EQ(ToString(tree.faults),
            "f:5:7: unexpected '='; texts stand in quotes\n"
            "f:2:8: expected ':' or '{' after 'flag', not a text\n"
            "f:6:1: expected ':' or '{' after 'title', not 'rules'\n"
            "f:6:15: expected a value for 'flag', not '}'\n");
  ASSERT_EQ(tree.fields.size(), 3U);
  EXPECT_EQ(tree.fields[2].name, "items");
}

TEST(ParseTextTest, RefusesDeepNesting) {
  std::string text;
  for (int i = 0; i < 100000; ++i) absl::StrAppend(&text, "a {");
  EXPECT_EQ(ToString(Parse(SourceText("f", text)).faults).substr(0, 53),
            "f:1:99: more than 32 messages within one another\nf:1:");
}

TEST(ParseTextTest, ListsNoMoreFaultsThanAnyoneReads) {
  std::string text;
  for (int i = 0; i < 100; ++i) absl::StrAppend(&text, "a b\nc: 1\n");
  EXPECT_EQ(Parse(SourceText("f", text)).faults.size(), 100U);
  for (int i = 0; i < 1000; ++i) absl::StrAppend(&text, "a b\nc: 1\n");
  const Faults faults = Parse(SourceText("f", text)).faults;
  ASSERT_EQ(faults.size(), 101U);
  EXPECT_EQ(ToString(faults[0]),
            "f:1:3: expected ':' or '{' after 'a', not 'b'");
  EXPECT_EQ(ToString(faults[99]),
            "f:199:3: expected ':' or '{' after 'a', not 'b'");
  EXPECT_EQ(ToString(faults[100]),
            "f:201:3: more than 100 faults in this file; mend these first");
}

}  // namespace
}  // namespace plumbline::pathway
