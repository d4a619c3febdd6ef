// What ^C is answered with before it ends plumb: a person who stops half way
// may not be left without the words that matter.

#ifndef PLUMBLINE_CLI_LAST_WORDS_H_
#define PLUMBLINE_CLI_LAST_WORDS_H_

#include <signal.h>

#include <string>

namespace plumbline::cli {

// From its construction to its destruction SIGINT writes the words set last to
// standard error, and then ends the process as it does without this. Leaves
// SIGINT alone where it is ignored. One at a time, on one thread.
class LastWords {
 public:
  LastWords();
  ~LastWords();

  LastWords(const LastWords&) = delete;
  LastWords& operator=(const LastWords&) = delete;

  void Set(const std::string& words);

 private:
  struct sigaction before_ {};
};

}  // namespace plumbline::cli

#endif  // PLUMBLINE_CLI_LAST_WORDS_H_
