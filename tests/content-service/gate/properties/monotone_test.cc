#include "content-service/gate/properties/monotone.h"

#include <vector>

#include "tests/content-service/gate/findings_text.h"

namespace plumbline::gate {
namespace {

using pathway::v1::Pathway;
using pathway::v1::Worse;

void Except(Pathway& message, const std::string& link_id,
            const std::vector<std::string>& rules) {
  auto& exception = *ItemOf(message, link_id).mutable_worse()->add_exceptions();
  exception.set_reason("A test.");
  for (const std::string& rule : rules) exception.add_rule_ids(rule);
}

class MonotoneTest : public PropertyTest {};

TEST_P(MonotoneTest, NamesItemsOfWhichTheOrderDoesNotHold) {
  ExpectFindings(CheckMonotone);
}

INSTANTIATE_TEST_SUITE_P(
    Example, MonotoneTest,
    testing::ValuesIn<PropertyCase>({
        {"AsItIs", [](Pathway&) {}, ""},
        {"Options",
         [](Pathway& m) {
           auto& chain = *ItemOf(m, "em.bone")
                              .mutable_worse()
                              ->mutable_options()
                              ->mutable_chains(0);
           chain.mutable_levels()->SwapElements(0, 1);
         },
         "items/em.bone: 'no', which is worse than 'yes', gives SELF_CARE, and "
         "'yes' gives EMERGENCY_NOW\n"
         "  look at the order of the item; at the rules that fire for the "
         "better answer alone (R-E01); or name those in an exception, with its "
         "reason\n"
         "  "
         "{em.bone:no,em.cold:false,pt.age:0,med.taken:[none],pain.now:0,pain."
         "days:0.0}\n"},
        {"DirectionDown",
         [](Pathway& m) {
           ItemOf(m, "pain.now")
               .mutable_worse()
               ->set_direction(Worse::DIRECTION_DOWN);
         },
         "items/pain.now: 6, which is worse than 10, gives SELF_CARE, and 10 "
         "gives WITHIN_DAYS\n"
         "  look at the order of the item; at the rules that fire for the "
         "better answer alone (R-D01); or name those in an exception, with its "
         "reason\n"
         "  "
         "{em.bone:no,em.cold:false,pt.age:0,med.taken:[none],pain.now:6,pain."
         "days:2.5}\n"},
        {"DirectionUpOfDecimals",
         [](Pathway& m) {
           m.mutable_definitions(0)->set_expression("pain.days <= 2.0");
         },
         "items/pain.days: 2.5, which is worse than 0, gives SELF_CARE, and "
         "0 gives WITHIN_DAYS\n"
         "  look at the order of the item; at the rules that fire for the "
         "better answer alone (R-D01); or name those in an exception, with its "
         "reason\n"
         "  "
         "{em.bone:no,em.cold:false,pt.age:0,med.taken:[none],pain.now:7,pain."
         "days:2.5}\n"},
        {"Sets",
         [](Pathway& m) {
           AddRule(m, "R-D01", "R-D02", "!('opioid' in med.taken)");
         },
         "items/med.taken: 'opioid', which is worse than 'none', gives "
         "SELF_CARE, and 'none' gives WITHIN_DAYS\n"
         "  look at the order of the item; at the rules that fire for the "
         "better answer alone (R-D02); or name those in an exception, with its "
         "reason\n"
         "  "
         "{em.bone:no,em.cold:false,pt.age:0,med.taken:[opioid],pain.now:0,"
         "pain.days:0.0}\n"},
        {"SetsOfWhichTheExclusiveOptionIsEmpty",
         [](Pathway& m) {
           AddRule(m, "R-D01", "R-D02", "'none' in med.taken");
         },
         "items/med.taken: 'opioid', which is worse than 'none', gives "
         "SELF_CARE, and 'none' gives WITHIN_DAYS\n"
         "  look at the order of the item; at the rules that fire for the "
         "better answer alone (R-D02); or name those in an exception, with its "
         "reason\n"
         "  "
         "{em.bone:no,em.cold:false,pt.age:0,med.taken:[opioid],pain.now:0,"
         "pain.days:0.0}\n"},
        {"Booleans",
         [](Pathway& m) {
           RuleOf(m, "R-E02").set_when("!em.cold && pain.now >= 5");
         },
         "items/em.cold: true, which is worse than false, gives SELF_CARE, and "
         "false gives EMERGENCY_NOW\n"
         "  look at the order of the item; at the rules that fire for the "
         "better answer alone (R-E02); or name those in an exception, with its "
         "reason\n"
         "  "
         "{em.bone:no,em.cold:true,pt.age:0,med.taken:[none],pain.now:5,pain."
         "days:0.0}\n"},
        // A worse answer that takes away the question which a rule reads.
        {"WhatIsNoLongerAsked",
         [](Pathway& m) {
           ItemOf(m, "psy.harm")
               .set_enable_when("has(score.mood) && score.mood <= 2");
         },
         "items/mood.interest: 3, which is worse than 0, gives ROUTINE, and "
         "0 gives SAME_DAY\n"
         "  look at the order of the item; at the rules that fire for the "
         "better answer alone (R-S01); or name those in an exception, with its "
         "reason\n"
         "  "
         "{em.bone:no,em.cold:false,pt.age:12,pt.pregnant:no,med.taken:[none],"
         "pain.now:0,pain.days:0.0,mood.interest:3,mood.low:0}\n"
         "items/mood.low: 3, which is worse than 0, gives ROUTINE, and 0 "
         "gives SAME_DAY\n"
         "  look at the order of the item; at the rules that fire for the "
         "better answer alone (R-S01); or name those in an exception, with its "
         "reason\n"
         "  "
         "{em.bone:no,em.cold:false,pt.age:12,pt.pregnant:no,med.taken:[none],"
         "pain.now:0,pain.days:0.0,mood.interest:0,mood.low:3}\n"},
        {"NothingWithoutAnOrder",
         [](Pathway& m) {
           AddRule(m, "R-D01", "R-D02", "pt.age >= 20 && pt.age <= 30");
         },
         ""},
        {"NothingThatAnExceptionNames",
         [](Pathway& m) {
           m.mutable_definitions(0)->set_expression("pain.days <= 2.0");
           Except(m, "pain.days", {"R-D01"});
         },
         ""},
        {"ExceptionsThatAreNotNeeded",
         [](Pathway& m) {
           m.mutable_definitions(0)->set_expression("pain.days <= 2.0");
           Except(m, "pain.days", {"R-D01", "R-R01"});
           Except(m, "em.cold", {"R-E02"});
         },
         "items/em.cold, rules/R-E02: an exception names R-E02, and a worse "
         "answer is never less urgent because of it\n"
         "  take the rule out of the exception\n"
         "items/pain.days, rules/R-R01: an exception names R-R01, and a worse "
         "answer is never less urgent because of it\n"
         "  take the rule out of the exception\n"},
        {"ExceptionsThatLeaveARuleOut",
         [](Pathway& m) {
           m.mutable_definitions(0)->set_expression("pain.days <= 2.0");
           AddRule(m, "R-S01", "R-S02", "pain.days <= 1.0");
           Except(m, "pain.days", {"R-D01"});
         },
         "items/pain.days: 1.5, which is worse than 0, gives SELF_CARE, and "
         "0 gives SAME_DAY, each without the rules of exceptions\n"
         "  look at the order of the item; at the rules that fire for the "
         "better answer alone (R-S02); or name those in an exception, with its "
         "reason\n"
         "  "
         "{em.bone:no,em.cold:false,pt.age:0,med.taken:[none],pain.now:0,pain."
         "days:1.5}\n"},
        // Where R-S02 covers what R-D02 does, the intake alone does not show
        // it: the rules of the exception are left out.
        {"WhatTheRulesOfAnExceptionHide",
         [](Pathway& m) {
           AddRule(m, "R-S01", "R-S02", "pain.days >= 1.0 && pain.now >= 1");
           AddRule(m, "R-S01", "R-S03", "pain.days < 1.0");
           AddRule(m, "R-D01", "R-D02", "pain.days < 3.0 && pain.now >= 1");
           Except(m, "pain.days", {"R-S02", "R-S03"});
         },
         "items/pain.days: 3, which is worse than 0, gives SELF_CARE, and 0 "
         "gives WITHIN_DAYS, each without the rules of exceptions\n"
         "  look at the order of the item; at the rules that fire for the "
         "better answer alone (R-D02); or name those in an exception, with its "
         "reason\n"
         "  "
         "{em.bone:no,em.cold:false,pt.age:0,med.taken:[none],pain.now:1,pain."
         "days:3.0}\n"
         "items/pain.days, rules/R-S02: an exception names R-S02, and a worse "
         "answer is never less urgent because of it\n"
         "  take the rule out of the exception\n"},
    }),
    NameOfRow);

}  // namespace
}  // namespace plumbline::gate
