#include "common/pathway/check_markdown.h"

#include <cmark.h>

#include <algorithm>
#include <memory>

#include "absl/strings/ascii.h"
#include "absl/strings/str_format.h"

namespace plumbline::pathway {
namespace {

using Document = std::unique_ptr<cmark_node, decltype(&cmark_node_free)>;
using Walk = std::unique_ptr<cmark_iter, decltype(&cmark_iter_free)>;

bool IsControl(char c) {
  return absl::ascii_iscntrl(c) && c != '\n' && c != '\t';
}

// Why a node may not stand in guidance; empty: it may.
absl::string_view WhyRefused(cmark_node* node) {
  switch (cmark_node_get_type(node)) {
    case CMARK_NODE_HTML_BLOCK:
    case CMARK_NODE_HTML_INLINE:
      return "raw HTML is not shown; write it in Markdown, or '<' as '\\<'";
    case CMARK_NODE_IMAGE:
      return "images are not shown; say it in words";
    case CMARK_NODE_LINK:
      return "links are not shown; name a source in 'sources' instead";
    case CMARK_NODE_TEXT:
    case CMARK_NODE_CODE:
    case CMARK_NODE_CODE_BLOCK: {
      // An entity, such as &#2;, stands for one.
      const absl::string_view literal = cmark_node_get_literal(node);
      if (std::none_of(literal.begin(), literal.end(), IsControl)) return "";
      return "holds a control character by its number; leave it out";
    }
    default:
      return "";
  }
}

// The column where a node begins. That which cmark gives for a link in angle
// brackets is another; but its text begins one after the bracket.
int ColumnOf(cmark_node* node) {
  cmark_node* const child = cmark_node_first_child(node);
  const bool is_link_with_text =
      cmark_node_get_type(node) == CMARK_NODE_LINK && child != nullptr;
  return is_link_with_text ? cmark_node_get_start_column(child) - 1
                           : cmark_node_get_start_column(node);
}

// Where each line begins.
std::vector<std::size_t> LineStarts(absl::string_view text) {
  std::vector<std::size_t> starts = {0};
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\n') starts.push_back(i + 1);
  }
  return starts;
}

}  // namespace

std::vector<MarkdownFault> CheckMarkdown(absl::string_view body) {
  const auto control = std::find_if(body.begin(), body.end(), IsControl);
  if (control != body.end()) {
    return {{static_cast<std::size_t>(control - body.begin()),
             absl::StrFormat("control character 0x%02X; only line feeds and "
                             "tabs belong in a text",
                             static_cast<unsigned char>(*control))}};
  }
  std::vector<MarkdownFault> faults;
  const std::vector<std::size_t> lines = LineStarts(body);
  const Document document(
      cmark_parse_document(body.data(), body.size(), CMARK_OPT_SOURCEPOS),
      &cmark_node_free);
  const Walk walk(cmark_iter_new(document.get()), &cmark_iter_free);
  for (cmark_event_type event = cmark_iter_next(walk.get());
       event != CMARK_EVENT_DONE; event = cmark_iter_next(walk.get())) {
    cmark_node* const node = cmark_iter_get_node(walk.get());
    const absl::string_view why = WhyRefused(node);
    if (event != CMARK_EVENT_ENTER || why.empty()) continue;
    const int line = std::clamp(cmark_node_get_start_line(node) - 1, 0,
                                static_cast<int>(lines.size()) - 1);
    faults.push_back({lines[line] + ColumnOf(node) - 1, std::string(why)});
  }
  return faults;
}

}  // namespace plumbline::pathway
