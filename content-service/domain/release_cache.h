// The contents used last, by digest: what reads of published content are
// answered from, and what replicas are sent. Free of gRPC types. Thread-safe.
//
// Content never changes, so an entry is never stale. It is whole if its bytes
// have its digest. Whether this engine can compile it is another question,
// asked only by reads that need it: what an older one published still goes out.

#ifndef PLUMBLINE_CONTENT_SERVICE_DOMAIN_RELEASE_CACHE_H_
#define PLUMBLINE_CONTENT_SERVICE_DOMAIN_RELEASE_CACHE_H_

#include <cstddef>
#include <list>
#include <memory>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "common/pathway/model.h"
#include "common/sync/mutex.h"
#include "content-service/storage/content_store.h"

namespace plumbline::content {

class CachedContent {
 public:
  CachedContent(std::string its_digest, std::string its_bytes)
      : digest(std::move(its_digest)), bytes(std::move(its_bytes)) {}

  const std::string digest;
  const std::string bytes;

  // Compiled when first asked for. FAILED_PRECONDITION, reason CONTENT_INVALID,
  // where this engine does not take it.
  absl::StatusOr<std::shared_ptr<const pathway::CompiledPathway>> Compiled()
      const;

 private:
  mutable sync::Mutex mutex_;
  mutable std::shared_ptr<const pathway::CompiledPathway> compiled_
      ABSL_GUARDED_BY(mutex_);
};

class ReleaseCache {
 public:
  // Keeps at most `contents_max` contents.
  ReleaseCache(ContentStore& store, std::size_t contents_max)
      : store_(store), contents_max_(contents_max) {}

  // Finds stored content. NOT_FOUND, or DATA_LOSS (reason STORE_DAMAGED) where
  // what is stored does not have its digest. The lock is not held while content
  // is loaded: two threads may load the same, and the first to finish wins.
  absl::StatusOr<std::shared_ptr<const CachedContent>> Find(
      const std::string& digest);

  // The same within a read that is under way.
  absl::StatusOr<std::shared_ptr<const CachedContent>> Find(
      const Reader& reader, const std::string& digest);

 private:
  using Entry = std::shared_ptr<const CachedContent>;

  Entry FindCached(const std::string& digest);
  Entry Keep(Entry entry);
  static absl::StatusOr<Entry> Load(const Reader& reader,
                                    const std::string& digest);

  ContentStore& store_;
  const std::size_t contents_max_;

  sync::Mutex mutex_;
  std::list<Entry> newest_first_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace plumbline::content

#endif  // PLUMBLINE_CONTENT_SERVICE_DOMAIN_RELEASE_CACHE_H_
