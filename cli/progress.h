// Progress of anything longer than a second: a line that is written over on a
// terminal, and nothing elsewhere.

#ifndef PLUMBLINE_CLI_PROGRESS_H_
#define PLUMBLINE_CLI_PROGRESS_H_

#include <cstdint>
#include <ostream>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "cli/console.h"

namespace plumbline::cli {

class Progress {
 public:
  // `what` is what is counted: "intakes".
  Progress(const Console& console, std::string what);
  // Clears the line.
  ~Progress() { Clear(); }

  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  // Says how far it is; writes a few times a second at most.
  void Update(std::int64_t done);

  // Clears the line, for something else to be written; the next Update() may
  // write it again.
  void Clear();

 private:
  const Console& console_;
  const std::string what_;
  const absl::Time start_;
  absl::Time next_write_;
  bool written_ = false;
};

}  // namespace plumbline::cli

#endif  // PLUMBLINE_CLI_PROGRESS_H_
