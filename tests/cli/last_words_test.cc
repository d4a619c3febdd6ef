#include "cli/last_words.h"

#include <gtest/gtest.h>

#include <csignal>

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

TEST(LastWordsTest, LeaveInterruptionAsItWas) {
  std::signal(SIGINT, Hear);
  { LastWords words; }
  std::raise(SIGINT);
  EXPECT_EQ(heard, 1);
  std::signal(SIGINT, SIG_DFL);
}

TEST(LastWordsTest, LeaveInterruptionAloneWhereItIsIgnored) {
  std::signal(SIGINT, SIG_IGN);
  {
    LastWords words;
    words.Set("never written\n");
    std::raise(SIGINT);
  }
  EXPECT_EQ(std::signal(SIGINT, SIG_DFL), SIG_IGN);
}

}  // namespace
}  // namespace plumbline::cli
