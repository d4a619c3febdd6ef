#include "tests/tidy/source_tree.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace plumbline::tidy {
namespace {

bool IsOutside(const std::string& name) {
  return name == "build" || name == ".git" || name == "node_modules" ||
         name == ".cache";
}

std::string ReadText(const std::filesystem::path& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

bool IsText(const std::string& bytes) {
  return bytes.find('\0') == std::string::npos;
}

std::vector<SourceFile> ReadTree() {
  std::vector<SourceFile> files;
  std::filesystem::recursive_directory_iterator entries(".");
  for (auto at = begin(entries); at != end(entries); ++at) {
    if (at->is_directory() && IsOutside(at->path().filename().string())) {
      at.disable_recursion_pending();
    }
    if (!at->is_regular_file()) continue;
    SourceFile file = {at->path().lexically_normal().generic_string(),
                       ReadText(at->path())};
    if (IsText(file.text)) files.push_back(std::move(file));
  }
  std::sort(
      files.begin(), files.end(),
      [](const SourceFile& a, const SourceFile& b) { return a.path < b.path; });
  return files;
}

}  // namespace

const std::vector<SourceFile>& SourceTree() {
  static const auto& tree = *new std::vector<SourceFile>(ReadTree());
  return tree;
}

SourceFile FileAt(absl::string_view path) {
  for (const SourceFile& file : SourceTree()) {
    if (file.path == path) return file;
  }
  return {std::string(path), ""};
}

bool IsProgramSource(absl::string_view path) {
  const bool is_code =
      absl::EndsWith(path, ".h") || absl::EndsWith(path, ".cc");
  return is_code && (absl::StartsWith(path, "common/") ||
                     absl::StartsWith(path, "content-service/") ||
                     absl::StartsWith(path, "triage-service/") ||
                     absl::StartsWith(path, "cli/"));
}

std::string Place(const SourceFile& file, int line) {
  return absl::StrCat(file.path, ":", line);
}

}  // namespace plumbline::tidy
