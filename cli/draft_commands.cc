// plumb draft create | update | submit | show | list | approve | reject |
// publish | discard
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "cli/command.h"
#include "cli/json.h"
#include "cli/pathway_folder.h"
#include "cli/print_draft.h"
#include "cli/resource_name.h"
#include "cli/services.h"
#include "cli/signed_call.h"
#include "common/pathway/content.h"
#include "common/pathway/source_files.h"

namespace plumbline::cli {
namespace {

using content::v1::Draft;

struct DraftOptions {
  Remote remote;
  std::string name;
  std::string folder;
  std::string pathway;
  std::string draft_id;
  std::string note;
  std::string reason;
  std::string output = "text";
  std::vector<std::string> key_files;
};

// "back-pain" of "pathways/back-pain/drafts/d1".
std::string PathwayIdOf(const std::string& name) {
  const std::vector<std::string> parts = absl::StrSplit(name, '/');
  return parts.size() > 1 ? parts[1] : "";
}

void Print(const DraftOptions& options, const Draft& draft, Console& console) {
  if (options.output == "json") {
    console.out << ToJson(draft);
  } else {
    PrintDraft(draft, console.out);
  }
}

absl::StatusOr<Draft> Get(const RemoteContent& content,
                          const std::string& name) {
  content::v1::GetDraftRequest request;
  request.set_name(ChildName(name, "drafts"));
  auto response = content.Call(&ContentStub::GetDraft, request);
  if (!response.ok()) return response.status();
  return std::move(*response->mutable_draft());
}

absl::Status AddFiles(const std::string& folder, Draft* draft) {
  const absl::StatusOr<pathway::SourceFiles> files =
      pathway::LoadSourceFiles(folder, pathway::kContentBytesMax);
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
  const absl::Status added = AddFiles(options.folder, request.mutable_draft());
  if (!added.ok()) return added;
  const auto response = content->Call(&ContentStub::CreateDraft, request);
  if (!response.ok()) return response.status();
  Print(options, response->draft(), console);
  return absl::OkStatus();
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
  const absl::Status added = AddFiles(options.folder, request.mutable_draft());
  if (!added.ok()) return added;
  const auto response = content->Call(&ContentStub::UpdateDraft, request);
  if (!response.ok()) return response.status();
  Print(options, response->draft(), console);
  return absl::OkStatus();
}

absl::Status Show(const DraftOptions& options, Console& console) {
  const absl::StatusOr<RemoteContent> content = ConnectContent(options.remote);
  if (!content.ok()) return content.status();
  const absl::StatusOr<Draft> draft = Get(*content, options.name);
  if (!draft.ok()) return draft.status();
  Print(options, *draft, console);
  return absl::OkStatus();
}

absl::Status List(const DraftOptions& options, Console& console) {
  const absl::StatusOr<RemoteContent> content = ConnectContent(options.remote);
  if (!content.ok()) return content.status();
  content::v1::ListDraftsRequest request;
  request.set_parent(PathwayName(options.pathway));
  do {
    const auto response = content->Call(&ContentStub::ListDrafts, request);
    if (!response.ok()) return response.status();
    if (options.output == "json") {
      console.out << ToJson(*response);
    } else {
      for (const Draft& draft : response->drafts()) {
        PrintDraftLine(draft, console.out);
      }
    }
    request.set_page_token(response->next_page_token());
  } while (!request.page_token().empty());
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
      console.err << response.progress().stage() << ": "
                  << response.progress().message() << '\n';
    }
  }
  const grpc::Status status = reader->Finish();
  if (!status.ok()) return rpc::FromGrpcStatus(status);
  return last;
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
  if (options.key_files.empty()) {
    request.set_request_id(NewRequestId());
    const auto response = content->Call(&ContentStub::SubmitDraft, request);
    if (!response.ok()) return response.status();
    submitted = response->draft();
  } else {
    const auto response =
        CallSigned(*content, &ContentStub::SubmitDraft, request,
                   {content::v1::STATEMENT_KIND_SUBMISSION,
                    PathwayIdOf(before->name()), options.key_files},
                   console);
    if (!response.ok()) return response.status();
    submitted = response->draft();
  }
  const absl::StatusOr<Draft> checked =
      submitted.state() == Draft::STATE_CHECKING
          ? Watch(*content, submitted.name(), console)
          : submitted;
  if (!checked.ok()) return checked.status();
  Print(options, *checked, console);
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
  const auto response =
      CallSigned(*content, &ContentStub::ApproveDraft, request,
                 {content::v1::STATEMENT_KIND_APPROVAL,
                  PathwayIdOf(before->name()), options.key_files},
                 console);
  if (!response.ok()) return response.status();
  Print(options, response->draft(), console);
  return absl::OkStatus();
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
  Print(options, response->draft(), console);
  return absl::OkStatus();
}

