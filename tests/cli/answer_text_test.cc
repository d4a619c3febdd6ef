#include "cli/answer_text.h"

#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <string>

namespace plumbline::cli {
namespace {

constexpr char kItem[] = R"(
  options { code: "none" text: "No change" }
  options { code: "weak" text: "A weak flow" }
  bands { code: "low" label: "Low" minimum: 0 maximum: 2 }
  bands { code: "high" label: "High" minimum: 3 maximum: 6 })";

std::string TextOf(const std::string& answer) {
  pathway::v1::Item item;
  pathway::v1::Answer message;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(kItem, &item));
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(answer, &message));
  return AnswerText(item, message);
}

TEST(AnswerTextTest, OptionsHaveTheirWords) {
  EXPECT_EQ(TextOf("code: 'weak'"), "A weak flow");
  EXPECT_EQ(TextOf("codes { codes: 'none' codes: 'weak' }"),
            "No change; A weak flow");
  EXPECT_EQ(TextOf("code: 'other'"), "other");
}

TEST(AnswerTextTest, NumbersHaveTheNameOfTheirBand) {
  EXPECT_EQ(TextOf("integer: 3"), "3 (High)");
  EXPECT_EQ(TextOf("decimal: 0.5"), "0.5 (Low)");
  EXPECT_EQ(TextOf("integer: 1050"), "1050");
  EXPECT_EQ(TextOf("decimal: 36500.5"), "36500.5");
}

TEST(AnswerTextTest, YesNoAndNothing) {
  EXPECT_EQ(TextOf("boolean: true"), "Yes");
  EXPECT_EQ(TextOf("boolean: false"), "No");
  EXPECT_EQ(TextOf("no_value: NO_VALUE_NOT_ANSWERED"), "no answer");
  EXPECT_EQ(TextOf("no_value: NO_VALUE_DECLINED"), "declined to answer");
  EXPECT_EQ(TextOf("no_value: NO_VALUE_UNSURE"), "not sure");
  EXPECT_EQ(TextOf(""), "no answer");
}

}  // namespace
}  // namespace plumbline::cli
