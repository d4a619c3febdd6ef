#include "triage-service/content/channel_status.h"

#include <gtest/gtest.h>

#include <thread>

namespace plumbline::triage {
namespace {

const absl::Time kNoon = absl::FromUnixSeconds(1'800'000'000);

TEST(ChannelStatusTest, StartsDisconnectedAndUnknown) {
  const ChannelStatus status;
  EXPECT_FALSE(status.Get().connected);
  EXPECT_EQ(status.Get().age.At(kNoon), absl::InfiniteDuration());
  EXPECT_FALSE(status.Get().refused.has_value());
}

TEST(ChannelStatusTest, AgeIsZeroWhileWhatIsServedIsTheNewest) {
  ChannelStatus status;
  status.SetConnected(true);
  status.Heard({1, 4}, {1, 4}, kNoon);
  EXPECT_EQ(status.Get().age.At(kNoon + absl::Hours(1)), absl::ZeroDuration());
}

TEST(ChannelStatusTest, AgeGrowsOnceThereIsANewerMove) {
  ChannelStatus status;
  status.SetConnected(true);
  status.Heard({1, 4}, {1, 4}, kNoon);
  status.Heard({1, 5}, {1, 4}, kNoon + absl::Minutes(1));
  EXPECT_EQ(status.Get().age.At(kNoon + absl::Minutes(3)), absl::Minutes(3));
}

TEST(ChannelStatusTest, AgeGrowsOnceTheStreamIsLost) {
  ChannelStatus status;
  status.SetConnected(true);
  status.Heard({1, 4}, {1, 4}, kNoon);
  status.SetConnected(false);
  EXPECT_EQ(status.Get().age.At(kNoon + absl::Minutes(3)), absl::Minutes(3));
}

TEST(ChannelStatusTest, ContentFromDiskIsAsOldAsItsFile) {
  ChannelStatus status;
  status.Loaded(kNoon - absl::Hours(7));
  EXPECT_EQ(status.Get().age.At(kNoon), absl::Hours(7));
}

TEST(ChannelStatusTest, ARefusalStandsUntilAMoveIsAccepted) {
  ChannelStatus status;
  status.Refused({{1, 5}, "d", "DIGEST_MISMATCH", "not that", kNoon});
  ASSERT_TRUE(status.Get().refused.has_value());
  EXPECT_EQ(status.Get().refused->reason, "DIGEST_MISMATCH");
  status.Accepted();
  EXPECT_FALSE(status.Get().refused.has_value());
}

TEST(ChannelStatusTest, ReadersSeeWholeStates) {
  constexpr int kWrites = 2000;
  ChannelStatus status;
  std::thread writer([&status] {
    for (int i = 0; i < kWrites; ++i) {
      status.Heard({1, i}, {1, i}, kNoon + absl::Seconds(i));
      status.SetConnected(i % 2 == 0);
      status.Refused({{1, i}, "d", std::to_string(i), std::to_string(i), {}});
    }
  });
  for (int i = 0; i < kWrites; ++i) {
    const ChannelStatus::Snapshot seen = status.Get();
    if (seen.refused.has_value()) {
      EXPECT_EQ(seen.refused->reason, seen.refused->message);
    }
  }
  writer.join();
}

}  // namespace
}  // namespace plumbline::triage
