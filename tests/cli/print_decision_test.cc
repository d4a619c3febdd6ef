#include "cli/print_decision.h"

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <sstream>
#include <string>

namespace plumbline::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

triage::v1::Assessment AssessmentOf(const std::string& text) {
  triage::v1::Assessment assessment;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &assessment));
  return assessment;
}

std::string Printed(const std::string& text) {
  std::ostringstream out;
  PrintAssessment(AssessmentOf(text), out);
  return out.str();
}

TEST(PrintAssessmentTest, BeginsWithHowSoon) {
  EXPECT_THAT(
      Printed("decision { disposition: DISPOSITION_SAME_DAY "
              "certainty: CERTAINTY_PROVISIONAL "
              "most_urgent_possible: DISPOSITION_EMERGENCY_NOW "
              "disposition_text { title: 'Today' instruction: 'Call.' } }"),
      StartsWith("TODAY   [same_day, provisional]\nCall.\n"
                 "Could still be as urgent as emergency_now.\n"));
}

TEST(PrintAssessmentTest, SaysWhatIsKeptBackAndWhatInstead) {
  EXPECT_THAT(Printed("decision { withheld_guidance { guidance_id: 'nsaid' "
                      "reason: REASON_GATE rationales: 'You have an ulcer.' "
                      "substitute_guidance_ids: 'ask-pharmacist' } }"),
              HasSubstr("\nKept back\n  - nsaid: You have an ulcer. Instead: "
                        "ask-pharmacist.\n"));
}

TEST(PrintAssessmentTest, NamesWhatIsNotAnswered) {
  EXPECT_THAT(
      Printed("decision { undecided_rules { rule_id: 'R-1' flag: 'CHEST' "
              "disposition: DISPOSITION_EMERGENCY_NOW "
              "items { link_id: 'em.chest' state: STATE_CLOSED } "
              "items { link_id: 'pt.age' state: STATE_OPEN } } }"),
      HasSubstr("CHEST (emergency_now): em.chest (no answer), pt.age\n"));
}

TEST(PrintAssessmentTest, SaysWhichScoresAreNotWhatTheySeem) {
  EXPECT_THAT(
      Printed("decision {"
              " scores { name: 'mood' title: 'Mood' minimum: 2 maximum: 2"
              "  complete: true }"
              " scores { name: 'phq9' title: 'PHQ-9' minimum: 8 maximum: 14"
              "  instrument_id: 'phq-9'"
              "  estimate { value: 10.5 unanswered: 2 band_label: 'Fair' } }"
              " scores { name: 'odi' title: 'ODI' minimum: 32 maximum: 42"
              "  band_label: 'Fair' validated: true instrument_id: 'odi'"
              "  estimate { value: 35.5 unanswered: 1 } } }"),
      HasSubstr("\nScores\n"
                "  - Mood: 2 (local, not validated)\n"
                "  - PHQ-9: 8 to 14, not all answered; estimated 10.5, Fair "
                "(not validated in\n    this wording)\n"
                "  - ODI: 32 to 42, not all answered, Fair; estimated 35.5\n"));
}

TEST(AssessmentLineTest, KeepsOtherKeysInFront) {
  EXPECT_EQ(
      AssessmentLine(
          AssessmentOf("decision_digest: 'dd' decision { "
                       "disposition: DISPOSITION_ROUTINE "
                       "certainty: CERTAINTY_FINAL "
                       "most_urgent_possible: DISPOSITION_ROUTINE "
                       "flags: 'MOOD' guidance { guidance_id: 'heat' } "
                       "release_digest: 'rr' }"),
          {{"id", "\"a\""}, {"n", "7"}}),
      "{\"id\":\"a\",\"n\":7,\"disposition\":\"routine\",\"certainty\":"
      "\"final\",\"most_urgent_possible\":\"routine\",\"flags\":[\"MOOD\"],"
      "\"guidance\":[\"heat\"],\"release_digest\":\"rr\",\"decision_digest\":"
      "\"dd\"}\n");
}

TEST(PrintAssessmentTest, SaysThatTheReleaseIsWithdrawn) {
  EXPECT_THAT(Printed("release_withdrawn: true decision {}"),
              HasSubstr("WITHDRAWN CONTENT: the release that decided is "
                        "withdrawn, and was used because\nthere is nothing "
                        "else. Call a person.\n"));
  EXPECT_THAT(Printed("decision {}"), Not(HasSubstr("WITHDRAWN")));
}

TEST(PrintAssessmentTest, SaysHowStaleTheContentIs) {
  EXPECT_THAT(Printed("content_age { seconds: 5400 } decision {}"),
              HasSubstr("The content may have been replaced: the replica last "
                        "knew that it was the\nnewest 1h30m ago.\n"));
  EXPECT_THAT(Printed("decision {}"), Not(HasSubstr("replaced")));
}

}  // namespace
}  // namespace plumbline::cli
