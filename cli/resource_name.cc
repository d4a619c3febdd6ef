#include "cli/resource_name.h"

#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace plumbline::cli {

std::string PathwayName(absl::string_view typed) {
  return absl::StartsWith(typed, "pathways/")
             ? std::string(typed)
             : absl::StrCat("pathways/", typed);
}

std::string ChildName(absl::string_view typed, absl::string_view collection) {
  const std::vector<absl::string_view> parts = absl::StrSplit(typed, '/');
  if (parts.size() != 2) return std::string(typed);
  return absl::StrCat("pathways/", parts[0], "/", collection, "/", parts[1]);
}

std::string LastSegment(absl::string_view name) {
  const std::size_t slash = name.rfind('/');
  return std::string(slash == absl::string_view::npos ? name
                                                      : name.substr(slash + 1));
}

std::string PathwayIdOf(absl::string_view name) {
  const std::vector<absl::string_view> parts = absl::StrSplit(name, '/');
  return parts.size() > 1 && parts[0] == "pathways" ? std::string(parts[1])
                                                    : std::string();
}

}  // namespace plumbline::cli
