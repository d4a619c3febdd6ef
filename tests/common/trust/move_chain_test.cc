#include "common/trust/move_chain.h"

#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "common/rpc/error_details.h"
#include "tests/common/trust/samples.h"
#include "tests/support/status_matchers.h"

namespace plumbline::trust {
namespace {

using content::v1::Statement;
using testing::IsOk;
using testing::StatusIs;

class MoveChainTest : public ::testing::Test {
 protected:
  // Signs by the key `id` and appends.
  absl::Status Append(const Statement& move, const std::string& id) {
    const content::v1::Attestation attestation = keys_.Attest(move, id);
    last_hash_ = MoveHash(attestation.statement());
    return chain_.Append(policy_, attestation.statement(),
                         attestation.signatures());
  }

  // The move after the newest one that was taken in.
  Statement NextMove() {
    return SampleMove(1, chain_.tentative_end().number + 1,
                      chain_.tentative_end().hash);
  }

  // Appends moves 1-1 to 1-`count`.
  void AppendMoves(int count) {
    for (int number = 1; number <= count; ++number) {
      ASSERT_THAT(
          Append(SampleMove(1, number, chain_.end().hash), "operator-1"),
          IsOk());
    }
  }

  // That `move` is refused, with no change of the chain.
  void ExpectRefused(const Statement& move, const std::string& id,
                     const std::string& reason, const std::string& message) {
    const ChainEnd before = chain_.end();
    const ChainEnd tentative = chain_.tentative_end();
    const absl::Status status = Append(move, id);
    EXPECT_THAT(status,
                StatusIs(absl::StatusCode::kFailedPrecondition, message));
    EXPECT_EQ(rpc::ReasonOf(status), reason);
    EXPECT_EQ(chain_.end(), before);
    EXPECT_EQ(chain_.tentative_end(), tentative);
  }

  SampleKeys keys_;
  const TrustPolicy policy_ = keys_.Policy();
  MoveChain chain_{"back-pain", "stable"};
  std::string last_hash_;
};

TEST_F(MoveChainTest, FollowsMovesOfOneEpoch) {
  AppendMoves(3);
  EXPECT_EQ(chain_.end(), (ChainEnd{.epoch = 1,
                                    .number = 3,
                                    .hash = last_hash_,
                                    .digest = Sha256Hex(kContent)}));
}

TEST_F(MoveChainTest, ContinuesAfterAnEndThatWasKept) {
  AppendMoves(2);
  MoveChain later("back-pain", "stable", chain_.end());
  const content::v1::Attestation attestation =
      keys_.Attest(SampleMove(1, 3, chain_.end().hash), "operator-1");
  EXPECT_THAT(
      later.Append(policy_, attestation.statement(), attestation.signatures()),
      IsOk());
}

TEST_F(MoveChainTest, RefusesAGap) {
  AppendMoves(1);
  ExpectRefused(SampleMove(1, 3, chain_.end().hash), "operator-1",
                "MOVE_OUT_OF_ORDER", "move 1-3: expected 1-2");
}

TEST_F(MoveChainTest, RefusesARepetition) {
  AppendMoves(2);
  ExpectRefused(SampleMove(1, 2, chain_.end().hash), "operator-1",
                "MOVE_OUT_OF_ORDER", "move 1-2: expected 1-3");
}

TEST_F(MoveChainTest, RefusesAnotherPast) {
  AppendMoves(1);
  ExpectRefused(SampleMove(1, 2, Sha256Hex("other")), "operator-1",
                "MOVE_OUT_OF_ORDER",
                absl::StrCat("move 1-2: names ", Sha256Hex("other"),
                             " as the hash of the move before, which is ",
                             chain_.end().hash));
}

TEST_F(MoveChainTest, RefusesAMoveOfAnotherChannel) {
  Statement move = SampleMove(1, 1, "");
  move.set_channel_id("candidate");
  ExpectRefused(move, "operator-1", "STATEMENT_INVALID",
                "move 1-1: is of channel 'candidate' of pathway 'back-pain', "
                "not 'stable' of 'back-pain'");
}

TEST_F(MoveChainTest, AMoveThatNobodySignedIsOnlyTentative) {
  EXPECT_THAT(Append(SampleMove(1, 1, ""), ""), IsOk());
  EXPECT_EQ(chain_.end(), ChainEnd());
  EXPECT_EQ(chain_.tentative_end().number, 1);
  EXPECT_THAT(chain_.tentative_fault(),
              StatusIs(absl::StatusCode::kFailedPrecondition,
                       "move 1-1: move: 0 of 1 required operator signatures; "
                       "can still sign: operator-1"));
  EXPECT_EQ(rpc::ReasonOf(chain_.tentative_fault()), "THRESHOLD_NOT_MET");
}

TEST_F(MoveChainTest, AFreshReplicaFollowsAHistoryByAKeyThatWasRevokedSince) {
  ASSERT_THAT(Append(NextMove(), "operator-2"), IsOk());
  ASSERT_THAT(Append(NextMove(), "operator-2"), IsOk());
  EXPECT_EQ(chain_.end(), ChainEnd());
  EXPECT_THAT(chain_.tentative_fault(),
              StatusIs(absl::StatusCode::kFailedPrecondition,
                       "move 1-2: move: 0 of 1 required operator signatures; "
                       "key 'operator-2' is revoked; can still sign: "
                       "operator-1"));
  EXPECT_EQ(rpc::ReasonOf(chain_.tentative_fault()), "KEY_REVOKED");
  EXPECT_EQ(rpc::ReasonMetadataOf(chain_.tentative_fault()),
            (rpc::Metadata{{"key_id", "operator-2"}}));

  ASSERT_THAT(Append(NextMove(), "operator-1"), IsOk());
  EXPECT_THAT(chain_.tentative_fault(), IsOk());
  EXPECT_EQ(chain_.end().number, 3);
  EXPECT_EQ(chain_.end(), chain_.tentative_end());
}

TEST_F(MoveChainTest, TentativeMovesMustBeLinked) {
  ASSERT_THAT(Append(NextMove(), "operator-2"), IsOk());
  ExpectRefused(SampleMove(1, 2, Sha256Hex("other")), "operator-1",
                "MOVE_OUT_OF_ORDER",
                absl::StrCat("move 1-2: names ", Sha256Hex("other"),
                             " as the hash of the move before, which is ",
                             chain_.tentative_end().hash));
}

TEST_F(MoveChainTest, DropsWhatIsTentative) {
  AppendMoves(2);
  const ChainEnd verified = chain_.end();
  ASSERT_THAT(Append(NextMove(), "operator-2"), IsOk());
  EXPECT_NE(chain_.tentative_end(), verified);
  chain_.DropTentative();
  EXPECT_THAT(chain_.tentative_fault(), IsOk());
  EXPECT_EQ(chain_.tentative_end(), verified);
  ASSERT_THAT(Append(NextMove(), "operator-1"), IsOk());
  EXPECT_EQ(chain_.end().number, 3);
}

TEST_F(MoveChainTest, RefusesAWrongSignatureOfAKeyThatMaySign) {
  content::v1::Attestation attestation =
      keys_.Attest(SampleMove(1, 1, ""), "operator-1");
  attestation.mutable_signatures(0)->mutable_signature()->front() ^= 1;
  const absl::Status status =
      chain_.Append(policy_, attestation.statement(), attestation.signatures());
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kFailedPrecondition,
                               "move 1-1: move: key 'operator-1' did not make "
                               "this signature"));
  EXPECT_EQ(rpc::ReasonOf(status), "SIGNATURE_INVALID");
  EXPECT_EQ(chain_.tentative_end(), ChainEnd());
}

