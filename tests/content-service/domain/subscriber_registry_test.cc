#include "content-service/domain/subscriber_registry.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"

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
    return registry_.List(kEvery, false, {}, 100, now);
  }
  std::vector<std::string> Ids(const ChannelId& pattern,
                               bool connected_only = false) {
    std::vector<std::string> ids;
    for (const v1::Subscriber& subscriber :
         registry_.List(pattern, connected_only, {}, 100, kNoon)) {
      ids.push_back(subscriber.subscriber_id());
    }
    return ids;
  }

  SubscriberRegistry registry_;
};

TEST_F(SubscriberRegistryTest, ShowsWhatASubscriberSaidWhenItJoined) {
  registry_.Join(Key("a"), Serving("d1"), kNoon);
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
  const StreamNumber stream = registry_.Join(Key("a"), Serving("d1"), kNoon);
  v1::ReplicaHeartbeat heartbeat;
  heartbeat.set_active_digest("d1");
  registry_.Heard(Key("a"), stream, heartbeat, kNoon + absl::Minutes(1));
  EXPECT_EQ(List().front().active_since().seconds(), 1'800'000'000);
  EXPECT_EQ(List().front().last_heard_time().seconds(), 1'800'000'060);
  heartbeat.set_active_digest("d2");
  registry_.Heard(Key("a"), stream, heartbeat, kNoon + absl::Minutes(2));
  EXPECT_EQ(List().front().active_since().seconds(), 1'800'000'120);
}

TEST_F(SubscriberRegistryTest, ShowsARefusalUntilANewerMoveIsAccepted) {
  const StreamNumber stream = registry_.Join(Key("a"), Serving("d1"), kNoon);
  v1::Acknowledgement nack = Answer(v1::Acknowledgement::OUTCOME_NACK, 2, "d1");
  nack.set_reason("DIGEST_MISMATCH");
  registry_.Acknowledged(Key("a"), stream, nack, "d2", kNoon);
  EXPECT_EQ(List().front().last_nack().reason(), "DIGEST_MISMATCH");
  EXPECT_EQ(List().front().last_nack().digest(), "d2");
  EXPECT_FALSE(List().front().has_acknowledged());
  registry_.Acknowledged(Key("a"), stream,
                         Answer(v1::Acknowledgement::OUTCOME_ACK, 3, "d3"), "",
                         kNoon);
  EXPECT_FALSE(List().front().has_last_nack());
  EXPECT_EQ(List().front().acknowledged().number(), 3);
  EXPECT_EQ(List().front().active_digest(), "d3");
}

TEST_F(SubscriberRegistryTest, AReplicaThatComesBackUpToDateHasItsMove) {
  const StreamNumber stream = registry_.Join(Key("a"), Serving("d1"), kNoon);
  v1::ReplicaHeartbeat heartbeat;
  heartbeat.set_active_digest("d1");
  heartbeat.mutable_cursor()->set_epoch(1);
  heartbeat.mutable_cursor()->set_number(4);
  registry_.Heard(Key("a"), stream, heartbeat, kNoon);
  EXPECT_EQ(List().front().acknowledged().number(), 4);
}

TEST_F(SubscriberRegistryTest, IgnoresAStreamThatANewerOneReplaced) {
  const StreamNumber older = registry_.Join(Key("a"), Serving("d1"), kNoon);
  const StreamNumber newer = registry_.Join(Key("a"), Serving("d2"), kNoon);
  EXPECT_FALSE(registry_.IsNewest(Key("a"), older));
  EXPECT_TRUE(registry_.IsNewest(Key("a"), newer));
  registry_.Leave(Key("a"), older, kNoon);
  v1::ReplicaHeartbeat heartbeat;
  heartbeat.set_active_digest("d1");
  registry_.Heard(Key("a"), older, heartbeat, kNoon);
  EXPECT_TRUE(List().front().connected());
  EXPECT_EQ(List().front().active_digest(), "d2");
}

TEST_F(SubscriberRegistryTest, RemembersTheGoneForAnHour) {
  const StreamNumber stream = registry_.Join(Key("a"), Serving("d1"), kNoon);
  registry_.Leave(Key("a"), stream, kNoon);
  EXPECT_EQ(List(kNoon + kRememberedFor).size(), 1u);
  EXPECT_FALSE(List(kNoon + kRememberedFor).front().connected());
  EXPECT_THAT(List(kNoon + kRememberedFor + absl::Seconds(1)), IsEmpty());
}

TEST_F(SubscriberRegistryTest, ListsByPatternAndInOrder) {
  registry_.Join(Key("b"), {}, kNoon);
  registry_.Join(Key("a"), {}, kNoon);
  const StreamNumber gone = registry_.Join(Key("c", "candidate"), {}, kNoon);
  registry_.Leave(Key("c", "candidate"), gone, kNoon);
  EXPECT_THAT(Ids(kEvery), ElementsAre("c", "a", "b"));
  EXPECT_THAT(Ids({"cough", "-"}), ElementsAre("c", "a", "b"));
  EXPECT_THAT(Ids({"-", "stable"}), ElementsAre("a", "b"));
  EXPECT_THAT(Ids({"fever", "-"}), IsEmpty());
  EXPECT_THAT(Ids(kEvery, /*connected_only=*/true), ElementsAre("a", "b"));
  const auto page = registry_.List(kEvery, false, {}, 2, kNoon);
  const auto rest = registry_.List(kEvery, false, KeyOf(page.back()), 2, kNoon);
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
        const StreamNumber stream = registry_.Join(key, Serving("d1"), kNoon);
        registry_.Heard(key, stream, {}, kNoon);
        registry_.List(kEvery, false, {}, 10, kNoon);
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
