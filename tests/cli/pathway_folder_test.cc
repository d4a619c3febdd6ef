#include "cli/pathway_folder.h"

#include <gtest/gtest.h>

#include <fstream>
#include <string>

#include "tests/support/plumb.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temporary_directory.h"

namespace plumbline::cli {
namespace {

using ::plumbline::testing::kBackPain;
using ::plumbline::testing::TemporaryDirectory;

TEST(PathwayFolderTest, ReadsTheShippedPathway) {
  const auto folder = ReadPathwayFolder(kBackPain);
  ASSERT_TRUE(folder.ok()) << folder.status();
  EXPECT_EQ(folder->message.pathway_id(), "back-pain");
}

TEST(PathwayFolderTest, MissingFolderIsNotFound) {
  EXPECT_TRUE(absl::IsNotFound(ReadPathwayFolder("no/such").status()));
}

TEST(PathwayFolderTest, AnOverlayIsOneOfTheFiles) {
  const TemporaryDirectory directory;
  const std::string overlay = directory.path() + "/words.txtpb";
  std::ofstream(overlay) << "items { link_id: 'pain.now' }";
  const auto files = LoadFolder(kBackPain, overlay);
  ASSERT_TRUE(files.ok()) << files.status();
  EXPECT_EQ(files->at("overlay.txtpb"), "items { link_id: 'pain.now' }");
}

TEST(PathwayFolderTest, AnOverlayThatIsMissingIsNamed) {
  const absl::Status status = LoadFolder(kBackPain, "no/words.txtpb").status();
  EXPECT_TRUE(absl::IsNotFound(status));
  EXPECT_NE(status.message().find("no/words.txtpb"), std::string::npos);
}

TEST(PathwayFolderTest, AFolderHasOneOverlay) {
  const TemporaryDirectory directory;
  const std::string overlay = directory.path() + "/overlay.txtpb";
  std::ofstream(overlay) << "";
  EXPECT_EQ(LoadFolder(directory.path(), overlay).status().message(),
            "'" + directory.path() +
                "' has an overlay.txtpb already; leave --overlay out, or that "
                "file");
}

TEST(PathwayFolderTest, FaultsOfAnOverlayStandInItsFile) {
  const absl::Status status = FaultsStatus(
      "p", {{"rules", "is wrong", {"overlay.txtpb", 1, 1}}}, "q/words.txtpb");
  EXPECT_EQ(status.message(), "1 fault\nq/words.txtpb:1:1: rules: is wrong");
}

TEST(PathwayFolderTest, FaultsAreCountedAndStandUnderTheFolder) {
  const absl::Status status = FaultsStatus(
      "p", {{"rules[a].when", "is wrong", {"rules.txtpb", 3, 7}},
            {"rules[b].when", "is wrong too", {"rules.txtpb", 9, 1}}});
  EXPECT_EQ(status.message(),
            "2 faults\n"
            "p/rules.txtpb:3:7: rules[a].when: is wrong\n"
            "p/rules.txtpb:9:1: rules[b].when: is wrong too");
}

TEST(PathwayFolderTest, MissingFileIsNamed) {
  const absl::Status status = ReadWholeFile("no/such.json").status();
  EXPECT_TRUE(absl::IsNotFound(status));
  EXPECT_NE(status.message().find("no/such.json"), std::string::npos);
}

}  // namespace
}  // namespace plumbline::cli
