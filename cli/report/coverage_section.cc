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

// Each with its story, what it expects and why; its answers are in the case
// files.
void WriteExpected(const ReportedPathway& pathway, const pathway::v1::Case& one,
                   Html& html) {
  WriteDisposition(one.expected_disposition(), html);
  if (one.expected_certainty() == pathway::v1::CERTAINTY_PROVISIONAL) {
    html.Write(" provisional");
  }
  for (const std::string& flag : one.must_flag()) {
    html.Write(" ");
    html.Text("span", {{"class", "tag"}}, flag);
  }
  if (!one.must_show().empty()) {
    html.Write(" shows ");
    WriteGuidanceLinks(pathway, one.must_show(), html);
  }
  if (!one.must_not_show().empty()) {
    html.Write(" does not show ");
    WriteGuidanceLinks(pathway, one.must_not_show(), html);
  }
}

void WriteCaseByCase(const ReportedPathway& pathway, Html& html) {
  html.Text("h3", "Case by case");
  html.Element("table", {{"class", "words"}}, [&] {
    for (const pathway::v1::Case& one : pathway.message().cases()) {
      html.Element("tr", {{"id", absl::StrCat("cases/", one.case_id())}}, [&] {
        html.Element("td", {{"class", "name"}},
                     [&] { html.Text("code", one.case_id()); });
        html.Element("td", {}, [&] {
          html.Write(one.narrative());
          if (one.rationale() == one.narrative()) return;
          html.Write(" ");
          html.Text("span", {{"class", "note"}}, one.rationale());
        });
        html.Element("td", {}, [&] { WriteExpected(pathway, one, html); });
      });
    }
  });
}

void WriteCount(const std::string& kind, const MutationCount& count,
                Html& html) {
  html.Element("tr", {}, [&] {
    html.Text("td", kind);
    for (const int number :
         {count.all, count.Of(CaughtBy::kNothing),
          count.Of(CaughtBy::kNoEffect), count.Of(CaughtBy::kReading),
          count.Of(CaughtBy::kCases), count.Of(CaughtBy::kProof)}) {
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
      for (const char* head : {"Mistake", "Tried", "Nothing", "No effect",
                               "Reading", "Cases", "Proof"}) {
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
  html.Text("h3", {{"id", "mistakes"}}, "Mistakes made on purpose");
  html.Text("p",
            "Each rule, gate and policy, and what they, questions and guidance "
            "depend on, is got wrong in turn; this says what refuses it "
            "first: reading the pathway, a case, a proof, or nothing. No "
            "effect: it is proved that nothing comes of it.");
  if (mutations == nullptr) {
    html.Text("p", {{"class", "note"}}, "They were not tried for this report.");
  } else {
    WriteMutations(*mutations, html);
  }
  WriteCaseByCase(pathway, html);
}

}  // namespace plumbline::cli
