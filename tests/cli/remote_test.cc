#include "cli/remote.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace plumbline::cli {
namespace {

using ::testing::MatchesRegex;

TEST(NewRequestIdTest, IsARandomUuid) {
  const std::string id = NewRequestId();
  EXPECT_THAT(id, MatchesRegex("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-"
                               "[89ab][0-9a-f]{3}-[0-9a-f]{12}"));
  EXPECT_NE(id, NewRequestId());
}

TEST(ConnectTest, NeedsAServer) {
  EXPECT_EQ(Connect({}).status().message(),
            "no server: give --server HOST:PORT, or set its environment "
            "variable (docs/plumb.md)");
}

TEST(ConnectTest, NeedsTheTokenFileThatIsNamed) {
  EXPECT_FALSE(
      Connect({.server = "127.0.0.1:1", .token_file = "no/such"}).ok());
}

}  // namespace
}  // namespace plumbline::cli
