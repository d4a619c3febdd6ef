// The schema of the SQLite store, and how an older file is brought up to date.

#ifndef PLUMBLINE_CONTENT_SERVICE_STORAGE_SQLITE_SCHEMA_H_
#define PLUMBLINE_CONTENT_SERVICE_STORAGE_SQLITE_SCHEMA_H_

#include <string>

#include "absl/status/status.h"
#include "content-service/storage/sqlite_database.h"

namespace plumbline::content {

// Makes or upgrades the schema of the file behind `connection`, one migration
// after the other, each in a transaction of its own. Forward only. `path` is
// for messages.
absl::Status Migrate(SqliteConnection& connection, const std::string& path);

}  // namespace plumbline::content

#endif  // PLUMBLINE_CONTENT_SERVICE_STORAGE_SQLITE_SCHEMA_H_
