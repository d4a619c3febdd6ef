#include "cli/verify_pathway.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/clock.h"
#include "cli/json.h"
#include "cli/print_report.h"

namespace plumbline::cli {
namespace {

using content::v1::GateReport;
using content::v1::PropertyResult;

// What keeps the content from passing, in a few words.
std::string WhatFailed(const GateReport& report) {
  std::vector<std::string> refuted;
  std::vector<std::string> undecided;
  for (const PropertyResult& result : report.properties()) {
    if (result.verdict() == PropertyResult::VERDICT_REFUTED) {
      refuted.push_back(result.property());
    } else if (result.verdict() != PropertyResult::VERDICT_PROVED) {
      undecided.push_back(result.property());
    }
  }
  std::string text;
  const auto add = [&text](const std::string& what) {
    absl::StrAppend(&text, text.empty() ? "" : "; ", what);
  };
  if (!refuted.empty()) {
    add(absl::StrCat("refuted: ", absl::StrJoin(refuted, ", ")));
  }
  if (!undecided.empty()) {
    add(absl::StrCat("not decided: ", absl::StrJoin(undecided, ", ")));
  }
  if (!report.case_failures().empty()) {
    add(absl::StrCat(report.case_failures_size(), " of ", report.case_count(),
                     " cases fail"));
  }
  for (const auto& coverage : report.coverage()) {
    if (coverage.unreached().empty()) continue;
    add("the cases do not reach everything");
    break;
  }
  return text;
}

}  // namespace

absl::StatusOr<GateReport> RunGateHere(const pathway::CompiledPathway& pathway,
                                       const content::ElementPlaces& places,
                                       const std::string& as_of_date,
                                       Console& console) {
  return content::RunGate(
      pathway, {.as_of_date = as_of_date,
                .places = [&places] { return places; },
                .clock = absl::Now,
                .on_progress =
                    [&console](const content::v1::GateProgress& progress) {
                      PrintProgress(progress, console.err);
                    }});
}

absl::Status VerifyPathway(const pathway::ReadResult& read,
                           const std::string& folder,
                           const std::string& as_of_date,
                           const std::string& output, Console& console) {
  const absl::StatusOr<GateReport> report =
      RunGateHere(*read.pathway, read.places, as_of_date, console);
  if (!report.ok()) return report.status();
  if (output == "json") {
    const absl::Status printed = PrintJson(*report, console.out);
    if (!printed.ok()) return printed;
  } else {
    console.out << report->pathway_id() << "  content " << report->digest()
                << '\n';
    PrintReport(*report, folder, console.out);
    console.out << "\n  result " << report->result_digest() << '\n';
  }
  if (report->passed()) return absl::OkStatus();
  return absl::FailedPreconditionError(WhatFailed(*report));
}

}  // namespace plumbline::cli
