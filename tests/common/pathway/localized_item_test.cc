#include "common/pathway/localized_item.h"

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

namespace plumbline::pathway {
namespace {

using ::testing::ElementsAre;

v1::Pathway TwoLocales() {
  v1::Pathway message;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(
      R"(default_locale: 'en'
         groups { group_id: 'pain' title: 'Pain' }
         items { link_id: 'pain.now' group_id: 'pain' prompt: 'How bad?'
                 help: '0 is none.'
                 options { code: 'bad' text: 'Bad' }
                 bands { code: 'high' label: 'High' }
                 if_unknown { rationale: 'Not known.' } }
         items { link_id: 'pt.age' prompt: 'How old?' }
         translations { locale: 'es'
           texts { key: 'groups/pain/title' text: 'Dolor' }
           texts { key: 'items/pain.now/prompt' text: '¿Cuánto?' }
           texts { key: 'items/pain.now/help' text: '0 es nada.' }
           texts { key: 'items/pain.now/options/bad' text: 'Malo' }
           texts { key: 'items/pain.now/bands/high' text: 'Alto' }
           texts { key: 'items/pain.now/if_unknown/rationale'
                   text: 'No se sabe.' } })",
      &message));
  return message;
}

TEST(LocalizedItemTest, AllWordsOfAnItemAreInTheLocale) {
  const v1::Pathway message = TwoLocales();
  LocalizedTexts texts(message, "es");
  const v1::Item item = LocalizedItem(message.items(0), texts);
  EXPECT_EQ(item.prompt(), "¿Cuánto?");
  EXPECT_EQ(item.help(), "0 es nada.");
  EXPECT_EQ(item.options(0).text(), "Malo");
  EXPECT_EQ(item.bands(0).label(), "Alto");
  EXPECT_EQ(item.if_unknown().rationale(), "No se sabe.");
  EXPECT_EQ(GroupTitle(message, item, texts), "Dolor");
  EXPECT_TRUE(texts.untranslated().empty());
}

TEST(LocalizedItemTest, WhatIsNotTranslatedIsNamedAndEmptyTextsAreNot) {
  const v1::Pathway message = TwoLocales();
  LocalizedTexts texts(message, "es");
  const v1::Item item = LocalizedItem(message.items(1), texts);
  EXPECT_EQ(item.prompt(), "How old?");
  EXPECT_EQ(GroupTitle(message, item, texts), "");
  EXPECT_THAT(texts.untranslated(), ElementsAre("items/pt.age/prompt"));
}

TEST(LocalizedItemTest, TheDefaultLocaleChangesNothing) {
  const v1::Pathway message = TwoLocales();
  LocalizedTexts texts(message, "en");
  EXPECT_EQ(LocalizedItem(message.items(0), texts).SerializeAsString(),
            message.items(0).SerializeAsString());
}

}  // namespace
}  // namespace plumbline::pathway
