#include "common/pathway/localized_texts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace plumbline::pathway {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

v1::Pathway TwoLocales() {
  v1::Pathway message;
  message.set_default_locale("en");
  message.add_locales("en");
  message.add_locales("es");
  v1::LocaleTexts* translation = message.add_translations();
  translation->set_locale("es");
  v1::LocaleText* text = translation->add_texts();
  text->set_key("rules/R-E01/rationale");
  text->set_text("Vaya ahora.");
  v1::GuidanceRecord* record = message.add_guidance();
  record->set_guidance_id("heat");
  v1::GuidanceText* words = record->add_texts();
  words->set_locale("en");
  words->set_title("Heat");
  return message;
}

TEST(LocalizedTextsTest, DefaultLocaleGivesTheTextOfTheElement) {
  const v1::Pathway message = TwoLocales();
  LocalizedTexts texts(message, "en");
  EXPECT_EQ(texts.Find("rules/R-E01/rationale", "Go now."), "Go now.");
  EXPECT_EQ(texts.Find(message.guidance(0)).title(), "Heat");
  EXPECT_THAT(texts.untranslated(), IsEmpty());
}

TEST(LocalizedTextsTest, OtherLocaleGivesTheTranslation) {
  const v1::Pathway message = TwoLocales();
  LocalizedTexts texts(message, "es");
  EXPECT_EQ(texts.Find("rules/R-E01/rationale", "Go now."), "Vaya ahora.");
  EXPECT_THAT(texts.untranslated(), IsEmpty());
}

TEST(LocalizedTextsTest, WhatIsNotTranslatedFallsBackAndIsNamedOnce) {
  const v1::Pathway message = TwoLocales();
  LocalizedTexts texts(message, "es");
  EXPECT_EQ(texts.Find("rules/R-S01/rationale", "Call today."), "Call today.");
  EXPECT_EQ(texts.Find(message.guidance(0)).title(), "Heat");
  EXPECT_EQ(texts.Find("rules/R-S01/rationale", "Call today."), "Call today.");
  EXPECT_THAT(texts.untranslated(),
              ElementsAre("rules/R-S01/rationale", "guidance/heat"));
}

}  // namespace
}  // namespace plumbline::pathway
