// Drafts as their authors, approvers and publishers meet them, against a
// running server. Messages are asserted in full: they are what people act on.

#include "content-service/rpc/draft_methods.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "common/rpc/error_details.h"
#include "common/trust/statement.h"
#include "tests/content-service/support/content_server.h"
#include "tests/support/status_matchers.h"

namespace plumbline::content {
namespace {

using ::plumbline::testing::IsOk;
using ::plumbline::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::SizeIs;
using Stub = v1::ContentService::Stub;

constexpr char kRequestId[] = "123e4567-e89b-42d3-a456-426614174000";
constexpr char kDraft[] = "pathways/tiny/drafts/first";

class DraftMethodsTest : public ::testing::Test {
 protected:
  // A draft of the tiny pathway with a name that messages can be asserted with.
  v1::Draft Create(const Sources& sources = SourcesOf(kTinyFolder)) {
    const auto created =
        server_.Call("author", &Stub::CreateDraft, CreateRequest(sources));
    EXPECT_THAT(created, IsOk());
    return created.ok() ? created->draft() : v1::Draft();
  }

  static v1::CreateDraftRequest CreateRequest(const Sources& sources) {
    v1::CreateDraftRequest request;
    request.set_parent("pathways/tiny");
    request.set_draft_id("first");
    *request.mutable_draft()->mutable_source_files() = sources;
    return request;
  }

  static v1::UpdateDraftRequest NoteUpdate(const std::string& note,
                                           const std::string& etag = "") {
    v1::UpdateDraftRequest request;
    request.mutable_draft()->set_name(kDraft);
    request.mutable_draft()->set_etag(etag);
    request.mutable_draft()->set_note(note);
    request.mutable_update_mask()->add_paths("note");
    return request;
  }

  static v1::SubmitDraftRequest SubmitRequest() {
    v1::SubmitDraftRequest request;
    request.set_name(kDraft);
    return request;
  }

  // A request to approve with the statement that is to be signed now.
  v1::ApproveDraftRequest ApproveRequest(
      const std::string& principal = "approver") {
    v1::ApproveDraftRequest request;
    request.set_name(kDraft);
    request.set_validate_only(true);
    const auto checked = server_.Call(principal, &Stub::ApproveDraft, request);
    EXPECT_THAT(checked, IsOk());
    if (checked.ok()) request.set_statement(checked->statement());
    request.set_validate_only(false);
    return request;
  }

  absl::StatusOr<v1::Draft> Get() {
    v1::GetDraftRequest request;
    request.set_name(kDraft);
    const auto got = server_.Call("author", &Stub::GetDraft, request);
    if (!got.ok()) return got.status();
    return got->draft();
  }

  absl::Status Approve(const v1::ApproveDraftRequest& request,
                       const std::string& principal = "approver") {
    return server_.Call(principal, &Stub::ApproveDraft, request).status();
  }

  ContentServer server_;
};

TEST_F(DraftMethodsTest, KeepsSourcesInOrderOfTheirPaths) {
  Sources sources;
  for (const char* path : {"rules.txtpb", "guidance/a.md", "cases/x.jsonl"}) {
    v1::SourceFile& file = *sources.Add();
    file.set_path(path);
    file.set_content(path);
  }
  Create(sources);
  const auto draft = Get();
  ASSERT_THAT(draft, IsOk());
  ASSERT_EQ(draft->source_files_size(), 3);
  EXPECT_EQ(draft->source_files(0).path(), "cases/x.jsonl");
  EXPECT_EQ(draft->source_files(2).content(), "rules.txtpb");
}

TEST_F(DraftMethodsTest, ListsEveryViolationOfARequest) {
  v1::CreateDraftRequest request;
  request.set_parent("pathways/Tiny");
  request.set_draft_id("First Draft");
  request.mutable_draft()->set_note(std::string(4001, 'x'));
  for (const char* path : {"../secrets", "rules.txtpb", "rules.txtpb", "/a"}) {
    request.mutable_draft()->add_source_files()->set_path(path);
  }
  const absl::Status status =
      server_.Call("author", &Stub::CreateDraft, request).status();
  EXPECT_THAT(
      status,
      StatusIs(
          absl::StatusCode::kInvalidArgument,
          "parent: 'pathways/Tiny' is not of the form pathways/{pathway}\n"
          "draft_id: 'First Draft' is not of the form "
          "[a-z]([a-z0-9-]{0,61}[a-z0-9])?\n"
          "draft.source_files[0].path: '../secrets' must be a relative path of "
          "at most 200 bytes, with forward slashes, without '.' or '..'\n"
          "draft.source_files[2].path: 'rules.txtpb' stands twice\n"
          "draft.source_files[3].path: '/a' must be a relative path of at most "
          "200 bytes, with forward slashes, without '.' or '..'\n"
          "draft.note: 4001 bytes; at most 4000 are taken"));
  EXPECT_EQ(rpc::ReasonOf(status), "INVALID_REQUEST");
  EXPECT_THAT(rpc::ViolationsOf(status), SizeIs(6));
}

TEST_F(DraftMethodsTest, RefusesSourcesOverTheLimit) {
  Sources sources;
  for (int i = 0; i < 2; ++i) {
    v1::SourceFile& file = *sources.Add();
    file.set_path(absl::StrCat("cases/", i, ".jsonl"));
    file.set_content(std::string((4 << 20) + 1, ' '));
  }
  EXPECT_THAT(
      server_.Call("author", &Stub::CreateDraft, CreateRequest(sources)),
      StatusIs(absl::StatusCode::kInvalidArgument,
               "draft.source_files: 8388610 bytes together; at most 8388608 "
               "are taken"));
}

TEST_F(DraftMethodsTest, RefusesATakenDraftId) {
  Create();
  const absl::Status status =
      server_.Call("author", &Stub::CreateDraft, CreateRequest({})).status();
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kAlreadyExists,
                               "there is already pathways/tiny/drafts/first"));
  EXPECT_EQ(rpc::ReasonOf(status), "DRAFT_EXISTS");
}

