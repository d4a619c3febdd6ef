#include "triage-service/content/channel_replica.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/rpc/error_details.h"
#include "common/trust/digest.h"
#include "tests/faults/faulty_file_system.h"
#include "tests/support/status_matchers.h"
#include "tests/triage-service/support/signed_channel.h"

namespace plumbline::triage {
namespace {

using content::v1::Acknowledgement;
using content::v1::ChannelMove;
using content::v1::ContentStart;
using content::v1::SyncResponse;
using ::plumbline::testing::FaultyFileSystem;
using ::plumbline::testing::IsOk;
using ::plumbline::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using Reaction = ChannelReplica::Reaction;

const absl::Time kNoon = absl::FromUnixSeconds(1'800'000'000);

class ChannelReplicaTest : public ::testing::Test {
 protected:
  ChannelReplicaTest() { Restart(); }

  // A new process: nothing but the disk is left.
  void Restart() {
    table_ = std::make_unique<ReleaseTable>(
        std::vector<ChannelKey>{ExampleKey()}, Retention{});
    status_ = std::make_unique<ChannelStatus>();
    replica_ = std::make_unique<ChannelReplica>(
        ChannelReplica::Options{.key = ExampleKey(),
                                .replica_id = "triage-0",
                                .state_dir = "state",
                                .build_version = "1.2.3",
                                .content_bytes_max = 1 << 20},
        policy_, files_, *table_, *status_);
  }

  // Takes messages, and returns the reaction to the last one.
  Reaction Take(const std::vector<SyncResponse>& messages) {
    Reaction reaction;
    for (const SyncResponse& message : messages) {
      EXPECT_FALSE(reaction.acknowledgement.has_value());
      EXPECT_THAT(reaction.stream, IsOk());
      reaction = replica_->Take(message, kNoon);
    }
    return reaction;
  }
  Reaction Take(const SyncResponse& message) {
    return replica_->Take(message, kNoon);
  }

  // Makes example release `number` active, and returns its digest.
  std::string Deliver(int number) {
    const SignedRelease release = signer_.PublishExample(number);
    const Reaction reaction =
        Take(signer_.Messages(release, signer_.Move(release.digest)));
    EXPECT_TRUE(reaction.acknowledgement.has_value());
    EXPECT_EQ(reaction.acknowledgement->outcome(),
              Acknowledgement::OUTCOME_ACK);
    return release.digest;
  }

  // The withdrawal of release `digest`, as `signer` would sign it.
  SyncResponse WithdrawalOf(const std::string& digest,
                            const std::string& signer) {
    content::v1::Statement statement =
        trust::SampleStatement(content::v1::STATEMENT_KIND_WITHDRAWAL);
    statement.set_pathway_id("ankle");
    statement.set_digest(digest);
    statement.set_release_number(1);
    statement.set_reason("a mistake");
    SyncResponse message;
    message.mutable_withdrawal()->set_digest(digest);
    *message.mutable_withdrawal()->mutable_attestation() =
        signer_.keys().Attest(statement, signer);
    return message;
  }

  std::string ActiveDigest() {
    const auto active = table_->Active(ExampleKey());
    return active == nullptr ? "" : active->pathway->digest;
  }

  // Checks that `reaction` is a NACK of this reason and nothing has changed.
  void ExpectNack(const Reaction& reaction, const std::string& reason,
                  const std::string& active_digest) {
    ASSERT_TRUE(reaction.acknowledgement.has_value());
    const Acknowledgement& said = *reaction.acknowledgement;
    EXPECT_EQ(said.outcome(), Acknowledgement::OUTCOME_NACK);
    EXPECT_EQ(said.reason(), reason) << said.message();
    EXPECT_EQ(said.active_digest(), active_digest);
    EXPECT_EQ(ActiveDigest(), active_digest);
    ASSERT_TRUE(status_->Get().refused.has_value());
    EXPECT_EQ(status_->Get().refused->reason, reason);
    EXPECT_EQ(status_->Get().refused->message, said.message());
  }

  SignedChannel signer_;
  trust::TrustPolicy policy_ = signer_.Policy();
  FaultyFileSystem files_;
  std::unique_ptr<ReleaseTable> table_;
  std::unique_ptr<ChannelStatus> status_;
  std::unique_ptr<ChannelReplica> replica_;
};

TEST_F(ChannelReplicaTest, SubscribesWithNothingAtFirst) {
  const content::v1::Subscribe subscribe = replica_->Subscribe();
  EXPECT_EQ(subscribe.channel(), "pathways/ankle/channels/stable");
  EXPECT_EQ(subscribe.subscriber_id(), "triage-0");
  EXPECT_EQ(subscribe.build_version(), "1.2.3");
  EXPECT_EQ(subscribe.engine_version(), pathway::kEngineVersion);
  EXPECT_FALSE(subscribe.has_cursor());
  EXPECT_FALSE(subscribe.has_active_cursor());
  EXPECT_THAT(subscribe.held_digests(), IsEmpty());
  EXPECT_EQ(subscribe.active_digest(), "");
}

TEST_F(ChannelReplicaTest, ActivatesAndAcknowledgesWhatIsWhole) {
  const SignedRelease release = signer_.PublishExample(3);
  const ChannelMove move = signer_.Move(release.digest);
  const Reaction reaction = Take(signer_.Messages(release, move));
  ASSERT_TRUE(reaction.acknowledgement.has_value());
  EXPECT_EQ(reaction.acknowledgement->outcome(), Acknowledgement::OUTCOME_ACK);
  EXPECT_EQ(reaction.acknowledgement->cursor().number(), 1);
  EXPECT_EQ(reaction.acknowledgement->active_digest(), release.digest);
  const auto active = table_->Active(ExampleKey());
  ASSERT_NE(active, nullptr);
  EXPECT_EQ(active->pathway->digest, release.digest);
  EXPECT_EQ(active->name, "pathways/ankle/releases/3");
  EXPECT_EQ(active->cursor, (Cursor{1, 1}));
  EXPECT_EQ(active->activate_time, kNoon);
  EXPECT_EQ(status_->Get().age.At(kNoon + absl::Hours(1)),
            absl::ZeroDuration());
}

TEST_F(ChannelReplicaTest, SubscribesWithWhatItHas) {
  const std::string first = Deliver(1);
  const std::string second = Deliver(2);
  const content::v1::Subscribe subscribe = replica_->Subscribe();
  EXPECT_EQ(subscribe.cursor().epoch(), 1);
  EXPECT_EQ(subscribe.cursor().number(), 2);
  EXPECT_EQ(subscribe.active_cursor().epoch(), 1);
  EXPECT_EQ(subscribe.active_cursor().number(), 2);
  EXPECT_THAT(subscribe.held_digests(), ElementsAre(second, first));
  EXPECT_EQ(subscribe.active_digest(), second);
}

TEST_F(ChannelReplicaTest, HeartbeatsTellWhatIsServed) {
  EXPECT_FALSE(replica_->Heartbeat().has_cursor());
  const std::string digest = Deliver(1);
  EXPECT_EQ(replica_->Heartbeat().cursor().number(), 1);
  EXPECT_EQ(replica_->Heartbeat().active_digest(), digest);
}

TEST_F(ChannelReplicaTest, PassesOverMovesWithoutContent) {
  Take(ToMessage(signer_.Move(signer_.PublishExample(1).digest)));
  Take(ToMessage(signer_.Move(signer_.PublishExample(2).digest)));
  const std::string digest = Deliver(3);
  EXPECT_EQ(ActiveDigest(), digest);
  EXPECT_EQ(table_->Active(ExampleKey())->cursor, (Cursor{1, 3}));
}

TEST_F(ChannelReplicaTest, AMoveBetweenPiecesDoesNotDisturbThem) {
  const SignedRelease release = signer_.PublishExample(1);
  const ChannelMove move = signer_.Move(release.digest);
  std::vector<SyncResponse> messages = signer_.Messages(release, move);
  messages.insert(messages.begin() + 3,
                  ToMessage(signer_.Move(signer_.PublishExample(2).digest)));
  const Reaction reaction = Take(messages);
  ASSERT_TRUE(reaction.acknowledgement.has_value());
  EXPECT_EQ(reaction.acknowledgement->cursor().number(), 1);
  EXPECT_EQ(ActiveDigest(), release.digest);
  // A newer move is known, so this is not the newest.
  EXPECT_GT(status_->Get().age.At(kNoon + absl::Hours(1)),
            absl::ZeroDuration());
}

TEST_F(ChannelReplicaTest, AnAnnouncementEndsAnUnfinishedContent) {
  const SignedRelease first = signer_.PublishExample(1);
  std::vector<SyncResponse> messages =
      signer_.Messages(first, signer_.Move(first.digest));
  messages.pop_back();
  Take(messages);
  EXPECT_EQ(ActiveDigest(), "");
  const std::string second = Deliver(2);
  EXPECT_EQ(ActiveDigest(), second);
}

TEST_F(ChannelReplicaTest, ARollbackNeedsNoBytes) {
  const SignedRelease first = signer_.PublishExample(1);
  Take(signer_.Messages(first, signer_.Move(first.digest)));
  Deliver(2);
  const ChannelMove rollback = signer_.Move(first.digest);
  ContentStart start = signer_.Start(first, rollback);
  start.set_content_held(true);
  const Reaction reaction = Take({ToMessage(rollback), ToMessage(start)});
  ASSERT_TRUE(reaction.acknowledgement.has_value());
  EXPECT_EQ(reaction.acknowledgement->outcome(), Acknowledgement::OUTCOME_ACK);
  EXPECT_EQ(ActiveDigest(), first.digest);
  EXPECT_EQ(table_->Active(ExampleKey())->cursor, (Cursor{1, 3}));

  Restart();
  ASSERT_THAT(replica_->LoadFromDisk(kNoon), IsOk());
  EXPECT_EQ(ActiveDigest(), first.digest);
}

TEST_F(ChannelReplicaTest, AsksAgainForContentThatItDoesNotHold) {
  const SignedRelease release = signer_.PublishExample(1);
  const ChannelMove move = signer_.Move(release.digest);
  ContentStart start = signer_.Start(release, move);
  start.set_content_held(true);
  const Reaction reaction = Take({ToMessage(move), ToMessage(start)});
  EXPECT_FALSE(reaction.acknowledgement.has_value());
  EXPECT_THAT(reaction.stream,
              StatusIs(absl::StatusCode::kFailedPrecondition,
                       absl::StrCat("content ", release.digest,
                                    " was let go since it was said to be "
                                    "held; it is asked for again")));
}

TEST_F(ChannelReplicaTest, ARefusedMoveIsNamedOnceAndKeepsWhatIsActive) {
  const std::string digest = Deliver(1);
  const SignedRelease release = signer_.PublishExample(2);
  signer_.Move(release.digest);  // Lost on the way.
  ExpectNack(Take(ToMessage(signer_.Move(release.digest))), "MOVE_OUT_OF_ORDER",
             digest);
  EXPECT_FALSE(Take(ToMessage(signer_.Move(release.digest)))
                   .acknowledgement.has_value());
  // Content of a move that was not verified is refused for that reason.
  const ChannelMove last = signer_.Move(release.digest);
  ExpectNack(Take(ToMessage(signer_.Start(release, last))), "MOVE_OUT_OF_ORDER",
             digest);
  // The pieces that follow are of a refused content.
  EXPECT_FALSE(Take(Chunks(release.digest, release.content, 4096))
                   .acknowledgement.has_value());
  EXPECT_EQ(ActiveDigest(), digest);
}

TEST_F(ChannelReplicaTest, AnEpochMendsAChainThatCannotBeFollowed) {
  Deliver(1);
  const SignedRelease release = signer_.PublishExample(2);
  signer_.Move(release.digest);
  Take(ToMessage(signer_.Move(release.digest)));
  const Reaction reaction =
      Take(signer_.Messages(release, signer_.OpenEpoch(2, release.digest)));
  ASSERT_TRUE(reaction.acknowledgement.has_value());
  EXPECT_EQ(reaction.acknowledgement->outcome(), Acknowledgement::OUTCOME_ACK);
  EXPECT_EQ(table_->Active(ExampleKey())->cursor, (Cursor{2, 1}));
  EXPECT_FALSE(status_->Get().refused.has_value());
}

// operator-2 moved the channel first, and was revoked later.
TEST_F(ChannelReplicaTest, AFreshReplicaPassesOverAMoveOfARevokedKey) {
  const ChannelMove old =
      signer_.Move(signer_.PublishExample(1).digest, "operator-2");
  EXPECT_FALSE(Take(ToMessage(old)).acknowledgement.has_value());
  const std::string digest = Deliver(2);
  EXPECT_EQ(ActiveDigest(), digest);
  EXPECT_EQ(table_->Active(ExampleKey())->cursor, (Cursor{1, 2}));
  Restart();
  ASSERT_THAT(replica_->LoadFromDisk(kNoon), IsOk());
  EXPECT_EQ(ActiveDigest(), digest);
}

TEST_F(ChannelReplicaTest, ContentOfAMoveOfARevokedKeyIsRefused) {
  const std::string digest = Deliver(1);
  const SignedRelease release = signer_.PublishExample(2);
  const ChannelMove move = signer_.Move(release.digest, "operator-2");
  const Reaction reaction =
      Take({ToMessage(move), ToMessage(signer_.Start(release, move))});
  ExpectNack(reaction, "KEY_REVOKED", digest);
  EXPECT_EQ(reaction.acknowledgement->message(),
            "move 1-2: move: 0 of 1 required operator signatures; key "
            "'operator-2' is revoked; can still sign: operator-1");
}

TEST_F(ChannelReplicaTest, ANewStreamBeginsWithoutMovesThatAreNotVerified) {
  Deliver(1);
  const SignedRelease release = signer_.PublishExample(2);
  const ChannelMove move = signer_.Move(release.digest, "operator-2");
  Take(ToMessage(move));
  EXPECT_EQ(replica_->Subscribe().cursor().number(), 1);
  // The service sends it again, and the one that makes it good.
  Take(ToMessage(move));
  const std::string digest = Deliver(3);
  EXPECT_EQ(ActiveDigest(), digest);
}

// The content of the verified end is kept with the move that it is of, not with
// one that came after it and is not verified.
TEST_F(ChannelReplicaTest, ATentativeMoveIsNeverStored) {
  const SignedRelease release = signer_.PublishExample(1);
  const ChannelMove move = signer_.Move(release.digest);
  std::vector<SyncResponse> messages = signer_.Messages(release, move);
  messages.insert(messages.begin() + 1,
                  ToMessage(signer_.Move(release.digest, "operator-2")));
  const Reaction reaction = Take(messages);
  ASSERT_TRUE(reaction.acknowledgement.has_value());
  EXPECT_EQ(reaction.acknowledgement->cursor().number(), 1);
  Restart();
  ASSERT_THAT(replica_->LoadFromDisk(kNoon), IsOk());
  EXPECT_EQ(table_->Active(ExampleKey())->cursor, (Cursor{1, 1}));
}

TEST_F(ChannelReplicaTest, AnOldEpochIsRefused) {
  Deliver(1);
  const SignedRelease release = signer_.PublishExample(2);
  Take(signer_.Messages(release, signer_.OpenEpoch(5, release.digest)));
  SignedChannel old = signer_;
  ExpectNack(Take(ToMessage(old.OpenEpoch(4, release.digest))),
             "EPOCH_NOT_HIGHER", release.digest);
}

TEST_F(ChannelReplicaTest, BadContentIsRefusedAndTheNextMoveIsTaken) {
  const std::string digest = Deliver(1);
  SignedRelease bad = signer_.PublishExample(2);
  bad.attestations.DeleteSubrange(2, 1);
  ExpectNack(Take(signer_.Messages(bad, signer_.Move(bad.digest))),
             "THRESHOLD_NOT_MET", digest);
  const std::string next = Deliver(3);
  EXPECT_EQ(ActiveDigest(), next);
  EXPECT_FALSE(status_->Get().refused.has_value());
}

TEST_F(ChannelReplicaTest, AfterBadContentTheCursorIsThatOfItsMove) {
  Deliver(1);
  SignedRelease bad = signer_.PublishExample(2);
  bad.attestations.Clear();
  Take(signer_.Messages(bad, signer_.Move(bad.digest)));
  const content::v1::Subscribe subscribe = replica_->Subscribe();
  EXPECT_EQ(subscribe.cursor().number(), 2);
  EXPECT_EQ(subscribe.active_cursor().number(), 1);
  EXPECT_EQ(replica_->Heartbeat().cursor().number(), 1);
}

TEST_F(ChannelReplicaTest, AcknowledgementsTellWhatIsHeld) {
  const std::string first = Deliver(1);
  const SignedRelease second = signer_.PublishExample(2);
  const Reaction taken =
      Take(signer_.Messages(second, signer_.Move(second.digest)));
  EXPECT_THAT(taken.acknowledgement->held_digests(),
              ElementsAre(second.digest, first));
  SignedRelease bad = signer_.PublishExample(3);
  bad.attestations.Clear();
  const Reaction refused =
      Take(signer_.Messages(bad, signer_.Move(bad.digest)));
  EXPECT_EQ(refused.acknowledgement->outcome(), Acknowledgement::OUTCOME_NACK);
  EXPECT_THAT(refused.acknowledgement->held_digests(),
              ElementsAre(second.digest, first));
}

TEST_F(ChannelReplicaTest, AMoveToWhatIsServedIsTakenAfterItsStreamWasLost) {
  const SignedRelease release = signer_.PublishExample(1);
  Take(signer_.Messages(release, signer_.Move(release.digest)));
  const ChannelMove again = signer_.Move(release.digest);
  Take(ToMessage(again));
  EXPECT_GT(status_->Get().age.At(kNoon + absl::Hours(1)),
            absl::ZeroDuration());

  const content::v1::Subscribe subscribe = replica_->Subscribe();
  EXPECT_EQ(subscribe.cursor().number(), 2);
  EXPECT_EQ(subscribe.active_cursor().number(), 1);
  ContentStart start = signer_.Start(release, again);
  start.set_content_held(true);
  const Reaction reaction = Take(ToMessage(start));
  ASSERT_TRUE(reaction.acknowledgement.has_value());
  EXPECT_EQ(reaction.acknowledgement->outcome(), Acknowledgement::OUTCOME_ACK);
  EXPECT_EQ(reaction.acknowledgement->cursor().number(), 2);
  EXPECT_EQ(status_->Get().age.At(kNoon + absl::Hours(1)),
            absl::ZeroDuration());
  Restart();
  ASSERT_THAT(replica_->LoadFromDisk(kNoon), IsOk());
  EXPECT_EQ(table_->Active(ExampleKey())->cursor, (Cursor{1, 2}));
}

TEST_F(ChannelReplicaTest, AnnouncementsThatDoNotFitTheMoveAreRefused) {
  const SignedRelease release = signer_.PublishExample(1);
  const ChannelMove move = signer_.Move(release.digest);
  Take(ToMessage(move));
  ContentStart other_digest = signer_.Start(release, move);
  other_digest.set_digest(trust::Sha256Hex("other"));
  ExpectNack(Take(ToMessage(other_digest)), "DIGEST_MISMATCH", "");
  ContentStart other_move = signer_.Start(release, move);
  other_move.mutable_cursor()->set_number(2);
  ExpectNack(Take(ToMessage(other_move)), "MOVE_OUT_OF_ORDER", "");
  ContentStart too_large = signer_.Start(release, move);
  too_large.set_size_bytes((1 << 20) + 1);
  ExpectNack(Take(ToMessage(too_large)), "CONTENT_TOO_LARGE", "");
  ContentStart empty = signer_.Start(release, move);
  empty.set_size_bytes(0);
  ExpectNack(Take(ToMessage(empty)), "DIGEST_MISMATCH", "");
}

TEST_F(ChannelReplicaTest, PiecesOutOfPlaceEndTheStream) {
  const SignedRelease release = signer_.PublishExample(1);
  std::vector<SyncResponse> messages =
      signer_.Messages(release, signer_.Move(release.digest), 1000);
  messages.erase(messages.begin() + 3);
  messages.resize(4);
  const Reaction reaction = Take(messages);
  EXPECT_FALSE(reaction.acknowledgement.has_value());
  EXPECT_THAT(
      reaction.stream,
      StatusIs(absl::StatusCode::kFailedPrecondition,
               absl::StrCat("a piece of 1000 bytes at 2000 arrived; 1000 of ",
                            release.content.size(), " bytes were there")));
}

TEST_F(ChannelReplicaTest, ANewStreamForgetsAnUnfinishedContent) {
  const SignedRelease release = signer_.PublishExample(1);
  const ChannelMove move = signer_.Move(release.digest);
  std::vector<SyncResponse> messages = signer_.Messages(release, move);
  messages.pop_back();
  Take(messages);
  EXPECT_EQ(replica_->Subscribe().cursor().number(), 1);
  // The service has seen the cursor, and sends the content alone.
  messages = signer_.Messages(release, move);
  messages.erase(messages.begin());
  EXPECT_TRUE(Take(messages).acknowledgement.has_value());
  EXPECT_EQ(ActiveDigest(), release.digest);
}

TEST_F(ChannelReplicaTest, WhatCannotBeStoredIsNotActivated) {
  const std::string digest = Deliver(1);
  files_.FailAt(1);
  const SignedRelease release = signer_.PublishExample(2);
  const Reaction reaction =
      Take(signer_.Messages(release, signer_.Move(release.digest)));
  ExpectNack(reaction, "STORAGE_FAILED", digest);
  EXPECT_THAT(reaction.stream, StatusIs(absl::StatusCode::kResourceExhausted));
}

TEST_F(ChannelReplicaTest, ServesFromDiskAfterARestart) {
  Deliver(1);
  const std::string digest = Deliver(2);
  Restart();
  ASSERT_THAT(replica_->LoadFromDisk(kNoon + absl::Hours(3)), IsOk());
  EXPECT_EQ(ActiveDigest(), digest);
  const auto active = table_->Active(ExampleKey());
  EXPECT_EQ(active->name, "pathways/ankle/releases/2");
  EXPECT_EQ(active->activate_time, kNoon + absl::Hours(3));
  EXPECT_EQ(status_->Get().age.At(kNoon + absl::Hours(3)), absl::Hours(3));
  EXPECT_EQ(replica_->Subscribe().cursor().number(), 2);
  // And goes on from there.
  const std::string next = Deliver(3);
  EXPECT_EQ(ActiveDigest(), next);
}

TEST_F(ChannelReplicaTest, ServesALaterEpochFromDisk) {
  Deliver(1);
  const SignedRelease release = signer_.PublishExample(2);
  Take(signer_.Messages(release, signer_.OpenEpoch(4, release.digest)));
  Restart();
  ASSERT_THAT(replica_->LoadFromDisk(kNoon), IsOk());
  EXPECT_EQ(replica_->Subscribe().cursor().epoch(), 4);
  EXPECT_EQ(ActiveDigest(), release.digest);
}

TEST_F(ChannelReplicaTest, WithoutAFileThereIsNothingToLoad) {
  EXPECT_THAT(replica_->LoadFromDisk(kNoon),
              StatusIs(absl::StatusCode::kNotFound));
  EXPECT_EQ(ActiveDigest(), "");
}

TEST_F(ChannelReplicaTest, AFileIsVerifiedAsIfItHadBeenReceived) {
  SignedChannel restored = signer_;  // From before what follows.
  Deliver(1);
  Deliver(2);
  // The publisher's key is revoked while the replica is down.
  content::v1::TrustPolicy message;
  message.set_audience(policy_.audience());
  for (const auto& [id, key] : policy_.keys()) {
    content::v1::TrustedKey& trusted = *message.add_keys();
    trusted.set_key_id(id);
    trusted.set_public_key(signer_.keys().Of(id).PublicKeyHex());
    for (const auto role : key.roles) trusted.add_roles(role);
    trusted.set_revoked(key.revoked || id == "publisher-1");
  }
  policy_ = trust::TrustPolicy::Parse(message.DebugString(), "policy").value();
  Restart();
  const absl::Status status = replica_->LoadFromDisk(kNoon);
  EXPECT_EQ(rpc::ReasonOf(status), "KEY_REVOKED");
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kFailedPrecondition,
                               "state/ankle.stable.last-known-good: not used: "
                               "publication: 0 of 1 required publisher "
                               "signatures; key 'publisher-1' is revoked; the "
                               "trust policy has no further key of that role"));
  EXPECT_EQ(ActiveDigest(), "");

