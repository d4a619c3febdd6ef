#include "cli/remote.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "cli/exit_code.h"
#include "common/file/file_system.h"
#include "tests/support/temporary_directory.h"

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
  const absl::Status status = Connect({}).status();
  EXPECT_EQ(status.message(),
            "no server: give --server HOST:PORT, or set its environment "
            "variable (docs/plumb.md)");
  EXPECT_EQ(ExitCodeOf(status), kExitUsage);
}

TEST(ConnectTest, NeedsTheTokenFileThatIsNamed) {
  const absl::Status status =
      Connect({.server = "127.0.0.1:1", .token_file = "no/such"}).status();
  EXPECT_FALSE(status.ok());
  EXPECT_EQ(ExitCodeOf(status), kExitRefused);
}

TEST(ConnectTest, SendsATokenInPlaintextToThisMachineAlone) {
  const plumbline::testing::TemporaryDirectory directory;
  const std::string file = directory.path() + "/token";
  ASSERT_TRUE(file::PosixFileSystem()
                  .WriteNew(file, "a-token-of-one-person-0123456789\n",
                            file::Access::kOwnerOnly)
                  .ok());
  const auto remote =
      Connect({.server = "content.example:8081", .token_file = file});
  EXPECT_EQ(remote.status().message(),
            "'content.example:8081' is not this machine, and your token would "
            "travel there in plaintext: use a tunnel to a loopback address, or "
            "accept it with --allow-insecure");
  EXPECT_EQ(ExitCodeOf(remote.status()), kExitUsage);
  EXPECT_TRUE(Connect({.server = "content.example:8081",
                       .token_file = file,
                       .allow_insecure = true})
                  .ok());
  EXPECT_TRUE(Connect({.server = "localhost:8081", .token_file = file}).ok());
  EXPECT_TRUE(Connect({.server = "[::1]:8081", .token_file = file}).ok());
  EXPECT_TRUE(Connect({.server = "content.example:8081"}).ok());
}

}  // namespace
}  // namespace plumbline::cli
