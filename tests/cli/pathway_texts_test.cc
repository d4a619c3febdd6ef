#include "cli/pathway_texts.h"

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace plumbline::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

pathway::v1::Pathway Example() {
  pathway::v1::Pathway pathway;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(
      R"(
    default_locale: "en"
    locales: ["en", "es"]
    dispositions {
      disposition: DISPOSITION_SAME_DAY title: "Today" instruction: "Call."
    }
    emergency_signs { sign_id: "walk" text: "You cannot walk." }
    emergency_signs { sign_id: "fever" text: "A fever." }
    items { link_id: "em.walk" prompt: "Can you walk?" }
    items { link_id: "pt.age" prompt: "How old are you?" }
    guidance {
      guidance_id: "heat"
      texts { locale: "en" title: "Warmth" }
      texts { locale: "es" title: "Calor" }
    }
    sources { source_id: "ours" kind: SOURCE_KIND_LOCAL citation: "Ours." }
    sources { source_id: "blog" kind: SOURCE_KIND_ARTICLE citation: "A blog." }
    sources { source_id: "nhs" kind: SOURCE_KIND_ADVICE citation: "NHS." }
    sources { source_id: "bmj" kind: SOURCE_KIND_STUDY citation: "BMJ 2013." }
    sources { source_id: "ng59" kind: SOURCE_KIND_GUIDELINE citation: "NG59." }
    sources { source_id: "ng65" kind: SOURCE_KIND_GUIDELINE citation: "NG65." }
    evidence { evidence_id: "E-1" source_id: "blog" }
    evidence { evidence_id: "E-2" source_id: "blog" }
    evidence { evidence_id: "C-7" }
    translations {
      locale: "es"
      texts { key: "items/em.walk/prompt" text: "¿Camina?" }
      texts { key: "emergency_signs/walk/text" text: "No camina." }
      texts { key: "dispositions/DISPOSITION_SAME_DAY/title" text: "Hoy" }
      texts {
        key: "dispositions/DISPOSITION_SAME_DAY/instruction" text: "Llame."
      }
    })",
      &pathway));
  return pathway;
}

PathwayTexts::Ids Ids(const std::vector<std::string>& ids) {
  return PathwayTexts::Ids(ids.begin(), ids.end());
}

TEST(PathwayTextsTest, NameWhatIdsStandFor) {
  const PathwayTexts texts(Example(), "en");
  EXPECT_EQ(texts.Prompt("em.walk"), "Can you walk?");
  EXPECT_EQ(texts.GuidanceTitle("heat"), "Warmth (heat)");
  EXPECT_EQ(texts.DispositionTitle(pathway::v1::DISPOSITION_SAME_DAY),
            "\"Today\" (same_day)");
  EXPECT_EQ(texts.Instruction(pathway::v1::DISPOSITION_SAME_DAY), "Call.");
  EXPECT_THAT(texts.emergency_signs(),
              ElementsAre("You cannot walk.", "A fever."));
}

TEST(PathwayTextsTest, AreThoseOfTheLocaleWhereItHasThem) {
  const PathwayTexts texts(Example(), "es");
  EXPECT_EQ(texts.Prompt("em.walk"), "¿Camina?");
  EXPECT_EQ(texts.Prompt("pt.age"), "How old are you?");
  EXPECT_EQ(texts.GuidanceTitle("heat"), "Calor (heat)");
  EXPECT_EQ(texts.DispositionTitle(pathway::v1::DISPOSITION_SAME_DAY),
            "\"Hoy\" (same_day)");
  EXPECT_EQ(texts.Instruction(pathway::v1::DISPOSITION_SAME_DAY), "Llame.");
  EXPECT_THAT(texts.emergency_signs(), ElementsAre("No camina.", "A fever."));
  EXPECT_EQ(PathwayTexts(Example(), "fr").Prompt("em.walk"), "Can you walk?");
}

TEST(PathwayTextsTest, OfWhatIsNotKnownAreTheIds) {
  const PathwayTexts texts(pathway::v1::Pathway(), "en");
  EXPECT_EQ(texts.Prompt("em.walk"), "");
  EXPECT_EQ(texts.GuidanceTitle("heat"), "heat");
  EXPECT_EQ(texts.DispositionTitle(pathway::v1::DISPOSITION_SAME_DAY),
            "same_day");
  EXPECT_EQ(texts.Instruction(pathway::v1::DISPOSITION_SAME_DAY), "");
  EXPECT_THAT(texts.emergency_signs(), IsEmpty());
  EXPECT_EQ(texts.Sources(Ids({"nhs", "E-1"}), {}), "nhs; E-1");
}

TEST(PathwayTextsTest, PutItemsInTheOrderOfTheQuestionnaire) {
  const PathwayTexts texts(Example(), "en");
  EXPECT_LT(texts.PositionOf("em.walk"), texts.PositionOf("pt.age"));
  EXPECT_LT(texts.PositionOf("pt.age"), texts.PositionOf("no.item"));
}

TEST(PathwayTextsTest, NameTheStrongestSourceFirstAndEachOnce) {
  const PathwayTexts texts(Example(), "en");
  EXPECT_EQ(texts.Sources(Ids({"ours", "E-1", "C-7", "E-2", "blog", "nhs",
                               "bmj", "ng65", "ng59"}),
                          {}),
            "NG65; NG59; BMJ 2013; NHS; A blog; Ours; conflicts settled with "
            "caution (C-7)");
}

TEST(PathwayTextsTest, ListThoseSourcesWhole) {
  const PathwayTexts texts(Example(), "en");
  EXPECT_THAT(
      texts.StrongestFirst(Ids({"E-1", "C-7", "ng59"}), {}),
      ElementsAre("NG59.", "A blog.", "conflicts settled with caution (C-7)"));
}

TEST(PathwayTextsTest, NameSourcesWithWhichNoCitationsCome) {
  EXPECT_EQ(PathwayTexts(Example(), "en").SourcesByName(Ids({"E-1", "ng59"})),
            "NG59; A blog");
}

// There, "ng65" may be another source, and "C-7" no conflict.
TEST(PathwayTextsTest, OfOtherContentOnlySortTheCitations) {
  const PathwayTexts texts(Example(), "en", PathwayTexts::Content::kOther);
  EXPECT_THAT(texts.StrongestFirst(Ids({"E-1", "C-7", "ng65"}),
                                   Ids({"New.", "A blog.", "NG59."})),
              ElementsAre("NG59.", "A blog.", "New."));
  EXPECT_EQ(texts.Sources(Ids({"ng65", "C-7"}), {}), "ng65; C-7");
  EXPECT_EQ(texts.SourcesByName(Ids({"ng65", "C-7"})),
            "NG65; conflicts settled with caution (C-7)");
}

// The citations of a fired rule come with the decision.
TEST(PathwayTextsTest, TakeCitationsThatAreKnownAlready) {
  const PathwayTexts texts(Example(), "en");
  EXPECT_EQ(texts.Sources(Ids({"E-1", "new", "ng59"}),
                          Ids({"A blog.", "New.", "NG59."})),
            "NG59; A blog; New");
}

}  // namespace
}  // namespace plumbline::cli
