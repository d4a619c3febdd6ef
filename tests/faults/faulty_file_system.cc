#include "tests/faults/faulty_file_system.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

namespace plumbline::testing {
namespace {

absl::Status NoSuchFile(const std::string& path) {
  return absl::NotFoundError(absl::StrCat("no file '", path, "'"));
}

absl::Status NoSpace() { return absl::ResourceExhaustedError("disk is full"); }

absl::Status NoPower() { return absl::UnavailableError("the machine crashed"); }

}  // namespace

void FaultyFileSystem::FailAt(int number) {
  sync::MutexLock lock(mutex_);
  fails_at_ = operations_ + number;
}

void FaultyFileSystem::FailFrom(int number) {
  sync::MutexLock lock(mutex_);
  fails_from_ = operations_ + number;
}

void FaultyFileSystem::FailReadAt(int number) {
  sync::MutexLock lock(mutex_);
  fails_read_at_ = reads_ + number;
}

void FaultyFileSystem::CrashAt(int number) {
  sync::MutexLock lock(mutex_);
  crashes_at_ = operations_ + number;
}

void FaultyFileSystem::Restart(AfterCrash after) {
  sync::MutexLock lock(mutex_);
  if (after == AfterCrash::kLosesNames) names_ = durable_names_;
  durable_names_ = names_;
  crashed_ = false;
  crashes_at_ = 0;
  fails_at_ = 0;
  fails_from_ = 0;
  fails_read_at_ = 0;
}

int FaultyFileSystem::operations() const {
  sync::MutexLock lock(mutex_);
  return operations_;
}

FaultyFileSystem::Fault FaultyFileSystem::Count() {
  ++operations_;
  if (operations_ == crashes_at_) crashed_ = true;
  if (crashed_) return Fault::kCrash;
  const bool is_full = fails_from_ > 0 && operations_ >= fails_from_;
  return is_full || operations_ == fails_at_ ? Fault::kFailure : Fault::kNone;
}

absl::Status FaultyFileSystem::CountRead() {
  ++reads_;
  if (crashed_) return NoPower();
  if (reads_ != fails_read_at_) return absl::OkStatus();
  return absl::UnavailableError("the disk fails to read");
}

absl::StatusOr<std::string> FaultyFileSystem::Read(const std::string& path) {
  sync::MutexLock lock(mutex_);
  const absl::Status status = CountRead();
  if (!status.ok()) return status;
  const auto found = names_.find(path);
  if (found == names_.end()) return NoSuchFile(path);
  return found->second->bytes;
}

absl::Status FaultyFileSystem::WriteNew(const std::string& path,
                                        absl::string_view bytes,
                                        file::Access access) {
  sync::MutexLock lock(mutex_);
  if (crashed_) return NoPower();
  if (names_.count(path) > 0) {
    return absl::AlreadyExistsError(absl::StrCat("'", path, "' exists"));
  }
  const Fault fault = Count();
  if (fault != Fault::kNone) bytes = bytes.substr(0, bytes.size() / 2);
  names_[path] = std::make_shared<File>(File{std::string(bytes), access});
  if (fault == Fault::kNone) return absl::OkStatus();
  return fault == Fault::kCrash ? NoPower() : NoSpace();
}

absl::Status FaultyFileSystem::Rename(const std::string& from,
                                      const std::string& to) {
  sync::MutexLock lock(mutex_);
  const Fault fault = Count();
  if (fault != Fault::kNone) {
    return fault == Fault::kCrash ? NoPower() : NoSpace();
  }
  const auto found = names_.find(from);
  if (found == names_.end()) return NoSuchFile(from);
  names_[to] = found->second;
  names_.erase(from);
  return absl::OkStatus();
}

absl::Status FaultyFileSystem::SyncDirectory(const std::string& directory) {
  sync::MutexLock lock(mutex_);
  const Fault fault = Count();
  if (fault != Fault::kNone) {
    return fault == Fault::kCrash ? NoPower() : NoSpace();
  }
  const auto is_inside = [&directory](const Names::value_type& entry) {
    return file::DirectoryOf(entry.first) == directory;
  };
  std::erase_if(durable_names_, is_inside);
  for (const Names::value_type& entry : names_) {
    if (is_inside(entry)) durable_names_.insert(entry);
  }
  return absl::OkStatus();
}

absl::Status FaultyFileSystem::Remove(const std::string& path) {
  sync::MutexLock lock(mutex_);
  const Fault fault = Count();
  if (fault == Fault::kCrash) return NoPower();
  // A full disk lets files go.
  if (operations_ == fails_at_) return NoSpace();
  return names_.erase(path) > 0 ? absl::OkStatus() : NoSuchFile(path);
}

absl::StatusOr<bool> FaultyFileSystem::Exists(const std::string& path) {
  sync::MutexLock lock(mutex_);
  const absl::Status status = CountRead();
  if (!status.ok()) return status;
  return names_.count(path) > 0;
}

absl::StatusOr<std::vector<std::string>> FaultyFileSystem::List(
    const std::string& directory) {
  sync::MutexLock lock(mutex_);
  const absl::Status status = CountRead();
  if (!status.ok()) return status;
  std::vector<std::string> names;
  for (const auto& [path, file] : names_) {
    if (file::DirectoryOf(path) != directory) continue;
    names.emplace_back(absl::StripPrefix(path, absl::StrCat(directory, "/")));
  }
  return names;
}

absl::Status FaultyFileSystem::CreateDirectories(
    const std::string& /*directory*/) {
  sync::MutexLock lock(mutex_);
  return crashed_ ? NoPower() : absl::OkStatus();
}

absl::StatusOr<file::Access> FaultyFileSystem::AccessOf(
    const std::string& path) {
  sync::MutexLock lock(mutex_);
  const absl::Status status = CountRead();
  if (!status.ok()) return status;
  const auto found = names_.find(path);
  if (found == names_.end()) return NoSuchFile(path);
  return found->second->access;
}

}  // namespace plumbline::testing
