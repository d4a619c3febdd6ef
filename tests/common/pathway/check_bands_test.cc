#include "common/pathway/check_bands.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/common/pathway/faulty_pathway.h"

namespace plumbline::pathway {
namespace {

class CheckBandsFaultTest : public FaultTest {};

TEST_P(CheckBandsFaultTest, IsExplained) { ExpectExplained(); }

v1::Band& MoodBand(v1::Pathway& message, int i) {
  return *message.mutable_scores(0)->mutable_bands(i);
}

// Makes the score a mean of 0 to 3, and its bands touch at `border`.
void MakeMean(v1::Pathway& message, double border) {
  message.mutable_scores(0)->set_method(v1::SCORE_METHOD_MEAN);
  MoodBand(message, 0).set_maximum(border);
  MoodBand(message, 1).set_minimum(1.5);
  MoodBand(message, 1).set_maximum(3);
}

INSTANTIATE_TEST_SUITE_P(
    Bands, CheckBandsFaultTest,
    testing::ValuesIn<FaultCase>({
        {"Gap", [](v1::Pathway& m) { MoodBand(m, 1).set_minimum(4); },
         "scores[mood].bands[high].minimum: must be 3: the band before ends at "
         "2"},
        {"Overlap", [](v1::Pathway& m) { MoodBand(m, 1).set_minimum(2); },
         "scores[mood].bands[high].minimum: must be 3: the band before ends at "
         "2"},
        {"GapInMean", [](v1::Pathway& m) { MakeMean(m, 1.25); },
         "scores[mood].bands[high].minimum: must be 1.25: the band before ends "
         "at 1.25"},
        {"BeyondRange", [](v1::Pathway& m) { MoodBand(m, 1).set_maximum(7); },
         "scores[mood].bands[high]: 'minimum' to 'maximum' must ascend within "
         "0 "
         "to 6"},
        {"BelowItself", [](v1::Pathway& m) { MoodBand(m, 1).set_maximum(2); },
         "scores[mood].bands[high]: 'minimum' to 'maximum' must ascend within "
         "0 "
         "to 6"},
        {"NotWhole", [](v1::Pathway& m) { MoodBand(m, 0).set_maximum(2.5); },
         "scores[mood].bands[low]: 'minimum' and 'maximum' must be whole "
         "numbers"},
        {"NotTheWholeRange",
         [](v1::Pathway& m) { MoodBand(m, 1).set_maximum(5); },
         "scores[mood].bands: must cover the whole range, 0 to 6"},
        {"None", [](v1::Pathway& m) { m.mutable_scores(0)->clear_bands(); },
         "scores[mood].bands: required: bands that cover the whole range"},
        {"WithoutLabel", [](v1::Pathway& m) { MoodBand(m, 0).clear_label(); },
         "scores[mood].bands[low].label: required"},
        {"DoubledCode", [](v1::Pathway& m) { MoodBand(m, 1).set_code("low"); },
         "scores[mood].bands[1].code: 'low' is there already; each is unique"},
    }),
    NameOfRow);

TEST(CheckBandsTest, BandsOfMeansTouch) {
  EXPECT_EQ(FaultsOf([](v1::Pathway& m) { MakeMean(m, 1.5); }), "");
}

TEST(CheckBandsTest, DisplayBandsMayLeaveGaps) {
  EXPECT_EQ(FaultsOf([](v1::Pathway& m) {
              v1::Item& age = *m.mutable_items(kAge);
              *age.add_bands() = m.scores(0).bands(0);
              *age.add_bands() = m.scores(0).bands(1);
              age.mutable_bands(1)->set_minimum(50);
              age.mutable_bands(1)->set_maximum(60);
            }),
            "");
}

}  // namespace
}  // namespace plumbline::pathway
