// A change in progress: every statement that writes. Used by the SQLite store
// alone.

#ifndef PLUMBLINE_CONTENT_SERVICE_STORAGE_SQLITE_TRANSACTION_H_
#define PLUMBLINE_CONTENT_SERVICE_STORAGE_SQLITE_TRANSACTION_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "content-service/storage/content_store.h"
#include "content-service/storage/sqlite_view.h"

namespace plumbline::content {

class SqliteTransaction final : public SqliteView<Transaction> {
 public:
  using SqliteView::SqliteView;

  absl::Status PutFact(absl::string_view name,
                       absl::string_view value) override;
  absl::Status AddPathway(absl::string_view pathway_id,
                          absl::Time create_time) override;
  absl::Status AddDraft(const DraftRecord& draft) override;
  absl::Status ReplaceDraft(const DraftRecord& draft) override;
  absl::Status PutDraftSources(absl::string_view pathway_id,
                               absl::string_view draft_id,
                               absl::string_view bytes) override;
  absl::Status PutContent(absl::string_view digest,
                          absl::string_view bytes) override;
  absl::Status AddAttestation(absl::string_view digest,
                              absl::string_view bytes) override;
  absl::Status AddRelease(const ReleaseRecord& release) override;
  absl::Status ReplaceRelease(const ReleaseRecord& release) override;
  absl::Status AddMove(const MoveRecord& move) override;
  absl::Status AddRequest(const RequestRecord& request) override;
  absl::Status DropRequestsExpiredBefore(absl::Time time) override;

 private:
  absl::StatusOr<std::int64_t> NextSequence();
  absl::Status RequireContent(absl::string_view digest);
  // What an insertion that skips conflicts means: nothing changed, it exists.
  absl::Status Added(const absl::Status& run, const std::string& name);
  absl::Status Replaced(const absl::Status& run, const std::string& name);
};

}  // namespace plumbline::content

#endif  // PLUMBLINE_CONTENT_SERVICE_STORAGE_SQLITE_TRANSACTION_H_
