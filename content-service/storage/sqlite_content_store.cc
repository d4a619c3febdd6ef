#include "content-service/storage/sqlite_content_store.h"

#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/fault/failpoint.h"
#include "common/sync/mutex.h"
#include "content-service/storage/sqlite_database.h"
#include "content-service/storage/sqlite_schema.h"
#include "content-service/storage/sqlite_transaction.h"
#include "content-service/storage/sqlite_view.h"

namespace plumbline::content {
namespace {

// Idle connections that are kept for the next reads.
constexpr std::size_t kIdleReadersMax = 8;

// One connection writes; each read has one of its own, kept for the next.
class SqliteContentStore final : public ContentStore {
 public:
  SqliteContentStore(std::string path, std::unique_ptr<SqliteConnection> writer)
      : path_(std::move(path)), writer_(std::move(writer)) {}

  absl::Status Read(
      absl::FunctionRef<absl::Status(const Reader&)> read) override {
    absl::StatusOr<std::unique_ptr<SqliteConnection>> reader = TakeReader();
    if (!reader.ok()) return reader.status();
    const absl::Status status = InTransaction(
        **reader, "BEGIN", [&] { return read(SqliteView<Reader>(**reader)); });
    PutReaderBack(*std::move(reader));
    return status;
  }

  absl::Status Write(
      absl::FunctionRef<absl::Status(Transaction&)> write) override {
    const sync::MutexLock lock(write_mutex_);
    SqliteConnection& writer = *writer_;
    const absl::Status status =
        InTransaction(writer, "BEGIN IMMEDIATE", [&]() -> absl::Status {
          PLUMBLINE_FAILPOINT_OR_RETURN("store.after-begin");
          SqliteTransaction transaction(writer);
          const absl::Status written = write(transaction);
          if (!written.ok()) return written;
          PLUMBLINE_FAILPOINT_OR_RETURN("store.before-commit");
          return written;
        });
    if (status.ok()) PLUMBLINE_FAILPOINT("store.after-commit");
    return status;
  }

 private:
  absl::StatusOr<std::unique_ptr<SqliteConnection>> TakeReader() {
    {
      const sync::MutexLock lock(readers_mutex_);
      if (!idle_readers_.empty()) {
        std::unique_ptr<SqliteConnection> reader =
            std::move(idle_readers_.back());
        idle_readers_.pop_back();
        return reader;
      }
    }
    return SqliteConnection::Open(path_, /*create=*/false);
  }

  void PutReaderBack(std::unique_ptr<SqliteConnection> reader) {
    const sync::MutexLock lock(readers_mutex_);
    if (idle_readers_.size() < kIdleReadersMax) {
      idle_readers_.push_back(std::move(reader));
    }
  }

  const std::string path_;

  sync::Mutex write_mutex_;
  const std::unique_ptr<SqliteConnection> writer_
      ABSL_PT_GUARDED_BY(write_mutex_);

  sync::Mutex readers_mutex_;
  std::vector<std::unique_ptr<SqliteConnection>> idle_readers_
      ABSL_GUARDED_BY(readers_mutex_);
};

}  // namespace

absl::StatusOr<std::unique_ptr<ContentStore>> OpenSqliteContentStore(
    const std::string& path) {
  absl::StatusOr<std::unique_ptr<SqliteConnection>> writer =
      SqliteConnection::Open(path, /*create=*/true);
  if (!writer.ok()) {
    return absl::Status(
        writer.status().code(),
        absl::StrCat("'", path, "': ", writer.status().message()));
  }
  const absl::Status migrated = Migrate(**writer, path);
  if (!migrated.ok()) return migrated;
  return std::make_unique<SqliteContentStore>(path, *std::move(writer));
}

}  // namespace plumbline::content
