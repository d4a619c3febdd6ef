// The settings of failpoints (common/fault/failpoint.h), and how often each was
// hit. The `-with-faults` programs read both from the environment:
//
//   PLUMBLINE_FAILPOINTS=store.before-commit=kill@3,sync.before-send=delay:5@1
//   PLUMBLINE_FAILPOINT_HITS=<path of the file of counts>
//
// An action is one of
//   kill       SIGKILL to the process itself
//   stop       SIGSTOP to the process itself; SIGCONT lets it go on
//   fail       the place returns an error, where it can
//   delay:MS   the thread waits so many milliseconds
// and is taken at the N-th hit from the start (`@N`), or at each hit with a
// probability (`@random:P:SEED`).

#ifndef PLUMBLINE_TESTS_FAULTS_FAILPOINTS_H_
#define PLUMBLINE_TESTS_FAULTS_FAILPOINTS_H_

#include <cstdint>
#include <map>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace plumbline::testing {

// Arms failpoints of this program, those that `setting` names and no other, and
// counts N anew. INVALID_ARGUMENT, changing nothing, says which part of
// `setting` is wrong and what would be right.
absl::Status SetFailpoints(absl::string_view setting);

// Counts from now on in the file `path`, which is made where there is none:
// counts add up over the processes that use it, and survive their death.
absl::Status CountFailpointHits(const std::string& path);

struct FailpointHits {
  std::int64_t hits = 0;
  std::int64_t acted = 0;  // Of them, how many did what the setting asked for.
};

// What the file holds, by name: each point of every program that used it, even
// one that was never hit.
absl::StatusOr<std::map<std::string, FailpointHits>> ReadFailpointHits(
    const std::string& path);

}  // namespace plumbline::testing

#endif  // PLUMBLINE_TESTS_FAULTS_FAILPOINTS_H_
