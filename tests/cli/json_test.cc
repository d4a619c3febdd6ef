#include "cli/json.h"

#include <gtest/gtest.h>

#include "plumbline/content/v1/channel.pb.h"

namespace plumbline::cli {
namespace {

TEST(ToJsonTest, PrintsTheProtosOwnForm) {
  content::v1::Cursor cursor;
  cursor.set_epoch(1);
  cursor.set_number(7);
  EXPECT_EQ(ToJson(cursor), "{\n \"epoch\": \"1\",\n \"number\": \"7\"\n}\n");
}

}  // namespace
}  // namespace plumbline::cli
