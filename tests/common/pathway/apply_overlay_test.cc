#include "common/pathway/apply_overlay.h"

#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "common/pathway/content.h"
#include "common/pathway/read_folder.h"
#include "common/pathway/source_files.h"
#include "tests/common/pathway/example_folder.h"

namespace plumbline::pathway {
namespace {

// The example with a score and Spanish, under an overlay.
class ApplyOverlayTest : public ::testing::Test {
 protected:
  ApplyOverlayTest() {
    files_["scores.txtpb"] = R"(scores {
  name: "now"
  title: "Now"
  method: SCORE_METHOD_TOTAL
  link_ids: ["pain.now"]
  bands { code: "all" label: "All" minimum: 0 maximum: 10 }
  citation: "Invented."
  licence_note: "Our own wording."
})";
  }

  // Adds Spanish: the key of every text for its words.
  void AddSpanish() {
    std::string& header = files_["pathway.txtpb"];
    header.replace(header.find("[\"en\"]"), 6, "[\"en\", \"es\"]");
    files_["guidance/go-now.es.md"] = "---\ntitle: \"Ya\"\n---\nLlame.\n";
    std::string& texts = files_["locales/es.txtpb"];
    texts = "translations {\n  locale: \"es\"\n";
    for (const char* key : {"title", "description"}) AddText(key, texts);
    for (const char* disposition :
         {"SELF_CARE", "ROUTINE", "WITHIN_DAYS", "SAME_DAY", "EMERGENCY_NOW"}) {
      for (const char* part : {"title", "instruction"}) {
        AddText(
            std::string("dispositions/DISPOSITION_") + disposition + "/" + part,
            texts);
      }
    }
    for (const char* key :
         {"emergency_signs/bone/text", "groups/all/title",
          "items/em.bone/prompt", "items/em.bone/options/no",
          "items/em.bone/options/yes", "items/em.bone/if_unknown/rationale",
          "items/pain.now/prompt", "items/pain.days/prompt",
          "items/pain.fall/prompt", "items/med.taken/prompt",
          "items/med.taken/options/none", "items/med.taken/options/nsaid",
          "scores/now/title", "scores/now/bands/all", "rules/R-E01/rationale",
          "rules/R-R01/rationale"}) {
      AddText(key, texts);
    }
    texts += "}\n";
  }

  static void AddText(const std::string& key, std::string& texts) {
    texts += "  texts { key: \"" + key + "\" text: \"" + key + "\" }\n";
  }

  ReadResult Under(const std::string& overlay) {
    files_["overlay.txtpb"] = overlay;
    return ReadPathway(files_);
  }

  std::string FaultsUnder(const std::string& overlay) {
    return ToString(Under(overlay).faults);
  }

  // The words of `key` in Spanish.
  static std::string Spanish(const ReadResult& read, const std::string& key) {
    for (const v1::LocaleText& text : read.message.translations(0).texts()) {
      if (text.key() == key) return text.text();
    }
    return "";
  }

  SourceFiles files_ = ExampleFolder();
};

TEST_F(ApplyOverlayTest, ChangesTheWordsThatItHas) {
  const ReadResult before = Under("");
  const ReadResult read = Under(R"(items {
  link_id: "em.bone"
  prompt: "Is bone to be seen?"
  help: "Look at the wrist."
  options { code: "yes" text: "Yes, there is" }
})");
  EXPECT_EQ(ToString(read.faults), "");
  v1::Pathway expected = before.message;
  v1::Item& item = *expected.mutable_items(0);
  item.set_prompt("Is bone to be seen?");
  item.set_help("Look at the wrist.");
  item.mutable_options(1)->set_text("Yes, there is");
  EXPECT_EQ(read.message.DebugString(), expected.DebugString());
}

TEST_F(ApplyOverlayTest, DoesNotExchangeOptions) {
  EXPECT_EQ(FaultsUnder("items {\n"
                        "  link_id: \"em.bone\"\n"
                        "  options { code: \"yes\" text: \"no\" }\n"
                        "  options { code: \"no\" text: \"Yes\" }\n"
                        "}\n"),
            "overlay.txtpb:3:32: items[em.bone].options[yes].text: in the "
            "pathway these are the words of 'no'; an overlay must not exchange "
            "options\n"
            "overlay.txtpb:4:31: items[em.bone].options[no].text: in the "
            "pathway these are the words of 'yes'; an overlay must not "
            "exchange options\n");
}

