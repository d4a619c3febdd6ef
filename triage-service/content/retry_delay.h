// How long to wait before the next attempt: doubling from `first` to `longest`,
// each time a random part of it, so that replicas that lost the same service do
// not come back together.

#ifndef PLUMBLINE_TRIAGE_SERVICE_CONTENT_RETRY_DELAY_H_
#define PLUMBLINE_TRIAGE_SERVICE_CONTENT_RETRY_DELAY_H_

#include "absl/random/random.h"
#include "absl/time/time.h"

namespace plumbline::triage {

class RetryDelay {
 public:
  struct Options {
    absl::Duration first = absl::Milliseconds(200);
    absl::Duration longest = absl::Seconds(30);
  };

  explicit RetryDelay(const Options& options)
      : options_(options), next_(options.first) {}

  // Between half of the present delay and the whole of it. The next one is
  // twice as long, up to `longest`.
  absl::Duration Next();

  // As Next(), of `longest` at once.
  absl::Duration NextLongest();

  // The last attempt did well: begins at `first` again.
  void Reset() { next_ = options_.first; }

 private:
  const Options options_;
  absl::Duration next_;
  absl::BitGen random_;
};

}  // namespace plumbline::triage

#endif  // PLUMBLINE_TRIAGE_SERVICE_CONTENT_RETRY_DELAY_H_
