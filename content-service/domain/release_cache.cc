#include "content-service/domain/release_cache.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/pathway/content.h"
#include "common/rpc/error_details.h"
#include "common/trust/digest.h"

namespace plumbline::content {

absl::StatusOr<std::shared_ptr<const CachedContent>> ReleaseCache::Find(
    const std::string& digest) {
  Entry cached = FindCached(digest);
  if (cached != nullptr) return cached;
  const absl::Status read = store_.Read([&](const Reader& reader) {
    absl::StatusOr<Entry> found = Find(reader, digest);
    if (!found.ok()) return found.status();
    cached = *std::move(found);
    return absl::OkStatus();
  });
  if (!read.ok()) return read;
  return cached;
}

absl::StatusOr<std::shared_ptr<const CachedContent>> ReleaseCache::Find(
    const Reader& reader, const std::string& digest) {
  Entry cached = FindCached(digest);
  if (cached != nullptr) return cached;
  absl::StatusOr<Entry> loaded = Load(reader, digest);
  if (!loaded.ok()) return loaded.status();
  return Keep(*std::move(loaded));
}

ReleaseCache::Entry ReleaseCache::FindCached(const std::string& digest) {
  const sync::MutexLock lock(mutex_);
  const auto found = std::find_if(
      newest_first_.begin(), newest_first_.end(),
      [&digest](const Entry& entry) { return entry->digest == digest; });
  if (found == newest_first_.end()) return nullptr;
  newest_first_.splice(newest_first_.begin(), newest_first_, found);
  return *found;
}

ReleaseCache::Entry ReleaseCache::Keep(Entry entry) {
  const sync::MutexLock lock(mutex_);
  for (const Entry& kept : newest_first_) {
    if (kept->digest == entry->digest) return kept;
  }
  newest_first_.push_front(entry);
  if (newest_first_.size() > contents_max_) newest_first_.pop_back();
  return entry;
}

absl::StatusOr<ReleaseCache::Entry> ReleaseCache::Load(
    const Reader& reader, const std::string& digest) {
  absl::StatusOr<std::string> bytes = reader.FindContent(digest);
  if (!bytes.ok()) return bytes.status();
  if (trust::Sha256Hex(*bytes) != digest) {
    return rpc::WithReason(absl::DataLossError(absl::StrCat(
                               "the stored content of digest ", digest,
                               " is damaged: its digest is another")),
                           "STORE_DAMAGED", {{"digest", digest}});
  }
  return std::make_shared<const CachedContent>(digest, *std::move(bytes));
}

// The lock is held meanwhile: who comes second has nothing better to do.
absl::StatusOr<std::shared_ptr<const pathway::CompiledPathway>>
CachedContent::Compiled() const {
  const sync::MutexLock lock(mutex_);
  if (compiled_ != nullptr) return compiled_;
  auto loaded = pathway::LoadContent(bytes);
  if (!loaded.ok()) {
    return rpc::WithReason(
        absl::FailedPreconditionError(
            absl::StrCat("this version of the service cannot read the content ",
                         digest, ": ", loaded.status().message())),
        "CONTENT_INVALID", {{"digest", digest}});
  }
  compiled_ = *std::move(loaded);
  return compiled_;
}

}  // namespace plumbline::content
