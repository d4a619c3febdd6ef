#include "common/rpc/error_details.h"

#include <google/protobuf/message.h>

#include <utility>

#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "google/rpc/error_details.pb.h"

namespace plumbline::rpc {
namespace {

// When a shed caller may come back: about the time that a full queue takes.
constexpr absl::Duration kShedRetryDelay = absl::Milliseconds(250);

// How google.protobuf.Any names a message type.
std::string TypeUrl(const google::protobuf::Descriptor& type) {
  return absl::StrCat("type.googleapis.com/", type.full_name());
}

template <typename Detail>
absl::Status WithDetail(absl::Status status, const Detail& detail) {
  status.SetPayload(TypeUrl(*Detail::descriptor()),
                    absl::Cord(detail.SerializeAsString()));
  return status;
}

// The detail of this type, if there is one.
template <typename Detail>
std::optional<Detail> DetailOf(const absl::Status& status) {
  const absl::optional<absl::Cord> payload =
      status.GetPayload(TypeUrl(*Detail::descriptor()));
  Detail detail;
  if (!payload.has_value() || !detail.ParseFromString(std::string(*payload))) {
    return std::nullopt;
  }
  return detail;
}

// The message with its place in front, for one that came from a file.
std::string Description(const pathway::Fault& fault) {
  if (fault.place.file.empty()) return fault.message;
  return absl::StrCat(fault.place.file, ":", fault.place.line, ":",
                      fault.place.column, ": ", fault.message);
}

std::string Line(const pathway::Fault& fault) {
  return absl::StrCat(fault.path, fault.path.empty() ? "" : ": ",
                      Description(fault));
}

}  // namespace

absl::Status InvalidArgument(const pathway::Faults& faults) {
  const std::string message = absl::StrJoin(
      faults, "\n", [](std::string* out, const pathway::Fault& fault) {
        absl::StrAppend(out, Line(fault));
      });
  return WithReason(WithViolations(absl::InvalidArgumentError(message), faults),
                    "INVALID_REQUEST");
}

absl::Status InvalidArgument(absl::string_view field,
                             absl::string_view message) {
  return InvalidArgument(
      {{.path = std::string(field), .message = std::string(message)}});
}

absl::Status WithViolations(absl::Status status,
                            const pathway::Faults& faults) {
  google::rpc::BadRequest detail;
  for (const pathway::Fault& fault : faults) {
    google::rpc::BadRequest::FieldViolation& violation =
        *detail.add_field_violations();
    violation.set_field(fault.path);
    violation.set_description(Description(fault));
  }
  return WithDetail(std::move(status), detail);
}

absl::Status WithReason(absl::Status status, absl::string_view reason,
                        const Metadata& metadata) {
  google::rpc::ErrorInfo detail;
  detail.set_reason(std::string(reason));
  detail.set_domain(kErrorDomain);
  detail.mutable_metadata()->insert(metadata.begin(), metadata.end());
  return WithDetail(std::move(status), detail);
}

absl::Status WithRetryDelay(absl::Status status, absl::Duration delay) {
  google::rpc::RetryInfo detail;
  absl::Duration rest;
  detail.mutable_retry_delay()->set_seconds(
      absl::IDivDuration(delay, absl::Seconds(1), &rest));
  detail.mutable_retry_delay()->set_nanos(
      static_cast<std::int32_t>(absl::ToInt64Nanoseconds(rest)));
  return WithDetail(std::move(status), detail);
}

absl::Status Overloaded() {
  return WithRetryDelay(
      WithReason(absl::ResourceExhaustedError(
                     "too many calls are waiting; try again later"),
                 "OVERLOADED"),
      kShedRetryDelay);
}

absl::Status NotBuilt(absl::string_view method) {
  return WithReason(absl::UnimplementedError(absl::StrCat(
                        method, " is not built yet; see docs/status.md")),
                    "METHOD_NOT_BUILT", {{"method", std::string(method)}});
}

absl::string_view CutText(absl::string_view text, std::size_t bytes_max) {
  if (text.size() <= bytes_max) return text;
  std::size_t size = bytes_max;
  while (size > 0 && (static_cast<unsigned char>(text[size]) & 0xC0) == 0x80) {
    --size;
  }
  return text.substr(0, size);
}

std::string ReasonOf(const absl::Status& status) {
  const auto detail = DetailOf<google::rpc::ErrorInfo>(status);
  return detail.has_value() ? detail->reason() : "";
}

Metadata ReasonMetadataOf(const absl::Status& status) {
  const auto detail = DetailOf<google::rpc::ErrorInfo>(status);
  if (!detail.has_value()) return {};
  return Metadata(detail->metadata().begin(), detail->metadata().end());
}

pathway::Faults ViolationsOf(const absl::Status& status) {
  pathway::Faults faults;
  const auto detail = DetailOf<google::rpc::BadRequest>(status);
  if (!detail.has_value()) return faults;
  for (const auto& violation : detail->field_violations()) {
    faults.push_back(
        {.path = violation.field(), .message = violation.description()});
  }
  return faults;
}

std::optional<absl::Duration> RetryDelayOf(const absl::Status& status) {
  const auto detail = DetailOf<google::rpc::RetryInfo>(status);
  if (!detail.has_value()) return std::nullopt;
  return absl::Seconds(detail->retry_delay().seconds()) +
         absl::Nanoseconds(detail->retry_delay().nanos());
}

}  // namespace plumbline::rpc
