// The checkout as data, for the tests that guard its shape.
//
// Tests run from the root of the checkout; what is built, downloaded or kept by
// git is not part of the tree.

#ifndef PLUMBLINE_TESTS_TIDY_SOURCE_TREE_H_
#define PLUMBLINE_TESTS_TIDY_SOURCE_TREE_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace plumbline::tidy {

struct SourceFile {
  std::string path;  // From the root: "common/pathway/model.h".
  std::string text;
};

// Every text file of the checkout, by path.
const std::vector<SourceFile>& SourceTree();

// The file at `path`, or one with empty text if there is none.
SourceFile FileAt(absl::string_view path);

// Whether `path` is C++ of the programs: not a test, not generated.
bool IsProgramSource(absl::string_view path);

// "path:line", with lines counted from 1.
std::string Place(const SourceFile& file, int line);

}  // namespace plumbline::tidy

#endif  // PLUMBLINE_TESTS_TIDY_SOURCE_TREE_H_
