#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "cli/report/condition_words.h"
#include "cli/report/items_picture.h"
#include "cli/report/sections.h"

namespace plumbline::cli {
namespace {

using pathway::v1::Definition;
using pathway::v1::Gate;
using pathway::v1::Invariant;
using pathway::v1::OnUnknown;
using pathway::v1::Rule;

void WriteOnUnknown(const OnUnknown& policy, Html& html) {
  html.Element("p", {{"class", "when"}}, [&] {
    html.Write("While it cannot be decided: ");
    switch (policy.policy_case()) {
      case OnUnknown::kEscalate:
        html.Write("at least ");
        WriteDisposition(policy.escalate().at_least(), html);
        html.Write(absl::StrCat(", flag ", policy.escalate().flag(), "."));
        break;
      case OnUnknown::kIgnore:
        html.Write(absl::StrCat("nothing. ", policy.ignore()));
        break;
      default:
        html.Write("the questions are asked, and the result is provisional.");
    }
  });
}

void WriteRule(ReportedPathway& pathway, int index, Html& html) {
  const Rule& rule = pathway.message().rules(index);
  const std::string key = absl::StrCat("rules/", rule.rule_id());
  html.Element("article", {{"class", "card"}, {"id", key}}, [&] {
    html.Element("header", {}, [&] {
      html.Text("code", rule.rule_id());
      html.Text("span", {{"class", "tag"}}, rule.flag());
      if (LocalityOf(pathway.message(), rule.sources()) == Locality::kAlone) {
        html.Text("span", {{"class", "tag"}}, "our choice alone");
      }
      WriteCases(pathway, pathway.counts().rules[index], html);
    });
    html.Element("p", {{"class", "sentence"}}, [&] {
      WriteDisposition(rule.disposition(), html);
      html.Write(" when ");
      WriteCondition(pathway.message(), rule.when(), html);
      html.Write(".");
    });
    WriteTexts(pathway, absl::StrCat(key, "/rationale"), rule.rationale(),
               html);
    WriteOnUnknown(rule.on_unknown(), html);
    if (!rule.guidance_ids().empty()) {
      html.Element("p", {{"class", "when"}}, [&] {
        html.Write("Shows ");
        WriteGuidanceLinks(pathway, rule.guidance_ids(), html);
        html.Write(".");
      });
    }
    WriteSources(pathway, rule.sources(), html);
  });
}

// A named condition with its reason.
template <typename Element>
void WriteStatement(const ReportedPathway& pathway, absl::string_view list,
                    const std::string& id, const std::string& expression,
                    const Element& element, Html& html) {
  html.Element("article",
               {{"class", "card"}, {"id", absl::StrCat(list, "/", id)}}, [&] {
                 html.Element("header", {}, [&] { html.Text("code", id); });
                 html.Element("p", {{"class", "sentence"}}, [&] {
                   WriteCondition(pathway.message(), expression, html);
                   html.Write(".");
                 });
                 html.Text("p", element.rationale());
                 WriteSources(pathway, element.sources(), html);
               });
}

const char* WordsOf(pathway::v1::ScoreMethod method) {
  switch (method) {
    case pathway::v1::SCORE_METHOD_MEAN:
      return "The mean of the answers to ";
    case pathway::v1::SCORE_METHOD_PERCENT:
      return "100 times the sum over the greatest possible sum of ";
    case pathway::v1::SCORE_METHOD_COUNT:
      return "How many statements are chosen of ";
    default:
      return "The sum of the answers to ";
  }
}

void WriteScoreInputs(const ReportedPathway& pathway,
                      const pathway::v1::Score& score, Html& html) {
  std::vector<std::string> link_ids(score.link_ids().begin(),
                                    score.link_ids().end());
  for (const auto& input : score.inputs()) {
    if (link_ids.empty() || link_ids.back() != input.link_id()) {
      link_ids.push_back(input.link_id());
    }
  }
  html.Element("p", {}, [&] {
    html.Write(WordsOf(score.method()));
    for (std::size_t i = 0; i < link_ids.size(); ++i) {
      if (i > 0) html.Write("; ");
      WriteItemLink(pathway.message(), link_ids[i], html);
    }
    html.Write(score.instrument_id().empty()
                   ? "."
                   : absl::StrCat(", by ", score.instrument_id(), "."));
  });
}

void WriteScores(const ReportedPathway& pathway, Html& html) {
  for (const auto& score : pathway.message().scores()) {
    html.Element(
        "article",
        {{"class", "card"}, {"id", absl::StrCat("scores/", score.name())}},
        [&] {
          html.Element("header", {}, [&] {
            html.Text("code", absl::StrCat("score.", score.name()));
            html.Text("span", {{"class", "tag"}},
                      score.validated() ? "validated" : "not validated");
          });
          html.Text("p", score.title());
          WriteScoreInputs(pathway, score, html);
          html.Element("ul", {}, [&] {
            for (const auto& band : score.bands()) {
              html.Text("li", absl::StrCat("from ", band.minimum(), ": ",
                                           band.label()));
            }
          });
          WriteSources(pathway, score.sources(), html);
        });
  }
}

// The records that the gate selects.
Ids WithheldBy(const pathway::CompiledPathway& pathway, int gate) {
  Ids ids;
  for (const pathway::Guidance& record : pathway.guidance) {
    const auto& gates = record.gates;
    if (std::find(gates.begin(), gates.end(), gate) == gates.end()) continue;
    *ids.Add() = record.guidance_id;
  }
  return ids;
}

void WriteGate(ReportedPathway& pathway, int index, Html& html) {
  const Gate& gate = pathway.message().gates(index);
  html.Element(
      "article",
      {{"class", "card"}, {"id", absl::StrCat("gates/", gate.gate_id())}}, [&] {
        html.Element("header", {}, [&] {
          html.Text("code", gate.gate_id());
          WriteCases(pathway, pathway.counts().gates[index], html);
        });
        html.Element("p", {{"class", "sentence"}}, [&] {
          html.Write("Withholds ");
          WriteGuidanceLinks(pathway, WithheldBy(pathway.compiled(), index),
                             html);
          html.Write(" when ");
          WriteCondition(pathway.message(), gate.withhold_when(), html);
          html.Write(", and while the answers leave that open.");
        });
        if (!gate.substitute_guidance_id().empty()) {
          html.Element("p", {{"class", "when"}}, [&] {
            html.Write("Shown instead: ");
            WriteGuidanceLink(pathway, gate.substitute_guidance_id(), html);
            html.Write(".");
          });
        }
        WriteTexts(pathway,
                   absl::StrCat("gates/", gate.gate_id(), "/rationale"),
                   gate.rationale(), html);
        WriteSources(pathway, gate.sources(), html);
      });
}

}  // namespace

void WriteRulesSection(ReportedPathway& pathway, Html& html) {
  const pathway::v1::Pathway& message = pathway.message();
  html.Text("h2", {{"id", "rules"}}, "The rules");
  html.Text("p",
            "Every rule that is true raises its flag; the most urgent one "
            "gives the result.");
  html.Text("h3", "Which questions feed which results");
  html.Text("p",
            "A number: so many rules of that result read the question. A ring: "
            "the question left open gives at least that.");
  html.Element("figure", {},
               [&] { WriteItemsPicture(pathway.compiled(), html); });
  html.Text("h3", "Rule by rule");
  for (int i = 0; i < message.rules_size(); ++i) WriteRule(pathway, i, html);
  if (!message.definitions().empty() || !message.scores().empty()) {
    html.Text("h3", "What rules read");
  }
  for (const Definition& definition : message.definitions()) {
    WriteStatement(pathway, "definitions", definition.name(),
                   definition.expression(), definition, html);
  }
  WriteScores(pathway, html);
  html.Text("h3", "What withholds guidance");
  for (int i = 0; i < message.gates_size(); ++i) WriteGate(pathway, i, html);
  html.Text("h3", "What must hold of every complete intake");
  for (const Invariant& invariant : message.invariants()) {
    WriteStatement(pathway, "invariants", invariant.invariant_id(),
                   invariant.expression(), invariant, html);
  }
}

}  // namespace plumbline::cli
