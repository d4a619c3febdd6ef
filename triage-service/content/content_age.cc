#include "triage-service/content/content_age.h"

#include <algorithm>

namespace plumbline::triage {

void ContentAge::Current(absl::Time now) {
  last_current_ = now;
  is_current_ = true;
}

void ContentAge::Lost() { is_current_ = false; }

absl::Duration ContentAge::At(absl::Time now) const {
  if (is_current_) return absl::ZeroDuration();
  return std::max(now - last_current_, absl::ZeroDuration());
}

}  // namespace plumbline::triage
