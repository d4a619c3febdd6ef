// plumb pathway check, build and fmt on the shipped pathway and on broken
// copies.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "cli/exit_code.h"
#include "common/pathway/content.h"
#include "tests/support/plumb.h"
#include "tests/support/temporary_directory.h"

namespace plumbline::cli {
namespace {

using ::plumbline::testing::kBackPain;
using ::plumbline::testing::kMeasures;
using ::plumbline::testing::Plumb;
using ::plumbline::testing::TemporaryDirectory;
using ::testing::HasSubstr;

std::string Read(const std::string& path) {
  std::ifstream file(path);
  std::ostringstream bytes;
  bytes << file.rdbuf();
  return bytes.str();
}

void Write(const std::string& path, const std::string& bytes) {
  std::ofstream(path) << bytes;
}

// A copy of the shipped pathway that a test may spoil.
class PathwayCommandsTest : public ::testing::Test {
 protected:
  PathwayCommandsTest() : folder_(directory_.path() + "/back-pain") {
    std::filesystem::copy(kBackPain, folder_,
                          std::filesystem::copy_options::recursive);
  }

  // Replaces the first `from` in `file`.
  void Spoil(const std::string& file, const std::string& from,
             const std::string& to) {
    std::string bytes = Read(folder_ + "/" + file);
    const std::size_t at = bytes.find(from);
    ASSERT_NE(at, std::string::npos) << file << " has no " << from;
    bytes.replace(at, from.size(), to);
    Write(folder_ + "/" + file, bytes);
  }

