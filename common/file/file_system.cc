#include "common/file/file_system.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <system_error>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/fault/failpoint.h"

namespace plumbline::file {
namespace {

absl::StatusCode CodeOf(int error) {
  switch (error) {
    case ENOENT:
    case ENOTDIR:
      return absl::StatusCode::kNotFound;
    case EEXIST:
      return absl::StatusCode::kAlreadyExists;
    case EACCES:
    case EPERM:
    case EROFS:
      return absl::StatusCode::kPermissionDenied;
    case ENOSPC:
    case EDQUOT:
      return absl::StatusCode::kResourceExhausted;
    default:
      return absl::StatusCode::kUnavailable;
  }
}

// "cannot read 'a/b': No such file or directory"
absl::Status Failed(absl::string_view verb, const std::string& path,
                    int error) {
  return absl::Status(CodeOf(error),
                      absl::StrCat("cannot ", verb, " '", path, "': ",
                                   std::generic_category().message(error)));
}

// An open file, closed at the end of the scope.
class Descriptor {
 public:
  explicit Descriptor(int value) : value_(value) {}
  ~Descriptor() {
    if (value_ >= 0) close(value_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  bool ok() const { return value_ >= 0; }
  int get() const { return value_; }

 private:
  const int value_;
};

mode_t ModeOf(Access access) {
  switch (access) {
    case Access::kOwnerOnly:
      return S_IRUSR | S_IWUSR;
    case Access::kReadable:
      return S_IRUSR | S_IWUSR | S_IRGRP | S_IROTH;
  }
  return S_IRUSR | S_IWUSR;
}

// Returns 0, or the errno of the write that failed.
int WriteAll(int descriptor, absl::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return errno;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  PLUMBLINE_FAILPOINT("file.before-sync");
  return fsync(descriptor) == 0 ? 0 : errno;
}

class Posix final : public FileSystem {
 public:
  absl::StatusOr<std::string> Read(const std::string& path) override {
    const Descriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file.ok()) return Failed("read", path, errno);
    std::string bytes;
    char block[1 << 16];
    for (;;) {
      const ssize_t count = read(file.get(), block, sizeof(block));
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) return Failed("read", path, errno);
      if (count == 0) return bytes;
      bytes.append(block, static_cast<std::size_t>(count));
    }
  }

  absl::Status WriteNew(const std::string& path, absl::string_view bytes,
                        Access access) override {
    const Descriptor file(open(
        path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, ModeOf(access)));
    if (!file.ok()) return Failed("create", path, errno);
    const int error = WriteAll(file.get(), bytes);
    return error == 0 ? absl::OkStatus() : Failed("write", path, error);
  }

  absl::Status Rename(const std::string& from, const std::string& to) override {
    if (std::rename(from.c_str(), to.c_str()) == 0) return absl::OkStatus();
    const int error = errno;
    return Failed(absl::StrCat("rename '", from, "' to"), to, error);
  }

  absl::Status SyncDirectory(const std::string& directory) override {
    const Descriptor file(
        open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!file.ok() || fsync(file.get()) != 0) {
      return Failed("sync", directory, errno);
    }
    return absl::OkStatus();
  }

  absl::Status Remove(const std::string& path) override {
    if (unlink(path.c_str()) == 0) return absl::OkStatus();
    return Failed("remove", path, errno);
  }

  absl::StatusOr<bool> Exists(const std::string& path) override {
    struct stat found;
    if (stat(path.c_str(), &found) == 0) return true;
    if (errno == ENOENT || errno == ENOTDIR) return false;
    return Failed("look for", path, errno);
  }

  absl::StatusOr<std::vector<std::string>> List(
      const std::string& directory) override {
    DIR* const open_directory = opendir(directory.c_str());
    if (open_directory == nullptr) return Failed("list", directory, errno);
    std::vector<std::string> names;
    errno = 0;
    while (const dirent* entry = readdir(open_directory)) {
      const absl::string_view name(entry->d_name);
      if (name != "." && name != "..") names.emplace_back(name);
    }
    const int error = errno;
    closedir(open_directory);
    if (error != 0) return Failed("list", directory, error);
    std::sort(names.begin(), names.end());
    return names;
  }

  absl::Status CreateDirectories(const std::string& directory) override {
    for (std::size_t end = 1; end <= directory.size(); ++end) {
      if (end < directory.size() && directory[end] != '/') continue;
      const std::string prefix = directory.substr(0, end);
      if (mkdir(prefix.c_str(), S_IRWXU | S_IRGRP | S_IXGRP) != 0) {
        if (errno == EEXIST) continue;
        return Failed("create the folder", prefix, errno);
      }
      const absl::Status synced = SyncDirectory(DirectoryOf(prefix));
      if (!synced.ok()) return synced;
    }
    return absl::OkStatus();
  }

  absl::StatusOr<Access> AccessOf(const std::string& path) override {
    struct stat found;
    if (stat(path.c_str(), &found) != 0) return Failed("look at", path, errno);
    return (found.st_mode & (S_IRWXG | S_IRWXO)) == 0 ? Access::kOwnerOnly
                                                      : Access::kReadable;
  }
};

// What an interrupted write left behind is of no use.
absl::Status RemoveLeftover(FileSystem& files, const std::string& path) {
  const absl::StatusOr<bool> exists = files.Exists(path);
  if (!exists.ok()) return exists.status();
  return *exists ? files.Remove(path) : absl::OkStatus();
}

}  // namespace

FileSystem& PosixFileSystem() {
  static Posix& files = *new Posix;
  return files;
}

std::string DirectoryOf(absl::string_view path) {
  const std::size_t slash = path.rfind('/');
  if (slash == absl::string_view::npos) return ".";
  if (slash == 0) return "/";
  return std::string(path.substr(0, slash));
}

absl::Status WriteFileAtomically(FileSystem& files, const std::string& path,
                                 absl::string_view bytes, Access access) {
  const std::string next = absl::StrCat(path, ".new");
  absl::Status status = RemoveLeftover(files, next);
  if (!status.ok()) return status;
  status = files.WriteNew(next, bytes, access);
  if (!status.ok()) return status;
  PLUMBLINE_FAILPOINT_OR_RETURN("file.before-rename");
  status = files.Rename(next, path);
  if (!status.ok()) return status;
  PLUMBLINE_FAILPOINT_OR_RETURN("file.before-directory-sync");
  return files.SyncDirectory(DirectoryOf(path));
}

}  // namespace plumbline::file
