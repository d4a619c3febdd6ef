#include "common/trust/verify.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "common/rpc/error_details.h"
#include "common/trust/canonical.h"
#include "plumbline/content/v1/draft.pb.h"
#include "tests/common/trust/samples.h"
#include "tests/support/status_matchers.h"

namespace plumbline::trust {
namespace {

using content::v1::Attestation;
using content::v1::Statement;
using ::testing::ElementsAre;
using testing::IsOk;
using ::testing::StartsWith;
using testing::StatusIs;

// A whole, right bundle, for a test to break in one place.
class VerifyTest : public ::testing::Test {
 protected:
  VerifyTest() {
    content::v1::GateReport report;
    report.set_passed(true);
    SetReport(report);
  }

  // Makes the bundle anew around `report`.
  void SetReport(const content::v1::GateReport& report) {
    report_ = CanonicalBytes(report);
    attestations_.Clear();
    Attestation gate =
        keys_.Attest(About(content::v1::STATEMENT_KIND_GATE_REPORT), "");
    gate.set_payload(report_);
    *attestations_.Add() = gate;
    *attestations_.Add() =
        keys_.Attest(About(content::v1::STATEMENT_KIND_APPROVAL), "approver-1");
    *attestations_.Add() =
        keys_.Attest(About(content::v1::STATEMENT_KIND_APPROVAL), "approver-2");
    *attestations_.Add() = keys_.Attest(
        About(content::v1::STATEMENT_KIND_PUBLICATION), "publisher-1");
  }

  Statement About(content::v1::StatementKind kind) const {
    Statement statement = SampleStatement(kind);
    statement.set_report_digest(Sha256Hex(report_));
    if (kind == content::v1::STATEMENT_KIND_PUBLICATION) {
      statement.set_release_number(7);
    }
    return statement;
  }

  absl::StatusOr<VerifiedBundle> Verify() {
    return VerifyBundle(keys_.Policy(), "back-pain", Sha256Hex(kContent),
                        kContent, attestations_);
  }

  Attestation& Gate() { return *attestations_.Mutable(0); }
  Attestation& FirstApproval() { return *attestations_.Mutable(1); }
  Attestation& SecondApproval() { return *attestations_.Mutable(2); }
  Attestation& Publication() { return *attestations_.Mutable(3); }

  // That verifying fails with this reason and message.
  void ExpectRefused(const std::string& reason, const std::string& message) {
    const absl::StatusOr<VerifiedBundle> verified = Verify();
    EXPECT_THAT(verified,
                StatusIs(absl::StatusCode::kFailedPrecondition, message));
    EXPECT_EQ(rpc::ReasonOf(verified.status()), reason);
  }

