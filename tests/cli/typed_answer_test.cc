#include "cli/typed_answer.h"

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/support/status_matchers.h"

namespace plumbline::cli {
namespace {

using ::testing::ElementsAre;

pathway::v1::Item ItemOf(const std::string& text) {
  pathway::v1::Item item;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(
      "link_id: 'a.b' prompt: 'Which?' " + text, &item));
  return item;
}

pathway::v1::Item Choice() {
  return ItemOf(
      "type: ITEM_TYPE_CHOICE options { code: 'none' text: 'None' } "
      "options { code: 'some' text: 'Some' }");
}

TEST(TypedAnswerTest, OptionsAreTakenByNumberOrCode) {
  EXPECT_EQ(ParseTyped(Choice(), "2")->code(), "some");
  EXPECT_EQ(ParseTyped(Choice(), " none ")->code(), "none");
  EXPECT_EQ(ParseTyped(Choice(), "2")->link_id(), "a.b");
}

TEST(TypedAnswerTest, AnotherOptionIsExplained) {
  for (const char* typed : {"3", "0", "-1", "most"}) {
    EXPECT_EQ(ParseTyped(Choice(), typed).status().message(),
              "Please give a number from 1 to 2; Enter skips, ? means not "
              "sure.");
  }
}

TEST(TypedAnswerTest, SetsAreSeparatedByCommas) {
  pathway::v1::Item item = Choice();
  item.set_type(pathway::v1::ITEM_TYPE_MULTI_CHOICE);
  EXPECT_THAT(ParseTyped(item, "1, some")->codes().codes(),
              ElementsAre("none", "some"));
  EXPECT_FALSE(ParseTyped(item, "1,,2").ok());
}

TEST(TypedAnswerTest, BooleansAreYesOrNo) {
  const pathway::v1::Item item = ItemOf("type: ITEM_TYPE_BOOLEAN");
  EXPECT_TRUE(ParseTyped(item, "Yes")->boolean());
  EXPECT_FALSE(ParseTyped(item, "n")->boolean());
  EXPECT_TRUE(ParseTyped(item, "1")->boolean());
  EXPECT_FALSE(ParseTyped(item, "2")->boolean());
  EXPECT_FALSE(ParseTyped(item, "3").ok());
  EXPECT_FALSE(ParseTyped(item, "maybe").ok());
}

TEST(TypedAnswerTest, NumbersAreOfTheItemsType) {
  const pathway::v1::Item integer = ItemOf(
      "type: ITEM_TYPE_INTEGER integer_range { maximum: 120 unit: 'a' }");
  const pathway::v1::Item decimal = ItemOf(
      "type: ITEM_TYPE_DECIMAL "
      "decimal_range { minimum: 90 maximum: 110 step: 0.1 unit: '[degF]' }");
  EXPECT_EQ(ParseTyped(integer, "38")->integer(), 38);
  EXPECT_FALSE(ParseTyped(integer, "38.5").ok());
  EXPECT_EQ(ParseTyped(decimal, "100.4")->decimal(), 100.4);
  EXPECT_EQ(ParseTyped(decimal, "nan").status().message(),
            "Please give a number from 90 to 110 °F, in steps of 0.1; Enter "
            "skips, ? means not sure.");
}

TEST(TypedAnswerTest, NothingAndNotSureCloseTheItem) {
  EXPECT_EQ(ParseTyped(Choice(), "")->no_value(),
            pathway::v1::NO_VALUE_NOT_ANSWERED);
  EXPECT_EQ(ParseTyped(Choice(), "skip")->no_value(),
            pathway::v1::NO_VALUE_NOT_ANSWERED);
  EXPECT_EQ(ParseTyped(Choice(), "?")->no_value(),
            pathway::v1::NO_VALUE_UNSURE);
}

TEST(QuestionTextTest, NumbersTheOptionsAndSaysHowToAnswer) {
  EXPECT_EQ(QuestionText(Choice()),
            "Which?\n  1) None\n  2) Some\n[a number from 1 to 2] ");
}

// Who takes 3 for the best gives the wrong answer.
TEST(QuestionTextTest, SaysWhatNumbersMean) {
  EXPECT_EQ(
      QuestionText(ItemOf("type: ITEM_TYPE_INTEGER integer_range { maximum: 3 "
                          "unit: '{score}' } bands { code: 'a' label: 'Not at "
                          "all' maximum: 0 } bands { code: 'b' label: 'Some "
                          "days' minimum: 1 maximum: 3 }")),
      "Which?\n  0: Not at all\n  1 to 3: Some days\n[a whole number from 0 to "
      "3] ");
}

TEST(QuestionTextTest, SaysUnitsInWords) {
  EXPECT_EQ(QuestionText(ItemOf("type: ITEM_TYPE_INTEGER integer_range { "
                                "maximum: 120 unit: 'a' }")),
            "Which?\n[a whole number from 0 to 120 years] ");
  EXPECT_EQ(QuestionText(ItemOf("type: ITEM_TYPE_INTEGER integer_range { "
                                "maximum: 10 unit: '{score}' }")),
            "Which?\n[a whole number from 0 to 10] ");
}

}  // namespace
}  // namespace plumbline::cli