TEST_F(DraftMethodsTest, NamesADraftThatDoesNotExist) {
  const absl::Status status = Get().status();
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kNotFound,
                               "there is no pathways/tiny/drafts/first"));
  EXPECT_EQ(rpc::ReasonOf(status), "DRAFT_NOT_FOUND");
}

TEST_F(DraftMethodsTest, RefusesAStaleEtag) {
  const v1::Draft created = Create();
  ASSERT_THAT(server_.Call("author", &Stub::UpdateDraft,
                           NoteUpdate("one", created.etag())),
              IsOk());
  const std::string present = Get()->etag();
  const absl::Status status =
      server_
          .Call("author", &Stub::UpdateDraft, NoteUpdate("two", created.etag()))
          .status();
  EXPECT_THAT(
      status,
      StatusIs(absl::StatusCode::kAborted,
               absl::StrCat("pathways/tiny/drafts/first has changed since it "
                            "was read: its etag is now '",
                            present, "'; read it again, then decide")));
  EXPECT_EQ(rpc::ReasonOf(status), "ETAG_MISMATCH");
  EXPECT_THAT(rpc::ReasonMetadataOf(status),
              ElementsAre(Pair("etag", present)));
  EXPECT_EQ(Get()->note(), "one");
}

TEST_F(DraftMethodsTest, EveryStepRefusesAStaleEtag) {
  const std::string stale = Create().etag();
  ASSERT_THAT(server_.Call("author", &Stub::UpdateDraft, NoteUpdate("one")),
              IsOk());
  const auto expect_refused = [&](const absl::Status& status) {
    const std::string present = Get()->etag();
    EXPECT_THAT(
        status,
        StatusIs(absl::StatusCode::kAborted,
                 absl::StrCat("pathways/tiny/drafts/first has changed since it "
                              "was read: its etag is now '",
                              present, "'; read it again, then decide")));
    EXPECT_EQ(rpc::ReasonOf(status), "ETAG_MISMATCH");
    EXPECT_THAT(rpc::ReasonMetadataOf(status),
                ElementsAre(Pair("etag", present)));
  };
  v1::SubmitDraftRequest submit = SubmitRequest();
  submit.set_etag(stale);
  expect_refused(server_.Call("author", &Stub::SubmitDraft, submit).status());
  server_.Submit(kDraft);
  v1::ApproveDraftRequest approve = ApproveRequest();
  approve.set_etag(stale);
  server_.Sign("approver-1", &approve);
  expect_refused(Approve(approve));
  server_.Approve(kDraft);
  v1::PublishReleaseRequest publish;
  publish.set_draft(kDraft);
  publish.set_etag(stale);
  expect_refused(
      server_.Call("publisher", &Stub::PublishRelease, publish).status());
  v1::DiscardDraftRequest discard;
  discard.set_name(kDraft);
  discard.set_etag(stale);
  expect_refused(server_.Call("author", &Stub::DiscardDraft, discard).status());
}

