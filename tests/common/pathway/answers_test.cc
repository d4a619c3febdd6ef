#include "common/pathway/answers.h"

#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/common/pathway/example_pathway.h"

namespace plumbline::pathway {
namespace {

AnswerMessages Parse(const std::string& text) {
  v1::Case intake;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &intake));
  return intake.answers();
}

std::string Print(const AnswerMessages& answers) {
  std::string text;
  for (const v1::Answer& answer : answers) {
    text += answer.ShortDebugString() + "\n";
  }
  return text;
}

class AnswersTest : public testing::Test {
 protected:
  const SlotAnswer& Slot(const CheckedAnswers& answers,
                         const std::string& link_id) const {
    return answers.intake[pathway_->item_by_link_id.at(link_id)];
  }

  const std::shared_ptr<const CompiledPathway> pathway_ = ExamplePathway();
};

constexpr char kNotRead[] =
    "answers: from 1000 violations on, further answers are not read; mend "
    "these first";

// Each of them could tell of every code.
TEST_F(AnswersTest, FullOfMistakesAreNotReadToTheirEnd) {
  AnswerMessages answers;
  for (int i = 0; i < 1000; ++i) {
    v1::Answer& answer = *answers.Add();
    answer.set_link_id("med.taken");
    for (int code = 0; code < 3; ++code) {
      answer.mutable_codes()->add_codes("x");
    }
  }
  const Faults violations = CheckAnswers(*pathway_, answers).violations;
  // Three of the first; of each after it another one, that it is doubled.
  ASSERT_EQ(violations.size(), 3U + 4 * 250 + 1);
  EXPECT_EQ(violations[1002].path, "answers[250].codes.codes[2]");
  EXPECT_EQ(ToString(violations.back()), kNotRead);
}

TEST_F(AnswersTest, ReadToTheirEndAreNotSaidToHaveMore) {
  AnswerMessages answers;
  for (int i = 0; i < 1000; ++i) answers.Add()->set_link_id("no.such");
  const Faults whole = CheckAnswers(*pathway_, answers).violations;
  ASSERT_EQ(whole.size(), 1000U);
  EXPECT_EQ(whole.back().path, "answers[999].link_id");
  answers.Add()->set_link_id("no.such");
  const Faults cut = CheckAnswers(*pathway_, answers).violations;
  ASSERT_EQ(cut.size(), 1001U);
  EXPECT_EQ(ToString(cut.back()), kNotRead);
}

