// Proves of a pathway what a release must have.

#ifndef PLUMBLINE_CONTENT_SERVICE_GATE_VERIFY_H_
#define PLUMBLINE_CONTENT_SERVICE_GATE_VERIFY_H_

#include <functional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "content-service/gate/property.h"

namespace plumbline::gate {

enum class Verdict : std::uint8_t { kProved, kRefuted, kTimedOut };

struct PropertyResult {
  std::string property;
  Verdict verdict = Verdict::kProved;
  absl::Duration duration;
  Findings findings;
};

// Told before each property: its name, how many are done, how many there are.
using OnProperty = std::function<void(const std::string&, int, int)>;

struct VerifyOptions {
  Bounds bounds;
  // The day that `review_by` dates are compared with, ISO 8601.
  std::string as_of_date;
  Surroundings surroundings;
  OnProperty on_property;
};

// Every property, in order. `pathway` was compiled from content. A property of
// which the solver could not decide within the bounds is not proved. CANCELLED
// where nobody wants to know any more.
absl::StatusOr<std::vector<PropertyResult>> Verify(
    const pathway::CompiledPathway& pathway, const VerifyOptions& options);

// "z3 4.8.12"
std::string SolverVersion();

}  // namespace plumbline::gate

#endif  // PLUMBLINE_CONTENT_SERVICE_GATE_VERIFY_H_
