#include "common/pathway/encode_decision.h"

#include <gmock/gmock.h>
#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <memory>
#include <random>
#include <string>

#include "common/pathway/read_folder.h"
#include "common/pathway/texts.h"
#include "plumbline/pathway/v1/decision.pb.h"
#include "tests/common/pathway/example_instrument.h"
#include "tests/common/pathway/random_intake.h"
#include "tests/support/status_matchers.h"

namespace plumbline::pathway {
namespace {

using ::google::protobuf::TextFormat;
using ::plumbline::testing::IsOk;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::StartsWith;

std::string Encode(const CompiledPathway& pathway,
                   const CheckedAnswers& answers, DecisionView view,
                   const std::string& locale = "en") {
  const Decision decision = Decide(pathway, answers.intake, answers.evaluation);
  return EncodeDecision(pathway, answers.intake, answers.evaluation, decision,
                        locale, view);
}

v1::Decision Parse(const std::string& bytes) {
  v1::Decision message;
  EXPECT_TRUE(message.ParseFromString(bytes));
  return message;
}

std::string Reserialize(const v1::Decision& message) {
  std::string bytes;
  google::protobuf::io::StringOutputStream stream(&bytes);
  google::protobuf::io::CodedOutputStream coded(&stream);
  coded.SetSerializationDeterministic(true);
  EXPECT_TRUE(message.SerializeToCodedStream(&coded));
  coded.Trim();
  return bytes;
}

v1::Decision EncodeExample(const std::string& answers, DecisionView view,
                           const std::string& locale = "en") {
  const std::shared_ptr<const CompiledPathway> pathway = ExamplePathway();
  return Parse(Encode(*pathway, CheckText(*pathway, answers), view, locale));
}

void ExpectText(const v1::Decision& message, const std::string& text) {
  v1::Decision expected;
  ASSERT_TRUE(TextFormat::ParseFromString(text, &expected));
  EXPECT_EQ(message.DebugString(), expected.DebugString());
}

TEST(EncodeDecisionTest, BasicViewHasCodesAndIdsAndNoText) {
  ExpectText(EncodeExample(R"(answers { link_id: "em.bone" code: "yes" })",
                           DecisionView::kBasic),
             R"(
    decision_format: 3
    release_digest: ")" +
                 std::string(64, 'a') + R"("
    pathway_id: "ankle"
    locale: "en"
    view: DECISION_VIEW_BASIC
    disposition: DISPOSITION_EMERGENCY_NOW
    certainty: CERTAINTY_FINAL
    most_urgent_possible: DISPOSITION_EMERGENCY_NOW
    flags: "OPEN_BREAK"
    fired_rules {
      rule_id: "R-E01" disposition: DISPOSITION_EMERGENCY_NOW
      flag: "OPEN_BREAK"
      sources: "E-1" sources: "C-1" sources: "book" sources: "paper"
    }
    undecided_rules {
      rule_id: "R-E02" disposition: DISPOSITION_EMERGENCY_NOW
      flag: "COLD_FOOT"
      items { link_id: "em.cold" state: STATE_OPEN }
      items { link_id: "pain.now" state: STATE_OPEN }
    }
    undecided_rules {
      rule_id: "R-S01" disposition: DISPOSITION_SAME_DAY flag: "HARM"
      items { link_id: "pt.age" state: STATE_OPEN }
      items { link_id: "mood.interest" state: STATE_OPEN }
      items { link_id: "mood.low" state: STATE_OPEN }
      items { link_id: "psy.harm" state: STATE_OPEN }
    }
    undecided_rules {
      rule_id: "R-D01" disposition: DISPOSITION_WITHIN_DAYS flag: "SEVERE"
      items { link_id: "pain.now" state: STATE_OPEN }
      items { link_id: "pain.days" state: STATE_OPEN }
    }
    undecided_rules {
      rule_id: "R-R01" disposition: DISPOSITION_ROUTINE flag: "MOOD"
      items { link_id: "pt.age" state: STATE_OPEN }
      items { link_id: "mood.interest" state: STATE_OPEN }
      items { link_id: "mood.low" state: STATE_OPEN }
    }
    guidance {
      guidance_id: "go-now" revision: 2 kind: GUIDANCE_KIND_URGENT
      audience: AUDIENCE_PATIENT sources: "book"
    }
    guidance {
      guidance_id: "come-back" revision: 1 kind: GUIDANCE_KIND_SAFETY_NET
      audience: AUDIENCE_PATIENT sources: "book"
    }
    withheld_guidance {
      guidance_id: "crisis-line" reason: REASON_CONDITION_UNKNOWN
    }
    emergency_signs { sign_id: "bone" }
    emergency_signs { sign_id: "cold" }
  )");
}

TEST(EncodeDecisionTest, PolicyOfAnItemThatMayBeAskedIsAReason) {
  v1::Pathway message = ExampleMessage();
  ASSERT_EQ(message.rules(2).rule_id(), "R-S01");  // Reads psy.harm too.
  message.mutable_rules()->DeleteSubrange(2, 1);
  message.clear_cases();
  const std::shared_ptr<const CompiledPathway> pathway = CompileOrDie(message);
  const v1::Decision decision = Parse(Encode(*pathway, CheckText(*pathway, R"(
               answers { link_id: "em.bone" code: "no" }
               answers { link_id: "em.cold" boolean: false }
               answers { link_id: "pt.age" integer: 40 }
               answers { link_id: "pain.now" integer: 3 }
               answers { link_id: "mood.interest" integer: 1 }
               answers { link_id: "mood.low" no_value: NO_VALUE_DECLINED })"),
                                             DecisionView::kBasic));
  EXPECT_EQ(decision.certainty(), v1::CERTAINTY_PROVISIONAL);
  EXPECT_EQ(decision.most_urgent_possible(), v1::DISPOSITION_SAME_DAY);
  ASSERT_GE(decision.provisional_reasons_size(), 1);
  const v1::ProvisionalReason& reason =
      *decision.provisional_reasons().rbegin();
  EXPECT_EQ(reason.kind(), v1::ProvisionalReason::KIND_POLICY_POSSIBLE);
  EXPECT_EQ(reason.rule_id(), "");
  ASSERT_EQ(reason.items_size(), 2);
  EXPECT_EQ(reason.items(0).link_id(), "mood.low");
  EXPECT_EQ(reason.items(0).state(), v1::UnknownItem::STATE_CLOSED);
  EXPECT_EQ(reason.items(1).link_id(), "psy.harm");
  EXPECT_EQ(reason.items(1).state(), v1::UnknownItem::STATE_OPEN);
}

TEST(EncodeDecisionTest, FullViewHasTextsAndCitations) {
  const v1::Decision message = EncodeExample(
      R"(answers { link_id: "em.bone" code: "yes" })", DecisionView::kFull);
  EXPECT_EQ(message.view(), v1::DECISION_VIEW_FULL);
  EXPECT_EQ(message.fired_rules(0).rationale(),
            "Bone that shows is an emergency.");
  EXPECT_THAT(message.fired_rules(0).citations(),
              ElementsAre("A paper.", "A book."));
  EXPECT_EQ(message.guidance(0).title(), "Go now");
  EXPECT_EQ(message.guidance(0).body(), "Call for help.");
  EXPECT_EQ(message.emergency_signs(1).text(), "The foot is cold.");
  EXPECT_EQ(message.disposition_text().disposition(),
            v1::DISPOSITION_EMERGENCY_NOW);
  EXPECT_EQ(message.disposition_text().title(), "Emergency: go now");
  EXPECT_EQ(message.disposition_text().instruction(), "Go now.");
  EXPECT_THAT(message.untranslated(), IsEmpty());
}

TEST(EncodeDecisionTest, ReasonsOfProvisionalResultNameTheItemsAndTheirState) {
  const v1::Decision message = EncodeExample(
      R"(answers { link_id: "em.bone" code: "unsure" }
         answers { link_id: "em.cold" boolean: false }
         answers { link_id: "pain.now" no_value: NO_VALUE_DECLINED })",
      DecisionView::kFull);
  EXPECT_EQ(message.certainty(), v1::CERTAINTY_PROVISIONAL);
  ASSERT_EQ(message.provisional_reasons_size(), 4);
  EXPECT_EQ(message.provisional_reasons(0).ShortDebugString(),
            "kind: KIND_RULE_UNDECIDED rule_id: \"R-E01\" "
            "items { link_id: \"em.bone\" state: STATE_CLOSED }");
  EXPECT_EQ(message.provisional_reasons(1).ShortDebugString(),
            "kind: KIND_POLICY_RAISED "
            "items { link_id: \"em.bone\" state: STATE_CLOSED }");
  EXPECT_EQ(message.provisional_reasons(2).ShortDebugString(),
            "kind: KIND_POLICY_RAISED "
            "items { link_id: \"pain.now\" state: STATE_CLOSED }");
  EXPECT_EQ(message.provisional_reasons(3).ShortDebugString(),
            "kind: KIND_POLICY_RAISED rule_id: \"R-E01\" "
            "items { link_id: \"em.bone\" state: STATE_CLOSED }");
  EXPECT_EQ(message.applied_policies(0).ShortDebugString(),
            "at_least: DISPOSITION_SAME_DAY flag: \"SAFETY_UNKNOWN\" "
            "link_id: \"em.bone\" "
            "items { link_id: \"em.bone\" state: STATE_CLOSED } "
            "rationale: \"We could not rule out an open break.\"");
  EXPECT_EQ(message.applied_policies(1).link_id(), "pain.now");
  EXPECT_EQ(message.applied_policies(2).ShortDebugString(),
            "at_least: DISPOSITION_SAME_DAY flag: \"SAFETY_UNKNOWN\" "
            "rule_id: \"R-E01\" "
            "items { link_id: \"em.bone\" state: STATE_CLOSED }");
}

TEST(EncodeDecisionTest, ScoresAreIntervalsAndAbsentOnesAreLeftOut) {
  const v1::Decision partial = EncodeExample(
      R"(answers { link_id: "pt.age" integer: 40 }
         answers { link_id: "mood.interest" integer: 3 })",
      DecisionView::kFull);
  ASSERT_EQ(partial.scores_size(), 1);
  EXPECT_EQ(partial.scores(0).ShortDebugString(),
            "name: \"mood\" minimum: 3 maximum: 6 band: \"high\" "
            "title: \"Mood\" band_label: \"High\"");
  EXPECT_EQ(EncodeExample(R"(answers { link_id: "pt.age" integer: 5 })",
                          DecisionView::kFull)
                .scores_size(),
            0);
}

