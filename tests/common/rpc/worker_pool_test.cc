#include "common/rpc/worker_pool.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

#include "common/sync/mutex.h"

namespace plumbline::rpc {
namespace {

// A door that tasks wait at until the test opens it.
class Door {
 public:
  void Open() {
    sync::MutexLock lock(mutex_);
    open_ = true;
    changed_.NotifyAll();
  }

  void PassThrough() {
    sync::MutexLock lock(mutex_);
    ++arrived_;
    changed_.NotifyAll();
    while (!open_) changed_.Wait(mutex_);
  }

  void WaitForArrivals(int count) {
    sync::MutexLock lock(mutex_);
    while (arrived_ < count) changed_.Wait(mutex_);
  }

 private:
  sync::Mutex mutex_;
  sync::CondVar changed_;
  bool open_ ABSL_GUARDED_BY(mutex_) = false;
  int arrived_ ABSL_GUARDED_BY(mutex_) = 0;
};

TEST(WorkerPoolTest, RunsEveryTaskThatItAccepts) {
  std::atomic<int> runs{0};
  int accepted = 0;
  {
    WorkerPool pool(4, 8);
    for (int i = 0; i < 1000; ++i) {
      if (pool.TrySubmit([&runs] { ++runs; })) ++accepted;
    }
  }
  EXPECT_GT(accepted, 0);
  EXPECT_EQ(runs, accepted);
}

TEST(WorkerPoolTest, TakesTasksFromManyThreads) {
  constexpr int kThreads = 4;
  constexpr int kTasks = 500;
  std::atomic<int> runs{0};
  {
    WorkerPool pool(2, kThreads * kTasks);
    std::vector<std::thread> threads;
    for (int i = 0; i < kThreads; ++i) {
      threads.emplace_back([&pool, &runs] {
        for (int task = 0; task < kTasks; ++task) {
          EXPECT_TRUE(pool.TrySubmit([&runs] { ++runs; }));
        }
      });
    }
    for (std::thread& thread : threads) thread.join();
  }
  EXPECT_EQ(runs, kThreads * kTasks);
}

TEST(WorkerPoolTest, RefusesBeyondItsQueueAndNotBefore) {
  Door door;
  WorkerPool pool(1, 2);
  ASSERT_TRUE(pool.TrySubmit([&door] { door.PassThrough(); }));
  door.WaitForArrivals(1);
  EXPECT_TRUE(pool.TrySubmit([] {}));
  EXPECT_EQ(pool.queued(), 1u);
  EXPECT_TRUE(pool.TrySubmit([] {}));
  EXPECT_EQ(pool.queued(), 2u);
  EXPECT_FALSE(pool.TrySubmit([] {}));
  door.Open();
}

TEST(WorkerPoolTest, StopRunsWhatWaitsAndRefusesTheRest) {
  Door door;
  std::atomic<int> runs{0};
  WorkerPool pool(1, 10);
  ASSERT_TRUE(pool.TrySubmit([&door] { door.PassThrough(); }));
  for (int i = 0; i < 5; ++i) {
    ASSERT_TRUE(pool.TrySubmit([&runs] { ++runs; }));
  }
  door.WaitForArrivals(1);
  std::thread stopper([&pool] { pool.Stop(); });
  door.Open();
  stopper.join();
  EXPECT_EQ(runs, 5);
  EXPECT_FALSE(pool.TrySubmit([] {}));
}

TEST(WorkerPoolTest, HasAtLeastOneThread) {
  Door door;
  WorkerPool pool(0, 1);
  ASSERT_TRUE(pool.TrySubmit([&door] { door.PassThrough(); }));
  door.WaitForArrivals(1);
  door.Open();
}

}  // namespace
}  // namespace plumbline::rpc
