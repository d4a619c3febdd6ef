#include "cli/exit_code.h"

#include <optional>
#include <string>
#include <utility>

#include "absl/strings/cord.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "common/pathway/fault.h"
#include "common/rpc/error_details.h"

namespace plumbline::cli {
namespace {

constexpr char kExitCodeType[] = "plumbline/exit-code";

}  // namespace

absl::Status WithExitCode(absl::Status status, ExitCode code) {
  status.SetPayload(kExitCodeType, absl::Cord(absl::StrCat(code)));
  return status;
}

absl::Status UsageError(absl::string_view message) {
  return WithExitCode(absl::InvalidArgumentError(message), kExitUsage);
}

absl::Status LocalError(absl::Status status) {
  return WithExitCode(std::move(status), kExitRefused);
}

ExitCode ExitCodeOf(const absl::Status& status) {
  int code = 0;
  const absl::optional<absl::Cord> given = status.GetPayload(kExitCodeType);
  // A failure never ends with 0, whatever a service sent as a detail of it.
  if (!status.ok() && given.has_value() &&
      absl::SimpleAtoi(std::string(*given), &code) && code > kExitOk) {
    return static_cast<ExitCode>(code);
  }
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
  err << "plumb: "
      << (message.empty() ? absl::StatusCodeToString(status.code()) : message)
      << '\n';
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
