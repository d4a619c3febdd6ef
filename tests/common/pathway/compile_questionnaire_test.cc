#include "common/pathway/compile_questionnaire.h"

#include <gtest/gtest.h>

#include <limits>
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

TEST(CompileQuestionnaireTest, ChoicesHaveUpTo64Options) {
  const auto with_options = [](int count) {
    return [count](v1::Pathway& message) {
      v1::Item& item = *message.mutable_items(kTaken);
      while (item.options_size() < count) {
        v1::Option& option = *item.add_options();
        option.set_code(absl::StrCat("o", item.options_size()));
        option.set_text("Another");
      }
    };
  };
  EXPECT_EQ(FaultsOf(with_options(64)), "");
  EXPECT_EQ(FaultsOf(with_options(65)),
            "items[med.taken].options: there are 65; at most 64 are allowed\n");
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
    Options, CompileQuestionnaireFaultTest,
    testing::ValuesIn<FaultCase>({
        {"Doubled",
         [](v1::Pathway& m) {
           m.mutable_items(kTaken)->mutable_options(2)->set_code("nsaid");
         },
         "items[med.taken].options[2].code: 'nsaid' is there already; each is "
         "unique"},
        {"Malformed",
         [](v1::Pathway& m) {
           m.mutable_items(kTaken)->mutable_options(2)->set_code("Opioid");
         },
         "items[med.taken].options[2].code: malformed; write lower-case "
         "letters, digits and '_', a letter first, at most 63 characters"},
        {"Alone",
         [](v1::Pathway& m) {
           m.mutable_items(kTaken)->mutable_options()->DeleteSubrange(0, 1);
           m.mutable_items(kTaken)->mutable_options()->DeleteSubrange(1, 1);
         },
         "items[med.taken].options: there is 1; write at least 2"},
        {"Missing",
         [](v1::Pathway& m) { m.mutable_items(kTaken)->clear_options(); },
         "items[med.taken].options: required for choice and multi-choice "
         "items"},
        {"OnInteger",
         [](v1::Pathway& m) {
           *m.mutable_items(kAge)->add_options() = m.items(kBone).options(0);
         },
         "items[pt.age].options: only choice and multi-choice items have this; "
         "this item is integer"},
        {"ExclusiveOnChoice",
         [](v1::Pathway& m) {
           m.mutable_items(kPregnant)->mutable_options(0)->set_exclusive(true);
         },
         "items[pt.pregnant].options[no].exclusive: only options of "
         "multi-choice items stand alone; the options of a choice item always "
         "do"},
        {"UnknownInSet",
         [](v1::Pathway& m) {
           m.mutable_items(kTaken)->mutable_options(2)->set_means_unknown(true);
         },
         "items[med.taken].options[opioid].means_unknown: only options of "
         "choice items can mean unknown"},
        {"AllExclusive",
         [](v1::Pathway& m) {
           for (v1::Option& option :
                *m.mutable_items(kTaken)->mutable_options()) {
             option.set_exclusive(true);
           }
         },
         "items[med.taken].options: all are exclusive; at least one must not "
         "be"},
        {"InformationalWithFloor",
         [](v1::Pathway& m) {
           m.mutable_items(kTaken)->mutable_options(2)->set_at_least(
               v1::DISPOSITION_ROUTINE);
         },
         "items[med.taken].options[opioid].informational: an option with "
         "'at_least' changes what is decided; leave one of the two out"},
        {"WithoutText",
         [](v1::Pathway& m) {
           m.mutable_items(kTaken)->mutable_options(2)->clear_text();
         },
         "items[med.taken].options[opioid].text: required"},
    }),
    NameOfRow);

v1::IntegerRange& AgeRange(v1::Pathway& message) {
  return *message.mutable_items(kAge)->mutable_integer_range();
}

v1::DecimalRange& DaysRange(v1::Pathway& message) {
  return *message.mutable_items(kDays)->mutable_decimal_range();
}

