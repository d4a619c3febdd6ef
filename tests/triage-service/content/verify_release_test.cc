#include "triage-service/content/verify_release.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "common/pathway/content.h"
#include "common/rpc/error_details.h"
#include "common/trust/digest.h"
#include "tests/common/pathway/example_pathway.h"
#include "tests/support/status_matchers.h"
#include "tests/triage-service/support/signed_channel.h"

namespace plumbline::triage {
namespace {

using content::v1::ChannelMove;
using content::v1::ContentStart;
using ::plumbline::testing::IsOk;
using ::plumbline::testing::StatusIs;
using ::testing::HasSubstr;

constexpr std::size_t kBytesMax = 1 << 20;

MATCHER_P2(IsRefused, reason, message_matcher, "") {
  const absl::Status& status = plumbline::testing::StatusOf(arg);
  *result_listener << "which is " << status.ToString() << ", reason "
                   << rpc::ReasonOf(status);
  return status.code() == absl::StatusCode::kFailedPrecondition &&
         rpc::ReasonOf(status) == reason &&
         ::testing::ExplainMatchResult(
             message_matcher, std::string(status.message()), result_listener);
}

class VerifyReleaseTest : public ::testing::Test {
 protected:
  absl::Status Take(const ChannelMove& move) {
    return TakeMove(policy_, ExampleKey(), move, &chain_);
  }

  absl::StatusOr<VerifiedContent> Verify(const ContentStart& start,
                                         const std::string& content,
                                         std::size_t bytes_max = kBytesMax) {
    return VerifyContent(policy_, ExampleKey(), start.digest(), start, content,
                         bytes_max);
  }

  // Verifies `release` after its attestations were spoilt.
  absl::StatusOr<VerifiedContent> Verify(const SignedRelease& release) {
    return Verify(signer_.Start(release, move_), release.content);
  }

