// The gate: what sources must pass before anyone is asked to approve them.
//
// They compile, every case gives the result that it must have, the cases reach
// every rule, policy, gate and guidance record, and what must hold of every
// legal intake is proved (content-service/gate). Pure but for the times that
// are given.

#ifndef PLUMBLINE_CONTENT_SERVICE_DOMAIN_GATE_H_
#define PLUMBLINE_CONTENT_SERVICE_DOMAIN_GATE_H_

#include <functional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/pathway/model.h"
#include "common/trust/trust_policy.h"
#include "content-service/domain/actor.h"
#include "content-service/domain/stored_draft.h"
#include "plumbline/content/v1/draft.pb.h"

namespace plumbline::content {

// Faults beyond this are counted and not listed.
inline constexpr int kListedFaultsMax = 1000;

struct CompiledSources {
  // Empty where there are faults.
  std::string content;
  std::string digest;
  // What is wrong; only where there are faults.
  v1::GateReport report;

  bool ok() const { return report.fault_count() == 0; }
};

// Compiles the sources of a draft of `pathway_id`.
CompiledSources CompileSources(const std::string& pathway_id,
                               const Sources& sources, const Clock& clock);

using OnProgress = std::function<void(const v1::GateProgress&)>;

// Runs the gate over compiled content. `sources` are those that it was compiled
// from, for the places of cases and elements. CANCELLED once `cancelled` says
// so.
absl::StatusOr<v1::GateReport> RunGate(
    const pathway::CompiledPathway& pathway, const Sources& sources,
    const Clock& clock, const OnProgress& on_progress,
    const std::function<bool()>& cancelled = [] { return false; });

// The report's bytes, and the attestation that holds them. `time` is that of
// the statement.
v1::Attestation AttestReport(const trust::TrustPolicy& policy,
                             const std::string& pathway_id,
                             const v1::GateReport& report, absl::Time time);

}  // namespace plumbline::content

#endif  // PLUMBLINE_CONTENT_SERVICE_DOMAIN_GATE_H_