TEST_F(AnswersTest, FillSlots) {
  const CheckedAnswers answers = CheckAnswers(*pathway_, Parse(R"(
      answers { link_id: "em.bone" code: "yes" }
      answers { link_id: "em.cold" boolean: true }
      answers { link_id: "pt.age" integer: 30 }
      answers { link_id: "med.taken" codes { codes: "opioid" codes: "nsaid" } }
      answers { link_id: "pain.days" decimal: 2.5 }
      answers { link_id: "pain.now" no_value: NO_VALUE_DECLINED })"));
  ASSERT_TRUE(answers.violations.empty()) << ToString(answers.violations);
  EXPECT_EQ(Slot(answers, "em.bone").value, 1);
  EXPECT_EQ(Slot(answers, "em.cold").value, 1);
  EXPECT_EQ(Slot(answers, "pt.age").value, 30);
  EXPECT_EQ(Slot(answers, "med.taken").value, 6);
  EXPECT_EQ(Slot(answers, "pain.days").value, 5);
  EXPECT_EQ(Slot(answers, "pain.now").state, SlotAnswer::State::kClosed);
  EXPECT_EQ(Slot(answers, "pain.now").no_value, SlotAnswer::NoValue::kDeclined);
  EXPECT_EQ(Slot(answers, "pt.pregnant").state, SlotAnswer::State::kOpen);
  EXPECT_EQ(answers.evaluation.rules[0], Truth::kTrue);
}

TEST_F(AnswersTest, AnEmptyIntakeIsLegal) {
  const CheckedAnswers answers = CheckAnswers(*pathway_, {});
  EXPECT_TRUE(answers.violations.empty());
  EXPECT_EQ(answers.intake, Intake(pathway_->items.size()));
}

TEST_F(AnswersTest, AnOptionThatMeansUnknownIsClosed) {
  const CheckedAnswers answers = CheckAnswers(
      *pathway_, Parse("answers { link_id: 'em.bone' code: 'unsure' }"));
  EXPECT_EQ(Slot(answers, "em.bone").state, SlotAnswer::State::kClosed);
  EXPECT_EQ(Slot(answers, "em.bone").no_value,
            SlotAnswer::NoValue::kMeansUnknown);
}

TEST_F(AnswersTest, AnAnswerThatMayBeAskedIsLegal) {
  EXPECT_TRUE(CheckAnswers(*pathway_,
                           Parse("answers { link_id: 'psy.harm' code: 'no' }"))
                  .violations.empty());
}

TEST_F(AnswersTest, CanonicalAnswersAreInPathwayOrder) {
  const CheckedAnswers answers = CheckAnswers(*pathway_, Parse(R"(
      answers { link_id: "pain.days" decimal: 2.5 }
      answers { link_id: "pain.now" no_value: NO_VALUE_UNSURE }
      answers { link_id: "pt.age" integer: 30 }
      answers { link_id: "em.cold" boolean: false }
      answers { link_id: "med.taken" codes { codes: "opioid" codes: "nsaid" } }
      answers { link_id: "em.bone" code: "unsure" })"));
  const AnswerMessages canonical = ToMessages(*pathway_, answers.intake);
  EXPECT_EQ(Print(canonical),
            "link_id: \"em.bone\" code: \"unsure\"\n"
            "link_id: \"em.cold\" boolean: false\n"
            "link_id: \"pt.age\" integer: 30\n"
            "link_id: \"med.taken\" codes { codes: \"nsaid\" codes: \"opioid\" "
            "}\n"
            "link_id: \"pain.now\" no_value: NO_VALUE_UNSURE\n"
            "link_id: \"pain.days\" decimal: 2.5\n");
  EXPECT_EQ(CheckAnswers(*pathway_, canonical).intake, answers.intake);
}

TEST_F(AnswersTest, ReportsEveryViolation) {
  const CheckedAnswers answers = CheckAnswers(*pathway_, Parse(R"(
      answers { link_id: "pt.age" integer: 70 }
      answers { link_id: "em.bone" code: "maybe" }
      answers { link_id: "pt.pregnant" code: "no" }
      answers { link_id: "what.ever" boolean: true })"));
  EXPECT_TRUE(answers.intake.empty());
  EXPECT_EQ(ToString(answers.violations),
            "answers[1].code: 'em.bone' has no such option; it has no, yes, "
            "unsure\n"
            "answers[3].link_id: no item of this link id in the pathway\n"
            "answers[2].link_id: 'pt.pregnant' is not asked with these "
            "answers; leave it out. It is asked where pt.age >= 10 && pt.age "
            "<= 60\n");
}

// Whichever is taken out, nothing new comes to light.
TEST_F(AnswersTest, AViolationHidesNoOtherOfItsItem) {
  const CheckedAnswers answers = CheckAnswers(*pathway_, Parse(R"(
      answers { link_id: "med.taken" codes { codes: "none" codes: "nsaid"
                                             codes: "aspirin" } }
      answers { link_id: "em.bone" code: "no" }
      answers { link_id: "em.bone" code: "maybe" })"));
  EXPECT_EQ(ToString(answers.violations),
            "answers[0].codes.codes[2]: 'med.taken' has no such option; it "
            "has none, nsaid, opioid\n"
            "answers[0].codes: 'med.taken' has options that stand alone: none\n"
            "answers[2].link_id: 'em.bone' is answered in answers[1] already; "
            "answer each item once\n"
            "answers[2].code: 'em.bone' has no such option; it has no, yes, "
            "unsure\n");
}

TEST_F(AnswersTest, OfTwoAnswersToAnItemNeitherRulesAnotherOut) {
  const CheckedAnswers answers = CheckAnswers(*pathway_, Parse(R"(
      answers { link_id: "pt.age" integer: 5 }
      answers { link_id: "pt.age" integer: 30 }
      answers { link_id: "pt.pregnant" code: "no" })"));
  EXPECT_EQ(ToString(answers.violations),
            "answers[1].link_id: 'pt.age' is answered in answers[0] already; "
            "answer each item once\n");
}

struct ViolationCase {
  std::string name;
  std::string answers;
  std::string violation;
};

class AnswersViolationTest : public testing::TestWithParam<ViolationCase> {};

TEST_P(AnswersViolationTest, IsExplainedWithoutTheValue) {
  EXPECT_EQ(ToString(CheckAnswers(*ExamplePathway(), Parse(GetParam().answers))
                         .violations),
            GetParam().violation + "\n");
}

INSTANTIATE_TEST_SUITE_P(
    Answers, AnswersViolationTest,
    testing::ValuesIn<ViolationCase>({
        {"UnknownItem", "answers { link_id: 'em.bon' code: 'yes' }",
         "answers[0].link_id: no item of this link id in the pathway"},
        {"NoLinkId", "answers { code: 'yes' }",
         "answers[0].link_id: no item of this link id in the pathway"},
        {"NoValue", "answers { link_id: 'em.bone' }",
         "answers[0]: 'em.bone' takes 'code' or 'no_value'"},
        {"WrongTypeForChoice", "answers { link_id: 'em.bone' boolean: true }",
         "answers[0].boolean: 'em.bone' takes 'code' or 'no_value'"},
        {"WrongTypeForBoolean", "answers { link_id: 'em.cold' code: 'yes' }",
         "answers[0].code: 'em.cold' takes 'boolean' or 'no_value'"},
        {"WrongTypeForInteger", "answers { link_id: 'pt.age' decimal: 30 }",
         "answers[0].decimal: 'pt.age' takes 'integer' or 'no_value'"},
        {"WrongTypeForDecimal", "answers { link_id: 'pain.days' integer: 3 }",
         "answers[0].integer: 'pain.days' takes 'decimal' or 'no_value'"},
        {"WrongTypeForSet", "answers { link_id: 'med.taken' code: 'none' }",
         "answers[0].code: 'med.taken' takes 'codes' or 'no_value'"},
        {"UnspecifiedNoValue",
         "answers { link_id: 'em.bone' no_value: NO_VALUE_UNSPECIFIED }",
         "answers[0].no_value: 'em.bone' takes NO_VALUE_NOT_ANSWERED, "
         "NO_VALUE_DECLINED or NO_VALUE_UNSURE"},
        {"NotANumber", "answers { link_id: 'pain.days' decimal: nan }",
         "answers[0].decimal: 'pain.days' must be a finite number"},
        {"Infinite", "answers { link_id: 'pain.days' decimal: -inf }",
         "answers[0].decimal: 'pain.days' must be a finite number"},
        {"IntegerAbove", "answers { link_id: 'pt.age' integer: 121 }",
         "answers[0].integer: 'pt.age' must be from 0 to 120"},
        {"IntegerBelow", "answers { link_id: 'pt.age' integer: -1 }",
         "answers[0].integer: 'pt.age' must be from 0 to 120"},
        {"DecimalAbove", "answers { link_id: 'pain.days' decimal: 100.5 }",
         "answers[0].decimal: 'pain.days' must be from 0 to 100"},
        {"DecimalBelow", "answers { link_id: 'pain.days' decimal: -0.5 }",
         "answers[0].decimal: 'pain.days' must be from 0 to 100"},
        {"DecimalFarAbove", "answers { link_id: 'pain.days' decimal: 1e300 }",
         "answers[0].decimal: 'pain.days' must be from 0 to 100"},
        {"OffStep", "answers { link_id: 'pain.days' decimal: 1.25 }",
         "answers[0].decimal: 'pain.days' must be a multiple of 0.5"},
        {"UnknownOption", "answers { link_id: 'em.bone' code: 'Yes' }",
         "answers[0].code: 'em.bone' has no such option; it has no, yes, "
         "unsure"},
        {"UnknownOptionInSet",
         "answers { link_id: 'med.taken' codes { codes: 'nsaid' codes: 'x' } }",
         "answers[0].codes.codes[1]: 'med.taken' has no such option; it has "
         "none, nsaid, opioid"},
        {"MoreOptionsThanThereAre",
         "answers { link_id: 'med.taken' codes { codes: 'x' codes: 'x' "
         "codes: 'x' codes: 'x' } }",
         "answers[0].codes: 'med.taken' has 3 options, and there are 4; give "
         "each once"},
        {"EmptySet", "answers { link_id: 'med.taken' codes { } }",
         "answers[0].codes: 'med.taken' needs at least one option; where there "
         "is no answer, give 'no_value'"},
        {"DoubledOption",
         "answers { link_id: 'med.taken' codes { codes: 'nsaid' codes: 'nsaid' "
         "} }",
         "answers[0].codes.codes[1]: 'med.taken' holds this option already; "
         "give each once"},
        {"NonePlusAnother",
         "answers { link_id: 'med.taken' codes { codes: 'none' codes: 'nsaid' "
         "} }",
         "answers[0].codes: 'med.taken' has options that stand alone: none"},
        {"DoubledAnswer",
         "answers { link_id: 'em.bone' code: 'yes' }"
         "answers { link_id: 'em.bone' code: 'yes' }",
         "answers[1].link_id: 'em.bone' is answered in answers[0] already; "
         "answer each item once"},
        {"NoValueOfAbsentItem",
         "answers { link_id: 'pt.age' integer: 5 }"
         "answers { link_id: 'mood.low' no_value: NO_VALUE_UNSURE }",
         "answers[1].link_id: 'mood.low' is not asked with these answers; "
         "leave "
         "it out. It is asked where pt.age >= 12"},
    }),
    [](const auto& instance) { return instance.param.name; });

}  // namespace
}  // namespace plumbline::pathway
