// Runs the gate over drafts that are being checked, one at a time, in a thread
// of its own. Free of gRPC types. Thread-safe.
//
// The queue is the store itself: every draft in state CHECKING is waiting. So a
// gate that a stop cut short runs again at the next start, and one that failed
// (the store could not be read or written) runs again after a while.

#ifndef PLUMBLINE_CONTENT_SERVICE_DOMAIN_GATE_RUNNER_H_
#define PLUMBLINE_CONTENT_SERVICE_DOMAIN_GATE_RUNNER_H_

#include <functional>
#include <random>
#include <string>
#include <thread>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "common/sync/mutex.h"
#include "common/trust/trust_policy.h"
#include "content-service/domain/actor.h"
#include "content-service/domain/observers.h"
#include "content-service/domain/stored_draft.h"
#include "content-service/storage/content_store.h"
#include "plumbline/content/v1/draft.pb.h"

namespace plumbline::content {

// What a watcher of a draft is told.
struct GateUpdate {
  v1::GateProgress progress;
  // The gate is through with the draft; its report is stored.
  bool done = false;
};

using GateObservers = Observers<GateUpdate>;

// When what failed is tried again: first after `first`, then after twice as
// long each time, up to `longest`; each wait is shortened at random by up to
// half.
struct GateRetry {
  absl::Duration first = absl::Milliseconds(200);
  absl::Duration longest = absl::Seconds(30);
};

class GateRunner {
 public:
  // Told of what the gate could not do. The draft stays CHECKING, and is tried
  // again.
  using OnFailure =
      std::function<void(const std::string& draft, const absl::Status&)>;

  // Starts with the drafts that wait already. All must outlive it.
  GateRunner(ContentStore& store, const trust::TrustPolicy& policy, Clock clock,
             OnFailure on_failure, GateRetry retry = {});

  // Ends the running gate at its next question, and starts no other: its draft
  // waits for the next start.
  ~GateRunner();

  GateRunner(const GateRunner&) = delete;
  GateRunner& operator=(const GateRunner&) = delete;

  // Says that a draft is waiting.
  void Wake();

  // By the name of the draft.
  GateObservers& observers() { return observers_; }

 private:
  void Work();
  // Waits until there is something to do. False where the runner stops first.
  bool WaitForWork();
  void RunAllWaiting();
  absl::Status RunOne(const StoredDraft& draft);
  bool Stopping();

  ContentStore& store_;
  const trust::TrustPolicy& policy_;
  const Clock clock_;
  const OnFailure on_failure_;
  const GateRetry retry_;
  GateObservers observers_;

  // Of the runner's thread alone.
  std::minstd_rand random_{std::random_device()()};
  absl::Duration wait_;  // Zero: nothing failed.

  sync::Mutex mutex_;
  sync::CondVar changed_;
  bool awake_ ABSL_GUARDED_BY(mutex_) = true;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;

  std::thread thread_;  // Last: it uses all of the above.
};

}  // namespace plumbline::content

#endif  // PLUMBLINE_CONTENT_SERVICE_DOMAIN_GATE_RUNNER_H_
