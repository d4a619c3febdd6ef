// The pages of a listing: their size, where each starts, and the token for the
// next one.

#ifndef PLUMBLINE_CONTENT_SERVICE_RPC_PAGER_H_
#define PLUMBLINE_CONTENT_SERVICE_RPC_PAGER_H_

#include <cstdint>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/rpc/entrance.h"
#include "common/rpc/page_token.h"

namespace plumbline::content {

inline constexpr int kPageSizeDefault = 50;
inline constexpr int kPageSizeMax = 200;

class Pager {
 public:
  // `tokens` must outlive it.
  explicit Pager(const rpc::PageTokens& tokens) : tokens_(tokens) {}

  // Reads `page_size` and `page_token`. INVALID_ARGUMENT.
  template <typename Request>
  absl::Status Start(const rpc::Call& call, const Request& request) {
    listing_ = {call.method->path, call.principal.name,
                rpc::FilterHash(request)};
    const absl::StatusOr<int> size =
        rpc::PageSize(request.page_size(), kPageSizeDefault, kPageSizeMax);
    if (!size.ok()) return size.status();
    size_ = *size;
    if (request.page_token().empty()) return absl::OkStatus();
    absl::StatusOr<rpc::PagePosition> position =
        tokens_.Open(listing_, request.page_token());
    if (!position.ok()) return position.status();
    position_ = *std::move(position);
    is_first_ = false;
    return absl::OkStatus();
  }

  int size() const { return size_; }

  // One more than a page, to see whether there is a next one.
  int limit() const { return size_ + 1; }

  bool is_first() const { return is_first_; }

  // What the listing is pinned to, and after which element this page starts;
  // both empty on the first page.
  const std::string& snapshot() const { return position_.snapshot; }
  const std::string& after() const { return position_.after; }

  // `after` as a number; `otherwise` on the first page.
  std::int64_t AfterNumber(std::int64_t otherwise) const {
    return ToNumber(position_.after, otherwise);
  }
  std::int64_t SnapshotNumber(std::int64_t otherwise) const {
    return ToNumber(position_.snapshot, otherwise);
  }

  // The token for the page after the element `after`.
  std::string Next(const std::string& snapshot,
                   const std::string& after) const {
    return tokens_.Seal(listing_, {snapshot, after});
  }

 private:
  static std::int64_t ToNumber(const std::string& text,
                               std::int64_t otherwise) {
    std::int64_t number = 0;
    return absl::SimpleAtoi(text, &number) ? number : otherwise;
  }

  const rpc::PageTokens& tokens_;
  rpc::Listing listing_;
  rpc::PagePosition position_;
  int size_ = 0;
  bool is_first_ = true;
};

}  // namespace plumbline::content

#endif  // PLUMBLINE_CONTENT_SERVICE_RPC_PAGER_H_
