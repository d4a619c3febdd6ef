// The gate: what content must pass before anyone is asked to approve it.
//
// Every case gives the result that it must have, the cases reach every rule,
// policy, gate and guidance record, and what must hold of every legal intake is
// proved (content-service/gate). Pure but for the times that are given: anyone
// who has the content makes the same report, but for times and places.

#ifndef PLUMBLINE_CONTENT_SERVICE_DOMAIN_GATE_H_
#define PLUMBLINE_CONTENT_SERVICE_DOMAIN_GATE_H_

#include <functional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/pathway/model.h"
#include "content-service/domain/actor.h"
#include "content-service/domain/place_finder.h"
#include "plumbline/content/v1/draft.pb.h"

namespace plumbline::content {

using OnProgress = std::function<void(const v1::GateProgress&)>;

struct GateOptions {
  // The day that `review_by` dates are compared with, ISO 8601. Empty: that of
  // the clock, UTC.
  std::string as_of_date;
  // Gives the places of elements; asked only where something is found.
  std::function<ElementPlaces()> places = [] { return ElementPlaces(); };
  Clock clock;
  OnProgress on_progress = [](const v1::GateProgress&) {};
  std::function<bool()> cancelled = [] { return false; };
};

// Runs the gate over compiled content. CANCELLED once `cancelled` says so.
absl::StatusOr<v1::GateReport> RunGate(const pathway::CompiledPathway& pathway,
                                       const GateOptions& options);

// A report that nothing stands in yet.
v1::GateReport NewReport(const std::string& pathway_id, absl::Time start);

// What `GateReport.result_digest` says of a report.
std::string ResultDigest(v1::GateReport report);

}  // namespace plumbline::content

#endif  // PLUMBLINE_CONTENT_SERVICE_DOMAIN_GATE_H_