  SampleKeys keys_;
  std::string report_;
  Attestations attestations_;
};

TEST_F(VerifyTest, RightBundleIsAccepted) {
  const absl::StatusOr<VerifiedBundle> verified = Verify();
  ASSERT_THAT(verified, IsOk());
  EXPECT_EQ(verified->digest, Sha256Hex(kContent));
  EXPECT_EQ(verified->release_number, 7);
  EXPECT_EQ(verified->report_digest, Sha256Hex(report_));
}

TEST_F(VerifyTest, ContentOfAnotherDigestIsRefused) {
  const absl::StatusOr<VerifiedBundle> verified =
      VerifyBundle(keys_.Policy(), "back-pain", Sha256Hex(kContent), "Content",
                   attestations_);
  EXPECT_THAT(verified, StatusIs(absl::StatusCode::kFailedPrecondition,
                                 absl::StrCat("the content's SHA-256 is ",
                                              Sha256Hex("Content"), ", not ",
                                              Sha256Hex(kContent))));
  EXPECT_EQ(rpc::ReasonOf(verified.status()), "DIGEST_MISMATCH");
}

TEST_F(VerifyTest, BundleOfAnotherPathwayIsRefused) {
  EXPECT_THAT(
      VerifyBundle(keys_.Policy(), "knee", Sha256Hex(kContent), kContent,
                   attestations_),
      StatusIs(
          absl::StatusCode::kFailedPrecondition,
          StartsWith("gate-report: is about pathway 'back-pain', not 'knee'")));
}

TEST_F(VerifyTest, StatementAboutOtherContentIsRefused) {
  Statement other = About(content::v1::STATEMENT_KIND_PUBLICATION);
  other.set_digest(Sha256Hex("other"));
  Publication() = keys_.Attest(other, "publisher-1");
  ExpectRefused(
      "STATEMENT_INVALID",
      absl::StrCat("publication: is about content ", Sha256Hex("other"),
                   ", not ", Sha256Hex(kContent)));
}

TEST_F(VerifyTest, TooFewApproversAreTold) {
  attestations_.DeleteSubrange(2, 1);
  ExpectRefused("THRESHOLD_NOT_MET",
                "approval: 1 of 2 required approver signatures; can still "
                "sign: approver-2");
}

TEST_F(VerifyTest, OneApproverTwiceIsOne) {
  SecondApproval() = FirstApproval();
  ExpectRefused("THRESHOLD_NOT_MET",
                "approval: 1 of 2 required approver signatures; can still "
                "sign: approver-2");
}

TEST_F(VerifyTest, NothingButAReportListsAllThatIsMissing) {
  attestations_.DeleteSubrange(1, 3);
  ExpectRefused(
      "STATEMENT_INVALID",
      "publication: there are 0 of them, not 1\n"
      "approval: 0 of 2 required approver signatures; can still sign: "
      "approver-1, approver-2\n"
      "publication: 0 of 1 required publisher signatures; can still sign: "
      "publisher-1");
}

TEST_F(VerifyTest, WithoutGateReportIsRefused) {
  attestations_.DeleteSubrange(0, 1);
  ExpectRefused("REPORT_MISSING", "gate-report: there are 0 of them, not 1");
}

TEST_F(VerifyTest, GateReportThatSaysNoIsRefused) {
  SetReport({});
  ExpectRefused("REPORT_MISSING", "gate-report: says that the gate failed");
}

TEST_F(VerifyTest, GateReportWhosePayloadWasChangedIsRefused) {
  Gate().set_payload("other");
  const absl::StatusOr<VerifiedBundle> verified = Verify();
  EXPECT_THAT(verified,
              StatusIs(absl::StatusCode::kFailedPrecondition,
                       StartsWith(absl::StrCat(
                           "attestations[0]: gate-report: the report's SHA-256 "
                           "is ",
                           Sha256Hex("other"), ", not ", Sha256Hex(report_)))));
  EXPECT_EQ(rpc::ReasonOf(verified.status()), "REPORT_MISMATCH");
}

TEST_F(VerifyTest, ApprovalOfAnotherReportIsRefused) {
  Statement other = About(content::v1::STATEMENT_KIND_APPROVAL);
  other.set_report_digest(Sha256Hex("other"));
  FirstApproval() = keys_.Attest(other, "approver-1");
  ExpectRefused("REPORT_MISMATCH",
                absl::StrCat("approval: vouches for the gate report ",
                             Sha256Hex("other"), ", not ", Sha256Hex(report_)));
}

TEST_F(VerifyTest, PayloadWhereNoneBelongsIsRefused) {
  Publication().set_payload("x");
  EXPECT_THAT(VerifyAttestation(keys_.Policy(), Publication()),
              StatusIs(absl::StatusCode::kFailedPrecondition,
                       "publication: has a payload, which only a report has"));
}

TEST_F(VerifyTest, KindThatIsNotTheStatementsIsRefused) {
  Publication().set_kind(content::v1::STATEMENT_KIND_APPROVAL);
  EXPECT_THAT(VerifyAttestation(keys_.Policy(), Publication()),
              StatusIs(absl::StatusCode::kFailedPrecondition,
                       "is marked as 'approval', but its statement is of kind "
                       "'publication'"));
}

TEST_F(VerifyTest, EveryFlippedByteOfAStatementIsRefused) {
  const std::string bytes = Publication().statement();
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    std::string flipped = bytes;
    flipped[i] = static_cast<char>(flipped[i] ^ 1);
    Publication().set_statement(flipped);
    EXPECT_THAT(VerifyAttestation(keys_.Policy(), Publication()),
                StatusIs(absl::StatusCode::kFailedPrecondition))
        << "byte " << i;
  }
}

struct SignerCase {
  std::string name;
  std::string key_id;
  std::string fault;
  std::string reason;
};

class SignerTest : public VerifyTest,
                   public ::testing::WithParamInterface<SignerCase> {};

TEST_P(SignerTest, IsExplained) {
  const Statement move = SampleMove(1, 1, "");
  const absl::StatusOr<Statement> verified =
      VerifyAttestation(keys_.Policy(), keys_.Attest(move, GetParam().key_id));
  EXPECT_THAT(verified, StatusIs(absl::StatusCode::kFailedPrecondition,
                                 GetParam().fault));
  EXPECT_EQ(rpc::ReasonOf(verified.status()), GetParam().reason);
}

INSTANTIATE_TEST_SUITE_P(
    Faults, SignerTest,
    ::testing::ValuesIn<SignerCase>({
        {"Nobody", "",
         "move: 0 of 1 required operator signatures; can still sign: "
         "operator-1",
         "THRESHOLD_NOT_MET"},
        {"UnknownKey", "operator-9",
         "move: key 'operator-9' is not in the trust policy", "KEY_UNKNOWN"},
        {"RevokedKey", "operator-2", "move: key 'operator-2' is revoked",
         "KEY_REVOKED"},
        {"KeyOfAnotherRole", "publisher-1",
         "move: key 'publisher-1' does not hold the role operator, only "
         "publisher",
         "KEY_ROLE"},
    }),
    [](const auto& instance) { return instance.param.name; });

TEST_F(VerifyTest, WrongSignatureIsRefusedBesideARightOne) {
  const Statement move = SampleMove(1, 1, "");
  Attestation attestation = keys_.Attest(move, "operator-1");
  *attestation.add_signatures() = keys_.Sign("operator-1", "other");
  const absl::StatusOr<Statement> verified =
      VerifyAttestation(keys_.Policy(), attestation);
  EXPECT_THAT(verified,
              StatusIs(absl::StatusCode::kFailedPrecondition,
                       "move: key 'operator-1' did not make this signature"));
  EXPECT_EQ(rpc::ReasonOf(verified.status()), "SIGNATURE_INVALID");
}

TEST_F(VerifyTest, SecondSignatureOfAKeyIsRefused) {
  Attestation attestation = keys_.Attest(SampleMove(1, 1, ""), "operator-1");
  *attestation.add_signatures() = attestation.signatures(0);
  EXPECT_THAT(VerifyAttestation(keys_.Policy(), attestation),
              StatusIs(absl::StatusCode::kFailedPrecondition,
                       "move: key 'operator-1' signed twice"));
}

TEST_F(VerifyTest, CheckAttestationTellsWhoSignedWithoutCounting) {
  const absl::StatusOr<CheckedAttestation> checked =
      CheckAttestation(keys_.Policy(), FirstApproval());
  ASSERT_THAT(checked, IsOk());
  EXPECT_THAT(checked->key_ids, ElementsAre("approver-1"));
  EXPECT_EQ(checked->statement.kind(), content::v1::STATEMENT_KIND_APPROVAL);
}

TEST_F(VerifyTest, ThresholdFaultSaysWhatIsThere) {
  const absl::Status status =
      CheckThreshold(keys_.Policy(), "back-pain",
                     content::v1::STATEMENT_KIND_APPROVAL, {"approver-2"});
  EXPECT_EQ(rpc::ReasonMetadataOf(status),
            (rpc::Metadata{
                {"role", "approver"}, {"required", "2"}, {"present", "1"}}));
}

}  // namespace
}  // namespace plumbline::trust
