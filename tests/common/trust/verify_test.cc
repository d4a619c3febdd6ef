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
using content::v1::GateReport;
using content::v1::PropertyResult;
using content::v1::Statement;
using ::testing::ElementsAre;
using testing::IsOk;
using ::testing::StartsWith;
using testing::StatusIs;

// A whole, right bundle, for a test to break in one place.
class VerifyTest : public ::testing::Test {
 protected:
  VerifyTest() { SetReport(RightReport()); }

  static GateReport RightReport() {
    GateReport report;
    report.set_pathway_id("back-pain");
    report.set_digest(Sha256Hex(kContent));
    report.set_passed(true);
    *report.mutable_start_time() =
        SampleStatement(content::v1::STATEMENT_KIND_GATE_REPORT).sign_time();
    for (const char* property : {"no-error", "monotone"}) {
      PropertyResult& result = *report.add_properties();
      result.set_property(property);
      result.set_verdict(PropertyResult::VERDICT_PROVED);
    }
    return report;
  }

  // Makes the bundle anew around `report`.
  void SetReport(const GateReport& report) {
    SetReportBytes(CanonicalBytes(report));
  }

  void SetReportBytes(const std::string& report) {
    report_ = report;
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

  // `rest` is added to the policy.
  absl::StatusOr<VerifiedBundle> Verify(const std::string& rest = "") {
    return VerifyBundle(keys_.Policy(rest), "back-pain", Sha256Hex(kContent),
                        kContent, attestations_);
  }

  Attestation& Gate() { return *attestations_.Mutable(0); }
  Attestation& FirstApproval() { return *attestations_.Mutable(1); }
  Attestation& SecondApproval() { return *attestations_.Mutable(2); }
  Attestation& Publication() { return *attestations_.Mutable(3); }

  // That verifying fails with this reason and message.
  void ExpectRefused(const std::string& reason, const std::string& message,
                     const std::string& rest = "") {
    const absl::StatusOr<VerifiedBundle> verified = Verify(rest);
    EXPECT_THAT(verified,
                StatusIs(absl::StatusCode::kFailedPrecondition, message));
    EXPECT_EQ(rpc::ReasonOf(verified.status()), reason);
  }

  SampleKeys keys_;
  std::string report_;
  Attestations attestations_;
};

// Nobody signs that statement, and no byte of it may be another's.
TEST_F(VerifyTest, TheStatementOfAReportIsOfTheTimeOfItsGate) {
  Statement statement = About(content::v1::STATEMENT_KIND_GATE_REPORT);
  statement.mutable_sign_time()->set_seconds(statement.sign_time().seconds() +
                                             1);
  const std::string payload = Gate().payload();
  Gate() = keys_.Attest(statement, "");
  Gate().set_payload(payload);
  EXPECT_EQ(rpc::ReasonOf(Verify().status()), "REPORT_MISMATCH");
}

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
  GateReport report = RightReport();
  report.set_passed(false);
  SetReport(report);
  ExpectRefused("REPORT_NOT_PASSED", "gate-report: says that the gate failed");
}

TEST_F(VerifyTest, GateReportWithFaultsIsRefused) {
  GateReport report = RightReport();
  report.set_fault_count(1);
  SetReport(report);
  ExpectRefused("REPORT_NOT_PASSED",
                "gate-report: says that the gate passed, with faults");
}

TEST_F(VerifyTest, GateReportOfNothingButPassedIsRefused) {
  GateReport report;
  report.set_passed(true);
  *report.mutable_start_time() = RightReport().start_time();
  SetReport(report);
  ExpectRefused("REPORT_MISMATCH",
                absl::StrCat("gate-report: the report is of content  of "
                             "pathway '', not ",
                             Sha256Hex(kContent), " of 'back-pain'"));
}

TEST_F(VerifyTest, GateReportOfOtherContentIsRefused) {
  GateReport report = RightReport();
  report.set_digest(Sha256Hex("other"));
  SetReport(report);
  ExpectRefused(
      "REPORT_MISMATCH",
      absl::StrCat("gate-report: the report is of content ", Sha256Hex("other"),
                   " of pathway 'back-pain', not ", Sha256Hex(kContent),
                   " of 'back-pain'"));
}

TEST_F(VerifyTest, GateReportOfAnotherPathwayIsRefused) {
  GateReport report = RightReport();
  report.set_pathway_id("knee");
  SetReport(report);
  ExpectRefused("REPORT_MISMATCH",
                absl::StrCat("gate-report: the report is of content ",
                             Sha256Hex(kContent), " of pathway 'knee', not ",
                             Sha256Hex(kContent), " of 'back-pain'"));
}

TEST_F(VerifyTest, GateReportThatIsNotCanonicalIsRefused) {
  // An unknown field: 99, a varint.
  SetReportBytes(absl::StrCat(CanonicalBytes(RightReport()), "\x98\x06\x01"));
  ExpectRefused("REPORT_MISMATCH",
                "gate-report: the report has an unknown field: #99");
}

constexpr char kRequired[] = "required_properties: ['no-error', 'monotone']";

TEST_F(VerifyTest, GateReportMustProveWhatThePolicyRequires) {
  EXPECT_THAT(Verify(kRequired), IsOk());

  GateReport report = RightReport();
  report.mutable_properties()->RemoveLast();
  SetReport(report);
  EXPECT_THAT(Verify(), IsOk());
  ExpectRefused("REPORT_INCOMPLETE",
                "gate-report: the property 'monotone', which the trust policy "
                "requires, was not run",
                kRequired);
}

