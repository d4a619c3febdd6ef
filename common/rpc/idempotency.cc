#include "common/rpc/idempotency.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "common/rpc/error_details.h"
#include "common/rpc/request_digest.h"

namespace plumbline::rpc {
namespace {

constexpr std::size_t kRequestIdBytesMax = 128;

}  // namespace

std::string PayloadHash(const google::protobuf::Message& request) {
  return RequestDigest(request, {"request_id"});
}

absl::Status CheckRequestId(absl::string_view request_id) {
  const bool is_legal = request_id.size() <= kRequestIdBytesMax &&
                        std::all_of(request_id.begin(), request_id.end(),
                                    [](unsigned char letter) {
                                      return absl::ascii_isgraph(letter);
                                    });
  if (is_legal) return absl::OkStatus();
  return InvalidArgument("request_id",
                         absl::StrCat("must be 1 to ", kRequestIdBytesMax,
                                      " printable ASCII characters without "
                                      "spaces, or empty"));
}

absl::Status RequestIdReused(absl::string_view request_id) {
  return WithReason(
      absl::AlreadyExistsError(absl::StrCat(
          "request_id ", request_id,
          " was used for another request; a new request needs a new id")),
      "REQUEST_ID_REUSED");
}

}  // namespace plumbline::rpc
