#include "common/pathway/fault.h"

#include <gtest/gtest.h>

namespace plumbline::pathway {
namespace {

TEST(FaultTest, ShowsPlacePathAndMessage) {
  EXPECT_EQ(
      ToString(Fault{
          "rules[R-E01].when", "no item 'em.blader'", {"rules.txtpb", 12, 3}}),
      "rules.txtpb:12:3: rules[R-E01].when: no item 'em.blader'");
}

TEST(FaultTest, LeavesOutWhatIsNotKnown) {
  EXPECT_EQ(ToString(Fault{"rules", "required"}), "rules: required");
  EXPECT_EQ(ToString(Fault{"", "too many"}), "too many");
  EXPECT_EQ(ToString(Fault{"title", "required", {"pathway.txtpb", 0, 0}}),
            "pathway.txtpb: title: required");
}

TEST(FaultTest, ShowsOneFaultALine) {
  EXPECT_EQ(ToString(Faults{{"a", "b"}, {"c", "d"}}), "a: b\nc: d\n");
  EXPECT_EQ(ToString(Faults()), "");
}

}  // namespace
}  // namespace plumbline::pathway
