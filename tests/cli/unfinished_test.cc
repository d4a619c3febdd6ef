#include "cli/unfinished.h"

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <string>

namespace plumbline::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

PathwayTexts Texts() {
  pathway::v1::Pathway pathway;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(
      R"(
    dispositions {
      disposition: DISPOSITION_EMERGENCY_NOW title: "Go now" instruction: "Go."
    }
    dispositions {
      disposition: DISPOSITION_SAME_DAY title: "Today" instruction: "Call."
    }
    dispositions { disposition: DISPOSITION_SELF_CARE title: "At home" }
    emergency_signs { sign_id: "walk" text: "You cannot walk." }
    emergency_signs { sign_id: "fever" text: "A fever." })",
      &pathway));
  return PathwayTexts(pathway, "");
}

constexpr auto kSelfCare = pathway::v1::DISPOSITION_SELF_CARE;
constexpr auto kSameDay = pathway::v1::DISPOSITION_SAME_DAY;
constexpr auto kEmergency = pathway::v1::DISPOSITION_EMERGENCY_NOW;

TEST(UnfinishedTextTest, WithoutAnswersIsNoResultAndTheSigns) {
  EXPECT_EQ(UnfinishedText(Texts(), 0, {.disposition = kSameDay}),
            "\nNO RESULT: the interview is not finished.\n"
            "\n"
            "Emergency signs to watch for\n"
            "  - You cannot walk.\n"
            "  - A fever.\n"
            "If one of them is true: Go.\n");
}

TEST(UnfinishedTextTest, SaysWhatTheAnswersGiveSoFar) {
  EXPECT_EQ(
      UnfinishedText(
          Texts(), 2,
          {.disposition = kSameDay, .most_urgent_possible = kEmergency}),
      "\nNO RESULT: the interview is not finished.\n"
      "Provisional, from what was asked so far: \"Today\" (same_day). Call.\n"
      "The questions that are left could make it as urgent as \"Go now\"\n"
      "(emergency_now).\n"
      "\n"
      "Emergency signs to watch for\n"
      "  - You cannot walk.\n"
      "  - A fever.\n"
      "If one of them is true: Go.\n");
}

TEST(UnfinishedTextTest, SaysThatItIsAnEmergencyAlready) {
  EXPECT_THAT(UnfinishedText(Texts(), 1,
                             {.disposition = kEmergency,
                              .most_urgent_possible = kEmergency,
                              .disposition_settled = true}),
              HasSubstr("\nThe answers so far are enough for: \"Go now\" "
                        "(emergency_now). Go.\n\n"));
}

TEST(UnfinishedTextTest, AnEmergencyThatAnswersCouldTakeBackIsProvisional) {
  EXPECT_THAT(UnfinishedText(Texts(), 1,
                             {.disposition = kEmergency,
                              .most_urgent_possible = kEmergency}),
              HasSubstr("\nProvisional, from what was asked so far: \"Go now\" "
                        "(emergency_now). Go.\n\n"));
}

TEST(UnfinishedTextTest, ReassuresNobody) {
  const std::string text = UnfinishedText(
      Texts(), 40,
      {.disposition = kSelfCare, .most_urgent_possible = kEmergency});
  EXPECT_THAT(text, Not(HasSubstr("At home")));
  EXPECT_THAT(text, Not(HasSubstr("Provisional")));
}

}  // namespace
}  // namespace plumbline::cli
