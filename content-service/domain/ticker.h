// Calls a function again and again, in a thread of its own. Free of gRPC types.

#ifndef PLUMBLINE_CONTENT_SERVICE_DOMAIN_TICKER_H_
#define PLUMBLINE_CONTENT_SERVICE_DOMAIN_TICKER_H_

#include <chrono>
#include <functional>
#include <thread>

#include "common/sync/mutex.h"
#include "content-service/domain/observers.h"

namespace plumbline::content {

// What streams are told at each tick: a heartbeat interval has passed.
struct Tick {};

using TickObservers = Observers<Tick>;

// When the tick after the one of `previous` is due, where `now` is when that
// one was done: an interval later, but where that has passed already an
// interval from now. Ticks that were missed are not made up for.
std::chrono::steady_clock::time_point NextTick(
    std::chrono::steady_clock::time_point previous,
    std::chrono::milliseconds interval,
    std::chrono::steady_clock::time_point now);

class Ticker {
 public:
  // Calls `tick` every `interval`, first after one interval.
  Ticker(std::chrono::milliseconds interval, std::function<void()> tick);

  // Waits for a call that is under way; afterwards there is none.
  ~Ticker();

  Ticker(const Ticker&) = delete;
  Ticker& operator=(const Ticker&) = delete;

 private:
  void Work();
  bool WaitUntil(sync::CondVar::TimePoint time);

  const std::chrono::milliseconds interval_;
  const std::function<void()> tick_;
  sync::Mutex mutex_;
  sync::CondVar changed_;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread thread_;  // Last: it uses all of the above.
};

}  // namespace plumbline::content

#endif  // PLUMBLINE_CONTENT_SERVICE_DOMAIN_TICKER_H_
