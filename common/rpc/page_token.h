// Page tokens: where a listing goes on. Opaque to callers and authenticated, so
// that a caller can neither read nor make one; bound to the method, the filter
// and the principal it was given for. Thread-safe.

#ifndef PLUMBLINE_COMMON_RPC_PAGE_TOKEN_H_
#define PLUMBLINE_COMMON_RPC_PAGE_TOKEN_H_

#include <google/protobuf/message.h>

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace plumbline::rpc {

// What a listing is of. Equal on every page of one listing.
struct Listing {
  std::string method;       // The method's path.
  std::string principal;    // Who lists.
  std::string filter_hash;  // FilterHash() of the request.
};

// Where the next page starts.
struct PagePosition {
  // What the listing is pinned to: a release digest, or the highest sequence
  // number of its first page. Empty for a listing that is not pinned.
  std::string snapshot;
  // The key of the last element that was given.
  std::string after;

  friend bool operator==(const PagePosition&, const PagePosition&) = default;
};

// The digest of a list request without its `page_size` and `page_token`.
std::string FilterHash(const google::protobuf::Message& request);

class PageTokens {
 public:
  // Tokens are authenticated with `key` (32 bytes or more). Servers with the
  // same key read each other's tokens; with trust::RandomBytes(32) tokens end
  // with the process.
  explicit PageTokens(std::string key) : key_(std::move(key)) {}

  std::string Seal(const Listing& listing, const PagePosition& position) const;

  // The position in `token`. INVALID_ARGUMENT (field
  // page_token, reason PAGE_TOKEN_INVALID) if the token
  // was not sealed with this key, or for another method, filter or principal;
  // it does not say which.
  absl::StatusOr<PagePosition> Open(const Listing& listing,
                                    absl::string_view token) const;

 private:
  const std::string key_;
};

// The size of a page: `requested`, or `size_default` for 0, at most `size_max`.
// INVALID_ARGUMENT (field page_size) for a negative number.
absl::StatusOr<int> PageSize(std::int64_t requested, int size_default,
                             int size_max);

}  // namespace plumbline::rpc

#endif  // PLUMBLINE_COMMON_RPC_PAGE_TOKEN_H_
