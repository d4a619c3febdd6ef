#include "content-service/storage/sqlite_transaction.h"

#include "absl/strings/str_cat.h"
#include "content-service/storage/missing.h"
#include "content-service/storage/sqlite_database.h"

namespace plumbline::content {

absl::Status SqliteTransaction::PutFact(absl::string_view name,
                                        absl::string_view value) {
  return connection_
      .Query(
          "INSERT INTO fact (name, value) VALUES (?, ?)"
          " ON CONFLICT (name) DO UPDATE SET value = excluded.value")
      .Text(name)
      .Blob(value)
      .Run();
}

absl::Status SqliteTransaction::AddPathway(absl::string_view pathway_id,
                                           absl::Time create_time) {
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

absl::Status SqliteTransaction::AddDraft(const DraftRecord& draft) {
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

absl::Status SqliteTransaction::ReplaceDraft(const DraftRecord& draft) {
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

absl::Status SqliteTransaction::PutDraftSources(absl::string_view pathway_id,
                                                absl::string_view draft_id,
                                                absl::string_view bytes) {
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

absl::Status SqliteTransaction::PutContent(absl::string_view digest,
                                           absl::string_view bytes) {
  return connection_
      .Query(
          "INSERT INTO content (digest, bytes) VALUES (?, ?)"
          " ON CONFLICT DO NOTHING")
      .Text(digest)
      .Blob(bytes)
      .Run();
}

absl::Status SqliteTransaction::AddAttestation(absl::string_view digest,
                                               absl::string_view bytes) {
  const absl::Status content = RequireContent(digest);
  if (!content.ok()) return content;
  return connection_
      .Query("INSERT INTO attestation (digest, bytes) VALUES (?, ?)")
      .Text(digest)
      .Blob(bytes)
      .Run();
}

absl::Status SqliteTransaction::AddRelease(const ReleaseRecord& release) {
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

absl::Status SqliteTransaction::ReplaceRelease(const ReleaseRecord& release) {
  return Replaced(connection_
                      .Query("UPDATE release SET bytes = ?"
                             " WHERE pathway_id = ? AND number = ?")
                      .Blob(release.bytes)
                      .Text(release.pathway_id)
                      .Integer(release.number)
                      .Run(),
                  ReleaseName(release.pathway_id, release.number));
}

absl::Status SqliteTransaction::AddMove(const MoveRecord& move) {
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

absl::Status SqliteTransaction::AddRequest(const RequestRecord& request) {
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

absl::Status SqliteTransaction::DropRequestsExpiredBefore(absl::Time time) {
  return connection_.Query("DELETE FROM request WHERE expire_ns < ?")
      .Integer(absl::ToUnixNanos(time))
      .Run();
}

absl::StatusOr<std::int64_t> SqliteTransaction::NextSequence() {
  SqliteQuery query = connection_.Query(
      "UPDATE counter SET sequence = sequence + 1 RETURNING sequence");
  const absl::StatusOr<bool> row = query.Step();
  if (!row.ok()) return row.status();
  return query.IntegerAt(0);
}

absl::Status SqliteTransaction::RequireContent(absl::string_view digest) {
  SqliteQuery query =
      connection_.Query("SELECT 1 FROM content WHERE digest = ?");
  const absl::StatusOr<bool> row = query.Text(digest).Step();
  if (!row.ok()) return row.status();
  return *row ? absl::OkStatus() : Missing(ContentName(digest));
}

absl::Status SqliteTransaction::Added(const absl::Status& run,
                                      const std::string& name) {
  if (!run.ok()) return run;
  return connection_.Changes() == 1 ? absl::OkStatus() : Exists(name);
}

absl::Status SqliteTransaction::Replaced(const absl::Status& run,
                                         const std::string& name) {
  if (!run.ok()) return run;
  return connection_.Changes() == 1 ? absl::OkStatus() : Missing(name);
}

}  // namespace plumbline::content
