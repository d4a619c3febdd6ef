// UTF-8, strictly: no overlong forms, no surrogates, nothing past U+10FFFF.

#ifndef PLUMBLINE_COMMON_PATHWAY_UTF8_H_
#define PLUMBLINE_COMMON_PATHWAY_UTF8_H_

#include <string>

#include "absl/strings/string_view.h"

namespace plumbline::pathway {

// The offset of the first byte that is not UTF-8; -1 where there is none.
int InvalidUtf8Offset(absl::string_view text);

// Appends `code_point`. Returns false, and appends nothing, where it is not a
// Unicode scalar value.
bool AppendUtf8(char32_t code_point, std::string& text);

}  // namespace plumbline::pathway

#endif  // PLUMBLINE_COMMON_PATHWAY_UTF8_H_
