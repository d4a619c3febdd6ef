#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "cli/report/sections.h"
#include "cli/words.h"
#include "common/pathway/evidence_use.h"

namespace plumbline::cli {
namespace {

using pathway::v1::Evidence;
using pathway::v1::Source;

using Uses = std::vector<std::vector<std::string>>;

// Evidence without a source is a conflict between some; their place here.
constexpr char kConflicts[] = "conflicts";

void WriteFact(const Evidence& evidence, const std::vector<std::string>& uses,
               Html& html) {
  const std::string& id = evidence.evidence_id();
  html.Element("tr", {{"id", absl::StrCat("evidence/", id)}}, [&] {
    html.Element("td", {{"class", "name"}}, [&] { html.Text("code", id); });
    html.Text("td", evidence.statement());
    html.Element("td", {}, [&] {
      if (!evidence.not_shipped().empty()) {
        html.Text("span", {{"class", "note"}},
                  absl::StrCat("Not shipped: ", evidence.not_shipped()));
      } else if (uses.empty()) {
        html.Text("span", {{"class", "bad"}}, "Nothing is said of it.");
      }
      for (const std::string& use : uses) {
        html.Text("a", {{"href", absl::StrCat("#", use)}}, use);
        html.Write(" ");
      }
    });
  });
}

struct FactCount {
  int all = 0;
  int used = 0;
  int not_shipped = 0;
};

FactCount CountFacts(const pathway::v1::Pathway& pathway, const Uses& uses,
                     const std::string& source_id) {
  FactCount count;
  for (int i = 0; i < pathway.evidence_size(); ++i) {
    const Evidence& evidence = pathway.evidence(i);
    if (evidence.source_id() != source_id) continue;
    ++count.all;
    if (!uses[i].empty()) {
      ++count.used;
    } else if (!evidence.not_shipped().empty()) {
      ++count.not_shipped;
    }
  }
  return count;
}

void WriteMatrixRow(absl::string_view id, absl::string_view title,
                    const FactCount& count, Html& html) {
  if (count.all == 0) return;
  html.Element("tr", {}, [&] {
    html.Element("td", {}, [&] {
      html.Text("a", {{"href", absl::StrCat("#facts/", id)}}, title);
    });
    for (const int number : {count.all, count.used, count.not_shipped,
                             count.all - count.used - count.not_shipped}) {
      html.Text("td", absl::StrCat(number));
    }
  });
}

void WriteMatrix(const pathway::v1::Pathway& pathway, const Uses& uses,
                 Html& html) {
  html.Element("table", {{"class", "numbers"}}, [&] {
    html.Element("tr", {}, [&] {
      for (const char* head :
           {"Source", "Facts", "Cited", "Not shipped", "Left over"}) {
        html.Text("th", head);
      }
    });
    for (const Source& source : pathway.sources()) {
      WriteMatrixRow(source.source_id(), source.source_id(),
                     CountFacts(pathway, uses, source.source_id()), html);
    }
    WriteMatrixRow(kConflicts, "conflicts between sources",
                   CountFacts(pathway, uses, ""), html);
  });
}

// Those of `source_id`, which is empty for conflicts.
void WriteFactsOf(const pathway::v1::Pathway& pathway, const Uses& uses,
                  const std::string& source_id, absl::string_view anchor,
                  absl::string_view title, Html& html) {
  if (CountFacts(pathway, uses, source_id).all == 0) return;
  html.Text("h3", {{"id", absl::StrCat("facts/", anchor)}}, title);
  html.Element("table", {{"class", "words"}}, [&] {
    for (int i = 0; i < pathway.evidence_size(); ++i) {
      if (pathway.evidence(i).source_id() != source_id) continue;
      WriteFact(pathway.evidence(i), uses[i], html);
    }
  });
}

bool IsLocal(const Source& source) {
  return source.kind() == pathway::v1::SOURCE_KIND_LOCAL;
}

void WriteSource(const Source& source, Html& html) {
  html.Element("p", {{"id", absl::StrCat("sources/", source.source_id())}},
               [&] {
                 html.Text("code", source.source_id());
                 html.Write(" ");
                 html.Text("span", {{"class", "tag"}}, WordOf(source.kind()));
                 html.Write(absl::StrCat(" ", source.citation()));
                 if (source.note().empty()) return;
                 html.Write(" ");
                 html.Text("span", {{"class", "note"}}, source.note());
               });
}

}  // namespace

void WriteEvidenceSection(const ReportedPathway& pathway, Html& html) {
  const pathway::v1::Pathway& message = pathway.message();
  html.Text("h2", {{"id", "evidence"}}, "The evidence");
  if (!message.evidence().empty()) {
    const Uses uses = pathway::UsesOfEvidence(message);
    html.Text("h3", "Facts and conflicts, and what rests on them");
    WriteMatrix(message, uses, html);
    WriteFactsOf(message, uses, "", kConflicts,
                 "Conflicts between sources, and how each is resolved", html);
    for (const Source& source : message.sources()) {
      WriteFactsOf(message, uses, source.source_id(), source.source_id(),
                   source.citation(), html);
    }
  }
  html.Text("h3", "Sources");
  html.Text("p",
            "First what the authors chose themselves: nobody else stands "
            "behind it.");
  for (const bool is_local : {true, false}) {
    for (const Source& source : message.sources()) {
      if (IsLocal(source) == is_local) WriteSource(source, html);
    }
  }
}

}  // namespace plumbline::cli
