#include "content-service/rpc/store_calls.h"

#include "common/fault/failpoint.h"
#include "common/rpc/error_details.h"
#include "common/rpc/idempotency.h"

namespace plumbline::content {
namespace {

constexpr absl::Duration kStoreRetryDelay = absl::Seconds(1);

RequestKey KeyOf(const rpc::Call& call, const std::string& request_id) {
  return {call.principal.name, call.method->path, request_id};
}

// Whether `request` was answered before; then `response` is what was answered.
absl::StatusOr<bool> LookUp(const Reader& reader, const RequestKey& key,
                            const google::protobuf::Message& request,
                            absl::Time now,
                            google::protobuf::Message& response) {
  if (key.request_id.empty()) return false;
  const absl::StatusOr<RequestRecord> record = reader.FindRequest(key);
  if (absl::IsNotFound(record.status())) return false;
  if (!record.ok()) return record.status();
  if (record->expire_time < now) return false;
  if (record->payload_digest != rpc::PayloadHash(request)) {
    return rpc::RequestIdReused(key.request_id);
  }
  if (response.ParseFromString(record->response)) return true;
  return absl::DataLossError("a stored response is damaged");
}

absl::Status Remember(Transaction& transaction, const RequestKey& key,
                      const google::protobuf::Message& request, absl::Time now,
                      const google::protobuf::Message& response) {
  if (key.request_id.empty()) return absl::OkStatus();
  const absl::Status dropped = transaction.DropRequestsExpiredBefore(now);
  if (!dropped.ok()) return dropped;
  return transaction.AddRequest({key, rpc::PayloadHash(request),
                                 response.SerializeAsString(),
                                 now + rpc::kIdempotencyWindow});
}

}  // namespace

absl::Status ExplainStoreFailure(const absl::Status& status) {
  if (!rpc::ReasonOf(status).empty()) return status;
  if (absl::IsUnavailable(status)) {
    return rpc::WithRetryDelay(rpc::WithReason(status, "STORE_FAILED"),
                               kStoreRetryDelay);
  }
  if (absl::IsDataLoss(status)) {
    return rpc::WithReason(status, "STORE_DAMAGED");
  }
  return status;
}

absl::Status StoreCalls::Read(
    absl::FunctionRef<absl::Status(const Reader&)> read) {
  return ExplainStoreFailure(store_.Read(read));
}

absl::StatusOr<bool> StoreCalls::FindAnswer(
    const rpc::Call& call, const google::protobuf::Message& request,
    const std::string& request_id, google::protobuf::Message& response) {
  bool answered = false;
  const absl::Status status = Read([&](const Reader& reader) {
    const absl::StatusOr<bool> found =
        LookUp(reader, KeyOf(call, request_id), request, clock_(), response);
    if (found.ok()) answered = *found;
    return found.status();
  });
  if (!status.ok()) return status;
  return answered;
}

absl::Status StoreCalls::ChangeOnce(
    const rpc::Call& call, const google::protobuf::Message& request,
    const std::string& request_id, bool validate_only,
    google::protobuf::Message& response,
    absl::FunctionRef<absl::Status(Transaction&)> change) {
  bool checked = false;
  if (!validate_only) PLUMBLINE_FAILPOINT_OR_RETURN("change.before-write");
  const absl::Status written =
      store_.Write([&](Transaction& transaction) -> absl::Status {
        const absl::Time now = clock_();
        if (validate_only) {
          const absl::Status status = change(transaction);
          if (!status.ok()) return status;
          checked = true;
          // A failure, so that the store keeps nothing.
          return absl::CancelledError("only validated");
        }
        const RequestKey key = KeyOf(call, request_id);
        const absl::StatusOr<bool> answered =
            LookUp(transaction, key, request, now, response);
        if (!answered.ok()) return answered.status();
        if (*answered) return absl::OkStatus();
        const absl::Status status = change(transaction);
        if (!status.ok()) return status;
        return Remember(transaction, key, request, now, response);
      });
  if (checked) return absl::OkStatus();
  if (written.ok()) PLUMBLINE_FAILPOINT("answer.before-send");
  return ExplainStoreFailure(written);
}

}  // namespace plumbline::content
