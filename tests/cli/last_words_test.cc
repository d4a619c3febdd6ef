#include "cli/last_words.h"

#include <gtest/gtest.h>

#include <csignal>

namespace plumbline::cli {
namespace {

using ::testing::KilledBySignal;

volatile std::sig_atomic_t heard = 0;

void Hear(int /*signal*/) { heard = heard + 1; }

TEST(LastWordsTest, AreWrittenBeforeInterruptionEndsTheProcess) {
  EXPECT_EXIT(
      {
        LastWords words;
        words.Set("too early\n");
        words.Set("Call a person.\n");
        std::raise(SIGINT);
      },
      KilledBySignal(SIGINT), "^Call a person\\.\n$");
}

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