TEST_F(VerifyTest, GateReportThatOnlyRanWhatIsRequiredIsRefused) {
  GateReport report = RightReport();
  report.mutable_properties(1)->set_verdict(PropertyResult::VERDICT_TIMED_OUT);
  SetReport(report);
  ExpectRefused("REPORT_INCOMPLETE",
                "gate-report: the property 'monotone', which the trust policy "
                "requires, is not proved: VERDICT_TIMED_OUT",
                kRequired);
}

TEST_F(VerifyTest, StatementForAnotherAudienceIsRefused) {
  Statement other = About(content::v1::STATEMENT_KIND_APPROVAL);
  other.set_audience("trial");
  const absl::StatusOr<Statement> verified =
      VerifyAttestation(keys_.Policy(), keys_.Attest(other, "approver-1"));
  EXPECT_THAT(verified,
              StatusIs(absl::StatusCode::kFailedPrecondition,
                       "approval: is for the audience 'trial', not 'test'"));
  EXPECT_EQ(rpc::ReasonOf(verified.status()), "STATEMENT_AUDIENCE");
  FirstApproval() = keys_.Attest(other, "approver-1");
  EXPECT_EQ(rpc::ReasonOf(Verify().status()), "STATEMENT_AUDIENCE");
}

// What was kept on disk is verified anew at each start: it must stay good when
// one of more than enough approvers leaves.
TEST_F(VerifyTest, BundleOutlivesAnApproverWhoLeft) {
  const std::string third = keys_.Key("approver-3", "APPROVER");
  const std::string revoked =
      keys_.Key("approver-3", "APPROVER", "revoked: true");
  *attestations_.Add() =
      keys_.Attest(About(content::v1::STATEMENT_KIND_APPROVAL), "approver-3");
  EXPECT_THAT(Verify(third), IsOk());
  EXPECT_THAT(Verify(revoked), IsOk());
  EXPECT_THAT(Verify(), IsOk());  // Not named at all any more.

  // Two of three are needed, and one of them has left: it is named.
  attestations_.DeleteSubrange(2, 1);
  EXPECT_THAT(Verify(third), IsOk());
  ExpectRefused("KEY_REVOKED",
                "approval: 1 of 2 required approver signatures; key "
                "'approver-3' is revoked; can still sign: approver-2",
                revoked);
}

TEST_F(VerifyTest, KeyThatWouldNotHaveMetTheThresholdIsNotTheReason) {
  attestations_.DeleteSubrange(1, 2);
  *attestations_.Add() =
      keys_.Attest(About(content::v1::STATEMENT_KIND_APPROVAL), "approver-9");
  ExpectRefused("THRESHOLD_NOT_MET",
                "approval: 0 of 2 required approver signatures; key "
                "'approver-9' is not in the trust policy; can still sign: "
                "approver-1, approver-2");
}

TEST_F(VerifyTest, WrongSignatureOfAKeyThatDoesNotCountFailsNothing) {
  *FirstApproval().add_signatures() = keys_.Sign("operator-2", "other");
  *FirstApproval().add_signatures() = keys_.Sign("stranger", "other");
  EXPECT_THAT(Verify(), IsOk());
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
         "move: 0 of 1 required operator signatures; key 'operator-9' is not "
         "in the trust policy; can still sign: operator-1",
         "KEY_UNKNOWN"},
        {"RevokedKey", "operator-2",
         "move: 0 of 1 required operator signatures; key 'operator-2' is "
         "revoked; can still sign: operator-1",
         "KEY_REVOKED"},
        {"KeyOfAnotherRole", "publisher-1",
         "move: 0 of 1 required operator signatures; key 'publisher-1' does "
         "not hold the role operator, only publisher; can still sign: "
         "operator-1",
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
  EXPECT_THAT(checked->signatures.key_ids, ElementsAre("approver-1"));
  EXPECT_EQ(checked->statement.kind(), content::v1::STATEMENT_KIND_APPROVAL);
}

TEST_F(VerifyTest, SignaturesThatAreHandedInMustAllCount) {
  const Statement move = SampleMove(1, 1, "");
  Attestation attestation = keys_.Attest(move, "operator-1");
  *attestation.add_signatures() =
      keys_.Sign("operator-2", attestation.statement());
  EXPECT_THAT(VerifyAttestation(keys_.Policy(), attestation), IsOk());
  const auto checked = CheckSignatures(keys_.Policy(), attestation.statement(),
                                       move, attestation.signatures());
  EXPECT_THAT(checked, StatusIs(absl::StatusCode::kFailedPrecondition,
                                "move: key 'operator-2' is revoked"));
  EXPECT_EQ(rpc::ReasonOf(checked.status()), "KEY_REVOKED");
}

TEST_F(VerifyTest, ThresholdFaultSaysWhatIsThere) {
  const absl::Status status = CheckThreshold(
      keys_.Policy(), "back-pain", content::v1::STATEMENT_KIND_APPROVAL,
      {.key_ids = {"approver-2"}});
  EXPECT_EQ(rpc::ReasonMetadataOf(status),
            (rpc::Metadata{
                {"role", "approver"}, {"required", "2"}, {"present", "1"}}));
}

}  // namespace
}  // namespace plumbline::trust
