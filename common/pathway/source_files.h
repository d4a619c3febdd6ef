// The files that a pathway is written in, and what each may hold.

#ifndef PLUMBLINE_COMMON_PATHWAY_SOURCE_FILES_H_
#define PLUMBLINE_COMMON_PATHWAY_SOURCE_FILES_H_

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace plumbline::pathway {

// Path relative to the pathway folder ("rules.txtpb", "guidance/heat.md") to
// bytes. Files are read in the order of their paths.
using SourceFiles = std::map<std::string, std::string>;

// Reads the files of a folder on disk that belong to a pathway; hidden files
// and README.md are left out. Returns NOT_FOUND where there is no such folder,
// INVALID_ARGUMENT where the files exceed `bytes_max` together, or a folder in
// it is a link.
absl::StatusOr<SourceFiles> LoadSourceFiles(const std::string& folder,
                                            std::size_t bytes_max);

// The file of an overlay (apply_overlay.h).
inline constexpr char kOverlayFile[] = "overlay.txtpb";

enum class SourceKind {
  kFields,      // rules.txtpb and the like: some fields of the pathway.
  kLocale,      // locales/es.txtpb
  kInstrument,  // instruments/phq-9.txtpb
  kGuidance,    // guidance/heat.md, guidance/heat.es.md
  kCases,       // cases/vignettes.jsonl
  kOverlay,     // overlay.txtpb: other words for items.
  kReadMe,      // README.md: for people, not read.
  kForeign,     // Does not belong.
};

SourceKind KindOf(absl::string_view path);

// The file name without its folder and its last extension: "heat.es" of
// "guidance/heat.es.md".
absl::string_view StemOf(absl::string_view path);

// The file that holds a field of the pathway: "rules.txtpb" for `rules`,
// "guidance/<id>.md" for `guidance`; empty where there is no such field.
absl::string_view FileOf(absl::string_view field);

// Where things belong, as a sentence for whoever misplaced one.
absl::string_view WhatBelongs();

}  // namespace plumbline::pathway

#endif  // PLUMBLINE_COMMON_PATHWAY_SOURCE_FILES_H_
