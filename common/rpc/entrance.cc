#include "common/rpc/entrance.h"

#include <algorithm>
#include <atomic>
#include <optional>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/rpc/error_details.h"
#include "common/rpc/log.h"
#include "common/trust/digest.h"

namespace plumbline::rpc {
namespace {

constexpr char kAuthorization[] = "authorization";
constexpr char kCallId[] = "x-request-id";
constexpr char kTraceparent[] = "traceparent";
constexpr std::size_t kCallIdBytesMax = 64;
constexpr std::size_t kProcessIdBytes = 6;

// The value of metadata that must be there once; nothing otherwise.
std::optional<absl::string_view> OnlyValue(
    const grpc::CallbackServerContext& context, const char* key) {
  const auto [first, last] = context.client_metadata().equal_range(key);
  if (first == last || std::next(first) != last) return std::nullopt;
  return absl::string_view(first->second.data(), first->second.size());
}

bool IsCallId(absl::string_view text) {
  return !text.empty() && text.size() <= kCallIdBytesMax &&
         std::all_of(text.begin(), text.end(), [](unsigned char letter) {
           return absl::ascii_isalnum(letter) || letter == '_' || letter == '-';
         });
}

// Unique among all processes: a random part for this one, and a count.
std::string NewCallId() {
  static const std::string& process_id = *new std::string(
      absl::BytesToHexString(trust::RandomBytes(kProcessIdBytes)));
  static std::atomic<std::uint64_t> count{0};
  return absl::StrCat(process_id, "-",
                      count.fetch_add(1, std::memory_order_relaxed));
}

// 00-<32 digits>-<16 digits>-<2 digits>, lower case; neither id all zero.
bool IsTraceparent(absl::string_view text) {
  return text.size() == 55 && text.substr(0, 3) == "00-" &&
         trust::IsLowerHex(text.substr(3, 32), 16) && text[35] == '-' &&
         trust::IsLowerHex(text.substr(36, 16), 8) && text[52] == '-' &&
         trust::IsLowerHex(text.substr(53, 2), 1) &&
         text.substr(3, 32) != std::string(32, '0') &&
         text.substr(36, 16) != std::string(16, '0');
}

absl::Time DeadlineOf(const grpc::CallbackServerContext& context) {
  const auto deadline = context.deadline();
  return deadline == std::chrono::system_clock::time_point::max()
             ? absl::InfiniteFuture()
             : absl::FromChrono(deadline);
}

Call NewCall(const MethodAccess& method, grpc::CallbackServerContext* context) {
  Call call{.method = &method,
            .start_time = absl::Now(),
            .deadline = DeadlineOf(*context),
            .context = context};
  const auto id = OnlyValue(*context, kCallId);
  call.id = id.has_value() && IsCallId(*id) ? std::string(*id) : NewCallId();
  const auto traceparent = OnlyValue(*context, kTraceparent);
  if (traceparent.has_value() && IsTraceparent(*traceparent)) {
    call.traceparent = std::string(*traceparent);
  }
  context->AddInitialMetadata(kCallId, call.id);
  return call;
}

LogLevel LevelOf(absl::StatusCode code) {
  if (IsOurFault(code)) return LogLevel::kError;
  const bool overloaded = code == absl::StatusCode::kUnavailable ||
                          code == absl::StatusCode::kResourceExhausted;
  return overloaded ? LogLevel::kWarning : LogLevel::kInfo;
}

// The message of a caller's mistake is the caller's: only faults of ours are
// logged in words.
void LogCall(const Call& call, const absl::Status& status,
             absl::Duration duration) {
  std::vector<LogField> fields = {
      {"method", call.method->short_name},
      {"code", absl::StatusCodeToString(status.code())},
      {"duration_seconds", duration},
      {"principal", call.principal.name},
      {"call_id", call.id}};
  if (!call.traceparent.empty()) {
    fields.emplace_back("traceparent", call.traceparent);
  }
  const std::string reason = ReasonOf(status);
  if (!reason.empty()) fields.emplace_back("reason", reason);
  if (IsOurFault(status.code())) {
    fields.emplace_back("message", status.message());
  }
  Log(LevelOf(status.code()), "call", fields);
}

absl::Status ExpiredStatus() {
  return WithReason(
      absl::DeadlineExceededError("the call expired before it was worked on"),
      "EXPIRED");
}

}  // namespace

bool Call::Expired() const {
  return deadline <= absl::Now() ||
         (context != nullptr && context->IsCancelled());
}

Entrance::Entrance(const AccessTable& access, const TokenTable& tokens,
                   CallMetrics& metrics, WorkerPool* pool)
    : access_(access), tokens_(tokens), metrics_(metrics), pool_(pool) {}

Entrance::Handler Entrance::NotBuiltHandler() {
  return [](const Call& call) { return NotBuilt(call.method->short_name); };
}

absl::StatusOr<Call> Entrance::Begin(
    grpc::CallbackServerContext* context,
    const google::protobuf::Descriptor* request) {
  const MethodAccess* const method = access_.FindByRequest(request);
  if (method == nullptr) {
    Log(LogLevel::kError, "a method that is not in the access table was called",
        {{"request", request->full_name()}});
    return absl::InternalError("no access option");
  }
  Call call = NewCall(*method, context);
  metrics_.Started(*method);
  absl::StatusOr<Principal> principal =
      Admit(tokens_, *method, OnlyValue(*context, kAuthorization));
  if (!principal.ok()) {
    End(call, principal.status());
    return principal.status();
  }
  call.principal = *std::move(principal);
  return call;
}

grpc::Status Entrance::End(const Call& call, const absl::Status& status) {
  const absl::Duration duration = absl::Now() - call.start_time;
  metrics_.Finished(*call.method, status.code(), duration);
  LogCall(call, status, duration);
  return ToGrpcStatus(status);
}

grpc::Status Entrance::RefuseUnbuiltStream(
    grpc::CallbackServerContext* context,
    const google::protobuf::Descriptor* request) {
  const absl::StatusOr<Call> call = Begin(context, request);
  if (!call.ok()) return ToGrpcStatus(call.status());
  return End(*call, NotBuilt(call->method->short_name));
}

grpc::ServerUnaryReactor* Entrance::RunHere(
    grpc::CallbackServerContext* context,
    const google::protobuf::Descriptor* request, const Handler& handler) {
  grpc::ServerUnaryReactor* const reactor = context->DefaultReactor();
  const absl::StatusOr<Call> call = Begin(context, request);
  if (!call.ok()) {
    reactor->Finish(ToGrpcStatus(call.status()));
    return reactor;
  }
  reactor->Finish(
      End(*call, call->Expired() ? ExpiredStatus() : handler(*call)));
  return reactor;
}

grpc::ServerUnaryReactor* Entrance::RunOn(
    WorkerPool* pool, grpc::CallbackServerContext* context,
    const google::protobuf::Descriptor* request, Handler handler) {
  grpc::ServerUnaryReactor* const reactor = context->DefaultReactor();
  absl::StatusOr<Call> call = Begin(context, request);
  if (!call.ok()) {
    reactor->Finish(ToGrpcStatus(call.status()));
    return reactor;
  }
  const bool accepted =
      pool != nullptr && pool->TrySubmit([this, reactor, call = *call,
                                          handler = std::move(handler)] {
        reactor->Finish(
            End(call, call.Expired() ? ExpiredStatus() : handler(call)));
      });
  if (!accepted) reactor->Finish(End(*call, Overloaded()));
  return reactor;
}

}  // namespace plumbline::rpc
