#include "content-service/domain/ticker.h"

#include <gtest/gtest.h>

#include <future>

namespace plumbline::content {
namespace {

TEST(TickerTest, TicksAgainAndAgain) {
  std::promise<void> third;
  int ticks = 0;
  const Ticker ticker(std::chrono::milliseconds(1), [&] {
    if (++ticks == 3) third.set_value();
  });
  EXPECT_EQ(third.get_future().wait_for(std::chrono::seconds(30)),
            std::future_status::ready);
}

TEST(TickerTest, DoesNotMakeUpForTicksThatItMissed) {
  const std::chrono::steady_clock::time_point start;
  const std::chrono::milliseconds interval(10);
  const auto at = [&](int ms) { return start + std::chrono::milliseconds(ms); };
  EXPECT_EQ(NextTick(start, interval, at(0)), at(10));
  EXPECT_EQ(NextTick(start, interval, at(9)), at(10));
  EXPECT_EQ(NextTick(start, interval, at(10)), at(10));
  EXPECT_EQ(NextTick(start, interval, at(45)), at(55));
}

TEST(TickerTest, StopsWithoutWaitingForTheNextTick) {
  const auto start = std::chrono::steady_clock::now();
  {
    const Ticker ticker(std::chrono::hours(1), [] {});
  }
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::minutes(1));
}

}  // namespace
}  // namespace plumbline::content
