// What GetServerInfo says: what this replica is, and what it serves.

#ifndef PLUMBLINE_TRIAGE_SERVICE_RPC_DESCRIBE_SERVER_H_
#define PLUMBLINE_TRIAGE_SERVICE_RPC_DESCRIBE_SERVER_H_

#include <string>

#include "absl/time/time.h"
#include "plumbline/triage/v1/server_info.pb.h"
#include "triage-service/content/channel_status.h"
#include "triage-service/domain/release_table.h"

namespace plumbline::triage {

// `statuses` has every channel of `table`. Content older than `content_age_max`
// is stale.
v1::ServerInfo DescribeServer(const ReleaseTable& table,
                              const ChannelStatuses& statuses,
                              const std::string& build_version,
                              absl::Duration content_age_max, absl::Time now);

}  // namespace plumbline::triage

#endif  // PLUMBLINE_TRIAGE_SERVICE_RPC_DESCRIBE_SERVER_H_
