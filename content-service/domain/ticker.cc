#include "content-service/domain/ticker.h"

#include <utility>

namespace plumbline::content {

std::chrono::steady_clock::time_point NextTick(
    std::chrono::steady_clock::time_point previous,
    std::chrono::milliseconds interval,
    std::chrono::steady_clock::time_point now) {
  const auto next = previous + interval;
  return next < now ? now + interval : next;
}

Ticker::Ticker(std::chrono::milliseconds interval, std::function<void()> tick)
    : interval_(interval),
      tick_(std::move(tick)),
      thread_([this] { Work(); }) {}

Ticker::~Ticker() {
  {
    const sync::MutexLock lock(mutex_);
    stopping_ = true;
  }
  changed_.NotifyAll();
  thread_.join();
}

void Ticker::Work() {
  auto next = std::chrono::steady_clock::now() + interval_;
  while (WaitUntil(next)) {
    tick_();
    next = NextTick(next, interval_, std::chrono::steady_clock::now());
  }
}

// Returns false where the ticker stops first.
bool Ticker::WaitUntil(sync::CondVar::TimePoint time) {
  const sync::MutexLock lock(mutex_);
  while (!stopping_ && changed_.WaitUntil(mutex_, time)) {
  }
  return !stopping_;
}

}  // namespace plumbline::content
