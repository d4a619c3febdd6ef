#include "content-service/gate/watchdog.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace plumbline::gate {
namespace {

constexpr std::chrono::milliseconds kBetweenInterruptions(10);

// That the clock can count to.
constexpr absl::Duration kTimeMax = absl::Hours(24 * 365);

}  // namespace

Watchdog::Watchdog(std::function<void()> interrupt)
    : interrupt_(std::move(interrupt)), thread_([this] { Run(); }) {}

Watchdog::~Watchdog() {
  {
    sync::MutexLock lock(mutex_);
    stopping_ = true;
  }
  changed_.NotifyAll();
  thread_.join();
}

void Watchdog::Watch(absl::Duration left) {
  {
    sync::MutexLock lock(mutex_);
    watching_ = true;
    interrupted_ = false;
    end_ = std::chrono::steady_clock::now() +
           absl::ToChronoNanoseconds(std::min(left, kTimeMax));
  }
  changed_.NotifyAll();
}

bool Watchdog::Rest() {
  sync::MutexLock lock(mutex_);
  watching_ = false;
  return interrupted_;
}

void Watchdog::Run() {
  sync::MutexLock lock(mutex_);
  while (!stopping_) {
    if (!watching_) {
      changed_.Wait(mutex_);
    } else if (const auto now = std::chrono::steady_clock::now(); now < end_) {
      changed_.WaitUntil(mutex_, end_);
    } else {
      interrupted_ = true;
      interrupt_();
      changed_.WaitUntil(mutex_, now + kBetweenInterruptions);
    }
  }
}

}  // namespace plumbline::gate