TEST_F(DraftMethodsTest, EveryStepRefusesARequestIdUsedForAnotherPayload) {
  const std::string message =
      absl::StrCat("request_id ", kRequestId,
                   " was used for another request; a new request needs a new "
                   "id");
  const auto expect_refused = [&](const absl::Status& status) {
    EXPECT_THAT(status, StatusIs(absl::StatusCode::kAlreadyExists, message));
    EXPECT_EQ(rpc::ReasonOf(status), "REQUEST_ID_REUSED");
  };
  Create();
  v1::UpdateDraftRequest update = NoteUpdate("one");
  update.set_request_id(kRequestId);
  ASSERT_THAT(server_.Call("author", &Stub::UpdateDraft, update), IsOk());
  update.mutable_draft()->set_note("two");
  expect_refused(server_.Call("author", &Stub::UpdateDraft, update).status());

  v1::SubmitDraftRequest submit = SubmitRequest();
  submit.set_request_id(kRequestId);
  ASSERT_THAT(server_.Call("author", &Stub::SubmitDraft, submit), IsOk());
  submit.set_etag("other");
  expect_refused(server_.Call("author", &Stub::SubmitDraft, submit).status());
  ASSERT_THAT(server_.Watch(kDraft), IsOk());

  v1::ApproveDraftRequest approve = ApproveRequest();
  server_.Sign("approver-1", &approve);
  approve.set_request_id(kRequestId);
  ASSERT_THAT(Approve(approve), IsOk());
  approve.set_etag("other");
  expect_refused(Approve(approve));

  v1::PublishReleaseRequest publish;
  publish.set_draft(kDraft);
  publish.set_validate_only(true);
  publish.set_statement(
      server_.Call("publisher", &Stub::PublishRelease, publish)->statement());
  publish.set_validate_only(false);
  server_.Sign("publisher-1", &publish);
  publish.set_request_id(kRequestId);
  const auto published =
      server_.Call("publisher", &Stub::PublishRelease, publish);
  ASSERT_THAT(published, IsOk());
  const auto again = server_.Call("publisher", &Stub::PublishRelease, publish);
  ASSERT_THAT(again, IsOk());
  EXPECT_EQ(again->SerializeAsString(), published->SerializeAsString());
  publish.set_etag("other");
  expect_refused(
      server_.Call("publisher", &Stub::PublishRelease, publish).status());
}

TEST_F(DraftMethodsTest, AnswersChangesWithoutTheSources) {
  const v1::Draft created = Create();
  ASSERT_GT(created.source_files_size(), 0);
  EXPECT_EQ(created.source_files(0).content(), "");
  v1::UpdateDraftRequest update;
  update.mutable_draft()->set_name(kDraft);
  *update.mutable_draft()->mutable_source_files() = SourcesOf(kTinyFolder);
  update.mutable_update_mask()->add_paths("source_files");
  const auto updated = server_.Call("author", &Stub::UpdateDraft, update);
  ASSERT_THAT(updated, IsOk());
  EXPECT_EQ(updated->draft().source_files_size(), created.source_files_size());
  EXPECT_EQ(updated->draft().source_files(0).content(), "");
  EXPECT_NE(Get()->source_files(0).content(), "");
}

TEST_F(DraftMethodsTest, RefusesTooManyFilesWithoutLookingAtEach) {
  Sources sources;
  for (int i = 0; i < 100'000; ++i) sources.Add()->set_path("../x");
  const absl::Status status =
      server_.Call("author", &Stub::CreateDraft, CreateRequest(sources))
          .status();
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kInvalidArgument,
                               "draft.source_files: 100000 files; at most 1000 "
                               "are taken"));
}

TEST_F(DraftMethodsTest, RefusesAMaskOfManyPaths) {
  Create();
  v1::UpdateDraftRequest request = NoteUpdate("note");
  for (int i = 0; i < 100'000; ++i) {
    request.mutable_update_mask()->add_paths("source_files");
  }
  EXPECT_THAT(server_.Call("author", &Stub::UpdateDraft, request),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       "update_mask: 100001 paths; at most 16 are taken"));
}

TEST_F(DraftMethodsTest, NamesADraftByTheRuleOfIds) {
  const v1::Draft draft = server_.CreateDraft({});
  EXPECT_THAT(draft.name(),
              ::testing::MatchesRegex("pathways/tiny/drafts/d-[0-9a-f]{16}"));
}

TEST_F(DraftMethodsTest, LetsNobodyButTheAuthorChangeADraft) {
  Create();
  const absl::Status status =
      server_.Call("author-2", &Stub::UpdateDraft, NoteUpdate("mine")).status();
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kPermissionDenied,
                               "only its author, author, may change "
                               "pathways/tiny/drafts/first"));
  EXPECT_EQ(rpc::ReasonOf(status), "NOT_AUTHOR");
}

TEST_F(DraftMethodsTest, UpdatesOnlyWhatTheMaskNames) {
  Create();
  v1::UpdateDraftRequest request = NoteUpdate("note");
  request.mutable_update_mask()->add_paths("author");
  EXPECT_THAT(server_.Call("author", &Stub::UpdateDraft, request),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       "update_mask: 'author' cannot be updated; source_files "
                       "and note can"));
  request.clear_update_mask();
  EXPECT_THAT(server_.Call("author", &Stub::UpdateDraft, request),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       "update_mask: must name source_files, note or both"));
  ASSERT_THAT(
      server_.Call("author", &Stub::UpdateDraft, NoteUpdate("new note")),
      IsOk());
  EXPECT_EQ(Get()->note(), "new note");
  EXPECT_FALSE(Get()->source_files(0).content().empty());
}

