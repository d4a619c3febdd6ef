// The few file operations that durable state needs, behind an interface that a
// test can make fail at any step. Paths are used as they stand. Implementations
// are thread-safe.

#ifndef PLUMBLINE_COMMON_FILE_FILE_SYSTEM_H_
#define PLUMBLINE_COMMON_FILE_FILE_SYSTEM_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace plumbline::file {

// Who may read a file that is written.
enum class Access {
  kOwnerOnly,  // 0600
  kReadable,   // 0644
};

// Every error names the path. A path that does not exist is NOT_FOUND, one that
// exists and should not is ALREADY_EXISTS, no permission is PERMISSION_DENIED,
// a full disk is RESOURCE_EXHAUSTED; anything else is UNAVAILABLE.
class FileSystem {
 public:
  virtual ~FileSystem() = default;

  // Reads the whole file.
  virtual absl::StatusOr<std::string> Read(const std::string& path) = 0;

  // Creates a file that does not exist yet and returns when its bytes are on
  // the disk. Its name is durable only after SyncDirectory().
  virtual absl::Status WriteNew(const std::string& path,
                                absl::string_view bytes, Access access) = 0;

  // Gives the file `from` the name `to`, whose earlier file is gone: at every
  // moment `to` is the old file or the new one.
  virtual absl::Status Rename(const std::string& from,
                              const std::string& to) = 0;

  // Returns when the names in `directory` are on the disk.
  virtual absl::Status SyncDirectory(const std::string& directory) = 0;

  // Removes a file.
  virtual absl::Status Remove(const std::string& path) = 0;

  virtual absl::StatusOr<bool> Exists(const std::string& path) = 0;

  // The names (not paths) of the files and folders in `directory`, sorted.
  virtual absl::StatusOr<std::vector<std::string>> List(
      const std::string& directory) = 0;

  // Creates a folder and those it stands in, and returns when the names of the
  // new ones are on the disk; one that exists is no error.
  virtual absl::Status CreateDirectories(const std::string& directory) = 0;

  // Who may read the file `path`: kOwnerOnly if the group and others have no
  // permission at all.
  virtual absl::StatusOr<Access> AccessOf(const std::string& path) = 0;
};

// The file system of the machine. Lives as long as the program.
FileSystem& PosixFileSystem();

// The folder that `path` stands in: "." for a bare name.
std::string DirectoryOf(absl::string_view path);

// Replaces the contents of `path` with `bytes`. After a failure or a crash at
// any step `path` holds the old bytes (or is absent, if it was) or the new
// ones, whole; after OK it holds the new ones whatever happens. One writer a
// path at a time: the step in between is the file `<path>.new`.
absl::Status WriteFileAtomically(FileSystem& files, const std::string& path,
                                 absl::string_view bytes,
                                 Access access = Access::kReadable);

}  // namespace plumbline::file

#endif  // PLUMBLINE_COMMON_FILE_FILE_SYSTEM_H_
