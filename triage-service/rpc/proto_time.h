// Times and durations as messages carry them.

#ifndef PLUMBLINE_TRIAGE_SERVICE_RPC_PROTO_TIME_H_
#define PLUMBLINE_TRIAGE_SERVICE_RPC_PROTO_TIME_H_

#include "absl/time/time.h"
#include "google/protobuf/duration.pb.h"
#include "google/protobuf/timestamp.pb.h"

namespace plumbline::triage {

void SetTimestamp(absl::Time time, google::protobuf::Timestamp* message);

// Infinite durations become the longest that a message can hold.
void SetDuration(absl::Duration duration, google::protobuf::Duration* message);

}  // namespace plumbline::triage

#endif  // PLUMBLINE_TRIAGE_SERVICE_RPC_PROTO_TIME_H_
