// Proves of a pathway what a release must have.

#ifndef PLUMBLINE_CONTENT_SERVICE_GATE_VERIFY_H_
#define PLUMBLINE_CONTENT_SERVICE_GATE_VERIFY_H_

#include <functional>
#include <string>
#include <vector>

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

// For how long each property took.
using Clock = std::function<absl::Time()>;

// Every property, in order. `pathway` was compiled from content. A property of
// which the solver could not decide within `bounds` is not proved.
std::vector<PropertyResult> Verify(const pathway::CompiledPathway& pathway,
                                   const Bounds& bounds, const Clock& clock,
                                   const OnProperty& on_property);

// "z3 4.8.12"
std::string SolverVersion();

}  // namespace plumbline::gate

#endif  // PLUMBLINE_CONTENT_SERVICE_GATE_VERIFY_H_
