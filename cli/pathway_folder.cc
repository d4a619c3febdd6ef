#include "cli/pathway_folder.h"

#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "cli/exit_code.h"
#include "common/file/file_system.h"
#include "common/pathway/content.h"
#include "common/pathway/source_files.h"

namespace plumbline::cli {

absl::Status FaultsStatus(const std::string& folder, pathway::Faults faults,
                          const std::string& overlay) {
  for (pathway::Fault& fault : faults) {
    if (!overlay.empty() && fault.place.file == pathway::kOverlayFile) {
      fault.place.file = overlay;
      continue;
    }
    if (fault.place.file.empty() || folder.empty()) continue;
    fault.place.file = absl::StrCat(
        folder, absl::EndsWith(folder, "/") ? "" : "/", fault.place.file);
  }
  std::string text = pathway::ToString(faults);
  while (absl::EndsWith(text, "\n")) text.pop_back();
  return absl::InvalidArgumentError(absl::StrCat(
      faults.size(), faults.size() == 1 ? " fault\n" : " faults\n", text));
}

absl::StatusOr<pathway::SourceFiles> LoadFolder(const std::string& folder,
                                                const std::string& overlay) {
  absl::StatusOr<pathway::SourceFiles> files =
      pathway::LoadSourceFiles(folder, pathway::kContentBytesMax);
  if (!files.ok()) return LocalError(files.status());
  if (overlay.empty()) return files;
  absl::StatusOr<std::string> bytes = ReadWholeFile(overlay);
  if (!bytes.ok()) return bytes.status();
  const bool is_new =
      files->emplace(pathway::kOverlayFile, *std::move(bytes)).second;
  if (is_new) return files;
  return absl::InvalidArgumentError(
      absl::StrCat("'", folder, "' has an ", pathway::kOverlayFile,
                   " already; leave --overlay out, or that file"));
}

absl::StatusOr<pathway::ReadResult> ReadPathwayFolder(
    const std::string& folder, const std::string& overlay) {
  const absl::StatusOr<pathway::SourceFiles> files =
      LoadFolder(folder, overlay);
  if (!files.ok()) return files.status();
  pathway::ReadResult result = pathway::ReadPathway(*files);
  if (!result.faults.empty()) {
    return FaultsStatus(folder, result.faults, overlay);
  }
  return result;
}

absl::StatusOr<std::string> ReadWholeFile(const std::string& path) {
  absl::StatusOr<std::string> bytes = file::PosixFileSystem().Read(path);
  if (!bytes.ok()) return LocalError(bytes.status());
  return bytes;
}

}  // namespace plumbline::cli
