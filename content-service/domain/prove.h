// The proofs of the gate, as its report has them.

#ifndef PLUMBLINE_CONTENT_SERVICE_DOMAIN_PROVE_H_
#define PLUMBLINE_CONTENT_SERVICE_DOMAIN_PROVE_H_

#include <functional>

#include "absl/status/status.h"
#include "common/pathway/model.h"
#include "content-service/domain/actor.h"
#include "content-service/domain/place_finder.h"
#include "plumbline/content/v1/draft.pb.h"

namespace plumbline::content {

struct ProofOptions {
  Clock clock;
  std::function<bool()> cancelled = [] { return false; };
  std::function<void(const v1::GateProgress&)> on_progress;
};

// Proves every property of the content, with the report's `as_of_date`, and
// adds what is found to the report. CANCELLED as the options say.
absl::Status AddProofs(const pathway::CompiledPathway& pathway,
                       const ProofOptions& options, PlaceFinder& places,
                       v1::GateReport& report);

}  // namespace plumbline::content

#endif  // PLUMBLINE_CONTENT_SERVICE_DOMAIN_PROVE_H_
