#include "common/pathway/texts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/common/pathway/example_instrument.h"

namespace plumbline::pathway {
namespace {

using ::testing::IsSupersetOf;

TEST(TextsTest, EveryTextHasAKey) {
  v1::Pathway message = ExampleMessage();
  message.mutable_items(2)->set_help("In years.");
  v1::Band& band = *message.mutable_items(2)->add_bands();
  band.set_code("old");
  band.set_label("Old");
  std::vector<std::string> texts;
  for (const auto& [key, text] : TranslatableTexts(message)) {
    texts.push_back(key + ": " + text);
  }
  EXPECT_EQ(texts[0], "title: Ankle");
  EXPECT_THAT(
      texts,
      IsSupersetOf(
          {"dispositions/DISPOSITION_SAME_DAY/title: Today",
           "dispositions/DISPOSITION_SAME_DAY/instruction: Call today.",
           "emergency_signs/bone/text: A bone shows.",
           "groups/more/title: More", "items/em.bone/prompt: Do you see bone?",
           "items/em.bone/options/unsure: Not sure",
           "items/em.bone/if_unknown/rationale: We could not rule out an open "
           "break.",
           "items/pt.age/help: In years.", "items/pt.age/bands/old: Old",
           "scores/mood/title: Mood", "scores/mood/bands/high: High",
           "rules/R-R01/rationale: Low mood makes pain worse.",
           "gates/one_nsaid/rationale: One is enough."}));
}

TEST(TextsTest, BandsOfAnInstrumentAreNamedByItsScore) {
  v1::Pathway message = ExampleMessage();
  AddStairs(message);
  std::vector<std::string> texts;
  for (const auto& [key, text] : TranslatableTexts(message)) {
    texts.push_back(key + ": " + text);
  }
  EXPECT_THAT(texts, IsSupersetOf({"scores/stairs/title: Stairs",
                                   "scores/stairs/bands/few: Few",
                                   "scores/stairs/bands/many: Many"}));
}

TEST(TextsTest, LeavesOutWhatIsEmpty) {
  EXPECT_TRUE(TranslatableTexts(v1::Pathway()).empty());
}

TEST(AreSameWordsTest, ButForCase) {
  EXPECT_TRUE(AreSameWords("No", "no"));
  EXPECT_FALSE(AreSameWords("No", "No change"));
}

TEST(OptionsOfKeyTest, IsOfTheOptionsOfAnItem) {
  EXPECT_EQ(OptionsOfKey("items/em.bone/options/no"), "items/em.bone/options/");
  EXPECT_EQ(OptionsOfKey("items/em.bone/prompt"), "");
  EXPECT_EQ(OptionsOfKey("scores/options/options/a"), "");
}

}  // namespace
}  // namespace plumbline::pathway
