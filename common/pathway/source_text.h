// One source file: its text, and the place of any byte in it.
//
// Immutable; safe to share between threads. What points into a SourceText must
// not outlive it.

#ifndef PLUMBLINE_COMMON_PATHWAY_SOURCE_TEXT_H_
#define PLUMBLINE_COMMON_PATHWAY_SOURCE_TEXT_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "common/pathway/fault.h"

namespace plumbline::pathway {

class SourceText {
 public:
  // Lines that end in CR LF are read as if they ended in LF.
  SourceText(std::string file, absl::string_view bytes);

  SourceText(const SourceText&) = delete;
  SourceText& operator=(const SourceText&) = delete;

  const std::string& file() const { return file_; }
  absl::string_view text() const { return text_; }

  // The place of the byte at `offset`; columns count characters.
  Place PlaceAt(std::size_t offset) const;

  // The line of the byte at `offset`, from 1.
  int LineAt(std::size_t offset) const;

  // Where line `line` begins, from 1; the end of the text for lines past it.
  std::size_t OffsetOfLine(int line) const;

  // A fault at `offset`.
  Fault FaultAt(std::size_t offset, std::string path,
                std::string message) const {
    return {std::move(path), std::move(message), PlaceAt(offset)};
  }

 private:
  const std::string file_;
  const std::string text_;
  const std::vector<std::size_t> line_starts_;
};

// The most faults that are listed of one pathway; more would help nobody.
inline constexpr std::size_t kReadFaultsMax = 1000;

// Whether so many faults were found that looking for more is of no use.
inline bool IsFull(const Faults& faults) {
  return faults.size() > kReadFaultsMax;
}

// Where there are more faults than are listed, keeps those and says so.
void CloseFaults(bool are_more, Faults* faults);

// What makes a file unreadable as text: bytes that are not UTF-8, a byte order
// mark, control characters. Empty: nothing.
Faults CheckText(const SourceText& source);

}  // namespace plumbline::pathway

#endif  // PLUMBLINE_COMMON_PATHWAY_SOURCE_TEXT_H_
