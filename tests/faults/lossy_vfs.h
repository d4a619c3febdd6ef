// A disk for SQLite that loses what was not synced, and that fails when it is
// told to: a shim over the VFS of the machine.
//
// Lossy: bytes and sizes that are written are held in memory until xSync() of
// their file. Where the process is killed, or Crash() is called, what was held
// is gone, but for some sectors of 512 bytes which by a seeded chance had gone
// to the disk at once: so order is not kept, and pages tear. Files that are
// made and deleted are so at once, as if the folder had been synced. What a
// process holds when it ends in good order is lost as well.
//
// Failing: the N-th operation fails, counted over writes, syncs, truncations,
// opens and deletes, and reads if asked. A write that fails has written half.
//
// Temporary files, locks and shared memory go straight to the machine. Several
// connections of one process may use a file; several processes may not at the
// same time. Thread-safe.

#ifndef PLUMBLINE_TESTS_FAULTS_LOSSY_VFS_H_
#define PLUMBLINE_TESTS_FAULTS_LOSSY_VFS_H_

#include <cstdint>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace plumbline::testing {

// How an operation fails.
enum class DiskFault {
  kIo,    // Every kind of operation, with the SQLITE_IOERR_* of its kind.
  kFull,  // Writes alone, with SQLITE_FULL.
};

// How often.
enum class DiskFaultSpan { kOnce, kFromThenOn };

class LossyVfs {
 public:
  // Makes it the default VFS of this process, if it is not yet; at first it
  // loses nothing and never fails. Before any database is open.
  static LossyVfs& Install();

  // Does what a setting of the environment asks for: "lossy:seed=7",
  // "unsynced:seed=7" (the same, and xSync() does nothing, as if the store did
  // not call it), "fail:17" (once), "full:17" (from then on).
  // INVALID_ARGUMENT says what would be right.
  absl::Status Set(absl::string_view setting);

  // Holds writes back from now on. No database may be open.
  void Lose(std::uint32_t seed);
  // From now on xSync() says that it did, and does not.
  void IgnoreSyncs();
  // What was held is gone, and every file that is open fails from now on. Once
  // all are closed, files that are opened show what was on the disk.
  void Crash();
  // Loses nothing any more, and never fails. No database may be open.
  void Heal();

  // Operation `number` from now, counted from 1, fails.
  void FailAt(std::int64_t number, DiskFault fault, DiskFaultSpan span);
  // Whether reads count, and can fail.
  void CountReads(bool counted);
  // How many operations there were since FailAt(), or since the start.
  std::int64_t operations() const;
  // How many of them failed.
  std::int64_t failures() const;

 private:
  LossyVfs() = default;
};

}  // namespace plumbline::testing

#endif  // PLUMBLINE_TESTS_FAULTS_LOSSY_VFS_H_
