#include "cli/report/items_picture.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_replace.h"
#include "cli/words.h"
#include "plumbline/pathway/v1/pathway.pb.h"

namespace plumbline::cli {
namespace {

using pathway::CompiledPathway;
using pathway::Disposition;
using pathway::Item;
using pathway::Rule;

constexpr int kRow = 18;
constexpr int kTop = 26;
constexpr int kLeft = 124;
constexpr int kColumn = 64;
constexpr int kColumns = 5;

// The most urgent one stands first.
int XOf(Disposition disposition) {
  return kLeft + kColumn * (kColumns - static_cast<int>(disposition)) +
         kColumn / 2;
}

std::string ClassOf(Disposition disposition) {
  return absl::StrCat("d", static_cast<int>(disposition));
}

std::array<int, kColumns + 1> RulesOf(const CompiledPathway& pathway,
                                      int item) {
  std::array<int, kColumns + 1> counts = {};
  for (const Rule& rule : pathway.rules) {
    if (std::binary_search(rule.when.items_read.begin(),
                           rule.when.items_read.end(), item)) {
      ++counts[static_cast<int>(rule.disposition)];
    }
  }
  return counts;
}

void WriteText(int x, int y, const char* style, absl::string_view text,
               Html& html) {
  html.Text("text",
            {{"x", absl::StrCat(x)}, {"y", absl::StrCat(y)}, {"class", style}},
            text);
}

void WriteCircle(int x, int y, double radius, const std::string& style,
                 Html& html) {
  html.Text("circle",
            {{"cx", absl::StrCat(x)},
             {"cy", absl::StrCat(y)},
             {"r", absl::StrFormat("%.1f", radius)},
             {"class", style}},
            "");
}

void WriteRow(const CompiledPathway& pathway, int index, Html& html) {
  const Item& item = pathway.items[index];
  const int y = kTop + kRow * index + kRow / 2;
  if (index % 2 == 0) {
    html.Text("rect",
              {{"x", "0"},
               {"y", absl::StrCat(y - kRow / 2)},
               {"width", absl::StrCat(kLeft + kColumn * kColumns)},
               {"height", absl::StrCat(kRow)},
               {"class", "stripe"}},
              "");
  }
  html.Element("a", {{"href", absl::StrCat("#items/", item.link_id)}}, [&] {
    WriteText(6, y + 4, item.emergency ? "row first" : "row", item.link_id,
              html);
  });
  const auto counts = RulesOf(pathway, index);
  for (int d = 1; d <= kColumns; ++d) {
    const auto disposition = static_cast<Disposition>(d);
    const int x = XOf(disposition);
    if (item.if_unknown.has_value() &&
        item.if_unknown->at_least == disposition) {
      WriteCircle(x, y, 8, absl::StrCat("ring ", ClassOf(disposition)), html);
    }
    if (counts[d] == 0) continue;
    WriteCircle(x, y, std::min(3 + 1.2 * std::sqrt(counts[d]), 6.5),
                ClassOf(disposition), html);
    WriteText(x + 12, y + 4, "count", absl::StrCat(counts[d]), html);
  }
}

}  // namespace

void WriteItemsPicture(const CompiledPathway& pathway, Html& html) {
  const int width = kLeft + kColumn * kColumns;
  const int height =
      kTop + kRow * static_cast<int>(pathway.items.size()) + kRow / 2;
  html.Element(
      "svg",
      {{"viewBox", absl::StrCat("0 0 ", width, " ", height)},
       {"role", "img"},
       {"aria-label", "Which questions feed which results"}},
      [&] {
        for (int d = 1; d <= kColumns; ++d) {
          WriteText(XOf(static_cast<Disposition>(d)), 16, "head",
                    absl::StrReplaceAll(
                        WordOf(static_cast<pathway::v1::Disposition>(d)),
                        {{"_", " "}}),
                    html);
        }
        for (int i = 0; i < static_cast<int>(pathway.items.size()); ++i) {
          WriteRow(pathway, i, html);
        }
      });
}

}  // namespace plumbline::cli
