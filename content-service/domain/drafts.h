// Drafts: who may change one, when, and what a change voids.
//
//   DRAFT -> CHECKING -> SUBMITTED or FAILED; SUBMITTED -> APPROVED ->
//   PUBLISHED; SUBMITTED or APPROVED -> REJECTED
//
// Any of them but CHECKING, PUBLISHED and DISCARDED is a DRAFT again when it is
// updated, and its report and approvals are void. Any of them but PUBLISHED can
// be discarded, once. Time and principal are arguments. Failures carry the
// reasons of docs/errors.md.

#ifndef PLUMBLINE_CONTENT_SERVICE_DOMAIN_DRAFTS_H_
#define PLUMBLINE_CONTENT_SERVICE_DOMAIN_DRAFTS_H_

#include <initializer_list>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/pathway/fault.h"
#include "content-service/domain/actor.h"
#include "content-service/domain/signed_statement.h"
#include "content-service/domain/stored_draft.h"

namespace plumbline::content {

inline constexpr std::size_t kDraftFilesMax = 1000;
inline constexpr std::size_t kDraftBytesMax = 8 << 20;
inline constexpr std::size_t kSourcePathBytesMax = 200;
inline constexpr std::size_t kNoteBytesMax = 4000;

// What is wrong with the sources, or the note, of a request's `draft`. Where
// there are too many files, that alone.
pathway::Faults CheckSources(const Sources& sources);
pathway::Faults CheckNote(const std::string& note);

// Creates a draft with the sources and note of `given`, and its pathway if it
// is the first. An empty `draft_id` is chosen here: `d-` and 16 hexadecimal
// digits.
absl::StatusOr<StoredDraft> CreateDraft(Transaction& transaction,
                                        const Actor& author, DraftId id,
                                        const v1::Draft& given);

// What an update replaces.
struct DraftChange {
  bool replaces_sources = false;
  Sources sources;
  bool replaces_note = false;
  std::string note;
};

absl::StatusOr<StoredDraft> UpdateDraft(Transaction& transaction,
                                        const Actor& author, const DraftId& id,
                                        const std::string& etag,
                                        const DraftChange& change);

absl::StatusOr<StoredDraft> DiscardDraft(Transaction& transaction,
                                         const Actor& author, const DraftId& id,
                                         const std::string& etag);

// The statement that an approver of `draft` signs. Checks that `approver` may
// approve it.
absl::StatusOr<v1::Statement> ApprovalStatement(
    const trust::TrustPolicy& policy, const StoredDraft& draft,
    const Actor& approver, const std::string& etag);

// The draft as it is with one more approval, whose attestation is left out.
void AddApproval(const trust::TrustPolicy& policy, const Actor& approver,
                 StoredDraft& draft);

// Adds an approval, signed by one key; the draft is APPROVED once it has as
// many as `policy` asks for.
absl::StatusOr<StoredDraft> ApproveDraft(Transaction& transaction,
                                         const trust::TrustPolicy& policy,
                                         const Actor& approver,
                                         const DraftId& id,
                                         const std::string& etag,
                                         const SignedStatement& given);

// Rejects a draft that was submitted, also one that others approved, with a
// reason of 1 to 1,000 bytes for its author.
absl::StatusOr<StoredDraft> RejectDraft(Transaction& transaction,
                                        const Actor& approver,
                                        const DraftId& id,
                                        const std::string& etag,
                                        const std::string& reason);

// ABORTED, reason ETAG_MISMATCH, unless `etag` is empty or the draft's.
absl::Status RequireEtag(const StoredDraft& draft, const std::string& etag);

// PERMISSION_DENIED, reason NOT_AUTHOR.
absl::Status RequireAuthor(const StoredDraft& draft,
                           const std::string& principal);

// FAILED_PRECONDITION, reason DRAFT_STATE, unless the draft is in one of
// `states`.
absl::Status RequireState(const StoredDraft& draft,
                          std::initializer_list<v1::Draft::State> states);

}  // namespace plumbline::content

#endif  // PLUMBLINE_CONTENT_SERVICE_DOMAIN_DRAFTS_H_
