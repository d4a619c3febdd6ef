#include "common/sync/mutex.h"

#include <gtest/gtest.h>

#include <chrono>
#include <thread>
#include <vector>

namespace plumbline::sync {
namespace {

// Something that a lock guards.
struct Counter {
  Mutex mutex;
  CondVar changed;
  int value ABSL_GUARDED_BY(mutex) = 0;
};

constexpr int kThreads = 4;
constexpr int kRounds = 10'000;

TEST(MutexTest, OneThreadAtATimeHoldsIt) {
  Counter counter;
  std::vector<std::thread> threads;
  for (int i = 0; i < kThreads; ++i) {
    threads.emplace_back([&counter] {
      for (int round = 0; round < kRounds; ++round) {
        MutexLock lock(counter.mutex);
        ++counter.value;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  MutexLock lock(counter.mutex);
  EXPECT_EQ(counter.value, kThreads * kRounds);
}

TEST(MutexTest, TryLockFailsWhileAnotherThreadHoldsIt) {
  Mutex mutex;
  mutex.Lock();
  bool taken = true;
  std::thread([&mutex, &taken] {
    if (mutex.TryLock()) {
      mutex.Unlock();
    } else {
      taken = false;
    }
  }).join();
  EXPECT_FALSE(taken);
  mutex.Unlock();
  // Branches rather than a macro: the analysis follows them.
  if (mutex.TryLock()) {
    mutex.Unlock();
  } else {
    ADD_FAILURE() << "a free lock was not taken";
  }
}

TEST(CondVarTest, WaitSeesWhatAnotherThreadChanged) {
  Counter counter;
  std::thread changer([&counter] {
    MutexLock lock(counter.mutex);
    counter.value = 7;
    counter.changed.NotifyAll();
  });
  {
    MutexLock lock(counter.mutex);
    while (counter.value == 0) counter.changed.Wait(counter.mutex);
    EXPECT_EQ(counter.value, 7);
  }
  changer.join();
}

TEST(CondVarTest, WaitUntilEndsWithItsDeadline) {
  Counter counter;
  MutexLock lock(counter.mutex);
  const auto deadline =
      std::chrono::steady_clock::now() + std::chrono::milliseconds(1);
  while (counter.changed.WaitUntil(counter.mutex, deadline)) {
  }
  EXPECT_GE(std::chrono::steady_clock::now(), deadline);
}

}  // namespace
}  // namespace plumbline::sync
