#include "triage-service/content/content_follower.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/rpc/error_details.h"
#include "common/rpc/status.h"
#include "common/trust/digest.h"
#include "tests/common/pathway/example_pathway.h"
#include "tests/faults/faulty_file_system.h"
#include "tests/support/reserved_port.h"
#include "tests/support/status_matchers.h"
#include "tests/triage-service/support/scripted_content_service.h"
#include "tests/triage-service/support/signed_channel.h"

namespace plumbline::triage {
namespace {

using content::v1::Acknowledgement;
using content::v1::ChannelMove;
using content::v1::SyncResponse;
using ::plumbline::testing::FaultyFileSystem;
using ::plumbline::testing::IsOk;
using ::plumbline::testing::ReservedPort;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using Script = ScriptedContentService::Script;

constexpr absl::Duration kQuiet = absl::Minutes(1);  // No heartbeat in a test.
constexpr absl::Duration kLively = absl::Milliseconds(20);
constexpr absl::Duration kSteady = absl::Milliseconds(300);

grpc::Status GoingAway() {
  return grpc::Status(grpc::StatusCode::UNAVAILABLE, "going away");
}

// A replica of ankle/stable and what a content service would send it.
class ContentFollowerTest : public ::testing::Test {
 protected:
  ContentFollowerTest() { Restart(); }

  ~ContentFollowerTest() override { Stop(); }

  // A new process with the same disk.
  void Restart() {
    Stop();
    table_ = std::make_unique<ReleaseTable>(
        std::vector<ChannelKey>{ExampleKey()}, Retention{});
    status_ = std::make_unique<ChannelStatus>();
    replica_ = std::make_unique<ChannelReplica>(
        ChannelReplica::Options{.key = ExampleKey(),
                                .replica_id = "triage-0",
                                .state_dir = "state"},
        policy_, files_, *table_, *status_);
    registry_ = std::make_unique<rpc::Metrics>();
    metrics_ = std::make_unique<SyncMetrics>(*registry_, ExampleKey());
  }

  // Follows a service that plays `scripts`, until all are played.
  void Follow(std::vector<Script> scripts) {
    ScriptedContentService service(std::move(scripts));
    Start(service.address());
    EXPECT_TRUE(service.WaitUntilPlayed());
    Stop();
  }

  void Start(const std::string& address) {
    follower_ = std::make_unique<ContentFollower>(
        ContentFollower::Options{
            .content = {.target = address},
            .token = "secret",
            .retry = retry_,
            .on_active = [this] { ++activations_; },
            .on_wait = [this](absl::Duration wait) { waits_.push_back(wait); }},
        *replica_, *status_, *metrics_);
    follower_->Start();
  }

  void Stop() { follower_.reset(); }

  std::string ActiveDigest() {
    const auto active = table_->Active(ExampleKey());
    return active == nullptr ? "" : active->pathway->digest;
  }

  // Sends messages and expects a NACK with this reason and, where one is given,
  // message.
  static Script Refused(std::vector<SyncResponse> messages, std::string reason,
                        std::string nack_message = "") {
    return [messages = std::move(messages), reason = std::move(reason),
            nack_message = std::move(nack_message)](ScriptedStream& stream) {
      stream.Accept(kQuiet);
      stream.Send(messages);
      const auto said = stream.ReceiveAcknowledgement();
      EXPECT_EQ(said->outcome(), Acknowledgement::OUTCOME_NACK);
      EXPECT_EQ(said->reason(), reason) << said->message();
      if (!nack_message.empty()) {
        EXPECT_EQ(said->message(), nack_message);
      }
      return GoingAway();
    };
  }

  // Sends messages and expects an ACK of this digest.
  static Script Accepted(std::vector<SyncResponse> messages,
                         std::string digest) {
    return [messages = std::move(messages),
            digest = std::move(digest)](ScriptedStream& stream) {
      stream.Accept(kQuiet);
      stream.Send(messages);
      const auto said = stream.ReceiveAcknowledgement();
      EXPECT_EQ(said->outcome(), Acknowledgement::OUTCOME_ACK)
          << said->reason() << ": " << said->message();
      EXPECT_EQ(said->active_digest(), digest);
      return GoingAway();
    };
  }

