#include "cli/print_decision.h"

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <sstream>
#include <string>

namespace plumbline::cli {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

triage::v1::Assessment AssessmentOf(const std::string& text) {
  triage::v1::Assessment assessment;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &assessment));
  return assessment;
}

// Texts for the ids of the decisions below.
PathwayTexts Texts() {
  pathway::v1::Pathway pathway;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(
      R"(
    dispositions { disposition: DISPOSITION_EMERGENCY_NOW title: "Go now" }
    items { link_id: "em.walk" prompt: "Can you walk?" }
    items { link_id: "em.chest" prompt: "Chest pain?" }
    items { link_id: "pt.age" prompt: "How old are you?" }
    items { link_id: "pain.recur" prompt: "Had it before?" }
    guidance { guidance_id: "nsaid" texts { title: "A pain pill" } }
    guidance { guidance_id: "ask" texts { title: "Ask first" } }
    sources { source_id: "blog" kind: SOURCE_KIND_ARTICLE citation: "A blog." }
    sources { source_id: "ng59" kind: SOURCE_KIND_GUIDELINE citation: "NG59." }
    )",
      &pathway));
  return PathwayTexts(pathway, "");
}

std::string Printed(const std::string& text,
                    const PathwayTexts& texts = Texts()) {
  std::ostringstream out;
  PrintAssessment(AssessmentOf(text), texts, out);
  return out.str();
}

// An intake of which two emergency questions, age and one more are not
// answered.
constexpr char kProvisional[] = R"(
  release_digest: "rr"
  decision_digest: "dd"
  decision {
    release_digest: "rr"
    disposition: DISPOSITION_SAME_DAY
    disposition_text { title: "Today" instruction: "Call." }
    certainty: CERTAINTY_PROVISIONAL
    most_urgent_possible: DISPOSITION_EMERGENCY_NOW
    provisional_reasons {
      kind: KIND_RULE_UNDECIDED
      rule_id: "R-1"
      items { link_id: "em.chest" state: STATE_OPEN }
      items { link_id: "pt.age" state: STATE_OPEN }
    }
    provisional_reasons {
      kind: KIND_POLICY_RAISED
      items { link_id: "em.walk" state: STATE_CLOSED }
    }
    provisional_reasons {
      kind: KIND_POLICY_RAISED
      items { link_id: "em.chest" state: STATE_OPEN }
    }
    flags: ["FEVER", "SAFETY_UNKNOWN", "INCOMPLETE"]
    fired_rules {
      rule_id: "R-7"
      disposition: DISPOSITION_ROUTINE
      flag: "FEVER"
      rationale: "A fever should be looked at."
      sources: ["blog", "ng59"]
      citations: ["A blog.", "NG59."]
    }
    undecided_rules {
      rule_id: "R-1"
      flag: "CHEST"
      disposition: DISPOSITION_EMERGENCY_NOW
      items { link_id: "em.chest" state: STATE_OPEN }
      items { link_id: "pt.age" state: STATE_OPEN }
    }
    undecided_rules {
      rule_id: "R-9"
      flag: "FREQUENT"
      disposition: DISPOSITION_ROUTINE
      items { link_id: "pain.recur" state: STATE_OPEN }
    }
    applied_policies {
      link_id: "em.walk"
      at_least: DISPOSITION_SAME_DAY
      flag: "SAFETY_UNKNOWN"
      rationale: "A safety question is open."
      items { link_id: "em.walk" state: STATE_CLOSED }
    }
    applied_policies {
      link_id: "em.chest"
      at_least: DISPOSITION_SAME_DAY
      flag: "SAFETY_UNKNOWN"
      rationale: "A safety question is open."
      items { link_id: "em.chest" state: STATE_OPEN }
    }
    applied_policies {
      link_id: "pt.age"
      at_least: DISPOSITION_ROUTINE
      flag: "INCOMPLETE"
      rationale: "Age is not known."
      items { link_id: "pt.age" state: STATE_OPEN }
    }
    applied_policies {
      rule_id: "R-1"
      at_least: DISPOSITION_SAME_DAY
      flag: "SAFETY_UNKNOWN"
      items { link_id: "em.chest" state: STATE_OPEN }
      items { link_id: "pt.age" state: STATE_OPEN }
    }
    guidance {
      guidance_id: "same-day"
      kind: GUIDANCE_KIND_URGENT
      audience: AUDIENCE_PATIENT
      title: "Call today"
      body: "Call."
      sources: ["blog", "ng59"]
    }
    withheld_guidance {
      guidance_id: "nsaid"
      reason: REASON_CONDITION_UNKNOWN
    }
    emergency_signs { sign_id: "walk" text: "You cannot walk." }
  })";

