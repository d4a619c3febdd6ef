// A file system in memory that fails or crashes at a chosen operation, and that
// forgets after a crash whatever was not on the disk.

#ifndef PLUMBLINE_TESTS_FAULTS_FAULTY_FILE_SYSTEM_H_
#define PLUMBLINE_TESTS_FAULTS_FAULTY_FILE_SYSTEM_H_

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "common/file/file_system.h"
#include "common/sync/mutex.h"

namespace plumbline::testing {

// What a crash leaves of names that were not synced.
enum class AfterCrash {
  kLosesNames,  // Nothing since the last SyncDirectory().
  kKeepsNames,  // Everything, as if the disk had been quick.
};

// Folders need not be created. Operations are counted from 1, over all methods
// that change something. Thread-safe.
class FaultyFileSystem final : public file::FileSystem {
 public:
  // Operation `number` fails with RESOURCE_EXHAUSTED, having written half of
  // its bytes if it writes; later ones work.
  void FailAt(int number);

  // Operation `number` and all later ones but removals fail so, until
  // Restart(): the disk is full.
  void FailFrom(int number);

  // Read `number` from now fails with UNAVAILABLE; later ones work. Reads are
  // counted from 1 and apart: Read(), Exists(), List() and AccessOf().
  void FailReadAt(int number);

  // Operation `number` writes half of its bytes if it writes, and it and all
  // later ones fail with UNAVAILABLE until Restart().
  void CrashAt(int number);

  // Starts again after a crash, or cuts the power. Chosen faults that have not
  // come are forgotten.
  void Restart(AfterCrash after);

  // How many operations there were since the start.
  int operations() const;

  absl::StatusOr<std::string> Read(const std::string& path) override;
  absl::Status WriteNew(const std::string& path, absl::string_view bytes,
                        file::Access access) override;
  absl::Status Rename(const std::string& from, const std::string& to) override;
  absl::Status SyncDirectory(const std::string& directory) override;
  absl::Status Remove(const std::string& path) override;
  absl::StatusOr<bool> Exists(const std::string& path) override;
  absl::StatusOr<std::vector<std::string>> List(
      const std::string& directory) override;
  absl::Status CreateDirectories(const std::string& directory) override;
  absl::StatusOr<file::Access> AccessOf(const std::string& path) override;

 private:
  struct File {
    std::string bytes;
    file::Access access = file::Access::kReadable;
  };
  using Names = std::map<std::string, std::shared_ptr<File>>;

  enum class Fault { kNone, kFailure, kCrash };

  // Counts an operation that changes something.
  Fault Count() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // Counts one that does not, and says why it fails.
  absl::Status CountRead() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  mutable sync::Mutex mutex_;
  int operations_ ABSL_GUARDED_BY(mutex_) = 0;
  int fails_at_ ABSL_GUARDED_BY(mutex_) = 0;
  int fails_from_ ABSL_GUARDED_BY(mutex_) = 0;  // 0: never.
  int reads_ ABSL_GUARDED_BY(mutex_) = 0;
  int fails_read_at_ ABSL_GUARDED_BY(mutex_) = 0;
  int crashes_at_ ABSL_GUARDED_BY(mutex_) = 0;
  bool crashed_ ABSL_GUARDED_BY(mutex_) = false;
  // What programs see, and what is on the disk.
  Names names_ ABSL_GUARDED_BY(mutex_);
  Names durable_names_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace plumbline::testing

#endif  // PLUMBLINE_TESTS_FAULTS_FAULTY_FILE_SYSTEM_H_
