#include "cli/print_report.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "cli/gate_words.h"
#include "cli/text.h"
#include "cli/words.h"
#include "content-service/gate/case_form.h"

namespace plumbline::cli {
namespace {

using content::v1::Finding;
using content::v1::GateReport;
using content::v1::ProofException;
using content::v1::PropertyResult;

// One mistake can fail a hundred cases.
constexpr int kCasesMax = 20;

// Prints one report.
class ReportPrinter {
 public:
  ReportPrinter(const GateReport& report, const std::string& folder,
                std::ostream& out)
      : report_(report), folder_(folder), out_(out) {}

  void Print() {
    PrintFaults();
    if (report_.digest().empty()) return;
    out_ << "  as of " << report_.as_of_date() << ", engine "
         << report_.engine_version() << ", " << report_.solver_version()
         << '\n';
    for (const PropertyResult& result : report_.properties()) PrintRow(result);
    PrintFindings(true);
    PrintCases();
    PrintExceptions();
    PrintFindings(false);
  }

 private:
  void PrintFaults() {
    for (const auto& fault : report_.faults()) {
      out_ << "  " << InFolder(fault.file()) << ':' << fault.line() << ':'
           << fault.column() << ": " << fault.path() << ": " << fault.message()
           << '\n';
    }
    if (report_.fault_count() > report_.faults_size()) {
      out_ << "  and " << report_.fault_count() - report_.faults_size()
           << " more faults\n";
    }
  }

  void PrintRow(const PropertyResult& result) {
    const double seconds = static_cast<double>(result.duration().seconds()) +
                           static_cast<double>(result.duration().nanos()) / 1e9;
    out_ << absl::StrFormat("  %-16s %-12s %7.2f s\n", result.property(),
                            WordOf(result.verdict()), seconds);
  }

  void PrintCases() {
    out_ << "  cases: " << report_.passed_case_count() << " of "
         << report_.case_count() << " pass\n";
    for (const auto& coverage : report_.coverage()) {
      out_ << "  " << cli::WordOf(coverage.kind()) << ": "
           << coverage.reached_count() << " of " << coverage.total_count()
           << " reached";
      if (!coverage.unreached().empty()) {
        out_ << ", not " << absl::StrJoin(coverage.unreached(), ", ");
      }
      out_ << '\n';
    }
    int printed = 0;
    for (const auto& failure : report_.case_failures()) {
      if (printed++ == kCasesMax) {
        out_ << "  and " << report_.case_failures_size() - kCasesMax
             << " more cases fail; -o json has all\n";
        break;
      }
      out_ << Fill(absl::StrCat(PlaceText(failure.file(), failure.line()),
                                "case ", failure.case_id(), ": ",
                                absl::StrJoin(failure.differences(), "; ")),
                   "  ", "    ");
    }
  }

  void PrintExceptions() {
    if (report_.exceptions().empty()) return;
    out_ << "  excepted by the pathway itself:\n";
    for (const ProofException& exception : report_.exceptions()) {
      out_ << Fill(
          absl::StrCat(exception.element(), ": ", WhatIsExcepted(exception),
                       ": ", exception.reason()),
          "  - ", "    ");
    }
  }

  // Those that fail, or those that are only listed.
  void PrintFindings(bool failures) {
    for (const PropertyResult& result : report_.properties()) {
      for (const Finding& finding : result.findings()) {
        if (finding.failure() == failures) {
          PrintFinding(result.property(), finding);
        }
      }
    }
    if (failures && HasFailures()) out_ << '\n';
  }

  bool HasFailures() const {
    return std::any_of(
        report_.properties().begin(), report_.properties().end(),
        [](const PropertyResult& result) {
          return std::any_of(
              result.findings().begin(), result.findings().end(),
              [](const Finding& finding) { return finding.failure(); });
        });
  }

  void PrintFinding(const std::string& property, const Finding& finding) {
    out_ << '\n'
         << Fill(absl::StrCat(
                     PlaceText(finding.place().file(), finding.place().line()),
                     property, ": ", absl::StrJoin(finding.elements(), ", "),
                     finding.elements().empty() ? "" : " ", finding.message()),
                 finding.failure() ? "(fails) " : "(listed) ", "  ");
    if (!finding.advice().empty()) {
      out_ << Fill(finding.advice(), "  What to do: ", "    ");
    }
    if (!finding.has_counterexample()) return;
    out_ << "  " << gate::CaseForm(finding.counterexample()) << '\n';
  }

  std::string InFolder(const std::string& file) const {
    return folder_.empty() ? file : absl::StrCat(folder_, "/", file);
  }

  // "rules.txtpb:12: ", or nothing.
  std::string PlaceText(const std::string& file, int line) const {
    return file.empty() ? "" : absl::StrCat(InFolder(file), ":", line, ": ");
  }

  const GateReport& report_;
  const std::string& folder_;
  std::ostream& out_;
};

}  // namespace

void PrintReport(const GateReport& report, const std::string& folder,
                 std::ostream& out) {
  ReportPrinter(report, folder, out).Print();
}

void PrintProgress(const content::v1::GateProgress& progress,
                   std::ostream& out) {
  out << progress.stage() << ": " << progress.message();
  if (progress.stage() == "prove") {
    out << " (" << progress.done_count() + 1 << " of " << progress.total_count()
        << ")";
  }
  out << '\n';
}

}  // namespace plumbline::cli
