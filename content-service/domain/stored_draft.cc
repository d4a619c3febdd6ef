#include "content-service/domain/stored_draft.h"

#include "absl/strings/str_cat.h"
#include "common/rpc/error_details.h"
#include "common/trust/canonical.h"
#include "common/trust/digest.h"
#include "content-service/domain/timestamp.h"

namespace plumbline::content {
namespace {

constexpr std::size_t kEtagDigits = 16;

absl::Status Damaged() {
  return absl::DataLossError("a draft in the content store is damaged");
}

absl::Status Reasoned(const absl::Status& status, const DraftId& id) {
  const rpc::Metadata metadata = {{"draft", ToString(id)}};
  if (absl::IsNotFound(status)) {
    return rpc::WithReason(status, "DRAFT_NOT_FOUND", metadata);
  }
  if (absl::IsAlreadyExists(status)) {
    return rpc::WithReason(status, "DRAFT_EXISTS", metadata);
  }
  return status;
}

// Covers the etag before, so that no two states of a draft share one.
std::string NextEtag(const v1::Draft& draft) {
  return trust::Sha256Hex(trust::CanonicalBytes(draft)).substr(0, kEtagDigits);
}

DraftRecord ToRecord(const StoredDraft& stored) {
  v1::Bundle bundle;
  bundle.set_content(stored.draft.SerializeAsString());
  for (const v1::Attestation& attestation : stored.attestations) {
    *bundle.add_attestations() = attestation;
  }
  return {stored.id.pathway_id, stored.id.draft_id, stored.draft.state(),
          bundle.SerializeAsString()};
}

}  // namespace

absl::StatusOr<StoredDraft> ToStoredDraft(const DraftRecord& record) {
  v1::Bundle bundle;
  StoredDraft stored;
  stored.id = {record.pathway_id, record.draft_id};
  if (!bundle.ParseFromString(record.bytes) ||
      !stored.draft.ParseFromString(bundle.content())) {
    return Damaged();
  }
  stored.attestations.assign(bundle.attestations().begin(),
                             bundle.attestations().end());
  return stored;
}

absl::StatusOr<StoredDraft> LoadDraft(const Reader& reader, const DraftId& id) {
  const absl::StatusOr<DraftRecord> record =
      reader.FindDraft(id.pathway_id, id.draft_id);
  if (!record.ok()) return Reasoned(record.status(), id);
  return ToStoredDraft(*record);
}

absl::StatusOr<Sources> LoadSources(const Reader& reader, const DraftId& id) {
  const absl::StatusOr<std::string> bytes =
      reader.FindDraftSources(id.pathway_id, id.draft_id);
  if (!bytes.ok()) return Reasoned(bytes.status(), id);
  v1::Draft holder;
  if (!holder.ParseFromString(*bytes)) return Damaged();
  return std::move(*holder.mutable_source_files());
}

absl::Status AddDraft(Transaction& transaction, StoredDraft& stored,
                      absl::Time now) {
  *stored.draft.mutable_create_time() = ToTimestamp(now);
  *stored.draft.mutable_update_time() = ToTimestamp(now);
  stored.draft.set_etag(NextEtag(stored.draft));
  return Reasoned(transaction.AddDraft(ToRecord(stored)), stored.id);
}

absl::Status SaveDraft(Transaction& transaction, StoredDraft& stored,
                       absl::Time now) {
  *stored.draft.mutable_update_time() = ToTimestamp(now);
  stored.draft.set_etag(NextEtag(stored.draft));
  return Reasoned(transaction.ReplaceDraft(ToRecord(stored)), stored.id);
}

absl::Status SaveSources(Transaction& transaction, const DraftId& id,
                         const Sources& sources) {
  v1::Draft holder;
  *holder.mutable_source_files() = sources;
  return Reasoned(transaction.PutDraftSources(id.pathway_id, id.draft_id,
                                              holder.SerializeAsString()),
                  id);
}

}  // namespace plumbline::content
