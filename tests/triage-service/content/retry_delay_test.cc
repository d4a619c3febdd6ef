#include "triage-service/content/retry_delay.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

namespace plumbline::triage {
namespace {

using ::testing::AllOf;
using ::testing::Ge;
using ::testing::Gt;
using ::testing::Le;
using ::testing::SizeIs;

TEST(RetryDelayTest, DoublesUpToTheLongest) {
  RetryDelay retry({.first = absl::Seconds(1), .longest = absl::Seconds(5)});
  for (const int seconds : {1, 2, 4, 5, 5, 5}) {
    const absl::Duration whole = absl::Seconds(seconds);
    EXPECT_THAT(retry.Next(), AllOf(Ge(whole / 2), Le(whole)));
  }
}

TEST(RetryDelayTest, BeginsAgainAfterAReset) {
  RetryDelay retry({.first = absl::Seconds(1), .longest = absl::Seconds(60)});
  for (int i = 0; i < 5; ++i) retry.Next();
  retry.Reset();
  EXPECT_THAT(retry.Next(), Le(absl::Seconds(1)));
}

TEST(RetryDelayTest, TheLongestCanBeAskedForAtOnce) {
  RetryDelay retry({.first = absl::Seconds(1), .longest = absl::Seconds(60)});
  for (int i = 0; i < 3; ++i) {
    EXPECT_THAT(retry.NextLongest(),
                AllOf(Ge(absl::Seconds(30)), Le(absl::Seconds(60))));
  }
  EXPECT_THAT(retry.Next(), Ge(absl::Seconds(30)));
}

TEST(RetryDelayTest, IsNotTheSameForAll) {
  std::set<absl::Duration> delays;
  for (int i = 0; i < 20; ++i) delays.insert(RetryDelay({}).Next());
  EXPECT_THAT(delays, SizeIs(Gt(10u)));
}

}  // namespace
}  // namespace plumbline::triage
