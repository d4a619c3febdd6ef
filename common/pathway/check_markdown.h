// What guidance text may contain: CommonMark without raw HTML, images or links,
// so that any intake system can show it as it stands.

#ifndef PLUMBLINE_COMMON_PATHWAY_CHECK_MARKDOWN_H_
#define PLUMBLINE_COMMON_PATHWAY_CHECK_MARKDOWN_H_

#include <cstddef>
#include <string>

#include "absl/strings/string_view.h"
#include "common/pathway/fault.h"
#include "common/pathway/source_text.h"

namespace plumbline::pathway {

// What `body`, a part of `source` that begins with a line, may not contain.
// `path` is that of the text.
Faults CheckMarkdown(const SourceText& source, absl::string_view body,
                     const std::string& path);

}  // namespace plumbline::pathway

#endif  // PLUMBLINE_COMMON_PATHWAY_CHECK_MARKDOWN_H_
