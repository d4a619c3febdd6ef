#include "content-service/domain/prove.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "common/pathway/answers.h"
#include "content-service/domain/timestamp.h"
#include "content-service/gate/verify.h"

namespace plumbline::content {
namespace {

using gate::Finding;
using gate::PropertyResult;
using pathway::CompiledPathway;

v1::PropertyResult::Verdict ToMessage(gate::Verdict verdict) {
  switch (verdict) {
    case gate::Verdict::kProved:
      return v1::PropertyResult::VERDICT_PROVED;
    case gate::Verdict::kRefuted:
      return v1::PropertyResult::VERDICT_REFUTED;
    case gate::Verdict::kTimedOut:
      return v1::PropertyResult::VERDICT_TIMED_OUT;
  }
  return v1::PropertyResult::VERDICT_UNSPECIFIED;
}

void Write(const CompiledPathway& pathway, const std::string& property,
           const Finding& finding, const std::string& id, PlaceFinder& places,
           v1::Finding& message) {
  message.set_failure(finding.failure);
  for (const std::string& element : finding.elements) {
    message.add_elements(element);
  }
  message.set_message(finding.message);
  message.set_advice(finding.advice);
  if (!finding.elements.empty()) {
    const pathway::Place place = places.Find(finding.elements.front());
    if (!place.file.empty()) {
      message.mutable_place()->set_file(place.file);
      message.mutable_place()->set_line(place.line);
      message.mutable_place()->set_column(place.column);
      message.mutable_place()->set_path(finding.elements.front());
    }
  }
  if (!finding.counterexample.has_value()) return;
  pathway::v1::Case& example = *message.mutable_counterexample();
  example.set_case_id(id);
  example.set_narrative(absl::StrCat("Found by the gate: ", property, "."));
  example.set_source("gate");
  example.set_expected_disposition(static_cast<pathway::v1::Disposition>(
      gate::DispositionOf(pathway, *finding.counterexample)));
  *example.mutable_answers() =
      pathway::ToMessages(pathway, *finding.counterexample);
}

v1::GateProgress Progress(const std::string& property, int done, int total) {
  v1::GateProgress progress;
  progress.set_stage("prove");
  progress.set_message(absl::StrCat("proving ", property));
  progress.set_done_count(done);
  progress.set_total_count(total);
  return progress;
}

}  // namespace

absl::Status AddProofs(const CompiledPathway& pathway,
                       const ProofOptions& options, PlaceFinder& places,
                       v1::GateReport& report) {
  const absl::StatusOr<std::vector<PropertyResult>> results = gate::Verify(
      pathway,
      {.bounds = {},
       .as_of_date = report.as_of_date(),
       .surroundings = {.clock = options.clock, .cancelled = options.cancelled},
       .on_property = [&options](const std::string& property, int done,
                                 int total) {
         options.on_progress(Progress(property, done, total));
       }});
  if (!results.ok()) return results.status();
  for (const PropertyResult& result : *results) {
    v1::PropertyResult& message = *report.add_properties();
    message.set_property(result.property);
    message.set_verdict(ToMessage(result.verdict));
    *message.mutable_duration() = ToDuration(result.duration);
    for (const Finding& finding : result.findings) {
      const std::string id =
          absl::StrCat(result.property, "-", message.findings_size() + 1);
      Write(pathway, result.property, finding, id, places,
            *message.add_findings());
    }
  }
  report.set_solver_version(gate::SolverVersion());
  return absl::OkStatus();
}

}  // namespace plumbline::content
