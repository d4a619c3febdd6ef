#include "content-service/rpc/draft_methods.h"

#include <optional>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "content-service/domain/drafts.h"
#include "content-service/domain/find.h"
#include "content-service/domain/publish.h"
#include "content-service/domain/submit.h"
#include "content-service/rpc/pager.h"
#include "content-service/rpc/request_checks.h"
#include "content-service/rpc/statements.h"

namespace plumbline::content {
namespace {

// Far more than there are fields to update.
constexpr int kMaskPathsMax = 16;

// How much of a draft an answer has.
enum class Extent {
  kBasic,       // Neither source bytes nor report.
  kWithReport,  // No source bytes.
};

v1::Draft ToMessage(const StoredDraft& stored, const trust::TrustPolicy& policy,
                    Extent extent) {
  v1::Draft draft = stored.draft;
  draft.set_approvals_required(
      policy.Threshold(stored.id.pathway_id, v1::KEY_ROLE_APPROVER));
  if (extent == Extent::kBasic) draft.clear_report();
  return draft;
}

// Everything, with the sources.
absl::StatusOr<v1::Draft> ToFullMessage(const Reader& reader,
                                        const StoredDraft& stored,
                                        const trust::TrustPolicy& policy) {
  v1::Draft draft = ToMessage(stored, policy, Extent::kWithReport);
  absl::StatusOr<Sources> sources = LoadSources(reader, stored.id);
  if (!sources.ok()) return sources.status();
  *draft.mutable_source_files() = *std::move(sources);
  return draft;
}

// Fills `draft` with all of `stored`, or returns why not.
absl::Status FillIn(const Reader& reader, const StoredDraft& stored,
                    const trust::TrustPolicy& policy, v1::Draft* draft) {
  absl::StatusOr<v1::Draft> full = ToFullMessage(reader, stored, policy);
  if (!full.ok()) return full.status();
  *draft = *std::move(full);
  return absl::OkStatus();
}

// What an update replaces, by its mask.
DraftChange ReadMask(const v1::UpdateDraftRequest& in, RequestChecks& checks) {
  DraftChange change;
  const auto& paths = in.update_mask().paths();
  if (paths.empty()) {
    checks.Add("update_mask", "must name source_files, note or both");
  }
  if (paths.size() > kMaskPathsMax) {
    checks.Add("update_mask", absl::StrCat(paths.size(), " paths; at most ",
                                           kMaskPathsMax, " are taken"));
    return change;
  }
  for (const std::string& path : paths) {
    if (path == "source_files") {
      change.replaces_sources = true;
    } else if (path == "note") {
      change.replaces_note = true;
    } else {
      checks.Add("update_mask",
                 absl::StrCat(Shown(path),
                              " cannot be updated; source_files and note can"));
    }
  }
  if (change.replaces_sources) {
    change.sources = in.draft().source_files();
    checks.Add(CheckSources(change.sources));
  }
  if (change.replaces_note) {
    change.note = in.draft().note();
    checks.Add(CheckNote(change.note));
  }
  return change;
}

bool Matches(const v1::ListDraftsRequest& in, const v1::Draft& draft) {
  return (in.state() == v1::Draft::STATE_UNSPECIFIED ||
          in.state() == draft.state()) &&
         (in.author().empty() || in.author() == draft.author());
}

}  // namespace

absl::Status DraftMethods::Create(const rpc::Call& call,
                                  const v1::CreateDraftRequest& in,
                                  v1::CreateDraftResponse& out) {
  RequestChecks checks;
  const std::string pathway_id = checks.PathwayName("parent", in.parent());
  checks.OptionalId("draft_id", in.draft_id());
  checks.RequestId(in.request_id());
  checks.Add(CheckSources(in.draft().source_files()));
  checks.Add(CheckNote(in.draft().note()));
  if (!checks.status().ok()) return checks.status();
  return store_.Change(call, in, out, [&](Transaction& transaction) {
    const absl::StatusOr<StoredDraft> stored =
        CreateDraft(transaction, store_.ActorOf(call),
                    {pathway_id, in.draft_id()}, in.draft());
    if (!stored.ok()) return stored.status();
    // Without the sources: the answer is kept for a day with the request's id.
    *out.mutable_draft() = ToMessage(*stored, policy_, Extent::kBasic);
    return absl::OkStatus();
  });
}

absl::Status DraftMethods::Get(const v1::GetDraftRequest& in,
                               v1::GetDraftResponse& out) {
  RequestChecks checks;
  const DraftId id = checks.DraftName("name", in.name());
  if (!checks.status().ok()) return checks.status();
  return store_.Read([&](const Reader& reader) {
    const absl::StatusOr<StoredDraft> stored = LoadDraft(reader, id);
    if (!stored.ok()) return stored.status();
    if (in.view() == v1::DRAFT_VIEW_BASIC) {
      *out.mutable_draft() = ToMessage(*stored, policy_, Extent::kBasic);
      return absl::OkStatus();
    }
    return FillIn(reader, *stored, policy_, out.mutable_draft());
  });
}

absl::Status DraftMethods::List(const rpc::Call& call,
                                const v1::ListDraftsRequest& in,
                                v1::ListDraftsResponse& out) {
  RequestChecks checks;
  const std::string pathway_id = checks.PathwayName("parent", in.parent());
  if (!checks.status().ok()) return checks.status();
  Pager pager(tokens_);
  absl::Status status = pager.Start(call, in);
  if (!status.ok()) return status;
  return store_.Read([&](const Reader& reader) -> absl::Status {
    const absl::Status pathway = RequirePathway(reader, pathway_id);
    if (!pathway.ok()) return pathway;
    std::int64_t before = pager.AfterNumber(kAnySequence);
    while (true) {
      const auto records = reader.ListDrafts(pathway_id, before, pager.limit());
      if (!records.ok()) return records.status();
      for (const DraftRecord& record : *records) {
        const absl::StatusOr<StoredDraft> stored = ToStoredDraft(record);
        if (!stored.ok()) return stored.status();
        if (!Matches(in, stored->draft)) {
          before = record.sequence;
          continue;
        }
        if (out.drafts_size() == pager.size()) {
          out.set_next_page_token(pager.Next("", absl::StrCat(before)));
          return absl::OkStatus();
        }
        before = record.sequence;
        *out.add_drafts() = ToMessage(*stored, policy_, Extent::kBasic);
      }
      if (static_cast<int>(records->size()) < pager.limit()) {
        return absl::OkStatus();
      }
    }
  });
}

absl::Status DraftMethods::Update(const rpc::Call& call,
                                  const v1::UpdateDraftRequest& in,
                                  v1::UpdateDraftResponse& out) {
  RequestChecks checks;
  const DraftId id = checks.DraftName("draft.name", in.draft().name());
  checks.RequestId(in.request_id());
  const DraftChange change = ReadMask(in, checks);
  if (!checks.status().ok()) return checks.status();
  return store_.Change(call, in, out, [&](Transaction& transaction) {
    const absl::StatusOr<StoredDraft> stored = UpdateDraft(
        transaction, store_.ActorOf(call), id, in.draft().etag(), change);
    if (!stored.ok()) return stored.status();
    *out.mutable_draft() = ToMessage(*stored, policy_, Extent::kBasic);
    return absl::OkStatus();
  });
}

absl::Status DraftMethods::Discard(const rpc::Call& call,
                                   const v1::DiscardDraftRequest& in,
                                   v1::DiscardDraftResponse& out) {
  RequestChecks checks;
  const DraftId id = checks.DraftName("name", in.name());
  checks.RequestId(in.request_id());
  if (!checks.status().ok()) return checks.status();
  const absl::Status status =
      store_.Change(call, in, out, [&](Transaction& transaction) {
        const absl::StatusOr<StoredDraft> stored =
            DiscardDraft(transaction, store_.ActorOf(call), id, in.etag());
        if (!stored.ok()) return stored.status();
        *out.mutable_draft() = ToMessage(*stored, policy_, Extent::kBasic);
        return absl::OkStatus();
      });
  // Nobody waits any more for a gate that may be running.
  if (status.ok() && !in.validate_only()) {
    gate_.observers().Notify(in.name(), {.done = true});
  }
  return status;
}

absl::Status DraftMethods::Submit(const rpc::Call& call,
                                  const v1::SubmitDraftRequest& in,
                                  v1::SubmitDraftResponse& out) {
  RequestChecks checks;
  const DraftId id = checks.DraftName("name", in.name());
  checks.RequestId(in.request_id());
  if (!checks.status().ok()) return checks.status();
  const absl::StatusOr<bool> answered = store_.WasAnswered(call, in, out);
  if (!answered.ok()) return answered.status();
  if (*answered) return absl::OkStatus();

  const Actor author = store_.ActorOf(call);
  Submission submission;
  absl::Status status = store_.Read([&](const Reader& reader) {
    absl::StatusOr<Submission> loaded =
        LoadSubmission(reader, author, id, in.etag());
    if (!loaded.ok()) return loaded.status();
    submission = *std::move(loaded);
    return absl::OkStatus();
  });
  if (!status.ok()) return status;
  submission.compiled = CompileSources(id.pathway_id, submission.sources,
                                       [this] { return store_.Now(); });
  if (in.validate_only()) {
    *out.mutable_draft() =
        ToMessage(PreviewSubmission(submission), policy_, Extent::kWithReport);
    if (!submission.compiled.ok()) return absl::OkStatus();
    return SetStatement(SubmissionStatement(policy_, submission, author),
                        out.mutable_statement());
  }
  status = store_.Change(call, in, out, [&](Transaction& transaction) {
    const absl::StatusOr<StoredDraft> stored = SubmitDraft(
        transaction, policy_, author, submission, GivenStatement(in));
    if (!stored.ok()) return stored.status();
    *out.mutable_draft() = ToMessage(*stored, policy_, Extent::kWithReport);
    return absl::OkStatus();
  });
  gate_.Wake();
  return status;
}

absl::Status DraftMethods::Approve(const rpc::Call& call,
                                   const v1::ApproveDraftRequest& in,
                                   v1::ApproveDraftResponse& out) {
  RequestChecks checks;
  const DraftId id = checks.DraftName("name", in.name());
  checks.RequestId(in.request_id());
  checks.OnlySignature(in.signatures());
  if (!checks.status().ok()) return checks.status();
  return store_.Change(
      call, in, out, [&](Transaction& transaction) -> absl::Status {
        const Actor approver = store_.ActorOf(call);
        if (in.validate_only()) {
          absl::StatusOr<StoredDraft> stored = LoadDraft(transaction, id);
          if (!stored.ok()) return stored.status();
          const auto statement =
              ApprovalStatement(policy_, *stored, approver, in.etag());
          if (!statement.ok()) return statement.status();
          AddApproval(policy_, approver, *stored);
          *out.mutable_draft() =
              ToMessage(*stored, policy_, Extent::kWithReport);
          return SetStatement(*statement, out.mutable_statement());
        }
        const absl::StatusOr<StoredDraft> stored = ApproveDraft(
            transaction, policy_, approver, id, in.etag(), GivenStatement(in));
        if (!stored.ok()) return stored.status();
        *out.mutable_draft() = ToMessage(*stored, policy_, Extent::kWithReport);
        return absl::OkStatus();
      });
}

absl::Status DraftMethods::Reject(const rpc::Call& call,
                                  const v1::RejectDraftRequest& in,
                                  v1::RejectDraftResponse& out) {
  RequestChecks checks;
  const DraftId id = checks.DraftName("name", in.name());
  checks.Reason("reason", in.reason());
  checks.RequestId(in.request_id());
  if (!checks.status().ok()) return checks.status();
  return store_.Change(call, in, out, [&](Transaction& transaction) {
    const absl::StatusOr<StoredDraft> stored = RejectDraft(
        transaction, store_.ActorOf(call), id, in.etag(), in.reason());
    if (!stored.ok()) return stored.status();
    *out.mutable_draft() = ToMessage(*stored, policy_, Extent::kWithReport);
    return absl::OkStatus();
  });
}

absl::Status DraftMethods::Publish(const rpc::Call& call,
                                   const v1::PublishReleaseRequest& in,
                                   v1::PublishReleaseResponse& out) {
  RequestChecks checks;
  const DraftId id = checks.DraftName("draft", in.draft());
  checks.RequestId(in.request_id());
  if (!checks.status().ok()) return checks.status();
  return store_.Change(
      call, in, out, [&](Transaction& transaction) -> absl::Status {
        const Actor publisher = store_.ActorOf(call);
        if (in.validate_only()) {
          const absl::StatusOr<Publication> publication = PreparePublication(
              transaction, policy_, publisher, id, in.etag());
          if (!publication.ok()) return publication.status();
          *out.mutable_release() = publication->release;
          return SetStatement(publication->statement, out.mutable_statement());
        }
        absl::StatusOr<v1::Release> release = PublishRelease(
            transaction, policy_, publisher, id, in.etag(), GivenStatement(in));
        if (!release.ok()) return release.status();
        *out.mutable_release() = *std::move(release);
        return absl::OkStatus();
      });
}

absl::StatusOr<v1::Draft> DraftMethods::GetForWatcher(const DraftId& id) {
  v1::Draft draft;
  const absl::Status status = store_.Read([&](const Reader& reader) {
    const absl::StatusOr<StoredDraft> stored = LoadDraft(reader, id);
    if (stored.ok()) draft = ToMessage(*stored, policy_, Extent::kWithReport);
    return stored.status();
  });
  if (!status.ok()) return status;
  return draft;
}

}  // namespace plumbline::content
