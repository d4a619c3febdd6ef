#include "content-service/domain/signed_statement.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "common/rpc/error_details.h"
#include "common/trust/canonical.h"
#include "common/trust/digest.h"
#include "common/trust/ed25519.h"
#include "common/trust/statement.h"
#include "tests/content-service/support/tiny_content.h"
#include "tests/support/status_matchers.h"

namespace plumbline::content {
namespace {

using ::plumbline::testing::IsOk;
using ::plumbline::testing::StatusIs;

const absl::Time kNoon = absl::FromUnixSeconds(1'800'000'000);

class CheckSignedTest : public ::testing::Test {
 protected:
  CheckSignedTest() {
    expected_ = NewStatement(trust_, v1::STATEMENT_KIND_SUBMISSION, "tiny",
                             std::string(64, 'a'), kNoon);
    given_.bytes = trust::EncodeStatement(expected_).value();
    v1::Signature& signature = *given_.signatures.Add();
    signature.set_key_id("author-1");
    signature.set_signature(key_.Sign(given_.bytes));
  }

  absl::Status Check(int required, absl::Time now = kNoon) {
    return CheckSigned(trust_, expected_, given_, required, now);
  }

  trust::PrivateKey key_ = trust::PrivateKey::Generate();
  trust::TrustPolicy trust_ =
      trust::TrustPolicy::Parse(
          absl::StrCat("audience: 'test' "
                       "keys { key_id: 'author-1' roles: KEY_ROLE_AUTHOR "
                       "public_key: '",
                       key_.PublicKeyHex(), "' }"),
          "trust.txtpb")
          .value();
  v1::Statement expected_;
  SignedStatement given_;
};

TEST_F(CheckSignedTest, TakesWhatWasSignedForThisRequest) {
  EXPECT_THAT(Check(1), IsOk());
  EXPECT_THAT(Check(1, kNoon + absl::Minutes(15)), IsOk());
}

TEST_F(CheckSignedTest, TakesNothingOnlyWhereNothingIsRequired) {
  given_ = {};
  EXPECT_THAT(Check(0), IsOk());
  EXPECT_EQ(rpc::ReasonOf(Check(1)), "STATEMENT_REQUIRED");
}

TEST_F(CheckSignedTest, RefusesAnOldStatement) {
  const absl::Status status = Check(1, kNoon + absl::Minutes(16));
  EXPECT_THAT(status,
              StatusIs(absl::StatusCode::kFailedPrecondition,
                       "the statement was made at 2027-01-15T08:00:00Z, more "
                       "than 15m from this service's clock, "
                       "2027-01-15T08:16:00Z; call again with validate_only "
                       "and sign what it returns"));
  EXPECT_EQ(rpc::ReasonOf(status), "STATEMENT_TIME");
}

TEST_F(CheckSignedTest, RefusesAStatementOfAnotherDigest) {
  expected_.set_digest(std::string(64, 'b'));
  EXPECT_EQ(rpc::ReasonOf(Check(1)), "STATEMENT_MISMATCH");
  EXPECT_EQ(rpc::ReasonMetadataOf(Check(1)).at("fields"), "digest");
}

TEST_F(CheckSignedTest, RefusesAStatementForAnotherAudience) {
  EXPECT_EQ(expected_.audience(), "test");
  expected_.set_audience("clinic");
  EXPECT_EQ(rpc::ReasonOf(Check(1)), "STATEMENT_MISMATCH");
  EXPECT_EQ(rpc::ReasonMetadataOf(Check(1)).at("fields"), "audience");
}

TEST_F(CheckSignedTest, SaysWhichSignatureDoesNotCount) {
  given_.signatures.Mutable(0)->set_key_id("stranger-1");
  const absl::Status status = Check(1);
  EXPECT_EQ(rpc::ReasonOf(status), "KEY_UNKNOWN");
  EXPECT_EQ(rpc::ReasonMetadataOf(status).at("key_id"), "stranger-1");
}

TEST_F(CheckSignedTest, RefusesTooFewSignatures) {
  const absl::Status status = Check(2);
  EXPECT_THAT(status,
              StatusIs(absl::StatusCode::kFailedPrecondition,
                       "1 of 2 required signatures in the role author; each "
                       "must be of another key"));
  EXPECT_EQ(rpc::ReasonOf(status), "THRESHOLD_NOT_MET");
}

TEST(AttestReportTest, HoldsTheReportThatTheStatementNames) {
  v1::GateReport report;
  report.set_pathway_id("tiny");
  report.set_digest(std::string(64, 'b'));
  report.mutable_start_time()->set_seconds(1'700'000'000);
  report.mutable_start_time()->set_nanos(5);
  const v1::Attestation attestation =
      AttestReport(TinyPolicy(), "tiny", report);
  const auto statement = trust::ParseStatement(attestation.statement());
  ASSERT_THAT(statement, IsOk());
  EXPECT_EQ(statement->digest(), report.digest());
  EXPECT_EQ(statement->audience(), "test");
  EXPECT_EQ(trust::SignTime(*statement), absl::FromUnixSeconds(1'700'000'000));
  EXPECT_EQ(statement->report_digest(),
            trust::Sha256Hex(trust::CanonicalBytes(report)));
  EXPECT_EQ(attestation.payload(), trust::CanonicalBytes(report));
}

}  // namespace
}  // namespace plumbline::content
