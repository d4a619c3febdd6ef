// Units of measure as people say them.

#ifndef PLUMBLINE_CLI_UNIT_H_
#define PLUMBLINE_CLI_UNIT_H_

#include <string>

#include "absl/strings/string_view.h"

namespace plumbline::cli {

// "°F" for the UCUM code "[degF]", "years" for "a", "tablets" for "{tablets}".
// Empty for a number that has no unit: "1", "{score}". A code that is not known
// here stays as it is.
std::string UnitInWords(absl::string_view ucum);

// "2 days", "1 day", "7".
std::string NumberWithUnit(absl::string_view number, absl::string_view ucum);

}  // namespace plumbline::cli

#endif  // PLUMBLINE_CLI_UNIT_H_