  const TemporaryDirectory directory_;
  const std::string folder_;
};

TEST_F(PathwayCommandsTest, CheckCountsWhatIsThere) {
  const auto result = Plumb({"pathway", "check", folder_});
  EXPECT_EQ(result.code, kExitOk) << result.err;
  EXPECT_THAT(result.out, HasSubstr("back-pain: no faults\n"));
  EXPECT_THAT(
      result.out,
      HasSubstr("46 items, 14 definitions, 3 scores, 0 instruments, 70 rules"));
}

TEST_F(PathwayCommandsTest, CheckReportsEveryFaultWithItsPlace) {
  Spoil("rules.txtpb", "em.bowel", "em.bowl");
  Spoil("questionnaire.txtpb", "group_id: \"emergency\"", "group_id: \"gone\"");
  const auto result = Plumb({"pathway", "check", folder_});
  EXPECT_EQ(result.code, kExitRefused);
  EXPECT_EQ(result.out, "");
  EXPECT_THAT(result.err, HasSubstr("em.bowl"));
  EXPECT_THAT(result.err, HasSubstr("did you mean 'em.bowel'?"));
  EXPECT_THAT(result.err, HasSubstr(folder_ + "/rules.txtpb:"));
  EXPECT_THAT(result.err, HasSubstr(folder_ + "/questionnaire.txtpb:"));
}

// Answers that no patient could give would fail the case only later.
TEST_F(PathwayCommandsTest, CheckLooksAtTheAnswersOfCases) {
  Spoil("cases/unknown.jsonl", "\"em.bowel\": \"none\"",
        "\"em.bowel\": \"nine\"");
  const auto result = Plumb({"pathway", "check", folder_});
  EXPECT_EQ(result.code, kExitRefused);
  EXPECT_EQ(result.out, "");
  EXPECT_THAT(result.err, HasSubstr(folder_ + "/cases/unknown.jsonl:1:"));
  EXPECT_THAT(result.err, HasSubstr("cases[UNKNOWN-001].answers["));
  EXPECT_THAT(result.err, HasSubstr("'em.bowel' has no such option; it has "));
}

TEST_F(PathwayCommandsTest, ADayIsOneOrIsLeftOut) {
  const auto empty = Plumb({"pathway", "verify", folder_, "--as-of", ""});
  EXPECT_EQ(empty.code, kExitUsage);
  EXPECT_THAT(empty.err, HasSubstr("--as-of: is empty"));
}

TEST_F(PathwayCommandsTest, BuildGivesTheSameBytesAgain) {
  const std::string first = directory_.path() + "/first";
  const std::string second = directory_.path() + "/second";
  const auto built = Plumb({"pathway", "build", folder_, "--out", first});
  ASSERT_EQ(built.code, kExitOk) << built.err;
  ASSERT_EQ(Plumb({"pathway", "build", kBackPain, "--out", second}).code,
            kExitOk);
  EXPECT_FALSE(Read(first).empty());
  EXPECT_EQ(Read(first), Read(second));
}

TEST_F(PathwayCommandsTest, BuildOfABrokenPathwayWritesNothing) {
  Spoil("rules.txtpb", "em.bowel", "em.bowl");
  const std::string out = directory_.path() + "/content";
  EXPECT_EQ(Plumb({"pathway", "build", folder_, "--out", out}).code,
            kExitRefused);
  EXPECT_FALSE(std::filesystem::exists(out));
}

// Other words for an instrument of two items.
constexpr char kOverlay[] =
    "items {\n"
    "  link_id: \"phq.i1\"\n"
    "  prompt: \"Words of a clinic.\"\n"
    "  bands { code: \"a0\" label: \"Never.\" }\n"
    "}\n"
    "items { link_id: \"phq.i2\" prompt: \"More of them.\" }\n"
    "scores { name: \"phq2\" validated: true }\n";

TEST_F(PathwayCommandsTest, AnOverlayChangesWordsAndTheMarkAlone) {
  const std::string overlay = directory_.path() + "/words.txtpb";
  const std::string plain = directory_.path() + "/plain";
  const std::string worded = directory_.path() + "/worded";
  Write(overlay, kOverlay);
  ASSERT_EQ(Plumb({"pathway", "build", kMeasures, "--out", plain}).code,
            kExitOk);
  const auto built = Plumb(
      {"pathway", "build", kMeasures, "--overlay", overlay, "--out", worded});
  ASSERT_EQ(built.code, kExitOk) << built.err;

  pathway::v1::Pathway expected;
  ASSERT_TRUE(expected.ParseFromString(Read(plain)));
  for (pathway::v1::Item& item : *expected.mutable_items()) {
    if (item.link_id() == "phq.i1") {
      item.set_prompt("Words of a clinic.");
      item.mutable_bands(0)->set_label("Never.");
    } else if (item.link_id() == "phq.i2") {
      item.set_prompt("More of them.");
    }
  }
  expected.mutable_scores(0)->set_validated(true);
  EXPECT_EQ(pathway::ToContent(expected), Read(worded));

  const auto checked =
      Plumb({"pathway", "check", kMeasures, "--overlay", overlay});
  EXPECT_EQ(checked.code, kExitOk) << checked.err;
  EXPECT_THAT(checked.out,
              HasSubstr("content " + built.out.substr(0, 64) + "\n"));
}

TEST_F(PathwayCommandsTest, AnOverlayThatChangesMoreIsRefusedWithItsPlaces) {
  const std::string overlay = directory_.path() + "/words.txtpb";
  const std::string out = directory_.path() + "/content";
  Write(overlay,
        "items {\n"
        "  link_id: \"em.bladder\"\n"
        "  options { code: \"leaking\" at_least: DISPOSITION_ROUTINE }\n"
        "}\n"
        "scores { name: \"mood\" loinc_code: \"55758-7\" }\n");
  for (const auto& command : std::vector<std::vector<std::string>>{
           {"pathway", "check", folder_, "--overlay", overlay},
           {"pathway", "build", folder_, "--overlay", overlay, "--out", out}}) {
    const auto result = Plumb(command);
    EXPECT_EQ(result.code, kExitRefused);
    EXPECT_EQ(result.out, "");
    EXPECT_THAT(
        result.err,
        HasSubstr("2 faults\n" + overlay +
                  ":3:39: items[em.bladder].options[leaking].at_least: an "
                  "overlay changes the wording of items and the mark "
                  "'validated' of scores, and nothing else; here it may have "
                  "code, text\n" +
                  overlay +
                  ":5:36: scores[mood].loinc_code: an overlay changes the "
                  "wording of items and the mark 'validated' of scores, and "
                  "nothing else; here it may have name, validated\n"));
  }
  EXPECT_FALSE(std::filesystem::exists(out));
}

TEST_F(PathwayCommandsTest, InstrumentsAreInForm) {
  const auto result = Plumb({"pathway", "fmt", "--check", kMeasures});
  EXPECT_EQ(result.code, kExitOk) << result.out << result.err;
}

TEST_F(PathwayCommandsTest, ReportWritesAPage) {
  const std::string page = directory_.path() + "/report.html";
  const auto result =
      Plumb({"pathway", "report", "tests/fixtures/pathways/tiny", "-o", page,
             "--as-of", "2027-05-01"});
  EXPECT_EQ(result.code, kExitOk) << result.err;
  EXPECT_THAT(result.out, HasSubstr("bytes, gate passed\n"));
  EXPECT_THAT(Read(page), HasSubstr("Of those that change a decision, "));
}

// A clinician sees what is wrong; mistakes are not tried.
TEST_F(PathwayCommandsTest, ReportShowsWhatDoesNotPass) {
  const std::string page = directory_.path() + "/report.html";
  const auto result =
      Plumb({"pathway", "report", "tests/fixtures/pathways/tiny", "-o", page,
             "--as-of", "2027-06-01"});
  EXPECT_EQ(result.code, kExitOk) << result.err;
  EXPECT_THAT(result.out, HasSubstr("gate NOT PASSED\n"));
  EXPECT_THAT(Read(page), HasSubstr("nobody can approve this content"));
  EXPECT_THAT(Read(page), HasSubstr("They were not tried for this report."));
}

TEST_F(PathwayCommandsTest, FmtWritesThroughALink) {
  const std::string elsewhere = directory_.path() + "/rules.txtpb";
  Spoil("rules.txtpb", "rules {", "rules   {");
  std::filesystem::rename(folder_ + "/rules.txtpb", elsewhere);
  std::filesystem::create_symlink(elsewhere, folder_ + "/rules.txtpb");
  EXPECT_EQ(Plumb({"pathway", "fmt", folder_}).out, "rules.txtpb: formatted\n");
  EXPECT_TRUE(std::filesystem::is_symlink(folder_ + "/rules.txtpb"));
  EXPECT_EQ(Read(elsewhere), Read(std::string(kBackPain) + "/rules.txtpb"));
}

TEST_F(PathwayCommandsTest, ShippedFilesAreInForm) {
  const auto result = Plumb({"pathway", "fmt", "--check", folder_});
  EXPECT_EQ(result.code, kExitOk) << result.out << result.err;
}

TEST_F(PathwayCommandsTest, FmtPutsAFileInForm) {
  const std::string before = Read(folder_ + "/rules.txtpb");
  Spoil("rules.txtpb", "rules {", "rules   {");
  const auto check = Plumb({"pathway", "fmt", "--check", folder_});
  EXPECT_EQ(check.code, kExitRefused);
  EXPECT_EQ(check.out, "rules.txtpb: not in form\n");
  EXPECT_EQ(Plumb({"pathway", "fmt", folder_}).out, "rules.txtpb: formatted\n");
  EXPECT_EQ(Read(folder_ + "/rules.txtpb"), before);
}

TEST_F(PathwayCommandsTest, FmtTellsEveryFaultAndThenChangesNothing) {
  Spoil("questionnaire.txtpb", "items {", "items   {");
  const std::string before = Read(folder_ + "/questionnaire.txtpb");
  Spoil("rules.txtpb", "rules {", "rules {{");
  Spoil("scores.txtpb", "scores {", "scores {{");
  const auto result = Plumb({"pathway", "fmt", folder_});
  EXPECT_EQ(result.code, kExitRefused);
  EXPECT_EQ(result.out, "");
  EXPECT_THAT(result.err, HasSubstr(folder_ + "/rules.txtpb:"));
  EXPECT_THAT(result.err, HasSubstr(folder_ + "/scores.txtpb:"));
  EXPECT_EQ(Read(folder_ + "/questionnaire.txtpb"), before);
}

TEST_F(PathwayCommandsTest, FmtKeepsTheModeOfAFile) {
  using std::filesystem::perms;
  Spoil("rules.txtpb", "rules {", "rules   {");
  const std::string path = folder_ + "/rules.txtpb";
  const perms mode = perms::owner_read | perms::owner_write | perms::group_read;
  std::filesystem::permissions(path, mode);
  EXPECT_EQ(Plumb({"pathway", "fmt", folder_}).out, "rules.txtpb: formatted\n");
  EXPECT_EQ(std::filesystem::status(path).permissions(), mode);
}

TEST_F(PathwayCommandsTest, BuildThatCannotBeWrittenIsALocalMistake) {
  EXPECT_EQ(Plumb({"pathway", "build", folder_, "--out", folder_}).code,
            kExitRefused);
  EXPECT_EQ(
      Plumb({"pathway", "build", folder_, "--out", "/no/such/content"}).code,
      kExitRefused);
}

}  // namespace
}  // namespace plumbline::cli
