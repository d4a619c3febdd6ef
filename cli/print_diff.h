// What separates two contents, for people.

#ifndef PLUMBLINE_CLI_PRINT_DIFF_H_
#define PLUMBLINE_CLI_PRINT_DIFF_H_

#include <ostream>

#include "plumbline/content/v1/release.pb.h"

namespace plumbline::cli {

// What gets less urgent first, then what gets more urgent, each with its
// examples; then the elements that differ.
void PrintDiff(const content::v1::ReleaseDiff& diff, std::ostream& out);

}  // namespace plumbline::cli

#endif  // PLUMBLINE_CLI_PRINT_DIFF_H_
