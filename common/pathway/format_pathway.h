// The one layout of the files of a pathway (`plumb pathway fmt`).
//
// Two spaces a level, one field a line, messages on one line only where they
// were written so and fit; comments and single empty lines are kept. Formatting
// changes nothing that is read, and formatting again changes nothing at all.

#ifndef PLUMBLINE_COMMON_PATHWAY_FORMAT_PATHWAY_H_
#define PLUMBLINE_COMMON_PATHWAY_FORMAT_PATHWAY_H_

#include <string>

#include "absl/strings/string_view.h"
#include "common/pathway/fault.h"

namespace plumbline::pathway {

struct FormatResult {
  std::string bytes;  // Empty where there are faults.
  Faults faults;
};

// Lays out one file of a pathway; `file`, its path in the folder, says how:
// text format, or the front matter of guidance. Other files are returned as
// they are. The result is parsed again and compared before it is returned.
FormatResult FormatSource(const std::string& file, absl::string_view bytes);

}  // namespace plumbline::pathway

#endif  // PLUMBLINE_COMMON_PATHWAY_FORMAT_PATHWAY_H_
