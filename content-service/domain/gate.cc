#include "content-service/domain/gate.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/pathway/content.h"
#include "common/pathway/read_folder.h"
#include "common/pathway/run_cases.h"
#include "common/trust/canonical.h"
#include "common/trust/digest.h"
#include "common/trust/statement.h"
#include "content-service/domain/prove.h"
#include "content-service/domain/signed_statement.h"
#include "content-service/domain/timestamp.h"

namespace plumbline::content {
namespace {

// The sources in the form that the reader takes.
pathway::SourceFiles ToSourceFiles(const Sources& sources) {
  pathway::SourceFiles files;
  for (const v1::SourceFile& file : sources) {
    files[file.path()] = file.content();
  }
  return files;
}

v1::SourceFault ToSourceFault(const pathway::Fault& fault) {
  v1::SourceFault message;
  message.set_file(fault.place.file);
  message.set_line(fault.place.line);
  message.set_column(fault.place.column);
  message.set_path(fault.path);
  message.set_message(fault.message);
  return message;
}

v1::GateReport NewReport(const std::string& pathway_id, absl::Time start) {
  v1::GateReport report;
  report.set_pathway_id(pathway_id);
  report.set_engine_version(pathway::kEngineVersion);
  report.set_as_of_date(
      absl::FormatTime("%Y-%m-%d", start, absl::UTCTimeZone()));
  *report.mutable_start_time() = ToTimestamp(start);
  return report;
}

void ListFaults(const pathway::Faults& faults, v1::GateReport& report) {
  report.set_fault_count(static_cast<int>(faults.size()));
  const std::size_t listed =
      std::min<std::size_t>(faults.size(), kListedFaultsMax);
  for (std::size_t i = 0; i < listed; ++i) {
    *report.add_faults() = ToSourceFault(faults[i]);
  }
}

pathway::Fault WrongPathway(const std::string& given,
                            const std::string& wanted) {
  return {"pathway_id",
          absl::StrCat("'", given, "' is not the pathway of this draft, '",
                       wanted, "'"),
          {"pathway.txtpb"}};
}

pathway::Fault TooLarge(std::size_t bytes) {
  return {"", absl::StrCat("the content has ", bytes, " bytes; at most ",
                           pathway::kContentBytesMax, " are taken")};
}

// Where a case stands: the first line of a case file that holds its id.
std::pair<std::string, int> PlaceOfCase(const Sources& sources,
                                        const std::string& case_id) {
  const std::string quoted = absl::StrCat("\"", case_id, "\"");
  for (const v1::SourceFile& file : sources) {
    if (!absl::StartsWith(file.path(), "cases/")) continue;
    int number = 0;
    for (const absl::string_view line : absl::StrSplit(file.content(), '\n')) {
      ++number;
      if (absl::StrContains(line, quoted)) return {file.path(), number};
    }
  }
  return {"", 0};
}

void ReportCases(const pathway::CasesReport& cases, const Sources& sources,
                 v1::GateReport& report) {
  report.set_case_count(cases.passed + cases.failed);
  report.set_passed_case_count(cases.passed);
  for (const pathway::CaseResult& result : cases.results) {
    if (result.failures.empty()) continue;
    v1::CaseFailure& failure = *report.add_case_failures();
    failure.set_case_id(result.case_id);
    const auto [file, line] = PlaceOfCase(sources, result.case_id);
    failure.set_file(file);
    failure.set_line(line);
    for (const std::string& difference : result.failures) {
      failure.add_differences(difference);
    }
  }
}

void ReportCoverage(v1::Coverage::Kind kind, std::size_t total,
                    const std::vector<std::string>& unreached,
                    v1::GateReport& report) {
  v1::Coverage& coverage = *report.add_coverage();
  coverage.set_kind(kind);
  coverage.set_total_count(static_cast<int>(total));
  coverage.set_reached_count(static_cast<int>(total - unreached.size()));
  for (const std::string& id : unreached) coverage.add_unreached(id);
}

std::size_t CountPolicies(const pathway::CompiledPathway& pathway) {
  const auto items = std::count_if(
      pathway.items.begin(), pathway.items.end(),
      [](const pathway::Item& item) { return item.if_unknown.has_value(); });
  const auto rules = std::count_if(
      pathway.rules.begin(), pathway.rules.end(),
      [](const pathway::Rule& rule) {
        return rule.on_unknown.kind == pathway::RulePolicy::Kind::kEscalate;
      });
  return static_cast<std::size_t>(items + rules);
}

void ReportAllCoverage(const pathway::CompiledPathway& pathway,
                       const pathway::Unreached& unreached,
                       v1::GateReport& report) {
  ReportCoverage(v1::Coverage::KIND_RULE, pathway.rules.size(), unreached.rules,
                 report);
  std::vector<std::string> policies = unreached.item_policies;
  policies.insert(policies.end(), unreached.rule_policies.begin(),
                  unreached.rule_policies.end());
  ReportCoverage(v1::Coverage::KIND_POLICY, CountPolicies(pathway), policies,
                 report);
  ReportCoverage(v1::Coverage::KIND_GATE, pathway.gates.size(), unreached.gates,
                 report);
  ReportCoverage(v1::Coverage::KIND_GUIDANCE, pathway.guidance.size(),
                 unreached.guidance, report);
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

}  // namespace

CompiledSources CompileSources(const std::string& pathway_id,
                               const Sources& sources, const Clock& clock) {
  const absl::Time start = clock();
  pathway::ReadResult read = pathway::ReadPathway(ToSourceFiles(sources));
  CompiledSources compiled;
  if (read.faults.empty() && read.message.pathway_id() != pathway_id) {
    read.faults.push_back(WrongPathway(read.message.pathway_id(), pathway_id));
  }
  if (read.faults.empty()) {
    compiled.content = pathway::ToContent(read.message);
    compiled.digest = trust::Sha256Hex(compiled.content);
    if (compiled.content.size() > pathway::kContentBytesMax) {
      read.faults.push_back(TooLarge(compiled.content.size()));
    }
  }
  if (read.faults.empty()) return compiled;
  compiled.content.clear();
  compiled.digest.clear();
  compiled.report = NewReport(read.message.pathway_id(), start);
  ListFaults(read.faults, compiled.report);
  *compiled.report.mutable_duration() = ToDuration(clock() - start);
  return compiled;
}

absl::StatusOr<v1::GateReport> RunGate(const pathway::CompiledPathway& pathway,
                                       const Sources& sources,
                                       const Clock& clock,
                                       const OnProgress& on_progress,
                                       const std::function<bool()>& cancelled) {
  const absl::Time start = clock();
  v1::GateReport report = NewReport(pathway.pathway_id, start);
  report.set_digest(pathway.digest);
  const pathway::Cases& cases = pathway.source->cases();
  v1::GateProgress progress;
  progress.set_stage("cases");
  progress.set_message(absl::StrCat("running ", cases.size(), " cases"));
  progress.set_total_count(cases.size());
  on_progress(progress);
  const pathway::CasesReport result = pathway::RunCases(pathway, cases);
  ReportCases(result, sources, report);
  ReportAllCoverage(pathway, result.unreached, report);
  progress.set_message(
      absl::StrCat(result.passed, " passed, ", result.failed, " failed"));
  progress.set_done_count(cases.size());
  on_progress(progress);
  const auto places = [&sources] {
    return pathway::ReadPathway(ToSourceFiles(sources)).places;
  };
  const absl::Status proved = AddProofs(pathway,
                                        {.places = places,
                                         .clock = clock,
                                         .cancelled = cancelled,
                                         .on_progress = on_progress},
                                        report);
  if (!proved.ok()) return proved;
  report.set_passed(Passed(report));
  *report.mutable_duration() = ToDuration(clock() - start);
  return report;
}

v1::Attestation AttestReport(const trust::TrustPolicy& policy,
                             const std::string& pathway_id,
                             const v1::GateReport& report, absl::Time time) {
  v1::Attestation attestation;
  attestation.set_kind(v1::STATEMENT_KIND_GATE_REPORT);
  attestation.set_payload(trust::CanonicalBytes(report));
  v1::Statement statement = NewStatement(policy, v1::STATEMENT_KIND_GATE_REPORT,
                                         pathway_id, report.digest(), time);
  statement.set_report_digest(trust::Sha256Hex(attestation.payload()));
  attestation.set_statement(trust::EncodeStatement(statement).value());
  return attestation;
}

}  // namespace plumbline::content
