#include "cli/print_draft.h"

#include "absl/strings/str_join.h"
#include "cli/words.h"

namespace plumbline::cli {
namespace {

using content::v1::Draft;
using content::v1::GateReport;

void PrintFaults(const GateReport& report, std::ostream& out) {
  for (const auto& fault : report.faults()) {
    out << "  " << fault.file() << ':' << fault.line() << ':' << fault.column()
        << ": " << fault.path() << ": " << fault.message() << '\n';
  }
  if (report.fault_count() > report.faults_size()) {
    out << "  and " << report.fault_count() - report.faults_size()
        << " more faults\n";
  }
}

void PrintCases(const GateReport& report, std::ostream& out) {
  if (report.case_count() == 0) return;
  out << "  cases: " << report.passed_case_count() << " of "
      << report.case_count() << " pass\n";
  for (const auto& failure : report.case_failures()) {
    out << "  " << failure.case_id() << ": "
        << absl::StrJoin(failure.differences(), "; ") << '\n';
  }
  for (const auto& coverage : report.coverage()) {
    out << "  " << WordOf(coverage.kind()) << ": " << coverage.reached_count()
        << " of " << coverage.total_count() << " reached";
    if (!coverage.unreached().empty()) {
      out << ", not " << absl::StrJoin(coverage.unreached(), ", ");
    }
    out << '\n';
  }
}

}  // namespace

void PrintDraftLine(const Draft& draft, std::ostream& out) {
  out << draft.name() << "  " << WordOf(draft.state()) << "  by "
      << draft.author();
  if (!draft.digest().empty()) out << "  " << draft.digest();
  if (!draft.release().empty()) out << "  " << draft.release();
  out << '\n';
}

void PrintDraft(const Draft& draft, std::ostream& out) {
  PrintDraftLine(draft, out);
  if (!draft.note().empty()) out << "  note: " << draft.note() << '\n';
  if (draft.has_report()) {
    out << "  gate: " << (draft.report().passed() ? "passed" : "failed")
        << '\n';
    PrintFaults(draft.report(), out);
    PrintCases(draft.report(), out);
  }
  if (draft.approvals_required() > 0) {
    out << "  approvals: " << draft.approvals_size() << " of "
        << draft.approvals_required() << '\n';
  }
  for (const auto& approval : draft.approvals()) {
    out << "    by " << approval.principal() << '\n';
  }
  if (draft.has_rejection()) {
    out << "  rejected by " << draft.rejection().principal() << ": "
        << draft.rejection().reason() << '\n';
  }
}

}  // namespace plumbline::cli
