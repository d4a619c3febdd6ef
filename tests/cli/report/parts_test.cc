#include "cli/report/parts.h"

#include <gtest/gtest.h>

#include "tests/common/pathway/example_pathway.h"

namespace plumbline::cli {
namespace {

class PartsTest : public ::testing::Test {
 protected:
  static pathway::v1::Pathway Bilingual() {
    pathway::v1::Pathway message = pathway::ExampleMessage();
    message.clear_locales();
    message.add_locales("es");
    message.add_locales(message.default_locale());
    pathway::v1::LocaleTexts& texts = *message.add_translations();
    texts.set_locale("es");
    pathway::v1::LocaleText& title = *texts.add_texts();
    title.set_key("title");
    title.set_text("Título");
    return message;
  }

  std::shared_ptr<const pathway::CompiledPathway> compiled_ =
      pathway::ExamplePathway();
  Html html_;
};

TEST_F(PartsTest, TextsAreInEveryLocaleTheDefaultOneFirst) {
  pathway::CompiledPathway bilingual = *compiled_;
  bilingual.source = std::make_shared<pathway::v1::Pathway>(Bilingual());
  ReportedPathway pathway(bilingual);
  WriteTexts(pathway, "title", "Title", html_);
  EXPECT_EQ(html_.page(),
            "<div class=\"locales\"><div lang=\"en\"><p>Title</p></div>"
            "<div lang=\"es\"><p>Título</p></div></div>");
}

TEST_F(PartsTest, EmptyTextsAreLeftOut) {
  ReportedPathway pathway(*compiled_);
  WriteTexts(pathway, "title", "", html_);
  EXPECT_EQ(html_.page(), "");
}

TEST_F(PartsTest, ResultsHaveTheirColour) {
  WriteDisposition(pathway::v1::DISPOSITION_WITHIN_DAYS, html_);
  EXPECT_EQ(html_.page(), "<span class=\"disposition d3\">Within days</span>");
}

TEST_F(PartsTest, SourcesLeadToWhatTheyAre) {
  pathway::CompiledPathway cited = *compiled_;
  pathway::v1::Pathway message = *compiled_->source;
  message.add_evidence()->set_evidence_id("E-1");
  cited.source = std::make_shared<pathway::v1::Pathway>(message);
  Ids ids;
  *ids.Add() = "E-1";
  *ids.Add() = "book";
  WriteSources(ReportedPathway(cited), ids, html_);
  EXPECT_EQ(html_.page(),
            "<p class=\"sources\">Sources: <a href=\"#evidence/E-1\">E-1</a>, "
            "<a href=\"#sources/book\">book</a></p>");
}

TEST_F(PartsTest, LocalSourcesAreCounted) {
  pathway::v1::Pathway pathway;
  pathway.add_sources()->set_source_id("ours");
  pathway.mutable_sources(0)->set_kind(pathway::v1::SOURCE_KIND_LOCAL);
  pathway.add_sources()->set_source_id("paper");
  pathway.mutable_sources(1)->set_kind(pathway::v1::SOURCE_KIND_STUDY);
  Ids ids;
  EXPECT_EQ(LocalityOf(pathway, ids), Locality::kNone);
  *ids.Add() = "ours";
  EXPECT_EQ(LocalityOf(pathway, ids), Locality::kAlone);
  *ids.Add() = "paper";
  EXPECT_EQ(LocalityOf(pathway, ids), Locality::kInPart);
  ids.RemoveLast();
  ids.Mutable(0)->assign("paper");
  EXPECT_EQ(LocalityOf(pathway, ids), Locality::kNone);
}

TEST_F(PartsTest, CountsHaveTheirNoun) {
  EXPECT_EQ(CountText(1, "case"), "1 case");
  EXPECT_EQ(CountText(0, "case"), "0 cases");
}

}  // namespace
}  // namespace plumbline::cli
