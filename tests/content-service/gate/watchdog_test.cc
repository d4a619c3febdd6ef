#include "content-service/gate/watchdog.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <memory>
#include <thread>

namespace plumbline::gate {
namespace {

// Work that ends once it has been interrupted so often.
class WatchdogTest : public ::testing::Test {
 protected:
  bool EndsAfter(int interruptions) {
    for (int i = 0; i < 10'000; ++i) {
      if (interruptions_ >= interruptions) return true;
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    return false;
  }

  std::atomic<int> interruptions_ = 0;
  Watchdog watchdog_{[this] { ++interruptions_; }};
};

// The first may come before the work can hear it.
TEST_F(WatchdogTest, InterruptsUntilTheWorkHasEnded) {
  watchdog_.Watch(absl::Milliseconds(1));
  EXPECT_TRUE(EndsAfter(3));
  EXPECT_TRUE(watchdog_.Rest());
}

TEST_F(WatchdogTest, TimeThatIsOverAlreadyInterruptsToo) {
  watchdog_.Watch(-absl::Seconds(1));
  EXPECT_TRUE(EndsAfter(1));
  EXPECT_TRUE(watchdog_.Rest());
}

TEST_F(WatchdogTest, LeavesWorkAloneThatIsDoneInTime) {
  for (const absl::Duration left :
       {absl::Seconds(60), absl::InfiniteDuration()}) {
    watchdog_.Watch(left);
    EXPECT_FALSE(watchdog_.Rest());
  }
  EXPECT_EQ(interruptions_, 0);
}

TEST_F(WatchdogTest, DoesNotInterruptWhatComesAfter) {
  for (int i = 0; i < 20; ++i) {
    watchdog_.Watch(absl::ZeroDuration());
    EXPECT_TRUE(EndsAfter(1));
    watchdog_.Rest();
    const int before = interruptions_;
    // Longer than between two interruptions.
    std::this_thread::sleep_for(std::chrono::milliseconds(15));
    EXPECT_EQ(interruptions_, before);
    watchdog_.Watch(absl::Seconds(60));
    EXPECT_FALSE(watchdog_.Rest());
    EXPECT_EQ(interruptions_, before);
    interruptions_ = 0;
  }
}

// The end of the second is before that of the first.
TEST_F(WatchdogTest, HeedsAnEarlierEnd) {
  watchdog_.Watch(absl::Seconds(60));
  watchdog_.Rest();
  watchdog_.Watch(absl::Milliseconds(1));
  EXPECT_TRUE(EndsAfter(1));
  EXPECT_TRUE(watchdog_.Rest());
}

TEST_F(WatchdogTest, MayGoWhileItWatches) {
  auto other = std::make_unique<Watchdog>([this] { ++interruptions_; });
  other->Watch(absl::Seconds(60));
  other.reset();
  EXPECT_EQ(interruptions_, 0);
}

}  // namespace
}  // namespace plumbline::gate
