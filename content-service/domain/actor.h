// Who does something, and when.

#ifndef PLUMBLINE_CONTENT_SERVICE_DOMAIN_ACTOR_H_
#define PLUMBLINE_CONTENT_SERVICE_DOMAIN_ACTOR_H_

#include <functional>
#include <string>

#include "absl/time/time.h"

namespace plumbline::content {

struct Actor {
  std::string principal;
  absl::Time time;
};

// Tells the time. Tests pass their own.
using Clock = std::function<absl::Time()>;

// Tells how much time has passed since some moment before the first call, by a
// clock that nobody sets: for how long something takes. Tests pass their own.
using Stopwatch = std::function<absl::Duration()>;

}  // namespace plumbline::content

#endif  // PLUMBLINE_CONTENT_SERVICE_DOMAIN_ACTOR_H_
