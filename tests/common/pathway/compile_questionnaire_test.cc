#include "common/pathway/compile_questionnaire.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/common/pathway/faulty_pathway.h"

namespace plumbline::pathway {
namespace {

TEST(CompileQuestionnaireTest, ItemsBecomeSlots) {
  const auto pathway = ExamplePathway();
  const Item& days = pathway->items[kDays];
  EXPECT_EQ(days.link_id, "pain.days");
  EXPECT_EQ(days.type, ItemType::kDecimal);
  EXPECT_EQ(days.scale, 2);
  EXPECT_EQ(days.minimum, 0);
  EXPECT_EQ(days.maximum, 200);
  const Item& taken = pathway->items[kTaken];
  EXPECT_EQ(taken.exclusive_mask, 1u);
  EXPECT_EQ(taken.options[1].code, "nsaid");
  const Item& bone = pathway->items[kBone];
  EXPECT_TRUE(bone.emergency);
  EXPECT_TRUE(bone.options[2].means_unknown);
  EXPECT_EQ(bone.options[1].at_least, Disposition::kEmergencyNow);
  EXPECT_EQ(bone.if_unknown->at_least, Disposition::kSameDay);
  EXPECT_EQ(pathway->flags[bone.if_unknown->flag], "SAFETY_UNKNOWN");
  EXPECT_EQ(pathway->item_by_link_id.at("pt.pregnant"), kPregnant);
}

class CompileQuestionnaireFaultTest : public FaultTest {};

TEST_P(CompileQuestionnaireFaultTest, IsExplained) { ExpectExplained(); }

INSTANTIATE_TEST_SUITE_P(
    Ids, CompileQuestionnaireFaultTest,
    testing::ValuesIn<FaultCase>({
        {"MissingLinkId",
         [](v1::Pathway& m) {
           m.mutable_items(kDays)->clear_link_id();
           m.clear_definitions();
           m.mutable_rules(3)->set_when("em.cold");
           m.mutable_guidance(3)->set_show_when("em.cold");
         },
         "items[6].link_id: required: two or more words joined by dots, such "
         "as 'em.bladder', each of lower-case letters, digits and '_'"},
        {"OneWord",
         [](v1::Pathway& m) {
           m.mutable_items(kTaken)->set_link_id("taken");
           m.mutable_gates(1)->set_withhold_when("em.cold");
         },
         "items[4].link_id: malformed; write two or more words joined by dots, "
         "such as 'em.bladder', each of lower-case letters, digits and '_'"},
        {"DoubledLinkId",
         [](v1::Pathway& m) { *m.add_items() = m.items(kCold); },
         "items[10].link_id: 'em.cold' is there already; each is unique"},
        {"Keyword",
         [](v1::Pathway& m) {
           m.mutable_items(kTaken)->set_link_id("med.in");
           m.mutable_gates(1)->set_withhold_when("em.cold");
         },
         "items[med.in].link_id: 'in' is a word of CEL; use another"},
        {"ReservedBeginning",
         [](v1::Pathway& m) {
           m.mutable_items(kTaken)->set_link_id("score.x");
           m.mutable_gates(1)->set_withhold_when("em.cold");
         },
         "items[score.x].link_id: 'score' means something else in expressions; "
         "begin with another word"},
        {"BeginningOfAnother",
         [](v1::Pathway& m) {
           m.mutable_items(kTaken)->set_link_id("em.bone.x");
           m.mutable_gates(1)->set_withhold_when("em.cold");
         },
         "items[em.bone.x].link_id: begins with 'em.bone', which is an item "
         "itself; give one of the two another name"},
        {"NoItems",
         [](v1::Pathway& m) {
           v1::Pathway empty = m;
           empty.clear_items();
           empty.clear_definitions();
           empty.clear_scores();
           empty.clear_gates();
           empty.clear_invariants();
           for (v1::Rule& rule : *empty.mutable_rules()) rule.set_when("true");
           for (v1::GuidanceRecord& record : *empty.mutable_guidance()) {
             record.clear_show_when();
           }
           empty.clear_cases();
           m = empty;
         },
         "items: required: at least one item"},
        {"UnknownGroup",
         [](v1::Pathway& m) { m.mutable_items(kAge)->set_group_id("mor"); },
         "items[pt.age].group_id: no group 'mor'; did you mean 'more'?"},
        {"NoGroup",
         [](v1::Pathway& m) { m.mutable_items(kAge)->clear_group_id(); },
         "items[pt.age].group_id: required: the section"},
        {"GroupWithoutTitle",
         [](v1::Pathway& m) { m.mutable_groups(1)->clear_title(); },
         "groups[more].title: required"},
        {"DoubledGroup", [](v1::Pathway& m) { *m.add_groups() = m.groups(0); },
         "groups[2].group_id: 'emergency' is there already; each is unique"},
        {"NoPrompt",
         [](v1::Pathway& m) { m.mutable_items(kAge)->clear_prompt(); },
         "items[pt.age].prompt: required"},
        {"TwoLines",
         [](v1::Pathway& m) { m.mutable_items(kAge)->set_help("a\nb"); },
         "items[pt.age].help: holds a line break or another control character; "
         "write one line"},
        {"NoType",
         [](v1::Pathway& m) { m.mutable_items(kTaken)->clear_type(); },
         "items[med.taken].type: required: a type, such as ITEM_TYPE_CHOICE"},
    }),
    NameOfRow);

INSTANTIATE_TEST_SUITE_P(
    Policies, CompileQuestionnaireFaultTest,
    testing::ValuesIn<FaultCase>({
        {"EmergencyWithoutPolicy",
         [](v1::Pathway& m) { m.mutable_items(kCold)->clear_if_unknown(); },
         "items[em.cold].if_unknown: an emergency item needs a policy of at "
         "least DISPOSITION_SAME_DAY for when it is not answered"},
        {"EmergencyWithWeakPolicy",
         [](v1::Pathway& m) {
           m.mutable_items(kCold)->mutable_if_unknown()->set_at_least(
               v1::DISPOSITION_ROUTINE);
         },
         "items[em.cold].if_unknown: an emergency item needs a policy of at "
         "least DISPOSITION_SAME_DAY for when it is not answered"},
        {"EmergencyWithCondition",
         [](v1::Pathway& m) {
           m.mutable_items(kCold)->set_enable_when("pt.age > 3");
           m.mutable_rules(1)->set_when("has(em.cold) && em.cold");
         },
         "items[em.cold].enable_when: an emergency item is always asked; leave "
         "this out, or take the mark 'emergency' away"},
        {"NoDisposition",
         [](v1::Pathway& m) {
           m.mutable_items(kHarm)->mutable_if_unknown()->clear_at_least();
         },
         "items[psy.harm].if_unknown.at_least: required: a disposition, such "
         "as "
         "DISPOSITION_SAME_DAY"},
        {"NoRationale",
         [](v1::Pathway& m) {
           m.mutable_items(kHarm)->mutable_if_unknown()->clear_rationale();
         },
         "items[psy.harm].if_unknown.rationale: required"},
        {"NoSources",
         [](v1::Pathway& m) {
           m.mutable_items(kHarm)->mutable_if_unknown()->clear_sources();
         },
         "items[psy.harm].if_unknown.sources: required: at least one evidence "
         "or source id"},
        {"UnknownGuidance",
         [](v1::Pathway& m) {
           m.mutable_items(kHarm)->mutable_if_unknown()->set_guidance_ids(
               0, "crisis-lin");
         },
         "items[psy.harm].if_unknown.guidance_ids[0]: no guidance record "
         "'crisis-lin'; did you mean 'crisis-line'?"},
        {"UnknownSource",
         [](v1::Pathway& m) { m.mutable_items(kAge)->set_sources(0, "bok"); },
         "items[pt.age].sources[0]: no source or evidence 'bok'; did you mean "
         "'book'?"},
    }),
    NameOfRow);

}  // namespace
}  // namespace plumbline::pathway
