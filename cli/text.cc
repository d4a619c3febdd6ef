#include "cli/text.h"

#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"

namespace plumbline::cli {
namespace {

constexpr std::size_t kColumns = 78;

bool OpensListItem(absl::string_view line) {
  return absl::StartsWith(line, "- ") || absl::StartsWith(line, "* ");
}

// Lines that belong together: a paragraph or one list item.
struct Block {
  std::string text;
  bool is_list_item = false;
  bool after_empty_line = false;
};

std::vector<Block> Blocks(absl::string_view markdown) {
  std::vector<Block> blocks;
  bool opens = true;
  bool after_empty_line = false;
  for (absl::string_view line : absl::StrSplit(markdown, '\n')) {
    line = absl::StripAsciiWhitespace(line);
    if (line.empty()) {
      opens = after_empty_line = true;
      continue;
    }
    const bool is_list_item = OpensListItem(line);
    if (is_list_item) line.remove_prefix(2);
    if (opens || is_list_item) {
      blocks.push_back(
          {.is_list_item = is_list_item, .after_empty_line = after_empty_line});
    }
    absl::StrAppend(&blocks.back().text, " ", line);
    opens = after_empty_line = false;
  }
  return blocks;
}

}  // namespace

std::string Fill(absl::string_view text, absl::string_view first,
                 absl::string_view rest) {
  std::string filled(first);
  std::size_t column = first.size();
  bool at_start = true;
  for (const absl::string_view word :
       absl::StrSplit(text, absl::ByAnyChar(" \n\t"), absl::SkipEmpty())) {
    if (!at_start && column + 1 + word.size() > kColumns) {
      absl::StrAppend(&filled, "\n", rest);
      column = rest.size();
      at_start = true;
    }
    if (!at_start) {
      filled += ' ';
      ++column;
    }
    absl::StrAppend(&filled, word);
    column += word.size();
    at_start = false;
  }
  return filled + "\n";
}

std::string FillMarkdown(absl::string_view markdown, absl::string_view indent) {
  std::string filled;
  for (const Block& block : Blocks(markdown)) {
    const std::string text =
        absl::StrReplaceAll(block.text, {{"**", ""}, {"\\", ""}});
    if (block.after_empty_line && !filled.empty()) filled += "\n";
    const std::string deeper = absl::StrCat(indent, "  ");
    filled += block.is_list_item
                  ? Fill(text, absl::StrCat(indent, "- "), deeper)
                  : Fill(text, indent, indent);
  }
  return filled;
}

}  // namespace plumbline::cli
