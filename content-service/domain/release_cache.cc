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
  absl::StatusOr<Entry> loaded = Load(digest);
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
    const std::string& digest) {
  auto content = std::make_shared<CachedContent>();
  content->digest = digest;
  const absl::Status read = store_.Read([&](const Reader& reader) {
    absl::StatusOr<std::string> bytes = reader.FindContent(digest);
    if (!bytes.ok()) return bytes.status();
    content->bytes = *std::move(bytes);
    return absl::OkStatus();
  });
  if (!read.ok()) return read;
  const auto pathway = pathway::LoadContent(content->bytes);
  if (trust::Sha256Hex(content->bytes) != digest || !pathway.ok()) {
    return rpc::WithReason(
        absl::DataLossError(absl::StrCat(
            "the stored content of digest ", digest, " is damaged: ",
            pathway.ok() ? "its digest is another"
                         : pathway.status().message())),
        "STORE_DAMAGED", {{"digest", digest}});
  }
  content->pathway = *pathway;
  return content;
}

}  // namespace plumbline::content