  // A file that is not trusted bars nothing, not even a lower move.
  policy_ = restored.Policy();
  const SignedRelease release = restored.PublishExample(3);
  const Reaction reaction =
      Take(restored.Messages(release, restored.Move(release.digest)));
  ASSERT_TRUE(reaction.acknowledgement.has_value());
  EXPECT_EQ(reaction.acknowledgement->outcome(), Acknowledgement::OUTCOME_ACK)
      << reaction.acknowledgement->message();
  Restart();
  ASSERT_THAT(replica_->LoadFromDisk(kNoon), IsOk());
  EXPECT_EQ(table_->Active(ExampleKey())->cursor, (Cursor{1, 1}));
}

TEST_F(ChannelReplicaTest, ATruncatedFileIsNotUsedAndIsReplaced) {
  const SignedRelease release = signer_.PublishExample(1);
  const ChannelMove move = signer_.Move(release.digest);
  Take(signer_.Messages(release, move));
  const std::string path = "state/ankle.stable.last-known-good";
  const std::string bytes = files_.Read(path).value();
  ASSERT_THAT(file::WriteFileAtomically(files_, path,
                                        bytes.substr(0, bytes.size() / 2)),
              IsOk());
  Restart();
  EXPECT_THAT(replica_->LoadFromDisk(kNoon),
              StatusIs(absl::StatusCode::kDataLoss,
                       HasSubstr("damaged: truncated: it holds")));
  EXPECT_FALSE(replica_->Subscribe().has_cursor());
  Take(signer_.Messages(release, move));
  Restart();
  EXPECT_THAT(replica_->LoadFromDisk(kNoon), IsOk());
  EXPECT_EQ(ActiveDigest(), release.digest);
}

TEST_F(ChannelReplicaTest, AWithdrawalIsMarkedAndKeptOnDisk) {
  const std::string digest = Deliver(1);
  Take(WithdrawalOf(digest, "stranger"));
  EXPECT_FALSE(table_->Active(ExampleKey())->withdrawn);
  Take(WithdrawalOf(digest, "publisher-1"));
  EXPECT_TRUE(table_->Active(ExampleKey())->withdrawn);
  Restart();
  ASSERT_THAT(replica_->LoadFromDisk(kNoon), IsOk());
  EXPECT_TRUE(table_->Active(ExampleKey())->withdrawn);
}

TEST_F(ChannelReplicaTest, AWithdrawalOfWhatIsInTransferIsKept) {
  const SignedRelease release = signer_.PublishExample(1);
  std::vector<SyncResponse> messages =
      signer_.Messages(release, signer_.Move(release.digest), 1000);
  messages.insert(messages.begin() + 4,
                  WithdrawalOf(release.digest, "publisher-1"));
  EXPECT_TRUE(Take(messages).acknowledgement.has_value());
  EXPECT_TRUE(table_->Active(ExampleKey())->withdrawn);
  Restart();
  ASSERT_THAT(replica_->LoadFromDisk(kNoon), IsOk());
  EXPECT_TRUE(table_->Active(ExampleKey())->withdrawn);
}

TEST_F(ChannelReplicaTest, WhatWasWithdrawnStaysSoWhenItIsServedAgain) {
  const SignedRelease first = signer_.PublishExample(1);
  Take(signer_.Messages(first, signer_.Move(first.digest)));
  Deliver(2);
  Take(WithdrawalOf(first.digest, "publisher-1"));
  const ChannelMove rollback = signer_.Move(first.digest);
  ContentStart start = signer_.Start(first, rollback);
  start.set_content_held(true);
  Take({ToMessage(rollback), ToMessage(start)});
  EXPECT_EQ(ActiveDigest(), first.digest);
  EXPECT_TRUE(table_->Active(ExampleKey())->withdrawn);
}

// The replica of another channel has marked it.
TEST_F(ChannelReplicaTest, WhatWasWithdrawnForAnotherChannelIsSoForThisOne) {
  const SignedRelease release = signer_.PublishExample(1);
  table_->MarkWithdrawn("ankle", release.digest);
  Take(signer_.Messages(release, signer_.Move(release.digest)));
  EXPECT_EQ(ActiveDigest(), release.digest);
  EXPECT_TRUE(table_->Active(ExampleKey())->withdrawn);
}

TEST_F(ChannelReplicaTest, TheDiskKnowsUntilWhenContentWasTheNewest) {
  Deliver(1);
  SyncResponse heartbeat;
  heartbeat.mutable_heartbeat()->mutable_newest()->set_epoch(1);
  heartbeat.mutable_heartbeat()->mutable_newest()->set_number(1);
  const auto age_after_restart = [this](absl::Time now) {
    Restart();
    EXPECT_THAT(replica_->LoadFromDisk(now), IsOk());
    return status_->Get().age.At(now);
  };
  // A week of heartbeats, and an end that comes without notice.
  const absl::Time end = kNoon + absl::Hours(24 * 7);
  const int before = files_.operations();
  for (absl::Time now = kNoon; now <= end; now += absl::Minutes(10)) {
    replica_->Take(heartbeat, now);
  }
  const int written = files_.operations() - before;
  EXPECT_LE(age_after_restart(end), absl::Hours(1));

  // No more than one file an hour.
  const int at_write = files_.operations();
  replica_->Take(heartbeat, end + absl::Hours(2));
  const int operations_a_write = files_.operations() - at_write;
  ASSERT_GT(operations_a_write, 0);
  EXPECT_LE(written, 24 * 7 * operations_a_write);

  // At an orderly end nothing is lost.
  replica_->Take(heartbeat, end + absl::Hours(2) + absl::Minutes(30));
  replica_->KeepAge();
  EXPECT_EQ(age_after_restart(end + absl::Hours(3)), absl::Minutes(30));
}

TEST_F(ChannelReplicaTest, ContentWasNeverTheNewestInTheFuture) {
  Deliver(1);
  Restart();
  // The clock was set back while the replica was down.
  ASSERT_THAT(replica_->LoadFromDisk(kNoon - absl::Hours(24)), IsOk());
  EXPECT_EQ(status_->Get().age.At(kNoon), absl::Hours(24));
}

TEST_F(ChannelReplicaTest, SkipsMessagesThatItDoesNotKnow) {
  const Reaction reaction = Take(SyncResponse());
  EXPECT_FALSE(reaction.acknowledgement.has_value());
  EXPECT_THAT(reaction.stream, IsOk());
}

TEST_F(ChannelReplicaTest, KnowsByHeartbeatsWhetherItIsUpToDate) {
  Deliver(1);
  SyncResponse heartbeat;
  heartbeat.mutable_heartbeat()->mutable_newest()->set_epoch(1);
  heartbeat.mutable_heartbeat()->mutable_newest()->set_number(2);
  replica_->Take(heartbeat, kNoon + absl::Minutes(1));
  EXPECT_EQ(status_->Get().age.At(kNoon + absl::Minutes(5)), absl::Minutes(5));
  heartbeat.mutable_heartbeat()->mutable_newest()->set_number(1);
  replica_->Take(heartbeat, kNoon + absl::Minutes(6));
  EXPECT_EQ(status_->Get().age.At(kNoon + absl::Minutes(9)),
            absl::ZeroDuration());
}

}  // namespace
}  // namespace plumbline::triage
