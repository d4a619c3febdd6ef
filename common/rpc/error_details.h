// Details of an error that a program can read (google.rpc): the violations of a
// bad request, a stable reason, when to come back. They travel as payloads of
// an absl::Status, so that inner layers can attach them without gRPC, and
// arrive at the caller unchanged.

#ifndef PLUMBLINE_COMMON_RPC_ERROR_DETAILS_H_
#define PLUMBLINE_COMMON_RPC_ERROR_DETAILS_H_

#include <cstddef>
#include <map>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "common/pathway/fault.h"

namespace plumbline::rpc {

// The domain of every reason.
inline constexpr char kErrorDomain[] = "plumbline";

using Metadata = std::map<std::string, std::string>;

// INVALID_ARGUMENT with a BadRequest that holds every fault: `field` is the
// fault's path, `description` its message (with its place in a file in front,
// where it has one). The status message is one fault a line. Reason
// INVALID_REQUEST. `faults` is not empty.
absl::Status InvalidArgument(const pathway::Faults& faults);

// The same for a single field.
absl::Status InvalidArgument(absl::string_view field,
                             absl::string_view message);

// `status` with BadRequest violations, for a code other than INVALID_ARGUMENT.
absl::Status WithViolations(absl::Status status, const pathway::Faults& faults);

// `status` with an ErrorInfo: a stable documented reason in UPPER_SNAKE_CASE.
absl::Status WithReason(absl::Status status, absl::string_view reason,
                        const Metadata& metadata = {});

// `status` with a RetryInfo.
absl::Status WithRetryDelay(absl::Status status, absl::Duration delay);

// RESOURCE_EXHAUSTED, reason OVERLOADED, with a RetryInfo, for a call that is
// shed because too many wait.
absl::Status Overloaded();

// UNIMPLEMENTED, reason METHOD_NOT_BUILT, for a method of the contract that
// this version does not serve.
absl::Status NotBuilt(absl::string_view method);

// At most `bytes_max` bytes of UTF-8 text, cut at a whole character.
absl::string_view CutText(absl::string_view text, std::size_t bytes_max);

// What a status carries; empty where it carries none.
std::string ReasonOf(const absl::Status& status);
Metadata ReasonMetadataOf(const absl::Status& status);
pathway::Faults ViolationsOf(const absl::Status& status);
std::optional<absl::Duration> RetryDelayOf(const absl::Status& status);

}  // namespace plumbline::rpc

#endif  // PLUMBLINE_COMMON_RPC_ERROR_DETAILS_H_
