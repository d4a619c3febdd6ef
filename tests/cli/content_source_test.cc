#include "cli/content_source.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <string>

#include "cli/pathway_folder.h"
#include "common/pathway/content.h"
#include "common/trust/digest.h"
#include "tests/cli/fake_content_service.h"
#include "tests/support/plumb.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temporary_directory.h"

namespace plumbline::cli {
namespace {

using ::plumbline::testing::IsOk;
using ::plumbline::testing::kTiny;
using ::plumbline::testing::StatusIs;
using ::plumbline::testing::TemporaryDirectory;
using ::testing::HasSubstr;

std::string TinyContent() {
  return pathway::ToContent(ReadPathwayFolder(kTiny)->message);
}

TEST(ContentSourceTest, IsAFolder) {
  EXPECT_TRUE(IsLocalContent(kTiny));
  const auto content = LoadContentFrom(kTiny, {});
  ASSERT_THAT(content, IsOk());
  EXPECT_EQ((*content)->digest, trust::Sha256Hex(TinyContent()));
}

TEST(ContentSourceTest, IsAFileOfContent) {
  const TemporaryDirectory directory;
  const std::string path = directory.path() + "/tiny.content";
  std::ofstream(path) << TinyContent();
  const auto content = LoadContentFrom(path, {});
  ASSERT_THAT(content, IsOk());
  EXPECT_EQ((*content)->pathway_id, "tiny");
}

TEST(ContentSourceTest, NamesAFileThatHoldsNone) {
  const TemporaryDirectory directory;
  const std::string path = directory.path() + "/notes.txt";
  std::ofstream(path) << "notes";
  EXPECT_THAT(
      LoadContentFrom(path, {}),
      StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("notes.txt: ")));
}

TEST(ContentSourceTest, IsARelease) {
  FakeContentService service;
  service.AddRelease();
  service.SetContent(TinyContent());
  EXPECT_FALSE(IsLocalContent("back-pain/1"));
  const auto content =
      LoadContentFrom("back-pain/1", {.server = service.address()});
  ASSERT_THAT(content, IsOk());
  EXPECT_EQ((*content)->pathway_id, "tiny");
}

// The fake gives a release the digest of something else.
TEST(ContentSourceTest, RefusesContentOfAnotherDigest) {
  FakeContentService service;
  service.AddRelease();
  EXPECT_THAT(LoadContentFrom("back-pain/1", {.server = service.address()}),
              StatusIs(absl::StatusCode::kDataLoss,
                       "pathways/back-pain/releases/1: its content does not "
                       "have its digest"));
}

}  // namespace
}  // namespace plumbline::cli
