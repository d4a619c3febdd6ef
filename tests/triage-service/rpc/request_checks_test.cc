#include "triage-service/rpc/request_checks.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace plumbline::triage {
namespace {

using pathway::Fault;
using pathway::Faults;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

const std::string kDigest(64, 'a');

TEST(RequestChecksTest, ReadsWhichReleaseDecides) {
  Faults faults;
  const ReleaseChoice choice =
      CheckReleaseChoice("pathways/back-pain", "candidate", kDigest, &faults);
  EXPECT_THAT(faults, IsEmpty());
  EXPECT_EQ(choice.pathway_id, "back-pain");
  EXPECT_EQ(choice.channel_id, "candidate");
  EXPECT_EQ(choice.pin, kDigest);
}

TEST(RequestChecksTest, NamesEveryFieldThatIsWrong) {
  Faults faults;
  CheckReleaseChoice("back-pain", "Stable", "abc", &faults);
  EXPECT_THAT(
      faults,
      ElementsAre(
          Fault{"pathway",
                "must be pathways/{pathway}, for example pathways/back-pain"},
          Fault{"channel",
                "must be a channel's id, [a-z]([a-z0-9-]{0,61}[a-z0-9])?, for "
                "example stable"},
          Fault{"release_digest",
                "must be 64 lower-case hexadecimal digits, or empty"}));
}

TEST(RequestChecksTest, APathwayIsRequired) {
  Faults faults;
  CheckReleaseChoice("", "", "", &faults);
  EXPECT_THAT(faults,
              ElementsAre(Fault{"pathway", "is required: pathways/{pathway}"}));
}

TEST(RequestChecksTest, APathwayIsOneSegment) {
  for (const char* pathway :
       {"pathways/", "pathways/a/b", "pathways/A", "pathways/a-"}) {
    Faults faults;
    CheckReleaseChoice(pathway, "", "", &faults);
    EXPECT_EQ(faults.size(), 1u) << pathway;
  }
}

TEST(RequestChecksTest, AChannelIsNamedAsInResourceNames) {
  for (const char* channel : {"1st", "-", "stable-"}) {
    Faults faults;
    CheckReleaseChoice("pathways/back-pain", channel, "", &faults);
    EXPECT_EQ(faults.size(), 1u) << channel;
  }
}

TEST(RequestChecksTest, LocalesAreTags) {
  Faults faults;
  CheckLocale("", &faults);
  CheckLocale("es", &faults);
  CheckLocale("zh-Hans-CN", &faults);
  CheckLocale(std::string(35, 'a'), &faults);
  EXPECT_THAT(faults, IsEmpty());
  CheckLocale("e s", &faults);
  CheckLocale(std::string(36, 'a'), &faults);
  const Fault fault{
      "locale",
      "must be a BCP 47 tag of at most 35 characters, for example "
      "es"};
  EXPECT_THAT(faults, ElementsAre(fault, fault));
}

TEST(RequestChecksTest, AnUnspecifiedViewIsBasic) {
  Faults faults;
  EXPECT_EQ(CheckView(pathway::v1::DECISION_VIEW_UNSPECIFIED, &faults),
            pathway::DecisionView::kBasic);
  EXPECT_EQ(CheckView(pathway::v1::DECISION_VIEW_BASIC, &faults),
            pathway::DecisionView::kBasic);
  EXPECT_EQ(CheckView(pathway::v1::DECISION_VIEW_FULL, &faults),
            pathway::DecisionView::kFull);
  EXPECT_THAT(faults, IsEmpty());
  CheckView(static_cast<pathway::v1::DecisionView>(9), &faults);
  EXPECT_THAT(faults, ElementsAre(Fault{"view",
                                        "must be DECISION_VIEW_BASIC or "
                                        "DECISION_VIEW_FULL"}));
}

TEST(RequestChecksTest, ThereMayBeAThousandAnswers) {
  pathway::AnswerMessages answers;
  for (int i = 0; i < kAnswersMax; ++i) answers.Add();
  Faults faults;
  CheckAnswerCount(answers, &faults);
  EXPECT_THAT(faults, IsEmpty());
  answers.Add();
  CheckAnswerCount(answers, &faults);
  EXPECT_THAT(faults,
              ElementsAre(Fault{"answers",
                                "has 1001 answers; at most 1000 are taken"}));
}

TEST(RequestChecksTest, SubjectsHaveAtMost128Bytes) {
  Faults faults;
  CheckSubject(std::string(128, 's'), &faults);
  EXPECT_THAT(faults, IsEmpty());
  CheckSubject(std::string(129, 's'), &faults);
  EXPECT_THAT(faults,
              ElementsAre(Fault{"subject", "must be at most 128 bytes"}));
}

TEST(RequestChecksTest, RequestIdsArePrintableAndShort) {
  Faults faults;
  CheckRequestId("", &faults);
  CheckRequestId("a~!9", &faults);
  CheckRequestId(std::string(128, 'r'), &faults);
  EXPECT_THAT(faults, IsEmpty());
  CheckRequestId("a b", &faults);
  CheckRequestId("\xc3\xa9", &faults);
  CheckRequestId(std::string(129, 'r'), &faults);
  const Fault fault{"request_id",
                    "must be 1 to 128 printable ASCII characters without "
                    "spaces, or empty"};
  EXPECT_THAT(faults, ElementsAre(fault, fault, fault));
}

TEST(RequestChecksTest, ACounterfactualHasAtMost4Changes) {
  Faults faults;
  EXPECT_EQ(CheckMaxChanges(0, &faults), 2);
  EXPECT_EQ(CheckMaxChanges(1, &faults), 1);
  EXPECT_EQ(CheckMaxChanges(4, &faults), 4);
  EXPECT_THAT(faults, IsEmpty());
  CheckMaxChanges(-1, &faults);
  CheckMaxChanges(5, &faults);
  const Fault fault{"max_changes", "must be from 1 to 4, or 0 for 2"};
  EXPECT_THAT(faults, ElementsAre(fault, fault));
}

TEST(RequestChecksTest, AssessmentsHaveTheNameOfTheirLog) {
  Faults faults;
  CheckAssessmentName("logs/a/assessments/1", &faults);
  EXPECT_THAT(faults, IsEmpty());
  for (const char* name :
       {"", "logs/a", "logs//assessments/1", "logs/a/assessments/",
        "logs/a/intakes/1", "logs/a/assessments/1/2"}) {
    faults.clear();
    CheckAssessmentName(name, &faults);
    EXPECT_THAT(faults,
                ElementsAre(Fault{
                    "name", "must be logs/{log}/assessments/{assessment}"}))
        << name;
  }
}

TEST(RequestChecksTest, FaultsOfAFieldStandBelowIt) {
  Faults faults = {{"locale", "is wrong"}};
  AddBelow("intake", {{"answers[2].code", "is wrong, too"}}, &faults);
  EXPECT_THAT(faults,
              ElementsAre(Fault{"locale", "is wrong"},
                          Fault{"intake.answers[2].code", "is wrong, too"}));
}

}  // namespace
}  // namespace plumbline::triage
