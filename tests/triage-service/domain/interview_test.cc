#include "triage-service/domain/interview.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_join.h"
#include "common/pathway/answers.h"
#include "common/pathway/read_folder.h"
#include "tests/common/pathway/example_instrument.h"
#include "tests/common/pathway/random_intake.h"
#include "tests/support/status_matchers.h"
#include "tests/triage-service/support/ankle_rules.h"

namespace plumbline::triage {
namespace {

using ::plumbline::testing::IsOk;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;

using pathway::CheckedAnswers;
using pathway::CompiledPathway;
using pathway::Decision;
using pathway::Disposition;
using pathway::Evaluation;
using pathway::Intake;
using pathway::Item;
using pathway::SlotAnswer;
using pathway::Truth;

using Kind = Influence::Kind;

// One state of an interview.
struct Step {
  Evaluation evaluation;
  Decision decision;
  Interview interview;
};

Step StepOf(const CompiledPathway& pathway, const Intake& intake) {
  Step step;
  step.evaluation = Evaluate(pathway, intake);
  step.decision = Decide(pathway, intake, step.evaluation);
  step.interview = NextItems(pathway, intake, step.evaluation, step.decision);
  return step;
}

Interview NextOf(const pathway::v1::Pathway& message,
                 const std::string& answers) {
  const std::shared_ptr<const CompiledPathway> pathway =
      pathway::CompileOrDie(message);
  return StepOf(*pathway, CheckText(*pathway, answers).intake).interview;
}

Interview NextOfExample(const std::string& answers) {
  return NextOf(pathway::ExampleMessage(), answers);
}

// The link ids asked for, in the example or a pathway with the same items.
std::vector<std::string> Asked(const Interview& interview) {
  const pathway::v1::Pathway message = pathway::ExampleMessage();
  std::vector<std::string> link_ids;
  for (const OpenItem& item : interview.items) {
    link_ids.push_back(message.items(item.item).link_id());
  }
  return link_ids;
}

std::string FirstAsked(const Interview& interview) {
  return interview.items.empty() ? "nothing" : Asked(interview).front();
}

constexpr char kNoEmergency[] = R"(
  answers { link_id: "em.bone" code: "no" }
  answers { link_id: "em.cold" boolean: false })";

TEST(NextItemsTest, AsksEmergencyItemsFirstThenByUrgency) {
  const Interview interview = NextOfExample("");
  EXPECT_THAT(Asked(interview),
              ElementsAre("em.bone", "em.cold", "pain.now", "pt.age",
                          "pain.days", "med.taken"));
  ASSERT_EQ(interview.items.size(), 6u);
  EXPECT_TRUE(interview.items[0].emergency);
  EXPECT_TRUE(interview.items[1].emergency);
  EXPECT_FALSE(interview.items[2].emergency);
  EXPECT_EQ(interview.items[2].most_urgent, Disposition::kEmergencyNow);
  EXPECT_EQ(interview.items[3].most_urgent, Disposition::kSameDay);
  EXPECT_EQ(interview.items[4].most_urgent, Disposition::kWithinDays);
  EXPECT_EQ(interview.items[5].most_urgent, Disposition::kSelfCare);
  EXPECT_THAT(interview.items[2].influences,
              ElementsAre(Influence{Kind::kRule, 1, Disposition::kEmergencyNow},
                          Influence{Kind::kRule, 3, Disposition::kWithinDays},
                          Influence{Kind::kPolicy, 5, Disposition::kRoutine},
                          Influence{Kind::kGuidance, 4}));
  EXPECT_FALSE(interview.disposition_settled);
  EXPECT_FALSE(interview.outcome_settled);
  EXPECT_FALSE(interview.may_stop);
}

TEST(NextItemsTest, AsksEmergencyItemsFirstWhereverTheyStand) {
  pathway::v1::Pathway message = pathway::ExampleMessage();
  message.mutable_items()->SwapElements(pathway::kBone, pathway::kPainNow);
  const Interview interview = NextOf(message, "");
  ASSERT_GE(interview.items.size(), 3u);
  EXPECT_EQ(message.items(interview.items[0].item).link_id(), "em.cold");
  EXPECT_EQ(message.items(interview.items[1].item).link_id(), "em.bone");
  EXPECT_EQ(message.items(interview.items[2].item).link_id(), "pain.now");
}

TEST(NextItemsTest, AsksAllEmergencyItemsEvenWhereOneDecides) {
  const Interview interview =
      NextOfExample(R"(answers { link_id: "em.bone" code: "yes" })");
  EXPECT_EQ(FirstAsked(interview), "em.cold");
  EXPECT_TRUE(interview.disposition_settled);
  EXPECT_FALSE(interview.may_stop);
}

TEST(NextItemsTest, StopsAtEmergencyOnceEveryEmergencyItemIsAsked) {
  const Interview interview =
      NextOfExample(R"(answers { link_id: "em.bone" code: "yes" }
                       answers { link_id: "em.cold" boolean: false })");
  EXPECT_TRUE(interview.disposition_settled);
  EXPECT_FALSE(interview.outcome_settled);
  EXPECT_TRUE(interview.may_stop);
  EXPECT_THAT(Asked(interview), Contains("pain.days"));
}

TEST(NextItemsTest, ClosedEmergencyItemIsNotAskedAgain) {
  const Interview interview = NextOfExample(R"(
      answers { link_id: "em.bone" code: "unsure" }
      answers { link_id: "em.cold" no_value: NO_VALUE_UNSURE })");
  EXPECT_THAT(Asked(interview), Not(Contains("em.bone")));
  EXPECT_THAT(Asked(interview), Not(Contains("em.cold")));
  EXPECT_EQ(FirstAsked(interview), "pain.now");
}

TEST(NextItemsTest, AsksWhatEnablesAnItemBeforeTheItem) {
  EXPECT_THAT(Asked(NextOfExample(kNoEmergency)),
              Not(Contains("mood.interest")));
  const Interview grown =
      NextOfExample(std::string(kNoEmergency) +
                    R"(answers { link_id: "pt.age" integer: 40 })");
  EXPECT_THAT(Asked(grown), Contains("mood.interest"));
  EXPECT_THAT(Asked(grown), Not(Contains("psy.harm")));
  const Interview low = NextOfExample(std::string(kNoEmergency) + R"(
        answers { link_id: "pt.age" integer: 40 }
        answers { link_id: "mood.interest" integer: 3 })");
  EXPECT_EQ(FirstAsked(low), "psy.harm");
}

TEST(NextItemsTest, AbsentItemsAreNotAsked) {
  const Interview child =
      NextOfExample(std::string(kNoEmergency) +
                    R"(answers { link_id: "pt.age" integer: 5 })");
  EXPECT_THAT(Asked(child), ElementsAre("pain.now", "pain.days", "med.taken"));
}

TEST(NextItemsTest, ItemWhoseEnablingWaitsForClosedItemsIsAsked) {
  const Interview interview = NextOfExample(
      std::string(kNoEmergency) +
      R"(answers { link_id: "pt.age" no_value: NO_VALUE_DECLINED })");
  EXPECT_THAT(Asked(interview), Contains("mood.interest"));
  EXPECT_THAT(Asked(interview), Contains("pt.pregnant"));
  EXPECT_THAT(Asked(interview), Not(Contains("pt.age")));
}

TEST(NextItemsTest, NothingIsLeftWhereEverythingIsAnswered) {
  const Interview interview = NextOfExample(pathway::kNothingApplies);
  EXPECT_THAT(interview.items, IsEmpty());
  EXPECT_TRUE(interview.disposition_settled);
  EXPECT_TRUE(interview.outcome_settled);
  EXPECT_TRUE(interview.may_stop);
}

TEST(NextItemsTest, WhatOnlyClosedItemsKeepUnknownIsSettled) {
  const Interview interview = NextOfExample(std::string(kNoEmergency) + R"(
        answers { link_id: "pt.age" integer: 5 }
        answers { link_id: "med.taken" no_value: NO_VALUE_UNSURE }
        answers { link_id: "pain.now" no_value: NO_VALUE_UNSURE }
        answers { link_id: "pain.days" no_value: NO_VALUE_UNSURE })");
  EXPECT_THAT(interview.items, IsEmpty());
  EXPECT_TRUE(interview.may_stop);
}

TEST(NextItemsTest, ItemThatCanChangeNothingMoreIsNotAsked) {
  const Interview interview = NextOfExample(std::string(kNoEmergency) + R"(
        answers { link_id: "pt.age" integer: 5 }
        answers { link_id: "pain.now" integer: 3 }
        answers { link_id: "pain.days" decimal: 1 })");
  EXPECT_THAT(Asked(interview), IsEmpty());
  EXPECT_TRUE(interview.outcome_settled);
}

// Two rules with one flag: bad pain, which is true, and long pain. Nothing else
// waits for an answer.
pathway::v1::Pathway BadAndLong() {
  pathway::v1::Pathway message =
      AnkleWithRules({"pain.now >= 7", "pain.days >= 9.0"});
  message.mutable_rules(1)->set_flag(message.rules(0).flag());
  for (auto& record : *message.mutable_guidance()) record.clear_show_when();
  message.clear_gates();
  return message;
}

std::vector<std::string> AskedWithBadPain(const pathway::v1::Pathway& message) {
  return Asked(NextOf(message, std::string(kNoEmergency) + R"(
        answers { link_id: "pt.age" integer: 5 }
        answers { link_id: "med.taken" codes { codes: "none" } }
        answers { link_id: "pain.now" integer: 8 })"));
}

TEST(NextItemsTest, RuleThatCanChangeNothingMoreIsNotAskedFor) {
  EXPECT_THAT(AskedWithBadPain(BadAndLong()), IsEmpty());
}

TEST(NextItemsTest, RuleThatIsMoreUrgentIsAskedFor) {
  pathway::v1::Pathway message = BadAndLong();
  message.mutable_rules(1)->set_disposition(
      pathway::v1::DISPOSITION_WITHIN_DAYS);
  EXPECT_THAT(AskedWithBadPain(message), ElementsAre("pain.days"));
}

TEST(NextItemsTest, RuleWithAFlagOfItsOwnIsAskedFor) {
  pathway::v1::Pathway message = BadAndLong();
  message.mutable_rules(1)->set_flag("LONG");
  EXPECT_THAT(AskedWithBadPain(message), ElementsAre("pain.days"));
}

TEST(NextItemsTest, RuleWithGuidanceOfItsOwnIsAskedFor) {
  pathway::v1::Pathway message = BadAndLong();
  message.mutable_rules(1)->add_guidance_ids(message.guidance(0).guidance_id());
  EXPECT_THAT(AskedWithBadPain(message), ElementsAre("pain.days"));
  message.mutable_rules(0)->add_guidance_ids(message.guidance(0).guidance_id());
  EXPECT_THAT(AskedWithBadPain(message), IsEmpty());
}

TEST(NextItemsTest, UndecidedBandIsAskedForAlthoughNoRuleWaits) {
  pathway::v1::Pathway message = pathway::ExampleMessage();
  ASSERT_EQ(message.rules(4).rule_id(), "R-R01");
  message.mutable_rules()->DeleteSubrange(4, 1);
  message.clear_cases();
  const Interview interview = NextOf(message, std::string(kNoEmergency) + R"(
        answers { link_id: "pt.age" integer: 40 }
        answers { link_id: "pt.pregnant" code: "no" }
        answers { link_id: "pain.now" integer: 3 }
        answers { link_id: "pain.days" decimal: 1 }
        answers { link_id: "mood.interest" integer: 2 }
        answers { link_id: "psy.harm" code: "no" })");
  EXPECT_THAT(Asked(interview), ElementsAre("mood.low"));
  ASSERT_EQ(interview.items.size(), 1u);
  EXPECT_THAT(interview.items[0].influences,
              ElementsAre(Influence{Kind::kScore, 0}));
}

TEST(NextItemsTest, AsksForAllOfAnInstrumentEvenWhereItsBandIsDecided) {
  pathway::v1::Pathway message = pathway::ExampleMessage();
  message.mutable_items(pathway::kHarm)->clear_enable_when();
  pathway::AddStairs(message);
  const std::string answers = std::string(kNoEmergency) + R"(
        answers { link_id: "pt.age" integer: 40 }
        answers { link_id: "pt.pregnant" code: "no" }
        answers { link_id: "med.taken" codes { codes: "none" } }
        answers { link_id: "pain.now" integer: 3 }
        answers { link_id: "pain.days" decimal: 1 }
        answers { link_id: "mood.interest" integer: 3 }
        answers { link_id: "psy.harm" code: "no" })";
  const Interview interview = NextOf(message, answers);
  EXPECT_THAT(Asked(interview), ElementsAre("mood.low"));
  ASSERT_EQ(interview.items.size(), 1u);
  EXPECT_THAT(interview.items[0].influences,
              Contains(Influence{Kind::kScore, 1}));
  EXPECT_THAT(Asked(NextOf(message, answers + R"(
        answers { link_id: "mood.low" no_value: NO_VALUE_DECLINED })")),
              IsEmpty());
}

TEST(NextItemsTest, PolicyThatAnAnswerWouldBringIsAskedFor) {
  pathway::v1::Pathway message = pathway::ExampleMessage();
  ASSERT_EQ(message.rules(2).rule_id(), "R-S01");
  message.mutable_rules()->DeleteSubrange(2, 1);
  ASSERT_EQ(message.guidance(1).guidance_id(), "crisis-line");
  message.mutable_guidance(1)->clear_show_when();
  message.clear_cases();
  const Interview interview = NextOf(message, std::string(kNoEmergency) + R"(
        answers { link_id: "pt.age" integer: 40 }
        answers { link_id: "pt.pregnant" code: "no" }
        answers { link_id: "pain.now" integer: 3 }
        answers { link_id: "pain.days" decimal: 1 }
        answers { link_id: "mood.interest" integer: 0 })");
  EXPECT_FALSE(interview.disposition_settled);
  EXPECT_THAT(Asked(interview), ElementsAre("mood.low"));
  ASSERT_EQ(interview.items.size(), 1u);
  EXPECT_THAT(interview.items[0].influences,
              Contains(Influence{Kind::kPolicy, 9, Disposition::kSameDay}));
}

// Whether the question on harm is due will never be known: the mood is closed.
// Who is asked and declines is shown the crisis text all the same.
TEST(NextItemsTest, ItemThatMayBeDueIsAskedForTheSakeOfItsPolicy) {
  pathway::v1::Pathway message = pathway::ExampleMessage();
  ASSERT_EQ(message.rules(2).rule_id(), "R-S01");
  message.mutable_rules()->DeleteSubrange(2, 1);
  ASSERT_EQ(message.guidance(1).guidance_id(), "crisis-line");
  message.mutable_guidance(1)->clear_show_when();
  message.clear_cases();
  const Interview interview = NextOf(message, std::string(kNoEmergency) + R"(
        answers { link_id: "pt.age" integer: 40 }
        answers { link_id: "pt.pregnant" code: "no" }
        answers { link_id: "pain.now" integer: 3 }
        answers { link_id: "pain.days" decimal: 1 }
        answers { link_id: "mood.interest" integer: 1 }
        answers { link_id: "mood.low" no_value: NO_VALUE_DECLINED })");
  EXPECT_FALSE(interview.outcome_settled);
  EXPECT_THAT(Asked(interview), ElementsAre("psy.harm"));
  ASSERT_EQ(interview.items.size(), 1u);
  EXPECT_THAT(interview.items[0].influences,
              ElementsAre(Influence{Kind::kPolicy, 9, Disposition::kSameDay}));
}

// The shipped pathway, asked as a patient would be.
class ShippedInterviewTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    const absl::StatusOr<pathway::SourceFiles> files =
        pathway::LoadSourceFiles("content-service/pathways/back-pain", 8 << 20);
    ASSERT_THAT(files, IsOk());
    read_ = new pathway::ReadResult(pathway::ReadPathway(*files));
    ASSERT_THAT(read_->faults, IsEmpty()) << ToString(read_->faults);
  }
  static void TearDownTestSuite() {
    delete read_;
    read_ = nullptr;
  }

