// The contents used last, compiled, by digest: what reads of published content
// are answered from. Free of gRPC types. Thread-safe.
//
// Content never changes, so an entry is never stale.

#ifndef PLUMBLINE_CONTENT_SERVICE_DOMAIN_RELEASE_CACHE_H_
#define PLUMBLINE_CONTENT_SERVICE_DOMAIN_RELEASE_CACHE_H_

#include <cstddef>
#include <list>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "common/pathway/model.h"
#include "common/sync/mutex.h"
#include "content-service/storage/content_store.h"

namespace plumbline::content {

struct CachedContent {
  std::string digest;
  std::string bytes;
  std::shared_ptr<const pathway::CompiledPathway> pathway;
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

 private:
  using Entry = std::shared_ptr<const CachedContent>;

  Entry FindCached(const std::string& digest);
  Entry Keep(Entry entry);
  absl::StatusOr<Entry> Load(const std::string& digest);

  ContentStore& store_;
  const std::size_t contents_max_;

  sync::Mutex mutex_;
  std::list<Entry> newest_first_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace plumbline::content

#endif  // PLUMBLINE_CONTENT_SERVICE_DOMAIN_RELEASE_CACHE_H_
