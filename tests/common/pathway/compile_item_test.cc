#include "common/pathway/compile_item.h"

#include <gtest/gtest.h>

#include <limits>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "tests/common/pathway/faulty_pathway.h"

namespace plumbline::pathway {
namespace {

TEST(CompileItemTest, ChoicesHaveUpTo64Options) {
  const auto with_options = [](int count) {
    return [count](v1::Pathway& message) {
      v1::Item& item = *message.mutable_items(kTaken);
      while (item.options_size() < count) {
        v1::Option& option = *item.add_options();
        option.set_code(absl::StrCat("o", item.options_size()));
        option.set_text(absl::StrCat("Another ", item.options_size()));
      }
    };
  };
  EXPECT_EQ(FaultsOf(with_options(64)), "");
  EXPECT_EQ(FaultsOf(with_options(65)),
            "items[med.taken].options: there are 65; at most 64 are allowed\n");
}

TEST(CompileItemTest, OnlyMarkedItemsAreChangeable) {
  v1::Pathway message = ExampleMessage();
  message.mutable_items(kBone)->set_changeable(true);
  const auto pathway = CompileOrDie(message);
  EXPECT_TRUE(pathway->items[kBone].changeable);
  EXPECT_FALSE(pathway->items[kAge].changeable);
}

class CompileItemFaultTest : public FaultTest {};

TEST_P(CompileItemFaultTest, IsExplained) { ExpectExplained(); }

INSTANTIATE_TEST_SUITE_P(
    Options, CompileItemFaultTest,
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
        {"UnknownWithFloor",
         [](v1::Pathway& m) {
           m.mutable_items(kBone)->mutable_options(2)->set_at_least(
               v1::DISPOSITION_SAME_DAY);
         },
         "items[em.bone].options[unsure].at_least: an option that means "
         "unknown is never an answer, and has no floor; write 'if_unknown' for "
         "the item"},
        {"TextOfAnother",
         [](v1::Pathway& m) {
           v1::Item& taken = *m.mutable_items(kTaken);
           taken.mutable_options(2)->set_text(
               absl::AsciiStrToUpper(taken.options(1).text()));
         },
         "items[med.taken].options[opioid].text: has the words of 'nsaid'; "
         "nobody could tell them apart"},
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
    Ranges, CompileItemFaultTest,
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

}  // namespace
}  // namespace plumbline::pathway
