#include "tests/faults/lossy_vfs.h"

#include <algorithm>
#include <cstring>
#include <map>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "common/sync/mutex.h"
#include "sqlite3.h"

namespace plumbline::testing {
namespace {

constexpr std::size_t kSectorBytes = 512;
// One sector in so many goes to the disk without being synced.
constexpr std::uint32_t kReachesDiskOneIn = 4;

// A file as every connection of the process sees it.
struct File {
  std::string bytes;           // With all that was written.
  std::set<std::size_t> held;  // Sectors that may not be on the disk.
  std::size_t size_min = 0;    // The least size since the last sync.
};

enum class Operation { kWrite, kSync, kTruncate, kOpen, kDelete, kRead };

// The state of the one disk.
struct Disk {
  sync::Mutex mutex;
  sqlite3_vfs* real = nullptr;  // Constant once installed.

  bool holds ABSL_GUARDED_BY(mutex) = false;
  bool syncs ABSL_GUARDED_BY(mutex) = true;
  std::minstd_rand random ABSL_GUARDED_BY(mutex);
  std::int64_t crashes ABSL_GUARDED_BY(mutex) = 0;
  std::map<std::string, std::shared_ptr<File>> files ABSL_GUARDED_BY(mutex);

  bool counts_reads ABSL_GUARDED_BY(mutex) = false;
  std::int64_t operations ABSL_GUARDED_BY(mutex) = 0;
  std::int64_t failures ABSL_GUARDED_BY(mutex) = 0;
  std::int64_t fails_at ABSL_GUARDED_BY(mutex) = 0;  // 0: never.
  DiskFault fault ABSL_GUARDED_BY(mutex) = DiskFault::kIo;
  DiskFaultSpan span ABSL_GUARDED_BY(mutex) = DiskFaultSpan::kOnce;
};

Disk& TheDisk() {
  static Disk& disk = *new Disk;
  return disk;
}

int IoErrorOf(Operation operation) {
  switch (operation) {
    case Operation::kWrite:
      return SQLITE_IOERR_WRITE;
    case Operation::kSync:
      return SQLITE_IOERR_FSYNC;
    case Operation::kTruncate:
      return SQLITE_IOERR_TRUNCATE;
    case Operation::kOpen:
      return SQLITE_CANTOPEN;
    case Operation::kDelete:
      return SQLITE_IOERR_DELETE;
    case Operation::kRead:
      return SQLITE_IOERR_READ;
  }
  return SQLITE_IOERR;
}

// Counts an operation that is about to be done. Returns SQLITE_OK, or with what
// it fails.
int Count(Disk& disk, Operation operation)
    ABSL_EXCLUSIVE_LOCKS_REQUIRED(disk.mutex) {
  if (operation == Operation::kRead && !disk.counts_reads) return SQLITE_OK;
  ++disk.operations;
  const bool is_due = disk.operations == disk.fails_at ||
                      (disk.span == DiskFaultSpan::kFromThenOn &&
                       disk.fails_at > 0 && disk.operations > disk.fails_at);
  if (!is_due) return SQLITE_OK;
  const bool is_full = disk.fault == DiskFault::kFull;
  if (is_full && operation != Operation::kWrite) return SQLITE_OK;
  ++disk.failures;
  return is_full ? SQLITE_FULL : IoErrorOf(operation);
}

// What stands behind one sqlite3_file.
struct Opened {
  std::unique_ptr<char[]> memory;  // Of the real file.
  std::shared_ptr<File> file;      // Null: nothing is held.
  std::int64_t crashes = 0;        // When it was opened.