TEST_F(DraftMethodsTest, AnswersARepeatedRequestAsBefore) {
  v1::CreateDraftRequest request = CreateRequest({});
  request.clear_draft_id();
  request.set_request_id(kRequestId);
  const auto first = server_.Call("author", &Stub::CreateDraft, request);
  ASSERT_THAT(first, IsOk());
  server_.Restart();
  const auto second = server_.Call("author", &Stub::CreateDraft, request);
  ASSERT_THAT(second, IsOk());
  EXPECT_EQ(first->SerializeAsString(), second->SerializeAsString());
  // Another principal has request ids of its own.
  const auto other = server_.Call("author-2", &Stub::CreateDraft, request);
  ASSERT_THAT(other, IsOk());
  EXPECT_NE(other->draft().name(), first->draft().name());
}

TEST_F(DraftMethodsTest, RefusesARequestIdUsedForAnotherPayload) {
  v1::CreateDraftRequest request = CreateRequest({});
  request.set_request_id(kRequestId);
  ASSERT_THAT(server_.Call("author", &Stub::CreateDraft, request), IsOk());
  request.set_draft_id("second");
  const absl::Status status =
      server_.Call("author", &Stub::CreateDraft, request).status();
  EXPECT_THAT(status,
              StatusIs(absl::StatusCode::kAlreadyExists,
                       absl::StrCat("request_id ", kRequestId,
                                    " was used for another request; a new "
                                    "request needs a new id")));
  EXPECT_EQ(rpc::ReasonOf(status), "REQUEST_ID_REUSED");
}

TEST_F(DraftMethodsTest, ForgetsARequestIdAfterADay) {
  v1::CreateDraftRequest request = CreateRequest({});
  request.set_request_id(kRequestId);
  ASSERT_THAT(server_.Call("author", &Stub::CreateDraft, request), IsOk());
  server_.Advance(absl::Hours(25));
  EXPECT_THAT(server_.Call("author", &Stub::CreateDraft, request),
              StatusIs(absl::StatusCode::kAlreadyExists,
                       "there is already pathways/tiny/drafts/first"));
}

TEST_F(DraftMethodsTest, KeepsNothingOfAValidation) {
  v1::CreateDraftRequest request = CreateRequest({});
  request.set_request_id(kRequestId);
  request.set_validate_only(true);
  const auto checked = server_.Call("author", &Stub::CreateDraft, request);
  ASSERT_THAT(checked, IsOk());
  EXPECT_EQ(checked->draft().name(), kDraft);
  EXPECT_THAT(Get(), StatusIs(absl::StatusCode::kNotFound));
  request.set_validate_only(false);
  EXPECT_THAT(server_.Call("author", &Stub::CreateDraft, request), IsOk());
}

TEST_F(DraftMethodsTest, GivesThePlaceOfEveryFaultInTheSources) {
  Sources sources = TinyWith("rules.txtpb", "em.bleeding ==", "em.bleading ==");
  for (v1::SourceFile& file : sources) {
    if (file.path() == "sources.txtpb") {
      file.set_content(file.content() + "sources { source_id }\n");
    }
  }
  Create(sources);
  const auto submitted =
      server_.Call("author", &Stub::SubmitDraft, SubmitRequest());
  ASSERT_THAT(submitted, IsOk());
  EXPECT_EQ(submitted->draft().state(), v1::Draft::STATE_FAILED);
  const v1::GateReport& report = submitted->draft().report();
  EXPECT_FALSE(report.passed());
  ASSERT_GE(report.faults_size(), 1);
  EXPECT_EQ(report.fault_count(), report.faults_size());
  for (const v1::SourceFault& fault : report.faults()) {
    EXPECT_FALSE(fault.file().empty()) << fault.DebugString();
    EXPECT_GT(fault.line(), 0) << fault.DebugString();
    EXPECT_GT(fault.column(), 0) << fault.DebugString();
    EXPECT_FALSE(fault.message().empty());
  }
}

TEST_F(DraftMethodsTest, RefusesContentOfAnotherPathway) {
  Create(TinyWith("pathway.txtpb", "pathway_id: \"tiny\"",
                  "pathway_id: \"other\""));
  const auto submitted =
      server_.Call("author", &Stub::SubmitDraft, SubmitRequest());
  ASSERT_THAT(submitted, IsOk());
  ASSERT_EQ(submitted->draft().report().faults_size(), 1);
  EXPECT_EQ(submitted->draft().report().faults(0).message(),
            "'other' is not the pathway of this draft, 'tiny'");
}