TEST(PrintAssessmentTest, SaysWhatAClinicianAsksInThatOrder) {
  EXPECT_EQ(Printed(kProvisional), R"(Today   [same_day, provisional]
Call.
Provisional: answers that are missing could make it as urgent as "Go now"
(emergency_now).

Not answered, and needed for a final result
  - Can you walk? (em.walk; asked, no usable answer)
  - Chest pain? (em.chest)
  - How old are you? (pt.age)

Why
  - A safety question is open.
    SAFETY_UNKNOWN (at least same_day)
  - 1 rule could not be decided for want of answers; see the end.
    SAFETY_UNKNOWN (at least same_day)

Also true; the result above is more urgent
  - A fever should be looked at.
    FEVER (R-7, routine)
    Sources: NG59; A blog
  - Age is not known.
    INCOMPLETE (at least routine)

Flags: FEVER, SAFETY_UNKNOWN, INCOMPLETE

Guidance to show
  Call today   [same-day, urgent, patient]
    Call.
    Sources: NG59; A blog

Kept back
  - A pain pill (nsaid): It is not known whether it is meant for this patient.

Emergency signs to watch for
  - You cannot walk.

Also not answered
  - Had it before? (pain.recur)

Rules not decided, for want of answers
  - CHEST (R-1, emergency_now): em.chest, pt.age
  - FREQUENT (R-9, routine): pain.recur

Content   rr
Decision  dd
Not medical advice. A clinician must approve the content before use.
)");
}

TEST(PrintAssessmentTest, SetsWhatIsForCliniciansApart) {
  EXPECT_THAT(
      Printed("decision { disposition: DISPOSITION_ROUTINE "
              "guidance { guidance_id: 'c' title: 'Mechanism' body: 'Fibres.' "
              "kind: GUIDANCE_KIND_INFORMATION audience: AUDIENCE_CLINICIAN } "
              "guidance { guidance_id: 'p' title: 'Rest' body: 'Rest.' "
              "kind: GUIDANCE_KIND_SELF_CARE audience: AUDIENCE_PATIENT } "
              "guidance { guidance_id: 'k' title: 'For parents' body: 'Ask.' "
              "kind: GUIDANCE_KIND_SELF_CARE audience: AUDIENCE_CAREGIVER } }"),
      HasSubstr("\nGuidance to show\n"
                "  Rest   [p, self_care, patient]\n    Rest.\n"
                "  For parents   [k, self_care, caregiver]\n    Ask.\n"
                "\nFor the clinician\n"
                "  Mechanism   [c, information, clinician]\n"
                "    Fibres.\n"));
}

TEST(PrintAssessmentTest, SaysThatAResultIsFinal) {
  EXPECT_THAT(
      Printed("decision { disposition: DISPOSITION_SAME_DAY "
              "certainty: CERTAINTY_FINAL "
              "most_urgent_possible: DISPOSITION_SAME_DAY "
              "undecided_rules { rule_id: 'R-9' flag: 'FREQUENT' "
              "disposition: DISPOSITION_ROUTINE "
              "items { link_id: 'pain.recur' state: STATE_OPEN } } }"),
      AllOf(StartsWith("same_day   [same_day, final]\n\n"
                       "Final: no answer that is missing could make it more "
                       "urgent.\n"),
            HasSubstr("\nNot answered\n  - Had it before? (pain.recur)\n")));
}

TEST(PrintAssessmentTest, SaysThatAResultRestsOnWhatIsMissing) {
  EXPECT_THAT(Printed("decision { disposition: DISPOSITION_EMERGENCY_NOW "
                      "certainty: CERTAINTY_PROVISIONAL "
                      "most_urgent_possible: DISPOSITION_EMERGENCY_NOW }"),
              HasSubstr("\nProvisional: it rests on answers that are "
                        "missing.\n"));
}

TEST(PrintAssessmentTest, OfOtherContentNamesIds) {
  EXPECT_THAT(Printed(kProvisional, PathwayTexts(pathway::v1::Pathway(), "")),
              AllOf(HasSubstr("as urgent as\nemergency_now.\n"),
                    HasSubstr("  - em.walk; asked, no usable answer\n"),
                    HasSubstr("Sources: A blog; NG59\n"),
                    HasSubstr("  - nsaid: It is not known")));
}

TEST(PrintAssessmentTest, SaysWhatIsKeptBackAndWhatInstead) {
  EXPECT_THAT(Printed("decision { withheld_guidance { guidance_id: 'nsaid' "
                      "reason: REASON_GATE rationales: 'You have an ulcer.' "
                      "substitute_guidance_ids: 'ask' } }"),
              HasSubstr("\nKept back\n  - A pain pill (nsaid): You have an "
                        "ulcer. Instead: Ask first (ask).\n"));
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