  SignedChannel signer_;
  trust::TrustPolicy policy_ = signer_.Policy();
  FaultyFileSystem files_;
  std::unique_ptr<ReleaseTable> table_;
  std::unique_ptr<ChannelStatus> status_;
  std::unique_ptr<ChannelReplica> replica_;
  std::unique_ptr<rpc::Metrics> registry_;
  std::unique_ptr<SyncMetrics> metrics_;
  std::unique_ptr<ContentFollower> follower_;
  RetryDelay::Options retry_ = {.first = absl::Milliseconds(1),
                                .longest = absl::Milliseconds(20)};
  // Written by the follower's thread: read when it has stopped.
  int activations_ = 0;
  std::vector<absl::Duration> waits_;
};

TEST_F(ContentFollowerTest, FollowsWithItsTokenAndName) {
  const SignedRelease release = signer_.PublishExample(1);
  const auto messages = signer_.Messages(release, signer_.Move(release.digest));
  Follow({[&](ScriptedStream& stream) {
    EXPECT_EQ(stream.authorization(), "Bearer secret");
    EXPECT_EQ(stream.subscribe().subscriber_id(), "triage-0");
    EXPECT_EQ(stream.subscribe().channel(), "pathways/ankle/channels/stable");
    return Accepted(messages, release.digest)(stream);
  }});
  EXPECT_EQ(ActiveDigest(), release.digest);
  EXPECT_EQ(activations_, 1);
}

TEST_F(ContentFollowerTest, ResumesFromItsCursorAfterADeathInATransfer) {
  const SignedRelease first = signer_.PublishExample(1);
  const auto first_messages =
      signer_.Messages(first, signer_.Move(first.digest));
  const SignedRelease second = signer_.PublishExample(2);
  const ChannelMove move = signer_.Move(second.digest);
  const auto second_messages = signer_.Messages(second, move, 1000);
  const std::vector<SyncResponse> half(second_messages.begin(),
                                       second_messages.begin() + 4);
  const std::vector<SyncResponse> content_alone(second_messages.begin() + 1,
                                                second_messages.end());
  Follow({[&](ScriptedStream& stream) {
            Accepted(first_messages, first.digest)(stream);
            stream.Send(half);
            return GoingAway();
          },
          [&](ScriptedStream& stream) {
            EXPECT_EQ(stream.subscribe().active_digest(), first.digest);
            EXPECT_THAT(stream.subscribe().held_digests(),
                        ElementsAre(first.digest));
            // Messages of a stream that ends may be lost, the move with them.
            if (stream.subscribe().cursor().number() == 2) {
              return Accepted(content_alone, second.digest)(stream);
            }
            EXPECT_EQ(stream.subscribe().cursor().number(), 1);
            return Accepted(second_messages, second.digest)(stream);
          }});
  EXPECT_EQ(ActiveDigest(), second.digest);
}

TEST_F(ContentFollowerTest, RefusesWhateverIsWrongAndTakesWhatIsRight) {
  const SignedRelease good = signer_.PublishExample(1);
  const auto good_messages = signer_.Messages(good, signer_.Move(good.digest));

  const SignedRelease release = signer_.PublishExample(2);
  const ChannelMove move = signer_.Move(release.digest);
  const auto start = signer_.Start(release, move);
  const auto chunks = Chunks(release.digest, release.content, 4096);
  const auto with_chunks = [&chunks](std::vector<SyncResponse> messages) {
    messages.insert(messages.end(), chunks.begin(), chunks.end());
    return messages;
  };

  auto wrong_digest = start;
  wrong_digest.set_digest(trust::Sha256Hex("other"));
  std::string flipped = release.content;
  flipped[flipped.size() / 2] ^= 1;
  std::vector<SyncResponse> flipped_messages = {ToMessage(start)};
  for (const auto& chunk : Chunks(release.digest, flipped, 4096)) {
    flipped_messages.push_back(chunk);
  }
  auto wrong_signature = start;
  wrong_signature.mutable_attestations(1)
      ->mutable_signatures(0)
      ->mutable_signature()
      ->front() ^= 1;
  auto threshold_missing = start;
  threshold_missing.mutable_attestations()->DeleteSubrange(2, 1);

  pathway::v1::Pathway message = pathway::ExampleMessage();
  pathway::v1::Item* const item = message.mutable_items(0);
  item->GetReflection()->MutableUnknownFields(item)->AddVarint(999, 1);
  const SignedRelease unknown_field =
      signer_.Publish(message.SerializeAsString(), 3);
  const ChannelMove unknown_field_move = signer_.Move(unknown_field.digest);

  auto too_large = signer_.Start(unknown_field, unknown_field_move);
  too_large.set_size_bytes((8 << 20) + 1);

  const SignedRelease last = signer_.PublishExample(4);
  signer_.Move(last.digest);  // Never sent.
  const ChannelMove after_gap = signer_.Move(last.digest);
  SignedChannel old = signer_;
  const ChannelMove old_epoch = old.OpenEpoch(2, last.digest);
  const auto last_messages =
      signer_.Messages(last, signer_.OpenEpoch(3, last.digest));
  const SignedRelease next = signer_.PublishExample(5);
  const auto next_messages = signer_.Messages(next, signer_.Move(next.digest));

  Follow({
      Accepted(good_messages, good.digest),
      Refused({ToMessage(move), ToMessage(wrong_digest)}, "DIGEST_MISMATCH"),
      Refused(flipped_messages, "DIGEST_MISMATCH"),
      Refused(with_chunks({ToMessage(wrong_signature)}), "SIGNATURE_INVALID",
              "attestations[1]: approval: key 'approver-1' did not make this "
              "signature\napproval: 1 of 2 required approver signatures; can "
              "still sign: approver-1"),
      Refused(with_chunks({ToMessage(threshold_missing)}), "THRESHOLD_NOT_MET"),
      Refused(signer_.Messages(unknown_field, unknown_field_move),
              "CONTENT_UNKNOWN_FIELD",
              "content refused: this engine does not know the field "
              "items[0].#999; skipping it could hide an emergency"),
      Refused({ToMessage(too_large)}, "CONTENT_TOO_LARGE",
              absl::StrCat("the content has ", (8 << 20) + 1,
                           " bytes; at most ", 8 << 20, " are taken")),
      Refused({ToMessage(after_gap)}, "MOVE_OUT_OF_ORDER"),
      [&](ScriptedStream& stream) {
        EXPECT_EQ(stream.subscribe().active_digest(), good.digest);
        return Accepted(last_messages, last.digest)(stream);
      },
      Refused({ToMessage(old_epoch)}, "EPOCH_NOT_HIGHER"),
      Accepted(next_messages, next.digest),
  });
  EXPECT_EQ(ActiveDigest(), next.digest);
  EXPECT_EQ(activations_, 3);
  EXPECT_THAT(registry_->Text(),
              HasSubstr("reason=\"CONTENT_UNKNOWN_FIELD\"} 1"));
  EXPECT_THAT(registry_->Text(), HasSubstr("reason=\"DIGEST_MISMATCH\"} 2"));
}

TEST_F(ContentFollowerTest, SendsHeartbeatsAsOftenAsItIsTold) {
  const SignedRelease release = signer_.PublishExample(1);
  const auto messages = signer_.Messages(release, signer_.Move(release.digest));
  int heartbeats = 0;
  Follow({[&](ScriptedStream& stream) {
    stream.Accept(kSteady);
    stream.Send(messages);
    EXPECT_TRUE(stream.ReceiveAcknowledgement().has_value());
    for (int i = 0; i < 3; ++i) {
      // Speaks too, so that it is not given up.
      stream.SendHeartbeat(messages[0].move().cursor());
      const auto said = stream.Receive();
      if (!said.has_value()) return grpc::Status::OK;
      ++heartbeats;
      EXPECT_EQ(said->heartbeat().active_digest(), release.digest);
      EXPECT_EQ(said->heartbeat().cursor().number(), 1);
    }
    return GoingAway();
  }});
  EXPECT_EQ(heartbeats, 3);
}

TEST_F(ContentFollowerTest, LeavesAServiceThatIsSilentForThreeIntervals) {
  Follow({[](ScriptedStream& stream) {
            const absl::Time start = absl::Now();
            stream.Accept(kLively);
            stream.WaitUntilGone();
            EXPECT_GE(absl::Now() - start, 2 * kLively);
            return grpc::Status::OK;
          },
          [](ScriptedStream& stream) {
            stream.Accept(kQuiet);
            return GoingAway();
          }});
}

TEST_F(ContentFollowerTest, LeavesAServiceThatDoesNotSpeakTheProtocol) {
  Follow({[](ScriptedStream& stream) {
            stream.SendHeartbeat({});  // Before `subscribed`.
            stream.WaitUntilGone();
            return grpc::Status::OK;
          },
          [](ScriptedStream& stream) {
            stream.Accept(absl::ZeroDuration());
            stream.WaitUntilGone();
            return grpc::Status::OK;
          }});
}

TEST_F(ContentFollowerTest, SkipsKindsOfMessagesThatItDoesNotKnow) {
  const SignedRelease release = signer_.PublishExample(1);
  auto messages = signer_.Messages(release, signer_.Move(release.digest));
  messages.insert(messages.begin(), SyncResponse());
  Follow({Accepted(messages, release.digest)});
}

// The move that arrived is the newest, and to the content that is served; the
// stream ends before the content that would have been acknowledged.
TEST_F(ContentFollowerTest, AMoveWhoseContentWasLostIsMadeGood) {
  const SignedRelease a = signer_.PublishExample(1);
  const SignedRelease b = signer_.PublishExample(2);
  const auto first = signer_.Messages(a, signer_.Move(a.digest));
  const ChannelMove to_b = signer_.Move(b.digest);
  auto refused = signer_.Start(b, to_b);
  refused.mutable_attestations()->DeleteSubrange(2, 1);
  std::vector<SyncResponse> refused_messages = {ToMessage(to_b),
                                                ToMessage(refused)};
  for (const auto& chunk : Chunks(b.digest, b.content, 4096)) {
    refused_messages.push_back(chunk);
  }
  const ChannelMove back = signer_.Move(a.digest);
  auto held = signer_.Start(a, back);
  held.set_content_held(true);
  Follow({Accepted(first, a.digest),
          [&](ScriptedStream& stream) {
            Refused(refused_messages, "THRESHOLD_NOT_MET")(stream);
            stream.Send(ToMessage(back));
            return grpc::Status::OK;  // After what was sent, not instead of it.
          },
          [&](ScriptedStream& stream) {
            EXPECT_EQ(stream.subscribe().active_cursor().number(), 1);
            EXPECT_EQ(stream.subscribe().active_digest(), a.digest);
            EXPECT_EQ(stream.subscribe().cursor().number(), 3);
            stream.Accept(kQuiet, back.cursor());
            stream.Send(ToMessage(held));
            const auto said = stream.ReceiveAcknowledgement();
            EXPECT_EQ(said->outcome(), Acknowledgement::OUTCOME_ACK);
            EXPECT_EQ(said->cursor().number(), 3);
            EXPECT_THAT(said->held_digests(), ElementsAre(a.digest));
            EXPECT_EQ(status_->Get().age.At(absl::Now() + absl::Hours(1)),
                      absl::ZeroDuration());
            return GoingAway();
          }});
  EXPECT_EQ(table_->Active(ExampleKey())->cursor, (Cursor{1, 3}));
  EXPECT_EQ(LastKnownGoodFile(files_, "state", ExampleKey())
                .Load()
                ->move.cursor()
                .number(),
            3);
}

TEST_F(ContentFollowerTest, WaitsTwiceAsLongAfterEachStreamThatWasOfNoUse) {
  constexpr int kStreams = 6;
  std::vector<Script> scripts(kStreams, [](ScriptedStream& stream) {
    stream.Accept(kQuiet);
    return GoingAway();
  });
  retry_.longest = absl::Minutes(1);
  Follow(std::move(scripts));
  ASSERT_GE(waits_.size(), kStreams - 1);
  absl::Duration longest = retry_.first;
  for (int i = 0; i < kStreams - 1; ++i, longest *= 2) {
    EXPECT_LE(waits_[i], longest) << i;
    EXPECT_GE(waits_[i], longest / 2) << i;
  }
}

TEST_F(ContentFollowerTest, BeginsWithAShortWaitAfterAStreamThatWasOfUse) {
  const SignedRelease release = signer_.PublishExample(1);
  const auto messages = signer_.Messages(release, signer_.Move(release.digest));
  const Script useless = [](ScriptedStream& stream) {
    stream.Accept(kQuiet);
    return GoingAway();
  };
  retry_.longest = absl::Minutes(1);
  Follow({useless, useless, useless, Accepted(messages, release.digest),
          useless,
          [](ScriptedStream& stream) {
            stream.Accept(kSteady);
            // Lasts some heartbeats of both sides.
            for (int i = 0; i < 4; ++i) {
              stream.SendHeartbeat({});
              if (!stream.Receive().has_value()) break;
            }
            return GoingAway();
          },
          useless});
  ASSERT_GE(waits_.size(), 6);
  EXPECT_LE(waits_[3], retry_.first);      // It made something active.
  EXPECT_LE(waits_[5], retry_.first);      // It lasted.
  EXPECT_GE(waits_[2], retry_.first * 2);  // After two of no use.
}

TEST_F(ContentFollowerTest, ComesBackLateWhenAnotherReplicaHasItsName) {
  const SignedRelease release = signer_.PublishExample(1);
  const auto messages = signer_.Messages(release, signer_.Move(release.digest));
  retry_.longest = absl::Milliseconds(100);
  Follow({[](ScriptedStream& stream) {
            stream.Accept(kQuiet);
            return rpc::ToGrpcStatus(rpc::WithReason(
                absl::AbortedError("another stream has this subscription"),
                "SUBSCRIPTION_REPLACED"));
          },
          Accepted(messages, release.digest)});
  ASSERT_FALSE(waits_.empty());
  EXPECT_GE(waits_[0], absl::Milliseconds(50));
  EXPECT_LE(waits_[0], absl::Milliseconds(100));
  EXPECT_EQ(ActiveDigest(), release.digest);
  EXPECT_THAT(registry_->Text(), HasSubstr("plumbline_sync_replaced_total{"
                                           "channel=\"stable\",pathway="
                                           "\"ankle\"} 1"));
}

TEST_F(ContentFollowerTest, ServesFromDiskWhenTheServiceIsGone) {
  const SignedRelease release = signer_.PublishExample(1);
  const auto messages = signer_.Messages(release, signer_.Move(release.digest));
  Follow({Accepted(messages, release.digest)});
  const ReservedPort port;
  Restart();
  ASSERT_THAT(replica_->LoadFromDisk(absl::Now()), IsOk());
  Start(port.address());
  EXPECT_EQ(ActiveDigest(), release.digest);

  // It comes back, with something new.
  const SignedRelease second = signer_.PublishExample(2);
  const auto second_messages =
      signer_.Messages(second, signer_.Move(second.digest));
  ScriptedContentService back(
      {[&](ScriptedStream& stream) {
        EXPECT_EQ(stream.subscribe().cursor().number(), 1);
        return Accepted(second_messages, second.digest)(stream);
      }},
      port.port());
  EXPECT_TRUE(back.WaitUntilPlayed());
  EXPECT_EQ(ActiveDigest(), second.digest);
}

TEST_F(ContentFollowerTest, TellsWhetherItIsConnected) {
  Follow({[this](ScriptedStream& stream) {
    stream.Accept(kSteady);
    EXPECT_TRUE(stream.Receive()->has_heartbeat());
    EXPECT_TRUE(status_->Get().connected);
    return GoingAway();
  }});
  EXPECT_FALSE(status_->Get().connected);
  EXPECT_THAT(registry_->Text(), HasSubstr("plumbline_sync_streams_total{"
                                           "channel=\"stable\",pathway="
                                           "\"ankle\"} 1"));
}

TEST_F(ContentFollowerTest, StopsAtOnceWhateverItIsDoing) {
  ScriptedContentService service({[](ScriptedStream& stream) {
    stream.Accept(kQuiet);
    stream.WaitUntilGone();
    return grpc::Status::OK;
  }});
  Start(service.address());
  follower_->Stop();
  Stop();
  const ReservedPort nobody;
  Start(nobody.address());
  Stop();
}

TEST_F(ContentFollowerTest, ComesBackAfterADiskThatWasFull) {
  const SignedRelease release = signer_.PublishExample(1);
  const ChannelMove move = signer_.Move(release.digest);
  const auto messages = signer_.Messages(release, move);
  files_.FailAt(1);
  Follow({[&](ScriptedStream& stream) {
            Refused(messages, "STORAGE_FAILED")(stream);
            stream.WaitUntilGone();
            return grpc::Status::OK;
          },
          [&](ScriptedStream& stream) {
            return Accepted({messages.begin() + 1, messages.end()},
                            release.digest)(stream);
          }});
  EXPECT_EQ(ActiveDigest(), release.digest);
}

}  // namespace
}  // namespace plumbline::triage