TEST(EncodeDecisionTest, ScoresOfInstrumentsNameItAndTheirEstimate) {
  v1::Pathway message = ExampleMessage();
  AddStairs(message);
  const auto pathway = CompileOrDie(message);
  const CheckedAnswers answers =
      CheckText(*pathway,
                R"(answers { link_id: "pt.age" integer: 40 }
                   answers { link_id: "mood.interest" integer: 2 })");
  EXPECT_EQ(Parse(Encode(*pathway, answers, DecisionView::kFull))
                .scores(1)
                .ShortDebugString(),
            "name: \"stairs\" minimum: 2 maximum: 5 title: \"Stairs\" "
            "instrument_id: \"stairs\" "
            "estimate { value: 4 unanswered: 1 band: \"many\" "
            "band_label: \"Many\" }");
  EXPECT_EQ(Parse(Encode(*pathway, answers, DecisionView::kBasic))
                .scores(1)
                .ShortDebugString(),
            "name: \"stairs\" minimum: 2 maximum: 5 "
            "instrument_id: \"stairs\" "
            "estimate { value: 4 unanswered: 1 band: \"many\" }");
}

TEST(EncodeDecisionTest, WithheldGuidanceNamesGatesReasonsAndSubstitutes) {
  const v1::Pathway message = ExampleMessage();
  const std::shared_ptr<const CompiledPathway> pathway = ExamplePathway();
  const CheckedAnswers answers =
      CheckAnswers(*pathway, message.cases(3).answers());
  const v1::Decision decision =
      Parse(Encode(*pathway, answers, DecisionView::kFull));
  ASSERT_EQ(decision.withheld_guidance_size(), 1);
  EXPECT_EQ(decision.withheld_guidance(0).ShortDebugString(),
            "guidance_id: \"ibuprofen\" reason: REASON_GATE "
            "gate_ids: \"pregnant\" gate_ids: \"one_nsaid\" "
            "substitute_guidance_ids: \"ask-pharmacist\" "
            "substitute_guidance_ids: \"one-only\" "
            "rationales: \"Ibuprofen may harm the baby.\" "
            "rationales: \"One is enough.\"");
}

