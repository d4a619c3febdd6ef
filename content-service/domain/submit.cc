#include "content-service/domain/submit.h"

#include "common/trust/canonical.h"
#include "common/trust/digest.h"
#include "content-service/domain/drafts.h"

namespace plumbline::content {
namespace {

absl::Status RequireSubmittable(const StoredDraft& draft, const Actor& author,
                                const std::string& etag) {
  absl::Status status = RequireAuthor(draft, author.principal);
  if (status.ok()) status = RequireEtag(draft, etag);
  if (!status.ok()) return status;
  return RequireState(draft, {v1::Draft::STATE_DRAFT, v1::Draft::STATE_FAILED});
}

void SetReport(StoredDraft& stored, const v1::GateReport& report,
               const std::string& bytes) {
  *stored.draft.mutable_report() = report;
  stored.draft.set_report_digest(trust::Sha256Hex(bytes));
}

}  // namespace

absl::StatusOr<Submission> LoadSubmission(const Reader& reader,
                                          const Actor& author,
                                          const DraftId& id,
                                          const std::string& etag) {
  absl::StatusOr<StoredDraft> draft = LoadDraft(reader, id);
  if (!draft.ok()) return draft.status();
  const absl::Status status = RequireSubmittable(*draft, author, etag);
  if (!status.ok()) return status;
  absl::StatusOr<Sources> sources = LoadSources(reader, id);
  if (!sources.ok()) return sources.status();
  return Submission{*std::move(draft), *std::move(sources)};
}

v1::Statement SubmissionStatement(const trust::TrustPolicy& policy,
                                  const Submission& submission,
                                  const Actor& author) {
  return NewStatement(policy, v1::STATEMENT_KIND_SUBMISSION,
                      submission.draft.id.pathway_id,
                      submission.compiled.digest, author.time);
}

StoredDraft PreviewSubmission(const Submission& submission) {
  StoredDraft stored = submission.draft;
  const CompiledSources& compiled = submission.compiled;
  stored.attestations.clear();
  stored.draft.clear_report();
  stored.draft.clear_report_digest();
  stored.draft.set_digest(compiled.digest);
  if (compiled.ok()) {
    stored.draft.set_state(v1::Draft::STATE_CHECKING);
  } else {
    stored.draft.set_state(v1::Draft::STATE_FAILED);
    SetReport(stored, compiled.report, trust::CanonicalBytes(compiled.report));
  }
  return stored;
}

absl::StatusOr<StoredDraft> SubmitDraft(Transaction& transaction,
                                        const trust::TrustPolicy& policy,
                                        const Actor& author,
                                        const Submission& submission,
                                        const SignedStatement& given) {
  const DraftId& id = submission.draft.id;
  const absl::StatusOr<StoredDraft> present = LoadDraft(transaction, id);
  if (!present.ok()) return present.status();
  absl::Status status =
      RequireSubmittable(*present, author, submission.draft.draft.etag());
  if (!status.ok()) return status;

  StoredDraft stored = PreviewSubmission(submission);
  if (submission.compiled.ok()) {
    const int required = policy.Threshold(id.pathway_id, v1::KEY_ROLE_AUTHOR);
    status =
        CheckSigned(policy, SubmissionStatement(policy, submission, author),
                    given, required, author.time);
    if (!status.ok()) return status;
    if (!given.signatures.empty()) {
      stored.attestations.push_back(
          ToAttestation(v1::STATEMENT_KIND_SUBMISSION, given));
    }
    status = transaction.PutContent(submission.compiled.digest,
                                    submission.compiled.content);
  }
  if (status.ok()) status = SaveDraft(transaction, stored, author.time);
  if (!status.ok()) return status;
  return stored;
}

absl::Status FinishGate(Transaction& transaction,
                        const trust::TrustPolicy& policy, const DraftId& id,
                        const v1::GateReport& report, absl::Time now) {
  absl::StatusOr<StoredDraft> stored = LoadDraft(transaction, id);
  if (!stored.ok()) return stored.status();
  if (stored->draft.state() != v1::Draft::STATE_CHECKING ||
      stored->draft.digest() != report.digest()) {
    return absl::OkStatus();
  }
  v1::Attestation attestation = AttestReport(policy, id.pathway_id, report);
  SetReport(*stored, report, attestation.payload());
  stored->attestations.push_back(std::move(attestation));
  stored->draft.set_state(report.passed() ? v1::Draft::STATE_SUBMITTED
                                          : v1::Draft::STATE_FAILED);
  return SaveDraft(transaction, *stored, now);
}

}  // namespace plumbline::content
