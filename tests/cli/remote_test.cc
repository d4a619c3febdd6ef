#include "cli/remote.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
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

TEST(ConnectTest, TakesAnAddressWithItsPort) {
  for (const char* const server :
       {"localhost:8081", "[::1]:8081", "content.example:443",
        "dns:content:8081", "dns:///content:8081", "dns://8.8.8.8/content:1",
        "ipv4:127.0.0.1:8081,127.0.0.2:8081", "ipv4:///127.0.0.1:8081",
        "ipv6:[::1]:8081", "ipv6:%5B::1%5D:8081", "unix:plumbline.sock",
        "unix:///run/plumbline.sock", "unix-abstract:plumbline", "vsock:2:8081",
        "content:https"}) {
    EXPECT_TRUE(Connect({.server = server}).ok()) << server;
  }
}

TEST(ConnectTest, RefusesAnAddressWithoutItsPortAtOnce) {
  for (const char* const server :
       {"localhost", "localhost:", ":8081", "localhost:0", "localhost:65536",
        "localhost:8O81", "localhost: 8081", "localhost:8081 ",
        "localhost:+8081", "localhost:-1", "::1", "[::1]", "fe80::1:8081",
        "dns:///localhost", "ipv4:127.0.0.1", "ipv4:127.0.0.1:8081,127.0.0.2",
        "ipv6:[::1]", "http://localhost:8081"}) {
    const absl::Status status = Connect({.server = server}).status();
    EXPECT_EQ(ExitCodeOf(status), kExitUsage) << server;
    EXPECT_EQ(status.message(),
              absl::StrCat("'", server,
                           "' is not the address of a service: it must be "
                           "HOST:PORT, such as localhost:8081"));
  }
}

constexpr char kTakes[] = "--server takes a content-service";

absl::Status Told(grpc::StatusCode code, const std::string& message) {
  return StatusOfCall({code, message}, {.server = "localhost:8081",
                                        .service = "content-service",
                                        .takes = kTakes});
}

TEST(StatusOfCallTest, IsWhatTheServiceSays) {
  EXPECT_EQ(Told(grpc::StatusCode::NOT_FOUND, "no such release"),
            absl::NotFoundError("no such release"));
  EXPECT_EQ(Told(grpc::StatusCode::OK, ""), absl::OkStatus());
}

TEST(StatusOfCallTest, SaysThatItIsAnotherService) {
  EXPECT_EQ(Told(grpc::StatusCode::UNIMPLEMENTED, ""),
            absl::UnimplementedError(
                "localhost:8081 answers, but not as a content-service, or as "
                "one older than this plumb; --server takes a "
                "content-service"));
}

TEST(StatusOfCallTest, NamesTheCodeWhereNothingIsSaid) {
  EXPECT_EQ(Told(grpc::StatusCode::ABORTED, ""),
            absl::AbortedError("the content-service at localhost:8081 says "
                               "ABORTED, and no more"));
}

}  // namespace
}  // namespace plumbline::cli
