#include "cli/report/pathway_report.h"

#include "absl/strings/str_cat.h"
#include "cli/report/html.h"
#include "cli/report/parts.h"
#include "cli/report/sections.h"
#include "cli/report/style.h"

namespace plumbline::cli {
namespace {

using content::v1::GateReport;

struct Chapter {
  const char* id;
  const char* title;
};

constexpr Chapter kChapters[] = {{"approve", "Approval"},
                                 {"gate", "Gate"},
                                 {"questionnaire", "Questions"},
                                 {"rules", "Rules"},
                                 {"guidance", "Guidance"},
                                 {"evidence", "Evidence"},
                                 {"cases", "Cases"}};

void WriteNavigation(Html& html) {
  html.Element("nav", {}, [&] {
    html.Element("ul", {}, [&] {
      for (const Chapter& chapter : kChapters) {
        html.Element("li", {}, [&] {
          html.Text("a", {{"href", absl::StrCat("#", chapter.id)}},
                    chapter.title);
        });
      }
    });
  });
}

void WriteOpening(ReportedPathway& pathway, const GateReport& gate,
                  Html& html) {
  const pathway::v1::Pathway& message = pathway.message();
  WriteInEveryLocale(pathway, html, [&](pathway::LocalizedTexts& texts) {
    html.Text("h1", texts.Find("title", message.title()));
    html.Text("p", texts.Find("description", message.description()));
  });
  html.Text("p", {{"class", "warning"}},
            "Not medical advice. This content screens and advises; it does not "
            "diagnose. A clinician must approve it before it is used with "
            "patients. Passing its cases and proofs shows that it is "
            "consistent, and nothing about clinical validity.");
  html.Text("p", {{"class", "facts-of"}},
            absl::StrCat(CountText(message.items_size(), "question"), ", ",
                         CountText(message.rules_size(), "rule"), ", ",
                         CountText(message.guidance_size(), "text"), ", ",
                         CountText(message.cases_size(), "case"), "; as of ",
                         gate.as_of_date(), ", engine ", gate.engine_version(),
                         ", ", gate.solver_version(), "."));
  html.Element("p", {{"class", "facts-of"}}, [&] {
    html.Write("Content ");
    html.Text("code", gate.digest());
    html.Write(" Result ");
    html.Text("code", gate.result_digest());
  });
}

void WriteHead(const pathway::v1::Pathway& pathway, Html& html) {
  html.Element("head", {}, [&] {
    html.Raw(
        "<meta charset=\"utf-8\"><meta name=\"viewport\" "
        "content=\"width=device-width, initial-scale=1\">");
    html.Text("title", absl::StrCat(pathway.title(), ": for review"));
    html.Element("style", {}, [&] { html.Raw(kReportStyle); });
  });
}

}  // namespace

std::string PathwayReport(const pathway::CompiledPathway& compiled,
                          const GateReport& gate,
                          const MutationTally* mutations) {
  ReportedPathway pathway(compiled);
  Html html;
  html.Raw("<!DOCTYPE html>\n");
  html.Element("html", {{"lang", pathway.message().default_locale()}}, [&] {
    WriteHead(pathway.message(), html);
    html.Element("body", {}, [&] {
      WriteNavigation(html);
      html.Element("main", {}, [&] {
        WriteOpening(pathway, gate, html);
        WriteApprovalSection(pathway, gate, mutations, html);
        WriteGateSection(gate, html);
        WriteQuestionnaireSection(pathway, html);
        WriteRulesSection(pathway, html);
        WriteGuidanceSection(pathway, html);
        WriteEvidenceSection(pathway, html);
        WriteCoverageSection(pathway, gate, mutations, html);
      });
    });
  });
  html.Raw("\n");
  return html.page();
}

}  // namespace plumbline::cli
