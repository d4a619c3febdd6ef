// A thin, typed layer over SQLite: connections and prepared statements. Used by
// the SQLite store and the index alone.
//
// Errors say in plain words what the store could not do; the text of a
// statement or the name of a column never leaves this layer.

#ifndef PLUMBLINE_CONTENT_SERVICE_STORAGE_SQLITE_DATABASE_H_
#define PLUMBLINE_CONTENT_SERVICE_STORAGE_SQLITE_DATABASE_H_

#include <cstdint>
#include <memory>
#include <string>
#include <unordered_map>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

struct sqlite3;
struct sqlite3_stmt;

namespace plumbline::content {

// One execution of a prepared statement. Parameters are bound in their order,
// with Text(), Blob() and Integer(); then it is stepped. Bytes that are bound
// must live until then. The first failure is kept, and Step() and Run() return
// it.
class SqliteQuery {
 public:
  explicit SqliteQuery(sqlite3_stmt* statement) : statement_(statement) {}
  explicit SqliteQuery(absl::Status failure) : failure_(std::move(failure)) {}
  ~SqliteQuery();

  SqliteQuery(const SqliteQuery&) = delete;
  SqliteQuery& operator=(const SqliteQuery&) = delete;

  SqliteQuery& Text(absl::string_view value);
  SqliteQuery& Blob(absl::string_view value);
  SqliteQuery& Integer(std::int64_t value);

  // Goes to the next row; false when there is none.
  absl::StatusOr<bool> Step();

  // Executes a statement that has no rows.
  absl::Status Run();

  // The columns of the row, from 0.
  std::string TextAt(int column) const;
  std::string BlobAt(int column) const;
  std::int64_t IntegerAt(int column) const;

 private:
  void Bound(int result);

  sqlite3_stmt* statement_ = nullptr;
  int parameter_ = 0;
  absl::Status failure_;
};

// One connection. Not thread-safe: used by one thread at a time.
class SqliteConnection {
 public:
  // Opens the file at `path`, and makes it if `create`.
  static absl::StatusOr<std::unique_ptr<SqliteConnection>> Open(
      const std::string& path, bool create);
  ~SqliteConnection();

  SqliteConnection(const SqliteConnection&) = delete;
  SqliteConnection& operator=(const SqliteConnection&) = delete;

  // Runs a script of statements.
  absl::Status Execute(const char* script);

  // Starts a query. `text` is a literal; it is prepared once.
  SqliteQuery Query(const char* text);

  // How many rows the last statement changed.
  int Changes() const;

 private:
  explicit SqliteConnection(sqlite3* handle) : handle_(handle) {}

  sqlite3* const handle_;
  std::unordered_map<const char*, sqlite3_stmt*> statements_;
};

// Runs `body` between `begin` and COMMIT; rolls back if it fails.
absl::Status InTransaction(SqliteConnection& connection, const char* begin,
                           absl::FunctionRef<absl::Status()> body);

}  // namespace plumbline::content

#endif  // PLUMBLINE_CONTENT_SERVICE_STORAGE_SQLITE_DATABASE_H_
