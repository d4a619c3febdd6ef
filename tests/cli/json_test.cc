#include "cli/json.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "google/protobuf/timestamp.pb.h"
#include "plumbline/content/v1/channel.pb.h"
#include "tests/support/status_matchers.h"

namespace plumbline::cli {
namespace {

using ::plumbline::testing::IsOk;
using ::plumbline::testing::StatusIs;

TEST(PrintJsonTest, PrintsTheProtosOwnForm) {
  content::v1::Cursor cursor;
  cursor.set_epoch(1);
  cursor.set_number(7);
  std::ostringstream out;
  EXPECT_THAT(PrintJson(cursor, out), IsOk());
  EXPECT_EQ(out.str(), "{\n \"epoch\": \"1\",\n \"number\": \"7\"\n}\n");
}

TEST(PrintJsonTest, FailsWhereThereIsNoJsonForm) {
  google::protobuf::Timestamp time;
  time.set_seconds(1'000'000'000'000'000);
  std::ostringstream out;
  EXPECT_THAT(PrintJson(time, out), StatusIs(absl::StatusCode::kInternal));
  EXPECT_EQ(out.str(), "");
}

}  // namespace
}  // namespace plumbline::cli
