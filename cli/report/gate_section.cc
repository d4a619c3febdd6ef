#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "cli/gate_words.h"
#include "cli/report/sections.h"
#include "content-service/gate/case_form.h"

namespace plumbline::cli {
namespace {

using content::v1::Finding;
using content::v1::GateReport;
using content::v1::PropertyResult;

void WriteProperty(const PropertyResult& result, Html& html) {
  const bool is_proved = result.verdict() == PropertyResult::VERDICT_PROVED;
  html.Element("tr", {}, [&] {
    html.Text("td", {{"class", "name"}}, result.property());
    html.Text("td", MeaningOf(result.property()));
    html.Text("td", {{"class", is_proved ? "name good" : "name bad"}},
              WordOf(result.verdict()));
  });
}

void WriteFinding(const std::string& property, const Finding& finding,
                  Html& html) {
  html.Element("div", {{"class", "card"}}, [&] {
    html.Element("p", {{"class", finding.failure() ? "bad" : "note"}}, [&] {
      html.Write(property);
      html.Write(":");
      for (const std::string& element : finding.elements()) {
        html.Write(" ");
        html.Text("a", {{"href", absl::StrCat("#", element)}}, element);
      }
      html.Write(absl::StrCat(" ", finding.message(), "."));
    });
    if (!finding.advice().empty()) {
      html.Text("p", absl::StrCat("What to do: ", finding.advice(), "."));
    }
    if (finding.has_counterexample()) {
      html.Text("pre", gate::CaseForm(finding.counterexample()));
    }
  });
}

void WriteExceptions(const GateReport& gate, Html& html) {
  if (gate.exceptions().empty()) return;
  html.Text("h3", "What the pathway excepts");
  html.Text("p",
            "By approving the pathway you accept these: the proofs do not "
            "cover them, for the reason given.");
  html.Element("table", {{"class", "words"}}, [&] {
    for (const auto& exception : gate.exceptions()) {
      html.Element("tr", {}, [&] {
        html.Element("td", {{"class", "name"}}, [&] {
          html.Text("a", {{"href", absl::StrCat("#", exception.element())}},
                    exception.element());
        });
        html.Text("td", WhatIsExcepted(exception));
        html.Text("td", exception.reason());
      });
    }
  });
}

}  // namespace

void WriteGateSection(const GateReport& gate, Html& html) {
  html.Text("h2", {{"id", "gate"}}, "The gate");
  html.Text("p", {{"class", gate.passed() ? "verdict good" : "verdict bad"}},
            gate.passed() ? "The automatic checks passed. A clinician's "
                            "approval is still needed."
                          : "Not passed: nobody can approve this content.");
  html.Element("table", {{"class", "words"}}, [&] {
    for (const PropertyResult& result : gate.properties()) {
      WriteProperty(result, html);
    }
  });
  html.Text("p", absl::StrFormat("%d of %d cases give the result they must.",
                                 gate.passed_case_count(), gate.case_count()));
  for (const auto& failure : gate.case_failures()) {
    html.Element("div", {{"class", "card"}}, [&] {
      html.Text("p", {{"class", "bad"}}, failure.case_id());
      for (const std::string& message : failure.differences()) {
        html.Text("p", message);
      }
    });
  }
  for (const PropertyResult& result : gate.properties()) {
    for (const Finding& finding : result.findings()) {
      WriteFinding(result.property(), finding, html);
    }
  }
  WriteExceptions(gate, html);
}

}  // namespace plumbline::cli
