#include "content-service/storage/sqlite_schema.h"

#include <iterator>

#include "absl/strings/str_cat.h"

namespace plumbline::content {
namespace {

// Marks the file as ours: "PLUM".
constexpr std::int64_t kApplicationId = 0x504c554d;

// Migration N takes a file from schema N-1 to schema N. A migration that has
// been released never changes; a change of the schema is a new one at the end.
//
// Tables are STRICT, so that no id is ever read as a number.
constexpr const char* kMigrations[] = {
    R"(
CREATE TABLE counter (
  only INTEGER NOT NULL PRIMARY KEY CHECK (only = 1),
  sequence INTEGER NOT NULL
) STRICT;
INSERT INTO counter (only, sequence) VALUES (1, 0);

CREATE TABLE fact (
  name TEXT NOT NULL PRIMARY KEY,
  value BLOB NOT NULL
) STRICT;

CREATE TABLE pathway (
  pathway_id TEXT NOT NULL PRIMARY KEY,
  create_ns INTEGER NOT NULL,
  sequence INTEGER NOT NULL UNIQUE
) STRICT;

CREATE TABLE draft (
  pathway_id TEXT NOT NULL REFERENCES pathway,
  draft_id TEXT NOT NULL,
  state INTEGER NOT NULL,
  bytes BLOB NOT NULL,
  sequence INTEGER NOT NULL UNIQUE,
  PRIMARY KEY (pathway_id, draft_id)
) STRICT;
CREATE INDEX draft_by_sequence ON draft (pathway_id, sequence);
CREATE INDEX draft_by_state ON draft (state);

CREATE TABLE draft_source (
  pathway_id TEXT NOT NULL,
  draft_id TEXT NOT NULL,
  bytes BLOB NOT NULL,
  PRIMARY KEY (pathway_id, draft_id),
  FOREIGN KEY (pathway_id, draft_id) REFERENCES draft
) STRICT;

CREATE TABLE content (
  digest TEXT NOT NULL PRIMARY KEY,
  bytes BLOB NOT NULL
) STRICT;

CREATE TABLE attestation (
  position INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  digest TEXT NOT NULL REFERENCES content,
  bytes BLOB NOT NULL
) STRICT;
CREATE INDEX attestation_by_digest ON attestation (digest, position);

CREATE TABLE release (
  pathway_id TEXT NOT NULL REFERENCES pathway,
  number INTEGER NOT NULL,
  digest TEXT NOT NULL UNIQUE REFERENCES content,
  bytes BLOB NOT NULL,
  sequence INTEGER NOT NULL UNIQUE,
  PRIMARY KEY (pathway_id, number)
) STRICT;

CREATE TABLE move (
  pathway_id TEXT NOT NULL REFERENCES pathway,
  channel_id TEXT NOT NULL,
  epoch INTEGER NOT NULL,
  number INTEGER NOT NULL,
  bytes BLOB NOT NULL,
  sequence INTEGER NOT NULL UNIQUE,
  PRIMARY KEY (pathway_id, channel_id, epoch, number)
) STRICT;

CREATE TABLE request (
  principal TEXT NOT NULL,
  method TEXT NOT NULL,
  request_id TEXT NOT NULL,
  payload_digest TEXT NOT NULL,
  response BLOB NOT NULL,
  expire_ns INTEGER NOT NULL,
  PRIMARY KEY (principal, method, request_id)
) STRICT;
CREATE INDEX request_by_expiry ON request (expire_ns);
)"};

constexpr int kNewestSchema = static_cast<int>(std::size(kMigrations));

absl::StatusOr<std::int64_t> ReadInteger(SqliteConnection& connection,
                                         const char* text) {
  SqliteQuery query = connection.Query(text);
  const absl::StatusOr<bool> row = query.Step();
  if (!row.ok()) return row.status();
  return query.IntegerAt(0);
}

absl::Status Refuse(const std::string& path, absl::string_view why) {
  return absl::FailedPreconditionError(absl::StrCat("'", path, "' ", why));
}

// Refuses a file that another program made.
absl::Status CheckOurs(SqliteConnection& connection, const std::string& path) {
  const absl::StatusOr<std::int64_t> application =
      ReadInteger(connection, "PRAGMA application_id");
  if (!application.ok()) return application.status();
  const absl::StatusOr<std::int64_t> tables =
      ReadInteger(connection, "SELECT count(*) FROM sqlite_schema");
  if (!tables.ok()) return tables.status();
  if (*application == kApplicationId || *tables == 0) return absl::OkStatus();
  return Refuse(path,
                "is not a content store: name a new file, or the file of "
                "a content-service");
}

// Kept in the file; readers do not wait for the writer, and what is written
// survives a crash. Where SQLite cannot, it goes on in another mode without a
// failure, and only says which.
absl::Status UseWriteAheadLog(SqliteConnection& connection,
                              const std::string& path) {
  SqliteQuery query = connection.Query("PRAGMA journal_mode = WAL");
  const absl::StatusOr<bool> row = query.Step();
  if (!row.ok()) return row.status();
  const std::string mode = query.TextAt(0);
  if (mode == "wal") return absl::OkStatus();
  return Refuse(path, absl::StrCat("cannot have a write-ahead log, only "
                                   "journal mode '",
                                   mode, "': name a file on a local disk"));
}

absl::Status ApplyMigration(SqliteConnection& connection, int schema) {
  return InTransaction(connection, "BEGIN EXCLUSIVE", [&]() -> absl::Status {
    // Another process may have been faster.
    const absl::StatusOr<std::int64_t> found =
        ReadInteger(connection, "PRAGMA user_version");
    if (!found.ok()) return found.status();
    if (*found >= schema) return absl::OkStatus();
    const absl::Status applied = connection.Execute(kMigrations[schema - 1]);
    if (!applied.ok()) return applied;
    return connection.Execute(
        absl::StrCat("PRAGMA application_id = ", kApplicationId,
                     "; PRAGMA user_version = ", schema)
            .c_str());
  });
}

}  // namespace

absl::Status Migrate(SqliteConnection& connection, const std::string& path) {
  const absl::Status ours = CheckOurs(connection, path);
  if (!ours.ok()) return ours;
  const absl::Status journal = UseWriteAheadLog(connection, path);
  if (!journal.ok()) return journal;
  const absl::StatusOr<std::int64_t> found =
      ReadInteger(connection, "PRAGMA user_version");
  if (!found.ok()) return found.status();
  if (*found > kNewestSchema) {
    return Refuse(path, absl::StrCat("has schema ", *found,
                                     ", and this program knows schemas up to ",
                                     kNewestSchema, ": use a newer program"));
  }
  for (int schema = static_cast<int>(*found) + 1; schema <= kNewestSchema;
       ++schema) {
    const absl::Status applied = ApplyMigration(connection, schema);
    if (!applied.ok()) return applied;
  }
  return absl::OkStatus();
}

}  // namespace plumbline::content