// The compiler refuses a pathway whose translation has gaps, so this one is
// made after it.
TEST(EncodeDecisionTest, TextsThatTheLocaleLacksAreNamed) {
  CompiledPathway pathway = *ExamplePathway();
  v1::Pathway message = ExampleMessage();
  message.add_locales("es");
  v1::LocaleTexts* translation = message.add_translations();
  translation->set_locale("es");
  v1::LocaleText* text = translation->add_texts();
  text->set_key("rules/R-E01/rationale");
  text->set_text("Vaya ahora.");
  pathway.source = std::make_shared<const v1::Pathway>(message);
  const v1::Decision decision = Parse(Encode(
      pathway,
      CheckText(pathway, R"(answers { link_id: "em.bone" code: "yes" })"),
      DecisionView::kFull, "es"));
  EXPECT_EQ(decision.locale(), "es");
  EXPECT_EQ(decision.fired_rules(0).rationale(), "Vaya ahora.");
  EXPECT_EQ(decision.guidance(0).title(), "Go now");
  EXPECT_THAT(
      decision.untranslated(),
      ElementsAre("guidance/go-now", "guidance/come-back",
                  "emergency_signs/bone/text", "emergency_signs/cold/text",
                  "dispositions/DISPOSITION_EMERGENCY_NOW/title",
                  "dispositions/DISPOSITION_EMERGENCY_NOW/instruction"));
}

