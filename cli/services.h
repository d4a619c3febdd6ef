// The two services, as plumb calls them.

#ifndef PLUMBLINE_CLI_SERVICES_H_
#define PLUMBLINE_CLI_SERVICES_H_

#include "absl/status/statusor.h"
#include "cli/remote.h"
#include "plumbline/content/v1/content_service.grpc.pb.h"
#include "plumbline/triage/v1/triage_service.grpc.pb.h"

namespace plumbline::cli {

using ContentStub = content::v1::ContentService::Stub;
using TriageStub = triage::v1::TriageService::Stub;
using RemoteContent = RemoteService<ContentStub>;
using RemoteTriage = RemoteService<TriageStub>;

absl::StatusOr<RemoteContent> ConnectContent(const Remote& remote);
absl::StatusOr<RemoteTriage> ConnectTriage(const Remote& remote);

}  // namespace plumbline::cli

#endif  // PLUMBLINE_CLI_SERVICES_H_
