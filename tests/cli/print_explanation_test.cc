#include "cli/print_explanation.h"

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <sstream>
#include <string>

#include "absl/strings/str_cat.h"

namespace plumbline::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// What every explanation below can name.
constexpr char kTexts[] = R"(
  items { link_id: "em.bone" prompt: "Do you see bone?"
          options { code: "no" text: "No" }
          options { code: "yes" text: "Yes, I do" } }
  items { link_id: "em.cold" prompt: "Is the foot cold?" }
  items { link_id: "pain.now" prompt: "How bad is it?" help: "0 to 10." }
  disposition_texts { disposition: DISPOSITION_SELF_CARE title: "At home" }
  disposition_texts { disposition: DISPOSITION_SAME_DAY title: "Today" }
  disposition_texts { disposition: DISPOSITION_EMERGENCY_NOW title: "Go" })";

constexpr char kAnswers[] = R"(
  answers { link_id: "em.bone" code: "yes" }
  answers { link_id: "em.cold" no_value: NO_VALUE_DECLINED })";

// Of what every explanation below cites.
constexpr char kForm[] = R"(
  sources { source_id: "blog" kind: SOURCE_KIND_ARTICLE citation: "A blog." }
  sources { source_id: "ng59" kind: SOURCE_KIND_GUIDELINE citation: "NG59." }
  evidence { evidence_id: "E-2" source_id: "blog" })";

std::string Printed(const std::string& explanation,
                    const std::string& answers = kAnswers) {
  pathway::v1::Pathway form;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(kForm, &form));
  triage::v1::ExplainAssessmentResponse message;
  triage::v1::InlineIntake intake;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(
      absl::StrCat(explanation, kTexts), &message));
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(answers, &intake));
  std::ostringstream out;
  PrintExplanation(message, intake.answers(), PathwayTexts(form, ""), out);
  return out.str();
}

TEST(PrintExplanationTest, SaysWhyInTheWordsOfTheQuestions) {
  EXPECT_EQ(Printed(R"(
      decision {
        release_digest: "dd"
        disposition: DISPOSITION_EMERGENCY_NOW certainty: CERTAINTY_FINAL
        most_urgent_possible: DISPOSITION_EMERGENCY_NOW flags: "OPEN_BREAK"
        fired_rules { rule_id: "R-E01" disposition: DISPOSITION_EMERGENCY_NOW }
        disposition_text { title: "Go" instruction: "Go now." } }
      reasons { rule_id: "R-E01" rationale: "Bone that shows."
                sufficient_answers { link_id: "em.bone" code: "yes" }
                sources: "E-1" citations: "A paper." citations: "A book." }
      release: "pathways/ankle/releases/1")"),
            R"(Go   [emergency_now, final]
Go now.
Final: no answer that is missing could make it more urgent.

Why
  - Bone that shows.
    Asks for: Go
    This answer is enough:
      Do you see bone?
        > Yes, I do
    Sources:
      - A paper.
      - A book.

Flags: OPEN_BREAK

Release   pathways/ankle/releases/1
Content   dd
Not medical advice. A clinician must approve the content before use.
)");
}

TEST(PrintExplanationTest, SaysWhatIsMissingAndWhetherItWasAsked) {
  EXPECT_THAT(Printed(R"(
      reasons { rationale: "Not cleared up." sources: "book"
        policy { link_id: "em.cold" at_least: DISPOSITION_SAME_DAY
                 items { link_id: "em.cold" state: STATE_CLOSED } } }
      reasons { rationale: "Bone that shows."
        policy { rule_id: "R-E01" at_least: DISPOSITION_SAME_DAY
                 items { link_id: "em.bone" state: STATE_OPEN } } }
      reasons { rationale: "Not cleared up." sources: "book"
        policy { link_id: "pain.now" at_least: DISPOSITION_SAME_DAY
                 items { link_id: "pain.now" state: STATE_OPEN } } })",
                      "answers { link_id: 'em.cold'"
                      "          no_value: NO_VALUE_DECLINED }"),
              HasSubstr(R"(
Because answers are missing
  - Not cleared up.
    At least: Today
    Waits for:
      Is the foot cold?
        > declined to answer
      How bad is it? 0 to 10.
        > not asked yet
    Source:
      - book
  - Not ruled out: R-E01
    At least: Today
    Waits for:
      Do you see bone?
        > not asked yet
)"));
}

