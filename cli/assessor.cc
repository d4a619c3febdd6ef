#include "cli/assessor.h"

#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "cli/local_assessor.h"
#include "cli/pathway_folder.h"
#include "cli/remote_assessor.h"
#include "cli/resource_name.h"
#include "cli/services.h"
#include "common/file/file_system.h"

namespace plumbline::cli {
namespace {

bool IsFolder(const std::string& path) {
  return file::PosixFileSystem().List(path).ok();
}

// A form from the published questionnaire that the channel points to.
absl::StatusOr<pathway::v1::Pathway> FetchForm(const AssessorOptions& options) {
  if (options.content.server.empty()) {
    return absl::InvalidArgumentError(absl::StrCat(
        "--pathway '", options.pathway,
        "' is no folder: to read answers against a published pathway, also "
        "give --content-server HOST:PORT"));
  }
  const absl::StatusOr<RemoteContent> content =
      ConnectContent({options.content.server, options.triage.token_file});
  if (!content.ok()) return content.status();
  content::v1::GetChannelRequest channel;
  channel.set_name(absl::StrCat(PathwayName(options.pathway), "/channels/",
                                options.channel));
  const auto found = content->Call(&ContentStub::GetChannel, channel);
  if (!found.ok()) return found.status();

  content::v1::GetQuestionnaireRequest request;
  request.set_name(absl::StrCat(found->channel().release(), "/questionnaire"));
  request.set_locale(options.locale);
  auto response = content->Call(&ContentStub::GetQuestionnaire, request);
  if (!response.ok()) return response.status();

  pathway::v1::Pathway form;
  form.set_pathway_id(response->questionnaire().pathway_id());
  *form.mutable_groups() = response->questionnaire().groups();
  *form.mutable_items() = response->questionnaire().items();
  return form;
}

absl::StatusOr<std::unique_ptr<Assessor>> OpenRemote(
    const AssessorOptions& options) {
  absl::StatusOr<RemoteTriage> triage = ConnectTriage(options.triage);
  if (!triage.ok()) return triage.status();
  pathway::v1::Pathway form;
  if (IsFolder(options.pathway)) {
    absl::StatusOr<pathway::ReadResult> folder =
        ReadPathwayFolder(options.pathway);
    if (!folder.ok()) return folder.status();
    form = std::move(folder->message);
  } else {
    absl::StatusOr<pathway::v1::Pathway> fetched = FetchForm(options);
    if (!fetched.ok()) return fetched.status();
    form = *std::move(fetched);
  }
  return NewRemoteAssessor(*std::move(triage), std::move(form), options);
}

}  // namespace

absl::StatusOr<std::unique_ptr<Assessor>> OpenAssessor(
    const AssessorOptions& options) {
  if (!options.triage.server.empty()) return OpenRemote(options);
  absl::StatusOr<pathway::ReadResult> folder =
      ReadPathwayFolder(options.pathway);
  if (!folder.ok()) return folder.status();
  return NewLocalAssessor(folder->pathway, options.locale);
}

}  // namespace plumbline::cli