TEST_F(DraftMethodsTest, FailsADraftWhoseCasesFail) {
  Create(TinyWith("rules.txtpb", "pain.now >= 7", "pain.now >= 9"));
  const v1::Draft draft = server_.Submit(kDraft);
  EXPECT_EQ(draft.state(), v1::Draft::STATE_FAILED);
  ASSERT_EQ(draft.report().case_failures_size(), 1);
  const v1::CaseFailure& failure = draft.report().case_failures(0);
  EXPECT_EQ(failure.case_id(), "T-2");
  EXPECT_EQ(failure.file(), "cases/all.jsonl");
  EXPECT_EQ(failure.line(), 2);
  EXPECT_FALSE(failure.differences().empty());
}

TEST_F(DraftMethodsTest, FailsADraftWhoseCasesDoNotReachEverything) {
  Sources sources = SourcesOf(kTinyFolder);
  for (v1::SourceFile& file : sources) {
    if (file.path() != "cases/all.jsonl") continue;
    file.set_content(file.content().substr(0, file.content().find('\n') + 1));
  }
  Create(sources);
  const v1::Draft draft = server_.Submit(kDraft);
  EXPECT_EQ(draft.state(), v1::Draft::STATE_FAILED);
  EXPECT_EQ(draft.report().passed_case_count(), 1);
  for (const v1::Coverage& coverage : draft.report().coverage()) {
    if (coverage.kind() != v1::Coverage::KIND_RULE) continue;
    EXPECT_EQ(coverage.total_count(), 2);
    EXPECT_THAT(coverage.unreached(), ElementsAre("R-R01"));
  }
}

TEST_F(DraftMethodsTest, ChecksASubmissionWithoutMakingIt) {
  Create();
  v1::SubmitDraftRequest request = SubmitRequest();
  request.set_validate_only(true);
  const auto checked = server_.Call("author", &Stub::SubmitDraft, request);
  ASSERT_THAT(checked, IsOk());
  const auto statement = trust::ParseStatement(checked->statement());
  ASSERT_THAT(statement, IsOk());
  EXPECT_EQ(statement->kind(), v1::STATEMENT_KIND_SUBMISSION);
  EXPECT_EQ(statement->digest(), checked->draft().digest());
  EXPECT_EQ(Get()->state(), v1::Draft::STATE_DRAFT);
}

TEST_F(DraftMethodsTest, VoidsApprovalsWhenTheDraftIsUpdated) {
  Create();
  server_.Submit(kDraft);
  server_.Approve(kDraft);
  ASSERT_THAT(server_.Call("author", &Stub::UpdateDraft, NoteUpdate("more")),
              IsOk());
  const auto draft = Get();
  ASSERT_THAT(draft, IsOk());
  EXPECT_EQ(draft->state(), v1::Draft::STATE_DRAFT);
  EXPECT_THAT(draft->approvals(), IsEmpty());
  EXPECT_FALSE(draft->has_report());
  EXPECT_EQ(draft->digest(), "");
}

TEST_F(DraftMethodsTest, RefusesApprovalByTheAuthor) {
  v1::CreateDraftRequest create = CreateRequest(SourcesOf(kTinyFolder));
  ASSERT_THAT(server_.Call("everyone", &Stub::CreateDraft, create), IsOk());
  ASSERT_THAT(server_.Call("everyone", &Stub::SubmitDraft, SubmitRequest()),
              IsOk());
  ASSERT_THAT(server_.Watch(kDraft), IsOk());
  v1::ApproveDraftRequest request = ApproveRequest("approver");
  server_.Sign("approver-1", &request);
  const absl::Status status = Approve(request, "everyone");
  EXPECT_THAT(status,
              StatusIs(absl::StatusCode::kPermissionDenied,
                       "everyone is the author of pathways/tiny/drafts/first: "
                       "another approver must judge it"));
  EXPECT_EQ(rpc::ReasonOf(status), "AUTHOR_MAY_NOT_APPROVE");
}

v1::RejectDraftRequest RejectRequest() {
  v1::RejectDraftRequest request;
  request.set_name(kDraft);
  request.set_reason("Ice is not sourced.");
  return request;
}

