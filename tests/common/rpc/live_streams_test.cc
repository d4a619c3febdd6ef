#include "common/rpc/live_streams.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <memory>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include "common/sync/mutex.h"

namespace plumbline::rpc {
namespace {

using std::chrono::milliseconds;

TEST(LiveStreamsTest, TellsEachStreamOnce) {
  LiveStreams streams;
  std::atomic<int> ended{0};
  std::vector<LiveStreams::Registration> registrations;
  for (int i = 0; i < 10; ++i) {
    registrations.push_back(streams.Add([&ended] { ++ended; }));
  }
  EXPECT_FALSE(streams.ending());
  streams.EndAll();
  streams.EndAll();
  EXPECT_EQ(ended, 10);
  EXPECT_TRUE(streams.ending());
}

TEST(LiveStreamsTest, TellsAStreamThatComesAfterTheEnd) {
  LiveStreams streams;
  streams.EndAll();
  std::atomic<int> ended{0};
  const LiveStreams::Registration registration =
      streams.Add([&ended] { ++ended; });
  EXPECT_EQ(ended, 1);
}

TEST(LiveStreamsTest, DoesNotTellAStreamThatIsGone) {
  LiveStreams streams;
  std::atomic<int> ended{0};
  {
    const auto registration = streams.Add([&ended] { ++ended; });
  }
  streams.EndAll();
  EXPECT_EQ(ended, 0);
}

TEST(LiveStreamsTest, CountsOpenStreams) {
  LiveStreams streams;
  EXPECT_EQ(streams.size(), 0u);
  auto first = streams.Add([] {});
  auto second = streams.Add([] {});
  EXPECT_EQ(streams.size(), 2u);
  first = std::move(second);
  EXPECT_EQ(streams.size(), 1u);
  first = LiveStreams::Registration();
  EXPECT_EQ(streams.size(), 0u);
}

TEST(LiveStreamsTest, AStreamMayLeaveFromItsOwnEnd) {
  LiveStreams streams;
  std::optional<LiveStreams::Registration> registration;
  registration = streams.Add([&registration] { registration.reset(); });
  streams.EndAll();
  EXPECT_EQ(streams.size(), 0u);
}

TEST(LiveStreamsTest, LeavingWaitsForAnEndThatRuns) {
  LiveStreams streams;
  sync::Mutex mutex;
  sync::CondVar changed;
  bool running = false;
  std::atomic<bool> finished{false};
  std::optional<LiveStreams::Registration> registration =
      streams.Add([&mutex, &changed, &running, &finished] {
        sync::MutexLock lock(mutex);
        running = true;
        changed.NotifyAll();
        // Until the leaving thread has had time to be wrong.
        changed.WaitUntil(mutex,
                          std::chrono::steady_clock::now() + milliseconds(20));
        finished = true;
      });
  std::thread ender([&streams] { streams.EndAll(); });
  {
    sync::MutexLock lock(mutex);
    while (!running) changed.Wait(mutex);
  }
  registration.reset();
  EXPECT_TRUE(finished);
  ender.join();
}

TEST(LiveStreamsTest, ComeAndGoWhileAllAreEnded) {
  constexpr int kThreads = 4;
  constexpr int kRounds = 500;
  LiveStreams streams;
  std::vector<std::thread> threads;
  for (int i = 0; i < kThreads; ++i) {
    threads.emplace_back([&streams] {
      for (int round = 0; round < kRounds; ++round) {
        auto told = std::make_unique<std::atomic<int>>(0);
        auto registration = streams.Add([&told] { ++*told; });
        registration = LiveStreams::Registration();
        EXPECT_LE(*told, 1);
      }
    });
  }
  streams.EndAll();
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(streams.size(), 0u);
}

}  // namespace
}  // namespace plumbline::rpc
