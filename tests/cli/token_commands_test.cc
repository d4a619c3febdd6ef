// plumb token create.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "cli/exit_code.h"
#include "common/file/file_system.h"
#include "common/rpc/tokens.h"
#include "tests/support/plumb.h"
#include "tests/support/temporary_directory.h"

namespace plumbline::cli {
namespace {

using ::plumbline::testing::Plumb;
using ::plumbline::testing::TemporaryDirectory;
using ::testing::HasSubstr;

TEST(TokenCommandsTest, TheEntryAdmitsTheTokenAndHoldsOnlyItsHash) {
  const TemporaryDirectory directory;
  const std::string file = directory.path() + "/kiosk.token";
  const auto result = Plumb({"token", "create", file, "--principal", "kiosk",
                             "--role", "assessor", "--role", "reader"});
  ASSERT_EQ(result.code, kExitOk) << result.err;
  const auto table = rpc::TokenTable::Parse(result.out, "tokens");
  ASSERT_TRUE(table.ok()) << table.status();
  const auto token = rpc::ReadClientToken(file::PosixFileSystem(), file);
  ASSERT_TRUE(token.ok()) << token.status();
  EXPECT_EQ(result.out.find(*token), std::string::npos);
  const rpc::Principal* principal = table->Find(*token);
  ASSERT_NE(principal, nullptr);
  EXPECT_EQ(principal->name, "kiosk");
  EXPECT_TRUE(principal->Holds(auth::v1::ROLE_ASSESSOR));
  EXPECT_TRUE(principal->Holds(auth::v1::ROLE_READER));
}

TEST(TokenCommandsTest, UnknownRoleIsAUsageError) {
  const auto result =
      Plumb({"token", "create", "f", "--principal", "p", "--role", "root"});
  EXPECT_EQ(result.code, kExitUsage);
  EXPECT_THAT(result.err,
              HasSubstr("'root' is not reader, author, approver, "));
}

}  // namespace
}  // namespace plumbline::cli
