#include "cli/last_words.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <thread>

namespace plumbline::cli {
namespace {

using ::testing::KilledBySignal;

volatile std::sig_atomic_t heard = 0;

void Hear(int /*signal*/) { heard = heard + 1; }

class LastWordsSignalTest : public ::testing::TestWithParam<int> {};

TEST_P(LastWordsSignalTest, AreWrittenBeforeItEndsTheProcess) {
  EXPECT_EXIT(
      {
        LastWords words;
        words.Set("too early\n");
        words.Set("Call a person.\n");
        std::raise(GetParam());
      },
      KilledBySignal(GetParam()), "^Call a person\\.\n$");
}

// ^C, a request to stop, ^\, a terminal that was closed.
INSTANTIATE_TEST_SUITE_P(All, LastWordsSignalTest,
                         ::testing::Values(SIGINT, SIGTERM, SIGQUIT, SIGHUP));

TEST(LastWordsTest, AreNoneWhereNoneAreSet) {
  EXPECT_EXIT(
      {
        LastWords words;
        std::raise(SIGINT);
      },
      KilledBySignal(SIGINT), "^$");
}

// Makes standard error a pipe that is full and that nobody reads.
void StopStandardError() {
  int ends[2];
  if (pipe(ends) != 0) std::abort();
  fcntl(ends[1], F_SETFL, O_NONBLOCK);
  while (write(ends[1], "x", 1) == 1) {
  }
  fcntl(ends[1], F_SETFL, 0);
  dup2(ends[1], STDERR_FILENO);
}

constexpr int kWasLeftAlone = 7;

// Whichever thread is the first writes, and waits for ever; the other one must
// not write as well.
void StopOnTwoThreads() {
  StopStandardError();
  // No signal ends a thread that waits in its handler.
  std::thread([] {
    poll(nullptr, 0, 20'000);
    _exit(EXIT_FAILURE);
  }).detach();
  LastWords words;
  words.Set("Call a person.\n");
  std::thread other([] {
    std::raise(SIGTERM);
    _exit(kWasLeftAlone);
  });
  std::raise(SIGINT);
  _exit(kWasLeftAlone);
}

TEST(LastWordsTest, AreWrittenOnceWhereTwoSignalsCome) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_EXIT(StopOnTwoThreads(), ::testing::ExitedWithCode(kWasLeftAlone), "");
}

TEST_P(LastWordsSignalTest, WaitForTheOtherSignalsToEnd) {
  LastWords words;
  struct sigaction action {};
  sigaction(GetParam(), nullptr, &action);
  for (const int other : {SIGINT, SIGTERM, SIGQUIT, SIGHUP}) {
    EXPECT_EQ(sigismember(&action.sa_mask, other), 1) << other;
  }
}

TEST_P(LastWordsSignalTest, LeaveItAsItWas) {
  std::signal(GetParam(), Hear);
  heard = 0;
  { LastWords words; }
  std::raise(GetParam());
  EXPECT_EQ(heard, 1);
  std::signal(GetParam(), SIG_DFL);
}

TEST_P(LastWordsSignalTest, LeaveItAloneWhereItIsIgnored) {
  std::signal(GetParam(), SIG_IGN);
  {
    LastWords words;
    words.Set("never written\n");
    std::raise(GetParam());
  }
  EXPECT_EQ(std::signal(GetParam(), SIG_DFL), SIG_IGN);
}

}  // namespace
}  // namespace plumbline::cli
