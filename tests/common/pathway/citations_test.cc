#include "common/pathway/citations.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/common/pathway/example_pathway.h"

namespace plumbline::pathway {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> Behind(const std::vector<std::string>& ids) {
  const v1::Pathway message = ExampleMessage();
  std::vector<std::string> citations;
  for (const absl::string_view citation :
       Citations(message).Behind({ids.begin(), ids.end()})) {
    citations.emplace_back(citation);
  }
  return citations;
}

TEST(CitationsTest, FollowEvidenceToItsSourceEachOnce) {
  EXPECT_THAT(Behind({"E-1", "C-1", "book", "paper"}),
              ElementsAre("A paper.", "A book."));
}

TEST(CitationsTest, AConflictAndAnUnknownIdHaveNone) {
  EXPECT_THAT(Behind({"C-1", "no-such"}), IsEmpty());
}

}  // namespace
}  // namespace plumbline::pathway