// A policy that gives less than the rule: nobody else says that it would be
// more urgent.
TEST(PrintExplanationTest, SaysWhatARuleWithAPolicyWouldAskFor) {
  const std::string printed = Printed(R"(
      decision { disposition: DISPOSITION_SAME_DAY }
      reasons { rationale: "Bone that shows."
        policy { rule_id: "R-E01" at_least: DISPOSITION_SAME_DAY
                 items { link_id: "pain.now" } } }
      undecided { rule {
        rule_id: "R-E01" flag: "OPEN_BREAK"
        disposition: DISPOSITION_EMERGENCY_NOW
        items { link_id: "pain.now" } } })");
  EXPECT_THAT(printed, HasSubstr(R"(
Because answers are missing
  - Not ruled out: OPEN_BREAK
    At least: Today
    Would ask for: Go
    Waits for:
      How bad is it? 0 to 10.
        > not asked yet
)"));
  EXPECT_THAT(printed, Not(HasSubstr("Not decided, and more urgent")));
}

TEST(PrintExplanationTest, ShowsOfUndecidedRulesThoseThatAreMoreUrgent) {
  const std::string printed = Printed(R"(
      decision { disposition: DISPOSITION_SAME_DAY }
      reasons { rationale: "Bone that shows."
        policy { rule_id: "R-E01" at_least: DISPOSITION_SAME_DAY } }
      undecided { rationale: "Bone that shows." rule {
        rule_id: "R-E01" disposition: DISPOSITION_EMERGENCY_NOW } }
      undecided { rationale: "A cold foot." rule {
        rule_id: "R-E02" flag: "COLD_FOOT"
        disposition: DISPOSITION_EMERGENCY_NOW
        items { link_id: "em.cold" } } }
      undecided { rationale: "Low mood." rule {
        rule_id: "R-R01" disposition: DISPOSITION_ROUTINE } })");
  EXPECT_THAT(printed, HasSubstr(R"(
Not decided, and more urgent
  - Not ruled out: COLD_FOOT
    Would ask for: Go
    Waits for:
      Is the foot cold?
        > declined to answer

1 rule is not decided for want of answers, and would not make it more urgent.
)"));
  EXPECT_THAT(printed, Not(HasSubstr("Low mood.")));
  EXPECT_THAT(printed, Not(HasSubstr("A cold foot.")));
}

TEST(PrintExplanationTest, SaysWhatWouldGiveAnotherResult) {
  EXPECT_THAT(Printed(R"(
      counterfactuals {
        disposition: DISPOSITION_EMERGENCY_NOW not_found_within: 2 }
      counterfactuals {
        disposition: DISPOSITION_SAME_DAY
        changes { link_id: "em.bone" code: "no" }
        changes { link_id: "pain.now" integer: 5 }
        dropped_link_ids: "em.cold" cut_short: true
        certainty: CERTAINTY_PROVISIONAL }
      counterfactuals {
        disposition: DISPOSITION_SELF_CARE not_found_within: 1 cut_short: true }
      counterfactuals { disposition: DISPOSITION_SELF_CARE cut_short: true })"),
              HasSubstr(R"(
What would give another result
  - Go
    None within 2 changed answers.
  - Today
      Do you see bone?
        > No, instead of: Yes, I do
      How bad is it? 0 to 10.
        > 5, where there is no answer
      Is the foot cold?
        > would not be asked
    Provisional: it rests on answers that are missing.
    The search was cut short: as many answers may have a nearer way.
  - At home
    None within 1 changed answer. The search was cut short.
  - At home
    None was found. The search was cut short.
)"));
}

TEST(PrintExplanationTest, SaysThatFewerAnswersMightDo) {
  EXPECT_THAT(Printed("reasons { rule_id: 'R-1' cut_short: true"
                      "  sufficient_answers { link_id: 'em.bone' code: 'yes' }"
                      "  sufficient_answers { link_id: 'pain.now' } }"
                      "reasons { rule_id: 'R-2' }"),
              ::testing::AllOf(
                  HasSubstr("These answers are enough, and perhaps fewer would "
                            "be:\n"),
                  HasSubstr("    Whatever is answered.\n")));
}

constexpr char kNothingMore[] = "\nNothing that was answered asks for more.\n";

TEST(PrintExplanationTest, SaysThatNothingAsksForMore) {
  EXPECT_THAT(Printed("decision { certainty: CERTAINTY_FINAL }"),
              HasSubstr(kNothingMore));
}

// It is not known whether an item with a policy is asked.
TEST(PrintExplanationTest, SaysWhatElseAFinalResultWaitsFor) {
  const std::string printed = Printed(R"(
      decision {
        disposition: DISPOSITION_SELF_CARE certainty: CERTAINTY_PROVISIONAL
        most_urgent_possible: DISPOSITION_SAME_DAY
        provisional_reasons {
          kind: KIND_POLICY_POSSIBLE
          items { link_id: "em.cold" state: STATE_CLOSED }
          items { link_id: "pain.now" state: STATE_OPEN } } })");
  EXPECT_THAT(printed, HasSubstr(R"(
Needed for a final result
    Waits for:
      Is the foot cold?
        > declined to answer
      How bad is it? 0 to 10.
        > not asked yet
)"));
  EXPECT_THAT(printed, Not(HasSubstr(kNothingMore)));
}

// What was told before is not what a final result waits for.
TEST(PrintExplanationTest, SaysAlsoOnlyWhereAFinalResultWaitsForMore) {
  EXPECT_THAT(Printed(R"(
      decision {
        disposition: DISPOSITION_SAME_DAY certainty: CERTAINTY_PROVISIONAL
        provisional_reasons {
          kind: KIND_POLICY_POSSIBLE items { link_id: "pain.now" } } }
      reasons { rationale: "Not cleared up."
        policy { link_id: "em.cold" at_least: DISPOSITION_ROUTINE
                 items { link_id: "em.cold" } } })"),
              HasSubstr(R"(
    Waits for:
      Is the foot cold?
        > declined to answer

Needed for a final result
    Waits for:
      How bad is it? 0 to 10.
        > not asked yet
)"));
}

TEST(PrintExplanationTest, SaysOfWhatAFinalResultWaitsForEachOnce) {
  const std::string printed = Printed(R"(
      decision {
        disposition: DISPOSITION_SELF_CARE certainty: CERTAINTY_PROVISIONAL
        provisional_reasons {
          kind: KIND_RULE_UNDECIDED rule_id: "R-E02"
          items { link_id: "em.cold" } }
        provisional_reasons {
          kind: KIND_POLICY_POSSIBLE
          items { link_id: "em.cold" } items { link_id: "pain.now" } }
        provisional_reasons {
          kind: KIND_POLICY_POSSIBLE items { link_id: "pain.now" } } }
      undecided { rule {
        rule_id: "R-E02" flag: "COLD_FOOT"
        disposition: DISPOSITION_EMERGENCY_NOW
        items { link_id: "em.cold" } } })");
  EXPECT_THAT(printed, HasSubstr(R"(
Not decided, and more urgent
  - Not ruled out: COLD_FOOT
    Would ask for: Go
    Waits for:
      Is the foot cold?
        > declined to answer

Also needed for a final result
    Waits for:
      How bad is it? 0 to 10.
        > not asked yet

)"));
}

TEST(PrintExplanationTest, ListsTheStrongestSourceFirst) {
  EXPECT_THAT(Printed(R"(
      reasons { rule_id: "R-1" sources: "E-2" sources: "ng59"
                citations: "A blog." citations: "NG59." })"),
              HasSubstr("    Sources:\n"
                        "      - NG59.\n"
                        "      - A blog.\n"));
}

TEST(PrintExplanationTest, SaysHowUrgentItCouldStillBe) {
  EXPECT_THAT(Printed("decision { disposition: DISPOSITION_SAME_DAY "
                      "most_urgent_possible: DISPOSITION_EMERGENCY_NOW }"),
              HasSubstr("\nProvisional: answers that are missing could make "
                        "it as urgent as Go.\n"));
}

TEST(PrintExplanationTest, WarnsOfWithdrawnContent) {
  EXPECT_THAT(Printed("release_withdrawn: true"),
              HasSubstr("WITHDRAWN CONTENT: "));
}

}  // namespace
}  // namespace plumbline::cli
