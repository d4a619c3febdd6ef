// plumb keys generate and show.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <string>

#include "cli/exit_code.h"
#include "common/trust/trust_policy.h"
#include "tests/support/plumb.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temporary_directory.h"

namespace plumbline::cli {
namespace {

using ::plumbline::testing::Plumb;
using ::plumbline::testing::TemporaryDirectory;
using ::testing::HasSubstr;
using ::testing::StartsWith;

class KeysCommandsTest : public ::testing::Test {
 protected:
  const TemporaryDirectory directory_;
  const std::string file_ = directory_.path() + "/approver-1.pem";
};

TEST_F(KeysCommandsTest, GeneratePrintsAnEntryOfATrustPolicy) {
  const auto result = Plumb({"keys", "generate", file_, "--role", "approver"});
  ASSERT_EQ(result.code, kExitOk) << result.err;
  const auto policy =
      trust::TrustPolicy::Parse("audience: 'test'\n" + result.out, "policy");
  ASSERT_TRUE(policy.ok()) << policy.status();
  const trust::TrustedKey* key = policy->FindKey("approver-1");
  ASSERT_NE(key, nullptr);
  EXPECT_TRUE(key->Holds(content::v1::KEY_ROLE_APPROVER));
}

TEST_F(KeysCommandsTest, OnlyItsOwnerMayReadAKey) {
  Plumb({"keys", "generate", file_, "--role", "approver"});
  struct stat status = {};
  ASSERT_EQ(stat(file_.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600u);
}

TEST_F(KeysCommandsTest, AKeyIsNeverOverwritten) {
  Plumb({"keys", "generate", file_, "--role", "approver"});
  const auto before = Plumb({"keys", "show", file_});
  EXPECT_EQ(Plumb({"keys", "generate", file_, "--role", "approver"}).code,
            kExitRefused);
  EXPECT_EQ(Plumb({"keys", "show", file_}).out, before.out);
  EXPECT_THAT(before.out, StartsWith("approver-1  "));
}

TEST_F(KeysCommandsTest, UnknownRoleIsAUsageErrorThatNamesTheRoles) {
  const auto result = Plumb({"keys", "generate", file_, "--role", "boss"});
  EXPECT_EQ(result.code, kExitUsage);
  EXPECT_THAT(result.err,
              HasSubstr("'boss' is not root, author, approver, publisher or "
                        "operator"));
}

TEST_F(KeysCommandsTest, OptionsMayComeBeforeTheFile) {
  const auto result = Plumb(
      {"keys", "generate", "--role", "approver", "--role", "root", file_});
  EXPECT_EQ(result.code, kExitOk) << result.err;
  EXPECT_THAT(result.out, HasSubstr("roles: KEY_ROLE_ROOT"));
}

TEST_F(KeysCommandsTest, AFolderThatIsNotThereIsALocalMistake) {
  const auto result =
      Plumb({"keys", "generate", "no/such/a.pem", "--role", "root"});
  EXPECT_EQ(result.code, kExitRefused);
}

TEST_F(KeysCommandsTest, AKeyThatOthersMayReadIsALocalMistake) {
  Plumb({"keys", "generate", file_, "--role", "approver"});
  ASSERT_EQ(chmod(file_.c_str(), 0644), 0);
  const auto result = Plumb({"keys", "show", file_});
  EXPECT_EQ(result.code, kExitRefused);
  EXPECT_THAT(result.err, HasSubstr("set its mode to 0600"));
}

}  // namespace
}  // namespace plumbline::cli
