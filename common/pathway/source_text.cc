#include "common/pathway/source_text.h"

#include <algorithm>

#include "absl/strings/str_format.h"
#include "absl/strings/str_replace.h"
#include "common/pathway/utf8.h"

namespace plumbline::pathway {
namespace {

constexpr absl::string_view kByteOrderMark = "\xEF\xBB\xBF";

std::vector<std::size_t> LineStarts(absl::string_view text) {
  std::vector<std::size_t> starts = {0};
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\n') starts.push_back(i + 1);
  }
  return starts;
}

bool IsContinuationByte(char c) {
  return (static_cast<unsigned char>(c) & 0xC0) == 0x80;
}

bool IsControl(char c) {
  return (static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t') ||
         c == 0x7F;
}

}  // namespace

SourceText::SourceText(std::string file, absl::string_view bytes)
    : file_(std::move(file)),
      text_(absl::StrReplaceAll(bytes, {{"\r\n", "\n"}})),
      line_starts_(LineStarts(text_)) {}

Place SourceText::PlaceAt(std::size_t offset) const {
  const std::size_t end = std::min(offset, text_.size());
  const int line = LineAt(end);
  const std::size_t start = line_starts_[line - 1];
  const absl::string_view before =
      absl::string_view(text_).substr(start, end - start);
  const auto characters =
      std::count_if(before.begin(), before.end(),
                    [](char c) { return !IsContinuationByte(c); });
  return {file_, line, static_cast<int>(characters) + 1};
}

int SourceText::LineAt(std::size_t offset) const {
  return static_cast<int>(
      std::upper_bound(line_starts_.begin(), line_starts_.end(), offset) -
      line_starts_.begin());
}

std::size_t SourceText::OffsetOfLine(int line) const {
  if (line < 1) return 0;
  if (line > static_cast<int>(line_starts_.size())) return text_.size();
  return line_starts_[line - 1];
}

void CloseFaults(bool are_more, Faults* faults) {
  if (!are_more) return;
  faults->resize(std::min(faults->size(), kReadFaultsMax));
  faults->push_back(
      {"", absl::StrFormat("more than %d faults; mend these first",
                           kReadFaultsMax)});
}

Faults CheckText(const SourceText& source) {
  const absl::string_view text = source.text();
  if (text.substr(0, kByteOrderMark.size()) == kByteOrderMark) {
    return {source.FaultAt(
        0, "", "the file begins with a byte order mark; leave it out")};
  }
  const int invalid = InvalidUtf8Offset(text);
  if (invalid >= 0) {
    return {source.FaultAt(
        invalid, "",
        absl::StrFormat("byte 0x%02X is not UTF-8; save the file as UTF-8",
                        static_cast<unsigned char>(text[invalid])))};
  }
  const auto control = std::find_if(text.begin(), text.end(), IsControl);
  if (control != text.end()) {
    return {source.FaultAt(
        control - text.begin(), "",
        absl::StrFormat("control character 0x%02X; only line feeds and tabs "
                        "belong in a text",
                        static_cast<unsigned char>(*control)))};
  }
  return {};
}

}  // namespace plumbline::pathway