TEST_F(ApplyOverlayTest, DoesNotExchangeOptionsOfOtherLocales) {
  AddSpanish();
  EXPECT_EQ(FaultsUnder("translations {\n"
                        "  locale: \"es\"\n"
                        "  texts {\n"
                        "    key: \"items/em.bone/options/yes\"\n"
                        "    text: \"items/em.bone/options/no\"\n"
                        "  }\n"
                        "}\n"),
            "overlay.txtpb:5:12: translations[es].texts[items/em.bone/options/"
            "yes].text: in the pathway these are the words of "
            "'items/em.bone/options/no'; an overlay must not exchange options\n"
            "overlay.txtpb:5:12: translations[es].texts[items/em.bone/options/"
            "yes].text: has the words of 'items/em.bone/options/no'; nobody "
            "could tell them apart\n");
}

// A pathway with instruments, under an overlay.
class ValidatedTest : public ::testing::Test {
 protected:
  ReadResult Under(const std::string& overlay) {
    files_["overlay.txtpb"] = overlay;
    return ReadPathway(files_);
  }

  // The score of this name.
  static v1::Score Score(const ReadResult& read, const std::string& name) {
    for (const v1::Score& score : read.message.scores()) {
      if (score.name() == name) return score;
    }
    return {};
  }

  SourceFiles files_ =
      *LoadSourceFiles("tests/fixtures/pathways/measures", kContentBytesMax);
};

TEST_F(ValidatedTest, ComesWithTheWordsOfEveryItem) {
  const std::string first =
      "items { link_id: \"phq.i1\" prompt: \"First.\" }\n";
  const std::string second =
      "items { link_id: \"phq.i2\" prompt: \"Second.\" }\n";
  const std::string mark = "scores { name: \"phq2\" validated: true }\n";
  const ReadResult read = Under(second + mark + first);
  EXPECT_EQ(ToString(read.faults), "");
  EXPECT_TRUE(Score(read, "phq2").validated());
  // Another score of the same items is not meant.
  EXPECT_FALSE(Score(read, "phq2_cautious").validated());

  constexpr char kMissing[] =
      ":34: scores[phq2].validated: the published words of every item must "
      "stand in this overlay, and there is no prompt of ";
  EXPECT_EQ(ToString(Under(mark).faults),
            absl::StrCat("overlay.txtpb:1", kMissing, "'phq.i1'\n"));
  EXPECT_EQ(ToString(Under(first + mark).faults),
            absl::StrCat("overlay.txtpb:2", kMissing, "'phq.i2'\n"));
  // Other words of an item are not its question.
  const std::string answer =
      "items { link_id: \"phq.i1\" bands { code: \"a0\" label: \"No.\" } }\n";
  EXPECT_EQ(ToString(Under(answer + second + mark).faults),
            absl::StrCat("overlay.txtpb:3", kMissing, "'phq.i1'\n"));
}

TEST_F(ValidatedTest, OfAListThatIsTickedComesWithItsStatements) {
  std::string options;
  for (int i = 1; i <= 23; ++i) {
    absl::StrAppend(&options, "  options { code: \"s", i, "\" text: \"Words ",
                    i, ".\" }\n");
  }
  const std::string begin = "items {\n  link_id: \"rmdq.today\"\n" + options;
  const std::string mark = "scores { name: \"rmdq\" validated: true }\n";
  EXPECT_EQ(ToString(Under(begin + "  prompt: \"Tick.\"\n}\n" + mark).faults),
            "overlay.txtpb:28:34: scores[rmdq].validated: the published words "
            "of every item must stand in this overlay, and there is no text of "
            "option 's24' of 'rmdq.today'\n");
  const ReadResult read = Under(
      begin + "  options { code: \"s24\" text: \"The last.\" }\n}\n" + mark);
  EXPECT_EQ(ToString(read.faults), "");
  EXPECT_TRUE(Score(read, "rmdq").validated());
}

TEST_F(ValidatedTest, MayBeDeniedWithoutWords) {
  const ReadResult read = Under("scores { name: \"phq9\" validated: false }");
  EXPECT_EQ(ToString(read.faults), "");
  EXPECT_FALSE(Score(read, "phq9").validated());
}

TEST_F(ApplyOverlayTest, LocalWordingIsNeverValidated) {
  EXPECT_EQ(FaultsUnder("items { link_id: \"pain.now\" prompt: \"Now?\" }\n"
                        "scores { name: \"now\" validated: true }"),
            "overlay.txtpb:2:33: scores[now].validated: 'now' follows no "
            "instrument, and local wording is never validated; leave it out\n");
}

TEST_F(ApplyOverlayTest, ChangesTheWordsOfOtherLocales) {
  AddSpanish();
  ASSERT_EQ(FaultsUnder(""), "");
  const ReadResult read = Under(R"(translations {
  locale: "es"
  texts { key: "items/em.bone/prompt" text: "¿Se ve el hueso?" }
  texts { key: "items/em.bone/options/yes" text: "Sí, se ve" }
})");
  EXPECT_EQ(ToString(read.faults), "");
  EXPECT_EQ(Spanish(read, "items/em.bone/prompt"), "¿Se ve el hueso?");
  EXPECT_EQ(Spanish(read, "items/em.bone/options/yes"), "Sí, se ve");
  EXPECT_EQ(Spanish(read, "items/em.bone/options/no"),
            "items/em.bone/options/no");
  EXPECT_EQ(read.message.items(0).prompt(), "Do you see bone?");
}

