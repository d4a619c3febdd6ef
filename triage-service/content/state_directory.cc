#include "triage-service/content/state_directory.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "absl/strings/str_cat.h"
#include "common/file/file_system.h"

namespace plumbline::triage {
namespace {

absl::Status Fault(const std::string& path, absl::string_view fault) {
  return absl::InvalidArgumentError(
      absl::StrCat("'", path, "' ", fault,
                   "; it must be a folder that this process may write to, or "
                   "may make"));
}

}  // namespace

absl::Status CheckStateDirectory(const std::string& path) {
  std::string existing = path;
  struct stat found = {};
  while (stat(existing.c_str(), &found) != 0) {
    const int cause = errno;
    const std::string parent = file::DirectoryOf(existing);
    if (cause != ENOENT || parent == existing) {
      return Fault(existing,
                   absl::StrCat("cannot be looked at: ", std::strerror(cause)));
    }
    existing = parent;
  }
  if (!S_ISDIR(found.st_mode)) return Fault(existing, "is not a folder");
  if (access(existing.c_str(), R_OK | W_OK | X_OK) != 0) {
    return Fault(existing,
                 absl::StrCat("cannot be written to: ", std::strerror(errno)));
  }
  return absl::OkStatus();
}

}  // namespace plumbline::triage
