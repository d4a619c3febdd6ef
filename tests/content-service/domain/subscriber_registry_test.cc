#include "content-service/domain/subscriber_registry.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/rpc/error_details.h"

namespace plumbline::content {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const absl::Time kNoon = absl::FromUnixSeconds(1'800'000'000);
const ChannelId kEvery = {"-", "-"};

SubscriberKey Key(const std::string& id,
                  const std::string& channel = "stable") {
  return {{"cough", channel}, "triage", id};
}

v1::Subscribe Serving(const std::string& digest) {
  v1::Subscribe subscribe;
  subscribe.set_active_digest(digest);
  subscribe.set_engine_version(1);
  subscribe.set_build_version("0.1.0");
  return subscribe;
}

v1::Cursor At(std::int64_t number) {
  v1::Cursor cursor;
  cursor.set_epoch(1);
  cursor.set_number(number);
  return cursor;
}

v1::ReplicaHeartbeat ServingMove(std::int64_t number) {
  v1::ReplicaHeartbeat heartbeat;
  *heartbeat.mutable_cursor() = At(number);
  return heartbeat;
}

v1::Acknowledgement Answer(v1::Acknowledgement::Outcome outcome,
                           std::int64_t number, const std::string& active) {
  v1::Acknowledgement acknowledgement;
  acknowledgement.mutable_cursor()->set_epoch(1);
  acknowledgement.mutable_cursor()->set_number(number);
  acknowledgement.set_outcome(outcome);
  acknowledgement.set_active_digest(active);
  return acknowledgement;
}

class SubscriberRegistryTest : public ::testing::Test {
 protected:
  std::vector<v1::Subscriber> List(absl::Time now = kNoon) {
    registry_.ForgetTheGone(now);
    return registry_.List(kEvery, false, {}, 100);
  }
  StreamNumber Join(const SubscriberKey& key,
                    const v1::Subscribe& subscribe = {}) {
    return registry_.Join(key, subscribe, kNoon).value();
  }
  std::vector<std::string> Ids(const ChannelId& pattern,
                               bool connected_only = false) {
    std::vector<std::string> ids;
    for (const v1::Subscriber& subscriber :
         registry_.List(pattern, connected_only, {}, 100)) {
      ids.push_back(subscriber.subscriber_id());
    }
    return ids;
  }

  SubscriberRegistry registry_;
};

TEST_F(SubscriberRegistryTest, ShowsWhatASubscriberSaidWhenItJoined) {
  Join(Key("a"), Serving("d1"));
  ASSERT_EQ(List().size(), 1u);
  const v1::Subscriber subscriber = List().front();
  EXPECT_EQ(subscriber.subscriber_id(), "a");
  EXPECT_EQ(subscriber.principal(), "triage");
  EXPECT_EQ(subscriber.channel(), "pathways/cough/channels/stable");
  EXPECT_TRUE(subscriber.connected());
  EXPECT_EQ(subscriber.active_digest(), "d1");
  EXPECT_EQ(subscriber.active_since().seconds(), 1'800'000'000);
  EXPECT_EQ(subscriber.engine_version(), 1);
  EXPECT_EQ(subscriber.build_version(), "0.1.0");
  EXPECT_EQ(registry_.connected_count(), 1u);
}

TEST_F(SubscriberRegistryTest, KeepsSinceWhenTheSameContentIsServed) {
  const StreamNumber stream = Join(Key("a"), Serving("d1"));
  v1::ReplicaHeartbeat heartbeat;
  heartbeat.set_active_digest("d1");
  registry_.Heard(Key("a"), stream, heartbeat, At(9), kNoon + absl::Minutes(1));
  EXPECT_EQ(List().front().active_since().seconds(), 1'800'000'000);
  EXPECT_EQ(List().front().last_heard_time().seconds(), 1'800'000'060);
  heartbeat.set_active_digest("d2");
  registry_.Heard(Key("a"), stream, heartbeat, At(9), kNoon + absl::Minutes(2));
  EXPECT_EQ(List().front().active_since().seconds(), 1'800'000'120);
}

TEST_F(SubscriberRegistryTest, ShowsARefusalUntilANewerMoveIsAccepted) {
  const StreamNumber stream = Join(Key("a"), Serving("d1"));
  v1::Acknowledgement nack = Answer(v1::Acknowledgement::OUTCOME_NACK, 2, "d1");
  nack.set_reason("DIGEST_MISMATCH");
  registry_.Acknowledged(Key("a"), stream, nack, "d2", At(9), kNoon);
  EXPECT_EQ(List().front().last_nack().reason(), "DIGEST_MISMATCH");
  EXPECT_EQ(List().front().last_nack().digest(), "d2");
  EXPECT_FALSE(List().front().has_acknowledged());
  registry_.Acknowledged(Key("a"), stream,
                         Answer(v1::Acknowledgement::OUTCOME_ACK, 3, "d3"), "",
                         At(9), kNoon);
  EXPECT_FALSE(List().front().has_last_nack());
  EXPECT_EQ(List().front().acknowledged().number(), 3);
  EXPECT_EQ(List().front().active_digest(), "d3");
}

TEST_F(SubscriberRegistryTest, AReplicaThatComesBackUpToDateHasItsMove) {
  const StreamNumber stream = Join(Key("a"), Serving("d1"));
  v1::ReplicaHeartbeat heartbeat;
  heartbeat.set_active_digest("d1");
  heartbeat.mutable_cursor()->set_epoch(1);
  heartbeat.mutable_cursor()->set_number(4);
  registry_.Heard(Key("a"), stream, heartbeat, At(9), kNoon);
  EXPECT_EQ(List().front().acknowledged().number(), 4);
}

TEST_F(SubscriberRegistryTest, IgnoresAStreamThatANewerOneReplaced) {
  const StreamNumber older = Join(Key("a"), Serving("d1"));
  const StreamNumber newer = Join(Key("a"), Serving("d2"));
  EXPECT_FALSE(registry_.IsNewest(Key("a"), older));
  EXPECT_TRUE(registry_.IsNewest(Key("a"), newer));
  registry_.Leave(Key("a"), older, kNoon);
  v1::ReplicaHeartbeat heartbeat;
  heartbeat.set_active_digest("d1");
  registry_.Heard(Key("a"), older, heartbeat, At(9), kNoon);
  EXPECT_TRUE(List().front().connected());
  EXPECT_EQ(List().front().active_digest(), "d2");
}

TEST_F(SubscriberRegistryTest, RemembersTheGoneForAnHour) {
  const StreamNumber stream = Join(Key("a"), Serving("d1"));
  registry_.Leave(Key("a"), stream, kNoon);
  EXPECT_EQ(List(kNoon + kRememberedFor).size(), 1u);
  EXPECT_FALSE(List(kNoon + kRememberedFor).front().connected());
  EXPECT_THAT(List(kNoon + kRememberedFor + absl::Seconds(1)), IsEmpty());
}

TEST_F(SubscriberRegistryTest, ForgetsARefusalOfAMoveThatIsServedNow) {
  const StreamNumber stream = Join(Key("a"));
  registry_.Acknowledged(Key("a"), stream,
                         Answer(v1::Acknowledgement::OUTCOME_NACK, 2, ""), "d2",
                         At(2), kNoon);
  registry_.Heard(Key("a"), stream, ServingMove(1), At(2), kNoon);
  EXPECT_TRUE(List().front().has_last_nack());
  registry_.Heard(Key("a"), stream, ServingMove(2), At(2), kNoon);
  EXPECT_FALSE(List().front().has_last_nack());
}

TEST_F(SubscriberRegistryTest, BelievesOnlyMovesThatWereSentAndGoesForward) {
  const StreamNumber stream = Join(Key("a"));
  const auto accept = [&](std::int64_t number) {
    registry_.Acknowledged(Key("a"), stream,
                           Answer(v1::Acknowledgement::OUTCOME_ACK, number, ""),
                           "", At(3), kNoon);
    return List().front().acknowledged().number();
  };
  EXPECT_EQ(accept(4), 0);
  EXPECT_EQ(accept(3), 3);
  EXPECT_EQ(accept(2), 3);
  registry_.Heard(Key("a"), stream, ServingMove(4), At(3), kNoon);
  EXPECT_EQ(List().front().acknowledged().number(), 3);
  registry_.Acknowledged(Key("a"), stream,
                         Answer(v1::Acknowledgement::OUTCOME_NACK, 4, ""), "",
                         At(3), kNoon);
  EXPECT_FALSE(List().front().has_last_nack());
}

TEST(SubscriberLimitsTest, RefuseFurtherStreamsOfAPrincipal) {
  SubscriberRegistry registry({.streams_max = 2});
  const auto first = registry.Join(Key("a"), {}, kNoon);
  ASSERT_TRUE(registry.Join(Key("b"), {}, kNoon).ok());
  // Its place is its own.
  ASSERT_TRUE(registry.Join(Key("b"), {}, kNoon).ok());
  const absl::Status refused = registry.Join(Key("c"), {}, kNoon).status();
  EXPECT_EQ(refused.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(refused.message(),
            "triage has as many Sync streams open as it may: close some");
  EXPECT_EQ(rpc::ReasonOf(refused), "LIMIT_EXCEEDED");
  EXPECT_EQ(rpc::ReasonMetadataOf(refused).at("limit"),
            "sync_streams_per_principal_max");
  EXPECT_TRUE(
      registry.Join({{"cough", "stable"}, "other", "c"}, {}, kNoon).ok());
  registry.Leave(Key("a"), *first, kNoon);
  registry.Leave(Key("a"), *first, kNoon);
  EXPECT_TRUE(registry.Join(Key("c"), {}, kNoon).ok());
  EXPECT_FALSE(registry.Join(Key("a"), {}, kNoon).ok());
}

TEST(SubscriberLimitsTest, RememberTheLastToGo) {
  SubscriberRegistry registry({.remembered_max = 2});
  for (int i = 0; i < 4; ++i) {
    const SubscriberKey key = Key(absl::StrCat("r", i));
    const auto stream = registry.Join(key, {}, kNoon);
    registry.Leave(key, *stream, kNoon + absl::Seconds(i));
  }
  std::vector<std::string> ids;
  for (const v1::Subscriber& subscriber :
       registry.List(kEvery, false, {}, 100)) {
    ids.push_back(subscriber.subscriber_id());
  }
  EXPECT_THAT(ids, ElementsAre("r2", "r3"));
}

TEST_F(SubscriberRegistryTest, ListsByPatternAndInOrder) {
  Join(Key("b"), {});
  Join(Key("a"), {});
  const StreamNumber gone = Join(Key("c", "candidate"), {});
  registry_.Leave(Key("c", "candidate"), gone, kNoon);
  EXPECT_THAT(Ids(kEvery), ElementsAre("c", "a", "b"));
  EXPECT_THAT(Ids({"cough", "-"}), ElementsAre("c", "a", "b"));
  EXPECT_THAT(Ids({"-", "stable"}), ElementsAre("a", "b"));
  EXPECT_THAT(Ids({"fever", "-"}), IsEmpty());
  EXPECT_THAT(Ids(kEvery, /*connected_only=*/true), ElementsAre("a", "b"));
  const auto page = registry_.List(kEvery, false, {}, 2);
  const auto rest = registry_.List(kEvery, false, KeyOf(page.back()), 2);
  ASSERT_EQ(rest.size(), 1u);
  EXPECT_EQ(rest.front().subscriber_id(), "b");
}

TEST_F(SubscriberRegistryTest, TakesManyStreamsAtOnce) {
  constexpr int kThreads = 4;
  constexpr int kRounds = 100;
  std::vector<std::thread> threads;
  for (int thread = 0; thread < kThreads; ++thread) {
    threads.emplace_back([this, thread] {
      const SubscriberKey key = Key(absl::StrCat("r", thread));
      for (int round = 0; round < kRounds; ++round) {
        const StreamNumber stream = Join(key, Serving("d1"));
        registry_.Heard(key, stream, {}, At(9), kNoon);
        registry_.List(kEvery, false, {}, 10);
        registry_.Leave(key, stream, kNoon);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(registry_.connected_count(), 0u);
  EXPECT_EQ(List().size(), static_cast<std::size_t>(kThreads));
}

}  // namespace
}  // namespace plumbline::content
