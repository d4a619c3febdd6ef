// Text for a terminal: filled lines and plain Markdown.

#ifndef PLUMBLINE_CLI_TEXT_H_
#define PLUMBLINE_CLI_TEXT_H_

#include <string>

#include "absl/strings/string_view.h"

namespace plumbline::cli {

// Fills the words of `text` into lines of at most 78 columns. The first line
// begins with `first`, the others with `rest`; each ends with a line feed.
std::string Fill(absl::string_view text, absl::string_view first,
                 absl::string_view rest);

// Simple CommonMark (paragraphs, lists, emphasis) as filled lines behind
// `indent`.
std::string FillMarkdown(absl::string_view markdown, absl::string_view indent);

}  // namespace plumbline::cli

#endif  // PLUMBLINE_CLI_TEXT_H_
