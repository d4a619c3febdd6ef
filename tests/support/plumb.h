// plumb in this process: the whole command line, with strings for its streams.

#ifndef PLUMBLINE_TESTS_SUPPORT_PLUMB_H_
#define PLUMBLINE_TESTS_SUPPORT_PLUMB_H_

#include <sstream>
#include <string>
#include <vector>

#include "cli/command_line.h"
#include "cli/console.h"

namespace plumbline::testing {

struct PlumbResult {
  int code = 0;
  std::string out;
  std::string err;
};

inline constexpr char kBackPain[] = "content-service/pathways/back-pain";
// An invented pathway of three items; the gate is done with it at once.
inline constexpr char kTiny[] = "tests/fixtures/pathways/tiny";
// An invented pathway that uses every published instrument that is shipped.
inline constexpr char kMeasures[] = "tests/fixtures/pathways/measures";

// Runs `plumb` with `arguments` and `input` to read.
inline PlumbResult Plumb(const std::vector<std::string>& arguments,
                         const std::string& input = "") {
  std::istringstream in(input);
  std::ostringstream out;
  std::ostringstream err;
  cli::Console console{.in = in, .out = out, .err = err};
  std::vector<const char*> words{"plumb"};
  for (const std::string& argument : arguments) {
    words.push_back(argument.c_str());
  }
  const int code = cli::RunCommandLine(static_cast<int>(words.size()),
                                       words.data(), console);
  return {.code = code, .out = out.str(), .err = err.str()};
}

}  // namespace plumbline::testing

#endif  // PLUMBLINE_TESTS_SUPPORT_PLUMB_H_
