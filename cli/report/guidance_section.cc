#include <cmark.h>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "cli/report/condition_words.h"
#include "cli/report/sections.h"
#include "cli/unit.h"
#include "cli/words.h"

namespace plumbline::cli {
namespace {

using pathway::LocalizedTexts;
using pathway::v1::GuidanceRecord;

// The body as an intake system renders it. Content has no HTML of its own.
std::string Rendered(const std::string& body) {
  const std::unique_ptr<char, decltype(&std::free)> html(
      cmark_markdown_to_html(body.data(), body.size(), CMARK_OPT_DEFAULT),
      &std::free);
  return html.get();
}

bool Contains(const Ids& ids, const std::string& id) {
  return std::find(ids.begin(), ids.end(), id) != ids.end();
}

// The elements that name the record: rules and policies show it, gates put it
// in the place of another.
std::vector<std::string> NamedBy(const pathway::v1::Pathway& pathway,
                                 const std::string& id) {
  std::vector<std::string> elements;
  for (const auto& item : pathway.items()) {
    if (Contains(item.if_unknown().guidance_ids(), id)) {
      elements.push_back(absl::StrCat("items/", item.link_id()));
    }
  }
  for (const auto& rule : pathway.rules()) {
    if (Contains(rule.guidance_ids(), id)) {
      elements.push_back(absl::StrCat("rules/", rule.rule_id()));
    }
  }
  for (const auto& gate : pathway.gates()) {
    if (gate.substitute_guidance_id() == id) {
      elements.push_back(absl::StrCat("gates/", gate.gate_id()));
    }
  }
  return elements;
}

// The gates whose tags select the record.
std::vector<std::string> GatesOf(const pathway::CompiledPathway& pathway,
                                 int record) {
  std::vector<std::string> elements;
  for (const int gate : pathway.guidance[record].gates) {
    elements.push_back(absl::StrCat("gates/", pathway.gates[gate].gate_id));
  }
  return elements;
}

void WriteElements(absl::string_view before,
                   const std::vector<std::string>& elements, Html& html) {
  if (elements.empty()) return;
  html.Element("p", {{"class", "when"}}, [&] {
    html.Write(before);
    for (std::size_t i = 0; i < elements.size(); ++i) {
      html.Write(i == 0 ? " " : ", ");
      html.Text("a", {{"href", absl::StrCat("#", elements[i])}}, elements[i]);
    }
    html.Write(".");
  });
}

void WriteWhen(const ReportedPathway& pathway, const GuidanceRecord& record,
               Html& html) {
  html.Element("p", {{"class", "when"}}, [&] {
    html.Write("Shown with ");
    for (int i = 0; i < record.dispositions_size(); ++i) {
      if (i > 0) html.Write(" ");
      WriteDisposition(record.dispositions(i), html);
    }
    if (record.show_when() == "true") {
      html.Write(", whatever is answered.");
    } else if (record.show_when().empty()) {
      html.Write(", where something below asks for it.");
    } else {
      html.Write(" when ");
      WriteCondition(pathway.message(), record.show_when(), html);
      html.Write(".");
    }
  });
  WriteElements("Asked for by",
                NamedBy(pathway.message(), record.guidance_id()), html);
}

void WriteNumbers(const GuidanceRecord& record, Html& html) {
  if (record.parameters().empty()) return;
  html.Element("p", {{"class", "when"}}, [&] {
    html.Write("Numbers for software: ");
    for (int i = 0; i < record.parameters_size(); ++i) {
      const auto& parameter = record.parameters(i);
      if (i > 0) html.Write(", ");
      html.Text("code", parameter.name());
      html.Write(absl::StrCat(
          " ",
          NumberWithUnit(absl::StrCat(parameter.value()), parameter.unit())));
    }
  });
}

void WriteRecord(ReportedPathway& pathway, int index, Html& html) {
  const GuidanceRecord& record = pathway.message().guidance(index);
  html.Element(
      "article",
      {{"class", "card"},
       {"id", absl::StrCat("guidance/", record.guidance_id())}},
      [&] {
        html.Element("header", {}, [&] {
          html.Text("code", record.guidance_id());
          html.Text("span", {{"class", "tag"}}, WordOf(record.kind()));
          html.Text("span", {{"class", "tag"}}, WordOf(record.audience()));
          html.Text("span", {{"class", "cases"}},
                    CountText(pathway.counts().guidance[index], "case"));
        });
        WriteInEveryLocale(pathway, html, [&](LocalizedTexts& texts) {
          const pathway::v1::GuidanceText& text = texts.Find(record);
          html.Text("h4", text.title());
          html.Raw(Rendered(text.body()));
        });
        WriteWhen(pathway, record, html);
        WriteElements("Withheld by", GatesOf(pathway.compiled(), index), html);
        WriteNumbers(record, html);
        if (!record.excludes().empty()) {
          html.Element("p", {{"class", "when"}}, [&] {
            html.Write("Never together with ");
            WriteGuidanceLinks(pathway, record.excludes(), html);
            html.Write(".");
          });
        }
        html.Text("p", {{"class", "when"}},
                  absl::StrCat("To be reviewed by ", record.review_by(), "."));
        WriteSources(pathway, record.sources(), html);
      });
}

}  // namespace

void WriteGuidanceSection(ReportedPathway& pathway, Html& html) {
  html.Text("h2", {{"id", "guidance"}}, "The guidance");
  html.Text("p",
            "As the patient reads it. Records for clinicians are not shown to "
            "patients.");
  for (int i = 0; i < pathway.message().guidance_size(); ++i) {
    WriteRecord(pathway, i, html);
  }
}

}  // namespace plumbline::cli
