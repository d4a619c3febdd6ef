#include "common/rpc/status.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/cord.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "common/rpc/error_details.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"

namespace plumbline::rpc {
namespace {

// Both enums mirror google.rpc.Code, so a cast translates them.
static_assert(static_cast<int>(absl::StatusCode::kOk) == grpc::StatusCode::OK);
static_assert(static_cast<int>(absl::StatusCode::kUnauthenticated) ==
              grpc::StatusCode::UNAUTHENTICATED);
static_assert(static_cast<int>(absl::StatusCode::kInternal) ==
              grpc::StatusCode::INTERNAL);

constexpr char kHidden[] =
    "the service failed to handle this request; its log says why";
constexpr absl::string_view kTypeUrlPrefix = "type.googleapis.com/";
constexpr absl::Duration kRetryDelay = absl::Seconds(1);
// Of an error that has to be cut: a message or a description, and the path of a
// field or a value of the metadata.
constexpr std::size_t kMessageBytesMax = 1 << 10;
constexpr std::size_t kFieldBytesMax = 256;
// What stands around a violation in its BadRequest, and around that.
constexpr std::size_t kFramingBytes = 4;
// The violation that counts those that were left out, and the framing of all.
constexpr std::size_t kLastViolationBytes = 64;

// What a caller may see of a fault of ours: that it is one, and its reason.
absl::Status Hidden(const absl::Status& status) {
  std::string reason = ReasonOf(status);
  if (reason.empty()) reason = "INTERNAL";
  return WithReason(absl::Status(status.code(), kHidden), reason,
                    ReasonMetadataOf(status));
}

// Whether a retry may help, so that the error must say when.
bool IsTransient(absl::StatusCode code) {
  return code == absl::StatusCode::kUnavailable ||
         code == absl::StatusCode::kResourceExhausted;
}

absl::Status ForCaller(const absl::Status& status) {
  if (IsOurFault(status.code())) return Hidden(status);
  if (IsTransient(status.code()) && !RetryDelayOf(status).has_value()) {
    return WithRetryDelay(status, kRetryDelay);
  }
  return status;
}

// The details in the order of their types: payloads come in any order.
google::rpc::Status ToMessage(const absl::Status& status) {
  std::vector<std::pair<std::string, std::string>> details;
  status.ForEachPayload(
      [&details](absl::string_view type_url, const absl::Cord& payload) {
        if (!absl::StartsWith(type_url, kTypeUrlPrefix)) return;
        details.emplace_back(std::string(type_url), std::string(payload));
      });
  std::sort(details.begin(), details.end());

  google::rpc::Status message;
  message.set_code(static_cast<int>(status.code()));
  message.set_message(std::string(status.message()));
  for (auto& [type_url, payload] : details) {
    google::protobuf::Any& detail = *message.add_details();
    detail.set_type_url(type_url);
    detail.set_value(std::move(payload));
  }
  return message;
}

// The message stands in the trailers by itself, and again in the details.
std::size_t BytesOf(const google::rpc::Status& message) {
  return message.message().size() + message.ByteSizeLong();
}

// Cuts, and shows that it has.
void Shorten(std::size_t bytes_max, std::string* text) {
  if (text->size() <= bytes_max) return;
  text->resize(CutText(*text, bytes_max).size());
  text->append("…");
}

// The first violations, each cut, that have at most `bytes_max` bytes together,
// but at least one; then one that says how many more there are.
google::rpc::BadRequest FirstOf(google::rpc::BadRequest all,
                                std::size_t bytes_max) {
  google::rpc::BadRequest first;
  std::size_t bytes = 0;
  for (auto& violation : *all.mutable_field_violations()) {
    Shorten(kFieldBytesMax, violation.mutable_field());
    Shorten(kMessageBytesMax, violation.mutable_description());
    bytes += violation.ByteSizeLong() + kFramingBytes;
    if (bytes > bytes_max && first.field_violations_size() > 0) break;
    first.add_field_violations()->Swap(&violation);
  }
  const int dropped =
      all.field_violations_size() - first.field_violations_size();
  if (dropped > 0) {
    first.add_field_violations()->set_description(
        absl::StrCat("and ", dropped, " more, left out here"));
  }
  return first;
}

// Cuts the values that programs read, which may repeat a caller's own.
void CutMetadata(google::protobuf::Any* detail) {
  google::rpc::ErrorInfo info;
  if (!detail->UnpackTo(&info)) return;
  for (auto& [key, value] : *info.mutable_metadata()) {
    Shorten(kFieldBytesMax, &value);
  }
  detail->PackFrom(info);
}

// Makes the details fit beside the message. Each is unpacked and packed once,
// however many violations it has.
void CutDetails(google::rpc::Status* message) {
  for (google::protobuf::Any& detail : *message->mutable_details()) {
    CutMetadata(&detail);
  }
  for (google::protobuf::Any& detail : *message->mutable_details()) {
    google::rpc::BadRequest request;
    if (!detail.UnpackTo(&request)) continue;
    detail.clear_value();
    const std::size_t others = BytesOf(*message) + kLastViolationBytes;
    const std::size_t room =
        others < kErrorBytesMax ? kErrorBytesMax - others : 0;
    detail.PackFrom(FirstOf(std::move(request), room));
  }
}

}  // namespace

bool IsOurFault(absl::StatusCode code) {
  return code == absl::StatusCode::kInternal ||
         code == absl::StatusCode::kUnknown ||
         code == absl::StatusCode::kDataLoss;
}

grpc::Status ToGrpcStatus(const absl::Status& status) {
  if (status.ok()) return grpc::Status::OK;
  google::rpc::Status message = ToMessage(ForCaller(status));
  if (BytesOf(message) > kErrorBytesMax) {
    Shorten(kMessageBytesMax, message.mutable_message());
  }
  if (BytesOf(message) > kErrorBytesMax) CutDetails(&message);
  return grpc::Status(
      static_cast<grpc::StatusCode>(status.code()), message.message(),
      message.details().empty() ? "" : message.SerializeAsString());
}

absl::Status FromGrpcStatus(const grpc::Status& status) {
  if (status.ok()) return absl::OkStatus();
  absl::Status result(static_cast<absl::StatusCode>(status.error_code()),
                      status.error_message());
  google::rpc::Status message;
  if (!message.ParseFromString(status.error_details())) return result;
  for (const google::protobuf::Any& detail : message.details()) {
    result.SetPayload(detail.type_url(), absl::Cord(detail.value()));
  }
  return result;
}

}  // namespace plumbline::rpc
