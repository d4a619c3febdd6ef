#include "cli/verify_pathway.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "cli/progress.h"
#include "cli/text.h"
#include "content-service/gate/case_form.h"
#include "content-service/gate/verify.h"

namespace plumbline::cli {
namespace {

using gate::Finding;
using gate::PropertyResult;
using gate::Verdict;

const char* WordOf(Verdict verdict) {
  switch (verdict) {
    case Verdict::kProved:
      return "proved";
    case Verdict::kRefuted:
      return "REFUTED";
    case Verdict::kTimedOut:
      return "NOT DECIDED";
  }
  return "";
}

void PrintRow(const PropertyResult& result, std::ostream& out) {
  out << absl::StrFormat("  %-16s %-12s %7.2f s\n", result.property,
                         WordOf(result.verdict),
                         absl::ToDoubleSeconds(result.duration));
}

void PrintFinding(const pathway::CompiledPathway& pathway,
                  const std::string& property, int number,
                  const Finding& finding, std::ostream& out) {
  out << '\n'
      << Fill(
             absl::StrCat(absl::StrJoin(finding.elements, ", "),
                          finding.elements.empty() ? "" : " ", finding.message),
             absl::StrCat(property, ": "), "  ");
  if (!finding.advice.empty()) out << Fill(finding.advice, "  Look: ", "  ");
  if (finding.counterexample.has_value()) {
    out << "  "
        << gate::CaseForm(pathway, *finding.counterexample,
                          absl::StrCat(property, "-", number))
        << '\n';
  }
}

}  // namespace

absl::Status VerifyPathway(const pathway::CompiledPathway& pathway,
                           Console& console) {
  console.out << pathway.pathway_id << "  content " << pathway.digest << '\n';
  const std::vector<PropertyResult> results = gate::Verify(
      pathway, gate::Bounds(), absl::Now,
      [&console](const std::string& property, int done, int total) {
        console.err << absl::StrFormat("proving %s (%d of %d)\n", property,
                                       done + 1, total);
      });
  std::vector<std::string> broken;
  for (const PropertyResult& result : results) {
    PrintRow(result, console.out);
    if (result.verdict != Verdict::kProved) broken.push_back(result.property);
  }
  for (const PropertyResult& result : results) {
    int number = 0;
    for (const Finding& finding : result.findings) {
      PrintFinding(pathway, result.property, ++number, finding, console.out);
    }
  }
  console.out << "  " << gate::SolverVersion() << '\n';
  if (broken.empty()) return absl::OkStatus();
  return absl::FailedPreconditionError(
      absl::StrCat("not proved: ", absl::StrJoin(broken, ", ")));
}

}  // namespace plumbline::cli
