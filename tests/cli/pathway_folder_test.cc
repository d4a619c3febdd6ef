#include "cli/pathway_folder.h"

#include <gtest/gtest.h>

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
