#include "cli/assessor.h"

#include <cstdlib>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "cli/exit_code.h"
#include "cli/local_assessor.h"
#include "cli/pathway_folder.h"
#include "cli/remote_assessor.h"
#include "cli/resource_name.h"
#include "cli/services.h"
#include "common/file/file_system.h"
#include "common/trust/digest.h"

namespace plumbline::cli {
namespace {

bool IsFolder(const std::string& path) {
  return file::PosixFileSystem().List(path).ok();
}

std::string ChannelName(const AssessorOptions& options) {
  return absl::StrCat(PathwayName(options.pathway), "/channels/",
                      ChannelOf(options));
}

// The content by which the service decides: the pin, or what it serves on the
// channel. Empty where it serves nothing there.
absl::StatusOr<std::string> DecidingDigest(const AssessorOptions& options,
                                           const RemoteTriage& triage) {
  if (!options.release_digest.empty()) return options.release_digest;
  const auto response = triage.Call(&TriageStub::GetServerInfo,
                                    triage::v1::GetServerInfoRequest());
  if (!response.ok()) return response.status();
  const std::string name = ChannelName(options);
  for (const auto& channel : response->server_info().channels()) {
    if (channel.channel() == name) return channel.digest();
  }
  return "";
}

// `name` ends with the number or the digest of the release.
absl::StatusOr<Form> FetchRelease(const RemoteContent& content,
                                  const std::string& name) {
  content::v1::GetReleaseRequest request;
  request.set_name(name);
  request.set_view(content::v1::RELEASE_VIEW_FULL);
  const auto response = content.Call(&ContentStub::GetRelease, request);
  if (!response.ok()) return response.status();
  const content::v1::Release& release = response->release();
  Form form{.digest = release.digest(),
            .origin = Form::Origin::kContentService};
  if (trust::Sha256Hex(release.content()) != form.digest ||
      !form.pathway.ParseFromString(release.content())) {
    return absl::DataLossError(
        absl::StrCat("what content-service sent as the content of ",
                     release.name(), " is not what its digest names"));
  }
  return form;
}

// The release that the channel points to; `why` not that which decides.
absl::StatusOr<Form> FetchReleaseOfChannel(const AssessorOptions& options,
                                           const RemoteContent& content,
                                           absl::string_view why,
                                           std::ostream& notes) {
  content::v1::GetChannelRequest channel;
  channel.set_name(ChannelName(options));
  const auto found = content.Call(&ContentStub::GetChannel, channel);
  if (!found.ok()) return found.status();
  const std::string& release = found->channel().release();
  absl::StatusOr<Form> form = FetchRelease(content, release);
  if (form.ok()) {
    notes << "plumb: " << why << "; the questions are those of " << release
          << ", to which the channel points, content " << form->digest << '\n';
  }
  return form;
}

absl::StatusOr<RemoteContent> ConnectContentOf(const AssessorOptions& options) {
  if (options.content.server.empty()) {
    return UsageError(absl::StrCat(
        "--pathway '", options.pathway,
        "' is no folder: to read answers against a published pathway, also "
        "give --content-server HOST:PORT"));
  }
  if (!options.release_digest.empty() &&
      !trust::IsDigest(options.release_digest)) {
    return UsageError(
        absl::StrCat("--release-digest '", options.release_digest,
                     "' must be 64 lower-case hexadecimal digits"));
  }
  return ConnectContent({options.content.server, options.triage.token_file,
                         options.triage.allow_insecure});
}

// The published content that decides.
absl::StatusOr<Form> FetchForm(const AssessorOptions& options,
                               const RemoteTriage& triage,
                               std::ostream& notes) {
  const absl::StatusOr<RemoteContent> content = ConnectContentOf(options);
  if (!content.ok()) return content.status();
  const absl::StatusOr<std::string> digest = DecidingDigest(options, triage);
  if (!digest.ok()) return digest.status();
  if (digest->empty()) {
    return FetchReleaseOfChannel(
        options, *content,
        absl::StrCat("the service names no content of ", ChannelName(options)),
        notes);
  }
  absl::StatusOr<Form> form = FetchRelease(
      *content,
      absl::StrCat(PathwayName(options.pathway), "/releases/", *digest));
  const bool is_pinned = !options.release_digest.empty();
  if (is_pinned || !absl::IsNotFound(form.status())) return form;
  return FetchReleaseOfChannel(
      options, *content,
      absl::StrCat("content-service does not have content ", *digest,
                   ", by which the service decides"),
      notes);
}

absl::StatusOr<Form> ReadForm(const std::string& folder) {
  absl::StatusOr<pathway::ReadResult> read = ReadPathwayFolder(folder);
  if (!read.ok()) return read.status();
  return Form{.pathway = std::move(read->message),
              .digest = read->pathway->digest};
}

absl::StatusOr<std::unique_ptr<Assessor>> OpenRemote(
    const AssessorOptions& options, std::ostream& notes) {
  absl::StatusOr<RemoteTriage> triage = ConnectTriage(options.triage);
  if (!triage.ok()) return triage.status();
  absl::StatusOr<Form> form = IsFolder(options.pathway)
                                  ? ReadForm(options.pathway)
                                  : FetchForm(options, *triage, notes);
  if (!form.ok()) return form.status();
  return NewRemoteAssessor(*std::move(triage), *std::move(form), options);
}

// Whether an option was given on the command line: what stands in the
// environment is there for other commands, too.
bool IsGiven(const std::string& value, const char* environment) {
  const char* const usual = std::getenv(environment);
  return !value.empty() && (usual == nullptr || value != usual);
}

// What only a service reads must not seem to have an effect in process.
absl::Status CheckInProcess(const AssessorOptions& options) {
  std::vector<absl::string_view> useless;
  if (!options.channel.empty()) useless.push_back("--channel");
  if (IsGiven(options.content.server, "PLUMBLINE_CONTENT_SERVER")) {
    useless.push_back("--content-server");
  }
  if (IsGiven(options.triage.token_file, "PLUMBLINE_TOKEN_FILE")) {
    useless.push_back("--token-file");
  }
  if (options.triage.allow_insecure) useless.push_back("--allow-insecure");
  if (useless.empty()) return absl::OkStatus();
  return UsageError(absl::StrCat(absl::StrJoin(useless, ", "),
                                 useless.size() == 1 ? " is" : " are",
                                 " only for use with --server: without it, "
                                 "plumb decides in this process"));
}

absl::StatusOr<std::unique_ptr<Assessor>> OpenLocal(
    const AssessorOptions& options) {
  const absl::Status usage = CheckInProcess(options);
  if (!usage.ok()) return usage;
  absl::StatusOr<pathway::ReadResult> folder =
      ReadPathwayFolder(options.pathway);
  if (!folder.ok()) return folder.status();
  const std::string& digest = folder->pathway->digest;
  if (!options.release_digest.empty() && options.release_digest != digest) {
    return absl::FailedPreconditionError(
        absl::StrCat(options.pathway, " is content ", digest, ", not ",
                     options.release_digest, " as --release-digest asks"));
  }
  return NewLocalAssessor(folder->pathway, options.locale);
}

}  // namespace

bool IsEmergency(const NextQuestion& next) {
  return next.disposition_settled &&
         next.disposition == pathway::v1::DISPOSITION_EMERGENCY_NOW;
}

std::string ChannelOf(const AssessorOptions& options) {
  return options.channel.empty() ? "stable" : options.channel;
}

absl::StatusOr<std::unique_ptr<Assessor>> OpenAssessor(
    const AssessorOptions& options, std::ostream& notes) {
  return options.triage.server.empty() ? OpenLocal(options)
                                       : OpenRemote(options, notes);
}

PathwayTexts TextsOf(const Assessor& assessor,
                     const pathway::v1::Decision& decision) {
  const bool is_that_of_form =
      decision.release_digest() == assessor.form_digest();
  return PathwayTexts(assessor.form(), decision.locale(),
                      is_that_of_form ? PathwayTexts::Content::kThatDecided
                                      : PathwayTexts::Content::kOther);
}

}  // namespace plumbline::cli
