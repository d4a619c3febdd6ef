#include "content-service/domain/drafts.h"

#include <algorithm>
#include <set>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "common/rpc/error_details.h"
#include "common/trust/digest.h"
#include "content-service/domain/timestamp.h"

namespace plumbline::content {
namespace {

constexpr std::size_t kDraftIdBytes = 8;

// "SUBMITTED"
std::string WordOf(v1::Draft::State state) {
  return std::string(absl::StripPrefix(v1::Draft::State_Name(state), "STATE_"));
}

bool IsRelativePath(absl::string_view path) {
  if (path.empty() || path.size() > kSourcePathBytesMax) return false;
  if (absl::StrContains(path, '\\') || absl::StrContains(path, '\0')) {
    return false;
  }
  const std::vector<absl::string_view> parts = absl::StrSplit(path, '/');
  return std::none_of(parts.begin(), parts.end(), [](absl::string_view part) {
    return part.empty() || part == "." || part == "..";
  });
}

// A path as a message repeats it: not more than a legal one has.
std::string Shown(const std::string& path) {
  return absl::StrCat("'",
                      absl::CHexEscape(path.substr(0, kSourcePathBytesMax)),
                      path.size() > kSourcePathBytesMax ? "…'" : "'");
}

void SetSources(v1::Draft& draft, const Sources& sources) {
  std::set<std::string> paths;
  for (const v1::SourceFile& file : sources) paths.insert(file.path());
  draft.clear_source_files();
  for (const std::string& path : paths) {
    draft.add_source_files()->set_path(path);
  }
}

// The same files, in ascending order of path.
Sources Sorted(const Sources& sources) {
  Sources sorted = sources;
  std::sort(sorted.begin(), sorted.end(),
            [](const v1::SourceFile& left, const v1::SourceFile& right) {
              return left.path() < right.path();
            });
  return sorted;
}

// An update takes back everything that was said about the draft.
void ReturnToDraft(StoredDraft& stored) {
  stored.attestations.clear();
  v1::Draft& draft = stored.draft;
  draft.set_state(v1::Draft::STATE_DRAFT);
  draft.clear_digest();
  draft.clear_report();
  draft.clear_report_digest();
  draft.clear_approvals();
  draft.clear_rejection();
}

// Whether `approver` may judge the draft now: it is another's, and submitted.
absl::Status RequireToJudge(const StoredDraft& stored, const Actor& approver,
                            const std::string& etag) {
  const std::string& author = stored.draft.author();
  if (author == approver.principal) {
    return rpc::WithReason(
        absl::PermissionDeniedError(
            absl::StrCat(author, " is the author of ", ToString(stored.id),
                         ": another approver must judge it")),
        "AUTHOR_MAY_NOT_APPROVE", {{"author", author}});
  }
  const absl::Status status = RequireEtag(stored, etag);
  if (!status.ok()) return status;
  return RequireState(stored,
                      {v1::Draft::STATE_SUBMITTED, v1::Draft::STATE_APPROVED});
}

// Loads a draft that `author` may change now: one in any of `states`.
absl::StatusOr<StoredDraft> LoadToChange(
    Transaction& transaction, const Actor& author, const DraftId& id,
    const std::string& etag, std::initializer_list<v1::Draft::State> states) {
  absl::StatusOr<StoredDraft> stored = LoadDraft(transaction, id);
  if (!stored.ok()) return stored.status();
  absl::Status status = RequireAuthor(*stored, author.principal);
  if (status.ok()) status = RequireEtag(*stored, etag);
  if (status.ok()) status = RequireState(*stored, states);
  if (!status.ok()) return status;
  return stored;
}

absl::Status AlreadyApproved(const StoredDraft& stored,
                             const std::string& who) {
  return rpc::WithReason(
      absl::AlreadyExistsError(
          absl::StrCat(who, " has already approved ", ToString(stored.id))),
      "ALREADY_APPROVED", {{"draft", ToString(stored.id)}});
}

absl::Status RequireNewApprover(const StoredDraft& stored,
                                const std::string& principal) {
  for (const v1::Approval& approval : stored.draft.approvals()) {
    if (approval.principal() == principal) {
      return AlreadyApproved(stored, principal);
    }
  }
  return absl::OkStatus();
}

absl::Status RequireNewKey(const StoredDraft& stored,
                           const std::string& key_id) {
  for (const v1::Approval& approval : stored.draft.approvals()) {
    for (const v1::Signature& signature : approval.attestation().signatures()) {
      if (signature.key_id() == key_id) {
        return AlreadyApproved(stored, absl::StrCat("key '", key_id, "'"));
      }
    }
  }
  return absl::OkStatus();
}

}  // namespace

pathway::Faults CheckSources(const Sources& sources) {
  // Alone: so many files are not looked at one by one.
  if (sources.size() > static_cast<int>(kDraftFilesMax)) {
    return {
        {"draft.source_files", absl::StrCat(sources.size(), " files; at most ",
                                            kDraftFilesMax, " are taken")}};
  }
  pathway::Faults faults;
  std::size_t bytes = 0;
  std::set<std::string> paths;
  for (int i = 0; i < sources.size(); ++i) {
    const std::string field = absl::StrCat("draft.source_files[", i, "].path");
    const std::string& path = sources[i].path();
    bytes += sources[i].content().size();
    if (!IsRelativePath(path)) {
      faults.push_back(
          {field,
           absl::StrCat(Shown(path), " must be a relative path of at most ",
                        kSourcePathBytesMax,
                        " bytes, with forward slashes, without '.' or '..'")});
    } else if (!paths.insert(path).second) {
      faults.push_back({field, absl::StrCat(Shown(path), " stands twice")});
    }
  }
  if (bytes > kDraftBytesMax) {
    faults.push_back(
        {"draft.source_files", absl::StrCat(bytes, " bytes together; at most ",
                                            kDraftBytesMax, " are taken")});
  }
  return faults;
}

pathway::Faults CheckNote(const std::string& note) {
  if (note.size() <= kNoteBytesMax) return {};
  return {{"draft.note", absl::StrCat(note.size(), " bytes; at most ",
                                      kNoteBytesMax, " are taken")}};
}

absl::StatusOr<StoredDraft> CreateDraft(Transaction& transaction,
                                        const Actor& author, DraftId id,
                                        const v1::Draft& given) {
  if (id.draft_id.empty()) {
    id.draft_id = absl::StrCat(
        "d-", absl::BytesToHexString(trust::RandomBytes(kDraftIdBytes)));
  }
  const absl::Status pathway =
      transaction.AddPathway(id.pathway_id, author.time);
  if (!pathway.ok() && !absl::IsAlreadyExists(pathway)) return pathway;

  StoredDraft stored;
  stored.id = id;
  stored.draft.set_name(ToString(id));
  stored.draft.set_state(v1::Draft::STATE_DRAFT);
  stored.draft.set_author(author.principal);
  stored.draft.set_note(given.note());
  SetSources(stored.draft, given.source_files());
  absl::Status status = AddDraft(transaction, stored, author.time);
  if (status.ok()) {
    status = SaveSources(transaction, id, Sorted(given.source_files()));
  }
  if (!status.ok()) return status;
  return stored;
}

absl::StatusOr<StoredDraft> UpdateDraft(Transaction& transaction,
                                        const Actor& author, const DraftId& id,
                                        const std::string& etag,
                                        const DraftChange& change) {
  absl::StatusOr<StoredDraft> stored =
      LoadToChange(transaction, author, id, etag,
                   {v1::Draft::STATE_DRAFT, v1::Draft::STATE_FAILED,
                    v1::Draft::STATE_SUBMITTED, v1::Draft::STATE_APPROVED,
                    v1::Draft::STATE_REJECTED});
  if (!stored.ok()) return stored.status();
  ReturnToDraft(*stored);
  if (change.replaces_note) stored->draft.set_note(change.note);
  absl::Status status;
  if (change.replaces_sources) {
    SetSources(stored->draft, change.sources);
    status = SaveSources(transaction, id, Sorted(change.sources));
  }
  if (status.ok()) status = SaveDraft(transaction, *stored, author.time);
  if (!status.ok()) return status;
  return stored;
}

absl::StatusOr<StoredDraft> DiscardDraft(Transaction& transaction,
                                         const Actor& author, const DraftId& id,
                                         const std::string& etag) {
  // Also while it is checked: a gate that cannot finish must not keep it.
  absl::StatusOr<StoredDraft> stored =
      LoadToChange(transaction, author, id, etag,
                   {v1::Draft::STATE_DRAFT, v1::Draft::STATE_CHECKING,
                    v1::Draft::STATE_FAILED, v1::Draft::STATE_SUBMITTED,
                    v1::Draft::STATE_APPROVED, v1::Draft::STATE_REJECTED});
  if (!stored.ok()) return stored.status();
  stored->draft.set_state(v1::Draft::STATE_DISCARDED);
  const absl::Status status = SaveDraft(transaction, *stored, author.time);
  if (!status.ok()) return status;
  return stored;
}

absl::StatusOr<v1::Statement> ApprovalStatement(
    const trust::TrustPolicy& policy, const StoredDraft& stored,
    const Actor& approver, const std::string& etag) {
  absl::Status status = RequireToJudge(stored, approver, etag);
  if (status.ok()) status = RequireNewApprover(stored, approver.principal);
  if (!status.ok()) return status;
  v1::Statement statement =
      NewStatement(policy, v1::STATEMENT_KIND_APPROVAL, stored.id.pathway_id,
                   stored.draft.digest(), approver.time);
  statement.set_report_digest(stored.draft.report_digest());
  return statement;
}

void AddApproval(const trust::TrustPolicy& policy, const Actor& approver,
                 StoredDraft& stored) {
  v1::Approval& approval = *stored.draft.add_approvals();
  approval.set_principal(approver.principal);
  *approval.mutable_create_time() = ToTimestamp(approver.time);
  const int required =
      policy.Threshold(stored.id.pathway_id, v1::KEY_ROLE_APPROVER);
  if (stored.draft.approvals_size() >= required) {
    stored.draft.set_state(v1::Draft::STATE_APPROVED);
  }
}

absl::StatusOr<StoredDraft> ApproveDraft(Transaction& transaction,
                                         const trust::TrustPolicy& policy,
                                         const Actor& approver,
                                         const DraftId& id,
                                         const std::string& etag,
                                         const SignedStatement& given) {
  absl::StatusOr<StoredDraft> stored = LoadDraft(transaction, id);
  if (!stored.ok()) return stored.status();
  const absl::StatusOr<v1::Statement> expected =
      ApprovalStatement(policy, *stored, approver, etag);
  if (!expected.ok()) return expected.status();
  absl::Status status =
      CheckSigned(policy, *expected, given, /*required=*/1, approver.time);
  if (status.ok()) {
    status = RequireNewKey(*stored, given.signatures.Get(0).key_id());
  }
  if (!status.ok()) return status;

  AddApproval(policy, approver, *stored);
  *stored->draft.mutable_approvals()->rbegin()->mutable_attestation() =
      ToAttestation(v1::STATEMENT_KIND_APPROVAL, given);
  status = SaveDraft(transaction, *stored, approver.time);
  if (!status.ok()) return status;
  return stored;
}

absl::StatusOr<StoredDraft> RejectDraft(Transaction& transaction,
                                        const Actor& approver,
                                        const DraftId& id,
                                        const std::string& etag,
                                        const std::string& reason) {
  absl::StatusOr<StoredDraft> stored = LoadDraft(transaction, id);
  if (!stored.ok()) return stored.status();
  absl::Status status = RequireToJudge(*stored, approver, etag);
  if (!status.ok()) return status;
  v1::Rejection& rejection = *stored->draft.mutable_rejection();
  rejection.set_principal(approver.principal);
  rejection.set_reason(reason);
  *rejection.mutable_create_time() = ToTimestamp(approver.time);
  stored->draft.set_state(v1::Draft::STATE_REJECTED);
  status = SaveDraft(transaction, *stored, approver.time);
  if (!status.ok()) return status;
  return stored;
}

absl::Status RequireEtag(const StoredDraft& stored, const std::string& etag) {
  const std::string& present = stored.draft.etag();
  if (etag.empty() || etag == present) return absl::OkStatus();
  return rpc::WithReason(
      absl::AbortedError(
          absl::StrCat(ToString(stored.id),
                       " has changed since it was read: its etag is now '",
                       present, "'; read it again, then decide")),
      "ETAG_MISMATCH", {{"etag", present}});
}

absl::Status RequireAuthor(const StoredDraft& stored,
                           const std::string& principal) {
  const std::string& author = stored.draft.author();
  if (author == principal) return absl::OkStatus();
  return rpc::WithReason(
      absl::PermissionDeniedError(absl::StrCat(
          "only its author, ", author, ", may change ", ToString(stored.id))),
      "NOT_AUTHOR", {{"author", author}});
}

absl::Status RequireState(const StoredDraft& stored,
                          std::initializer_list<v1::Draft::State> states) {
  const v1::Draft::State state = stored.draft.state();
  if (std::find(states.begin(), states.end(), state) != states.end()) {
    return absl::OkStatus();
  }
  std::vector<std::string> words;
  for (const v1::Draft::State right : states) words.push_back(WordOf(right));
  return rpc::WithReason(
      absl::FailedPreconditionError(absl::StrCat(ToString(stored.id), " is ",
                                                 WordOf(state), "; it must be ",
                                                 absl::StrJoin(words, " or "))),
      "DRAFT_STATE",
      {{"draft", ToString(stored.id)}, {"state", WordOf(state)}});
}

}  // namespace plumbline::content
