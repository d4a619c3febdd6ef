#include "content-service/domain/prove.h"

#include <optional>
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

// Writes findings, and finds their places when the first one is written.
class FindingWriter {
 public:
  FindingWriter(const CompiledPathway& pathway, const ProofOptions& options)
      : pathway_(pathway), options_(options) {}

  void Write(const Finding& finding, const std::string& id,
             v1::Finding& message) {
    message.set_failure(finding.failure);
    for (const std::string& element : finding.elements) {
      message.add_elements(element);
    }
    message.set_message(finding.message);
    message.set_advice(finding.advice);
    SetPlace(finding, message);
    if (!finding.counterexample.has_value()) return;
    pathway::v1::Case& example = *message.mutable_counterexample();
    example.set_case_id(id);
    *example.mutable_answers() =
        pathway::ToMessages(pathway_, *finding.counterexample);
  }

 private:
  void SetPlace(const Finding& finding, v1::Finding& message) {
    if (finding.elements.empty()) return;
    if (!places_.has_value()) places_ = options_.places();
    const auto found = places_->find(finding.elements.front());
    if (found == places_->end()) return;
    message.mutable_place()->set_file(found->second.file);
    message.mutable_place()->set_line(found->second.line);
    message.mutable_place()->set_column(found->second.column);
    message.mutable_place()->set_path(finding.elements.front());
  }

  const CompiledPathway& pathway_;
  const ProofOptions& options_;
  std::optional<ElementPlaces> places_;
};

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
                       const ProofOptions& options, v1::GateReport& report) {
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
  FindingWriter writer(pathway, options);
  for (const PropertyResult& result : *results) {
    v1::PropertyResult& message = *report.add_properties();
    message.set_property(result.property);
    message.set_verdict(ToMessage(result.verdict));
    *message.mutable_duration() = ToDuration(result.duration);
    for (const Finding& finding : result.findings) {
      const std::string id =
          absl::StrCat(result.property, "-", message.findings_size() + 1);
      writer.Write(finding, id, *message.add_findings());
    }
  }
  report.set_solver_version(gate::SolverVersion());
  return absl::OkStatus();
}

}  // namespace plumbline::content
