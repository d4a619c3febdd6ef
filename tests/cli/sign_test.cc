#include "cli/sign.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/escaping.h"
#include "common/file/file_system.h"
#include "common/trust/ed25519.h"
#include "common/trust/statement.h"
#include "tests/support/temporary_directory.h"

namespace plumbline::cli {
namespace {

using content::v1::STATEMENT_KIND_APPROVAL;
using content::v1::STATEMENT_KIND_PUBLICATION;
using ::plumbline::testing::TemporaryDirectory;

std::string ApprovalBytes() {
  content::v1::Statement statement;
  statement.set_kind(STATEMENT_KIND_APPROVAL);
  statement.set_audience("test");
  statement.set_pathway_id("back-pain");
  statement.set_digest(std::string(64, 'a'));
  statement.set_report_digest(std::string(64, 'b'));
  statement.set_role(trust::SigningRole(STATEMENT_KIND_APPROVAL));
  trust::SetSignTime(absl::FromUnixSeconds(1'800'000'000), &statement);
  return trust::EncodeStatement(statement).value();
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
  const auto result =
      SignStatement(bytes, STATEMENT_KIND_APPROVAL, "back-pain", {file_});
  ASSERT_TRUE(result.ok()) << result.status();
  ASSERT_EQ(result->signatures.size(), 1);
  EXPECT_EQ(result->signatures[0].key_id(), "approver-1");
  EXPECT_TRUE(trust::VerifySignature(key_.PublicKey(), bytes,
                                     result->signatures[0].signature()));
  EXPECT_EQ(result->summary, "approval of back-pain " + std::string(64, 'a'));
}

TEST_F(SignTest, RefusesAnotherKindOrPathwayThanExpected) {
  EXPECT_EQ(SignStatement(ApprovalBytes(), STATEMENT_KIND_PUBLICATION,
                          "back-pain", {file_})
                .status()
                .message(),
            "not signed: the service asked for a signature on approval of "
            "back-pain " +
                std::string(64, 'a') + ", expected publication of back-pain");
  EXPECT_FALSE(
      SignStatement(ApprovalBytes(), STATEMENT_KIND_APPROVAL, "other", {file_})
          .ok());
}

TEST_F(SignTest, RefusesBytesThatAreNoStatement) {
  EXPECT_FALSE(
      SignStatement("anything", STATEMENT_KIND_APPROVAL, "back-pain", {file_})
          .ok());
}

TEST_F(SignTest, MissingKeyIsNamed) {
  const auto result = SignStatement(ApprovalBytes(), STATEMENT_KIND_APPROVAL,
                                    "back-pain", {"no/such.pem"});
  EXPECT_NE(result.status().message().find("no/such.pem"), std::string::npos);
}

}  // namespace
}  // namespace plumbline::cli
