#include "content-service/gate/properties/floors.h"

#include "tests/content-service/gate/findings_text.h"

namespace plumbline::gate {
namespace {

using pathway::v1::Pathway;

class FloorsTest : public PropertyTest {};

TEST_P(FloorsTest, NamesOptionsThatGiveLess) { ExpectFindings(CheckFloors); }

INSTANTIATE_TEST_SUITE_P(
    Example, FloorsTest,
    testing::ValuesIn<PropertyCase>({
        {"AsItIs", [](Pathway&) {}, ""},
        {"WithoutTheRule",
         [](Pathway& m) { RuleOf(m, "R-E01").set_when("em.cold"); },
         "items/em.bone: 'yes' gives SAME_DAY here, and must give at least "
         "EMERGENCY_NOW\n"
         "  a rule of EMERGENCY_NOW or more must read this option alone\n"
         "  {em.bone:yes}\n"},
        {"WhereAnotherAnswerMustHelp",
         [](Pathway& m) {
           RuleOf(m, "R-E01").set_when("em.bone == 'yes' && pain.now >= 1");
         },
         "items/em.bone: 'yes' gives SAME_DAY here, and must give at least "
         "EMERGENCY_NOW\n"
         "  a rule of EMERGENCY_NOW or more must read this option alone\n"
         "  {em.bone:yes}\n"},
        {"WhereTheRuleGivesLess",
         [](Pathway& m) {
           RuleOf(m, "R-S01").set_disposition(pathway::v1::DISPOSITION_ROUTINE);
         },
         "items/psy.harm: 'yes' gives ROUTINE here, and must give at least "
         "SAME_DAY\n"
         "  a rule of SAME_DAY or more must read this option alone\n"
         "  {em.bone:no,em.cold:false,psy.harm:yes}\n"},
        {"OfASet",
         [](Pathway& m) {
           ItemOf(m, "med.taken")
               .mutable_options(1)
               ->set_at_least(pathway::v1::DISPOSITION_ROUTINE);
           AddRule(m, "R-R01", "R-R02",
                   "'nsaid' in med.taken && !('opioid' in med.taken)");
         },
         "items/med.taken: 'nsaid' gives SELF_CARE here, and must give at "
         "least ROUTINE\n"
         "  a rule of ROUTINE or more must read this option alone\n"
         "  {em.bone:no,em.cold:false,med.taken:[nsaid,opioid],pain.now:0}\n"},
        {"UnlessMoreIsGiven",
         [](Pathway& m) {
           ItemOf(m, "em.bone")
               .mutable_options(1)
               ->set_at_least(pathway::v1::DISPOSITION_SAME_DAY);
         },
         ""},
        {"EvenWhereRulesGiveItTogether",
         [](Pathway& m) {
           RuleOf(m, "R-E01").set_when("em.bone == 'yes' && em.cold");
           AddRule(m, "R-E01", "R-E03", "em.bone == 'yes' && !em.cold");
         },
         "items/em.bone: 'yes' gives SAME_DAY here, and must give at least "
         "EMERGENCY_NOW\n"
         "  a rule of EMERGENCY_NOW or more must read this option alone\n"
         "  {em.bone:yes}\n"},
    }),
    NameOfRow);

}  // namespace
}  // namespace plumbline::gate
