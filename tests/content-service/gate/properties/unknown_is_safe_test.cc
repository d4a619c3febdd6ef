#include "content-service/gate/properties/unknown_is_safe.h"

#include "tests/common/pathway/faulty_pathway.h"
#include "tests/content-service/gate/findings_text.h"

namespace plumbline::gate {
namespace {

using pathway::v1::Item;
using pathway::v1::Pathway;
using pathway::v1::Rule;

class UnknownIsSafeTest : public PropertyTest {};

TEST_P(UnknownIsSafeTest, NamesItemsThatBlanksReassureOf) {
  ExpectFindings(CheckUnknownIsSafe);
}

// A rule that every answer makes true, and no blank.
constexpr char kAnyPain[] = "pain.now <= 5 || pain.now >= 6";
constexpr char kAnyAnswer[] =
    "has(pt.pregnant) && pt.pregnant in ['no', 'yes']";

// As if the rule were true.
void Escalate(Rule& rule) {
  auto& policy = *rule.mutable_on_unknown()->mutable_escalate();
  policy.set_at_least(rule.disposition());
  policy.set_flag("INCOMPLETE");
}

INSTANTIATE_TEST_SUITE_P(
    Example, UnknownIsSafeTest,
    testing::ValuesIn<PropertyCase>({
        {"AsItIs", [](Pathway&) {}, ""},
        {"RuleThatWaits",
         [](Pathway& m) { AddRule(m, "R-D01", "R-D02", kAnyAnswer); },
         "items/pt.pregnant: while it is unknown, ROUTINE is given here, and "
         "every answer to it gives more\n"
         "  give the item an 'if_unknown', or the rules that read it an "
         "'on_unknown', that gives as much as its least urgent answer\n"
         "  {em.bone:no,em.cold:false}\n"},
        {"RuleThatEscalates",
         [](Pathway& m) { Escalate(AddRule(m, "R-D01", "R-D02", kAnyAnswer)); },
         ""},
        {"PolicyOfAnItemThatIsTooWeak",
         [](Pathway& m) { AddRule(m, "R-D01", "R-D02", kAnyPain); },
         "items/pain.now: while it is unknown, ROUTINE is given here, and "
         "every answer to it gives more\n"
         "  give the item an 'if_unknown', or the rules that read it an "
         "'on_unknown', that gives as much as its least urgent answer\n"
         "  {em.bone:no,em.cold:false}\n"},
        // Every answer to the first asks for the second, of which every answer
        // gives more.
        {"WhatAnAnswerWouldAskFor",
         [](Pathway& m) {
           ItemOf(m, "pt.pregnant").set_enable_when("has(pain.now)");
           ItemOf(m, "pain.now").clear_if_unknown();
           m.clear_cases();
           AddRule(m, "R-D01", "R-D02", kAnyAnswer);
         },
         "items/pt.pregnant: while it is unknown, SELF_CARE is given here, and "
         "every answer to it gives more\n"
         "  give the item an 'if_unknown', or the rules that read it an "
         "'on_unknown', that gives as much as its least urgent answer\n"
         "  {em.bone:no,em.cold:false}\n"
         "items/pain.now: while it is unknown, SELF_CARE is given here, and "
         "every answer to it gives more\n"
         "  give the item an 'if_unknown', or the rules that read it an "
         "'on_unknown', that gives as much as its least urgent answer\n"
         "  {em.bone:no,em.cold:false}\n"},
        {"ItemOfWhichAnAnswerIsAnEmergency",
         [](Pathway& m) {
           ItemOf(m, "psy.harm")
               .mutable_options(1)
               ->set_at_least(pathway::v1::DISPOSITION_EMERGENCY_NOW);
           ItemOf(m, "psy.harm")
               .mutable_if_unknown()
               ->set_at_least(pathway::v1::DISPOSITION_WITHIN_DAYS);
         },
         "items/psy.harm: has an answer that is an emergency, is unknown here, "
         "and the result is WITHIN_DAYS\n"
         "  give it an 'if_unknown' of at least SAME_DAY\n"
         "  {em.bone:no,em.cold:false,mood.low:2}\n"},
        // What a value takes away is dropped, and gives no more.
        {"UnlessAValueTakesAQuestionAway",
         [](Pathway& m) {
           ItemOf(m, "pt.pregnant").set_enable_when("pain.now >= 5");
           Escalate(AddRule(m, "R-S01", "R-S02", kAnyAnswer));
         },
         ""},
        {"UnlessOneOfManyValuesGivesNoMore",
         [](Pathway& m) { AddRule(m, "R-D01", "R-D02", "pain.days != 1.5"); },
         ""},
    }),
    NameOfRow);

// Content without such a policy is not compiled.
TEST(UnknownIsSafeTest, NamesEmergencyItemsThatGiveLessThanSameDay) {
  pathway::CompiledPathway pathway = *pathway::ExamplePathway();
  pathway.items[pathway::kBone].if_unknown->at_least =
      pathway::Disposition::kWithinDays;
  pathway.items[pathway::kCold].if_unknown.reset();
  pathway.rules[0].on_unknown = {};
  pathway.rules[1].on_unknown = {};
  Proof proof(pathway, {}, WallClock());
  EXPECT_EQ(ToText(pathway, CheckUnknownIsSafe(proof)),
            "items/em.bone: is an emergency item, is unknown here, and the "
            "result is WITHIN_DAYS\n"
            "  give it an 'if_unknown' of at least SAME_DAY\n"
            "  {}\n"
            "items/em.cold: is an emergency item, is unknown here, and the "
            "result is WITHIN_DAYS\n"
            "  give it an 'if_unknown' of at least SAME_DAY\n"
            "  {}\n");
}

// Whatever the pain was then, the same now is the only answer that is safe.
TEST(UnknownIsSafeTest, GivesUpOnItemsWithTooManyValues) {
  Pathway message = pathway::ExampleMessage();
  Item& item = ItemOf(message, "pain.now");
  item.mutable_integer_range()->set_maximum(5000);
  item.clear_if_unknown();
  message.clear_cases();
  Item& other = *message.add_items();
  other = item;
  other.set_link_id("pain.then");
  AddRule(message, "R-D01", "R-D02", "pain.now != pain.then");
  const auto pathway = pathway::CompileOrDie(message);
  ASSERT_NE(pathway, nullptr);
  Proof proof(*pathway, {}, WallClock());
  try {
    CheckUnknownIsSafe(proof);
    FAIL() << "not so many values, after all";
  } catch (const TimedOut& error) {
    EXPECT_STREQ(error.what(),
                 "items/pain.now has too many values to be tried");
  }
}

}  // namespace
}  // namespace plumbline::gate