// Keys are made in two places; where they differ, a translated text would be
// taken for missing.
TEST(EncodeDecisionTest, TranslatedPathwayLeavesNothingUntranslated) {
  v1::Pathway message = ExampleMessage();
  message.add_locales("es");
  v1::LocaleTexts* translation = message.add_translations();
  translation->set_locale("es");
  for (const TranslatableText& text : TranslatableTexts(message)) {
    v1::LocaleText* translated = translation->add_texts();
    translated->set_key(text.key);
    translated->set_text("es: " + text.text);
  }
  for (v1::GuidanceRecord& record : *message.mutable_guidance()) {
    v1::GuidanceText* text = record.add_texts();
    *text = record.texts(0);
    text->set_locale("es");
  }
  const std::shared_ptr<const CompiledPathway> pathway = CompileOrDie(message);
  ASSERT_NE(pathway, nullptr);
  for (const v1::Case& one : message.cases()) {
    const CheckedAnswers answers = CheckAnswers(*pathway, one.answers());
    const v1::Decision decision =
        Parse(Encode(*pathway, answers, DecisionView::kFull, "es"));
    EXPECT_THAT(decision.untranslated(), IsEmpty()) << one.case_id();
    EXPECT_THAT(decision.disposition_text().title(), StartsWith("es: "));
  }
}

// Bytes, not messages: any other order, default or length shows.
void ExpectBytesOfProtobuf(const CompiledPathway& pathway, int intakes) {
  std::mt19937_64 random(20260);
  for (int i = 0; i < intakes; ++i) {
    const CheckedAnswers answers = RandomAnswers(pathway, random);
    for (const DecisionView view :
         {DecisionView::kBasic, DecisionView::kFull}) {
      const std::string bytes = Encode(pathway, answers, view);
      ASSERT_EQ(bytes, Reserialize(Parse(bytes))) << "intake " << i;
    }
  }
}

TEST(EncodeDecisionTest, BytesAreThoseOfDeterministicProtobuf) {
  ExpectBytesOfProtobuf(*ExamplePathway(), 500);
}

TEST(EncodeDecisionTest, BytesOfTheShippedPathwayAreThoseOfProtobuf) {
  const absl::StatusOr<SourceFiles> files =
      LoadSourceFiles("content-service/pathways/back-pain", 8 << 20);
  ASSERT_THAT(files, IsOk());
  const ReadResult read = ReadPathway(*files);
  ASSERT_THAT(read.faults, IsEmpty()) << ToString(read.faults);
  ExpectBytesOfProtobuf(*read.pathway, 200);
}

TEST(EncodeDecisionTest, EqualInputGivesEqualBytes) {
  const std::shared_ptr<const CompiledPathway> one = ExamplePathway();
  const std::shared_ptr<const CompiledPathway> other = ExamplePathway();
  std::mt19937_64 random(7);
  for (int i = 0; i < 50; ++i) {
    const CheckedAnswers answers = RandomAnswers(*one, random);
    EXPECT_EQ(Encode(*one, answers, DecisionView::kFull),
              Encode(*other, answers, DecisionView::kFull));
  }
}

TEST(ResolveLocaleTest, GivesTheLocaleItsLanguageOrTheDefault) {
  CompiledPathway pathway = *ExamplePathway();
  v1::Pathway message = ExampleMessage();
  message.add_locales("es");
  message.add_locales("pt-BR");
  pathway.source = std::make_shared<const v1::Pathway>(message);
  EXPECT_EQ(ResolveLocale(pathway, ""), "en");
  EXPECT_EQ(ResolveLocale(pathway, "en"), "en");
  EXPECT_EQ(ResolveLocale(pathway, "es"), "es");
  EXPECT_EQ(ResolveLocale(pathway, "es-MX"), "es");
  EXPECT_EQ(ResolveLocale(pathway, "ES-mx"), "es");
  EXPECT_EQ(ResolveLocale(pathway, "pt-br"), "pt-BR");
  EXPECT_EQ(ResolveLocale(pathway, "pt"), "en");
  EXPECT_EQ(ResolveLocale(pathway, "fr-CA"), "en");
  EXPECT_EQ(ResolveLocale(pathway, "-"), "en");
}

}  // namespace
}  // namespace plumbline::pathway