TEST_F(DraftMethodsTest, RejectsWithAReasonAlsoWhatOthersApproved) {
  Create();
  server_.Submit(kDraft);
  server_.Approve(kDraft);
  const auto rejected =
      server_.Call("approver-2", &Stub::RejectDraft, RejectRequest());
  ASSERT_THAT(rejected, IsOk());
  EXPECT_EQ(rejected->draft().state(), v1::Draft::STATE_REJECTED);
  const auto draft = Get();
  ASSERT_THAT(draft, IsOk());
  EXPECT_EQ(draft->rejection().principal(), "approver-2");
  EXPECT_EQ(draft->rejection().reason(), "Ice is not sourced.");
  EXPECT_TRUE(draft->rejection().has_create_time());

  v1::PublishReleaseRequest publish;
  publish.set_draft(kDraft);
  publish.set_validate_only(true);
  EXPECT_EQ(
      rpc::ReasonOf(
          server_.Call("publisher", &Stub::PublishRelease, publish).status()),
      "DRAFT_STATE");
  ASSERT_THAT(server_.Call("author", &Stub::UpdateDraft, NoteUpdate("mended")),
              IsOk());
  EXPECT_EQ(Get()->state(), v1::Draft::STATE_DRAFT);
  EXPECT_FALSE(Get()->has_rejection());
  EXPECT_THAT(Get()->approvals(), IsEmpty());
}

TEST_F(DraftMethodsTest, RejectsOnlyWhatAnotherSubmitted) {
  Create();
  EXPECT_EQ(rpc::ReasonOf(
                server_.Call("approver", &Stub::RejectDraft, RejectRequest())
                    .status()),
            "DRAFT_STATE");
  v1::CreateDraftRequest create = CreateRequest(SourcesOf(kTinyFolder));
  create.set_draft_id("second");
  ASSERT_THAT(server_.Call("everyone", &Stub::CreateDraft, create), IsOk());
  v1::RejectDraftRequest own = RejectRequest();
  own.set_name("pathways/tiny/drafts/second");
  EXPECT_EQ(
      rpc::ReasonOf(server_.Call("everyone", &Stub::RejectDraft, own).status()),
      "AUTHOR_MAY_NOT_APPROVE");
  v1::RejectDraftRequest silent = RejectRequest();
  silent.clear_reason();
  EXPECT_THAT(server_.Call("approver", &Stub::RejectDraft, silent).status(),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       ::testing::HasSubstr("reason")));
}

TEST_F(DraftMethodsTest, RejectsOnceHoweverOftenItIsAsked) {
  Create();
  server_.Submit(kDraft);
  v1::RejectDraftRequest request = RejectRequest();
  request.set_validate_only(true);
  ASSERT_THAT(server_.Call("approver", &Stub::RejectDraft, request), IsOk());
  EXPECT_EQ(Get()->state(), v1::Draft::STATE_SUBMITTED);
  request.set_validate_only(false);
  request.set_request_id(kRequestId);
  const auto first = server_.Call("approver", &Stub::RejectDraft, request);
  const auto second = server_.Call("approver", &Stub::RejectDraft, request);
  ASSERT_THAT(first, IsOk());
  ASSERT_THAT(second, IsOk());
  EXPECT_EQ(second->draft().etag(), first->draft().etag());
}

TEST_F(DraftMethodsTest, RefusesApprovalOfADraftThatIsNotSubmitted) {
  Create();
  v1::ApproveDraftRequest request;
  request.set_name(kDraft);
  const absl::Status status = Approve(request);
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kFailedPrecondition,
                               "pathways/tiny/drafts/first is DRAFT; it must "
                               "be SUBMITTED or APPROVED"));
  EXPECT_EQ(rpc::ReasonOf(status), "DRAFT_STATE");
}

TEST_F(DraftMethodsTest, SaysWhyASignatureDoesNotCount) {
  Create();
  server_.Submit(kDraft);
  v1::ApproveDraftRequest request = ApproveRequest();
  EXPECT_EQ(rpc::ReasonOf(Approve(request)), "STATEMENT_REQUIRED");

  const auto reason_with = [&](const std::string& key_id) {
    v1::ApproveDraftRequest with_key = request;
    server_.Sign(key_id, &with_key);
    return rpc::ReasonOf(Approve(with_key));
  };
  EXPECT_EQ(reason_with("stranger-1"), "KEY_UNKNOWN");
  EXPECT_EQ(reason_with("revoked-1"), "KEY_REVOKED");
  EXPECT_EQ(reason_with("publisher-1"), "KEY_ROLE");

  v1::ApproveDraftRequest forged = request;
  server_.Sign("approver-1", &forged);
  (*forged.mutable_signatures(0)->mutable_signature())[0] ^= 1;
  EXPECT_EQ(rpc::ReasonOf(Approve(forged)), "SIGNATURE_INVALID");

  v1::ApproveDraftRequest other = request;
  other.set_statement(other.statement() + "x");
  server_.Sign("approver-1", &other);
  EXPECT_EQ(rpc::ReasonOf(Approve(other)), "STATEMENT_MISMATCH");

  v1::ApproveDraftRequest late = request;
  server_.Sign("approver-1", &late);
  server_.Advance(absl::Minutes(16));
  EXPECT_EQ(rpc::ReasonOf(Approve(late)), "STATEMENT_TIME");
  EXPECT_EQ(Get()->state(), v1::Draft::STATE_SUBMITTED);
}

