#include "common/pathway/check_markdown.h"

#include <cmark.h>

#include <cstddef>
#include <memory>

namespace plumbline::pathway {
namespace {

using Document = std::unique_ptr<cmark_node, decltype(&cmark_node_free)>;
using Walk = std::unique_ptr<cmark_iter, decltype(&cmark_iter_free)>;

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

}  // namespace

Faults CheckMarkdown(const SourceText& source, absl::string_view body,
                     const std::string& path) {
  Faults faults;
  const Document document(
      cmark_parse_document(body.data(), body.size(), CMARK_OPT_SOURCEPOS),
      &cmark_node_free);
  const Walk walk(cmark_iter_new(document.get()), &cmark_iter_free);
  const int first_line = source.LineAt(body.data() - source.text().data());
  for (cmark_event_type event = cmark_iter_next(walk.get());
       event != CMARK_EVENT_DONE && !IsFull(faults);
       event = cmark_iter_next(walk.get())) {
    cmark_node* const node = cmark_iter_get_node(walk.get());
    const absl::string_view why = WhyRefused(node);
    if (event != CMARK_EVENT_ENTER || why.empty()) continue;
    const int line = first_line + cmark_node_get_start_line(node) - 1;
    const std::size_t offset = source.OffsetOfLine(line) + ColumnOf(node) - 1;
    faults.push_back(source.FaultAt(offset, path, std::string(why)));
  }
  return faults;
}

}  // namespace plumbline::pathway
