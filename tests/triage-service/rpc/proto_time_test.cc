#include "triage-service/rpc/proto_time.h"

#include <gtest/gtest.h>

namespace plumbline::triage {
namespace {

TEST(ProtoTimeTest, TimesHaveSecondsAndNanoseconds) {
  google::protobuf::Timestamp message;
  SetTimestamp(absl::FromUnixNanos(1'800'000'000'000'000'007), &message);
  EXPECT_EQ(message.seconds(), 1'800'000'000);
  EXPECT_EQ(message.nanos(), 7);
}

TEST(ProtoTimeTest, TimesBefore1970HavePositiveNanoseconds) {
  google::protobuf::Timestamp message;
  SetTimestamp(absl::UnixEpoch() - absl::Milliseconds(1), &message);
  EXPECT_EQ(message.seconds(), -1);
  EXPECT_EQ(message.nanos(), 999'000'000);
}

TEST(ProtoTimeTest, DurationsHaveSecondsAndNanoseconds) {
  google::protobuf::Duration message;
  SetDuration(absl::Milliseconds(2500), &message);
  EXPECT_EQ(message.seconds(), 2);
  EXPECT_EQ(message.nanos(), 500'000'000);
}

TEST(ProtoTimeTest, InfinityIsTheLongestDuration) {
  google::protobuf::Duration message;
  SetDuration(absl::InfiniteDuration(), &message);
  EXPECT_EQ(message.seconds(), 315'576'000'000);
  EXPECT_EQ(message.nanos(), 0);
}

}  // namespace
}  // namespace plumbline::triage
