#include "cli/last_words.h"

#include <unistd.h>

#include <atomic>
#include <cstddef>
#include <forward_list>

namespace plumbline::cli {
namespace {

std::atomic<const std::string*> current_words = nullptr;
static_assert(decltype(current_words)::is_always_lock_free);

// Whether a signal is ending the process.
std::atomic<bool> is_ending = false;
static_assert(decltype(is_ending)::is_always_lock_free);

// Calls only what a signal handler may.
void WriteAndEnd(int signal) {
  // A second signal, on another thread: the first one has yet to be written.
  if (is_ending.exchange(true)) return;
  const std::string* const words = current_words.load();
  if (words != nullptr) {
    // Nobody is left to hear that it could not be written.
    const ssize_t written = write(STDERR_FILENO, words->data(), words->size());
    static_cast<void>(written);
  }
  // SA_RESETHAND has made it the default, which ends the process as soon as
  // this returns.
  raise(signal);
}

}  // namespace

LastWords::LastWords() {
  struct sigaction action {};
  action.sa_handler = WriteAndEnd;
  action.sa_flags = static_cast<int>(SA_RESETHAND);
  // On this thread, a second signal waits until the first has ended all.
  sigfillset(&action.sa_mask);
  for (std::size_t i = 0; i < kSignals.size(); ++i) {
    sigaction(kSignals[i], nullptr, &before_[i]);
    if (before_[i].sa_handler == SIG_IGN) continue;
    sigaction(kSignals[i], &action, nullptr);
  }
}

LastWords::~LastWords() {
  for (std::size_t i = 0; i < kSignals.size(); ++i) {
    sigaction(kSignals[i], &before_[i], nullptr);
  }
  current_words = nullptr;
}

void LastWords::Set(const std::string& words) {
  // Kept for ever: a handler on another thread may be writing the ones before.
  static auto& kept = *new std::forward_list<std::string>;
  current_words = &kept.emplace_front(words);
}

}  // namespace plumbline::cli
