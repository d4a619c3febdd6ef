// What a replica is sent, wherever its stream is cut, without a network.

#include "content-service/domain/sync_session.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/trust/digest.h"
#include "content-service/domain/find.h"
#include "content-service/storage/memory_content_store.h"
#include "tests/support/status_matchers.h"

namespace plumbline::content {
namespace {

using ::plumbline::testing::IsOk;
using ::plumbline::testing::StatusIs;

const absl::Time kNoon = absl::FromUnixSeconds(1'800'000'000);
const ChannelId kStable = {"tiny", "stable"};

v1::Cursor At(std::int64_t number) {
  v1::Cursor cursor;
  cursor.set_epoch(1);
  cursor.set_number(number);
  return cursor;
}

// What a replica keeps from stream to stream, and what it was sent.
struct Replica {
  v1::Cursor cursor;
  v1::Cursor active_cursor;
  std::string active_digest;
  std::set<std::string> held;
  // Of the content that is on its way.
  std::optional<v1::ContentStart> start;
  std::string received;
  // In all its streams.
  int moves = 0;
  int starts = 0;
  int chunks = 0;
  std::vector<std::string> withdrawn;

  v1::Subscribe Subscribe() const {
    v1::Subscribe subscribe;
    *subscribe.mutable_cursor() = cursor;
    *subscribe.mutable_active_cursor() = active_cursor;
    subscribe.set_active_digest(active_digest);
    for (const std::string& digest : held) subscribe.add_held_digests(digest);
    return subscribe;
  }

  // Returns whether there is a content to acknowledge.
  bool Take(const v1::SyncResponse& message) {
    if (message.has_move()) {
      EXPECT_EQ(message.move().cursor().number(), cursor.number() + 1);
      cursor = message.move().cursor();
      start.reset();
      ++moves;
    }
    if (message.has_withdrawal()) {
      withdrawn.push_back(message.withdrawal().digest());
    }
    if (message.has_content_start()) {
      start = message.content_start();
      received.clear();
      ++starts;
      EXPECT_EQ(start->content_held(), held.count(start->digest()) != 0);
    }
    if (message.has_content_chunk()) {
      received += message.content_chunk().data();
      ++chunks;
    }
    if (!start.has_value()) return false;
    if (!start->content_held() &&
        static_cast<std::int64_t>(received.size()) < start->size_bytes()) {
      return false;
    }
    if (!start->content_held()) {
      EXPECT_EQ(trust::Sha256Hex(received), start->digest());
    }
    active_cursor = start->cursor();
    active_digest = start->digest();
    held.insert(active_digest);
    start.reset();
    return true;
  }
};

class SyncSessionTest : public ::testing::Test {
 protected:
  SyncSessionTest() {
    Write([](Transaction& transaction) {
      return transaction.AddPathway("tiny", kNoon);
    });
    a_ = Release(1, std::string(kChunkBytes + 1, 'a'));
    b_ = Release(2, std::string(kChunkBytes + 1, 'b'));
  }

  void Write(absl::FunctionRef<absl::Status(Transaction&)> write) {
    EXPECT_THAT(store_->Write(write), IsOk());
  }

  std::string Release(std::int64_t number, const std::string& content) {
    const std::string digest = trust::Sha256Hex(content);
    v1::Release release;
    release.set_number(number);
    release.set_digest(digest);
    Write([&](Transaction& transaction) {
      absl::Status status = transaction.PutContent(digest, content);
      if (!status.ok()) return status;
      return transaction.AddRelease(
          {"tiny", number, digest, release.SerializeAsString()});
    });
    return digest;
  }

  void Move(const std::string& digest) {
    v1::ChannelMove move;
    *move.mutable_cursor() = At(++moved_);
    move.set_digest(digest);
    Write([&](Transaction& transaction) {
      return transaction.AddMove(
          {"tiny", "stable", 1, moved_, move.SerializeAsString()});
    });
    feed_.Forget(kStable);
  }

  void Withdraw(const std::string& digest) {
    Write([&](Transaction& transaction) -> absl::Status {
      auto record = transaction.FindReleaseByDigest(digest);
      if (!record.ok()) return record.status();
      v1::Release release;
      release.ParseFromString(record->bytes);
      release.mutable_withdrawal()->set_digest(digest);
      record->bytes = release.SerializeAsString();
      return transaction.ReplaceRelease(*record);
    });
    feed_.Forget(kStable);
  }

  // A stream of the replica that has begun.
  SyncSession Open(const Replica& replica) {
    SyncSession session(absl::Seconds(10));
    EXPECT_THAT(session.Subscribe(replica.Subscribe(), *feed_.Load(kStable)),
                IsOk());
    return session;
  }

  // The next message, after reading what the session needs.
  std::optional<v1::SyncResponse> Next(SyncSession& session) {
    Read(session);
    auto next = session.Next(kNoon);
    EXPECT_THAT(next, IsOk());
    return next.ok() ? *std::move(next) : std::nullopt;
  }

  void Read(SyncSession& session) {
    switch (session.need()) {
      case SyncSession::Need::kNothing:
        return;
      case SyncSession::Need::kChannel:
        session.Loaded(*feed_.Load(kStable));
        return;
      case SyncSession::Need::kMoves:
        EXPECT_THAT(
            session.TakeMoves(*feed_.ReadMoves(kStable, session.resume())),
            IsOk());
        return;
    }
  }

  // At most `messages_max` messages of a stream. Returns whether that was all.
  bool Follow(SyncSession& session, Replica& replica, int messages_max) {
    for (int i = 0; i < messages_max; ++i) {
      const std::optional<v1::SyncResponse> message = Next(session);
      if (!message.has_value()) return true;
      if (replica.Take(*message)) {
        session.Serves(replica.active_digest);
        session.Holds(replica.held);
      }
    }
    return false;
  }

  std::unique_ptr<ContentStore> store_ = NewMemoryContentStore();
  ReleaseCache cache_{*store_, 8};
  ChannelFeed feed_{*store_, cache_};
  std::int64_t moved_ = 0;
  std::string a_;
  std::string b_;
};

constexpr int kAll = 10'000;

// A, then B and back to A while the replica listens, cut after every number of
// messages: the next stream always makes it good.
TEST_F(SyncSessionTest, EndsAtTheNewestMoveWhereverAStreamIsCut) {
  Move(a_);
  Replica before;
  {
    SyncSession session = Open(before);
    ASSERT_TRUE(Follow(session, before, kAll));
  }
  EXPECT_EQ(before.chunks, 2);
  Move(b_);
  Move(a_);
  for (int cut = 0;; ++cut) {
    SCOPED_TRACE(absl::StrCat("cut after ", cut));
    Replica replica = before;
    bool was_all = false;
    {
      SyncSession session = Open(replica);
      was_all = Follow(session, replica, cut);
    }
    replica.start.reset();
    SyncSession session = Open(replica);
    ASSERT_TRUE(Follow(session, replica, kAll));
    EXPECT_EQ(replica.cursor.number(), 3);
    EXPECT_EQ(replica.active_cursor.number(), 3);
    EXPECT_EQ(replica.active_digest, a_);
    EXPECT_EQ(replica.moves, 3);
    EXPECT_EQ(replica.starts, 2);
    // It said that it holds A.
    EXPECT_EQ(replica.chunks, 2);
    if (was_all) break;
    ASSERT_LT(cut, 100);
  }
}

TEST_F(SyncSessionTest, CutsOfTheFirstContentAreMadeGood) {
  Move(a_);
  for (int cut = 0; cut <= 6; ++cut) {
    SCOPED_TRACE(absl::StrCat("cut after ", cut));
    Replica replica;
    {
      SyncSession session = Open(replica);
      Follow(session, replica, cut);
    }
    replica.start.reset();
    SyncSession session = Open(replica);
    ASSERT_TRUE(Follow(session, replica, kAll));
    EXPECT_EQ(replica.active_cursor.number(), 1);
    EXPECT_EQ(replica.active_digest, a_);
    EXPECT_EQ(replica.moves, 1);
  }
}

TEST_F(SyncSessionTest, ARollbackOnALiveStreamNeedsNoChunks) {
  Move(a_);
  Replica replica;
  SyncSession session = Open(replica);
  ASSERT_TRUE(Follow(session, replica, kAll));
  for (const std::string& digest : {b_, a_, b_, a_}) {
    Move(digest);
    session.Look(feed_.Find(kStable));
    ASSERT_TRUE(Follow(session, replica, kAll));
    EXPECT_EQ(replica.active_digest, digest);
  }
  EXPECT_EQ(replica.starts, 5);
  EXPECT_EQ(replica.chunks, 4);
}

TEST_F(SyncSessionTest, TellsOnceWhatWasWithdrawnOfThatWhichTheReplicaHolds) {
  Move(a_);
  Replica replica;
  SyncSession session = Open(replica);
  ASSERT_TRUE(Follow(session, replica, kAll));
  for (const std::string& digest : {b_, a_}) {
    Withdraw(digest);
    session.Look(feed_.Find(kStable));
    ASSERT_TRUE(Follow(session, replica, kAll));
  }
  EXPECT_THAT(replica.withdrawn, ::testing::ElementsAre(a_));
  session.Look(feed_.Find(kStable));
  ASSERT_TRUE(Follow(session, replica, kAll));
  EXPECT_THAT(replica.withdrawn, ::testing::ElementsAre(a_));
  // The next stream tells it again: the replica may have missed it.
  SyncSession next = Open(replica);
  ASSERT_TRUE(Follow(next, replica, kAll));
  EXPECT_THAT(replica.withdrawn, ::testing::ElementsAre(a_, a_));
}

// What comes with a content needs no message of its own.
TEST_F(SyncSessionTest, AContentSaysThatItIsWithdrawn) {
  Move(a_);
  Withdraw(a_);
  Replica replica;
  SyncSession session = Open(replica);
  ASSERT_TRUE(Follow(session, replica, kAll));
  EXPECT_EQ(replica.active_digest, a_);
  session.Look(feed_.Find(kStable));
  ASSERT_TRUE(Follow(session, replica, kAll));
  EXPECT_THAT(replica.withdrawn, ::testing::IsEmpty());
}

// Between the reading and the news of a withdrawal.
TEST_F(SyncSessionTest, AViewThatWasReadBeforeIsKnownToBeOutdated) {
  Move(a_);
  const ChannelView before = *feed_.Load(kStable);
  EXPECT_FALSE(feed_.IsOutdated(before));
  Withdraw(a_);
  EXPECT_TRUE(feed_.IsOutdated(before));
  EXPECT_FALSE(feed_.IsOutdated(*feed_.Load(kStable)));
}

TEST_F(SyncSessionTest, SendsAgainWhatTheReplicaDropped) {
  Move(a_);
  Replica replica;
  SyncSession session = Open(replica);
  ASSERT_TRUE(Follow(session, replica, kAll));
  Move(b_);
  session.Look(feed_.Find(kStable));
  ASSERT_TRUE(Follow(session, replica, kAll));
  replica.held = {b_};
  session.Holds(replica.held);
  Move(a_);
  session.Look(feed_.Find(kStable));
  ASSERT_TRUE(Follow(session, replica, kAll));
  EXPECT_EQ(replica.chunks, 6);
}

TEST_F(SyncSessionTest, ANewMoveEndsTheContentThatIsUnderWay) {
  Move(a_);
  Replica replica;
  SyncSession session = Open(replica);
  // Subscribed, move, start, and one of two chunks.
  ASSERT_FALSE(Follow(session, replica, 4));
  EXPECT_EQ(replica.chunks, 1);
  Move(b_);
  session.Look(feed_.Find(kStable));
  EXPECT_TRUE(Next(session)->has_move());
  const auto start = Next(session);
  EXPECT_EQ(start->content_start().digest(), b_);
  EXPECT_EQ(Next(session)->content_chunk().offset(), 0);
  EXPECT_EQ(Next(session)->content_chunk().digest(), b_);
  EXPECT_FALSE(Next(session).has_value());
}

TEST_F(SyncSessionTest, OffersNothingToAReplicaThatServesTheNewestMove) {
  Move(a_);
  Replica replica;
  replica.cursor = At(1);
  replica.active_cursor = At(1);
  SyncSession session = Open(replica);
  EXPECT_TRUE(Next(session)->has_subscribed());
  EXPECT_FALSE(Next(session).has_value());
}

class SyncSessionBacklogTest : public SyncSessionTest,
                               public ::testing::WithParamInterface<int> {};

TEST_P(SyncSessionBacklogTest, IsSentInOrderAndTheNewestNeverGoesBackwards) {
  for (int i = 0; i < GetParam(); ++i) Move(i % 2 == 0 ? a_ : b_);
  Replica replica;
  SyncSession session = Open(replica);
  int heartbeats = 0;
  for (int i = 0; i < kAll; ++i) {
    session.HeartbeatDue();
    Read(session);
    const auto heartbeat = session.Next(kNoon);
    ASSERT_THAT(heartbeat, IsOk());
    if ((*heartbeat)->has_heartbeat()) {
      EXPECT_EQ((*heartbeat)->heartbeat().newest().number(), GetParam());
      ++heartbeats;
    }
    const auto message = Next(session);
    if (!message.has_value()) break;
    replica.Take(*message);
  }
  EXPECT_EQ(replica.moves, GetParam());
  EXPECT_EQ(replica.starts, 1);
  EXPECT_EQ(replica.active_cursor.number(), GetParam());
  EXPECT_GT(heartbeats, GetParam());
}

INSTANTIATE_TEST_SUITE_P(Moves, SyncSessionBacklogTest,
                         ::testing::Values(1, 63, 64, 65, 128, 129, 193));

TEST_F(SyncSessionTest, SaysThatContentCannotBeHadOnlyToWhomNeedsIt) {
  Move(std::string(64, 'c'));
  Replica replica;
  SyncSession session = Open(replica);
  EXPECT_TRUE(Next(session)->has_subscribed());
  EXPECT_TRUE(Next(session)->has_move());
  Read(session);
  EXPECT_THAT(session.Next(kNoon), StatusIs(absl::StatusCode::kNotFound));

  replica.cursor = At(1);
  replica.active_cursor = At(1);
  SyncSession content = Open(replica);
  EXPECT_TRUE(Next(content)->has_subscribed());
  EXPECT_FALSE(Next(content).has_value());
}

// The feed, by which streams of a channel share what is read.
TEST_F(SyncSessionTest, AChannelIsReadOnceUntilItMoves) {
  EXPECT_TRUE((*feed_.Load(kStable))->moves.empty());
  EXPECT_EQ(feed_.Find(kStable), nullptr);
  Move(a_);
  EXPECT_EQ(feed_.Find(kStable), nullptr);
  const ChannelView view = *feed_.Load(kStable);
  EXPECT_EQ(feed_.Find(kStable), view);
  EXPECT_EQ(view->newest().number(), 1);
  ASSERT_THAT(view->offer, IsOk());
  EXPECT_EQ((*view->offer)->start.digest(), a_);
  EXPECT_EQ(feed_.Find({"tiny", "other"}), nullptr);
}

}  // namespace
}  // namespace plumbline::content
