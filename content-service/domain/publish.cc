#include "content-service/domain/publish.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/rpc/error_details.h"
#include "content-service/domain/counts.h"
#include "content-service/domain/drafts.h"
#include "content-service/domain/find.h"
#include "content-service/domain/timestamp.h"
#include "plumbline/pathway/v1/pathway.pb.h"

namespace plumbline::content {
namespace {

absl::StatusOr<std::int64_t> NextNumber(const Reader& reader,
                                        const std::string& pathway_id) {
  const auto newest =
      reader.ListReleases(pathway_id, kAnySequence, kAnySequence, 1);
  if (!newest.ok()) return newest.status();
  return newest->empty() ? 1 : newest->front().number + 1;
}

absl::Status RequireNotReleased(const Reader& reader,
                                const std::string& digest) {
  const absl::StatusOr<ReleaseRecord> found =
      reader.FindReleaseByDigest(digest);
  if (absl::IsNotFound(found.status())) return absl::OkStatus();
  if (!found.ok()) return found.status();
  const std::string name =
      ToString(ReleaseId{found->pathway_id, found->number, ""});
  return rpc::WithReason(absl::AlreadyExistsError(absl::StrCat(
                             "the same content is already released as ", name,
                             ": point the channel at that release")),
                         "CONTENT_ALREADY_RELEASED", {{"release", name}});
}

// What a release says of its content.
absl::Status Describe(const std::string& content, v1::Release& release) {
  pathway::v1::Pathway message;
  if (!message.ParseFromString(content)) {
    return absl::DataLossError("content in the store is damaged");
  }
  release.set_size_bytes(static_cast<std::int64_t>(content.size()));
  release.set_engine_version_min(message.engine_version_min());
  release.add_locales(message.default_locale());
  for (const std::string& locale : message.locales()) {
    if (locale != message.default_locale()) release.add_locales(locale);
  }
  *release.mutable_counts() = CountsOf(message);
  return absl::OkStatus();
}

trust::Attestations AllAttestations(const StoredDraft& draft,
                                    const SignedStatement& publication) {
  trust::Attestations all;
  for (const v1::Attestation& attestation : draft.attestations) {
    *all.Add() = attestation;
  }
  for (const v1::Approval& approval : draft.draft.approvals()) {
    *all.Add() = approval.attestation();
  }
  *all.Add() = ToAttestation(v1::STATEMENT_KIND_PUBLICATION, publication);
  return all;
}

absl::Status StoreRelease(Transaction& transaction, const StoredDraft& draft,
                          const v1::Release& release,
                          const trust::Attestations& attestations) {
  absl::Status status =
      transaction.AddRelease({draft.id.pathway_id, release.number(),
                              release.digest(), release.SerializeAsString()});
  for (const v1::Attestation& attestation : attestations) {
    if (!status.ok()) return status;
    status = transaction.AddAttestation(release.digest(),
                                        attestation.SerializeAsString());
  }
  return status;
}

}  // namespace

absl::StatusOr<Publication> PreparePublication(const Reader& reader,
                                               const trust::TrustPolicy& policy,
                                               const Actor& publisher,
                                               const DraftId& id,
                                               const std::string& etag) {
  absl::StatusOr<StoredDraft> draft = LoadDraft(reader, id);
  if (!draft.ok()) return draft.status();
  const std::string digest = draft->draft.digest();
  absl::Status status = RequireEtag(*draft, etag);
  if (status.ok()) {
    status = RequireState(*draft, {v1::Draft::STATE_APPROVED});
  }
  if (status.ok()) status = RequireNotReleased(reader, digest);
  if (!status.ok()) return status;
  const absl::StatusOr<std::int64_t> number = NextNumber(reader, id.pathway_id);
  if (!number.ok()) return number.status();
  const absl::StatusOr<std::string> content = reader.FindContent(digest);
  if (!content.ok()) return content.status();

  Publication publication;
  v1::Release& release = publication.release;
  release.set_name(ToString(ReleaseId{id.pathway_id, *number, ""}));
  release.set_number(*number);
  release.set_pathway_id(id.pathway_id);
  release.set_digest(digest);
  release.set_state(v1::Release::STATE_PUBLISHED);
  *release.mutable_create_time() = ToTimestamp(publisher.time);
  release.set_publisher(publisher.principal);
  release.set_author(draft->draft.author());
  release.set_note(draft->draft.note());
  status = Describe(*content, release);
  if (!status.ok()) return status;
  publication.statement = NewStatement(policy, v1::STATEMENT_KIND_PUBLICATION,
                                       id.pathway_id, digest, publisher.time);
  publication.statement.set_report_digest(draft->draft.report_digest());
  publication.statement.set_release_number(*number);
  publication.draft = *std::move(draft);
  return publication;
}

absl::StatusOr<v1::Release> PublishRelease(Transaction& transaction,
                                           const trust::TrustPolicy& policy,
                                           const Actor& publisher,
                                           const DraftId& id,
                                           const std::string& etag,
                                           const SignedStatement& given) {
  absl::StatusOr<Publication> publication =
      PreparePublication(transaction, policy, publisher, id, etag);
  if (!publication.ok()) return publication.status();
  const v1::Release& release = publication->release;
  absl::Status status = CheckSigned(
      policy, publication->statement, given,
      policy.Threshold(id.pathway_id, v1::KEY_ROLE_PUBLISHER), publisher.time);
  if (!status.ok()) return status;

  StoredDraft& draft = publication->draft;
  const trust::Attestations attestations = AllAttestations(draft, given);
  const absl::StatusOr<std::string> content =
      transaction.FindContent(release.digest());
  if (!content.ok()) return content.status();
  const auto verified = trust::VerifyBundle(
      policy, id.pathway_id, release.digest(), *content, attestations);
  // The policy may have become stricter since the draft was approved.
  if (!verified.ok()) return verified.status();
  status = StoreRelease(transaction, draft, release, attestations);
  if (!status.ok()) return status;
  draft.draft.set_state(v1::Draft::STATE_PUBLISHED);
  draft.draft.set_release(release.name());
  status = SaveDraft(transaction, draft, publisher.time);
  if (!status.ok()) return status;
  return release;
}

}  // namespace plumbline::content
