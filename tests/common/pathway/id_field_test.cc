#include "common/pathway/id_field.h"

#include <gtest/gtest.h>

#include "plumbline/pathway/v1/pathway.pb.h"

namespace plumbline::pathway {
namespace {

TEST(IdFieldTest, IsTheFirstWhereThatIsATextOrAnEnum) {
  EXPECT_EQ(IdField(v1::Rule::descriptor())->name(), "rule_id");
  EXPECT_EQ(IdField(v1::Option::descriptor())->name(), "code");
  EXPECT_EQ(IdField(v1::DispositionText::descriptor())->name(), "disposition");
}

TEST(IdFieldTest, IsNoneWhereMessagesAreNumbered) {
  EXPECT_EQ(IdField(v1::OptionLevel::descriptor()), nullptr);
  EXPECT_EQ(IdField(v1::OptionChain::descriptor()), nullptr);
  EXPECT_EQ(IdField(v1::ScoreInput::descriptor()), nullptr);
}

}  // namespace
}  // namespace plumbline::pathway
