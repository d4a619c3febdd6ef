#include "content-service/storage/sqlite_database.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "sqlite3.h"

namespace plumbline::content {
namespace {

// How long a statement waits for another process that holds the file.
constexpr int kBusyTimeoutMs = 5000;

absl::Status Failure(int result) {
  switch (result & 0xff) {
    case SQLITE_FULL:
      return absl::UnavailableError("the content store's disk is full");
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return absl::UnavailableError(
          "the content store is held by another process");
    case SQLITE_READONLY:
      return absl::FailedPreconditionError(
          "the content store's file may not be written");
    case SQLITE_CANTOPEN:
      return absl::FailedPreconditionError(
          "the content store's file cannot be opened");
    case SQLITE_NOTADB:
      return absl::FailedPreconditionError("the file is not a content store");
    case SQLITE_CORRUPT:
      return absl::DataLossError("the content store's file is damaged");
    case SQLITE_IOERR:
      return absl::UnavailableError(
          "the content store's disk fails to read or write");
    case SQLITE_CONSTRAINT:
      return absl::InternalError(
          "the content store refused a record that breaks its rules");
    default:
      return absl::InternalError(
          absl::StrCat("the content store failed with code ", result));
  }
}

}  // namespace

SqliteQuery::~SqliteQuery() {
  if (statement_ == nullptr) return;
  sqlite3_reset(statement_);
  sqlite3_clear_bindings(statement_);
}

void SqliteQuery::Bound(int result) {
  if (result != SQLITE_OK && failure_.ok()) failure_ = Failure(result);
}

SqliteQuery& SqliteQuery::Text(absl::string_view value) {
  if (statement_ == nullptr) return *this;
  // An empty view may have no data, which would be bound as NULL.
  const char* data = value.empty() ? "" : value.data();
  Bound(sqlite3_bind_text64(statement_, ++parameter_, data, value.size(),
                            SQLITE_STATIC, SQLITE_UTF8));
  return *this;
}

SqliteQuery& SqliteQuery::Blob(absl::string_view value) {
  if (statement_ == nullptr) return *this;
  const char* data = value.empty() ? "" : value.data();
  Bound(sqlite3_bind_blob64(statement_, ++parameter_, data, value.size(),
                            SQLITE_STATIC));
  return *this;
}

SqliteQuery& SqliteQuery::Integer(std::int64_t value) {
  if (statement_ == nullptr) return *this;
  Bound(sqlite3_bind_int64(statement_, ++parameter_, value));
  return *this;
}

absl::StatusOr<bool> SqliteQuery::Step() {
  if (!failure_.ok()) return failure_;
  const int result = sqlite3_step(statement_);
  if (result == SQLITE_ROW) return true;
  if (result == SQLITE_DONE) return false;
  failure_ = Failure(result);
  return failure_;
}

absl::Status SqliteQuery::Run() { return Step().status(); }

std::string SqliteQuery::TextAt(int column) const { return BlobAt(column); }

std::string SqliteQuery::BlobAt(int column) const {
  const void* data = sqlite3_column_blob(statement_, column);
  if (data == nullptr) return "";
  return std::string(
      static_cast<const char*>(data),
      static_cast<std::size_t>(sqlite3_column_bytes(statement_, column)));
}

std::int64_t SqliteQuery::IntegerAt(int column) const {
  return sqlite3_column_int64(statement_, column);
}

absl::StatusOr<std::unique_ptr<SqliteConnection>> SqliteConnection::Open(
    const std::string& path, bool create) {
  sqlite3* handle = nullptr;
  const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX |
                    (create ? SQLITE_OPEN_CREATE : 0);
  const int result = sqlite3_open_v2(path.c_str(), &handle, flags, nullptr);
  std::unique_ptr<SqliteConnection> connection(new SqliteConnection(handle));
  if (result != SQLITE_OK) return Failure(result);
  sqlite3_extended_result_codes(handle, 1);
  sqlite3_busy_timeout(handle, kBusyTimeoutMs);
  const absl::Status prepared = connection->Execute(
      "PRAGMA synchronous = FULL;"
      "PRAGMA foreign_keys = ON;");
  if (!prepared.ok()) return prepared;
  return connection;
}

SqliteConnection::~SqliteConnection() {
  for (const auto& [text, statement] : statements_) sqlite3_finalize(statement);
  sqlite3_close(handle_);
}

absl::Status SqliteConnection::Execute(const char* script) {
  const int result = sqlite3_exec(handle_, script, nullptr, nullptr, nullptr);
  return result == SQLITE_OK ? absl::OkStatus() : Failure(result);
}

SqliteQuery SqliteConnection::Query(const char* text) {
  sqlite3_stmt*& statement = statements_[text];
  if (statement == nullptr) {
    const int result = sqlite3_prepare_v3(
        handle_, text, -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
    if (result != SQLITE_OK) return SqliteQuery(Failure(result));
  }
  return SqliteQuery(statement);
}

int SqliteConnection::Changes() const { return sqlite3_changes(handle_); }

absl::Status InTransaction(SqliteConnection& connection, const char* begin,
                           absl::FunctionRef<absl::Status()> body) {
  absl::Status status = connection.Execute(begin);
  if (!status.ok()) return status;
  status = body();
  if (status.ok()) status = connection.Execute("COMMIT");
  // After some failures SQLite has rolled back itself; then this does nothing.
  if (!status.ok()) connection.Execute("ROLLBACK").IgnoreError();
  return status;
}

}  // namespace plumbline::content
