// Where a command reads and writes. Tests give it strings.

#ifndef PLUMBLINE_CLI_CONSOLE_H_
#define PLUMBLINE_CLI_CONSOLE_H_

#include <istream>
#include <ostream>

namespace plumbline::cli {

struct Console {
  std::istream& in;
  // Results, and nothing else.
  std::ostream& out;
  // Errors, questions' prompts and progress.
  std::ostream& err;
  // Whether `err` is a terminal, so that a line may be written over.
  bool err_is_terminal = false;
};

}  // namespace plumbline::cli

#endif  // PLUMBLINE_CLI_CONSOLE_H_
