#include "content-service/gate/properties/texts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/common/pathway/example_pathway.h"

namespace plumbline::gate {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr char kToday[] = "2026-11-22";
constexpr char kHard[] =
    "Immediately communicate unanticipated neurological deterioration, "
    "including perineal hypoaesthesia, to an appropriately qualified "
    "musculoskeletal practitioner.";

// The example, all of whose records are simple and to be reviewed later.
pathway::v1::Pathway Message() {
  pathway::v1::Pathway message = pathway::ExampleMessage();
  for (auto& record : *message.mutable_guidance()) {
    record.set_review_by("2027-05-31");
    record.mutable_texts(0)->set_body("Rest for a day.");
  }
  return message;
}

std::vector<std::string> Told(const pathway::v1::Pathway& message) {
  std::vector<std::string> told;
  for (const Finding& finding : CheckTexts(message, kToday)) {
    EXPECT_TRUE(finding.failure);
    EXPECT_FALSE(finding.advice.empty());
    told.push_back(finding.elements.front() + " " + finding.message);
  }
  return told;
}

TEST(TextsTest, SimpleTextsPass) { EXPECT_THAT(Told(Message()), IsEmpty()); }

TEST(TextsTest, ARecordMayBeShownUpToTheDayOfItsReview) {
  pathway::v1::Pathway message = Message();
  message.mutable_guidance(0)->set_review_by(kToday);
  EXPECT_THAT(Told(message), IsEmpty());
  message.mutable_guidance(0)->set_review_by("2026-11-21");
  EXPECT_THAT(
      Told(message),
      ElementsAre("guidance/" + message.guidance(0).guidance_id() +
                  " was to be reviewed by 2026-11-21, and it is 2026-11-22"));
}

TEST(TextsTest, RefusesRecordsThatAreHardToRead) {
  pathway::v1::Pathway message = Message();
  message.mutable_guidance(0)->mutable_texts(0)->set_body(kHard);
  EXPECT_THAT(Told(message),
              ElementsAre("guidance/" + message.guidance(0).guidance_id() +
                          " its English text asks for 29.6 years of school; at "
                          "most 8"));
  // Clinicians can.
  message.mutable_guidance(0)->set_audience(pathway::v1::AUDIENCE_CLINICIAN);
  EXPECT_THAT(Told(message), IsEmpty());
}

TEST(TextsTest, OtherLanguagesAreNotGradedAsEnglish) {
  pathway::v1::Pathway message = Message();
  message.mutable_guidance(0)->mutable_texts(0)->set_body(kHard);
  message.mutable_guidance(0)->mutable_texts(0)->set_locale("de");
  EXPECT_THAT(Told(message), IsEmpty());
}

TEST(TextsTest, RefusesInstructionsQuestionsAndReasonsThatAreHardToRead) {
  pathway::v1::Pathway message = Message();
  message.mutable_dispositions(0)->set_instruction(kHard);
  for (auto& item : *message.mutable_items()) item.set_prompt(kHard);
  for (auto& rule : *message.mutable_rules()) rule.set_rationale(kHard);
  std::vector<std::string> elements;
  for (const Finding& finding : CheckTexts(message, kToday)) {
    elements.push_back(finding.elements.front());
  }
  EXPECT_THAT(
      elements,
      ElementsAre("dispositions/" + pathway::v1::Disposition_Name(
                                        message.dispositions(0).disposition()),
                  "items", "rules"));
  message.set_default_locale("de");
  EXPECT_THAT(Told(message), IsEmpty());
}

TEST(TextsTest, RefusesEvidenceOfWhichNothingIsSaid) {
  pathway::v1::Pathway message = Message();
  pathway::v1::Evidence& evidence = *message.add_evidence();
  evidence.set_evidence_id("E-2");
  evidence.set_source_id("paper");
  EXPECT_THAT(Told(message), ElementsAre("evidence/E-2 is cited by nothing"));
  evidence.set_not_shipped("C-1: it is not true.");
  EXPECT_THAT(Told(message), IsEmpty());
  message.mutable_guidance(0)->add_sources("E-2");
  EXPECT_THAT(Told(message),
              ElementsAre("evidence/E-2 is not to be shipped, and cited by "
                          "guidance/" +
                          message.guidance(0).guidance_id()));
}

TEST(TextsTest, RefusesTranslationsWithOtherNumbers) {
  pathway::v1::Pathway message = Message();
  message.add_locales("es");
  auto& text = *message.mutable_guidance(0)->add_texts();
  text = message.guidance(0).texts(0);
  text.set_locale("es");
  auto& spanish = *message.add_translations();
  spanish.set_locale("es");
  auto& title = *spanish.add_texts();
  title.set_key("title");
  title.set_text("Tobillo");
  EXPECT_THAT(Told(message), IsEmpty());
  message.mutable_guidance(0)->mutable_texts(0)->set_body("Rest for 2 days.");
  title.set_text("Los 2 tobillos");
  const std::string guidance = "guidance/" + message.guidance(0).guidance_id();
  EXPECT_THAT(
      Told(message),
      ElementsAre("title its text 'title' in locales/es.txtpb has the "
                  "numbers 2, and the original no numbers",
                  guidance + " its text '" + guidance + "' in " + guidance +
                      ".es.md has no numbers, and the original the "
                      "numbers 2"));
}

}  // namespace
}  // namespace plumbline::gate
