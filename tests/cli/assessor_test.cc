#include "cli/assessor.h"

#include <gtest/gtest.h>

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

}  // namespace
}  // namespace plumbline::cli
