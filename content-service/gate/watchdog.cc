#include "content-service/gate/watchdog.h"

#include <algorithm>
#include <chrono>

namespace plumbline::gate {
namespace {

// An interruption before the work has begun, or between two parts of it, has no
// effect.
constexpr std::chrono::milliseconds kBetweenInterruptions(10);

// That the clock can count to.
constexpr absl::Duration kTimeMax = absl::Hours(24 * 365);

}  // namespace

Watchdog::Watchdog(z3::context& z3) : z3_(z3), thread_([this] { Run(); }) {}

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
      z3_.interrupt();
      changed_.WaitUntil(mutex_, now + kBetweenInterruptions);
    }
  }
}

}  // namespace plumbline::gate
