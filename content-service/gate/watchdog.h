// Ends work when its time is over. Z3's own bound on time is lost at times:
// where it is over as the work begins, the work goes on as long as it takes.

#ifndef PLUMBLINE_CONTENT_SERVICE_GATE_WATCHDOG_H_
#define PLUMBLINE_CONTENT_SERVICE_GATE_WATCHDOG_H_

#include <functional>
#include <thread>

#include "absl/base/thread_annotations.h"
#include "absl/time/time.h"
#include "common/sync/mutex.h"

namespace plumbline::gate {

// Watch() and Rest() belong to the thread that works.
class Watchdog {
 public:
  // `interrupt` asks the work to end, from another thread. It has no effect
  // before the work has begun, or between two parts of it.
  explicit Watchdog(std::function<void()> interrupt);
  ~Watchdog();
  Watchdog(const Watchdog&) = delete;
  Watchdog& operator=(const Watchdog&) = delete;

  // Work begins that may take `left`, of the time that passes in the world.
  // Once that is over the work is interrupted, again and again.
  void Watch(absl::Duration left);

  // It has ended, and nothing interrupts from here on. Returns whether it was
  // interrupted.
  bool Rest();

 private:
  void Run();

  const std::function<void()> interrupt_;
  sync::Mutex mutex_;
  sync::CondVar changed_;
  bool watching_ ABSL_GUARDED_BY(mutex_) = false;
  bool interrupted_ ABSL_GUARDED_BY(mutex_) = false;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  sync::CondVar::TimePoint end_ ABSL_GUARDED_BY(mutex_);
  std::thread thread_;  // Last: it uses the others.
};

}  // namespace plumbline::gate

#endif  // PLUMBLINE_CONTENT_SERVICE_GATE_WATCHDOG_H_
