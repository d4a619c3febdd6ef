// How old content is: the time since it was last known to be its channel's
// newest. A plain value.

#ifndef PLUMBLINE_TRIAGE_SERVICE_CONTENT_CONTENT_AGE_H_
#define PLUMBLINE_TRIAGE_SERVICE_CONTENT_CONTENT_AGE_H_

#include "absl/time/time.h"

namespace plumbline::triage {

class ContentAge {
 public:
  // The content is the newest at `now`, and stays so until Lost().
  void Current(absl::Time now);

  // Whether it still is the newest is no longer known, or it is known not to
  // be.
  void Lost();

  // 0 while it is the newest; never negative, whatever the clock does. Infinite
  // where it never was.
  absl::Duration At(absl::Time now) const;

  // When it was last known to be the newest; InfinitePast() where it never was.
  absl::Time last_current() const { return last_current_; }

 private:
  absl::Time last_current_ = absl::InfinitePast();
  bool is_current_ = false;
};

}  // namespace plumbline::triage

#endif  // PLUMBLINE_TRIAGE_SERVICE_CONTENT_CONTENT_AGE_H_
