#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "cli/report/sections.h"
#include "cli/words.h"

namespace plumbline::cli {
namespace {

using content::v1::GateReport;
using gate::CaughtBy;

void WriteReached(const GateReport& gate, Html& html) {
  html.Element("table", {{"class", "numbers"}}, [&] {
    html.Element("tr", {}, [&] {
      for (const char* head : {"Kind", "In all", "Reached", "Not reached"}) {
        html.Text("th", head);
      }
    });
    for (const auto& coverage : gate.coverage()) {
      html.Element("tr", {}, [&] {
        html.Text("td", WordOf(coverage.kind()));
        html.Text("td", absl::StrCat(coverage.total_count()));
        html.Text("td", absl::StrCat(coverage.reached_count()));
        html.Text("td", absl::StrJoin(coverage.unreached(), ", "));
      });
    }
  });
}

// Each with its story and what it expects; its answers are in the case files.
void WriteCases(const pathway::v1::Pathway& pathway, Html& html) {
  html.Text("h3", "Case by case");
  html.Element("table", {{"class", "words"}}, [&] {
    for (const pathway::v1::Case& one : pathway.cases()) {
      html.Element("tr", {{"id", absl::StrCat("cases/", one.case_id())}}, [&] {
        html.Element("td", {{"class", "name"}},
                     [&] { html.Text("code", one.case_id()); });
        html.Text("td", one.narrative());
        html.Element("td", {}, [&] {
          WriteDisposition(one.expected_disposition(), html);
          for (const std::string& flag : one.must_flag()) {
            html.Write(" ");
            html.Text("span", {{"class", "tag"}}, flag);
          }
        });
      });
    }
  });
}

void WriteCount(const std::string& kind, const MutationCount& count,
                Html& html) {
  html.Element("tr", {}, [&] {
    html.Text("td", kind);
    for (const int number :
         {count.all, count.Of(CaughtBy::kNoEffect),
          count.Of(CaughtBy::kReading), count.Of(CaughtBy::kCases),
          count.Of(CaughtBy::kProof), count.Of(CaughtBy::kNothing)}) {
      html.Text("td", absl::StrCat(number));
    }
  });
}

void WriteMutations(const MutationTally& tally, Html& html) {
  html.Text("p", absl::StrFormat("Of those that change a decision, %.1f %% are "
                                 "refused.",
                                 tally.Score()));
  html.Element("table", {{"class", "numbers"}}, [&] {
    html.Element("tr", {}, [&] {
      for (const char* head : {"Mistake", "Tried", "No effect", "Reading",
                               "Cases", "Proof", "Nothing"}) {
        html.Text("th", head);
      }
    });
    for (const auto& [kind, count] : tally.by_kind) {
      WriteCount(gate::ToString(kind), count, html);
    }
    WriteCount("all", tally.total, html);
  });
  if (tally.survivors.empty()) return;
  html.Text("h3", "What nothing refuses");
  html.Element("ul", {}, [&] {
    for (const gate::Mutation& survivor : tally.survivors) {
      html.Element("li", {}, [&] {
        html.Text("a", {{"href", absl::StrCat("#", survivor.element)}},
                  survivor.element);
        html.Write(absl::StrCat(" ", survivor.what));
      });
    }
  });
}

}  // namespace

void WriteCoverageSection(const ReportedPathway& pathway,
                          const GateReport& gate,
                          const MutationTally* mutations, Html& html) {
  html.Text("h2", {{"id", "cases"}}, "Cases, and mistakes made on purpose");
  html.Element("p", {}, [&] {
    html.Write("Results of the pathway's own cases: ");
    const auto& counts = pathway.counts().dispositions;
    for (auto count = counts.rbegin(); count != counts.rend(); ++count) {
      WriteDisposition(static_cast<pathway::v1::Disposition>(count->first),
                       html);
      html.Write(absl::StrCat(" ", count->second, " "));
    }
  });
  WriteReached(gate, html);
  html.Text("h3", "Mistakes made on purpose");
  html.Text("p",
            "Each rule, gate and policy, and what they, questions and guidance "
            "depend on, is got wrong in turn; this says what refuses it.");
  if (mutations == nullptr) {
    html.Text("p", {{"class", "note"}}, "They were not tried for this report.");
  } else {
    WriteMutations(*mutations, html);
  }
  WriteCases(pathway.message(), html);
}

}  // namespace plumbline::cli
