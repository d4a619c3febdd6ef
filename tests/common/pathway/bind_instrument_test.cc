#include "common/pathway/bind_instrument.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/common/pathway/example_instrument.h"

namespace plumbline::pathway {
namespace {

using ::testing::ElementsAre;

class BindInstrumentFaultTest : public FaultTest {};

TEST_P(BindInstrumentFaultTest, IsExplained) { ExpectExplained(); }

// Makes the score one of all three items.
void FollowAll(v1::Pathway& message, const std::string& third) {
  StairsScore(message).set_scale_id("all");
  v1::ScoreInput& input = *StairsScore(message).add_inputs();
  input.set_number(3);
  input.set_link_id(third);
  for (const int item : {kInterest, kLow}) {
    message.mutable_items(item)->clear_enable_when();
  }
}

std::function<void(v1::Pathway&)> WithTicks(
    const std::function<void(v1::Score&)>& spoil) {
  return [spoil](v1::Pathway& message) {
    AddTicks(message);
    spoil(*message.mutable_scores(1));
  };
}

INSTANTIATE_TEST_SUITE_P(
    Fields, BindInstrumentFaultTest,
    testing::ValuesIn<FaultCase>({
        {"UnknownInstrument", WithStairs([](v1::Pathway& m) {
           *m.add_scores() = StairsScore(m);
           m.mutable_scores(2)->set_name("more");
           m.mutable_scores(2)->set_instrument_id("stair");
         }),
         "scores[more].instrument_id: no instrument 'stair'; did you mean "
         "'stairs'?"},
        {"UnknownScale", WithStairs([](v1::Pathway& m) {
           StairsScore(m).set_scale_id("totals");
         }),
         "scores[stairs].scale_id: 'stairs' has the scales total, all; name "
         "one"},
        {"NoScaleOfTwo",
         WithStairs([](v1::Pathway& m) { StairsScore(m).clear_scale_id(); }),
         "scores[stairs].scale_id: 'stairs' has the scales total, all; name "
         "one"},
        {"OwnMethod", WithStairs([](v1::Pathway& m) {
           StairsScore(m).set_method(v1::SCORE_METHOD_MEAN);
         }),
         "scores[stairs].method: comes from the instrument; leave it out"},
        {"OwnItems", WithStairs([](v1::Pathway& m) {
           StairsScore(m).add_link_ids("pain.now");
         }),
         "scores[stairs].link_ids: comes from the instrument; leave it out, "
         "and write 'inputs'"},
        {"OwnLicence", WithStairs([](v1::Pathway& m) {
           StairsScore(m).set_licence_note("Ours.");
         }),
         "scores[stairs].licence_note: comes from the instrument; leave it "
         "out"},
        {"OwnCode", WithStairs([](v1::Pathway& m) {
           StairsScore(m).set_loinc_code("44261-6");
         }),
         "scores[stairs].loinc_code: comes from the instrument; leave it out"},
        {"OwnCitation", WithStairs([](v1::Pathway& m) {
           StairsScore(m).set_citation("Ours.");
         }),
         "scores[stairs].citation: comes from the instrument; leave it out, or "
         "give 'bands' of your own"},
        {"OwnBandsOfNobody", WithStairs([](v1::Pathway& m) {
           *StairsScore(m).mutable_bands() = m.scores(0).bands();
         }),
         "scores[stairs].citation: required"},
        {"OwnBandsThatDoNotCover", WithStairs([](v1::Pathway& m) {
           *StairsScore(m).add_bands() = m.scores(0).bands(0);
           StairsScore(m).set_citation("Ours.");
         }),
         "scores[stairs].bands: must cover the whole range, 0 to 6"},
        {"InputsWithoutInstrument", WithStairs([](v1::Pathway& m) {
           *m.mutable_scores(0)->add_inputs() = StairsScore(m).inputs(0);
         }),
         "scores[mood].inputs: only a score with 'instrument_id' has this"},
        {"ScaleWithoutInstrument", WithStairs([](v1::Pathway& m) {
           m.mutable_scores(0)->set_scale_id("total");
         }),
         "scores[mood].scale_id: only a score with 'instrument_id' has this"},
    }),
    NameOfRow);

INSTANTIATE_TEST_SUITE_P(
    Inputs, BindInstrumentFaultTest,
    testing::ValuesIn<FaultCase>({
        {"UnknownNumber", WithStairs([](v1::Pathway& m) {
           StairsScore(m).mutable_inputs(1)->set_number(3);
         }),
         "scores[stairs].inputs[1].number: the score counts no item 3 of "
         "'stairs'; it counts 1, 2"},
        {"NumberTwice", WithStairs([](v1::Pathway& m) {
           StairsScore(m).mutable_inputs(1)->set_number(1);
         }),
         "scores[stairs].inputs[1].number: 1 is there already"},
        {"NumberMissing", WithStairs([](v1::Pathway& m) {
           StairsScore(m).mutable_inputs()->RemoveLast();
         }),
         "scores[stairs].inputs: nothing answers item 2 of 'stairs'"},
        {"TooMany", WithStairs([](v1::Pathway& m) {
           while (StairsScore(m).inputs_size() < 65) {
             StairsScore(m).add_inputs();
           }
         }),
         "scores[stairs].inputs: there are 65; at most 64 are allowed"},
        {"NumbersMissing",
         WithStairs([](v1::Pathway& m) { StairsScore(m).clear_inputs(); }),
         "scores[stairs].inputs: nothing answers items 1, 2 of 'stairs'"},
        {"UnknownItem", WithStairs([](v1::Pathway& m) {
           StairsScore(m).mutable_inputs(1)->set_link_id("mood.lo");
         }),
         "scores[stairs].inputs[1].link_id: no item 'mood.lo'; did you mean "
         "'mood.low'?"},
        {"ItemTwice", WithStairs([](v1::Pathway& m) {
           StairsScore(m).mutable_inputs(1)->set_link_id("mood.interest");
         }),
         "scores[stairs].inputs[1].link_id: 'mood.interest' answers another "
         "item already"},
        {"OtherRange", WithStairs([](v1::Pathway& m) {
           m.mutable_items(kLow)->mutable_integer_range()->set_maximum(4);
           m.mutable_scores(0)->mutable_bands(1)->set_maximum(7);
         }),
         "scores[stairs].inputs[1].link_id: 'mood.low' goes from 0 to 4; item "
         "2 of 'stairs' from 0 to 3"},
        {"OtherType",
         WithStairs([](v1::Pathway& m) { FollowAll(m, "pain.days"); }),
         "scores[stairs].inputs[2].link_id: 'pain.days' is a decimal item; "
         "item 3 of 'stairs' needs an integer or boolean item from 0 to 1"},
        {"BooleanForANumber", WithStairs([](v1::Pathway& m) {
           StairsScore(m).mutable_inputs(1)->set_link_id("em.cold");
           m.mutable_items(kInterest)->clear_enable_when();
           m.mutable_items(kLow)->clear_enable_when();
         }),
         "scores[stairs].inputs[1].link_id: 'em.cold' is a boolean item; item "
         "2 of 'stairs' needs an integer item from 0 to 3"},
        {"OtherEnabling", WithStairs([](v1::Pathway& m) {
           Stairs(m).mutable_items(1)->set_maximum(10);
           Stairs(m).mutable_scales(0)->clear_bands();
           Stairs(m).mutable_scales(0)->clear_missing_max();
           StairsScore(m).mutable_inputs(1)->set_link_id("pain.now");
         }),
         "scores[stairs].inputs[1].link_id: 'pain.now' and 'mood.interest' "
         "have different 'enable_when'; the items of a score share one, "
         "written alike"},
        {"OptionOfANumber", WithStairs([](v1::Pathway& m) {
           StairsScore(m).mutable_inputs(1)->set_option_code("a");
         }),
         "scores[stairs].inputs[1].option_code: only a SCORE_METHOD_COUNT "
         "names options; leave it out"},
    }),
    NameOfRow);

INSTANTIATE_TEST_SUITE_P(
    Ticks, BindInstrumentFaultTest,
    testing::ValuesIn<FaultCase>({
        {"OfANumber", WithTicks([](v1::Score& score) {
           score.mutable_inputs(0)->set_link_id("pain.now");
           score.mutable_inputs(1)->set_link_id("pain.now");
         }),
         "scores[ticks].inputs[0].link_id: 'pain.now' is an integer item; item "
         "1 of 'ticks' is an option of a multi-choice item\n"
         "scores[ticks].inputs[1].link_id: 'pain.now' is an integer item; item "
         "2 of 'ticks' is an option of a multi-choice item"},
        {"UnknownOption", WithTicks([](v1::Score& score) {
           score.mutable_inputs(1)->set_option_code("opoid");
         }),
         "scores[ticks].inputs[1].option_code: 'med.taken' has no option "
         "'opoid'\n"
         "scores[ticks].inputs: option 'opioid' of 'med.taken' is no item of "
         "'ticks'"},
        {"ExclusiveOption", WithTicks([](v1::Score& score) {
           score.mutable_inputs(1)->set_option_code("none");
         }),
         "scores[ticks].inputs[1].option_code: an exclusive option is for whom "
         "no statement applies; it is none\n"
         "scores[ticks].inputs: option 'opioid' of 'med.taken' is no item of "
         "'ticks'"},
        {"OptionTwice", WithTicks([](v1::Score& score) {
           score.mutable_inputs(1)->set_option_code("nsaid");
         }),
         "scores[ticks].inputs[1].option_code: 'nsaid' is there already\n"
         "scores[ticks].inputs: option 'opioid' of 'med.taken' is no item of "
         "'ticks'"},
    }),
    NameOfRow);

TEST(BindInstrumentTest, TicksNeedAWordForNone) {
  EXPECT_EQ(FaultsOf([](v1::Pathway& m) {
              AddTicks(m);
              m.mutable_items(kTaken)->mutable_options(0)->set_exclusive(false);
            }),
            "scores[ticks].inputs: 'med.taken' needs an exclusive option for "
            "whom no statement applies: nothing ticked is no answer\n"
            "scores[ticks].inputs: option 'none' of 'med.taken' is no item of "
            "'ticks'\n");
}

TEST(BindInstrumentTest, ItemsFollowTheNumbers) {
  v1::Pathway message = ExampleMessage();
  AddStairs(message);
  StairsScore(message).mutable_inputs()->SwapElements(0, 1);
  const auto pathway = CompileOrDie(message);
  ASSERT_NE(pathway, nullptr);
  const Score& score = pathway->scores[1];
  EXPECT_EQ(score.name, "stairs");
  EXPECT_EQ(score.method, Score::Method::kTotal);
  EXPECT_THAT(score.items, ElementsAre(kInterest, kLow));
  EXPECT_EQ(score.missing_max, 1);
  EXPECT_TRUE(score.follows_instrument);
  ASSERT_EQ(score.bands.size(), 2U);
  EXPECT_EQ(score.bands[1].code, "many");
}

TEST(BindInstrumentTest, ABooleanAnswersYesOrNo) {
  v1::Pathway message = ExampleMessage();
  AddStairs(message);
  FollowAll(message, "em.cold");
  const auto pathway = CompileOrDie(message);
  ASSERT_NE(pathway, nullptr);
  EXPECT_THAT(pathway->scores[1].items, ElementsAre(kInterest, kLow, kCold));
  EXPECT_TRUE(pathway->scores[1].bands.empty());
}

TEST(BindInstrumentTest, OwnBandsStandForThoseOfTheInstrument) {
  v1::Pathway message = ExampleMessage();
  AddStairs(message);
  *StairsScore(message).mutable_bands() = message.scores(0).bands();
  StairsScore(message).set_citation("A local threshold.");
  const auto pathway = CompileOrDie(message);
  ASSERT_NE(pathway, nullptr);
  EXPECT_EQ(pathway->scores[1].bands[0].code, "low");
}

TEST(BindInstrumentTest, TicksAreOneItem) {
  v1::Pathway message = ExampleMessage();
  AddTicks(message);
  const auto pathway = CompileOrDie(message);
  ASSERT_NE(pathway, nullptr);
  const Score& score = pathway->scores[1];
  EXPECT_EQ(score.method, Score::Method::kCount);
  EXPECT_THAT(score.items, ElementsAre(kTaken));
  ASSERT_EQ(score.points.size(), 1U);
  EXPECT_EQ(score.points[0].maximum, 2);
}

}  // namespace
}  // namespace plumbline::pathway
