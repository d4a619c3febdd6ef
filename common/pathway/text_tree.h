// The syntax tree of a protobuf text-format file.
//
// A strict subset of the text format: what a pathway needs, and no extensions,
// Any or numbered fields. A file that has a tree is read alike by protobuf's
// own parser. The tree refers to tokens by index, so that comments are kept.

#ifndef PLUMBLINE_COMMON_PATHWAY_TEXT_TREE_H_
#define PLUMBLINE_COMMON_PATHWAY_TEXT_TREE_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "common/pathway/fault.h"
#include "common/pathway/source_text.h"
#include "common/pathway/text_tokens.h"

namespace plumbline::pathway {

// The most messages within one another.
inline constexpr int kTextDepthMax = 32;

// The most faults that are listed for one file; one more says where the next
// is.
inline constexpr int kFaultsPerFileMax = 100;

struct TextField;

struct TextValue {
  enum class Kind { kMessage, kString, kNumber, kName };

  Kind kind = Kind::kName;
  // The tokens of the value, the last included. A string: one or more string
  // tokens. A number or name: with its '-'. A message: from '{' to '}'.
  int first = 0;
  int last = 0;
  std::vector<TextField> fields;  // Of a message.
};

struct TextField {
  std::string name;
  bool is_list = false;  // Written with [ ].
  std::vector<TextValue> values;
  // The tokens of the field, the last and its separator included.
  int first = 0;
  int last = 0;
};

struct TextTree {
  std::vector<TextToken> tokens;
  std::vector<TextField> fields;
  Faults faults;  // Where there are any, fields may be missing.

  std::size_t OffsetOf(const TextField& field) const {
    return tokens[field.first].offset;
  }
  std::size_t OffsetOf(const TextValue& value) const {
    return tokens[value.first].offset;
  }
};

// Parses `text`, a part of `source`. Goes on after a fault where the next field
// begins.
TextTree ParseText(const SourceText& source, absl::string_view text);

}  // namespace plumbline::pathway

#endif  // PLUMBLINE_COMMON_PATHWAY_TEXT_TREE_H_
