#include "common/pathway/read_guidance.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <deque>
#include <map>
#include <string>
#include <vector>

#include "common/pathway/fault.h"

namespace plumbline::pathway {
namespace {

struct Read {
  std::deque<SourceText> sources;
  v1::Pathway message;
  ElementPlace place;
  Faults faults;
  bool all_read = false;
};

void ReadInto(const std::map<std::string, std::string>& files, Read* read) {
  std::vector<const SourceText*> sources;
  for (const auto& [file, text] : files) {
    sources.push_back(&read->sources.emplace_back(file, text));
  }
  read->message.set_default_locale("en");
  read->all_read =
      ReadGuidance(sources, &read->message, &read->place, &read->faults);
}

TEST(ReadGuidanceTest, JoinsARecordWithItsTexts) {
  Read read;
  ReadInto({{"guidance/heat.md",
             "---\norder: 7\ntexts { title: \"Heat\" }\n---\n\n  Warm.\n\n"},
            {"guidance/heat.es.md", "---\ntitle: \"Calor\"\n---\nTibio.\n"}},
           &read);
  EXPECT_EQ(ToString(read.faults), "");
  EXPECT_TRUE(read.all_read);
  ASSERT_EQ(read.message.guidance_size(), 1);
  const v1::GuidanceRecord& record = read.message.guidance(0);
  EXPECT_EQ(record.guidance_id(), "heat");
  EXPECT_EQ(record.order(), 7);
  ASSERT_EQ(record.texts_size(), 2);
  EXPECT_EQ(record.texts(0).locale(), "en");
  EXPECT_EQ(record.texts(0).title(), "Heat");
  EXPECT_EQ(record.texts(0).body(), "  Warm.");
  EXPECT_EQ(record.texts(1).locale(), "es");
  EXPECT_EQ(record.texts(1).title(), "Calor");
  EXPECT_EQ(record.texts(1).body(), "Tibio.");
}

TEST(ReadGuidanceTest, KnowsWhereTextsStand) {
  Read read;
  ReadInto({{"guidance/heat.md",
             "---\norder: 7\ntexts { title: \"Heat\" }\n---\n\nWarm.\n"},
            {"guidance/heat.es.md", "---\ntitle: \"Calor\"\n---\nTibio.\n"}},
           &read);
  EXPECT_EQ(FindPlace(read.place, "guidance[0].order", 0),
            (Place{"guidance/heat.md", 2, 8}));
  EXPECT_EQ(FindPlace(read.place, "guidance[0].texts[0].title", 0),
            (Place{"guidance/heat.md", 3, 17}));
  EXPECT_EQ(FindPlace(read.place, "guidance[0].texts[0].body", 0),
            (Place{"guidance/heat.md", 6, 1}));
  EXPECT_EQ(FindPlace(read.place, "guidance[0].texts[0].body", 2),
            (Place{"guidance/heat.md", 6, 3}));
  EXPECT_EQ(FindPlace(read.place, "guidance[0].texts[1].body", 0),
            (Place{"guidance/heat.es.md", 4, 1}));
  EXPECT_EQ(FindPlace(read.place, "guidance[0].kind", 0),
            (Place{"guidance/heat.md", 1, 1}));
}

TEST(ReadGuidanceTest, SortsByOrderThenById) {
  Read read;
  const auto file = [](int order) {
    return "---\norder: " + std::to_string(order) + "\n---\nText.\n";
  };
  ReadInto({{"guidance/a.md", file(2)},
            {"guidance/b.md", file(1)},
            {"guidance/c.md", file(1)}},
           &read);
  ASSERT_EQ(read.message.guidance_size(), 3);
  EXPECT_EQ(read.message.guidance(0).guidance_id(), "b");
  EXPECT_EQ(read.message.guidance(1).guidance_id(), "c");
  EXPECT_EQ(read.message.guidance(2).guidance_id(), "a");
  EXPECT_EQ(FindPlace(read.place, "guidance[2].order", 0).file,
            "guidance/a.md");
}

struct FaultCase {
  std::string name;
  std::map<std::string, std::string> files;
  std::string faults;
};

class ReadGuidanceFaultTest : public testing::TestWithParam<FaultCase> {};

TEST_P(ReadGuidanceFaultTest, IsExplained) {
  Read read;
  ReadInto(GetParam().files, &read);
  EXPECT_EQ(ToString(read.faults), GetParam().faults);
}

constexpr char kHeat[] = "---\ntexts { title: \"Heat\" }\n---\nWarm.\n";

INSTANTIATE_TEST_SUITE_P(
    Files, ReadGuidanceFaultTest,
    testing::ValuesIn<FaultCase>({
        {"WithoutFrontMatter",
         {{"guidance/heat.md", "# Heat\n"}},
         "guidance/heat.md:1:1: expected '---' alone on the first line; front "
         "matter stands between two such lines, and the text below\n"},
        {"WithFrontMatterThatDoesNotEnd",
         {{"guidance/heat.md", "---\norder: 1\nWarm.\n"}},
         "guidance/heat.md:1:1: the front matter that begins here has no "
         "closing line '---'\n"},
        {"WithMalformedFrontMatter",
         {{"guidance/heat.md", "---\norder 1\n---\nWarm.\n"}},
         "guidance/heat.md:2:7: expected ':' or '{' after 'order', not '1'\n"},
        {"WithUnknownField",
         {{"guidance/heat.md", "---\n\nordr: 1\n---\nWarm.\n"}},
         "guidance/heat.md:3:1: guidance[heat].ordr: no such field in "
         "GuidanceRecord; did you mean 'order'?\n"},
        {"WithAnotherId",
         {{"guidance/heat.md", "---\nguidance_id: \"cold\"\n---\nWarm.\n"}},
         "guidance/heat.md:2:15: guidance[heat].guidance_id: is 'cold', but "
         "the file is 'guidance/heat.md'\n"},
        {"WithAnotherLocale",
         {{"guidance/heat.md",
           "---\ntexts { locale: \"es\" title: \"Calor\" }\n---\nTibio.\n"}},
         "guidance/heat.md:2:18: guidance[heat].texts[en].locale: is 'es', but "
         "the default locale is 'en'\n"},
        {"WithTwoTexts",
         {{"guidance/heat.md",
           "---\ntexts { title: \"Heat\" }\ntexts { }\n---\nWarm.\n"}},
         "guidance/heat.md:3:1: guidance[heat].texts: one text stands here; "
         "that of another locale in a file of its own, such as "
         "guidance/heat.es.md\n"},
        {"WithBodyInFrontMatter",
         {{"guidance/heat.md",
           "---\ntexts { title: \"H\" body: \"Warm.\" }\n---\n"}},
         "guidance/heat.md:2:27: guidance[heat].texts[en].body: stands below "
         "the front matter\n"},
        {"WithTranslationOfNothing",
         {{"guidance/heat.es.md", "---\ntitle: \"Calor\"\n---\nTibio.\n"}},
         "guidance/heat.es.md:1:1: guidance[heat]: translates "
         "guidance/heat.md, which is missing\n"},
        {"WithTranslationToTheDefault",
         {{"guidance/heat.en.md", "---\ntitle: \"Heat\"\n---\nWarm.\n"},
          {"guidance/heat.md", kHeat}},
         "guidance/heat.en.md:1:1: guidance[heat]: 'en' is the default locale; "
         "its text stands in guidance/heat.md\n"},
        {"WithRecordFieldInTranslation",
         {{"guidance/heat.es.md",
           "---\ntitle: \"Calor\"\norder: 1\n---\nTibio.\n"},
          {"guidance/heat.md", kHeat}},
         "guidance/heat.es.md:3:1: guidance[heat].texts[es].order: no such "
         "field in GuidanceText; its fields are locale, title, body\n"},
    }),
    [](const auto& instance) { return instance.param.name; });

TEST(ReadGuidanceTest, SaysWhetherEveryFileCouldBeRead) {
  Read unreadable;
  ReadInto({{"guidance/heat.md", "---\norder 1\n---\n"}}, &unreadable);
  EXPECT_FALSE(unreadable.all_read);
  Read faulty;
  ReadInto({{"guidance/heat.md", "---\nordr: 1\n---\n"}}, &faulty);
  EXPECT_TRUE(faulty.all_read);
}

}  // namespace
}  // namespace plumbline::pathway