  static const CompiledPathway& Shipped() { return *read_->pathway; }

  // How many questions an interview took, and after how many of them nothing
  // could change the disposition any more.
  struct Length {
    int questions = 0;
    int until_settled = 0;
  };

  // Asks until the interview may stop; `answer` says what the patient says.
  template <typename Answer>
  static Length Ask(Intake& intake, const Answer& answer) {
    const int items = static_cast<int>(intake.size());
    Length length;
    for (int asked = 0; asked <= items; ++asked) {
      const Step step = StepOf(Shipped(), intake);
      ExpectSound(intake, step);
      length.questions = asked;
      if (!step.interview.disposition_settled) length.until_settled = asked + 1;
      if (step.interview.may_stop) return length;
      if (step.interview.items.empty()) break;
      const int item = step.interview.items.front().item;
      intake[item] = answer(item);
      if (intake[item].state == SlotAnswer::State::kOpen) break;
    }
    ADD_FAILURE() << "the interview does not end";
    return length;
  }

  // What holds of every state of every interview.
  static void ExpectSound(const Intake& intake, const Step& step) {
    const Interview& interview = step.interview;
    EXPECT_EQ(interview.outcome_settled, interview.items.empty());
    EXPECT_TRUE(interview.disposition_settled || !interview.outcome_settled);
    for (const OpenItem& open : interview.items) {
      EXPECT_EQ(intake[open.item].state, SlotAnswer::State::kOpen);
      EXPECT_NE(step.evaluation.enabled[open.item], Truth::kFalse);
    }
  }

