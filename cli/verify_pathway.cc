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

// Prints the findings of one run.
class FindingPrinter {
 public:
  FindingPrinter(const pathway::ReadResult& read, const std::string& folder,
                 std::ostream& out)
      : read_(read), folder_(folder), out_(out) {}

  void Print(const PropertyResult& result) {
    int number = 0;
    for (const Finding& finding : result.findings) {
      out_ << '\n'
           << Fill(absl::StrCat(PlaceOf(finding), result.property, ": ",
                                absl::StrJoin(finding.elements, ", "),
                                finding.elements.empty() ? "" : " ",
                                finding.message),
                   finding.failure ? "" : "(listed) ", "  ");
      if (!finding.advice.empty()) {
        out_ << Fill(finding.advice, "  Look at this: ", "    ");
      }
      if (!finding.counterexample.has_value()) continue;
      out_ << "  "
           << gate::CaseForm(*read_.pathway, *finding.counterexample,
                             absl::StrCat(result.property, "-", ++number))
           << '\n';
    }
  }

 private:
  // "back-pain/rules.txtpb:12: ", or nothing.
  std::string PlaceOf(const Finding& finding) const {
    if (finding.elements.empty()) return "";
    const auto place = read_.places.find(finding.elements.front());
    if (place == read_.places.end() || place->second.file.empty()) return "";
    return absl::StrCat(folder_, "/", place->second.file, ":",
                        place->second.line, ": ");
  }

  const pathway::ReadResult& read_;
  const std::string& folder_;
  std::ostream& out_;
};

std::string Today() {
  return absl::FormatTime("%Y-%m-%d", absl::Now(), absl::UTCTimeZone());
}

}  // namespace

absl::Status VerifyPathway(const pathway::ReadResult& read,
                           const std::string& folder,
                           const std::string& as_of_date, Console& console) {
  const std::string date = as_of_date.empty() ? Today() : as_of_date;
  console.out << read.pathway->pathway_id << "  content "
              << read.pathway->digest << "\n"
              << "  as of " << date << ", " << gate::SolverVersion() << "\n\n";
  const absl::StatusOr<std::vector<PropertyResult>> results = gate::Verify(
      *read.pathway, {.bounds = {},
                      .as_of_date = date,
                      .surroundings = {.clock = absl::Now},
                      .on_property = [&console](const std::string& property,
                                                int done, int total) {
                        console.err
                            << absl::StrFormat("proving %s (%d of %d)\n",
                                               property, done + 1, total);
                      }});
  if (!results.ok()) return results.status();
  std::vector<std::string> broken;
  for (const PropertyResult& result : *results) {
    PrintRow(result, console.out);
    if (result.verdict != Verdict::kProved) broken.push_back(result.property);
  }
  FindingPrinter printer(read, folder, console.out);
  for (const PropertyResult& result : *results) printer.Print(result);
  if (broken.empty()) return absl::OkStatus();
  return absl::FailedPreconditionError(
      absl::StrCat("not proved: ", absl::StrJoin(broken, ", ")));
}

}  // namespace plumbline::cli
