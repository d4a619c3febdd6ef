#include "cli/pathway_folder.h"

#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "cli/exit_code.h"
#include "common/file/file_system.h"
#include "common/pathway/content.h"
#include "common/pathway/source_files.h"

namespace plumbline::cli {

absl::Status FaultsStatus(const std::string& folder, pathway::Faults faults) {
  for (pathway::Fault& fault : faults) {
    if (fault.place.file.empty() || folder.empty()) continue;
    fault.place.file = absl::StrCat(
        folder, absl::EndsWith(folder, "/") ? "" : "/", fault.place.file);
  }
  std::string text = pathway::ToString(faults);
  while (absl::EndsWith(text, "\n")) text.pop_back();
  return absl::InvalidArgumentError(absl::StrCat(
      faults.size(), faults.size() == 1 ? " fault\n" : " faults\n", text));
}

absl::StatusOr<pathway::ReadResult> ReadPathwayFolder(
    const std::string& folder) {
  const absl::StatusOr<pathway::SourceFiles> files =
      pathway::LoadSourceFiles(folder, pathway::kContentBytesMax);
  if (!files.ok()) return LocalError(files.status());
  pathway::ReadResult result = pathway::ReadPathway(*files);
  if (!result.faults.empty()) return FaultsStatus(folder, result.faults);
  return result;
}

absl::StatusOr<std::string> ReadWholeFile(const std::string& path) {
  absl::StatusOr<std::string> bytes = file::PosixFileSystem().Read(path);
  if (!bytes.ok()) return LocalError(bytes.status());
  return bytes;
}

}  // namespace plumbline::cli
