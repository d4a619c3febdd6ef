#include "cli/cursor.h"

#include <gtest/gtest.h>

namespace plumbline::cli {
namespace {

content::v1::Cursor At(std::int64_t epoch, std::int64_t number) {
  content::v1::Cursor cursor;
  cursor.set_epoch(epoch);
  cursor.set_number(number);
  return cursor;
}

TEST(CursorTest, IsWrittenAsEpochAndNumber) {
  EXPECT_EQ(ToString(At(1, 7)), "1-7");
}

TEST(CursorTest, AHigherEpochIsLaterWhateverTheNumber) {
  EXPECT_TRUE(IsBefore(At(1, 7), At(1, 8)));
  EXPECT_TRUE(IsBefore(At(1, 7), At(2, 1)));
  EXPECT_FALSE(IsBefore(At(2, 1), At(1, 7)));
  EXPECT_FALSE(IsBefore(At(1, 7), At(1, 7)));
}

}  // namespace
}  // namespace plumbline::cli
