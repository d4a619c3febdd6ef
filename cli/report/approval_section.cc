#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "cli/report/sections.h"
#include "cli/words.h"

namespace plumbline::cli {
namespace {

using content::v1::GateReport;
using pathway::v1::Pathway;

// One point to look at, with what is to be looked at as links.
class Point {
 public:
  // Writes nothing unless it has links.
  Point(std::string text, Html& html) : text_(std::move(text)), html_(html) {}
  ~Point() {
    if (links_.empty()) return;
    html_.Element("li", {}, [this] {
      html_.Write(text_);
      html_.Write(" ");
      html_.Raw(links_);
    });
  }
  Point(const Point&) = delete;
  Point& operator=(const Point&) = delete;

  void Add(absl::string_view anchor, absl::string_view words) {
    Html link;
    link.Text("a", {{"href", absl::StrCat("#", anchor)}}, words);
    absl::StrAppend(&links_, links_.empty() ? "" : ", ", link.page());
  }

 private:
  const std::string text_;
  Html& html_;
  std::string links_;
};

void WriteSourcesToRead(const Pathway& pathway, Html& html) {
  Point point("Sources with a remark: read, recalled or quoted in part only:",
              html);
  for (const auto& source : pathway.sources()) {
    const bool is_local = source.kind() == pathway::v1::SOURCE_KIND_LOCAL;
    if (is_local || source.note().empty()) continue;
    point.Add(absl::StrCat("sources/", source.source_id()), source.source_id());
  }
}

void AddRule(const pathway::v1::Rule& rule, Point& point) {
  point.Add(absl::StrCat("rules/", rule.rule_id()),
            absl::StrCat(rule.rule_id(), " ", rule.flag()));
}

void WriteLocalRules(const Pathway& pathway, Html& html) {
  {
    Point point("Rules that are a choice of the authors alone:", html);
    for (const auto& rule : pathway.rules()) {
      if (LocalityOf(pathway, rule.sources()) == Locality::kAlone) {
        AddRule(rule, point);
      }
    }
  }
  Point point("Rules in which a choice of the authors has a part:", html);
  for (const auto& rule : pathway.rules()) {
    if (LocalityOf(pathway, rule.sources()) == Locality::kInPart) {
      AddRule(rule, point);
    }
  }
}

void WriteOpenRules(const Pathway& pathway, Html& html) {
  Point point(
      "Urgent rules that a blank leaves open with nothing of their own "
      "meanwhile:",
      html);
  for (const auto& rule : pathway.rules()) {
    if (rule.disposition() < pathway::v1::DISPOSITION_SAME_DAY ||
        rule.on_unknown().has_escalate()) {
      continue;
    }
    AddRule(rule, point);
  }
}

void WriteScoresToCheck(const Pathway& pathway, Html& html) {
  Point point("Scores that are not validated:", html);
  for (const auto& score : pathway.scores()) {
    if (score.validated()) continue;
    point.Add(absl::StrCat("scores/", score.name()), score.title());
  }
}

void WriteTranslations(const Pathway& pathway, Html& html) {
  for (const auto& translation : pathway.translations()) {
    if (translation.review_note().empty()) continue;
    html.Element("li", {}, [&] {
      html.Write(absl::StrCat("The texts in '", translation.locale(),
                              "' carry a remark on their review: "));
      html.Text("span", {{"lang", translation.locale()}},
                translation.review_note());
    });
  }
}

void WriteCountOf(int count, absl::string_view what, absl::string_view anchor,
                  Html& html) {
  if (count == 0) return;
  Point point(absl::StrCat(what, ":"), html);
  point.Add(anchor, absl::StrCat(count));
}

// To be filled in by hand, or printed.
void WriteSignatures(const Pathway& pathway, Html& html) {
  html.Text("p", "The decision: approved, approved with changes, or rejected.");
  html.Element("table", {{"class", "sign"}}, [&] {
    html.Element("tr", {}, [&] {
      for (const char* head :
           {"Who", "Name", "Decision", "Date", "Signature"}) {
        html.Text("th", head);
      }
    });
    const auto row = [&html](const std::string& who) {
      html.Element("tr", {}, [&] {
        html.Text("td", who);
        for (int i = 0; i < 4; ++i) html.Text("td", "");
      });
    };
    row("Clinician");
    row("Pharmacist");
    for (const auto& translation : pathway.translations()) {
      row(absl::StrCat("Clinician who speaks '", translation.locale(), "'"));
    }
    html.Element("tr", {}, [&] {
      html.Text("td", "Changes that are asked for");
      html.Text("td", {{"colspan", "4"}}, "");
    });
  });
}

}  // namespace

void WriteApprovalSection(const ReportedPathway& pathway,
                          const GateReport& gate,
                          const MutationTally* mutations, Html& html) {
  const Pathway& message = pathway.message();
  html.Text("h2", {{"id", "approve"}}, "Before you approve");
  html.Element("ul", {}, [&] {
    WriteLocalRules(message, html);
    WriteOpenRules(message, html);
    WriteSourcesToRead(message, html);
    WriteTranslations(message, html);
    WriteScoresToCheck(message, html);
    WriteCountOf(gate.exceptions_size(), "Exceptions that the pathway makes",
                 "gate", html);
    if (mutations != nullptr) {
      WriteCountOf(static_cast<int>(mutations->survivors.size()),
                   "Mistakes made on purpose that nothing refuses", "mistakes",
                   html);
    }
  });
  WriteSignatures(message, html);
}

}  // namespace plumbline::cli
