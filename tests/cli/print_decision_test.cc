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
