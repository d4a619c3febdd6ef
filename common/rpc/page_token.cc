#include "common/rpc/page_token.h"

#include <algorithm>

#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/rpc/error_details.h"
#include "common/rpc/request_digest.h"
#include "common/trust/digest.h"

namespace plumbline::rpc {
namespace {

constexpr std::size_t kCodeBytes = 32;

// A size in front of each part, so that no two lists of parts look alike.
std::string Join(std::initializer_list<absl::string_view> parts) {
  std::string joined;
  for (const absl::string_view part : parts) {
    absl::StrAppend(&joined, part.size(), ":", part);
  }
  return joined;
}

// Takes one part off the front of `joined`.
bool TakePart(absl::string_view* joined, std::string* part) {
  const std::size_t colon = joined->find(':');
  std::size_t size = 0;
  if (colon == absl::string_view::npos ||
      !absl::SimpleAtoi(joined->substr(0, colon), &size)) {
    return false;
  }
  joined->remove_prefix(colon + 1);
  if (joined->size() < size) return false;
  *part = std::string(joined->substr(0, size));
  joined->remove_prefix(size);
  return true;
}

std::string Code(absl::string_view key, const Listing& listing,
                 absl::string_view body) {
  return trust::HmacSha256(
      key, Join({"plumbline/page-token/v1", listing.method, listing.principal,
                 listing.filter_hash, body}));
}

}  // namespace

std::string FilterHash(const google::protobuf::Message& request) {
  return RequestDigest(request, {"page_size", "page_token"});
}

std::string PageTokens::Seal(const Listing& listing,
                             const PagePosition& position) const {
  const std::string body = Join({position.snapshot, position.after});
  return absl::WebSafeBase64Escape(
      absl::StrCat(Code(key_, listing, body), body));
}

absl::StatusOr<PagePosition> PageTokens::Open(const Listing& listing,
                                              absl::string_view token) const {
  const absl::Status refused = WithReason(
      InvalidArgument("page_token",
                      "is not a token of this listing; start again without "
                      "one"),
      "PAGE_TOKEN_INVALID");
  std::string bytes;
  if (!absl::WebSafeBase64Unescape(token, &bytes) ||
      bytes.size() < kCodeBytes) {
    return refused;
  }
  absl::string_view body = bytes;
  body.remove_prefix(kCodeBytes);
  if (!trust::EqualInConstantTime(
          Code(key_, listing, body),
          absl::string_view(bytes).substr(0, kCodeBytes))) {
    return refused;
  }
  PagePosition position;
  if (!TakePart(&body, &position.snapshot) ||
      !TakePart(&body, &position.after) || !body.empty()) {
    return refused;
  }
  return position;
}

absl::StatusOr<int> PageSize(std::int64_t requested, int size_default,
                             int size_max) {
  if (requested < 0) {
    return InvalidArgument("page_size",
                           absl::StrCat("must not be negative: ", requested));
  }
  if (requested == 0) return size_default;
  return static_cast<int>(
      std::min<std::int64_t>(requested, static_cast<std::int64_t>(size_max)));
}

}  // namespace plumbline::rpc
