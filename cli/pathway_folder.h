// A pathway folder on disk, read and compiled, with its faults as a status.

#ifndef PLUMBLINE_CLI_PATHWAY_FOLDER_H_
#define PLUMBLINE_CLI_PATHWAY_FOLDER_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/pathway/read_folder.h"

namespace plumbline::cli {

// Reads a folder that must be without fault. INVALID_ARGUMENT: every fault, one
// a line, with the folder in front of the file.
absl::StatusOr<pathway::ReadResult> ReadPathwayFolder(
    const std::string& folder);

// Reads a whole file. The error names it, and is a LocalError().
absl::StatusOr<std::string> ReadWholeFile(const std::string& path);

// INVALID_ARGUMENT with every fault, one a line; files below `folder`.
absl::Status FaultsStatus(const std::string& folder, pathway::Faults faults);

}  // namespace plumbline::cli

#endif  // PLUMBLINE_CLI_PATHWAY_FOLDER_H_