  // Whatever is answered from here on, what is settled stays.
  static void ExpectSettled(const Intake& intake, std::mt19937_64& random,
                            int completions) {
    const Step before = StepOf(Shipped(), intake);
    for (int i = 0; i < completions; ++i) {
      Intake completed = intake;
      const int percent = i % 2 == 0 ? 100 : 50;
      AnswerOpenItems(Shipped(), percent, 40, random, completed);
      const Step after = StepOf(Shipped(), completed);
      if (before.interview.disposition_settled) {
        ASSERT_EQ(after.decision.disposition, before.decision.disposition);
      }
      if (before.interview.outcome_settled) {
        ASSERT_EQ(after.decision.flags, before.decision.flags);
        ASSERT_EQ(after.decision.shown, before.decision.shown);
        ASSERT_EQ(after.decision.final, before.decision.final);
      }
    }
  }

  static int CrisisText() {
    const auto& records = Shipped().guidance;
    const auto found = std::find_if(records.begin(), records.end(),
                                    [](const pathway::Guidance& record) {
                                      return record.guidance_id == "crisis";
                                    });
    return static_cast<int>(found - records.begin());
  }

  static pathway::ReadResult* read_;
};

pathway::ReadResult* ShippedInterviewTest::read_ = nullptr;

TEST_F(ShippedInterviewTest, NoCompletionChangesWhatIsSettled) {
  constexpr int kIntakes = 200;
  constexpr int kCompletions = 6;
  std::mt19937_64 random(4711);
  for (int i = 0; i < kIntakes; ++i) {
    ExpectSettled(RandomAnswers(Shipped(), random).intake, random,
                  kCompletions);
    if (HasFatalFailure()) FAIL() << "intake " << i;
  }
}