INSTANTIATE_TEST_SUITE_P(
    Ranges, CompileQuestionnaireFaultTest,
    testing::ValuesIn<FaultCase>({
        {"IntegerTooLarge",
         [](v1::Pathway& m) { AgeRange(m).set_maximum(1'000'000'001); },
         "items[pt.age].integer_range.maximum: must be from -1000000000 to "
         "1000000000"},
        {"NoUnit", [](v1::Pathway& m) { AgeRange(m).clear_unit(); },
         "items[pt.age].integer_range.unit: required"},
        {"RangeOfOtherType",
         [](v1::Pathway& m) {
           *m.mutable_items(kAge)->mutable_decimal_range() =
               m.items(kDays).decimal_range();
         },
         "items[pt.age].decimal_range: only decimal items have this; this item "
         "is integer"},
        {"StepNotWhole", [](v1::Pathway& m) { DaysRange(m).set_step(0.3); },
         "items[pain.days].decimal_range.step: must be 1/N for a whole N from "
         "1 "
         "to 1000000, such as 0.1"},
        {"StepTooLarge", [](v1::Pathway& m) { DaysRange(m).set_step(2); },
         "items[pain.days].decimal_range.step: must be 1/N for a whole N from "
         "1 "
         "to 1000000, such as 0.1"},
        {"StepNotANumber",
         [](v1::Pathway& m) {
           DaysRange(m).set_step(std::numeric_limits<double>::quiet_NaN());
         },
         "items[pain.days].decimal_range.step: must be 1/N for a whole N from "
         "1 "
         "to 1000000, such as 0.1"},
        {"EndNotANumber",
         [](v1::Pathway& m) {
           DaysRange(m).set_minimum(std::numeric_limits<double>::quiet_NaN());
         },
         "items[pain.days].decimal_range.minimum: must be from -1000000000 to "
         "1000000000"},
        {"EndOffStep", [](v1::Pathway& m) { DaysRange(m).set_maximum(99.7); },
         "items[pain.days].decimal_range.maximum: is not on the step of 0.5"},
        {"BandsOnChoice",
         [](v1::Pathway& m) {
           *m.mutable_items(kBone)->add_bands() = m.scores(0).bands(0);
         },
         "items[em.bone].bands: only integer and decimal items have this; this "
         "item is choice"},
        {"BandOutsideRange",
         [](v1::Pathway& m) {
           v1::Band& band = *m.mutable_items(kAge)->add_bands();
           band = m.scores(0).bands(0);
           band.set_maximum(121);
         },
         "items[pt.age].bands[low]: 'minimum' to 'maximum' must ascend within "
         "0 "
         "to 120"},
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

v1::Worse& Reset(v1::Pathway& message, int item) {
  message.mutable_items(item)->clear_worse();
  return *message.mutable_items(item)->mutable_worse();
}

// A chain over the options of `em.bone` or another item; levels of one code.
void AddChain(v1::Worse& worse, const std::vector<std::string>& codes) {
  v1::OptionChain& chain = *worse.mutable_options()->add_chains();
  for (const std::string& code : codes) chain.add_levels()->add_codes(code);
}

INSTANTIATE_TEST_SUITE_P(
    Orders, CompileQuestionnaireFaultTest,
    testing::ValuesIn<FaultCase>({
        {"Missing",
         [](v1::Pathway& m) { m.mutable_items(kAge)->clear_worse(); },
         "items[pt.age].worse: required: which answers are worse, or "
         "'unordered' with the reason"},
        {"WithoutReason",
         [](v1::Pathway& m) { Reset(m, kAge).set_unordered(""); },
         "items[pt.age].worse.unordered: required"},
        {"OfOtherType",
         [](v1::Pathway& m) { Reset(m, kAge).set_true_is_worse(true); },
         "items[pt.age].worse.true_is_worse: only boolean items are ordered "
         "so; "
         "this item is integer"},
        {"NotTrue",
         [](v1::Pathway& m) { Reset(m, kCold).set_true_is_worse(false); },
         "items[em.cold].worse.true_is_worse: must be true; if no answer is "
         "worse, write 'unordered' with the reason"},
        {"NoDirection",
         [](v1::Pathway& m) {
           Reset(m, kAge).set_direction(v1::Worse::DIRECTION_UNSPECIFIED);
         },
         "items[pt.age].worse.direction: write DIRECTION_UP or DIRECTION_DOWN"},
        {"UnknownOption",
         [](v1::Pathway& m) {
           AddChain(Reset(m, kBone), {"no", "yess"});
         },
         "items[em.bone].worse.options.chains[0].levels[1].codes[0]: no option "
         "'yess'; did you mean 'yes'?"},
        {"OptionThatMeansUnknown",
         [](v1::Pathway& m) {
           AddChain(Reset(m, kBone), {"no", "unsure"});
         },
         "items[em.bone].worse.options.chains[0].levels[1].codes[0]: option "
         "'unsure' means unknown and has no order"},
        {"OneLevel", [](v1::Pathway& m) { AddChain(Reset(m, kBone), {"no"}); },
         "items[em.bone].worse.options.chains[0].levels: write at least 2 "
         "levels"},
        {"NoChain", [](v1::Pathway& m) { Reset(m, kBone).mutable_options(); },
         "items[em.bone].worse.options.chains: required: at least one chain"},
        {"Cycle",
         [](v1::Pathway& m) {
           v1::Worse& worse = Reset(m, kBone);
           AddChain(worse, {"no", "yes"});
           AddChain(worse, {"yes", "no"});
         },
         "items[em.bone].worse.options: 'no' and 'yes' are each worse than the "
         "other; take one of the chains apart"},
        {"UnknownRuleInException",
         [](v1::Pathway& m) {
           v1::OrderException& exception =
               *m.mutable_items(kAge)->mutable_worse()->add_exceptions();
           exception.add_rule_ids("R-R99");
           exception.set_reason("A test.");
         },
         "items[pt.age].worse.exceptions[0].rule_ids[0]: no rule 'R-R99'"},
        {"ExceptionWithoutRules",
         [](v1::Pathway& m) {
           m.mutable_items(kAge)->mutable_worse()->add_exceptions()->set_reason(
               "A test.");
         },
         "items[pt.age].worse.exceptions[0].rule_ids: required: the rules that "
         "need the exception"},
    }),
    NameOfRow);

}  // namespace
}  // namespace plumbline::pathway