TEST_F(ApplyOverlayTest, WhatIsNewIsTranslatedToo) {
  AddSpanish();
  const std::string help =
      "items { link_id: \"em.bone\" help: \"Look at the wrist.\" }\n";
  EXPECT_EQ(FaultsUnder(help),
            "locales/es.txtpb:3:3: translations[es].texts: no translation of "
            "'items/em.bone/help'\n");
  const ReadResult read = Under(help + R"(translations {
  locale: "es"
  texts { key: "items/em.bone/help" text: "Mire la muñeca." }
})");
  EXPECT_EQ(ToString(read.faults), "");
  EXPECT_EQ(Spanish(read, "items/em.bone/help"), "Mire la muñeca.");
}

constexpr char kNothingElse[] =
    "an overlay changes the wording of items and the mark 'validated' of "
    "scores, and nothing else; here it may have ";

TEST_F(ApplyOverlayTest, RefusesEverythingElse) {
  const struct {
    const char* overlay;
    const char* place;
    const char* allowed;
  } rows[] = {
      {"pathway_id: \"arm\"", "1:14: pathway_id",
       "items, scores, translations"},
      {"rules { rule_id: \"R-E01\" }", "1:1: rules",
       "items, scores, translations"},
      {"instruments { instrument_id: \"a\" }", "1:1: instruments",
       "items, scores, translations"},
      {"items { link_id: \"em.bone\" emergency: false }",
       "1:39: items[em.bone].emergency",
       "link_id, prompt, help, options, bands"},
      {"items { link_id: \"pain.now\" integer_range { maximum: 9 } }",
       "1:29: items[pain.now].integer_range",
       "link_id, prompt, help, options, bands"},
      {"items { link_id: \"em.bone\" options { code: \"no\" means_unknown: "
       "true "
       "} }",
       "1:64: items[em.bone].options[no].means_unknown", "code, text"},
      {"scores { name: \"now\" title: \"Then\" }", "1:30: scores[now].title",
       "name, validated"},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(FaultsUnder(row.overlay), std::string("overlay.txtpb:") +
                                            row.place + ": " + kNothingElse +
                                            row.allowed + "\n");
  }
}

TEST_F(ApplyOverlayTest, RefusesTranslationsOfAnythingElse) {
  AddSpanish();
  EXPECT_EQ(FaultsUnder(R"(translations {
  locale: "es"
  review_note: "Reviewed."
  texts { key: "rules/R-E01/rationale" text: "No es nada." }
  texts { key: "items/em.bone/if_unknown/rationale" text: "Tranquilo." }
})"),
            "overlay.txtpb:3:17: translations[es].review_note: " +
                std::string(kNothingElse) +
                "locale, texts\n"
                "overlay.txtpb:4:17: translations[es].texts[rules/R-E01/"
                "rationale].key: no wording of an item "
                "'rules/R-E01/rationale'\n"
                "overlay.txtpb:5:17: translations[es].texts[items/em.bone/"
                "if_unknown/rationale].key: no wording of an item "
                "'items/em.bone/if_unknown/rationale'\n");
}

TEST_F(ApplyOverlayTest, NamesWhatThePathwayDoesNotHave) {
  EXPECT_EQ(FaultsUnder(R"(items { link_id: "em.bon" prompt: "Bone?" }
items { prompt: "Bone?" }
items { link_id: "em.bone" options { code: "ye" text: "Yes" } }
scores { name: "then" validated: true }
translations { locale: "fr" }
)"),
            "overlay.txtpb:1:19: items[em.bon].link_id: no item 'em.bon'; did "
            "you mean 'em.bone'?\n"
            "overlay.txtpb:2:1: items[1].link_id: required: the item that is "
            "meant\n"
            "overlay.txtpb:3:45: items[em.bone].options[ye].code: no option "
            "'ye'; did you mean 'yes'?\n"
            "overlay.txtpb:4:17: scores[then].name: no score 'then'\n"
            "overlay.txtpb:5:25: translations[fr].locale: no translation into "
            "'fr'\n");
}

TEST_F(ApplyOverlayTest, RefusesWhatStandsThereTwice) {
  EXPECT_EQ(FaultsUnder(R"(items { link_id: "pain.now" prompt: "How bad?" }
items { link_id: "pain.now" prompt: "How bad now?" }
)"),
            "overlay.txtpb:2:19: items[pain.now].link_id: 'pain.now' is there "
            "already\n");
}

}  // namespace
}  // namespace plumbline::pathway
