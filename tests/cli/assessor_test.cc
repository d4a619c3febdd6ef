#include "cli/assessor.h"

#include <gtest/gtest.h>

#include "tests/cli/fake_content_service.h"
#include "tests/support/plumb.h"

namespace plumbline::cli {
namespace {

using ::plumbline::testing::kBackPain;

TEST(OpenAssessorTest, DecidesInProcessWithoutAServer) {
  const auto assessor = OpenAssessor({.pathway = kBackPain});
  ASSERT_TRUE(assessor.ok()) << assessor.status();
  EXPECT_EQ((*assessor)->form().pathway_id(), "back-pain");
}

TEST(OpenAssessorTest, MissingFolderIsNotFound) {
  EXPECT_TRUE(absl::IsNotFound(OpenAssessor({.pathway = "no/such"}).status()));
}

TEST(OpenAssessorTest, APathwayByIdNeedsItsQuestionnaire) {
  EXPECT_EQ(OpenAssessor(
                {.pathway = "back-pain", .triage = {.server = "127.0.0.1:1"}})
                .status()
                .message(),
            "--pathway 'back-pain' is no folder: to read answers against a "
            "published pathway, also give --content-server HOST:PORT");
}

TEST(OpenAssessorTest, APathwayByIdIsWhatItsDigestNames) {
  FakeContentService service;  // Its releases have no content.
  service.AddRelease();
  service.MoveTo(1);
  const auto assessor =
      OpenAssessor({.pathway = "back-pain",
                    .triage = {.server = "127.0.0.1:1"},
                    .content = {.server = service.address()}});
  EXPECT_TRUE(absl::IsDataLoss(assessor.status())) << assessor.status();
  EXPECT_EQ(assessor.status().message(),
            "what content-service sent as the content of "
            "pathways/back-pain/releases/1 is not what its digest names");
}

}  // namespace
}  // namespace plumbline::cli