TEST_F(MoveChainTest, RefusesAMoveForAnotherAudience) {
  Statement move = SampleMove(1, 1, "");
  move.set_audience("trial");
  ExpectRefused(move, "operator-1", "STATEMENT_AUDIENCE",
                "move 1-1: move: is for the audience 'trial', not 'test'");
}

TEST_F(MoveChainTest, RefusesAStatementOfAnotherKind) {
  Statement approval = SampleStatement(content::v1::STATEMENT_KIND_APPROVAL);
  approval.set_report_digest(Sha256Hex("report"));
  ExpectRefused(approval, "approver-1", "STATEMENT_INVALID",
                "a statement of kind 'approval' is not a move");
}

TEST_F(MoveChainTest, RefusesBytesThatAreNoStatement) {
  EXPECT_THAT(chain_.Append(policy_, "x", {}),
              StatusIs(absl::StatusCode::kFailedPrecondition,
                       "the statement does not open with plumbline/<kind>/v1 "
                       "of a known kind"));
}

TEST_F(MoveChainTest, RootOpensAHigherEpochWhateverTheMoveBefore) {
  AppendMoves(3);
  ASSERT_THAT(Append(SampleMove(3, 1, Sha256Hex("restored")), "root-1"),
              IsOk());
  EXPECT_EQ(chain_.end().epoch, 3);
  EXPECT_THAT(Append(SampleMove(3, 2, chain_.end().hash), "operator-1"),
              IsOk());
}

TEST_F(MoveChainTest, OperatorMayNotOpenAnEpoch) {
  AppendMoves(1);
  ExpectRefused(SampleMove(2, 1, Sha256Hex("restored")), "operator-1",
                "KEY_ROLE",
                "move 2-1: epoch: 0 of 1 required root signatures; key "
                "'operator-1' does not hold the role root, only operator; can "
                "still sign: root-1");
}

TEST_F(MoveChainTest, OpeningAnEpochNeverRestsOnAMoveThatFollows) {
  AppendMoves(1);
  ExpectRefused(SampleMove(2, 1, Sha256Hex("restored")), "",
                "THRESHOLD_NOT_MET",
                "move 2-1: epoch: 0 of 1 required root signatures; can still "
                "sign: root-1");
}

TEST_F(MoveChainTest, NeverGoesBackToALowerEpoch) {
  ASSERT_THAT(Append(SampleMove(3, 1, Sha256Hex("restored")), "root-1"),
              IsOk());
  ExpectRefused(SampleMove(2, 1, Sha256Hex("restored")), "root-1",
                "EPOCH_NOT_HIGHER",
                "move 2-1: opens an epoch that is not higher than 3");
  ExpectRefused(SampleMove(1, 1, ""), "operator-1", "EPOCH_NOT_HIGHER",
                "move 1-1: expected 3-2");
}

}  // namespace
}  // namespace plumbline::trust
