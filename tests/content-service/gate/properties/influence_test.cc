#include "content-service/gate/properties/influence.h"

#include "tests/content-service/gate/findings_text.h"

namespace plumbline::gate {
namespace {

using pathway::v1::Band;
using pathway::v1::Pathway;

class InfluenceTest : public PropertyTest {};

TEST_P(InfluenceTest, NamesWhatMakesNoDifference) {
  ExpectFindings(CheckInfluence);
}

INSTANTIATE_TEST_SUITE_P(
    Example, InfluenceTest,
    testing::ValuesIn<PropertyCase>({
        {"AsItIs", [](Pathway&) {}, ""},
        {"ItemThatIsNeverAsked",
         [](Pathway& m) {
           ItemOf(m, "pt.pregnant")
               .set_enable_when("pt.age > 60 && pt.age < 10");
         },
         "items/pt.pregnant: is asked of nobody\n"
         "  look at its enable_when\n"
         "gates/pregnant: can never be true\n"
         "  look at its condition\n"},
        {"OptionThatNothingReads",
         [](Pathway& m) {
           m.mutable_gates(0)->set_withhold_when("pt.age < 12");
         },
         "items/pt.pregnant: 'yes' changes nothing\n"
         "  let a rule, a gate or guidance read it, or say in 'informational' "
         "why it is asked\n"},
        {"OptionOfASet",
         [](Pathway& m) {
           ItemOf(m, "med.taken").mutable_options(2)->clear_informational();
         },
         "items/med.taken: 'opioid' changes nothing\n"
         "  let a rule, a gate or guidance read it, or say in 'informational' "
         "why it is asked\n"},
        {"OptionThatIsInformationalAndRead",
         [](Pathway& m) {
           ItemOf(m, "med.taken")
               .mutable_options(1)
               ->set_informational("A test.");
         },
         "(listed) items/med.taken: 'nsaid' is declared informational, and "
         "changes results\n"
         "  take 'informational' away\n"},
        {"OptionsOfAnItemWithoutOrder",
         [](Pathway& m) {
           m.mutable_gates(0)->set_withhold_when("pt.age < 12");
           ItemOf(m, "pt.pregnant").mutable_worse()->set_unordered("A test.");
         },
         "items/pt.pregnant: 'no' changes nothing\n"
         "  let a rule, a gate or guidance read it, or say in 'informational' "
         "why it is asked\n"
         "items/pt.pregnant: 'yes' changes nothing\n"
         "  let a rule, a gate or guidance read it, or say in 'informational' "
         "why it is asked\n"},
        {"OptionThatOnlyEnables",
         [](Pathway& m) {
           m.mutable_gates(0)->set_withhold_when("pt.age < 12");
           ItemOf(m, "pain.days")
               .set_enable_when("!(has(pt.pregnant) && pt.pregnant == 'yes')");
           m.mutable_definitions(0)->set_expression(
               "has(pain.days) && pain.days > 2.0");
           RecordOf(m, "rest").set_show_when(
               "has(pain.days) && pain.days <= 7.0");
         },
         ""},
        {"OptionThatWasForgottenInTheChains",
         [](Pathway& m) {
           auto& option = *ItemOf(m, "em.bone").add_options();
           option.set_code("perhaps");
           option.set_text("Perhaps");
         },
         "items/em.bone: 'perhaps' changes nothing\n"
         "  let a rule, a gate or guidance read it, or say in 'informational' "
         "why it is asked\n"},
        {"BooleanThatNothingReads",
         [](Pathway& m) { RuleOf(m, "R-E02").set_when("pain.now >= 5"); },
         "items/em.cold: no answer to it changes anything\n"
         "  let a rule, a gate, guidance or a score read it, or do not ask it\n"
         "rules/R-D01: is true only where a more urgent rule is\n"
         "  it adds nothing to those above WITHIN_DAYS\n"},
        {"NumberThatNothingReads",
         [](Pathway& m) {
           m.mutable_definitions(0)->set_expression("pain.now >= 9");
           RecordOf(m, "rest").set_show_when("pain.now <= 7");
         },
         "items/pain.days: no answer to it changes anything\n"
         "  let a rule, a gate, guidance or a score read it, or do not ask "
         "it\n"},
        {"NoNumberThatAScoreCounts",
         [](Pathway& m) {
           RuleOf(m, "R-R01").set_when("em.cold && pain.now <= 3");
           ItemOf(m, "psy.harm").set_enable_when("pain.now >= 2");
         },
         ""},
        {"GateThatIsNeverTrue",
         [](Pathway& m) {
           m.mutable_gates(1)->set_withhold_when(
               "'nsaid' in med.taken && 'none' in med.taken");
           RuleOf(m, "R-D01")
               .set_when("pain.now >= 7 && (lasting || 'nsaid' in med.taken)");
         },
         "gates/one_nsaid: can never be true\n"
         "  look at its condition\n"},
        {"RuleThatIsNeverTrue",
         [](Pathway& m) {
           RuleOf(m, "R-D01").set_when("pain.now >= 7 && pain.now <= 6");
         },
         "rules/R-D01: can never be true\n"
         "  look at its condition\n"},
        {"RuleInTheShadowOfAMoreUrgentOne",
         [](Pathway& m) {
           RuleOf(m, "R-S01")
               .set_when(
                   "has(psy.harm) && psy.harm == 'yes' && em.bone == 'yes'");
         },
         "rules/R-S01: is true only where a more urgent rule is\n"
         "  it adds nothing to those above SAME_DAY\n"},
        {"RuleInTheShadowOfMoreUrgentOnesTogether",
         [](Pathway& m) {
           AddRule(m, "R-R01", "R-R02",
                   "em.bone == 'yes' || (em.cold && pain.now >= 6)");
         },
         "rules/R-R02: is true only where a more urgent rule is\n"
         "  it adds nothing to those above ROUTINE\n"},
        {"RuleBesideOneThatGivesAsMuch",
         [](Pathway& m) {
           AddRule(m, "R-D01", "R-D02", "pain.now >= 8 && lasting");
         },
         "(listed) rules/R-D02: is true only where another rule that gives as "
         "much is\n"
         "  perhaps one of them is enough\n"},
        {"BandThatNoValueHas",
         [](Pathway& m) {
           auto& score = *m.mutable_scores(0);
           score.set_method(pathway::v1::SCORE_METHOD_MEAN);
           score.mutable_bands(0)->set_maximum(1.6);
           score.mutable_bands(1)->set_minimum(1.9);
           score.mutable_bands(1)->set_maximum(3);
           Band& between = *score.add_bands();
           between = score.bands(1);
           between.set_code("between");
           between.set_minimum(1.6);
           between.set_maximum(1.9);
           RuleOf(m, "R-R01").set_when("has(score.mood) && score.mood >= 2.5");
           score.mutable_bands()->SwapElements(1, 2);
         },
         "scores/mood: no intake has the band 'between'\n"
         "  look at the range of the band\n"},
        {"RecordThatIsNeverShown",
         [](Pathway& m) {
           RecordOf(m, "rest").set_show_when("pain.days < 0.0");
           RuleOf(m, "R-R01").clear_guidance_ids();
         },
         "guidance/rest: is shown of no intake\n"
         "  look at what names it, its condition, its dispositions and its "
         "gates\n"},
        {"RecordThatItsDispositionsKeepBack",
         [](Pathway& m) {
           RecordOf(m, "go-now")
               .set_dispositions(0, pathway::v1::DISPOSITION_SAME_DAY);
         },
         "guidance/go-now: is shown of no intake\n"
         "  look at what names it, its condition, its dispositions and its "
         "gates\n"},
    }),
    NameOfRow);

}  // namespace
}  // namespace plumbline::gate
