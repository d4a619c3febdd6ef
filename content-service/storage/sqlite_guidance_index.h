// The index in memory, by SQLite's FTS5.

#ifndef PLUMBLINE_CONTENT_SERVICE_STORAGE_SQLITE_GUIDANCE_INDEX_H_
#define PLUMBLINE_CONTENT_SERVICE_STORAGE_SQLITE_GUIDANCE_INDEX_H_

#include <memory>
#include <vector>

#include "absl/status/statusor.h"
#include "content-service/storage/guidance_index.h"

namespace plumbline::content {

absl::StatusOr<std::unique_ptr<GuidanceIndex>> NewSqliteGuidanceIndex(
    const std::vector<IndexedText>& texts);

}  // namespace plumbline::content

#endif  // PLUMBLINE_CONTENT_SERVICE_STORAGE_SQLITE_GUIDANCE_INDEX_H_