TEST_F(ShippedInterviewTest, NoCompletionChangesWhereTheInterviewStopped) {
  constexpr int kInterviews = 80;
  constexpr int kCompletions = 10;
  std::mt19937_64 random(1815);
  for (int i = 0; i < kInterviews; ++i) {
    Intake intake(Shipped().items.size());
    const int calm_percent = pathway::RandomCalmPercent(random);
    Ask(intake, [&](int item) {
      return RandomAnswer(Shipped().items[item], calm_percent, random);
    });
    ExpectSettled(intake, random, kCompletions);
    if (HasFatalFailure()) FAIL() << "interview " << i;
  }
}

TEST_F(ShippedInterviewTest, EndsForAPatientWhoAnswersNothing) {
  Intake intake(Shipped().items.size());
  Ask(intake, [](int) { return pathway::Closed(); });
  const Step step = StepOf(Shipped(), intake);
  EXPECT_EQ(step.decision.disposition, Disposition::kSameDay);
  EXPECT_FALSE(step.decision.final);
}

TEST_F(ShippedInterviewTest, EmergencyItemsComeFirstInQuestionnaireOrder) {
  const Interview interview =
      StepOf(Shipped(), Intake(Shipped().items.size())).interview;
  std::vector<int> emergencies;
  for (int i = 0; i < static_cast<int>(Shipped().items.size()); ++i) {
    if (Shipped().items[i].emergency) emergencies.push_back(i);
  }
  ASSERT_GE(interview.items.size(), emergencies.size());
  for (std::size_t i = 0; i < emergencies.size(); ++i) {
    EXPECT_EQ(interview.items[i].item, emergencies[i]);
    EXPECT_TRUE(interview.items[i].emergency);
  }
}

