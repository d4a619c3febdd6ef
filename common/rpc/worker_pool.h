// A fixed number of threads and a bounded queue in front of them, for work that
// must not hold up the threads that serve the network. When the queue is full
// work is refused at once, for the caller to shed. Thread-safe.

#ifndef PLUMBLINE_COMMON_RPC_WORKER_POOL_H_
#define PLUMBLINE_COMMON_RPC_WORKER_POOL_H_

#include <cstddef>
#include <deque>
#include <functional>
#include <thread>
#include <vector>

#include "common/sync/mutex.h"

namespace plumbline::rpc {

class WorkerPool {
 public:
  using Task = std::function<void()>;

  // At least one thread; `queued_max` tasks may wait beside those that run.
  WorkerPool(int threads, std::size_t queued_max);

  // As Stop().
  ~WorkerPool();

  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  // Queues `task`, or returns false if the queue is full or the pool has
  // stopped. Every task that was accepted is run.
  [[nodiscard]] bool TrySubmit(Task task);

  // Refuses new tasks, runs those that wait, and returns when all are done. Not
  // to be called from a task.
  void Stop();

  // How many tasks wait.
  std::size_t queued() const;

 private:
  void Work();

  const std::size_t queued_max_;
  mutable sync::Mutex mutex_;
  sync::CondVar changed_;
  std::deque<Task> queue_ ABSL_GUARDED_BY(mutex_);
  bool stopped_ ABSL_GUARDED_BY(mutex_) = false;
  std::vector<std::thread> threads_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace plumbline::rpc

#endif  // PLUMBLINE_COMMON_RPC_WORKER_POOL_H_
