#include "cli/exit_code.h"

#include <optional>
#include <string>

#include "absl/strings/match.h"
#include "absl/time/time.h"
#include "common/pathway/fault.h"
#include "common/rpc/error_details.h"

namespace plumbline::cli {

ExitCode ExitCodeOf(const absl::Status& status) {
  switch (status.code()) {
    case absl::StatusCode::kOk:
      return kExitOk;
    case absl::StatusCode::kUnavailable:
    case absl::StatusCode::kDeadlineExceeded:
    case absl::StatusCode::kResourceExhausted:
      return kExitUnavailable;
    case absl::StatusCode::kUnauthenticated:
    case absl::StatusCode::kPermissionDenied:
      return kExitNotAllowed;
    case absl::StatusCode::kInternal:
    case absl::StatusCode::kUnknown:
    case absl::StatusCode::kDataLoss:
      return kExitInternal;
    default:
      return kExitRefused;
  }
}

void PrintError(const absl::Status& status, std::ostream& err) {
  const std::string message(status.message());
  err << "plumb: " << message << '\n';
  for (const pathway::Fault& violation : rpc::ViolationsOf(status)) {
    const std::string line = pathway::ToString(violation);
    if (!absl::StrContains(message, line)) err << "  " << line << '\n';
  }
  const std::string reason = rpc::ReasonOf(status);
  if (!reason.empty()) {
    err << "  reason: " << reason;
    for (const auto& [key, value] : rpc::ReasonMetadataOf(status)) {
      err << ' ' << key << '=' << value;
    }
    err << '\n';
  }
  const std::optional<absl::Duration> delay = rpc::RetryDelayOf(status);
  if (delay.has_value()) {
    err << "  try again in " << absl::FormatDuration(*delay) << '\n';
  }
}

}  // namespace plumbline::cli
