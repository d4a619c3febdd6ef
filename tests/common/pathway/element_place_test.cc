#include "common/pathway/element_place.h"

#include <gtest/gtest.h>

#include "common/pathway/source_text.h"

namespace plumbline::pathway {
namespace {

class FindPlaceTest : public testing::Test {
 protected:
  FindPlaceTest() : source_("rules.txtpb", "rules {\n  when: \"a\\\"b\"\n}\n") {
    ElementPlace& rule = root_.fields["rules"].emplace_back();
    rule.source = &source_;
    ElementPlace& when = rule.fields["when"].emplace_back();
    when.source = &source_;
    when.offset = 16;
    when.pieces = {{0, 17}, {1, 18}, {2, 20}};
  }

  const SourceText source_;
  ElementPlace root_;
};

TEST_F(FindPlaceTest, FollowsFieldsAndNumbers) {
  EXPECT_EQ(FindPlace(root_, "rules[0]", 0), (Place{"rules.txtpb", 1, 1}));
  EXPECT_EQ(FindPlace(root_, "rules[0].when", 0),
            (Place{"rules.txtpb", 2, 10}));
}

TEST_F(FindPlaceTest, FindsBytesOfStrings) {
  EXPECT_EQ(FindPlace(root_, "rules[0].when", 1),
            (Place{"rules.txtpb", 2, 11}));
  EXPECT_EQ(FindPlace(root_, "rules[0].when", 2),
            (Place{"rules.txtpb", 2, 13}));
  EXPECT_EQ(FindPlace(root_, "rules[0].when", 3),
            (Place{"rules.txtpb", 2, 14}));
}

TEST_F(FindPlaceTest, FallsBackToWhatHoldsTheElement) {
  EXPECT_EQ(FindPlace(root_, "rules[0].flag", 7), (Place{"rules.txtpb", 1, 1}));
  EXPECT_EQ(FindPlace(root_, "rules[7].flag", 0), Place{});
  EXPECT_EQ(FindPlace(root_, "rules[x]", 0), Place{});
  EXPECT_EQ(FindPlace(root_, "", 0), Place{});
}

}  // namespace
}  // namespace plumbline::pathway
