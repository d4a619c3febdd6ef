#include "cli/sign.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "cli/exit_code.h"
#include "common/file/file_system.h"
#include "common/trust/ed25519.h"
#include "common/trust/statement.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temporary_directory.h"

namespace plumbline::cli {
namespace {

using content::v1::Statement;
using content::v1::STATEMENT_KIND_APPROVAL;
using ::plumbline::testing::IsOk;
using ::plumbline::testing::StatusIs;
using ::plumbline::testing::TemporaryDirectory;

const absl::Time kNoon = absl::FromUnixSeconds(1'800'000'000);

Statement Approval() {
  Statement statement;
  statement.set_kind(STATEMENT_KIND_APPROVAL);
  statement.set_audience("clinic");
  statement.set_pathway_id("back-pain");
  statement.set_digest(std::string(64, 'a'));
  statement.set_report_digest(std::string(64, 'b'));
  statement.set_role(trust::SigningRole(STATEMENT_KIND_APPROVAL));
  trust::SetSignTime(kNoon, &statement);
  return statement;
}

std::string ApprovalBytes() {
  return trust::EncodeStatement(Approval()).value();
}

TEST(CheckStatedTest, TakesWhatWasExpectedForWhateverAudience) {
  Statement expected = Approval();
  expected.clear_audience();
  expected.clear_sign_time();
  const auto stated =
      CheckStated(ApprovalBytes(), expected, kNoon + absl::Minutes(15));
  ASSERT_THAT(stated, IsOk());
  EXPECT_EQ(stated->audience(), "clinic");
}

TEST(CheckStatedTest, NamesEveryFieldThatDiffers) {
  Statement expected = Approval();
  expected.set_pathway_id("knee");
  expected.clear_report_digest();
  EXPECT_THAT(
      CheckStated(ApprovalBytes(), expected, kNoon - absl::Minutes(16)),
      StatusIs(absl::StatusCode::kFailedPrecondition,
               "not signed: the service states something else than was asked "
               "for:\n"
               "  pathway_id: 'back-pain', expected 'knee'\n"
               "  report_digest: '" +
                   std::string(64, 'b') +
                   "', expected nothing\n"
                   "  sign_time: more than 15m from this machine's clock"));
}

TEST(CheckStatedTest, RefusesBytesThatAreNoStatement) {
  EXPECT_THAT(CheckStated("anything", Approval(), kNoon),
              StatusIs(absl::StatusCode::kFailedPrecondition,
                       "not signed: the statement does not open with "
                       "plumbline/<kind>/v1 of a known kind"));
}

TEST(DescribeTest, HasOneLineForEachFieldThatIsSet) {
  EXPECT_EQ(Describe(Approval()),
            "  kind: approval\n"
            "  pathway_id: back-pain\n"
            "  digest: " +
                std::string(64, 'a') +
                "\n"
                "  role: approver\n"
                "  sign_time: 2027-01-15T08:00:00Z\n"
                "  report_digest: " +
                std::string(64, 'b') +
                "\n"
                "  audience: clinic\n");
}

class SignTest : public ::testing::Test {
 protected:
  SignTest() : key_(trust::PrivateKey::Generate()) {
    EXPECT_TRUE(
        trust::WritePrivateKey(file::PosixFileSystem(), file_, key_).ok());
  }

  const TemporaryDirectory directory_;
  const std::string file_ = directory_.path() + "/approver-1.pem";
  const trust::PrivateKey key_;
};

TEST_F(SignTest, SignsWithTheKeyThatTheFileIsNamedFor) {
  const std::string bytes = ApprovalBytes();
  const auto signatures = Sign(bytes, {file_});
  ASSERT_THAT(signatures, IsOk());
  ASSERT_EQ(signatures->size(), 1);
  EXPECT_EQ(signatures->Get(0).key_id(), "approver-1");
  EXPECT_TRUE(trust::VerifySignature(key_.PublicKey(), bytes,
                                     signatures->Get(0).signature()));
}

TEST_F(SignTest, MissingKeyIsNamed) {
  const auto signatures = Sign(ApprovalBytes(), {"no/such.pem"});
  EXPECT_NE(signatures.status().message().find("no/such.pem"),
            std::string::npos);
  EXPECT_EQ(ExitCodeOf(signatures.status()), kExitRefused);
}

}  // namespace
}  // namespace plumbline::cli
