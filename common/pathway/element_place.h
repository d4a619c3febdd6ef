// Where the elements of a message were written.

#ifndef PLUMBLINE_COMMON_PATHWAY_ELEMENT_PLACE_H_
#define PLUMBLINE_COMMON_PATHWAY_ELEMENT_PLACE_H_

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "common/pathway/fault.h"
#include "common/pathway/source_text.h"
#include "common/pathway/text_tokens.h"

namespace plumbline::pathway {

// The place of one value and of the values in it. A tree of the same shape as
// the message that was read.
struct ElementPlace {
  const SourceText* source = nullptr;  // Null: the place is not known.
  std::size_t offset = 0;
  std::vector<TextPiece> pieces;  // Of a string; empty for others.
  // A value that could not be read, or that holds one that could not be read
  // and is therefore missing from the message.
  bool unread = false;
  // By field name, in the order of the message.
  std::map<std::string, std::vector<ElementPlace>> fields;
};

// The place of the element at `path` under `root`: fields by name, elements of
// lists by number from 0, as in `rules[4].when`; and in it the byte `offset` of
// the string that was written. Of an element that was not written, the place of
// the nearest that holds it.
Place FindPlace(const ElementPlace& root, absl::string_view path, int offset);

}  // namespace plumbline::pathway

#endif  // PLUMBLINE_COMMON_PATHWAY_ELEMENT_PLACE_H_
