// What authors bring from other languages and from word processors, and what to
// write in an expression instead.

#ifndef PLUMBLINE_COMMON_PATHWAY_LOOKALIKES_H_
#define PLUMBLINE_COMMON_PATHWAY_LOOKALIKES_H_

#include <string>

#include "absl/strings/string_view.h"

namespace plumbline::pathway {

// "'<='" for "≤", in words; empty for a character that looks like nothing.
absl::string_view MeaningOfCharacter(absl::string_view character);

// "&&" for "AND"; empty for what is no operator anywhere.
absl::string_view OperatorForWord(absl::string_view word);

// What is told of a call of a function that is none here. A method is called
// with a dot.
std::string RefusedFunction(absl::string_view name, bool is_method);

}  // namespace plumbline::pathway

#endif  // PLUMBLINE_COMMON_PATHWAY_LOOKALIKES_H_
