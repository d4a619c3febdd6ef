#include "content-service/storage/sqlite_content_store.h"

#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/sync/mutex.h"
#include "content-service/storage/missing.h"
#include "content-service/storage/sqlite_database.h"
#include "content-service/storage/sqlite_schema.h"

namespace plumbline::content {
namespace {

// Idle connections that are kept for the next reads.
constexpr std::size_t kIdleReadersMax = 8;

// Collects the rows of `query`, or returns why it failed.
template <typename T, typename RowToRecord>
absl::StatusOr<std::vector<T>> AllRows(SqliteQuery& query,
                                       RowToRecord row_to_record) {
  std::vector<T> result;
  while (true) {
    const absl::StatusOr<bool> row = query.Step();
    if (!row.ok()) return row.status();
    if (!*row) return result;
    result.push_back(row_to_record(query));
  }
}

// The one row of `query`; NOT_FOUND for `name` where there is none.
template <typename T, typename RowToRecord>
absl::StatusOr<T> OneRow(SqliteQuery& query, RowToRecord row_to_record,
                         const std::string& name) {
  const absl::StatusOr<bool> row = query.Step();
  if (!row.ok()) return row.status();
  if (!*row) return Missing(name);
  return row_to_record(query);
}

// Each reads the columns that the queries below list, in their order.
std::string ToBytes(const SqliteQuery& row) { return row.BlobAt(0); }

PathwayRecord ToPathway(const SqliteQuery& row) {
  return {row.TextAt(0), absl::FromUnixNanos(row.IntegerAt(1)),
          row.IntegerAt(2)};
}

DraftRecord ToDraft(const SqliteQuery& row) {
  return {row.TextAt(0), row.TextAt(1), static_cast<int>(row.IntegerAt(2)),
          row.BlobAt(3), row.IntegerAt(4)};
}

ReleaseRecord ToRelease(const SqliteQuery& row) {
  return {row.TextAt(0), row.IntegerAt(1), row.TextAt(2), row.BlobAt(3),
          row.IntegerAt(4)};
}

MoveRecord ToMove(const SqliteQuery& row) {
  return {row.TextAt(0),    row.TextAt(1), row.IntegerAt(2),
          row.IntegerAt(3), row.BlobAt(4), row.IntegerAt(5)};
}

RequestRecord ToRequest(const SqliteQuery& row) {
  return {{row.TextAt(0), row.TextAt(1), row.TextAt(2)},
          row.TextAt(3),
          row.BlobAt(4),
          absl::FromUnixNanos(row.IntegerAt(5))};
}

// What a connection sees within a transaction. `Base` is Reader, or Transaction
// which is one.
template <typename Base>
class SqliteView : public Base {
 public:
  explicit SqliteView(SqliteConnection& connection) : connection_(connection) {}

  absl::StatusOr<std::int64_t> NewestSequence() const override {
    SqliteQuery query = connection_.Query("SELECT sequence FROM counter");
    const absl::StatusOr<bool> row = query.Step();
    if (!row.ok()) return row.status();
    return query.IntegerAt(0);
  }

  absl::StatusOr<std::string> FindFact(absl::string_view name) const override {
    SqliteQuery query =
        connection_.Query("SELECT value FROM fact WHERE name = ?");
    return OneRow<std::string>(query.Text(name), ToBytes,
                               absl::StrCat("fact ", name));
  }

  absl::StatusOr<PathwayRecord> FindPathway(
      absl::string_view pathway_id) const override {
    SqliteQuery query = connection_.Query(
        "SELECT pathway_id, create_ns, sequence FROM pathway WHERE pathway_id "
        "= ?");
    return OneRow<PathwayRecord>(query.Text(pathway_id), ToPathway,
                                 PathwayName(pathway_id));
  }

  absl::StatusOr<std::vector<PathwayRecord>> ListPathways(
      absl::string_view after_id, std::int64_t through_sequence,
      int limit) const override {
    SqliteQuery query = connection_.Query(
        "SELECT pathway_id, create_ns, sequence FROM pathway"
        " WHERE pathway_id > ? AND sequence <= ?"
        " ORDER BY pathway_id LIMIT ?");
    query.Text(after_id).Integer(through_sequence).Integer(limit);
    return AllRows<PathwayRecord>(query, ToPathway);
  }

