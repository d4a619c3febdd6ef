// plumb draft create | update | submit | show | list | approve | reject |
// publish | discard
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "cli/command.h"
#include "cli/exit_code.h"
#include "cli/json.h"
#include "cli/pathway_folder.h"
#include "cli/print_draft.h"
#include "cli/print_report.h"
#include "cli/resource_name.h"
#include "cli/services.h"
#include "cli/signed_call.h"
#include "common/pathway/content.h"
#include "common/pathway/source_files.h"
#include "common/trust/canonical.h"
#include "common/trust/digest.h"

namespace plumbline::cli {
namespace {

using content::v1::Draft;
using content::v1::Statement;

struct DraftOptions {
  Remote remote;
  std::string name;
  std::string folder;
  std::string overlay;
  std::string pathway;
  std::string draft_id;
  std::string note;
  std::string reason;
  std::string digest;
  std::string output = "text";
  std::vector<std::string> key_files;
};

absl::Status Print(const DraftOptions& options, const Draft& draft,
                   Console& console) {
  if (options.output == "json") return PrintJson(draft, console.out);
  PrintDraft(draft, console.out);
  return absl::OkStatus();
}

// And what the gate found.
absl::Status PrintWhole(const DraftOptions& options, const Draft& draft,
                        Console& console) {
  const absl::Status printed = Print(options, draft, console);
  if (printed.ok() && options.output != "json" && draft.has_report()) {
    PrintReport(draft.report(), "", console.out);
  }
  return printed;
}

absl::StatusOr<Draft> Get(const RemoteContent& content,
                          const std::string& name) {
  content::v1::GetDraftRequest request;
  request.set_name(ChildName(name, "drafts"));
  auto response = content.Call(&ContentStub::GetDraft, request);
  if (!response.ok()) return response.status();
  return std::move(*response->mutable_draft());
}

absl::Status AddFiles(const DraftOptions& options, Draft* draft) {
  const absl::StatusOr<pathway::SourceFiles> files =
      LoadFolder(options.folder, options.overlay);
  if (!files.ok()) return files.status();
  for (const auto& [path, bytes] : *files) {
    content::v1::SourceFile* file = draft->add_source_files();
    file->set_path(path);
    file->set_content(bytes);
  }
  return absl::OkStatus();
}

// The id that the folder's pathway.txtpb gives, even where there are faults.
std::string PathwayIdIn(const std::string& folder) {
  const absl::StatusOr<pathway::SourceFiles> files =
      pathway::LoadSourceFiles(folder, pathway::kContentBytesMax);
  return files.ok() ? pathway::ReadPathway(*files).message.pathway_id() : "";
}

absl::Status Create(const DraftOptions& options, Console& console) {
  const absl::StatusOr<RemoteContent> content = ConnectContent(options.remote);
  if (!content.ok()) return content.status();
  const std::string pathway_id =
      options.pathway.empty() ? PathwayIdIn(options.folder) : options.pathway;
  if (pathway_id.empty()) {
    return absl::InvalidArgumentError(
        absl::StrCat(options.folder,
                     ": pathway.txtpb gives no pathway_id; mend it, or give "
                     "--pathway"));
  }
  content::v1::CreateDraftRequest request;
  request.set_parent(PathwayName(pathway_id));
  request.set_draft_id(options.draft_id);
  request.set_request_id(NewRequestId());
  request.mutable_draft()->set_note(options.note);
  const absl::Status added = AddFiles(options, request.mutable_draft());
  if (!added.ok()) return added;
  const auto response = content->Call(&ContentStub::CreateDraft, request);
  if (!response.ok()) return response.status();
  return Print(options, response->draft(), console);
}

absl::Status Update(const DraftOptions& options, Console& console) {
  const absl::StatusOr<RemoteContent> content = ConnectContent(options.remote);
  if (!content.ok()) return content.status();
  const absl::StatusOr<Draft> before = Get(*content, options.name);
  if (!before.ok()) return before.status();
  content::v1::UpdateDraftRequest request;
  request.set_request_id(NewRequestId());
  request.mutable_draft()->set_name(before->name());
  request.mutable_draft()->set_etag(before->etag());
  request.mutable_update_mask()->add_paths("source_files");
  if (!options.note.empty()) {
    request.mutable_draft()->set_note(options.note);
    request.mutable_update_mask()->add_paths("note");
  }
  const absl::Status added = AddFiles(options, request.mutable_draft());
  if (!added.ok()) return added;
  const auto response = content->Call(&ContentStub::UpdateDraft, request);
  if (!response.ok()) return response.status();
  return Print(options, response->draft(), console);
}

absl::Status Show(const DraftOptions& options, Console& console) {
  const absl::StatusOr<RemoteContent> content = ConnectContent(options.remote);
  if (!content.ok()) return content.status();
  const absl::StatusOr<Draft> draft = Get(*content, options.name);
  if (!draft.ok()) return draft.status();
  return PrintWhole(options, *draft, console);
}

absl::Status List(const DraftOptions& options, Console& console) {
  const absl::StatusOr<RemoteContent> content = ConnectContent(options.remote);
  if (!content.ok()) return content.status();
  content::v1::ListDraftsRequest request;
  request.set_parent(PathwayName(options.pathway));
  const auto response =
      content->CallAllPages(&ContentStub::ListDrafts, request);
  if (!response.ok()) return response.status();
  if (options.output == "json") return PrintJson(*response, console.out);
  for (const Draft& draft : response->drafts()) {
    PrintDraftLine(draft, console.out);
  }
  return absl::OkStatus();
}

// Waits for the gate; prints its steps to `err`.
absl::StatusOr<Draft> Watch(const RemoteContent& content,
                            const std::string& name, Console& console) {
  grpc::ClientContext context;
  rpc::PrepareCall({.token = content.token(), .timeout = absl::Minutes(30)},
                   &context);
  content::v1::WatchDraftRequest request;
  request.set_name(name);
  const auto reader = content.stub().WatchDraft(&context, request);
  content::v1::WatchDraftResponse response;
  Draft last;
  while (reader->Read(&response)) {
    if (response.has_draft()) {
      last = response.draft();
    } else {
      PrintProgress(response.progress(), console.err);
    }
  }
  const grpc::Status status = reader->Finish();
  if (!status.ok()) return content.StatusOf(status);
  return last;
}

// The digest of what the draft's sources compile to; empty where they do not.
std::string DigestOfSources(const Draft& draft) {
  pathway::SourceFiles files;
  for (const content::v1::SourceFile& file : draft.source_files()) {
    files[file.path()] = file.content();
  }
  const pathway::ReadResult read = pathway::ReadPathway(files);
  return read.faults.empty() ? read.pathway->digest : "";
}

// What a statement about the draft must say: of the content that was given with
// --digest, or else of what was read; with the report that was read.
Statement Expected(content::v1::StatementKind kind, const DraftOptions& options,
                   const Draft& draft) {
  Statement expected = ExpectedStatement(
      kind, PathwayIdOf(draft.name()),
      options.digest.empty() ? draft.digest() : options.digest);
  if (draft.has_report()) {
    expected.set_report_digest(
        trust::Sha256Hex(trust::CanonicalBytes(draft.report())));
  }
  return expected;
}

absl::StatusOr<std::int64_t> NextReleaseNumber(const RemoteContent& content,
                                               const std::string& pathway_id) {
  content::v1::ListReleasesRequest request;
  request.set_parent(PathwayName(pathway_id));
  request.set_page_size(1);
  const auto newest = content.Call(&ContentStub::ListReleases, request);
  if (!newest.ok()) return newest.status();
  return newest->releases().empty() ? 1 : newest->releases(0).number() + 1;
}

absl::Status Submit(const DraftOptions& options, Console& console) {
  const absl::StatusOr<RemoteContent> content = ConnectContent(options.remote);
  if (!content.ok()) return content.status();
  const absl::StatusOr<Draft> before = Get(*content, options.name);
  if (!before.ok()) return before.status();
  content::v1::SubmitDraftRequest request;
  request.set_name(before->name());
  request.set_etag(before->etag());
  Draft submitted;
  // There is no statement about sources that do not compile: the gate says why.
  const std::string digest = DigestOfSources(*before);
  if (options.key_files.empty() || digest.empty()) {
    request.set_request_id(NewRequestId());
    const auto response = content->Call(&ContentStub::SubmitDraft, request);
    if (!response.ok()) return response.status();
    submitted = response->draft();
  } else {
    const auto response = CallSigned(
        *content, &ContentStub::SubmitDraft, request,
        ExpectedStatement(content::v1::STATEMENT_KIND_SUBMISSION,
                          PathwayIdOf(before->name()),
                          options.digest.empty() ? digest : options.digest),
        options.key_files, console);
    if (!response.ok()) return response.status();
    submitted = response->draft();
  }
  const absl::StatusOr<Draft> checked =
      submitted.state() == Draft::STATE_CHECKING
          ? Watch(*content, submitted.name(), console)
          : submitted;
  if (!checked.ok()) return checked.status();
  const absl::Status printed = PrintWhole(options, *checked, console);
  if (!printed.ok()) return printed;
  if (checked->state() == Draft::STATE_FAILED) {
    return absl::FailedPreconditionError("the gate refused the draft");
  }
  return absl::OkStatus();
}

absl::Status Approve(const DraftOptions& options, Console& console) {
  const absl::StatusOr<RemoteContent> content = ConnectContent(options.remote);
  if (!content.ok()) return content.status();
  const absl::StatusOr<Draft> before = Get(*content, options.name);
  if (!before.ok()) return before.status();
  content::v1::ApproveDraftRequest request;
  request.set_name(before->name());
  request.set_etag(before->etag());
  const auto response = CallSigned(
      *content, &ContentStub::ApproveDraft, request,
      Expected(content::v1::STATEMENT_KIND_APPROVAL, options, *before),
      options.key_files, console);
  if (!response.ok()) return response.status();
  return Print(options, response->draft(), console);
}

absl::Status Reject(const DraftOptions& options, Console& console) {
  const absl::StatusOr<RemoteContent> content = ConnectContent(options.remote);
  if (!content.ok()) return content.status();
  const absl::StatusOr<Draft> before = Get(*content, options.name);
  if (!before.ok()) return before.status();
  content::v1::RejectDraftRequest request;
  request.set_name(before->name());
  request.set_etag(before->etag());
  request.set_reason(options.reason);
  request.set_request_id(NewRequestId());
  const auto response = content->Call(&ContentStub::RejectDraft, request);
  if (!response.ok()) return response.status();
  return Print(options, response->draft(), console);
}

absl::Status Publish(const DraftOptions& options, Console& console) {
  const absl::StatusOr<RemoteContent> content = ConnectContent(options.remote);
  if (!content.ok()) return content.status();
  const absl::StatusOr<Draft> before = Get(*content, options.name);
  if (!before.ok()) return before.status();
  content::v1::PublishReleaseRequest request;
  request.set_draft(before->name());
  request.set_etag(before->etag());
  Statement expected =
      Expected(content::v1::STATEMENT_KIND_PUBLICATION, options, *before);
  const absl::StatusOr<std::int64_t> number =
      NextReleaseNumber(*content, expected.pathway_id());
  if (!number.ok()) return number.status();
  expected.set_release_number(*number);
  const auto response =
      CallSigned(*content, &ContentStub::PublishRelease, request, expected,
                 options.key_files, console);
  if (!response.ok()) return response.status();
  if (options.output == "json") {
    return PrintJson(response->release(), console.out);
  }
  console.out << response->release().name() << "  "
              << response->release().digest() << '\n';
  return absl::OkStatus();
}

absl::Status Discard(const DraftOptions& options, Console& console) {
  const absl::StatusOr<RemoteContent> content = ConnectContent(options.remote);
  if (!content.ok()) return content.status();
  const absl::StatusOr<Draft> before = Get(*content, options.name);
  if (!before.ok()) return before.status();
  content::v1::DiscardDraftRequest request;
  request.set_name(before->name());
  request.set_etag(before->etag());
  request.set_request_id(NewRequestId());
  const auto response = content->Call(&ContentStub::DiscardDraft, request);
  if (!response.ok()) return response.status();
  return Print(options, response->draft(), console);
}

void AddName(CLI::App* command, DraftOptions& options) {
  command
      ->add_option("draft", options.name,
                   "The draft: back-pain/ID, or its full name")
      ->required();
}

}  // namespace

void AddDraftCommands(CLI::App& plumb, Chosen& chosen) {
  CommandGroup<DraftOptions> group(
      plumb, "draft", "Takes a pathway folder to a published release", chosen);
  DraftOptions& options = group.options();

  CLI::App* create =
      group.AddRemote("create", "Sends the files of a folder", Create);
  create->add_option("folder", options.folder, "The pathway folder")
      ->required();
  AddOverlayOption(*create, options.overlay);
  create->add_option("--pathway", options.pathway,
                     "The pathway's id; without it, that of the folder");
  create->add_option("--id", options.draft_id,
                     "The draft's id; without it, one is made");
  create->add_option("--note", options.note, "What changes, and why");

  CLI::App* update =
      group.AddRemote("update", "Replaces the files of a draft", Update);
  AddName(update, options);
  update->add_option("folder", options.folder, "The pathway folder")
      ->required();
  AddOverlayOption(*update, options.overlay);
  update->add_option("--note", options.note, "What changes, and why");

  CLI::App* submit = group.AddRemote(
      "submit", "Has the gate check a draft, and waits for it", Submit);
  AddName(submit, options);
  AddKeyOption(*submit, options.key_files);
  AddDigestOption(*submit, options.digest);

  AddName(
      group.AddRemote("show", "Shows a draft, its report and approvals", Show),
      options);

  CLI::App* list =
      group.AddRemote("list", "Lists the drafts of a pathway", List);
  list->add_option("pathway", options.pathway, "The pathway")->required();

  CLI::App* approve =
      group.AddRemote("approve", "Approves another principal's draft", Approve);
  AddName(approve, options);
  AddKeyOption(*approve, options.key_files)->required();
  AddDigestOption(*approve, options.digest);

  CLI::App* reject = group.AddRemote("reject", "Rejects a draft", Reject);
  AddName(reject, options);
  reject->add_option("--reason", options.reason, "Why")->required();

  CLI::App* publish =
      group.AddRemote("publish", "Makes an approved draft a release", Publish);
  AddName(publish, options);
  AddKeyOption(*publish, options.key_files)->required();
  AddDigestOption(*publish, options.digest);

  AddName(group.AddRemote("discard", "Discards a draft", Discard), options);
}

}  // namespace plumbline::cli
