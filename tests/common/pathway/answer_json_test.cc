#include "common/pathway/answer_json.h"

#include <google/protobuf/text_format.h>
#include <google/protobuf/util/message_differencer.h>
#include <gtest/gtest.h>

#include <string>

#include "common/pathway/fault.h"
#include "common/pathway/read_folder.h"
#include "tests/common/pathway/example_folder.h"

namespace plumbline::pathway {
namespace {

using google::protobuf::util::MessageDifferencer;

const v1::Pathway& Example() {
  static const auto& message =
      *new v1::Pathway(ReadPathway(ExampleFolder()).message);
  return message;
}

// What `text` reads as: answers in a case, so that they can be compared.
struct Read {
  v1::Case answers;
  Faults faults;
};

Read ReadText(const std::string& text) {
  const SourceText source("f", text);
  Read read;
  JsonValue object;
  if (ParseJson(source, source.text(), &object, &read.faults)) {
    *read.answers.mutable_answers() =
        AnswerJsonReader(Example())
            .Read(source, object, "answers", &read.faults)
            .answers;
  }
  return read;
}

struct AnswerCase {
  std::string name;
  std::string json;
  std::string answer;  // The fields of v1::Answer.
};

class AnswerJsonTest : public testing::TestWithParam<AnswerCase> {};

TEST_P(AnswerJsonTest, IsRead) {
  v1::Case expected;
  ASSERT_TRUE(google::protobuf::TextFormat::ParseFromString(
      "answers { " + GetParam().answer + " }", &expected));
  const Read read = ReadText("{" + GetParam().json + "}");
  EXPECT_EQ(ToString(read.faults), "");
  EXPECT_TRUE(MessageDifferencer::Equals(read.answers, expected))
      << read.answers.DebugString();
}

INSTANTIATE_TEST_SUITE_P(
    Values, AnswerJsonTest,
    testing::ValuesIn<AnswerCase>({
        {"Code", R"("em.bone": "no")", "link_id: 'em.bone' code: 'no'"},
        {"Integer", R"("pain.now": 7)", "link_id: 'pain.now' integer: 7"},
        {"IntegerWithPoint", R"("pain.now": 7.0)",
         "link_id: 'pain.now' integer: 7"},
        {"Decimal", R"("pain.days": 0.5)", "link_id: 'pain.days' decimal: 0.5"},
        {"WholeDecimal", R"("pain.days": 3)",
         "link_id: 'pain.days' decimal: 3"},
        {"True", R"("pain.fall": true)", "link_id: 'pain.fall' boolean: true"},
        {"Yes", R"("pain.fall": "yes")", "link_id: 'pain.fall' boolean: true"},
        {"No", R"("pain.fall": "no")", "link_id: 'pain.fall' boolean: false"},
        {"Set", R"("med.taken": ["nsaid"])",
         "link_id: 'med.taken' codes { codes: 'nsaid' }"},
        {"EmptySet", R"("med.taken": [])", "link_id: 'med.taken' codes { }"},
        {"Null", R"("pain.now": null)",
         "link_id: 'pain.now' no_value: NO_VALUE_NOT_ANSWERED"},
        {"Declined", R"("pain.now": {"no_value": "DECLINED"})",
         "link_id: 'pain.now' no_value: NO_VALUE_DECLINED"},
        {"Unsure", R"("em.bone": {"no_value": "UNSURE"})",
         "link_id: 'em.bone' no_value: NO_VALUE_UNSURE"},
    }),
    [](const auto& instance) { return instance.param.name; });

struct FaultCase {
  std::string name;
  std::string json;
  std::string faults;
};

class AnswerJsonFaultTest : public testing::TestWithParam<FaultCase> {};

TEST_P(AnswerJsonFaultTest, IsExplained) {
  const Read read = ReadText(GetParam().json);
  EXPECT_EQ(ToString(read.faults), GetParam().faults);
  EXPECT_EQ(read.answers.answers_size(), 0);
}

constexpr char kNoValue[] =
    "an object is {\"no_value\": \"DECLINED\"}, or \"UNSURE\" or "
    "\"NOT_ANSWERED\" in place of \"DECLINED\"\n";

INSTANTIATE_TEST_SUITE_P(
    Values, AnswerJsonFaultTest,
    testing::ValuesIn<FaultCase>({
        {"ThatAreNoObject", "[]",
         "f:1:1: answers: takes an object, {\"em.bladder\": \"none\"}\n"},
        {"OfUnknownItem", R"({"em.bon": "no"})",
         "f:1:2: answers[em.bon]: no item 'em.bon'; did you mean "
         "'em.bone'?\n"},
        {"WithNumberForCode", R"({"em.bone": 1})",
         "f:1:13: answers[em.bone]: takes one of \"no\", \"yes\"\n"},
        {"WithTrueForCode", R"({"em.bone": true})",
         "f:1:13: answers[em.bone]: takes one of \"no\", \"yes\"\n"},
        {"WithCodeForSet", R"({"med.taken": "none"})",
         "f:1:15: answers[med.taken]: takes a list of \"none\", \"nsaid\"\n"},
        {"WithNumberInSet", R"({"med.taken": ["none", 1]})",
         "f:1:15: answers[med.taken]: takes a list of \"none\", \"nsaid\"\n"},
        {"WithFractionForInteger", R"({"pain.now": 7.5})",
         "f:1:14: answers[pain.now]: takes a whole number from 0 to 10\n"},
        {"WithTextForInteger", R"({"pain.now": "7"})",
         "f:1:14: answers[pain.now]: takes a whole number from 0 to 10\n"},
        {"WithHugeInteger", R"({"pain.now": 99999999999999999999})",
         "f:1:14: answers[pain.now]: takes a whole number from 0 to 10\n"},
        {"WithTextForDecimal", R"({"pain.days": "2"})",
         "f:1:15: answers[pain.days]: takes a number from 0 to 100\n"},
        {"WithOtherTextForBoolean", R"({"pain.fall": "maybe"})",
         "f:1:15: answers[pain.fall]: takes true, false, \"yes\" or \"no\"\n"},
        {"WithNumberForBoolean", R"({"pain.fall": 1})",
         "f:1:15: answers[pain.fall]: takes true, false, \"yes\" or \"no\"\n"},
        {"WithUnknownReason", R"({"pain.now": {"no_value": "SHY"}})",
         std::string("f:1:14: answers[pain.now]: ") + kNoValue},
        {"WithReasonUnspecified",
         R"({"pain.now": {"no_value": "UNSPECIFIED"}})",
         std::string("f:1:14: answers[pain.now]: ") + kNoValue},
        {"WithOtherObject", R"({"pain.now": {"value": 1}})",
         std::string("f:1:14: answers[pain.now]: ") + kNoValue},
        {"GivenTwice", "{\"pain.now\": 1,\n\"pain.now\": 2}",
         "f:2:1: 'pain.now' is given twice; first at 1:2\n"},
        {"WithNan", R"({"pain.days": NaN})",
         "f:1:15: a number must be finite; JSON has no NaN and no infinity\n"},
    }),
    [](const auto& instance) { return instance.param.name; });

}  // namespace
}  // namespace plumbline::pathway
