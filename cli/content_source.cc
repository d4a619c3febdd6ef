#include "cli/content_source.h"

#include <filesystem>
#include <system_error>

#include "absl/strings/str_cat.h"
#include "cli/pathway_folder.h"
#include "cli/resource_name.h"
#include "cli/services.h"
#include "common/pathway/content.h"
#include "common/trust/digest.h"

namespace plumbline::cli {

using pathway::CompiledPathway;

bool IsLocalContent(const std::string& named) {
  std::error_code error;
  return std::filesystem::exists(named, error);
}

absl::StatusOr<std::shared_ptr<const CompiledPathway>> LoadContentFrom(
    const std::string& named, const Remote& remote) {
  std::error_code error;
  if (std::filesystem::is_directory(named, error)) {
    const auto read = ReadPathwayFolder(named);
    if (!read.ok()) return read.status();
    return read->pathway;
  }
  if (IsLocalContent(named)) {
    const absl::StatusOr<std::string> bytes = ReadWholeFile(named);
    if (!bytes.ok()) return bytes.status();
    const auto compiled = pathway::LoadContent(*bytes);
    if (compiled.ok()) return compiled;
    return absl::Status(compiled.status().code(),
                        absl::StrCat(named, ": ", compiled.status().message()));
  }
  if (named.find('/') == std::string::npos) {
    return absl::InvalidArgumentError(
        absl::StrCat("there is no folder or file '", named,
                     "', and it is no release, such as back-pain/7"));
  }
  const absl::StatusOr<content::v1::Release> release =
      GetWholeRelease(named, remote);
  if (!release.ok()) return release.status();
  return pathway::LoadContent(release->content());
}

absl::StatusOr<content::v1::Release> GetWholeRelease(const std::string& named,
                                                     const Remote& remote) {
  const absl::StatusOr<RemoteContent> content = ConnectContent(remote);
  if (!content.ok()) return content.status();
  content::v1::GetReleaseRequest request;
  request.set_name(ChildName(named, "releases"));
  request.set_view(content::v1::RELEASE_VIEW_FULL);
  auto response = content->Call(&ContentStub::GetRelease, request);
  if (!response.ok()) return response.status();
  content::v1::Release& release = *response->mutable_release();
  if (trust::Sha256Hex(release.content()) != release.digest()) {
    return absl::DataLossError(
        absl::StrCat(release.name(), ": its content does not have its digest"));
  }
  return std::move(release);
}

}  // namespace plumbline::cli
