#include "common/pathway/compile_texts.h"

#include <gtest/gtest.h>

#include <string>

#include "common/pathway/texts.h"
#include "tests/common/pathway/faulty_pathway.h"

namespace plumbline::pathway {
namespace {

// Adds Spanish: every text, in English.
void Translate(v1::Pathway& message) { AddSpanish("", message); }

TEST(CompileTextsTest, AcceptsACompleteTranslation) {
  EXPECT_EQ(FaultsOf(Translate), "");
}

class CompileTextsFaultTest : public FaultTest {};

TEST_P(CompileTextsFaultTest, IsExplained) { ExpectExplained(); }

INSTANTIATE_TEST_SUITE_P(
    Header, CompileTextsFaultTest,
    testing::ValuesIn<FaultCase>({
        {"PathwayId", [](v1::Pathway& m) { m.set_pathway_id("Back Pain"); },
         "pathway_id: required: lower-case letters, digits and '-', a letter "
         "first, at most 63 characters"},
        {"Title", [](v1::Pathway& m) { m.set_title(" Ankle"); },
         "title: begins or ends with blanks; leave them out"},
        {"Description", [](v1::Pathway& m) { m.clear_description(); },
         "description: required"},
        {"NoEngine", [](v1::Pathway& m) { m.clear_engine_version_min(); },
         "engine_version_min: must be at least 1"},
        {"NewerEngine", [](v1::Pathway& m) { m.set_engine_version_min(9); },
         "engine_version_min: needs engine 9; this is engine 1"},
        {"MalformedLocale", [](v1::Pathway& m) { m.add_locales("english"); },
         "locales[1]: malformed; write a tag such as 'en' or 'es-MX'"},
        {"DoubledLocale", [](v1::Pathway& m) { m.add_locales("en"); },
         "locales[1]: 'en' is there already"},
    }),
    NameOfRow);

INSTANTIATE_TEST_SUITE_P(
    Sources, CompileTextsFaultTest,
    testing::ValuesIn<FaultCase>({
        {"Doubled", [](v1::Pathway& m) { *m.add_sources() = m.sources(0); },
         "sources[2].source_id: 'book' is there already; each is unique"},
        {"NoKind", [](v1::Pathway& m) { m.mutable_sources(1)->clear_kind(); },
         "sources[paper].kind: required: a kind, such as "
         "SOURCE_KIND_GUIDELINE"},
        {"NoCitation",
         [](v1::Pathway& m) { m.mutable_sources(1)->clear_citation(); },
         "sources[paper].citation: required"},
        {"LocalWithoutNote",
         [](v1::Pathway& m) { m.mutable_sources(0)->clear_note(); },
         "sources[book].note: required for a local source: why it is so"},
        {"FactWithoutSource",
         [](v1::Pathway& m) { m.mutable_evidence(0)->clear_source_id(); },
         "evidence[E-1].source_id: required for a fact: the source it was read "
         "in"},
        {"FactOfUnknownSource",
         [](v1::Pathway& m) { m.mutable_evidence(0)->set_source_id("papre"); },
         "evidence[E-1].source_id: no source 'papre'; did you mean 'paper'?"},
        {"SameIdTwice",
         [](v1::Pathway& m) {
           v1::Evidence& evidence = *m.add_evidence();
           evidence = m.evidence(0);
           evidence.set_evidence_id("book");
         },
         "evidence[book].evidence_id: is the id of a source already"},
    }),
    NameOfRow);

INSTANTIATE_TEST_SUITE_P(
    Results, CompileTextsFaultTest,
    testing::ValuesIn<FaultCase>({
        {"DispositionMissing",
         [](v1::Pathway& m) { m.mutable_dispositions()->DeleteSubrange(1, 1); },
         "dispositions: no words for ROUTINE"},
        {"DispositionDoubled",
         [](v1::Pathway& m) { *m.add_dispositions() = m.dispositions(0); },
         "dispositions[5].disposition: 'SELF_CARE' is there already"},
        {"NoInstruction",
         [](v1::Pathway& m) { m.mutable_dispositions(2)->clear_instruction(); },
         "dispositions[2].instruction: required"},
        {"NoSigns", [](v1::Pathway& m) { m.clear_emergency_signs(); },
         "emergency_signs: required: the signs of an emergency"},
        {"SignWithoutSource",
         [](v1::Pathway& m) { m.mutable_emergency_signs(0)->clear_sources(); },
         "emergency_signs[bone].sources: required: at least one evidence or "
         "source id"},
    }),
    NameOfRow);

INSTANTIATE_TEST_SUITE_P(
    Translations, CompileTextsFaultTest,
    testing::ValuesIn<FaultCase>({
        {"Missing",
         [](v1::Pathway& m) {
           Translate(m);
           m.clear_translations();
         },
         "translations: no translations for the locale 'es'"},
        {"MissingText",
         [](v1::Pathway& m) {
           Translate(m);
           m.mutable_translations(0)->mutable_texts()->DeleteSubrange(0, 1);
         },
         "translations[es].texts: no translation of 'title'"},
        {"UnknownKey",
         [](v1::Pathway& m) {
           Translate(m);
           v1::LocaleText& text = *m.mutable_translations(0)->add_texts();
           text.set_key("titel");
           text.set_text("Tobillo");
         },
         "translations[es].texts[50].key: no text 'titel'; did you mean "
         "'title'?"},
        {"DoubledKey",
         [](v1::Pathway& m) {
           Translate(m);
           *m.mutable_translations(0)->add_texts() = m.translations(0).texts(0);
         },
         "translations[es].texts[50].key: 'title' is there already"},
        {"EmptyText",
         [](v1::Pathway& m) {
           Translate(m);
           m.mutable_translations(0)->mutable_texts(0)->clear_text();
         },
         "translations[es].texts[title].text: required"},
        {"OfDefaultLocale",
         [](v1::Pathway& m) { m.add_translations()->set_locale("en"); },
         "translations[en].locale: is the default locale, whose texts stand in "
         "the pathway itself"},
        {"OfOtherLocale",
         [](v1::Pathway& m) { m.add_translations()->set_locale("fr"); },
         "translations[fr].locale: 'fr' is not a locale of the pathway; add it "
         "to 'locales'"},
    }),
    NameOfRow);

INSTANTIATE_TEST_SUITE_P(
    Cases, CompileTextsFaultTest,
    testing::ValuesIn<FaultCase>({
        {"Doubled",
         [](v1::Pathway& m) { m.mutable_cases(1)->set_case_id("ANK-1"); },
         "cases[1].case_id: 'ANK-1' is there already; each is unique"},
        {"NoNarrative",
         [](v1::Pathway& m) { m.mutable_cases(0)->clear_narrative(); },
         "cases[ANK-1].narrative: required"},
        {"NoDisposition",
         [](v1::Pathway& m) {
           m.mutable_cases(0)->clear_expected_disposition();
         },
         "cases[ANK-1].expected_disposition: required: a disposition, such as "
         "DISPOSITION_SAME_DAY"},
        {"UnknownFlag",
         [](v1::Pathway& m) { m.mutable_cases(0)->add_must_flag("OPEN"); },
         "cases[ANK-1].must_flag[1]: no flag 'OPEN'"},
        {"UnknownGuidance",
         [](v1::Pathway& m) { m.mutable_cases(0)->add_must_show("go-nov"); },
         "cases[ANK-1].must_show[1]: no guidance record 'go-nov'; did you mean "
         "'go-now'?"},
        {"UnknownGate",
         [](v1::Pathway& m) { m.mutable_cases(0)->add_must_gate("pregnan"); },
         "cases[ANK-1].must_gate[0]: no gate 'pregnan'; did you mean "
         "'pregnant'?"},
    }),
    NameOfRow);

}  // namespace
}  // namespace plumbline::pathway
