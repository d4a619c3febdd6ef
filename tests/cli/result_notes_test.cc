#include "cli/result_notes.h"

#include <gtest/gtest.h>

namespace plumbline::cli {
namespace {

pathway::v1::Pathway Form() {
  pathway::v1::Pathway form;
  form.set_default_locale("en");
  form.add_locales("en");
  form.add_locales("pt-BR");
  return form;
}

TEST(LocaleNoteTest, SaysWhatIsUsedAndWhatIsOffered) {
  EXPECT_EQ(LocaleNote(Form(), "fr", "en"),
            "plumb: no texts in 'fr': these are in 'en'. Offered: en, pt-BR\n");
  // The language alone is not one of its regions.
  EXPECT_NE(LocaleNote(Form(), "pt", "en"), "");
  EXPECT_NE(LocaleNote(Form(), "eng", "en"), "");
}

TEST(LocaleNoteTest, IsEmptyWhereTheLocaleOrItsLanguageIsUsed) {
  EXPECT_EQ(LocaleNote(Form(), "", "en"), "");
  EXPECT_EQ(LocaleNote(Form(), "en", "en"), "");
  EXPECT_EQ(LocaleNote(Form(), "en-GB", "en"), "");
  EXPECT_EQ(LocaleNote(Form(), "EN-gb", "en"), "");
  EXPECT_EQ(LocaleNote(Form(), "pt-br", "pt-BR"), "");
}

TEST(ContentNoteTest, SaysWhichContentDecided) {
  EXPECT_EQ(
      ContentNote("aa", "bb", FromForm::kNothing),
      "plumb: content bb decided, and not that of --pathway, content aa\n");
  EXPECT_EQ(
      ContentNote("aa", "bb", FromForm::kWords),
      "plumb: content bb decided, and not that of --pathway, content aa. From "
      "--pathway, and perhaps other than there, are the words of questions, "
      "the titles of guidance that is kept back, the sources of guidance and "
      "the title of the most urgent result still possible\n");
  EXPECT_EQ(ContentNote("aa", "aa", FromForm::kWords), "");
}

}  // namespace
}  // namespace plumbline::cli
