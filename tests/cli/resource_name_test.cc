#include "cli/resource_name.h"

#include <gtest/gtest.h>

namespace plumbline::cli {
namespace {

TEST(ResourceNameTest, ShortNamesAreCompleted) {
  EXPECT_EQ(PathwayName("back-pain"), "pathways/back-pain");
  EXPECT_EQ(ChildName("back-pain/stable", "channels"),
            "pathways/back-pain/channels/stable");
}

TEST(ResourceNameTest, FullNamesStayAsTheyAre) {
  EXPECT_EQ(PathwayName("pathways/back-pain"), "pathways/back-pain");
  EXPECT_EQ(ChildName("pathways/back-pain/releases/7", "releases"),
            "pathways/back-pain/releases/7");
}

TEST(ResourceNameTest, LastSegmentIsTheId) {
  EXPECT_EQ(LastSegment("pathways/back-pain/releases/7"), "7");
  EXPECT_EQ(LastSegment("7"), "7");
}

TEST(ResourceNameTest, NamesOfAPathwayHoldItsId) {
  EXPECT_EQ(PathwayIdOf("pathways/back-pain/drafts/d1"), "back-pain");
  EXPECT_EQ(PathwayIdOf("back-pain"), "");
}

}  // namespace
}  // namespace plumbline::cli
