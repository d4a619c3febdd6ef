#include "common/pathway/read_cases.h"

#include <gtest/gtest.h>

#include <string>

#include "common/pathway/fault.h"
#include "common/pathway/read_folder.h"
#include "tests/common/pathway/example_folder.h"

namespace plumbline::pathway {
namespace {

const v1::Pathway& Example() {
  static const auto& message =
      *new v1::Pathway(ReadPathway(ExampleFolder()).message);
  return message;
}

constexpr char kStart[] = R"({"id": "C-1", "source": "s", "narrative": "n", )";
constexpr char kCase[] =
    R"({"id": "C-1", "source": "s", "narrative": "n", "answers": {}, )"
    R"("expected_disposition": "routine")";

TEST(ReadCasesTest, ReadsEveryKey) {
  const ReadCasesResult read = ReadCases(
      Example(), "c.jsonl",
      "\n" + std::string(kCase) +
          R"(, "must_flag": ["A", "B"], "must_not_flag": ["C"], )"
          R"("must_show": ["d"], "must_not_show": ["e"], "must_gate": ["g"], )"
          R"("expected_certainty": "provisional", "rationale": "r"})"
          "\n\n");
  EXPECT_EQ(ToString(read.faults), "");
  ASSERT_EQ(read.cases.size(), 1);
  const v1::Case& one = read.cases[0];
  EXPECT_EQ(one.case_id(), "C-1");
  EXPECT_EQ(one.source(), "s");
  EXPECT_EQ(one.narrative(), "n");
  EXPECT_EQ(one.expected_disposition(), v1::DISPOSITION_ROUTINE);
  EXPECT_EQ(one.expected_certainty(), v1::CERTAINTY_PROVISIONAL);
  EXPECT_EQ(one.must_flag_size(), 2);
  EXPECT_EQ(one.must_not_flag(0), "C");
  EXPECT_EQ(one.must_show(0), "d");
  EXPECT_EQ(one.must_not_show(0), "e");
  EXPECT_EQ(one.must_gate(0), "g");
  EXPECT_EQ(one.rationale(), "r");
}

struct FaultCase {
  std::string name;
  std::string lines;
  std::string faults;
};

class ReadCasesFaultTest : public testing::TestWithParam<FaultCase> {};

TEST_P(ReadCasesFaultTest, IsExplained) {
  EXPECT_EQ(ToString(ReadCases(Example(), "c.jsonl", GetParam().lines).faults),
            GetParam().faults);
}

INSTANTIATE_TEST_SUITE_P(
    Lines, ReadCasesFaultTest,
    testing::ValuesIn<FaultCase>({
        {"ThatAreNoObject", "\n[]\n",
         "c.jsonl:2:1: a case is an object, {\"id\": \xE2\x80\xA6}\n"},
        {"ThatAreMalformed", "{\"id\": }\n{",
         "c.jsonl:1:8: malformed JSON: unexpected '}'; expected '[', '{', or a "
         "literal\n"
         "c.jsonl:2:2: malformed JSON: unexpected end of input; expected "
         "string literal\n"},
        {"WithoutWhatEveryCaseHas", "{\"id\": \"C-1\"}",
         "c.jsonl:1:1: cases[C-1]: has no 'source'\n"
         "c.jsonl:1:1: cases[C-1]: has no 'narrative'\n"
         "c.jsonl:1:1: cases[C-1]: has no 'answers'\n"
         "c.jsonl:1:1: cases[C-1]: has no 'expected_disposition'\n"},
        {"WithMisspeltKey", std::string(kCase) + ", \"must_flags\": []}",
         "c.jsonl:1:98: cases[C-1]: a case has no 'must_flags'; did you mean "
         "'must_flag'?\n"},
        {"WithKeyOfNothing", std::string(kCase) + ", \"x\": []}",
         "c.jsonl:1:98: cases[C-1]: a case has no 'x'; its keys are id, "
         "source, narrative, answers, expected_disposition, "
         "expected_certainty, must_flag, must_not_flag, must_show, "
         "must_not_show, must_gate, rationale\n"},
        {"WithKeyTwice", std::string(kCase) + ", \"id\": \"C-2\"}",
         "c.jsonl:1:98: 'id' is given twice; first at 1:2\n"},
        {"WithUnknownDisposition",
         std::string(kStart) +
             R"("answers": {}, "expected_disposition": "SAME_DAY"})",
         "c.jsonl:1:87: cases[C-1].expected_disposition: takes one of "
         "\"self_care\", \"routine\", \"within_days\", \"same_day\", "
         "\"emergency_now\"\n"},
        {"WithUnknownCertainty",
         std::string(kCase) + R"(, "expected_certainty": "sure"})",
         "c.jsonl:1:120: cases[C-1].expected_certainty: takes one of "
         "\"final\", \"provisional\"\n"},
        {"WithTextForList", std::string(kCase) + R"(, "must_flag": "A"})",
         "c.jsonl:1:111: cases[C-1].must_flag: takes a list of texts, "
         "[\"\xE2\x80\xA6\"]\n"},
        {"WithNumberInList", std::string(kCase) + R"(, "must_flag": [1]})",
         "c.jsonl:1:112: cases[C-1].must_flag: takes a list of texts, "
         "[\"\xE2\x80\xA6\"]\n"},
        {"WithNumberForText", std::string(kCase) + R"(, "rationale": 1})",
         "c.jsonl:1:111: cases[C-1].rationale: takes a text in quotes\n"},
        {"WithAnswerOfUnknownItem",
         std::string(kStart) +
             R"("answers": {"em.bon": "no", "pain.now": "7"}, )"
             R"("expected_disposition": "routine"})",
         "c.jsonl:1:60: cases[C-1].answers[em.bon]: no item 'em.bon'; did you "
         "mean 'em.bone'?\n"
         "c.jsonl:1:88: cases[C-1].answers[pain.now]: takes a whole number "
         "from 0 to 10\n"},
        {"WithIdTwice", std::string(kCase) + "}\n" + std::string(kCase) + "}",
         "c.jsonl:2:1: cases[C-1]: 'C-1' is used twice; first at line 1\n"},
        {"ThatAreNoText", "\xFF",
         "c.jsonl:1:1: byte 0xFF is not UTF-8; save the file as UTF-8\n"},
    }),
    [](const auto& instance) { return instance.param.name; });

TEST(ReadCasesTest, LeavesOutCasesWithFaults) {
  const std::string faulty = R"({"id": "C-0"})";
  const ReadCasesResult read =
      ReadCases(Example(), "c.jsonl", faulty + "\n" + kCase + "}\n");
  ASSERT_EQ(read.cases.size(), 1);
  EXPECT_EQ(read.cases[0].case_id(), "C-1");
}

}  // namespace
}  // namespace plumbline::pathway
