#include "triage-service/rpc/proto_time.h"

#include <algorithm>
#include <cstdint>

namespace plumbline::triage {
namespace {

// google.protobuf.Duration: about 10,000 years.
constexpr absl::Duration kDurationMax = absl::Seconds(315'576'000'000);

}  // namespace

void SetTimestamp(absl::Time time, google::protobuf::Timestamp* message) {
  const std::int64_t seconds = absl::ToUnixSeconds(time);
  message->set_seconds(seconds);
  message->set_nanos(static_cast<std::int32_t>(
      absl::ToInt64Nanoseconds(time - absl::FromUnixSeconds(seconds))));
}

void SetDuration(absl::Duration duration, google::protobuf::Duration* message) {
  duration = std::clamp(duration, -kDurationMax, kDurationMax);
  message->set_seconds(
      absl::IDivDuration(duration, absl::Seconds(1), &duration));
  message->set_nanos(
      static_cast<std::int32_t>(absl::ToInt64Nanoseconds(duration)));
}

}  // namespace plumbline::triage
