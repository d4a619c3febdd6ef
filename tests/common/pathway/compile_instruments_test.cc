#include "common/pathway/compile_instruments.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/common/pathway/example_instrument.h"

namespace plumbline::pathway {
namespace {

class CompileInstrumentsFaultTest : public FaultTest {};

TEST_P(CompileInstrumentsFaultTest, IsExplained) { ExpectExplained(); }

v1::InstrumentScale& Total(v1::Pathway& message) {
  return *Stairs(message).mutable_scales(0);
}

v1::InstrumentScale& All(v1::Pathway& message) {
  return *Stairs(message).mutable_scales(1);
}

v1::InstrumentItem& ItemOf(v1::Pathway& message, int number) {
  return *Stairs(message).mutable_items(number - 1);
}

// Gives the scale of all items a subscale and bands that it tells apart.
void Divide(v1::Pathway& message, const std::string& middle,
            const std::string& high) {
  v1::InstrumentScale& scale = All(message);
  scale.set_subscale_id("total");
  google::protobuf::TextFormat::Parser parser;
  EXPECT_TRUE(parser.MergeFromString(
      "bands { code: 'low' label: 'Low' minimum: 0 maximum: 3 }"
      "bands { code: 'middle' label: 'Middle' minimum: 4 maximum: 7 " +
          middle +
          "}"
          "bands { code: 'high' label: 'High' minimum: 4 maximum: 7 " +
          high + "}",
      &scale));
}

INSTANTIATE_TEST_SUITE_P(
    Instruments, CompileInstrumentsFaultTest,
    testing::ValuesIn<FaultCase>({
        {"MalformedId", WithStairs([](v1::Pathway& m) {
           Stairs(m).set_instrument_id("Stairs");
           StairsScore(m).set_instrument_id("Stairs");
         }),
         "instruments[0].instrument_id: malformed; write lower-case letters, "
         "digits and '-', a letter first, at most 63 characters\n"
         "scores[stairs].instrument_id: no instrument 'Stairs'"},
        {"WithoutRevision",
         WithStairs([](v1::Pathway& m) { Stairs(m).clear_revision(); }),
         "instruments[stairs].revision: must be at least 1"},
        {"WithoutTitle",
         WithStairs([](v1::Pathway& m) { Stairs(m).clear_title(); }),
         "instruments[stairs].title: required"},
        {"WithoutCitation",
         WithStairs([](v1::Pathway& m) { Stairs(m).clear_citation(); }),
         "instruments[stairs].citation: required"},
        {"WithoutLicence",
         WithStairs([](v1::Pathway& m) { Stairs(m).clear_licence_note(); }),
         "instruments[stairs].licence_note: required"},
        {"WithCodeThatIsNone", WithStairs([](v1::Pathway& m) {
           Stairs(m).set_loinc_code("44261-7");
         }),
         "instruments[stairs].loinc_code: '44261-7' is no code of LOINC: "
         "digits, '-', and the digit that proves them"},
        {"Unused", WithStairs([](v1::Pathway& m) {
           m.mutable_scores()->DeleteSubrange(1, 1);
         }),
         "instruments[stairs]: no score follows it; leave it out"},
        {"WithoutItems",
         WithStairs([](v1::Pathway& m) { Stairs(m).clear_items(); }),
         "instruments[stairs].items: required: at least one item"},
        {"WithoutScales",
         WithStairs([](v1::Pathway& m) { Stairs(m).clear_scales(); }),
         "instruments[stairs].scales: required: at least one scale"},
    }),
    NameOfRow);

INSTANTIATE_TEST_SUITE_P(
    Items, CompileInstrumentsFaultTest,
    testing::ValuesIn<FaultCase>({
        {"OutOfOrder",
         WithStairs([](v1::Pathway& m) { ItemOf(m, 2).set_number(3); }),
         "instruments[stairs].items[1].number: must be 2: items are numbered "
         "from 1, in order"},
        {"WithoutRange",
         WithStairs([](v1::Pathway& m) { ItemOf(m, 2).clear_maximum(); }),
         "instruments[stairs].items[1]: 'minimum' to 'maximum' must ascend "
         "within 0 to 100"},
        {"BeyondRange",
         WithStairs([](v1::Pathway& m) { ItemOf(m, 2).set_maximum(101); }),
         "instruments[stairs].items[1]: 'minimum' to 'maximum' must ascend "
         "within 0 to 100"},
        {"TooFewPoints",
         WithStairs([](v1::Pathway& m) { ItemOf(m, 3).add_points(1); }),
         "instruments[stairs].items[2].points: there are 1, but 2 answers from "
         "0 to 1"},
        {"NegativePoints", WithStairs([](v1::Pathway& m) {
           ItemOf(m, 3).add_points(-1);
           ItemOf(m, 3).add_points(1);
         }),
         "instruments[stairs].items[2].points: must be from 0 to 100"},
        {"PointsAlike", WithStairs([](v1::Pathway& m) {
           ItemOf(m, 3).add_points(1);
           ItemOf(m, 3).add_points(1);
         }),
         "instruments[stairs].items[2].points: are all alike; then the answer "
         "makes no difference"},
    }),
    NameOfRow);

INSTANTIATE_TEST_SUITE_P(
    Scales, CompileInstrumentsFaultTest,
    testing::ValuesIn<FaultCase>({
        {"Doubled",
         WithStairs([](v1::Pathway& m) { All(m).set_scale_id("total"); }),
         "instruments[stairs].scales[1].scale_id: 'total' is there already; "
         "each is unique"},
        {"WithoutMethod",
         WithStairs([](v1::Pathway& m) { All(m).clear_method(); }),
         "instruments[stairs].scales[all].method: required: a method, such as "
         "SCORE_METHOD_TOTAL"},
        {"WithoutMissingNote",
         WithStairs([](v1::Pathway& m) { All(m).clear_missing_note(); }),
         "instruments[stairs].scales[all].missing_note: required"},
        {"OfItemsThatAreNone",
         WithStairs([](v1::Pathway& m) { Total(m).set_numbers(1, 4); }),
         "instruments[stairs].scales[total].numbers[1]: must ascend within the "
         "items, 1 to 3"},
        {"OfItemsOutOfOrder",
         WithStairs([](v1::Pathway& m) { Total(m).set_numbers(0, 3); }),
         "instruments[stairs].scales[total].numbers[1]: must ascend within the "
         "items, 1 to 3"},
        {"CountOfNumbers", WithStairs([](v1::Pathway& m) {
           All(m).set_method(v1::SCORE_METHOD_COUNT);
         }),
         "instruments[stairs].scales[all].method: SCORE_METHOD_COUNT counts "
         "ticks; item 1 must be 0 to 1, as it is"},
        {"PercentFromOne", WithStairs([](v1::Pathway& m) {
           ItemOf(m, 3).set_minimum(1);
           ItemOf(m, 3).set_maximum(2);
           All(m).set_method(v1::SCORE_METHOD_PERCENT);
         }),
         "instruments[stairs].scales[all].method: SCORE_METHOD_PERCENT begins "
         "at 0; item 3 counts at least 1"},
        {"EveryItemMissing",
         WithStairs([](v1::Pathway& m) { Total(m).set_missing_max(2); }),
         "instruments[stairs].scales[total].missing_max: must be from 0 to 1"},
        {"MissingOfUnlikeItems",
         WithStairs([](v1::Pathway& m) { All(m).set_missing_max(1); }),
         "instruments[stairs].scales[all].missing_max: must be 0: items 1 and "
         "3 have not the same range, and one cannot stand for the other"},
        {"BandsThatLeaveAGap", WithStairs([](v1::Pathway& m) {
           Total(m).mutable_bands(1)->set_minimum(4);
         }),
         "instruments[stairs].scales[total].bands[many].minimum: must be 3: "
         "the band before ends at 2"},
        {"PercentBetweenTwoBands", WithStairs([](v1::Pathway& m) {
           Total(m).set_method(v1::SCORE_METHOD_PERCENT);
           Total(m).mutable_bands(0)->set_maximum(33);
           Total(m).mutable_bands(1)->set_minimum(34);
           Total(m).mutable_bands(1)->set_maximum(100);
         }),
         "instruments[stairs].scales[total].bands: a result of "
         "33.333333333333336 lies between two bands; let one of them hold it"},
    }),
    NameOfRow);

INSTANTIATE_TEST_SUITE_P(
    Subscales, CompileInstrumentsFaultTest,
    testing::ValuesIn<FaultCase>({
        {"ThatIsNone",
         WithStairs([](v1::Pathway& m) { All(m).set_subscale_id("totl"); }),
         "instruments[stairs].scales[all].subscale_id: no scale 'totl'; did "
         "you mean 'total'?"},
        {"OfAllItems",
         WithStairs([](v1::Pathway& m) { All(m).set_subscale_id("all"); }),
         "instruments[stairs].scales[all].subscale_id: 'all' must be a "
         "SCORE_METHOD_TOTAL of some, and not all, of the items of 'all'"},
        {"ThatDoesNotDivide", WithStairs([](v1::Pathway& m) {
           Divide(m, "subscale { minimum: 0 maximum: 3 }",
                  "subscale { minimum: 5 maximum: 6 }");
         }),
         "instruments[stairs].scales[all].bands[high].subscale: bands of one "
         "range divide the range of the subscale, 0 to 6; this one must begin "
         "at 4 and end at 6"},
        {"ThatIsLeftOut", WithStairs([](v1::Pathway& m) {
           Divide(m, "", "subscale { minimum: 4 maximum: 6 }");
         }),
         "instruments[stairs].scales[all].bands[middle].subscale: bands of one "
         "range divide the range of the subscale, 0 to 6; this one must begin "
         "at 0 and end before 6"},
        {"OfABandThatStandsAlone", WithStairs([](v1::Pathway& m) {
           Divide(m, "subscale { minimum: 0 maximum: 3 }",
                  "subscale { minimum: 4 maximum: 6 }");
           All(m).mutable_bands(0)->mutable_subscale()->set_maximum(3);
         }),
         "instruments[stairs].scales[all].bands[low].subscale: no other band "
         "has this range; leave it out"},
        {"WithoutId", WithStairs([](v1::Pathway& m) {
           Total(m).mutable_bands(0)->mutable_subscale()->set_maximum(3);
         }),
         "instruments[stairs].scales[total].bands[few].subscale: only the "
         "bands of a scale with 'subscale_id' have this"},
    }),
    NameOfRow);

TEST(CompileInstrumentsTest, SubscalesDivideBandsOfOneRange) {
  EXPECT_EQ(FaultsOf(WithStairs([](v1::Pathway& m) {
              Divide(m, "subscale { minimum: 0 maximum: 3 }",
                     "subscale { minimum: 4 maximum: 6 }");
            })),
            "");
}

TEST(CompileInstrumentsTest, AScoreIsNotBlamedForItsInstrument) {
  EXPECT_EQ(FaultsOf(WithStairs([](v1::Pathway& m) {
              ItemOf(m, 1).clear_maximum();
              StairsScore(m).clear_inputs();
            })),
            "instruments[stairs].items[0]: 'minimum' to 'maximum' must ascend "
            "within 0 to 100\n");
}

}  // namespace
}  // namespace plumbline::pathway
