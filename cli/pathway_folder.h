// A pathway folder on disk, read and compiled, with its faults as a status.

#ifndef PLUMBLINE_CLI_PATHWAY_FOLDER_H_
#define PLUMBLINE_CLI_PATHWAY_FOLDER_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/pathway/read_folder.h"

namespace plumbline::cli {

// The files of a folder, and as its overlay the file `overlay` unless that is
// empty. INVALID_ARGUMENT where the folder has an overlay of its own.
absl::StatusOr<pathway::SourceFiles> LoadFolder(const std::string& folder,
                                                const std::string& overlay);

// Reads a folder, and `overlay` as LoadFolder() does, that must be without
// fault. INVALID_ARGUMENT: every fault, one a line, with the folder in front of
// the file.
absl::StatusOr<pathway::ReadResult> ReadPathwayFolder(
    const std::string& folder, const std::string& overlay = "");

// Reads a whole file. The error names it, and is a LocalError().
absl::StatusOr<std::string> ReadWholeFile(const std::string& path);

// INVALID_ARGUMENT with every fault, one a line; files below `folder`, but the
// overlay at `overlay`, if one was given.
absl::Status FaultsStatus(const std::string& folder, pathway::Faults faults,
                          const std::string& overlay = "");

}  // namespace plumbline::cli

#endif  // PLUMBLINE_CLI_PATHWAY_FOLDER_H_
