// Search over the guidance of releases, one index for each content and locale.
// Free of gRPC types. Thread-safe.

#ifndef PLUMBLINE_CONTENT_SERVICE_DOMAIN_SEARCH_H_
#define PLUMBLINE_CONTENT_SERVICE_DOMAIN_SEARCH_H_

#include <cstddef>
#include <functional>
#include <list>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/pathway/model.h"
#include "common/sync/mutex.h"
#include "content-service/storage/guidance_index.h"

namespace plumbline::content {

inline constexpr std::size_t kQueryBytesMax = 200;
inline constexpr std::size_t kQueryWordsMax = 16;

// The words of a query, each once; one that ends in `*` is a prefix. Without
// letters and digits there is no word.
std::vector<SearchWord> ParseQuery(absl::string_view query);

class GuidanceSearch {
 public:
  using MakeIndex =
      std::function<absl::StatusOr<std::unique_ptr<GuidanceIndex>>(
          const std::vector<IndexedText>&)>;

  // Keeps at most `indices_max` indices. An index is made when it is first
  // asked for: content never changes.
  GuidanceSearch(MakeIndex make_index, std::size_t indices_max)
      : make_index_(std::move(make_index)), indices_max_(indices_max) {}

  // The index over the records of `pathway` in `locale` (or its default one,
  // where it has no such): each record is the text of its own index.
  absl::StatusOr<std::shared_ptr<GuidanceIndex>> IndexOf(
      const pathway::CompiledPathway& pathway, const std::string& locale);

 private:
  struct Entry {
    std::string digest;
    std::string locale;
    std::shared_ptr<GuidanceIndex> index;
  };

  absl::StatusOr<std::shared_ptr<GuidanceIndex>> Find(
      const pathway::CompiledPathway& pathway, const std::string& locale);

  const MakeIndex make_index_;
  const std::size_t indices_max_;

  sync::Mutex mutex_;
  std::list<Entry> newest_first_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace plumbline::content

#endif  // PLUMBLINE_CONTENT_SERVICE_DOMAIN_SEARCH_H_
