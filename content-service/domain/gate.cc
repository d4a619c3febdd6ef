#include "content-service/domain/gate.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/pathway/content.h"
#include "common/pathway/run_cases.h"
#include "common/trust/canonical.h"
#include "common/trust/digest.h"
#include "content-service/domain/counts.h"
#include "content-service/domain/exceptions.h"
#include "content-service/domain/prove.h"
#include "content-service/domain/timestamp.h"

namespace plumbline::content {
namespace {

void ReportCases(const pathway::CasesReport& cases, PlaceFinder& places,
                 v1::GateReport& report) {
  report.set_case_count(cases.passed + cases.failed);
  report.set_passed_case_count(cases.passed);
  for (const pathway::CaseResult& result : cases.results) {
    if (result.failures.empty()) continue;
    v1::CaseFailure& failure = *report.add_case_failures();
    failure.set_case_id(result.case_id);
    const pathway::Place place =
        places.Find(absl::StrCat("cases/", result.case_id));
    failure.set_file(place.file);
    failure.set_line(place.line);
    for (const std::string& difference : result.failures) {
      failure.add_differences(difference);
    }
  }
}

void ReportCoverage(v1::Coverage::Kind kind, const pathway::Coverage& from,
                    v1::GateReport& report) {
  v1::Coverage& coverage = *report.add_coverage();
  coverage.set_kind(kind);
  coverage.set_total_count(static_cast<int>(from.total));
  coverage.set_reached_count(static_cast<int>(from.reached()));
  for (const std::string& id : from.unreached) coverage.add_unreached(id);
}

void ReportAllCoverage(const pathway::CoverageByKind& coverage,
                       v1::GateReport& report) {
  ReportCoverage(v1::Coverage::KIND_RULE, coverage.rules, report);
  ReportCoverage(v1::Coverage::KIND_POLICY, coverage.policies, report);
  ReportCoverage(v1::Coverage::KIND_GATE, coverage.gates, report);
  ReportCoverage(v1::Coverage::KIND_GUIDANCE, coverage.guidance, report);
}

bool Passed(const v1::GateReport& report) {
  return report.fault_count() == 0 && report.case_failures().empty() &&
         std::all_of(report.properties().begin(), report.properties().end(),
                     [](const v1::PropertyResult& result) {
                       return result.verdict() ==
                              v1::PropertyResult::VERDICT_PROVED;
                     }) &&
         std::all_of(report.coverage().begin(), report.coverage().end(),
                     [](const v1::Coverage& coverage) {
                       return coverage.unreached().empty();
                     });
}

void RunCases(const pathway::CompiledPathway& pathway,
              const GateOptions& options, PlaceFinder& places,
              v1::GateReport& report) {
  const pathway::Cases& cases = pathway.source->cases();
  v1::GateProgress progress;
  progress.set_stage("cases");
  progress.set_message(absl::StrCat("running ", cases.size(), " cases"));
  progress.set_total_count(cases.size());
  options.on_progress(progress);
  const pathway::CasesReport result = pathway::RunCases(pathway, cases);
  ReportCases(result, places, report);
  ReportAllCoverage(pathway::CoverageOf(pathway, result.unreached), report);
  progress.set_message(
      absl::StrCat(result.passed, " passed, ", result.failed, " failed"));
  progress.set_done_count(cases.size());
  options.on_progress(progress);
}

}  // namespace

v1::GateReport NewReport(const std::string& pathway_id, absl::Time start) {
  v1::GateReport report;
  report.set_pathway_id(pathway_id);
  report.set_engine_version(pathway::kEngineVersion);
  report.set_as_of_date(
      absl::FormatTime("%Y-%m-%d", start, absl::UTCTimeZone()));
  *report.mutable_start_time() = ToTimestamp(start);
  return report;
}

absl::StatusOr<v1::GateReport> RunGate(const pathway::CompiledPathway& pathway,
                                       const GateOptions& options) {
  const absl::Time start = options.clock();
  v1::GateReport report = NewReport(pathway.pathway_id, start);
  if (!options.as_of_date.empty()) report.set_as_of_date(options.as_of_date);
  report.set_digest(pathway.digest);
  PlaceFinder places(options.places);
  RunCases(pathway, options, places, report);
  const absl::Status proved = AddProofs(pathway,
                                        {.clock = options.clock,
                                         .cancelled = options.cancelled,
                                         .on_progress = options.on_progress},
                                        places, report);
  if (!proved.ok()) return proved;
  for (v1::ProofException& exception : ExceptionsOf(*pathway.source)) {
    *report.add_exceptions() = std::move(exception);
  }
  *report.mutable_counts() = CountsOf(*pathway.source);
  report.set_passed(Passed(report));
  report.set_result_digest(ResultDigest(report));
  *report.mutable_duration() = ToDuration(options.clock() - start);
  return report;
}

std::string ResultDigest(v1::GateReport report) {
  report.clear_start_time();
  report.clear_duration();
  report.clear_result_digest();
  for (v1::CaseFailure& failure : *report.mutable_case_failures()) {
    failure.clear_file();
    failure.clear_line();
  }
  for (v1::PropertyResult& result : *report.mutable_properties()) {
    result.clear_duration();
    for (v1::Finding& finding : *result.mutable_findings()) {
      finding.clear_place();
    }
  }
  return trust::Sha256Hex(trust::CanonicalBytes(report));
}

}  // namespace plumbline::content
