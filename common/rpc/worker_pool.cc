#include "common/rpc/worker_pool.h"

#include <algorithm>
#include <utility>

namespace plumbline::rpc {

WorkerPool::WorkerPool(int threads, std::size_t queued_max)
    : queued_max_(queued_max) {
  sync::MutexLock lock(mutex_);
  for (int i = 0; i < std::max(threads, 1); ++i) {
    threads_.emplace_back([this] { Work(); });
  }
}

WorkerPool::~WorkerPool() { Stop(); }

bool WorkerPool::TrySubmit(Task task) {
  sync::MutexLock lock(mutex_);
  if (stopped_ || queue_.size() >= queued_max_) return false;
  queue_.push_back(std::move(task));
  changed_.NotifyOne();
  return true;
}

void WorkerPool::Stop() {
  std::vector<std::thread> threads;
  {
    sync::MutexLock lock(mutex_);
    stopped_ = true;
    threads.swap(threads_);
    changed_.NotifyAll();
  }
  for (std::thread& thread : threads) thread.join();
}

std::size_t WorkerPool::queued() const {
  sync::MutexLock lock(mutex_);
  return queue_.size();
}

void WorkerPool::Work() {
  for (;;) {
    Task task;
    {
      sync::MutexLock lock(mutex_);
      while (queue_.empty() && !stopped_) changed_.Wait(mutex_);
      if (queue_.empty()) return;
      task = std::move(queue_.front());
      queue_.pop_front();
    }
    task();
  }
}

}  // namespace plumbline::rpc
