#include "triage-service/content/retry_delay.h"

#include <algorithm>

namespace plumbline::triage {

absl::Duration RetryDelay::Next() {
  const absl::Duration delay = next_ * absl::Uniform(random_, 0.5, 1.0);
  next_ = std::min(next_ * 2, options_.longest);
  return delay;
}

absl::Duration RetryDelay::NextLongest() {
  next_ = options_.longest;
  return Next();
}

}  // namespace plumbline::triage