TEST(TwoApproversTest, MustBeOfTwoPrincipalsWithTwoKeys) {
  ContentServer server({.approvals_required = 2});
  const std::string draft = server.CreateDraft(SourcesOf(kTinyFolder)).name();
  server.Submit(draft);
  EXPECT_EQ(server.Approve(draft).state(), v1::Draft::STATE_SUBMITTED);

  v1::ApproveDraftRequest request;
  request.set_name(draft);
  const absl::Status again =
      server.Call("approver", &Stub::ApproveDraft, request).status();
  EXPECT_THAT(again,
              StatusIs(absl::StatusCode::kAlreadyExists,
                       absl::StrCat("approver has already approved ", draft)));
  EXPECT_EQ(rpc::ReasonOf(again), "ALREADY_APPROVED");

  request.set_validate_only(true);
  request.set_statement(
      server.Call("approver-2", &Stub::ApproveDraft, request)->statement());
  request.set_validate_only(false);
  v1::ApproveDraftRequest same_key = request;
  server.Sign("approver-1", &same_key);
  EXPECT_THAT(
      server.Call("approver-2", &Stub::ApproveDraft, same_key),
      StatusIs(absl::StatusCode::kAlreadyExists,
               absl::StrCat("key 'approver-1' has already approved ", draft)));
  server.Sign("approver-2", &request);
  const auto approved = server.Call("approver-2", &Stub::ApproveDraft, request);
  ASSERT_THAT(approved, IsOk());
  EXPECT_EQ(approved->draft().state(), v1::Draft::STATE_APPROVED);
  EXPECT_EQ(server.Publish(draft).number(), 1);
}

TEST_F(DraftMethodsTest, SaysWhichKeyWasRevokedSinceTheApproval) {
  Create();
  server_.Submit(kDraft);
  server_.Approve(kDraft);
  server_.Revoke("approver-1");
  v1::PublishReleaseRequest request;
  request.set_draft(kDraft);
  request.set_validate_only(true);
  request.set_statement(
      server_.Call("publisher", &Stub::PublishRelease, request)->statement());
  request.set_validate_only(false);
  server_.Sign("publisher-1", &request);
  const absl::Status status =
      server_.Call("publisher", &Stub::PublishRelease, request).status();
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_EQ(rpc::ReasonOf(status), "KEY_REVOKED");
  EXPECT_EQ(rpc::ReasonMetadataOf(status)["key_id"], "approver-1");
}

TEST_F(DraftMethodsTest, ShowsTheDraftAsItWouldBeApproved) {
  Create();
  server_.Submit(kDraft);
  v1::ApproveDraftRequest request;
  request.set_name(kDraft);
  request.set_validate_only(true);
  const auto checked = server_.Call("approver", &Stub::ApproveDraft, request);
  ASSERT_THAT(checked, IsOk());
  EXPECT_EQ(checked->draft().state(), v1::Draft::STATE_APPROVED);
  ASSERT_EQ(checked->draft().approvals_size(), 1);
  EXPECT_EQ(checked->draft().approvals(0).principal(), "approver");
  EXPECT_FALSE(checked->draft().approvals(0).has_attestation());
  EXPECT_EQ(Get()->state(), v1::Draft::STATE_SUBMITTED);
}

TEST_F(DraftMethodsTest, SignsForTheAudienceOfThePolicy) {
  Create();
  server_.Submit(kDraft);
  const auto statement = trust::ParseStatement(ApproveRequest().statement());
  ASSERT_THAT(statement, IsOk());
  EXPECT_EQ(statement->audience(), kAudience);
}

// As where the gate cannot finish.
TEST_F(DraftMethodsTest, DiscardsADraftThatIsBeingChecked) {
  Create();
  ASSERT_THAT(server_.store().Write([](Transaction& transaction) {
    absl::StatusOr<StoredDraft> stored =
        LoadDraft(transaction, {"tiny", "first"});
    if (!stored.ok()) return stored.status();
    stored->draft.set_state(v1::Draft::STATE_CHECKING);
    return SaveDraft(transaction, *stored, absl::UnixEpoch());
  }),
              IsOk());
  v1::DiscardDraftRequest discard;
  discard.set_name(kDraft);
  const auto discarded = server_.Call("author", &Stub::DiscardDraft, discard);
  ASSERT_THAT(discarded, IsOk());
  EXPECT_EQ(discarded->draft().state(), v1::Draft::STATE_DISCARDED);
}