absl::Status Publish(const DraftOptions& options, Console& console) {
  const absl::StatusOr<RemoteContent> content = ConnectContent(options.remote);
  if (!content.ok()) return content.status();
  const absl::StatusOr<Draft> before = Get(*content, options.name);
  if (!before.ok()) return before.status();
  content::v1::PublishReleaseRequest request;
  request.set_draft(before->name());
  request.set_etag(before->etag());
  const auto response =
      CallSigned(*content, &ContentStub::PublishRelease, request,
                 {content::v1::STATEMENT_KIND_PUBLICATION,
                  PathwayIdOf(before->name()), options.key_files},
                 console);
  if (!response.ok()) return response.status();
  if (options.output == "json") {
    console.out << ToJson(response->release());
  } else {
    console.out << response->release().name() << "  "
                << response->release().digest() << '\n';
  }
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
  Print(options, response->draft(), console);
  return absl::OkStatus();
}

using Action = absl::Status (*)(const DraftOptions&, Console&);

CLI::App* AddDraftCommand(CLI::App& group, const char* name,
                          const char* description, Action action,
                          const std::shared_ptr<DraftOptions>& options,
                          Chosen& chosen) {
  CLI::App* command = group.add_subcommand(name, description);
  AddContentOptions(*command, options->remote);
  AddOutputOption(*command, options->output);
  command->callback([options, action, &chosen] {
    chosen.action = [options, action](Console& console) {
      return action(*options, console);
    };
  });
  return command;
}

void AddName(CLI::App* command, DraftOptions& options) {
  command
      ->add_option("draft", options.name,
                   "The draft: back-pain/ID, or its full name")
      ->required();
}

}  // namespace

void AddDraftCommands(CLI::App& plumb, Chosen& chosen) {
  CLI::App* group = plumb.add_subcommand(
      "draft", "Takes a pathway folder to a published release");
  group->require_subcommand(0, 1);
  auto options = std::make_shared<DraftOptions>();
  const auto add = [&](const char* name, const char* description,
                       Action action) {
    return AddDraftCommand(*group, name, description, action, options, chosen);
  };

  CLI::App* create = add("create", "Sends the files of a folder", Create);
  create->add_option("folder", options->folder, "The pathway folder")
      ->required();
  create->add_option("--pathway", options->pathway,
                     "The pathway's id; without it, that of the folder");
  create->add_option("--id", options->draft_id,
                     "The draft's id; without it, one is made");
  create->add_option("--note", options->note, "What changes, and why");

  CLI::App* update = add("update", "Replaces the files of a draft", Update);
  AddName(update, *options);
  update->add_option("folder", options->folder, "The pathway folder")
      ->required();
  update->add_option("--note", options->note, "What changes, and why");

  CLI::App* submit =
      add("submit", "Has the gate check a draft, and waits for it", Submit);
  AddName(submit, *options);
  AddKeyOption(*submit, options->key_files);

  AddName(add("show", "Shows a draft, its report and approvals", Show),
          *options);

  CLI::App* list = add("list", "Lists the drafts of a pathway", List);
  list->add_option("pathway", options->pathway, "The pathway")->required();

  CLI::App* approve =
      add("approve", "Approves another principal's draft", Approve);
  AddName(approve, *options);
  AddKeyOption(*approve, options->key_files);

  CLI::App* reject = add("reject", "Rejects a draft", Reject);
  AddName(reject, *options);
  reject->add_option("--reason", options->reason, "Why")->required();

  CLI::App* publish =
      add("publish", "Makes an approved draft a release", Publish);
  AddName(publish, *options);
  AddKeyOption(*publish, options->key_files);

  AddName(add("discard", "Discards a draft", Discard), *options);
}

}  // namespace plumbline::cli
