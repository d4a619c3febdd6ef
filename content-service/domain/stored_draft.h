// A draft as the store keeps it: the draft without the bytes of its source
// files, the attestations made on its way, and the sources beside them.

#ifndef PLUMBLINE_CONTENT_SERVICE_DOMAIN_STORED_DRAFT_H_
#define PLUMBLINE_CONTENT_SERVICE_DOMAIN_STORED_DRAFT_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "content-service/domain/resource_name.h"
#include "content-service/storage/content_store.h"
#include "plumbline/content/v1/draft.pb.h"

namespace plumbline::content {

struct StoredDraft {
  DraftId id;
  // Its source files have paths and no content.
  v1::Draft draft;
  // A signed submission, if there was one; then the gate's report, once it ran.
  std::vector<v1::Attestation> attestations;
};

using Sources = google::protobuf::RepeatedPtrField<v1::SourceFile>;

// NOT_FOUND, reason DRAFT_NOT_FOUND.
absl::StatusOr<StoredDraft> LoadDraft(const Reader& reader, const DraftId& id);

absl::StatusOr<StoredDraft> ToStoredDraft(const DraftRecord& record);

absl::StatusOr<Sources> LoadSources(const Reader& reader, const DraftId& id);

// Adds a draft. ALREADY_EXISTS, reason DRAFT_EXISTS.
absl::Status AddDraft(Transaction& transaction, StoredDraft& draft,
                      absl::Time now);

// Writes a changed draft, with a new etag and update time.
absl::Status SaveDraft(Transaction& transaction, StoredDraft& draft,
                       absl::Time now);

absl::Status SaveSources(Transaction& transaction, const DraftId& id,
                         const Sources& sources);

}  // namespace plumbline::content

#endif  // PLUMBLINE_CONTENT_SERVICE_DOMAIN_STORED_DRAFT_H_
