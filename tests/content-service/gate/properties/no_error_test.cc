#include "content-service/gate/properties/no_error.h"

#include "tests/content-service/gate/findings_text.h"

namespace plumbline::gate {
namespace {

using pathway::v1::Pathway;

class NoErrorTest : public PropertyTest {};

TEST_P(NoErrorTest, NamesWhatReadsTheAbsent) { ExpectFindings(CheckNoError); }

INSTANTIATE_TEST_SUITE_P(
    Example, NoErrorTest,
    testing::ValuesIn<PropertyCase>({
        {"AsItIs", [](Pathway&) {}, ""},
        {"OfEnabling",
         [](Pathway& m) {
           ItemOf(m, "psy.harm")
               .set_enable_when("score.mood >= 2 || pain.now >= 5");
         },
         "items/psy.harm: reads an item that is not asked, and has no value "
         "then, though every question is answered\n"
         "  guard what it reads: has(ID) && …\n"
         "  "
         "{em.bone:no,em.cold:false,pt.age:0,med.taken:[none],pain.now:0,pain."
         "days:0.0}\n"
         "rules/R-S01: reads an item that is not asked, and has no value then, "
         "though every question is answered\n"
         "  guard what it reads: has(ID) && …\n"
         "  "
         "{em.bone:no,em.cold:false,pt.age:0,med.taken:[none],pain.now:0,pain."
         "days:0.0}\n"
         "guidance/crisis-line: reads an item that is not asked, and has no "
         "value then, though every question is answered\n"
         "  guard what it reads: has(ID) && …\n"
         "  "
         "{em.bone:no,em.cold:false,pt.age:0,med.taken:[none],pain.now:0,pain."
         "days:0.0}\n"},
        {"OfDefinition",
         [](Pathway& m) {
           m.mutable_definitions(0)->set_expression(
               "pain.days > 2.0 || mood.low >= 2");
         },
         "definitions/lasting: reads an item that is not asked, and has no "
         "value then, though every question is answered\n"
         "  guard what it reads: has(ID) && …\n"
         "  "
         "{em.bone:no,em.cold:false,pt.age:0,med.taken:[none],pain.now:0,pain."
         "days:0.0}\n"
         "rules/R-D01: reads an item that is not asked, and has no value then, "
         "though every question is answered\n"
         "  guard what it reads: has(ID) && …\n"
         "  "
         "{em.bone:no,em.cold:false,pt.age:0,med.taken:[none],pain.now:7,pain."
         "days:0.0}\n"},
        {"OfRule",
         [](Pathway& m) {
           RuleOf(m, "R-S01").set_when("psy.harm == 'yes' && em.cold");
         },
         "rules/R-S01: reads an item that is not asked, and has no value then, "
         "though every question is answered\n"
         "  guard what it reads: has(ID) && …\n"
         "  "
         "{em.bone:no,em.cold:true,pt.age:0,med.taken:[none],pain.now:0,pain."
         "days:0.0}\n"},
        {"OfGate",
         [](Pathway& m) {
           m.mutable_gates(0)->set_withhold_when(
               "pt.age >= 9 && pt.pregnant == 'yes'");
         },
         "gates/pregnant: reads an item that is not asked, and has no value "
         "then, though every question is answered\n"
         "  guard what it reads: has(ID) && …\n"
         "  "
         "{em.bone:no,em.cold:false,pt.age:9,med.taken:[none],pain.now:0,pain."
         "days:0.0}\n"},
        {"OfRecord",
         [](Pathway& m) {
           RecordOf(m, "crisis-line")
               .set_show_when("em.cold && psy.harm == 'yes'");
         },
         "guidance/crisis-line: reads an item that is not asked, and has no "
         "value then, though every question is answered\n"
         "  guard what it reads: has(ID) && …\n"
         "  "
         "{em.bone:no,em.cold:true,pt.age:0,med.taken:[none],pain.now:0,pain."
         "days:0.0}\n"},
        {"OfInvariant",
         [](Pathway& m) {
           m.mutable_invariants(0)->set_expression(
               "psy.harm != 'yes' || disposition_rank >= 4");
         },
         "invariants/bone_is_emergency: reads an item that is not asked, and "
         "has no value then, though every question is answered\n"
         "  guard what it reads: has(ID) && …\n"
         "  "
         "{em.bone:no,em.cold:false,pt.age:0,med.taken:[none],pain.now:0,pain."
         "days:0.0}\n"},
        {"UnlessTheOtherSideDecides",
         [](Pathway& m) {
           m.mutable_definitions(0)->set_expression(
               "pt.age < 12 || mood.low >= 2");
         },
         ""},
        {"OfANumber",
         [](Pathway& m) {
           m.mutable_definitions(0)->set_expression(
               "em.cold ? mood.low : pain.now");
           RuleOf(m, "R-D01").set_when("pain.now >= 7 && lasting > 3");
         },
         "definitions/lasting: reads an item that is not asked, and has no "
         "value then, though every question is answered\n"
         "  guard what it reads: has(ID) && …\n"
         "  "
         "{em.bone:no,em.cold:true,pt.age:0,med.taken:[none],pain.now:0,pain."
         "days:0.0}\n"
         "rules/R-D01: reads an item that is not asked, and has no value then, "
         "though every question is answered\n"
         "  guard what it reads: has(ID) && …\n"
         "  "
         "{em.bone:no,em.cold:true,pt.age:0,med.taken:[none],pain.now:7,pain."
         "days:0.0}\n"},
        {"OfEachOfThem",
         [](Pathway& m) {
           RuleOf(m, "R-S01").set_when("em.cold && psy.harm == 'yes'");
           RuleOf(m, "R-R01").set_when("em.cold && score.mood >= 3");
         },
         "rules/R-S01: reads an item that is not asked, and has no value then, "
         "though every question is answered\n"
         "  guard what it reads: has(ID) && …\n"
         "  "
         "{em.bone:no,em.cold:true,pt.age:0,med.taken:[none],pain.now:0,pain."
         "days:0.0}\n"
         "rules/R-R01: reads an item that is not asked, and has no value then, "
         "though every question is answered\n"
         "  guard what it reads: has(ID) && …\n"
         "  "
         "{em.bone:no,em.cold:true,pt.age:0,med.taken:[none],pain.now:0,pain."
         "days:0.0}\n"},
    }),
    NameOfRow);

}  // namespace
}  // namespace plumbline::gate
