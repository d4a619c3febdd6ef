// What is said before a signal ends plumb, such as that of ^C: a person who
// stops half way may not be left without the words that matter.

#ifndef PLUMBLINE_CLI_LAST_WORDS_H_
#define PLUMBLINE_CLI_LAST_WORDS_H_

#include <signal.h>

#include <array>
#include <string>

namespace plumbline::cli {

// From its construction to its destruction SIGINT, SIGTERM, SIGQUIT and SIGHUP
// write the words set last to standard error, and then end the process as they
// do without this. Leaves those alone that are ignored. One at a time, on one
// thread.
class LastWords {
 public:
  LastWords();
  ~LastWords();

  LastWords(const LastWords&) = delete;
  LastWords& operator=(const LastWords&) = delete;

  void Set(const std::string& words);

 private:
  static constexpr std::array kSignals = {SIGINT, SIGTERM, SIGQUIT, SIGHUP};

  std::array<struct sigaction, kSignals.size()> before_{};
};

}  // namespace plumbline::cli

#endif  // PLUMBLINE_CLI_LAST_WORDS_H_