  absl::StatusOr<DraftRecord> FindDraft(
      absl::string_view pathway_id, absl::string_view draft_id) const override {
    SqliteQuery query = connection_.Query(
        "SELECT pathway_id, draft_id, state, bytes, sequence FROM draft"
        " WHERE pathway_id = ? AND draft_id = ?");
    return OneRow<DraftRecord>(query.Text(pathway_id).Text(draft_id), ToDraft,
                               DraftName(pathway_id, draft_id));
  }

  absl::StatusOr<std::vector<DraftRecord>> ListDrafts(
      absl::string_view pathway_id, std::int64_t before_sequence,
      int limit) const override {
    SqliteQuery query = connection_.Query(
        "SELECT pathway_id, draft_id, state, bytes, sequence FROM draft"
        " WHERE pathway_id = ? AND sequence < ?"
        " ORDER BY sequence DESC LIMIT ?");
    query.Text(pathway_id).Integer(before_sequence).Integer(limit);
    return AllRows<DraftRecord>(query, ToDraft);
  }

  absl::StatusOr<std::vector<DraftRecord>> ListDraftsInState(
      int state) const override {
    SqliteQuery query = connection_.Query(
        "SELECT pathway_id, draft_id, state, bytes, sequence FROM draft"
        " WHERE state = ? ORDER BY pathway_id, draft_id");
    return AllRows<DraftRecord>(query.Integer(state), ToDraft);
  }

  absl::StatusOr<std::string> FindDraftSources(
      absl::string_view pathway_id, absl::string_view draft_id) const override {
    const absl::StatusOr<DraftRecord> draft = FindDraft(pathway_id, draft_id);
    if (!draft.ok()) return draft.status();
    SqliteQuery query = connection_.Query(
        "SELECT bytes FROM draft_source WHERE pathway_id = ? AND draft_id = ?");
    query.Text(pathway_id).Text(draft_id);
    const absl::StatusOr<bool> row = query.Step();
    if (!row.ok()) return row.status();
    return *row ? ToBytes(query) : std::string();
  }

  absl::StatusOr<std::string> FindContent(
      absl::string_view digest) const override {
    SqliteQuery query =
        connection_.Query("SELECT bytes FROM content WHERE digest = ?");
    return OneRow<std::string>(query.Text(digest), ToBytes,
                               ContentName(digest));
  }

  absl::StatusOr<std::vector<std::string>> ListAttestations(
      absl::string_view digest) const override {
    SqliteQuery query = connection_.Query(
        "SELECT bytes FROM attestation WHERE digest = ? ORDER BY position");
    return AllRows<std::string>(query.Text(digest), ToBytes);
  }

  absl::StatusOr<ReleaseRecord> FindRelease(
      absl::string_view pathway_id, std::int64_t number) const override {
    SqliteQuery query = connection_.Query(
        "SELECT pathway_id, number, digest, bytes, sequence FROM release"
        " WHERE pathway_id = ? AND number = ?");
    return OneRow<ReleaseRecord>(query.Text(pathway_id).Integer(number),
                                 ToRelease, ReleaseName(pathway_id, number));
  }

  absl::StatusOr<ReleaseRecord> FindReleaseByDigest(
      absl::string_view digest) const override {
    SqliteQuery query = connection_.Query(
        "SELECT pathway_id, number, digest, bytes, sequence FROM release"
        " WHERE digest = ?");
    return OneRow<ReleaseRecord>(query.Text(digest), ToRelease,
                                 absl::StrCat("release with digest ", digest));
  }

  absl::StatusOr<std::vector<ReleaseRecord>> ListReleases(
      absl::string_view pathway_id, std::int64_t before_number,
      std::int64_t through_sequence, int limit) const override {
    SqliteQuery query = connection_.Query(
        "SELECT pathway_id, number, digest, bytes, sequence FROM release"
        " WHERE pathway_id = ? AND number < ? AND sequence <= ?"
        " ORDER BY number DESC LIMIT ?");
    query.Text(pathway_id)
        .Integer(before_number)
        .Integer(through_sequence)
        .Integer(limit);
    return AllRows<ReleaseRecord>(query, ToRelease);
  }