  SignedChannel signer_;
  trust::TrustPolicy policy_ = signer_.Policy();
  trust::MoveChain chain_{"ankle", "stable"};
  SignedRelease release_ = signer_.PublishExample(7);
  ChannelMove move_ = signer_.Move(release_.digest);
};

TEST_F(VerifyReleaseTest, TakesMovesInOrder) {
  EXPECT_THAT(Take(move_), IsOk());
  EXPECT_THAT(Take(signer_.Move(release_.digest)), IsOk());
  EXPECT_EQ(chain_.end().number, 2);
  EXPECT_EQ(chain_.end().digest, release_.digest);
}

TEST_F(VerifyReleaseTest, TakesAHigherEpochWhateverWasBefore) {
  EXPECT_THAT(Take(move_), IsOk());
  signer_.Move(release_.digest);
  EXPECT_THAT(Take(signer_.OpenEpoch(2, release_.digest)), IsOk());
  EXPECT_EQ(chain_.end().epoch, 2);
}

TEST_F(VerifyReleaseTest, AGapBetweenMovesIsRefused) {
  EXPECT_THAT(Take(move_), IsOk());
  signer_.Move(release_.digest);
  EXPECT_THAT(Take(signer_.Move(release_.digest)),
              IsRefused("MOVE_OUT_OF_ORDER", "move 1-3: expected 1-2"));
  EXPECT_EQ(chain_.end().number, 1);
}

TEST_F(VerifyReleaseTest, AMoveThatNamesAnotherPredecessorIsRefused) {
  EXPECT_THAT(Take(move_), IsOk());
  content::v1::Statement statement = signer_.NextStatement(release_.digest);
  const std::string other = trust::Sha256Hex("other");
  statement.set_previous_move_hash(other);
  EXPECT_THAT(
      Take(signer_.MoveOf(statement, "operator-1")),
      IsRefused("MOVE_OUT_OF_ORDER",
                absl::StrCat("move 1-2: names ", other,
                             " as the hash of the move before, which is ",
                             chain_.end().hash)));
}

TEST_F(VerifyReleaseTest, AnOldEpochIsRefused) {
  EXPECT_THAT(Take(signer_.OpenEpoch(3, release_.digest)), IsOk());
  EXPECT_THAT(Take(signer_.OpenEpoch(3, release_.digest)),
              IsRefused("EPOCH_NOT_HIGHER",
                        "move 3-1: opens an epoch that is not higher than 3"));
  EXPECT_THAT(Take(move_),
              IsRefused("EPOCH_NOT_HIGHER", "move 1-1: expected 3-2"));
}

TEST_F(VerifyReleaseTest, AMoveSignedByTheWrongKeyIsNotVerified) {
  const content::v1::Statement statement =
      SignedChannel().NextStatement(release_.digest);
  const auto fault_of = [&](const ChannelMove& move) {
    EXPECT_THAT(Take(move), IsOk());
    const absl::Status fault = chain_.tentative_fault();
    chain_.DropTentative();
    EXPECT_EQ(chain_.end(), trust::ChainEnd{});
    return fault;
  };
  EXPECT_THAT(fault_of(signer_.MoveOf(statement, "publisher-1")),
              IsRefused("KEY_ROLE",
                        "move 1-1: move: 0 of 1 required operator signatures; "
                        "key 'publisher-1' does not hold the role operator, "
                        "only publisher; can still sign: operator-1"));
  EXPECT_THAT(fault_of(signer_.MoveOf(statement, "operator-2")),
              IsRefused("KEY_REVOKED",
                        "move 1-1: move: 0 of 1 required operator signatures; "
                        "key 'operator-2' is revoked; can still sign: "
                        "operator-1"));
  EXPECT_THAT(fault_of(signer_.MoveOf(statement, "stranger")),
              IsRefused("KEY_UNKNOWN",
                        "move 1-1: move: 0 of 1 required operator signatures; "
                        "key 'stranger' is not in the trust policy; can still "
                        "sign: operator-1"));
  ChannelMove unsigned_move = signer_.MoveOf(statement, "operator-1");
  unsigned_move.clear_signatures();
  EXPECT_THAT(fault_of(unsigned_move),
              IsRefused("THRESHOLD_NOT_MET",
                        "move 1-1: move: 0 of 1 required operator signatures; "
                        "can still sign: operator-1"));
}

TEST_F(VerifyReleaseTest, AMoveWithAWrongSignatureIsRefused) {
  ChannelMove wrong = move_;
  wrong.mutable_signatures(0)->mutable_signature()->front() ^= 1;
  EXPECT_THAT(
      Take(wrong),
      IsRefused("SIGNATURE_INVALID",
                HasSubstr("key 'operator-1' did not make this signature")));
}

TEST_F(VerifyReleaseTest, AMoveWhoseFieldsBelieTheStatementIsRefused) {
  ChannelMove move = move_;
  move.set_digest(trust::Sha256Hex("other"));
  EXPECT_THAT(
      Take(move),
      IsRefused("STATEMENT_INVALID",
                "move 1-1: its fields do not agree with its signed statement, "
                "that of pathways/ankle/channels/stable/moves/1-1"));
}

TEST_F(VerifyReleaseTest, AMoveOfAnotherChannelIsRefused) {
  SignedChannel other({"ankle", "candidate"});
  EXPECT_THAT(Take(other.Move(release_.digest)),
              IsRefused("STATEMENT_INVALID", HasSubstr("do not agree")));
}

TEST_F(VerifyReleaseTest, ARuinedStatementIsRefused) {
  ChannelMove move = move_;
  move.mutable_statement()->pop_back();
  EXPECT_THAT(Take(move),
              IsRefused("STATEMENT_INVALID", HasSubstr("statement")));
}

TEST_F(VerifyReleaseTest, CompilesVerifiedContent) {
  const absl::StatusOr<VerifiedContent> verified = Verify(release_);
  ASSERT_THAT(verified, IsOk());
  EXPECT_EQ(verified->release, "pathways/ankle/releases/7");
  EXPECT_EQ(verified->pathway->digest, release_.digest);
  EXPECT_EQ(verified->pathway->pathway_id, "ankle");
}

TEST_F(VerifyReleaseTest, BelievesTheReleaseNumberThatWasSigned) {
  ContentStart start = signer_.Start(release_, move_);
  start.set_release("pathways/ankle/releases/99");
  EXPECT_EQ(Verify(start, release_.content)->release,
            "pathways/ankle/releases/7");
}

TEST_F(VerifyReleaseTest, AFlippedByteIsRefused) {
  std::string content = release_.content;
  content[content.size() / 2] ^= 1;
  EXPECT_THAT(
      Verify(signer_.Start(release_, move_), content),
      IsRefused("DIGEST_MISMATCH", absl::StrCat("the content's SHA-256 is ",
                                                trust::Sha256Hex(content),
                                                ", not ", release_.digest)));
}

TEST_F(VerifyReleaseTest, ContentOverTheLimitIsRefused) {
  const std::size_t size = release_.content.size();
  EXPECT_THAT(
      Verify(signer_.Start(release_, move_), release_.content, size - 1),
      IsRefused("CONTENT_TOO_LARGE",
                absl::StrCat("the content has ", size, " bytes; at most ",
                             size - 1, " are taken")));
  EXPECT_THAT(Verify(signer_.Start(release_, move_), release_.content, size),
              IsOk());
}

TEST_F(VerifyReleaseTest, AMissingApprovalIsRefused) {
  release_.attestations.DeleteSubrange(2, 1);
  EXPECT_THAT(Verify(release_),
              IsRefused("THRESHOLD_NOT_MET",
                        "approval: 1 of 2 required approver signatures; can "
                        "still sign: approver-2"));
}

TEST_F(VerifyReleaseTest, AMissingPublicationIsRefused) {
  release_.attestations.RemoveLast();
  EXPECT_THAT(Verify(release_),
              IsRefused("STATEMENT_INVALID",
                        HasSubstr("publication: there are 0 of them, not 1")));
}

TEST_F(VerifyReleaseTest, AWrongSignatureIsRefused) {
  release_.attestations.Mutable(1)
      ->mutable_signatures(0)
      ->mutable_signature()
      ->front() ^= 1;
  EXPECT_THAT(
      Verify(release_),
      IsRefused("SIGNATURE_INVALID", HasSubstr("attestations[1]: approval: key "
                                               "'approver-1' did not make this "
                                               "signature")));
}

TEST_F(VerifyReleaseTest, AMissingGateReportIsRefused) {
  release_.attestations.DeleteSubrange(0, 1);
  EXPECT_THAT(Verify(release_),
              IsRefused("REPORT_MISSING",
                        HasSubstr("gate-report: there are 0 of them, not 1")));
}

TEST_F(VerifyReleaseTest, AGateReportThatDidNotPassIsRefused) {
  EXPECT_THAT(
      Verify(signer_.Publish(ExampleContent(1), 1, /*passed=*/false)),
      IsRefused("REPORT_NOT_PASSED", "gate-report: says that the gate failed"));
}

TEST_F(VerifyReleaseTest, AnotherGateReportThanWasSignedIsRefused) {
  release_.attestations.Mutable(0)->mutable_payload()->append("x");
  EXPECT_THAT(Verify(release_),
              IsRefused("REPORT_MISMATCH",
                        HasSubstr("gate-report: the report's SHA-256 is")));
}

TEST_F(VerifyReleaseTest, ContentWithAnUnknownFieldIsRefused) {
  // Field 999, a varint, deep in the first item.
  pathway::v1::Pathway message = pathway::ExampleMessage();
  pathway::v1::Item* const item = message.mutable_items(0);
  item->GetReflection()->MutableUnknownFields(item)->AddVarint(999, 1);
  const SignedRelease release = signer_.Publish(message.SerializeAsString(), 1);
  EXPECT_THAT(Verify(release),
              IsRefused("CONTENT_UNKNOWN_FIELD", HasSubstr("items[0]")));
}

TEST_F(VerifyReleaseTest, ContentThatIsNotCanonicalIsRefused) {
  // The same message, its first field twice.
  const std::string content =
      "\x0a\x05"
      "ankle" +
      ExampleContent(1);
  EXPECT_THAT(Verify(signer_.Publish(content, 1)),
              IsRefused("CONTENT_NOT_CANONICAL", HasSubstr("canonical")));
}

TEST_F(VerifyReleaseTest, BytesThatAreNoMessageAreRefused) {
  EXPECT_THAT(Verify(signer_.Publish("not a pathway", 1)),
              IsRefused("CONTENT_NOT_CANONICAL", ::testing::_));
}

TEST_F(VerifyReleaseTest, ContentForANewerEngineIsRefused) {
  pathway::v1::Pathway message = pathway::ExampleMessage();
  message.set_engine_version_min(pathway::kEngineVersion + 1);
  EXPECT_THAT(Verify(signer_.Publish(pathway::ToContent(message), 1)),
              IsRefused("ENGINE_TOO_OLD", HasSubstr("engine")));
}

TEST_F(VerifyReleaseTest, ContentThatDoesNotCompileIsRefused) {
  pathway::v1::Pathway message = pathway::ExampleMessage();
  message.mutable_rules(0)->set_when("no.such == 'yes'");
  EXPECT_THAT(Verify(signer_.Publish(pathway::ToContent(message), 1)),
              IsRefused("CONTENT_INVALID", HasSubstr("no.such")));
}

TEST_F(VerifyReleaseTest, ContentOfAnotherPathwayIsRefused) {
  pathway::v1::Pathway message = pathway::ExampleMessage();
  message.set_pathway_id("knee");
  EXPECT_THAT(Verify(signer_.Publish(pathway::ToContent(message), 1)),
              IsRefused("PATHWAY_MISMATCH",
                        "the content is of pathway 'knee', not 'ankle'"));
}

TEST_F(VerifyReleaseTest, BelievesOnlySignedWithdrawals) {
  content::v1::Statement statement =
      trust::SampleStatement(content::v1::STATEMENT_KIND_WITHDRAWAL);
  statement.set_pathway_id("ankle");
  statement.set_digest(release_.digest);
  statement.set_release_number(7);
  statement.set_reason("a mistake");
  content::v1::Withdrawal withdrawal;
  withdrawal.set_digest(release_.digest);
  *withdrawal.mutable_attestation() =
      signer_.keys().Attest(statement, "publisher-1");
  EXPECT_THAT(VerifyWithdrawal(policy_, ExampleKey(), withdrawal), IsOk());

  withdrawal.set_digest(trust::Sha256Hex("other"));
  EXPECT_THAT(VerifyWithdrawal(policy_, ExampleKey(), withdrawal),
              IsRefused("STATEMENT_INVALID",
                        "the statement is not a withdrawal of this release"));
  *withdrawal.mutable_attestation() =
      signer_.keys().Attest(statement, "operator-1");
  EXPECT_THAT(VerifyWithdrawal(policy_, ExampleKey(), withdrawal),
              IsRefused("KEY_ROLE", HasSubstr("operator-1")));
}

}  // namespace
}  // namespace plumbline::triage
