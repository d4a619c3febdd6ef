// What guidance text may contain: CommonMark without raw HTML, images or links,
// so that any intake system can show it as it stands.

#ifndef PLUMBLINE_COMMON_PATHWAY_CHECK_MARKDOWN_H_
#define PLUMBLINE_COMMON_PATHWAY_CHECK_MARKDOWN_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace plumbline::pathway {

struct MarkdownFault {
  std::size_t offset = 0;  // The byte in the text.
  std::string message;
};

// What `body` holds that it may not, in its order. Time and memory can grow
// with the square of its length: callers bound it before.
std::vector<MarkdownFault> CheckMarkdown(absl::string_view body);

}  // namespace plumbline::pathway

#endif  // PLUMBLINE_COMMON_PATHWAY_CHECK_MARKDOWN_H_
