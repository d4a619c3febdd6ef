#include "common/pathway/compile_guidance.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/common/pathway/faulty_pathway.h"

namespace plumbline::pathway {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// Records of the example by number.
enum ExampleRecord { kGoNow, kCrisis, kCallUs, kRest, kIbuprofen, kPharmacist };

TEST(CompileGuidanceTest, GatesSelectRecordsByTag) {
  const auto pathway = ExamplePathway();
  EXPECT_THAT(pathway->guidance[kIbuprofen].gates, ElementsAre(0, 1));
  EXPECT_THAT(pathway->guidance[kRest].gates, IsEmpty());
  EXPECT_EQ(pathway->gates[0].substitute, kPharmacist);
}

TEST(CompileGuidanceTest, DispositionsAreBits) {
  EXPECT_EQ(ExamplePathway()->guidance[kRest].dispositions,
            1 << 1 | 1 << 2 | 1 << 3);
  EXPECT_EQ(ExamplePathway()->guidance[kRest].kind, GuidanceKind::kSelfCare);
}

class CompileGuidanceFaultTest : public FaultTest {};

TEST_P(CompileGuidanceFaultTest, IsExplained) { ExpectExplained(); }

v1::GuidanceRecord& Rest(v1::Pathway& message) {
  return *message.mutable_guidance(kRest);
}

INSTANTIATE_TEST_SUITE_P(
    Records, CompileGuidanceFaultTest,
    testing::ValuesIn<FaultCase>({
        {"Doubled", [](v1::Pathway& m) { *m.add_guidance() = m.guidance(7); },
         "guidance[8].guidance_id: 'come-back' is there already; each is "
         "unique"},
        {"NoRevision", [](v1::Pathway& m) { Rest(m).clear_revision(); },
         "guidance[rest].revision: must be at least 1"},
        {"NoKind", [](v1::Pathway& m) { Rest(m).clear_kind(); },
         "guidance[rest].kind: required: a kind, such as "
         "GUIDANCE_KIND_SELF_CARE"},
        {"NoAudience", [](v1::Pathway& m) { Rest(m).clear_audience(); },
         "guidance[rest].audience: required: an audience, such as "
         "AUDIENCE_PATIENT"},
        {"NoDispositions", [](v1::Pathway& m) { Rest(m).clear_dispositions(); },
         "guidance[rest].dispositions: required: at least one"},
        {"DoubledDisposition",
         [](v1::Pathway& m) {
           Rest(m).add_dispositions(v1::DISPOSITION_ROUTINE);
         },
         "guidance[rest].dispositions[3]: 'ROUTINE' is there already"},
        {"TooUrgentForSelfCare",
         [](v1::Pathway& m) {
           Rest(m).add_dispositions(v1::DISPOSITION_EMERGENCY_NOW);
         },
         "guidance[rest].dispositions[3]: a record of kind "
         "GUIDANCE_KIND_SELF_CARE is never shown at EMERGENCY_NOW"},
        {"MalformedRegion",
         [](v1::Pathway& m) { Rest(m).add_regions("Low back"); },
         "guidance[rest].regions[0]: malformed; write lower-case letters, "
         "digits and '_', a letter first, at most 63 characters"},
        {"MalformedTag", [](v1::Pathway& m) { Rest(m).add_tags("#heat"); },
         "guidance[rest].tags[0]: malformed; write lower-case letters, digits, "
         "'-' and '_', a letter first, at most 63 characters"},
        {"FaultyCondition",
         [](v1::Pathway& m) { Rest(m).set_show_when("pain.dayz > 1.0"); },
         "guidance[rest].show_when: no item 'pain.dayz'; did you mean "
         "'pain.days'?"},
        {"ExcludesUnknown",
         [](v1::Pathway& m) { Rest(m).add_excludes("go-no"); },
         "guidance[rest].excludes[0]: no guidance record 'go-no'; did you mean "
         "'go-now'?"},
        {"ExcludesItself", [](v1::Pathway& m) { Rest(m).add_excludes("rest"); },
         "guidance[rest].excludes[0]: a record cannot exclude itself"},
        {"ParameterWithoutUnit",
         [](v1::Pathway& m) {
           Rest(m).add_parameters()->set_name("session_minutes");
         },
         "guidance[rest].parameters[session_minutes].unit: required"},
        {"NoSources", [](v1::Pathway& m) { Rest(m).clear_sources(); },
         "guidance[rest].sources: required: at least one evidence or source "
         "id"},
        {"NoSuchDay",
         [](v1::Pathway& m) { Rest(m).set_review_by("2030-02-30"); },
         "guidance[rest].review_by: required: a day, such as 2027-05-31"},
        {"NoText", [](v1::Pathway& m) { Rest(m).clear_texts(); },
         "guidance[rest].texts: no text for the locale 'en'"},
        {"NoBody",
         [](v1::Pathway& m) { Rest(m).mutable_texts(0)->clear_body(); },
         "guidance[rest].texts[en].body: required"},
        {"BodyTooLong",
         [](v1::Pathway& m) {
           Rest(m).mutable_texts(0)->set_body(std::string(65537, 'a'));
         },
         "guidance[rest].texts[en].body: has 65537 bytes; at most 65536 are "
         "allowed"},
        {"BodyTooLongToBeParsed",
         [](v1::Pathway& m) {
           Rest(m).mutable_texts(0)->set_body(std::string(5 << 20, '['));
         },
         "guidance[rest].texts[en].body: has 5242880 bytes; at most 65536 are "
         "allowed"},
        {"BodyWithHtml",
         [](v1::Pathway& m) {
           Rest(m).mutable_texts(0)->set_body("Rest <script>x</script>");
         },
         "guidance[rest].texts[en].body: raw HTML is not shown; write it in "
         "Markdown, or '<' as '\\<'\n"
         "guidance[rest].texts[en].body: raw HTML is not shown; write it in "
         "Markdown, or '<' as '\\<'"},
        {"BodyWithControlCharacter",
         [](v1::Pathway& m) {
           Rest(m).mutable_texts(0)->set_body("Rest\x07.");
         },
         "guidance[rest].texts[en].body: control character 0x07; only line "
         "feeds and tabs belong in a text"},
        {"TextOfOtherLocale",
         [](v1::Pathway& m) {
           v1::GuidanceText& text = *Rest(m).add_texts();
           text = Rest(m).texts(0);
           text.set_locale("es");
         },
         "guidance[rest].texts[es].locale: 'es' is not a locale of the "
         "pathway; "
         "add it to 'locales' or leave the text out"},
        {"OutOfOrder", [](v1::Pathway& m) { Rest(m).set_order(9); },
         "guidance[ibuprofen]: stands after a record with a higher 'order'; "
         "sort by 'order', then by id"},
    }),
    NameOfRow);

INSTANTIATE_TEST_SUITE_P(
    Gates, CompileGuidanceFaultTest,
    testing::ValuesIn<FaultCase>({
        {"Doubled",
         [](v1::Pathway& m) {
           m.mutable_gates(1)->set_gate_id("pregnant");
           m.mutable_cases(3)->clear_must_gate();
         },
         "gates[1].gate_id: 'pregnant' is there already; each is unique"},
        {"NoCondition",
         [](v1::Pathway& m) { m.mutable_gates(1)->clear_withhold_when(); },
         "gates[one_nsaid].withhold_when: required: an expression"},
        {"NoTags", [](v1::Pathway& m) { m.mutable_gates(1)->clear_tags(); },
         "gates[one_nsaid].tags: required: at least one tag"},
        {"TagOfNothing",
         [](v1::Pathway& m) { m.mutable_gates(1)->add_tags("heat"); },
         "gates[one_nsaid].tags[1]: no guidance record has the tag 'heat'"},
        {"UnknownSubstitute",
         [](v1::Pathway& m) {
           m.mutable_gates(1)->set_substitute_guidance_id("one-onl");
         },
         "gates[one_nsaid].substitute_guidance_id: no guidance record "
         "'one-onl'; did you mean 'one-only'?"},
        {"GatedSubstitute",
         [](v1::Pathway& m) {
           m.mutable_gates(1)->set_substitute_guidance_id("ibuprofen");
         },
         "gates[one_nsaid].substitute_guidance_id: 'ibuprofen' is withheld by "
         "the gate 'pregnant'; name a record that no gate selects"},
        {"NoRationale",
         [](v1::Pathway& m) { m.mutable_gates(1)->clear_rationale(); },
         "gates[one_nsaid].rationale: required"},
    }),
    NameOfRow);

}  // namespace
}  // namespace plumbline::pathway
