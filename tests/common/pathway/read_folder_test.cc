#include "common/pathway/read_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "common/pathway/content.h"
#include "common/pathway/fault.h"
#include "common/pathway/source_files.h"
#include "tests/common/pathway/example_folder.h"

namespace plumbline::pathway {
namespace {

// The example with `from` in `file` replaced by `to`.
SourceFiles Changed(const std::string& file, const std::string& from,
                    const std::string& to) {
  SourceFiles files = ExampleFolder();
  EXPECT_EQ(absl::StrReplaceAll({{from, to}}, &files[file]), 1) << from;
  return files;
}

SourceFiles With(const std::string& file, const std::string& bytes) {
  SourceFiles files = ExampleFolder();
  files[file] = bytes;
  return files;
}

SourceFiles Without(const std::string& file) {
  SourceFiles files = ExampleFolder();
  files.erase(file);
  return files;
}

TEST(ReadPathwayTest, CompilesAFolder) {
  const ReadResult read = ReadPathway(ExampleFolder());
  EXPECT_EQ(ToString(read.faults), "");
  ASSERT_NE(read.pathway, nullptr);
  EXPECT_EQ(read.pathway->pathway_id, "wrist");
  EXPECT_EQ(read.pathway->items.size(), 5U);
  EXPECT_EQ(read.pathway->rules.size(), 2U);
  EXPECT_EQ(read.message.guidance(0).texts(0).body(),
            "Call the **emergency number**.");
  EXPECT_EQ(read.message.cases_size(), 1);
}

TEST(ReadPathwayTest, GivesContentThatLoads) {
  const ReadResult read = ReadPathway(ExampleFolder());
  ASSERT_NE(read.pathway, nullptr);
  const auto loaded = LoadContent(ToContent(read.message));
  ASSERT_TRUE(loaded.ok()) << loaded.status();
  EXPECT_EQ((*loaded)->digest, read.pathway->digest);
}

TEST(ReadPathwayTest, GivesTheSameBytesHoweverFilesAreLaidOut) {
  SourceFiles files = ExampleFolder();
  for (auto& [path, bytes] : files) {
    absl::StrReplaceAll({{"\n", "\r\n"}}, &bytes);
  }
  files["README.md"] = "For people.";
  EXPECT_EQ(ToContent(ReadPathway(files).message),
            ToContent(ReadPathway(ExampleFolder()).message));
}

struct FaultCase {
  std::string name;
  SourceFiles files;
  std::string faults;
};

class ReadPathwayFaultTest : public testing::TestWithParam<FaultCase> {};

TEST_P(ReadPathwayFaultTest, IsExplained) {
  const ReadResult read = ReadPathway(GetParam().files);
  EXPECT_EQ(ToString(read.faults), GetParam().faults);
  EXPECT_EQ(read.pathway, nullptr);
}

constexpr char kBelongs[] =
    "a pathway has pathway.txtpb, questionnaire.txtpb, scores.txtpb, "
    "rules.txtpb, invariants.txtpb, sources.txtpb, locales/<locale>.txtpb, "
    "instruments/<id>.txtpb, guidance/<id>.md, cases/<name>.jsonl and "
    "overlay.txtpb\n";

INSTANTIATE_TEST_SUITE_P(
    Folder, ReadPathwayFaultTest,
    testing::ValuesIn<FaultCase>({
        {"OfNothing",
         {},
         absl::StrCat("pathway.txtpb: is missing; ", kBelongs)},
        {"WithoutMainFile", Without("pathway.txtpb"),
         absl::StrCat("pathway.txtpb: is missing; ", kBelongs)},
        {"WithForeignFile", With("rule.txtpb", ""),
         absl::StrCat("rule.txtpb:1:1: does not belong; ", kBelongs)},
        {"WithFolderInGuidance", With("guidance/a/b.md", ""),
         absl::StrCat("guidance/a/b.md:1:1: does not belong; ", kBelongs)},
        {"WithMalformedText",
         Changed("rules.txtpb", "flag: \"LASTING\"", "flag \"LASTING\""),
         "rules.txtpb:19:8: expected ':' or '{' after 'flag', not a text\n"},
        {"WithFileThatIsNoText", With("rules.txtpb", "\xFF"),
         "rules.txtpb:1:1: byte 0xFF is not UTF-8; save the file as UTF-8\n"},
        {"WithFieldInTheWrongFile",
         Changed("questionnaire.txtpb", "groups { group_id: \"all\"",
                 "definitions { }\ngroups { group_id: \"all\""),
         "questionnaire.txtpb:1:1: definitions: belongs in scores.txtpb\n"},
        {"WithGuidanceInTextFormat",
         Changed("rules.txtpb", "rules {\n  rule_id: \"R-E01\"",
                 "guidance { }\nrules {\n  rule_id: \"R-E01\""),
         "rules.txtpb:1:1: guidance: belongs in guidance/<id>.md\n"},
        {"WithUnknownField",
         Changed("pathway.txtpb", "title: \"Wrist\"", "titel: \"Wrist\""),
         "pathway.txtpb:2:1: titel: no such field in Pathway; did you mean "
         "'title'?\n"},
        {"WithLocaleOfAnotherName",
         With("locales/es.txtpb", "translations {\n  locale: \"fr\"\n}\n"),
         "locales/es.txtpb:2:12: translations[fr].locale: is 'fr', but the "
         "file is 'locales/es.txtpb'\n"
         "locales/es.txtpb:2:12: translations[fr].locale: 'fr' is not a locale "
         "of the pathway; add it to 'locales'\n"},
        {"WithInstrumentAmongScores",
         With("scores.txtpb", "instruments { instrument_id: \"stairs\" }\n"),
         "scores.txtpb:1:1: instruments: belongs in instruments/<id>.txtpb\n"},
        {"WithOverlayThatChangesARule",
         With("overlay.txtpb", "\nrules { rule_id: \"R-E01\" }\n"),
         "overlay.txtpb:2:1: rules: an overlay changes the wording of items "
         "and the mark 'validated' of scores, and nothing else; here it may "
         "have items, scores, translations\n"},
        {"WithOverlayThatIsMalformed", With("overlay.txtpb", "items {\n"),
         "overlay.txtpb:2:1: expected '}' to close 'items', which begins at "
         "line 1, not the end of the text\n"},
        {"WithWordsThatCannotBeShown",
         With("overlay.txtpb",
              "items {\n  link_id: \"pain.now\"\n  prompt: \" How bad?\"\n}"
              "\n"),
         "overlay.txtpb:3:12: items[pain.now].prompt: begins or ends with "
         "blanks; leave them out\n"},
        {"WithNewerEngine",
         Changed("pathway.txtpb", "engine_version_min: 1",
                 "engine_version_min: 999"),
         "pathway.txtpb:4:21: engine_version_min: needs engine 999; this is "
         "engine 1\n"},
        // What the compiler finds, at the place where it was written.
        {"WithUnknownIdentifier",
         Changed("rules.txtpb", "em.bone == 'yes'", "em.bon == 'yes'"),
         "rules.txtpb:3:10: rules[R-E01].when: no item 'em.bon'; did you mean "
         "'em.bone'?\n"},
        {"WithFaultInTheSecondPieceOfAnExpression",
         Changed("rules.txtpb", "\"pain.days > 2.0\"", "\"pain.days > true\""),
         "rules.txtpb:17:18: rules[R-R01].when: '>' compares numbers; 'true' "
         "is a bool; bools have no order: join them with && and ||\n"},
        {"WithOptionThatDoesNotExist",
         Changed("rules.txtpb", "em.bone == 'yes'", "em.bone == 'maybe'"),
         "rules.txtpb:3:21: rules[R-E01].when: 'em.bone' has no option "
         "'maybe'; "
         "there are no, yes\n"},
        {"WithDanglingReference",
         Changed("rules.txtpb", "guidance_ids: [\"go-now\"]",
                 "guidance_ids: [\"go-noww\"]"),
         "rules.txtpb:7:19: rules[R-E01].guidance_ids[0]: no guidance record "
         "'go-noww'; did you mean 'go-now'?\n"},
        {"WithDanglingSource",
         Changed("guidance/go-now.md", "sources: [\"book\"]",
                 "sources: [\"bok\"]"),
         "guidance/go-now.md:7:12: guidance[go-now].sources[0]: no source or "
         "evidence 'bok'; did you mean 'book'?\n"},
        {"WithIdTwice",
         Changed("rules.txtpb", "rule_id: \"R-R01\"", "rule_id: \"R-E01\""),
         "rules.txtpb:14:13: rules[1].rule_id: 'R-E01' is there already, at "
         "rules.txtpb:2:13; each is unique\n"},
        {"WithCycleInEnabling",
         Changed("questionnaire.txtpb",
                 "integer_range { minimum: 0 maximum: 10 unit: \"{score}\" }",
                 "integer_range { minimum: 0 maximum: 10 unit: \"{score}\" }\n"
                 "  enable_when: \"has(pain.now) && pain.now > 3\""),
         "questionnaire.txtpb:25:17: items[pain.now].enable_when: whether the "
         "item is asked depends on itself: pain.now -> pain.now\n"},
        {"WithCaseIdInTwoFiles",
         With("cases/more.jsonl", ExampleFolder()["cases/all.jsonl"]),
         "cases/more.jsonl:1:8: cases[1].case_id: 'C-1' is there already, at "
         "cases/all.jsonl:1:8; each is unique\n"},
        {"WithCaseFlagOfNothing",
         Changed("cases/all.jsonl", "\"must_flag\": [\"OPEN_BREAK\"]",
                 "\"must_flag\": [\"OPEN_BREK\"]"),
         "cases/all.jsonl:1:147: cases[C-1].must_flag[0]: no flag 'OPEN_BREK'; "
         "did you mean 'OPEN_BREAK'?\n"},
        {"WithoutGuidanceTitle",
         Changed("guidance/go-now.md", "texts { title: \"Go now\" }\n", ""),
         "guidance/go-now.md:1:1: guidance[go-now].texts[en].title: "
         "required\n"},
        {"WithHtmlInGuidance",
         Changed("guidance/go-now.md", "Call the **emergency number**.",
                 "Call.\n\nCaf\xC3\xA9 <br> [x](y)"),
         "guidance/go-now.md:13:6: guidance[go-now].texts[en].body: raw HTML "
         "is not shown; write it in Markdown, or '<' as '\\<'\n"
         "guidance/go-now.md:13:11: guidance[go-now].texts[en].body: links are "
         "not shown; name a source in 'sources' instead\n"},
        // What could not be read is not called missing as well.
        {"WithValueThatCannotBeRead",
         Changed("rules.txtpb", "disposition: DISPOSITION_ROUTINE",
                 "disposition: ROUTINE"),
         "rules.txtpb:18:16: rules[R-R01].disposition: takes one of "
         "DISPOSITION_SELF_CARE, DISPOSITION_ROUTINE, DISPOSITION_WITHIN_DAYS, "
         "DISPOSITION_SAME_DAY, DISPOSITION_EMERGENCY_NOW, not 'ROUTINE'\n"},
        {"WithMisspeltFieldOfRule",
         Changed("rules.txtpb", "flag: \"LASTING\"", "flagg: \"LASTING\""),
         "rules.txtpb:19:3: rules[R-R01].flagg: no such field in Rule; did you "
         "mean 'flag'?\n"},
    }),
    [](const auto& instance) { return instance.param.name; });

TEST(ReadPathwayTest, AnInstrumentHasTheNameOfItsFile) {
  const Faults faults =
      ReadPathway(With("instruments/steps.txtpb",
                       "instruments { instrument_id: \"stairs\" }\n"))
          .faults;
  ASSERT_FALSE(faults.empty());
  EXPECT_EQ(ToString(faults.back()),
            "instruments/steps.txtpb:1:31: instruments[stairs].instrument_id: "
            "is 'stairs', but the file is 'instruments/steps.txtpb'");
}

// The validation is of the published wording, and no folder ships that.
TEST(ReadPathwayTest, OnlyAnOverlaySaysThatAnInstrumentIsValidated) {
  auto files =
      LoadSourceFiles("tests/fixtures/pathways/measures", kContentBytesMax);
  ASSERT_TRUE(files.ok()) << files.status();
  ASSERT_EQ(absl::StrReplaceAll(
                {{"name: \"phq9\"\n", "name: \"phq9\"\n  validated: true\n"}},
                &(*files)["scores.txtpb"]),
            1);
  EXPECT_EQ(
      ToString(ReadPathway(*files).faults),
      "scores.txtpb:25:14: scores[phq9].validated: only an overlay may say "
      "this of an instrument, together with the published wording; leave it "
      "out here\n");
  absl::StrReplaceAll({{"  validated: true\n", ""}}, &(*files)["scores.txtpb"]);
  std::string& overlay = (*files)["overlay.txtpb"];
  overlay = "scores { name: \"phq9\" validated: true }\n";
  for (int i = 1; i <= 9; ++i) {
    absl::StrAppend(&overlay, "items { link_id: \"phq.i", i,
                    "\" prompt: \"Words ", i, ".\" }\n");
  }
  EXPECT_EQ(ToString(ReadPathway(*files).faults), "");
}

TEST(ReadPathwayTest, LocalWordingIsNeverValidated) {
  EXPECT_EQ(ToString(ReadPathway(With("scores.txtpb", R"(scores {
  name: "now"
  title: "Now"
  method: SCORE_METHOD_TOTAL
  link_ids: ["pain.now"]
  bands { code: "all" label: "All" minimum: 0 maximum: 10 }
  citation: "Invented."
  licence_note: "Our own wording."
  validated: true
})"))
                         .faults),
            "scores.txtpb:9:14: scores[now].validated: local wording is never "
            "validated; leave it out\n");
}

TEST(ReadPathwayTest, AnOverlayChangesTheWords) {
  const ReadResult read = ReadPathway(
      With("overlay.txtpb",
           "items { link_id: \"pain.now\" prompt: \"How bad, 0 to 10?\" }\n"));
  EXPECT_EQ(ToString(read.faults), "");
  ASSERT_NE(read.pathway, nullptr);
  EXPECT_EQ(read.message.items(1).prompt(), "How bad, 0 to 10?");
  EXPECT_NE(read.pathway->digest, ReadPathway(ExampleFolder()).pathway->digest);
}

TEST(ReadPathwayTest, RefusesFilesOverTheLimit) {
  const SourceFiles files = {
      {"rules.txtpb", std::string(kContentBytesMax, '#')},
      {"scores.txtpb", "#"}};
  EXPECT_EQ(ToString(ReadPathway(files).faults),
            "the files have 8388609 bytes together; a pathway has at most "
            "8388608\n");
}

// The faults of the example whose rules have `count` unknown fields.
Faults WithUnknownFields(int count) {
  SourceFiles files = ExampleFolder();
  for (int i = 0; i < count; ++i) {
    absl::StrAppend(&files["rules.txtpb"], "x: ", i, "\n");
  }
  return ReadPathway(files).faults;
}

TEST(ReadPathwayTest, ListsNoMoreFaultsThanAnyoneReads) {
  const Faults whole = WithUnknownFields(1000);
  EXPECT_EQ(whole.size(), 1000U);
  EXPECT_EQ(whole.back().place, (Place{"rules.txtpb", 1022, 1}));
  for (const int count : {1001, 5000}) {
    const Faults faults = WithUnknownFields(count);
    ASSERT_EQ(faults.size(), 1001U);
    EXPECT_EQ(faults[999], whole.back());
    EXPECT_EQ(ToString(faults.back()),
              "more than 1000 faults; mend these first");
  }
}

TEST(ReadPathwayTest, SaysOnceAndLastThatTheCompilerFoundMore) {
  SourceFiles files = ExampleFolder();
  for (int i = 0; i < 600; ++i) {
    absl::StrAppend(&files["rules.txtpb"], "rules { rule_id: \"R-", i,
                    "\" when: \"x.y\" disposition: DISPOSITION_ROUTINE }\n");
  }
  const Faults faults = ReadPathway(files).faults;
  ASSERT_EQ(faults.size(), 1001U);
  EXPECT_EQ(faults.front().place.file, "rules.txtpb");
  EXPECT_EQ(ToString(faults.back()), "more than 1000 faults; mend these first");
}

// Cut and damaged files must be refused or read, and nothing else.
TEST(ReadPathwayTest, SurvivesDamage) {
  const SourceFiles whole = ExampleFolder();
  for (const auto& [path, bytes] : whole) {
    for (std::size_t at = 0; at < bytes.size(); at += 41) {
      SourceFiles cut = whole;
      cut[path].resize(at);
      SourceFiles damaged = whole;
      damaged[path][at] = "{}\"'#-:[\xFF"[at % 10];
      for (const SourceFiles& files : {cut, damaged}) {
        const ReadResult read = ReadPathway(files);
        EXPECT_EQ(read.faults.empty(), read.pathway != nullptr);
      }
    }
  }
}

TEST(ReadPathwayTest, FindsTheFaultsOfAllFilesInOneRun) {
  SourceFiles files = Changed("rules.txtpb", "flag: \"LASTING\"",
                              "flag: \"LASTING\" colour: 1");
  files["sources.txtpb"] += "sources { source_id: \"b\" kind: X }\n";
  files["cases/all.jsonl"] += "{}\n";
  files["guidance/go-now.md"] += "<br>\n";
  files["odd"] = "";
  const ReadResult read = ReadPathway(files);
  std::string places;
  for (const Fault& fault : read.faults) {
    absl::StrAppend(&places, fault.place.file, ":", fault.place.line, " ");
  }
  EXPECT_EQ(places,
            "cases/all.jsonl:2 cases/all.jsonl:2 cases/all.jsonl:2 "
            "cases/all.jsonl:2 cases/all.jsonl:2 guidance/go-now.md:12 odd:1 "
            "rules.txtpb:19 sources.txtpb:7 ");
}

constexpr char kShipped[] = "content-service/pathways/back-pain";

TEST(ShippedPathwayTest, HasNoFaults) {
  const auto files = LoadSourceFiles(kShipped, kContentBytesMax);
  ASSERT_TRUE(files.ok()) << files.status();
  const ReadResult read = ReadPathway(*files);
  EXPECT_EQ(ToString(read.faults), "");
  EXPECT_NE(read.pathway, nullptr);
}

TEST(ShippedPathwayTest, GivesTheSameBytesEveryTime) {
  const auto files = LoadSourceFiles(kShipped, kContentBytesMax);
  ASSERT_TRUE(files.ok()) << files.status();
  const std::string once = ToContent(ReadPathway(*files).message);
  EXPECT_FALSE(once.empty());
  EXPECT_EQ(ToContent(ReadPathway(*files).message), once);
}

}  // namespace
}  // namespace plumbline::pathway