// The published vignettes, answered one question at a time: what a vignette
// leaves out, its patient does not answer. Who is asked about self-harm and
// does not answer is shown the crisis text, and who is not asked is not.
//
// The report (--gtest_output=xml) says how many questions each of them took;
// after how many the disposition was settled; and how many a form has that
// shows every item that is not ruled out.
TEST_F(ShippedInterviewTest, VignettesComeOutTheSameWhenAsked) {
  std::vector<int> questions;
  std::vector<int> until_settled;
  std::vector<int> of_forms;
  for (const pathway::v1::Case& one : read_->message.cases()) {
    if (!absl::StartsWith(one.case_id(), "VIG-")) continue;
    const CheckedAnswers all = CheckAnswers(Shipped(), one.answers());
    ASSERT_THAT(all.violations, IsEmpty()) << one.case_id();
    const Decision expected = Decide(Shipped(), all.intake, all.evaluation);

    of_forms.push_back(static_cast<int>(std::count_if(
        all.evaluation.enabled.begin(), all.evaluation.enabled.end(),
        [](Truth enabled) { return enabled != Truth::kFalse; })));
    Intake intake(Shipped().items.size());
    const Length length = Ask(intake, [&](int item) {
      const bool open = all.intake[item].state == SlotAnswer::State::kOpen;
      return open ? pathway::Closed() : all.intake[item];
    });
    questions.push_back(length.questions);
    until_settled.push_back(length.until_settled);
    const Step asked = StepOf(Shipped(), intake);
    EXPECT_EQ(asked.decision.disposition, expected.disposition)
        << one.case_id();
    const bool emergency = expected.disposition == Disposition::kEmergencyNow;
    EXPECT_TRUE(asked.interview.outcome_settled || emergency) << one.case_id();
    if (!asked.interview.outcome_settled) continue;
    EXPECT_EQ(asked.decision.flags, expected.flags) << one.case_id();
    std::vector<int> shown = asked.decision.shown;
    const int harm = Shipped().item_by_link_id.at("psy.self_harm");
    if (asked.evaluation.enabled[harm] == Truth::kUnknown) {
      shown.erase(std::remove(shown.begin(), shown.end(), CrisisText()),
                  shown.end());
    }
    EXPECT_EQ(shown, expected.shown) << one.case_id();
  }
  ASSERT_EQ(questions.size(), 40u);
  RecordProperty("questions", absl::StrJoin(questions, " "));
  RecordProperty("questions_until_settled", absl::StrJoin(until_settled, " "));
  RecordProperty("questions_of_forms", absl::StrJoin(of_forms, " "));
  for (std::size_t i = 0; i < questions.size(); ++i) {
    EXPECT_LE(questions[i], of_forms[i]);
  }
}

}  // namespace
}  // namespace plumbline::triage
