#include "common/pathway/source_files.h"

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

namespace plumbline::pathway {
namespace {

namespace fs = std::filesystem;

struct FieldFile {
  absl::string_view field;
  absl::string_view file;
};

constexpr FieldFile kFieldFiles[] = {
    {"pathway_id", "pathway.txtpb"},
    {"title", "pathway.txtpb"},
    {"description", "pathway.txtpb"},
    {"engine_version_min", "pathway.txtpb"},
    {"default_locale", "pathway.txtpb"},
    {"locales", "pathway.txtpb"},
    {"dispositions", "pathway.txtpb"},
    {"emergency_signs", "pathway.txtpb"},
    {"gates", "pathway.txtpb"},
    {"groups", "questionnaire.txtpb"},
    {"items", "questionnaire.txtpb"},
    {"definitions", "scores.txtpb"},
    {"scores", "scores.txtpb"},
    {"instruments", "instruments/<id>.txtpb"},
    {"rules", "rules.txtpb"},
    {"invariants", "invariants.txtpb"},
    {"sources", "sources.txtpb"},
    {"evidence", "sources.txtpb"},
    {"translations", "locales/<locale>.txtpb"},
    {"guidance", "guidance/<id>.md"},
    {"cases", "cases/<name>.jsonl"},
};

// Whether `path` is `folder`, a name without folders, and `extension`.
bool IsIn(absl::string_view path, absl::string_view folder,
          absl::string_view extension) {
  return absl::ConsumePrefix(&path, folder) &&
         absl::ConsumeSuffix(&path, extension) && !path.empty() &&
         path.front() != '.' && !absl::StrContains(path, '/');
}

bool IsLeftOut(const fs::path& path) {
  const std::string name = path.filename().string();
  return absl::StartsWith(name, ".") || name == "README.md";
}

absl::Status CannotRead(const fs::path& path, const std::error_code& error) {
  return absl::UnavailableError(
      absl::StrCat("cannot read '", path.string(), "': ", error.message()));
}

// The files under `folder`, by path.
absl::StatusOr<std::vector<fs::path>> ListFiles(const fs::path& folder) {
  std::vector<fs::path> files;
  std::error_code error;
  fs::recursive_directory_iterator entry(folder, error);
  const fs::recursive_directory_iterator end;
  while (!error && entry != end) {
    if (IsLeftOut(entry->path())) {
      entry.disable_recursion_pending();
    } else if (!entry->is_directory(error)) {
      files.push_back(entry->path());
    } else if (entry->is_symlink(error)) {
      return absl::InvalidArgumentError(absl::StrCat(
          "'", entry->path().string(),
          "' is a link to a folder, and such links are not followed; put the "
          "folder itself there"));
    }
    if (!error) entry.increment(error);
  }
  if (error) return CannotRead(folder, error);
  return files;
}

// Reads `path`, but no more than one byte past `bytes_max`.
absl::StatusOr<std::string> ReadFile(const fs::path& path,
                                     std::size_t bytes_max) {
  std::error_code error;
  if (!fs::is_regular_file(path, error)) {
    return absl::InvalidArgumentError(
        absl::StrCat("'", path.string(), "' is not a regular file"));
  }
  const std::uintmax_t size = fs::file_size(path, error);
  if (error) return CannotRead(path, error);

  std::string bytes(std::min<std::uintmax_t>(size, bytes_max + 1), '\0');
  std::ifstream file(path, std::ios::binary);
  file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (!file) {
    return CannotRead(path, std::make_error_code(std::errc::io_error));
  }
  return bytes;
}

}  // namespace

absl::StatusOr<SourceFiles> LoadSourceFiles(const std::string& folder,
                                            std::size_t bytes_max) {
  std::error_code error;
  if (!fs::is_directory(folder, error)) {
    return absl::NotFoundError(
        absl::StrCat("there is no folder '", folder, "'"));
  }
  const absl::StatusOr<std::vector<fs::path>> paths = ListFiles(folder);
  if (!paths.ok()) return paths.status();

  SourceFiles files;
  std::size_t bytes_left = bytes_max;
  for (const fs::path& path : *paths) {
    absl::StatusOr<std::string> bytes = ReadFile(path, bytes_left);
    if (!bytes.ok()) return bytes.status();
    if (bytes->size() > bytes_left) {
      return absl::InvalidArgumentError(
          absl::StrCat("the files of '", folder, "' have more than ", bytes_max,
                       " bytes together"));
    }
    bytes_left -= bytes->size();
    files.emplace(path.lexically_relative(folder).generic_string(),
                  *std::move(bytes));
  }
  return files;
}

SourceKind KindOf(absl::string_view path) {
  if (path == "README.md") return SourceKind::kReadMe;
  if (path == kOverlayFile) return SourceKind::kOverlay;
  if (IsIn(path, "locales/", ".txtpb")) return SourceKind::kLocale;
  if (IsIn(path, "instruments/", ".txtpb")) return SourceKind::kInstrument;
  if (IsIn(path, "guidance/", ".md")) return SourceKind::kGuidance;
  if (IsIn(path, "cases/", ".jsonl")) return SourceKind::kCases;
  const bool holds_fields =
      std::any_of(std::begin(kFieldFiles), std::end(kFieldFiles),
                  [&](const FieldFile& entry) { return entry.file == path; });
  return holds_fields ? SourceKind::kFields : SourceKind::kForeign;
}

absl::string_view StemOf(absl::string_view path) {
  path.remove_prefix(path.rfind('/') + 1);
  return path.substr(0, path.rfind('.'));
}

absl::string_view FileOf(absl::string_view field) {
  const auto found = std::find_if(
      std::begin(kFieldFiles), std::end(kFieldFiles),
      [&](const FieldFile& entry) { return entry.field == field; });
  return found == std::end(kFieldFiles) ? "" : found->file;
}

absl::string_view WhatBelongs() {
  return "a pathway has pathway.txtpb, questionnaire.txtpb, scores.txtpb, "
         "rules.txtpb, invariants.txtpb, sources.txtpb, "
         "locales/<locale>.txtpb, instruments/<id>.txtpb, guidance/<id>.md, "
         "cases/<name>.jsonl and overlay.txtpb";
}

}  // namespace plumbline::pathway