  sqlite3_file* real() const {
    return reinterpret_cast<sqlite3_file*>(memory.get());
  }
};

struct Handle {
  sqlite3_file base;
  Opened* opened;
};

Opened& OpenedOf(sqlite3_file* file) {
  return *reinterpret_cast<Handle*>(file)->opened;
}

sqlite3_file* RealOf(sqlite3_file* file) { return OpenedOf(file).real(); }

// Brings the sectors from `first` up to before `end` to the real file.
int WriteSectors(Opened& opened, std::size_t first, std::size_t end) {
  const std::string& bytes = opened.file->bytes;
  const std::size_t from = first * kSectorBytes;
  const std::size_t to = std::min(end * kSectorBytes, bytes.size());
  if (from >= to) return SQLITE_OK;
  sqlite3_file* const real = opened.real();
  return real->pMethods->xWrite(real, bytes.data() + from,
                                static_cast<int>(to - from),
                                static_cast<sqlite3_int64>(from));
}

int TruncateReal(Opened& opened, std::size_t size) {
  sqlite3_file* const real = opened.real();
  sqlite3_int64 present = 0;
  const int result = real->pMethods->xFileSize(real, &present);
  if (result != SQLITE_OK) return result;
  if (present <= static_cast<sqlite3_int64>(size)) return SQLITE_OK;
  return real->pMethods->xTruncate(real, static_cast<sqlite3_int64>(size));
}

// All that was held goes to the real file.
int Flush(Opened& opened) {
  File& file = *opened.file;
  int result = TruncateReal(opened, file.size_min);
  auto at = file.held.begin();
  while (at != file.held.end() && result == SQLITE_OK) {
    const std::size_t first = *at;
    std::size_t end = first;
    while (at != file.held.end() && *at == end) {
      ++end;
      ++at;
    }
    result = WriteSectors(opened, first, end);
  }
  if (result != SQLITE_OK) return result;
  file.held.clear();
  file.size_min = file.bytes.size();
  return SQLITE_OK;
}

bool ReachesDisk(Disk& disk) ABSL_EXCLUSIVE_LOCKS_REQUIRED(disk.mutex) {
  return disk.random() % kReachesDiskOneIn == 0;
}

// From `from` up to before `to` is not synced. A gap before was never written.
int Hold(Disk& disk, Opened& opened, std::size_t from, std::size_t to)
    ABSL_EXCLUSIVE_LOCKS_REQUIRED(disk.mutex) {
  int result = SQLITE_OK;
  for (std::size_t sector = from / kSectorBytes; sector * kSectorBytes < to;
       ++sector) {
    opened.file->held.insert(sector);
    if (result == SQLITE_OK && ReachesDisk(disk)) {
      result = WriteSectors(opened, sector, sector + 1);
    }
  }
  return result;
}

int Close(sqlite3_file* file) {
  Opened* const opened = &OpenedOf(file);
  const int result = opened->real()->pMethods->xClose(opened->real());
  delete opened;
  return result;
}

int Read(sqlite3_file* file, void* buffer, int count, sqlite3_int64 offset) {
  Disk& disk = TheDisk();
  const sync::MutexLock lock(disk.mutex);
  Opened& opened = OpenedOf(file);
  const int result = Count(disk, Operation::kRead);
  if (result != SQLITE_OK) return result;
  if (opened.crashes != disk.crashes) return SQLITE_IOERR_READ;
  if (opened.file == nullptr) {
    return opened.real()->pMethods->xRead(opened.real(), buffer, count, offset);
  }
  const std::string& bytes = opened.file->bytes;
  const auto size = static_cast<std::size_t>(count);
  const std::size_t from =
      std::min(static_cast<std::size_t>(offset), bytes.size());
  const std::size_t present = std::min(size, bytes.size() - from);
  std::memcpy(buffer, bytes.data() + from, present);
  if (present == size) return SQLITE_OK;
  std::memset(static_cast<char*>(buffer) + present, 0, size - present);
  return SQLITE_IOERR_SHORT_READ;
}

int Write(sqlite3_file* file, const void* data, int count,
          sqlite3_int64 offset) {
  Disk& disk = TheDisk();
  const sync::MutexLock lock(disk.mutex);
  Opened& opened = OpenedOf(file);
  const int failure = Count(disk, Operation::kWrite);
  if (failure != SQLITE_OK) count /= 2;
  if (opened.crashes != disk.crashes) return SQLITE_IOERR_WRITE;
  int result = SQLITE_OK;
  if (opened.file == nullptr) {
    result =
        opened.real()->pMethods->xWrite(opened.real(), data, count, offset);
  } else {
    std::string& bytes = opened.file->bytes;
    const std::size_t size = bytes.size();
    const auto from = static_cast<std::size_t>(offset);
    const std::size_t to = from + static_cast<std::size_t>(count);
    if (to > size) bytes.resize(to);
    std::memcpy(bytes.data() + from, data, static_cast<std::size_t>(count));
    result = Hold(disk, opened, std::min(from, size), to);
  }
  return failure != SQLITE_OK ? failure : result;
}

int Truncate(sqlite3_file* file, sqlite3_int64 size) {
  Disk& disk = TheDisk();
  const sync::MutexLock lock(disk.mutex);
  Opened& opened = OpenedOf(file);
  const int result = Count(disk, Operation::kTruncate);
  if (result != SQLITE_OK) return result;
  if (opened.crashes != disk.crashes) return SQLITE_IOERR_TRUNCATE;
  if (opened.file == nullptr) {
    return opened.real()->pMethods->xTruncate(opened.real(), size);
  }
  File& shared = *opened.file;
  const std::size_t before = shared.bytes.size();
  const auto after = static_cast<std::size_t>(size);
  shared.bytes.resize(after);
  if (after > before) return Hold(disk, opened, before, after);
  const std::size_t sectors = (after + kSectorBytes - 1) / kSectorBytes;
  shared.held.erase(shared.held.lower_bound(sectors), shared.held.end());
  shared.size_min = std::min(shared.size_min, after);
  return ReachesDisk(disk) ? TruncateReal(opened, after) : SQLITE_OK;
}

int Sync(sqlite3_file* file, int flags) {
  Disk& disk = TheDisk();
  const sync::MutexLock lock(disk.mutex);
  Opened& opened = OpenedOf(file);
  const int result = Count(disk, Operation::kSync);
  if (result != SQLITE_OK) return result;
  if (opened.crashes != disk.crashes) return SQLITE_IOERR_FSYNC;
  if (!disk.syncs) return SQLITE_OK;
  if (opened.file == nullptr) {
    return opened.real()->pMethods->xSync(opened.real(), flags);
  }
  // What the machine has survives the process: it need not sync too.
  return Flush(opened);
}

int FileSize(sqlite3_file* file, sqlite3_int64* size) {
  Disk& disk = TheDisk();
  const sync::MutexLock lock(disk.mutex);
  Opened& opened = OpenedOf(file);
  if (opened.crashes != disk.crashes) return SQLITE_IOERR_FSTAT;
  if (opened.file == nullptr) {
    return opened.real()->pMethods->xFileSize(opened.real(), size);
  }
  *size = static_cast<sqlite3_int64>(opened.file->bytes.size());
  return SQLITE_OK;
}

// After a crash nobody gets a lock, so that nobody tidies up at its close.
int Lock(sqlite3_file* file, int level) {
  Disk& disk = TheDisk();
  const sync::MutexLock lock(disk.mutex);
  Opened& opened = OpenedOf(file);
  if (opened.crashes != disk.crashes) return SQLITE_IOERR_LOCK;
  return opened.real()->pMethods->xLock(opened.real(), level);
}

int Unlock(sqlite3_file* file, int level) {
  return RealOf(file)->pMethods->xUnlock(RealOf(file), level);
}

int CheckReservedLock(sqlite3_file* file, int* result) {
  return RealOf(file)->pMethods->xCheckReservedLock(RealOf(file), result);
}

int FileControl(sqlite3_file* file, int operation, void* argument) {
  // The real file does not have the size that is hinted at.
  if (operation == SQLITE_FCNTL_SIZE_HINT) return SQLITE_NOTFOUND;
  return RealOf(file)->pMethods->xFileControl(RealOf(file), operation,
                                              argument);
}

int SectorSize(sqlite3_file* file) {
  return RealOf(file)->pMethods->xSectorSize(RealOf(file));
}

int DeviceCharacteristics(sqlite3_file* file) {
  return RealOf(file)->pMethods->xDeviceCharacteristics(RealOf(file));
}

int ShmMap(sqlite3_file* file, int page, int page_bytes, int extend,
           void volatile** mapped) {
  return RealOf(file)->pMethods->xShmMap(RealOf(file), page, page_bytes, extend,
                                         mapped);
}

int ShmLock(sqlite3_file* file, int offset, int count, int flags) {
  return RealOf(file)->pMethods->xShmLock(RealOf(file), offset, count, flags);
}

void ShmBarrier(sqlite3_file* file) {
  RealOf(file)->pMethods->xShmBarrier(RealOf(file));
}

int ShmUnmap(sqlite3_file* file, int deletes) {
  return RealOf(file)->pMethods->xShmUnmap(RealOf(file), deletes);
}

// Version 2: with shared memory, without memory-mapped reads.
constexpr sqlite3_io_methods kMethods = {
    .iVersion = 2,
    .xClose = Close,
    .xRead = Read,
    .xWrite = Write,
    .xTruncate = Truncate,
    .xSync = Sync,
    .xFileSize = FileSize,
    .xLock = Lock,
    .xUnlock = Unlock,
    .xCheckReservedLock = CheckReservedLock,
    .xFileControl = FileControl,
    .xSectorSize = SectorSize,
    .xDeviceCharacteristics = DeviceCharacteristics,
    .xShmMap = ShmMap,
    .xShmLock = ShmLock,
    .xShmBarrier = ShmBarrier,
    .xShmUnmap = ShmUnmap,
};

// The file as other connections have it, or as it is on the disk.
int Share(Disk& disk, const std::string& path, Opened& opened)
    ABSL_EXCLUSIVE_LOCKS_REQUIRED(disk.mutex) {
  std::shared_ptr<File>& file = disk.files[path];
  opened.file = file;
  if (file != nullptr) return SQLITE_OK;
  file = std::make_shared<File>();
  opened.file = file;
  sqlite3_file* const real = opened.real();
  sqlite3_int64 size = 0;
  const int result = real->pMethods->xFileSize(real, &size);
  if (result != SQLITE_OK || size == 0) return result;
  file->bytes.resize(static_cast<std::size_t>(size));
  file->size_min = file->bytes.size();
  return real->pMethods->xRead(real, file->bytes.data(), static_cast<int>(size),
                               0);
}

int Open(sqlite3_vfs* /*vfs*/, const char* name, sqlite3_file* file, int flags,
         int* flags_out) {
  constexpr int kOurs = SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_MAIN_JOURNAL |
                        SQLITE_OPEN_WAL | SQLITE_OPEN_SUPER_JOURNAL;
  Disk& disk = TheDisk();
  const sync::MutexLock lock(disk.mutex);
  const bool is_ours = name != nullptr && (flags & kOurs) != 0;
  file->pMethods = nullptr;
  int result = is_ours ? Count(disk, Operation::kOpen) : SQLITE_OK;
  if (result != SQLITE_OK) return result;
  auto opened = std::make_unique<Opened>();
  const auto size = static_cast<std::size_t>(disk.real->szOsFile);
  opened->memory = std::make_unique<char[]>(size);
  opened->crashes = disk.crashes;
  result = disk.real->xOpen(disk.real, name, opened->real(), flags, flags_out);
  if (result != SQLITE_OK) return result;
  if (disk.holds && is_ours) result = Share(disk, name, *opened);
  if (result != SQLITE_OK) {
    opened->real()->pMethods->xClose(opened->real());
    return result;
  }
  file->pMethods = &kMethods;
  reinterpret_cast<Handle*>(file)->opened = opened.release();
  return SQLITE_OK;
}

int Delete(sqlite3_vfs* /*vfs*/, const char* name, int sync_directory) {
  Disk& disk = TheDisk();
  const sync::MutexLock lock(disk.mutex);
  const int result = Count(disk, Operation::kDelete);
  if (result != SQLITE_OK) return result;
  disk.files.erase(name);
  return disk.real->xDelete(disk.real, name, sync_directory);
}

sqlite3_vfs* Register() {
  sqlite3_vfs* const real = sqlite3_vfs_find(nullptr);
  TheDisk().real = real;
  // Everything else is the machine's own.
  auto* const vfs = new sqlite3_vfs(*real);
  vfs->zName = "lossy";
  vfs->szOsFile = static_cast<int>(sizeof(Handle));
  vfs->xOpen = Open;
  vfs->xDelete = Delete;
  sqlite3_vfs_register(vfs, /*makeDflt=*/1);
  return vfs;
}

}  // namespace

LossyVfs& LossyVfs::Install() {
  static LossyVfs& installed = *new LossyVfs;
  static const sqlite3_vfs* const registered = Register();
  static_cast<void>(registered);
  return installed;
}

absl::Status LossyVfs::Set(absl::string_view setting) {
  absl::string_view rest = setting;
  const bool is_unsynced = absl::ConsumePrefix(&rest, "unsynced:seed=");
  std::uint32_t seed = 0;
  if ((is_unsynced || absl::ConsumePrefix(&rest, "lossy:seed=")) &&
      absl::SimpleAtoi(rest, &seed)) {
    Lose(seed);
    if (is_unsynced) IgnoreSyncs();
    return absl::OkStatus();
  }
  const bool is_full = absl::ConsumePrefix(&rest, "full:");
  std::int64_t number = 0;
  if ((is_full || absl::ConsumePrefix(&rest, "fail:")) &&
      absl::SimpleAtoi(rest, &number) && number > 0) {
    FailAt(number, is_full ? DiskFault::kFull : DiskFault::kIo,
           is_full ? DiskFaultSpan::kFromThenOn : DiskFaultSpan::kOnce);
    return absl::OkStatus();
  }
  return absl::InvalidArgumentError(
      absl::StrCat("disk setting '", setting,
                   "': must be lossy:seed=S, unsynced:seed=S, fail:N or "
                   "full:N, N from 1"));
}

void LossyVfs::Lose(std::uint32_t seed) {
  Disk& disk = TheDisk();
  const sync::MutexLock lock(disk.mutex);
  disk.holds = true;
  disk.files.clear();
  disk.random.seed(seed);
}

void LossyVfs::IgnoreSyncs() {
  Disk& disk = TheDisk();
  const sync::MutexLock lock(disk.mutex);
  disk.syncs = false;
}

void LossyVfs::Crash() {
  Disk& disk = TheDisk();
  const sync::MutexLock lock(disk.mutex);
  ++disk.crashes;
  disk.files.clear();
}

void LossyVfs::Heal() {
  Disk& disk = TheDisk();
  const sync::MutexLock lock(disk.mutex);
  disk.holds = false;
  disk.syncs = true;
  disk.files.clear();
  disk.counts_reads = false;
  disk.fails_at = 0;
}

void LossyVfs::FailAt(std::int64_t number, DiskFault fault,
                      DiskFaultSpan span) {
  Disk& disk = TheDisk();
  const sync::MutexLock lock(disk.mutex);
  disk.operations = 0;
  disk.failures = 0;
  disk.fails_at = number;
  disk.fault = fault;
  disk.span = span;
}

void LossyVfs::CountReads(bool counted) {
  Disk& disk = TheDisk();
  const sync::MutexLock lock(disk.mutex);
  disk.counts_reads = counted;
}

std::int64_t LossyVfs::operations() const {
  Disk& disk = TheDisk();
  const sync::MutexLock lock(disk.mutex);
  return disk.operations;
}

std::int64_t LossyVfs::failures() const {
  Disk& disk = TheDisk();
  const sync::MutexLock lock(disk.mutex);
  return disk.failures;
}

}  // namespace plumbline::testing