  absl::StatusOr<MoveRecord> FindMove(absl::string_view pathway_id,
                                      absl::string_view channel_id,
                                      MovePosition position) const override {
    SqliteQuery query = connection_.Query(
        "SELECT pathway_id, channel_id, epoch, number, bytes, sequence"
        " FROM move WHERE pathway_id = ? AND channel_id = ? AND epoch = ?"
        " AND number = ?");
    query.Text(pathway_id)
        .Text(channel_id)
        .Integer(position.epoch)
        .Integer(position.number);
    return OneRow<MoveRecord>(query, ToMove,
                              MoveName(pathway_id, channel_id, position));
  }

  absl::StatusOr<MoveRecord> FindNewestMove(
      absl::string_view pathway_id,
      absl::string_view channel_id) const override {
    return NewestMoveThrough(pathway_id, channel_id, kAnySequence);
  }

  absl::StatusOr<std::vector<MoveRecord>> ListMovesAfter(
      absl::string_view pathway_id, absl::string_view channel_id,
      MovePosition after, int limit) const override {
    SqliteQuery query = connection_.Query(
        "SELECT pathway_id, channel_id, epoch, number, bytes, sequence"
        " FROM move WHERE pathway_id = ? AND channel_id = ?"
        " AND (epoch, number) > (?, ?)"
        " ORDER BY epoch, number LIMIT ?");
    query.Text(pathway_id)
        .Text(channel_id)
        .Integer(after.epoch)
        .Integer(after.number)
        .Integer(limit);
    return AllRows<MoveRecord>(query, ToMove);
  }

  absl::StatusOr<std::vector<MoveRecord>> ListMovesBefore(
      absl::string_view pathway_id, absl::string_view channel_id,
      MovePosition before, int limit) const override {
    SqliteQuery query = connection_.Query(
        "SELECT pathway_id, channel_id, epoch, number, bytes, sequence"
        " FROM move WHERE pathway_id = ? AND channel_id = ?"
        " AND (epoch, number) < (?, ?)"
        " ORDER BY epoch DESC, number DESC LIMIT ?");
    query.Text(pathway_id)
        .Text(channel_id)
        .Integer(before.epoch)
        .Integer(before.number)
        .Integer(limit);
    return AllRows<MoveRecord>(query, ToMove);
  }

  absl::StatusOr<std::vector<MoveRecord>> ListChannels(
      absl::string_view pathway_id, absl::string_view after_id,
      std::int64_t through_sequence, int limit) const override {
    SqliteQuery query = connection_.Query(
        "SELECT DISTINCT channel_id FROM move"
        " WHERE pathway_id = ? AND channel_id > ? AND sequence <= ?"
        " ORDER BY channel_id LIMIT ?");
    query.Text(pathway_id)
        .Text(after_id)
        .Integer(through_sequence)
        .Integer(limit);
    const auto channel_ids = AllRows<std::string>(query, ToBytes);
    if (!channel_ids.ok()) return channel_ids.status();
    std::vector<MoveRecord> result;
    for (const std::string& channel_id : *channel_ids) {
      absl::StatusOr<MoveRecord> move =
          NewestMoveThrough(pathway_id, channel_id, through_sequence);
      if (!move.ok()) return move.status();
      result.push_back(*std::move(move));
    }
    return result;
  }

  absl::StatusOr<RequestRecord> FindRequest(
      const RequestKey& key) const override {
    SqliteQuery query = connection_.Query(
        "SELECT principal, method, request_id, payload_digest, response,"
        " expire_ns FROM request"
        " WHERE principal = ? AND method = ? AND request_id = ?");
    query.Text(key.principal).Text(key.method).Text(key.request_id);
    return OneRow<RequestRecord>(query, ToRequest,
                                 absl::StrCat("request ", key.request_id));
  }

