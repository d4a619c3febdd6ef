#include "content-service/gate/properties/guidance.h"

#include "tests/content-service/gate/findings_text.h"

namespace plumbline::gate {
namespace {

using pathway::v1::Pathway;

class GuidanceTest : public PropertyTest {};

TEST_P(GuidanceTest, NamesWhatIsMissingAndWhatIsTooMuch) {
  ExpectFindings(CheckGuidance);
}

INSTANTIATE_TEST_SUITE_P(
    Example, GuidanceTest,
    testing::ValuesIn<PropertyCase>({
        {"AsItIs", [](Pathway&) {}, ""},
        {"NothingForADisposition",
         [](Pathway& m) {
           RecordOf(m, "come-back").mutable_dispositions()->RemoveLast();
           RecordOf(m, "go-now").set_show_when("pain.now >= 1");
           RuleOf(m, "R-E01").clear_guidance_ids();
         },
         "dispositions/EMERGENCY_NOW: with the result EMERGENCY_NOW no "
         "guidance is shown here\n"
         "  give EMERGENCY_NOW a record that is shown whatever else is "
         "answered\n"
         "  {em.bone:yes}\n"},
        {"NothingForPatients",
         [](Pathway& m) {
           RecordOf(m, "go-now").set_audience(pathway::v1::AUDIENCE_CLINICIAN);
           RecordOf(m, "come-back").mutable_dispositions()->RemoveLast();
         },
         "dispositions/EMERGENCY_NOW: with the result EMERGENCY_NOW no "
         "guidance is shown here\n"
         "  give EMERGENCY_NOW a record that is shown whatever else is "
         "answered\n"
         "  {em.bone:yes}\n"},
        {"NothingForSeveral",
         [](Pathway& m) { RecordOf(m, "come-back").set_show_when("em.cold"); },
         "dispositions/SELF_CARE: with the result SELF_CARE no guidance is "
         "shown here\n"
         "  give SELF_CARE a record that is shown whatever else is answered\n"
         "  {em.bone:no,em.cold:false,pain.now:0}\n"
         "dispositions/ROUTINE: with the result ROUTINE no guidance is shown "
         "here\n"
         "  give ROUTINE a record that is shown whatever else is answered\n"
         "  {em.bone:no,em.cold:false}\n"
         "dispositions/WITHIN_DAYS: with the result WITHIN_DAYS no guidance is "
         "shown here\n"
         "  give WITHIN_DAYS a record that is shown whatever else is answered\n"
         "  {em.bone:no,em.cold:false,pain.now:7,pain.days:7.5}\n"},
        {"Exclusion",
         [](Pathway& m) { RecordOf(m, "rest").add_excludes("ibuprofen"); },
         "guidance/rest, guidance/ibuprofen: is shown together with "
         "'ibuprofen', which it excludes\n"
         "  look at the conditions and gates of both\n"
         "  "
         "{em.bone:no,em.cold:false,pt.pregnant:no,med.taken:[none],pain.now:4,"
         "pain.days:0.0}\n"},
        {"ExclusionThatStandsInTheOther",
         [](Pathway& m) { RecordOf(m, "ibuprofen").add_excludes("rest"); },
         "guidance/ibuprofen, guidance/rest: is shown together with 'rest', "
         "which it excludes\n"
         "  look at the conditions and gates of both\n"
         "  "
         "{em.bone:no,em.cold:false,pt.pregnant:no,med.taken:[none],pain.now:4,"
         "pain.days:0.0}\n"},
        {"NoExclusionOfASubstitute",
         [](Pathway& m) { RecordOf(m, "ibuprofen").add_excludes("one-only"); },
         ""},
        {"NoExclusionAcrossDispositions",
         [](Pathway& m) { RecordOf(m, "go-now").add_excludes("call-us"); }, ""},
    }),
    NameOfRow);

}  // namespace
}  // namespace plumbline::gate
