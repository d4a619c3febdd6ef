// What a connection sees of the store within a transaction: every query that
// reads. Used by the SQLite store alone.

#ifndef PLUMBLINE_CONTENT_SERVICE_STORAGE_SQLITE_VIEW_H_
#define PLUMBLINE_CONTENT_SERVICE_STORAGE_SQLITE_VIEW_H_

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "content-service/storage/content_store.h"
#include "content-service/storage/missing.h"
#include "content-service/storage/sqlite_database.h"

namespace plumbline::content {

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
inline std::string ToBytes(const SqliteQuery& row) { return row.BlobAt(0); }

inline PathwayRecord ToPathway(const SqliteQuery& row) {
  return {row.TextAt(0), absl::FromUnixNanos(row.IntegerAt(1)),
          row.IntegerAt(2)};
}

inline DraftRecord ToDraft(const SqliteQuery& row) {
  return {row.TextAt(0), row.TextAt(1), static_cast<int>(row.IntegerAt(2)),
          row.BlobAt(3), row.IntegerAt(4)};
}

inline ReleaseRecord ToRelease(const SqliteQuery& row) {
  return {row.TextAt(0), row.IntegerAt(1), row.TextAt(2), row.BlobAt(3),
          row.IntegerAt(4)};
}

inline MoveRecord ToMove(const SqliteQuery& row) {
  return {row.TextAt(0),    row.TextAt(1), row.IntegerAt(2),
          row.IntegerAt(3), row.BlobAt(4), row.IntegerAt(5)};
}

inline RequestRecord ToRequest(const SqliteQuery& row) {
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

}  // namespace plumbline::content

#endif  // PLUMBLINE_CONTENT_SERVICE_STORAGE_SQLITE_VIEW_H_