 protected:
  absl::StatusOr<MoveRecord> NewestMoveThrough(
      absl::string_view pathway_id, absl::string_view channel_id,
      std::int64_t through_sequence) const {
    SqliteQuery query = connection_.Query(
        "SELECT pathway_id, channel_id, epoch, number, bytes, sequence"
        " FROM move WHERE pathway_id = ? AND channel_id = ? AND sequence <= ?"
        " ORDER BY epoch DESC, number DESC LIMIT 1");
    query.Text(pathway_id).Text(channel_id).Integer(through_sequence);
    return OneRow<MoveRecord>(query, ToMove,
                              ChannelName(pathway_id, channel_id));
  }

  SqliteConnection& connection_;
};

class SqliteTransaction final : public SqliteView<Transaction> {
 public:
  using SqliteView::SqliteView;

  absl::Status PutFact(absl::string_view name,
                       absl::string_view value) override {
    return connection_
        .Query(
            "INSERT INTO fact (name, value) VALUES (?, ?)"
            " ON CONFLICT (name) DO UPDATE SET value = excluded.value")
        .Text(name)
        .Blob(value)
        .Run();
  }

  absl::Status AddPathway(absl::string_view pathway_id,
                          absl::Time create_time) override {
    const absl::StatusOr<std::int64_t> sequence = NextSequence();
    if (!sequence.ok()) return sequence.status();
    return Added(connection_
                     .Query("INSERT INTO pathway"
                            " (pathway_id, create_ns, sequence)"
                            " VALUES (?, ?, ?) ON CONFLICT DO NOTHING")
                     .Text(pathway_id)
                     .Integer(absl::ToUnixNanos(create_time))
                     .Integer(*sequence)
                     .Run(),
                 PathwayName(pathway_id));
  }

  absl::Status AddDraft(const DraftRecord& draft) override {
    const absl::Status pathway = FindPathway(draft.pathway_id).status();
    if (!pathway.ok()) return pathway;
    const absl::StatusOr<std::int64_t> sequence = NextSequence();
    if (!sequence.ok()) return sequence.status();
    return Added(connection_
                     .Query("INSERT INTO draft"
                            " (pathway_id, draft_id, state, bytes, sequence)"
                            " VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING")
                     .Text(draft.pathway_id)
                     .Text(draft.draft_id)
                     .Integer(draft.state)
                     .Blob(draft.bytes)
                     .Integer(*sequence)
                     .Run(),
                 DraftName(draft.pathway_id, draft.draft_id));
  }

  absl::Status ReplaceDraft(const DraftRecord& draft) override {
    const absl::StatusOr<std::int64_t> sequence = NextSequence();
    if (!sequence.ok()) return sequence.status();
    return Replaced(
        connection_
            .Query("UPDATE draft SET state = ?, bytes = ?, sequence = ?"
                   " WHERE pathway_id = ? AND draft_id = ?")
            .Integer(draft.state)
            .Blob(draft.bytes)
            .Integer(*sequence)
            .Text(draft.pathway_id)
            .Text(draft.draft_id)
            .Run(),
        DraftName(draft.pathway_id, draft.draft_id));
  }

  absl::Status PutDraftSources(absl::string_view pathway_id,
                               absl::string_view draft_id,
                               absl::string_view bytes) override {
    const absl::Status draft = FindDraft(pathway_id, draft_id).status();
    if (!draft.ok()) return draft;
    return connection_
        .Query(
            "INSERT INTO draft_source (pathway_id, draft_id, bytes)"
            " VALUES (?, ?, ?) ON CONFLICT (pathway_id, draft_id)"
            " DO UPDATE SET bytes = excluded.bytes")
        .Text(pathway_id)
        .Text(draft_id)
        .Blob(bytes)
        .Run();
  }

  absl::Status PutContent(absl::string_view digest,
                          absl::string_view bytes) override {
    return connection_
        .Query(
            "INSERT INTO content (digest, bytes) VALUES (?, ?)"
            " ON CONFLICT DO NOTHING")
        .Text(digest)
        .Blob(bytes)
        .Run();
  }

  absl::Status AddAttestation(absl::string_view digest,
                              absl::string_view bytes) override {
    const absl::Status content = RequireContent(digest);
    if (!content.ok()) return content;
    return connection_
        .Query("INSERT INTO attestation (digest, bytes) VALUES (?, ?)")
        .Text(digest)
        .Blob(bytes)
        .Run();
  }

