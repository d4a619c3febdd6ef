#include "common/pathway/source_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "tests/support/status_matchers.h"
#include "tests/support/temporary_directory.h"

namespace plumbline::pathway {
namespace {

using ::testing::ElementsAre;
using testing::IsOk;
using ::testing::Pair;
using testing::StatusIs;

class LoadSourceFilesTest : public ::testing::Test {
 protected:
  void Write(const std::string& path, const std::string& bytes) {
    std::filesystem::create_directories((folder_ / path).parent_path());
    std::ofstream(folder_ / path, std::ios::binary) << bytes;
  }

  const testing::TemporaryDirectory directory_;
  const std::filesystem::path folder_ = directory_.path();
};

TEST_F(LoadSourceFilesTest, ReadsFilesOfAllFolders) {
  Write("rules.txtpb", "a");
  Write("guidance/heat.md", "b");
  Write("odd.bin", std::string("\0\r\n", 3));
  EXPECT_THAT(LoadSourceFiles(folder_.string(), 100).value(),
              ElementsAre(Pair("guidance/heat.md", "b"),
                          Pair("odd.bin", std::string("\0\r\n", 3)),
                          Pair("rules.txtpb", "a")));
}

TEST_F(LoadSourceFilesTest, LeavesOutHiddenFilesAndReadMe) {
  Write("rules.txtpb", "a");
  Write("README.md", "x");
  Write(".rules.txtpb.swp", "x");
  Write(".git/config", "x");
  EXPECT_THAT(LoadSourceFiles(folder_.string(), 100).value(),
              ElementsAre(Pair("rules.txtpb", "a")));
}

TEST_F(LoadSourceFilesTest, BoundsWhatItReads) {
  Write("a.txtpb", std::string(60, 'x'));
  Write("b.txtpb", std::string(40, 'x'));
  EXPECT_THAT(LoadSourceFiles(folder_.string(), 100).status(), IsOk());
  EXPECT_THAT(LoadSourceFiles(folder_.string(), 99).status(),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       "the files of '" + folder_.string() +
                           "' have more than 99 bytes together"));
}

TEST_F(LoadSourceFilesTest, RefusesAFolderThatIsALink) {
  Write("rules.txtpb", "a");
  Write(".elsewhere/all.jsonl", "{}");
  std::filesystem::create_directory_symlink(folder_ / ".elsewhere",
                                            folder_ / "cases");
  EXPECT_THAT(LoadSourceFiles(folder_.string(), 100).status(),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       "'" + (folder_ / "cases").string() +
                           "' is a link to a folder, and such links are not "
                           "followed; put the folder itself there"));
}

TEST_F(LoadSourceFilesTest, FollowsAFileThatIsALink) {
  Write(".elsewhere", "a");
  std::filesystem::create_symlink(folder_ / ".elsewhere",
                                  folder_ / "rules.txtpb");
  EXPECT_THAT(LoadSourceFiles(folder_.string(), 100).value(),
              ElementsAre(Pair("rules.txtpb", "a")));
}

TEST_F(LoadSourceFilesTest, NeedsAFolder) {
  const std::string missing = (folder_ / "none").string();
  EXPECT_THAT(LoadSourceFiles(missing, 100).status(),
              StatusIs(absl::StatusCode::kNotFound,
                       "there is no folder '" + missing + "'"));
}

TEST(KindOfTest, KnowsEveryFile) {
  EXPECT_EQ(KindOf("pathway.txtpb"), SourceKind::kFields);
  EXPECT_EQ(KindOf("sources.txtpb"), SourceKind::kFields);
  EXPECT_EQ(KindOf("locales/es.txtpb"), SourceKind::kLocale);
  EXPECT_EQ(KindOf("instruments/phq-9.txtpb"), SourceKind::kInstrument);
  EXPECT_EQ(KindOf("overlay.txtpb"), SourceKind::kOverlay);
  EXPECT_EQ(KindOf("guidance/heat.md"), SourceKind::kGuidance);
  EXPECT_EQ(KindOf("guidance/heat.es.md"), SourceKind::kGuidance);
  EXPECT_EQ(KindOf("cases/all.jsonl"), SourceKind::kCases);
  EXPECT_EQ(KindOf("README.md"), SourceKind::kReadMe);
  for (const char* path :
       {"", "rule.txtpb", "sub/rules.txtpb", "guidance/a/b.md", "guidance/.md",
        "guidance/heat.txt", "cases/all.json", "../rules.txtpb",
        "guidance/<id>.md/", "heat.md", "guidance/.heat.md",
        "instruments/a/b.txtpb", "overlays/a.txtpb"}) {
    EXPECT_EQ(KindOf(path), SourceKind::kForeign) << path;
  }
}

TEST(FileOfTest, KnowsWhereFieldsBelong) {
  EXPECT_EQ(FileOf("rules"), "rules.txtpb");
  EXPECT_EQ(FileOf("gates"), "pathway.txtpb");
  EXPECT_EQ(FileOf("guidance"), "guidance/<id>.md");
  EXPECT_EQ(FileOf("instruments"), "instruments/<id>.txtpb");
  EXPECT_EQ(FileOf("nothing"), "");
}

TEST(StemOfTest, DropsFolderAndLastExtension) {
  EXPECT_EQ(StemOf("guidance/heat.es.md"), "heat.es");
  EXPECT_EQ(StemOf("rules.txtpb"), "rules");
}

}  // namespace
}  // namespace plumbline::pathway
