#include "common/rpc/health_state.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <utility>
#include <vector>

namespace plumbline::rpc {
namespace {

using Serving = HealthState::Serving;
using ::testing::ElementsAre;

TEST(HealthStateTest, KnowsWhatWasSet) {
  HealthState state;
  EXPECT_EQ(state.Get("a"), Serving::kUnknown);
  state.Set("a", false);
  EXPECT_EQ(state.Get("a"), Serving::kNotServing);
  state.Set("a", true);
  EXPECT_EQ(state.Get("a"), Serving::kServing);
  EXPECT_EQ(state.Get("b"), Serving::kUnknown);
}

TEST(HealthStateTest, SubscriberHearsTheStateAndEachChange) {
  HealthState state;
  std::vector<Serving> heard;
  const auto subscription = state.Subscribe(
      "a", [&heard](Serving serving) { heard.push_back(serving); });
  state.Set("a", false);
  state.Set("b", true);
  state.Set("a", false);
  state.Set("a", true);
  EXPECT_THAT(heard, ElementsAre(Serving::kUnknown, Serving::kNotServing,
                                 Serving::kServing));
}

TEST(HealthStateTest, SubscriberThatLeftHearsNothing) {
  HealthState state;
  int heard = 0;
  auto subscription = state.Subscribe("a", [&heard](Serving) { ++heard; });
  auto other = std::move(subscription);
  state.Set("a", true);
  EXPECT_EQ(heard, 2);
  other = HealthState::Subscription();
  state.Set("a", false);
  EXPECT_EQ(heard, 2);
}

TEST(HealthStateTest, SubscribersComeAndGoWhileTheStateChanges) {
  HealthState state;
  std::atomic<bool> done{false};
  std::thread setter([&state, &done] {
    for (int i = 0; i < 2000; ++i) state.Set("a", i % 2 == 0);
    done = true;
  });
  std::vector<std::thread> subscribers;
  for (int i = 0; i < 3; ++i) {
    subscribers.emplace_back([&state, &done] {
      do {
        int heard = 0;
        const auto subscription =
            state.Subscribe("a", [&heard](Serving) { ++heard; });
      } while (!done);
    });
  }
  setter.join();
  for (std::thread& subscriber : subscribers) subscriber.join();
}

}  // namespace
}  // namespace plumbline::rpc
