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
// Of a message that has to be cut.
constexpr std::size_t kMessageBytesMax = 1 << 10;

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

// Cuts at a whole UTF-8 character.
void CutMessage(google::rpc::Status* message) {
  std::string& text = *message->mutable_message();
  if (text.size() <= kMessageBytesMax) return;
  std::size_t size = kMessageBytesMax;
  while (size > 0 && (static_cast<unsigned char>(text[size]) & 0xC0) == 0x80) {
    --size;
  }
  text.resize(size);
  text.append("…");
}

// Drops last violations until the whole is small enough, and says how many.
void CutViolations(google::rpc::Status* message) {
  for (google::protobuf::Any& detail : *message->mutable_details()) {
    google::rpc::BadRequest request;
    if (!detail.UnpackTo(&request)) continue;
    auto& violations = *request.mutable_field_violations();
    int dropped = 0;
    while (BytesOf(*message) > kErrorBytesMax && violations.size() > 1) {
      if (dropped > 0) violations.RemoveLast();
      violations.RemoveLast();
      ++dropped;
      violations.Add()->set_description(
          absl::StrCat("and ", dropped, " more, left out here"));
      detail.PackFrom(request);
    }
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
  if (BytesOf(message) > kErrorBytesMax) CutMessage(&message);
  if (BytesOf(message) > kErrorBytesMax) CutViolations(&message);
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
