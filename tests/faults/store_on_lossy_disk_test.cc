// The content store on a disk that fails or loses: a write that was accepted is
// there after a crash, and one that was not has left nothing, or all of itself.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "absl/strings/str_cat.h"
#include "content-service/storage/sqlite_content_store.h"
#include "tests/faults/lossy_vfs.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temporary_directory.h"

namespace plumbline::content {
namespace {

using ::plumbline::testing::DiskFault;
using ::plumbline::testing::DiskFaultSpan;
using ::plumbline::testing::IsOk;
using ::plumbline::testing::LossyVfs;
using ::plumbline::testing::TemporaryDirectory;

// Writes a workload does one after the other; each touches several tables.
constexpr int kWrites = 3;

// Content of many pages.
std::string ContentOf(int number) {
  return std::string(20'000, static_cast<char>('a' + number));
}

absl::Status WriteOne(ContentStore& store, int number) {
  return store.Write([&](Transaction& transaction) {
    const std::string id = absl::StrCat("p", number);
    const absl::Status statuses[] = {
        transaction.AddPathway(id, absl::UnixEpoch()),
        transaction.AddDraft({id, "d", 1, "draft"}),
        transaction.PutDraftSources(id, "d", ContentOf(number)),
        transaction.PutFact("newest", id)};
    for (const absl::Status& status : statuses) {
      if (!status.ok()) return status;
    }
    return absl::OkStatus();
  });
}

enum class Found { kNothing, kAll, kPart };

// How much of a write the store holds.
Found FindOne(ContentStore& store, int number) {
  const std::string id = absl::StrCat("p", number);
  int found = 0;
  EXPECT_THAT(store.Read([&](const Reader& reader) {
    found += reader.FindPathway(id).ok() ? 1 : 0;
    found += reader.FindDraft(id, "d").ok() ? 1 : 0;
    const auto sources = reader.FindDraftSources(id, "d");
    found += sources.ok() && *sources == ContentOf(number) ? 1 : 0;
    return absl::OkStatus();
  }),
              IsOk());
  if (found == 0) return Found::kNothing;
  return found == 3 ? Found::kAll : Found::kPart;
}

class StoreOnLossyDiskTest : public ::testing::Test {
 protected:
  ~StoreOnLossyDiskTest() override { disk_.Heal(); }

  void StartAnew() {
    disk_.Heal();
    std::filesystem::remove_all(folder_.path());
    std::filesystem::create_directory(folder_.path());
  }

  // Opens and writes, as far as the disk lets it. Says which were accepted.
  std::vector<bool> Work() {
    std::vector<bool> accepted(kWrites);
    const auto store = OpenSqliteContentStore(path_);
    if (!store.ok()) return accepted;
    for (int i = 0; i < kWrites; ++i) {
      accepted[static_cast<std::size_t>(i)] = WriteOne(**store, i).ok();
    }
    disk_.Crash();
    return accepted;
  }

  void ExpectWhole(const std::vector<bool>& accepted, int number) {
    disk_.Heal();
    const auto store = OpenSqliteContentStore(path_);
    ASSERT_THAT(store, IsOk()) << number;
    for (int i = 0; i < kWrites; ++i) {
      const Found found = FindOne(**store, i);
      EXPECT_NE(found, Found::kPart) << i << " at operation " << number;
      if (accepted[static_cast<std::size_t>(i)]) {
        EXPECT_EQ(found, Found::kAll) << i << " at operation " << number;
      }
    }
  }

  // Fails at each operation of the workload in turn. Returns how many failed.
  int FailAtEach(DiskFault fault, DiskFaultSpan span, bool counts_reads) {
    int number = 1;
    for (bool done = false; !done && number < 1000; ++number) {
      StartAnew();
      disk_.Lose(static_cast<std::uint32_t>(number));
      disk_.CountReads(counts_reads);
      disk_.FailAt(number, fault, span);
      const std::vector<bool> accepted = Work();
      done = disk_.operations() < number;
      ExpectWhole(accepted, number);
    }
    return number;
  }

  TemporaryDirectory folder_;
  const std::string path_ = folder_.path() + "/content.db";
  LossyVfs& disk_ = LossyVfs::Install();
};

TEST_F(StoreOnLossyDiskTest, KeepsAcceptedWritesInACrash) {
  for (int seed = 0; seed < 20; ++seed) {
    StartAnew();
    disk_.Lose(static_cast<std::uint32_t>(seed));
    const std::vector<bool> accepted = Work();
    EXPECT_EQ(accepted, std::vector<bool>(kWrites, true));
    ExpectWhole(accepted, seed);
  }
}

// That the test above sees a store which does not sync.
TEST_F(StoreOnLossyDiskTest, LosesAcceptedWritesWhereNothingIsSynced) {
  ASSERT_THAT(OpenSqliteContentStore(path_), IsOk());
  disk_.Lose(1);
  disk_.IgnoreSyncs();
  EXPECT_EQ(Work(), std::vector<bool>(kWrites, true));
  disk_.Heal();
  const auto store = OpenSqliteContentStore(path_);
  ASSERT_THAT(store, IsOk());
  EXPECT_EQ(FindOne(**store, kWrites - 1), Found::kNothing);
}

TEST_F(StoreOnLossyDiskTest, IsWholeWhereverTheDiskFailsOnce) {
  EXPECT_GT(FailAtEach(DiskFault::kIo, DiskFaultSpan::kOnce, false), 20);
}

TEST_F(StoreOnLossyDiskTest, IsWholeWhereverTheDiskFailsFromThenOn) {
  EXPECT_GT(FailAtEach(DiskFault::kIo, DiskFaultSpan::kFromThenOn, false), 20);
}

TEST_F(StoreOnLossyDiskTest, IsWholeWhereverTheDiskIsFullOnce) {
  EXPECT_GT(FailAtEach(DiskFault::kFull, DiskFaultSpan::kOnce, false), 20);
}

TEST_F(StoreOnLossyDiskTest, IsWholeWhereverTheDiskIsFullFromThenOn) {
  EXPECT_GT(FailAtEach(DiskFault::kFull, DiskFaultSpan::kFromThenOn, false),
            20);
}

TEST_F(StoreOnLossyDiskTest, IsWholeWhereverAReadFails) {
  EXPECT_GT(FailAtEach(DiskFault::kIo, DiskFaultSpan::kOnce, true), 50);
}

}  // namespace
}  // namespace plumbline::content
