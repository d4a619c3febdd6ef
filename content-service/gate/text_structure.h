// What a text and its translation must have in common, whatever their words.

#ifndef PLUMBLINE_CONTENT_SERVICE_GATE_TEXT_STRUCTURE_H_
#define PLUMBLINE_CONTENT_SERVICE_GATE_TEXT_STRUCTURE_H_

#include <string>

#include "absl/strings/string_view.h"

namespace plumbline::gate {

// How the structure of two CommonMark texts differs; empty: it does not. "has
// the numbers 1 and 3, and the original 1 and 2": numbers in any order, `0.5`
// as good as `0,5`. "has 2 list items, and the original 3".
std::string StructureDifference(absl::string_view original,
                                absl::string_view translation);

}  // namespace plumbline::gate

#endif  // PLUMBLINE_CONTENT_SERVICE_GATE_TEXT_STRUCTURE_H_