TEST_F(DraftMethodsTest, PublishesOnlyWhatIsApproved) {
  Create();
  server_.Submit(kDraft);
  v1::PublishReleaseRequest request;
  request.set_draft(kDraft);
  EXPECT_THAT(server_.Call("publisher", &Stub::PublishRelease, request),
              StatusIs(absl::StatusCode::kFailedPrecondition,
                       "pathways/tiny/drafts/first is SUBMITTED; it must be "
                       "APPROVED"));
}

TEST_F(DraftMethodsTest, NumbersReleasesAndRefusesTheSameContentAgain) {
  EXPECT_EQ(server_.Release(SourcesOf(kTinyFolder)).number(), 1);
  EXPECT_EQ(
      server_.Release(TinyWith("pathway.txtpb", "Sore finger", "Sore thumb"))
          .number(),
      2);
  Create();
  server_.Submit(kDraft);
  server_.Approve(kDraft);
  v1::PublishReleaseRequest request;
  request.set_draft(kDraft);
  const absl::Status status =
      server_.Call("publisher", &Stub::PublishRelease, request).status();
  EXPECT_THAT(status,
              StatusIs(absl::StatusCode::kAlreadyExists,
                       "the same content is already released as "
                       "pathways/tiny/releases/1: point the channel at that "
                       "release"));
  EXPECT_EQ(rpc::ReasonOf(status), "CONTENT_ALREADY_RELEASED");
}

TEST_F(DraftMethodsTest, NeverChangesADraftThatWasDiscarded) {
  Create();
  v1::DiscardDraftRequest discard;
  discard.set_name(kDraft);
  const auto discarded = server_.Call("author", &Stub::DiscardDraft, discard);
  ASSERT_THAT(discarded, IsOk());
  EXPECT_EQ(discarded->draft().state(), v1::Draft::STATE_DISCARDED);
  EXPECT_THAT(
      server_.Call("author", &Stub::UpdateDraft, NoteUpdate("again")),
      StatusIs(absl::StatusCode::kFailedPrecondition,
               "pathways/tiny/drafts/first is DISCARDED; it must be DRAFT or "
               "FAILED or SUBMITTED or APPROVED or REJECTED"));
}

TEST_F(DraftMethodsTest, ListsDraftsPageByPage) {
  for (const char* id : {"a", "b", "c"}) {
    v1::CreateDraftRequest request = CreateRequest({});
    request.set_draft_id(id);
    ASSERT_THAT(server_.Call("author", &Stub::CreateDraft, request), IsOk());
  }
  v1::ListDraftsRequest list;
  list.set_parent("pathways/tiny");
  list.set_page_size(2);
  const auto first = server_.Call("author", &Stub::ListDrafts, list);
  ASSERT_THAT(first, IsOk());
  ASSERT_EQ(first->drafts_size(), 2);
  EXPECT_EQ(first->drafts(0).name(), "pathways/tiny/drafts/c");
  list.set_page_token(first->next_page_token());
  const auto second = server_.Call("author", &Stub::ListDrafts, list);
  ASSERT_THAT(second, IsOk());
  ASSERT_EQ(second->drafts_size(), 1);
  EXPECT_EQ(second->drafts(0).name(), "pathways/tiny/drafts/a");
  EXPECT_EQ(second->next_page_token(), "");

  const absl::Status stolen =
      server_.Call("author-2", &Stub::ListDrafts, list).status();
  EXPECT_EQ(rpc::ReasonOf(stolen), "PAGE_TOKEN_INVALID");
  list.set_author("author-2");
  EXPECT_EQ(
      rpc::ReasonOf(server_.Call("author", &Stub::ListDrafts, list).status()),
      "PAGE_TOKEN_INVALID");
  list.clear_page_token();
  EXPECT_THAT(server_.Call("author", &Stub::ListDrafts, list)->drafts(),
              IsEmpty());
}

TEST(AuthorSignatureTest, IsRequiredWhereThePolicySaysSo) {
  ContentServer server({.authors_required = 1});
  const std::string draft = server.CreateDraft(SourcesOf(kTinyFolder)).name();
  v1::SubmitDraftRequest request;
  request.set_name(draft);
  const absl::Status unsigned_one =
      server.Call("author", &Stub::SubmitDraft, request).status();
  EXPECT_THAT(unsigned_one,
              StatusIs(absl::StatusCode::kFailedPrecondition,
                       "a statement with at least 1 signature in the role "
                       "author is required; call again with validate_only and "
                       "sign what it returns"));
  EXPECT_EQ(rpc::ReasonOf(unsigned_one), "STATEMENT_REQUIRED");
  request.set_validate_only(true);
  request.set_statement(
      server.Call("author", &Stub::SubmitDraft, request)->statement());
  request.set_validate_only(false);
  server.Sign("author-1", &request);
  EXPECT_THAT(server.Call("author", &Stub::SubmitDraft, request), IsOk());
}

}  // namespace
}  // namespace plumbline::content