  absl::Status AddRelease(const ReleaseRecord& release) override {
    const absl::Status pathway = FindPathway(release.pathway_id).status();
    if (!pathway.ok()) return pathway;
    const absl::Status content = RequireContent(release.digest);
    if (!content.ok()) return content;
    const absl::StatusOr<std::int64_t> sequence = NextSequence();
    if (!sequence.ok()) return sequence.status();
    return Added(connection_
                     .Query("INSERT INTO release"
                            " (pathway_id, number, digest, bytes, sequence)"
                            " VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING")
                     .Text(release.pathway_id)
                     .Integer(release.number)
                     .Text(release.digest)
                     .Blob(release.bytes)
                     .Integer(*sequence)
                     .Run(),
                 ReleaseName(release.pathway_id, release.number));
  }

  absl::Status ReplaceRelease(const ReleaseRecord& release) override {
    return Replaced(connection_
                        .Query("UPDATE release SET bytes = ?"
                               " WHERE pathway_id = ? AND number = ?")
                        .Blob(release.bytes)
                        .Text(release.pathway_id)
                        .Integer(release.number)
                        .Run(),
                    ReleaseName(release.pathway_id, release.number));
  }

  absl::Status AddMove(const MoveRecord& move) override {
    const absl::Status pathway = FindPathway(move.pathway_id).status();
    if (!pathway.ok()) return pathway;
    const absl::StatusOr<std::int64_t> sequence = NextSequence();
    if (!sequence.ok()) return sequence.status();
    return Added(
        connection_
            .Query("INSERT INTO move"
                   " (pathway_id, channel_id, epoch, number, bytes, sequence)"
                   " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING")
            .Text(move.pathway_id)
            .Text(move.channel_id)
            .Integer(move.epoch)
            .Integer(move.number)
            .Blob(move.bytes)
            .Integer(*sequence)
            .Run(),
        MoveName(move.pathway_id, move.channel_id, {move.epoch, move.number}));
  }

  absl::Status AddRequest(const RequestRecord& request) override {
    return Added(connection_
                     .Query("INSERT INTO request (principal, method,"
                            " request_id, payload_digest, response, expire_ns)"
                            " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING")
                     .Text(request.key.principal)
                     .Text(request.key.method)
                     .Text(request.key.request_id)
                     .Text(request.payload_digest)
                     .Blob(request.response)
                     .Integer(absl::ToUnixNanos(request.expire_time))
                     .Run(),
                 absl::StrCat("request ", request.key.request_id));
  }

  absl::Status DropRequestsExpiredBefore(absl::Time time) override {
    return connection_.Query("DELETE FROM request WHERE expire_ns < ?")
        .Integer(absl::ToUnixNanos(time))
        .Run();
  }

 private:
  absl::StatusOr<std::int64_t> NextSequence() {
    SqliteQuery query = connection_.Query(
        "UPDATE counter SET sequence = sequence + 1 RETURNING sequence");
    const absl::StatusOr<bool> row = query.Step();
    if (!row.ok()) return row.status();
    return query.IntegerAt(0);
  }

  absl::Status RequireContent(absl::string_view digest) {
    SqliteQuery query =
        connection_.Query("SELECT 1 FROM content WHERE digest = ?");
    const absl::StatusOr<bool> row = query.Text(digest).Step();
    if (!row.ok()) return row.status();
    return *row ? absl::OkStatus() : Missing(ContentName(digest));
  }

  // What an insertion that skips conflicts means: nothing changed, it exists.
  absl::Status Added(const absl::Status& run, const std::string& name) {
    if (!run.ok()) return run;
    return connection_.Changes() == 1 ? absl::OkStatus() : Exists(name);
  }

  absl::Status Replaced(const absl::Status& run, const std::string& name) {
    if (!run.ok()) return run;
    return connection_.Changes() == 1 ? absl::OkStatus() : Missing(name);
  }
};

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
    return InTransaction(writer, "BEGIN IMMEDIATE", [&] {
      SqliteTransaction transaction(writer);
      return write(transaction);
    });
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
