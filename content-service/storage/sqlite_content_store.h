// A content store in one file on disk. What Write() has accepted survives a
// crash of the process and of the machine.

#ifndef PLUMBLINE_CONTENT_SERVICE_STORAGE_SQLITE_CONTENT_STORE_H_
#define PLUMBLINE_CONTENT_SERVICE_STORAGE_SQLITE_CONTENT_STORE_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "content-service/storage/content_store.h"

namespace plumbline::content {

// Opens the store at `path`, and makes it if there is no such file. A store of
// an earlier schema is brought up to date first. Returns FAILED_PRECONDITION
// for a store of a later schema and for a file that is something else.
absl::StatusOr<std::unique_ptr<ContentStore>> OpenSqliteContentStore(
    const std::string& path);

}  // namespace plumbline::content

#endif  // PLUMBLINE_CONTENT_SERVICE_STORAGE_SQLITE_CONTENT_STORE_H_
