#include "common/pathway/read_answers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "common/pathway/fault.h"
#include "common/pathway/read_folder.h"
#include "tests/common/pathway/example_folder.h"

namespace plumbline::pathway {
namespace {

using testing::ElementsAre;
using testing::Pair;

const v1::Pathway& Example() {
  static const auto& message =
      *new v1::Pathway(ReadPathway(ExampleFolder()).message);
  return message;
}

TEST(ReadAnswersTest, ReadsAnswersWithTheirPlaces) {
  const ReadAnswersResult read =
      ReadAnswers(Example(), "a.json",
                  "{\n  \"answers\": {\n    \"em.bone\": \"no\",\n"
                  "    \"pain.now\": null\n  }\n}\n");
  EXPECT_EQ(ToString(read.faults), "");
  ASSERT_EQ(read.answers.size(), 2);
  EXPECT_EQ(read.answers[0].code(), "no");
  EXPECT_EQ(read.answers[1].no_value(), v1::NO_VALUE_NOT_ANSWERED);
  EXPECT_THAT(read.places,
              ElementsAre(Place{"a.json", 3, 5}, Place{"a.json", 4, 5}));
}

TEST(ReadAnswersTest, KeepsOtherKeysAsWritten) {
  const ReadAnswersResult read =
      ReadAnswers(Example(), "a.json",
                  R"({"id": "A-7", "answers": {}, "n": [1, 2.50], "k": 1e2})");
  EXPECT_EQ(ToString(read.faults), "");
  EXPECT_THAT(read.other_keys,
              ElementsAre(Pair("id", "\"A-7\""), Pair("n", "[1, 2.50]"),
                          Pair("k", "1e2")));
}

TEST(ReadAnswersTest, KeepsOtherKeysWhereTheAnswersHaveFaults) {
  for (const char* text : {R"({"id": 7})", R"({"id": 7, "answers": 1})",
                           R"({"answers": {"x": 1}, "id": 7})"}) {
    const ReadAnswersResult read = ReadAnswers(Example(), "a.json", text);
    EXPECT_FALSE(read.faults.empty());
    EXPECT_THAT(read.other_keys, ElementsAre(Pair("id", "7"))) << text;
  }
}

TEST(ReadAnswersTest, NumbersLinesByTheFile) {
  const ReadAnswersResult read = ReadAnswersLine(
      Example(), "all.jsonl", 7, R"({"answers": {"em.bone": "no", "x": 1}})");
  EXPECT_EQ(ToString(read.faults), "all.jsonl:7:31: answers[x]: no item 'x'\n");
  EXPECT_THAT(read.places, ElementsAre(Place{"all.jsonl", 7, 14}));
}

TEST(ReadAnswersTest, ExplainsWhatIsNoAnswersFile) {
  const auto faults = [](const std::string& text) {
    return ToString(ReadAnswers(Example(), "a.json", text).faults);
  };
  constexpr char kNoAnswers[] =
      "a.json:1:1: expected {\"answers\": {\"em.bladder\": \"none\"}}; there "
      "is no 'answers'\n";
  EXPECT_EQ(faults("{\"em.bone\": \"no\"}"), kNoAnswers);
  EXPECT_EQ(faults("[]"), kNoAnswers);
  EXPECT_EQ(faults("{\"answers\": 1}"),
            "a.json:1:13: answers: takes an object, {\"em.bladder\": "
            "\"none\"}\n");
  EXPECT_EQ(faults("answers:"),
            "a.json:1:1: malformed JSON: invalid literal\n");
  EXPECT_EQ(faults("\xFF"),
            "a.json:1:1: byte 0xFF is not UTF-8; save the file as UTF-8\n");
}

}  // namespace
}  // namespace plumbline::pathway
