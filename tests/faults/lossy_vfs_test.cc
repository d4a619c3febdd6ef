// That the disk loses, tears and fails as its header says, seen through SQLite.

#include "tests/faults/lossy_vfs.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "absl/strings/str_cat.h"
#include "sqlite3.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temporary_directory.h"

namespace plumbline::testing {
namespace {

// A connection to a table of texts.
class Database {
 public:
  explicit Database(const std::string& path) {
    result_ = sqlite3_open(path.c_str(), &handle_);
    Run("PRAGMA journal_mode = WAL");
    Run("PRAGMA synchronous = FULL");
    Run("CREATE TABLE IF NOT EXISTS entry (value TEXT NOT NULL)");
  }
  ~Database() { sqlite3_close(handle_); }
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  // Whether everything so far went well.
  bool ok() const { return result_ == SQLITE_OK; }
  // The first result code that was not SQLITE_OK.
  int result() const { return result_; }

  bool Run(const std::string& statement) {
    const int result =
        sqlite3_exec(handle_, statement.c_str(), nullptr, nullptr, nullptr);
    if (result_ == SQLITE_OK) result_ = result;
    return result == SQLITE_OK;
  }

  // One transaction that adds a text a hundred times: pages enough to tear.
  bool Add(const std::string& value) {
    return Run(absl::StrCat(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE "
        "i < 100) INSERT INTO entry SELECT '",
        value, "' || printf('%0200d', i) FROM n"));
  }

  // How many texts begin so; -1: it cannot be read.
  int CountOf(const std::string& value) {
    return Integer(absl::StrCat("SELECT count(*) FROM entry WHERE value LIKE '",
                                value, "%'"));
  }

  bool IsSound() {
    return Integer(
               "SELECT count(*) FROM pragma_integrity_check WHERE "
               "integrity_check = 'ok'") == 1;
  }

 private:
  int Integer(const std::string& query) {
    int value = -1;
    const auto take = [](void* to, int, char** columns, char**) {
      *static_cast<int*>(to) = std::atoi(columns[0]);
      return 0;
    };
    sqlite3_exec(handle_, query.c_str(), take, &value, nullptr);
    return value;
  }

  sqlite3* handle_ = nullptr;
  int result_ = SQLITE_OK;
};

class LossyVfsTest : public ::testing::Test {
 protected:
  ~LossyVfsTest() override { disk_.Heal(); }

  std::string Bytes(const std::string& ending = "") {
    std::ostringstream bytes;
    bytes << std::ifstream(path_ + ending, std::ios::binary).rdbuf();
    return bytes.str();
  }

  void RemoveFiles() {
    for (const char* const ending : {"", "-wal", "-shm", "-journal"}) {
      std::filesystem::remove(path_ + ending);
    }
  }

  TemporaryDirectory folder_;
  const std::string path_ = folder_.path() + "/test.db";
  LossyVfs& disk_ = LossyVfs::Install();
};

TEST_F(LossyVfsTest, KeepsAllWhereNothingIsAskedFor) {
  {
    Database database(path_);
    EXPECT_TRUE(database.Add("a"));
    EXPECT_TRUE(database.ok());
  }
  EXPECT_EQ(Database(path_).CountOf("a"), 100);
}

TEST_F(LossyVfsTest, KeepsWhatWasCommittedWithSyncs) {
  for (std::uint32_t seed = 0; seed < 20; ++seed) {
    RemoveFiles();
    disk_.Lose(seed);
    {
      Database database(path_);
      for (int i = 0; i < 5; ++i) ASSERT_TRUE(database.Add("a"));
      disk_.Crash();
      EXPECT_FALSE(database.Add("b"));
      EXPECT_EQ(database.CountOf("a"), -1);
    }
    Database after(path_);
    EXPECT_TRUE(after.IsSound()) << seed;
    EXPECT_EQ(after.CountOf("a"), 500) << seed;
  }
}

TEST_F(LossyVfsTest, LosesWhatWasCommittedWithoutSyncs) {
  int lost = 0;
  for (std::uint32_t seed = 0; seed < 20; ++seed) {
    RemoveFiles();
    disk_.Lose(seed);
    {
      Database database(path_);
      ASSERT_TRUE(database.Run("PRAGMA synchronous = OFF"));
      ASSERT_TRUE(database.Add("a"));
      EXPECT_EQ(Database(path_).CountOf("a"), 100);  // Others see it.
      disk_.Crash();
    }
    lost += Database(path_).CountOf("a") == 100 ? 0 : 1;
    disk_.Heal();
  }
  EXPECT_EQ(lost, 20);
}

TEST_F(LossyVfsTest, LosesWhereSyncsAreIgnored) {
  disk_.Lose(1);
  { Database database(path_); }
  disk_.IgnoreSyncs();
  {
    Database database(path_);
    ASSERT_TRUE(database.Add("a"));
    disk_.Crash();
  }
  EXPECT_EQ(Database(path_).CountOf("a"), 0);
}

// A part of what was not synced is on the disk, and not the first part: SQLite
// finds that the tail is torn and goes back to the last commit.
TEST_F(LossyVfsTest, TearsWhatWasNotSynced) {
  int torn = 0;
  for (std::uint32_t seed = 0; seed < 20; ++seed) {
    RemoveFiles();
    disk_.Lose(seed);
    {
      Database database(path_);
      ASSERT_TRUE(database.Add("a"));
      const std::size_t synced = Bytes("-wal").size();
      ASSERT_TRUE(database.Run("PRAGMA synchronous = OFF"));
      ASSERT_TRUE(database.Add("b"));
      disk_.Crash();
      const std::string log = Bytes("-wal");
      const std::string tail = log.substr(std::min(synced, log.size()));
      // Sectors of nothing, amid others that hold text.
      const std::size_t hole = tail.find(std::string(512, '\0'));
      if (hole != std::string::npos &&
          tail.find_first_not_of('\0', hole) != std::string::npos) {
        ++torn;
      }
    }
    Database after(path_);
    EXPECT_TRUE(after.IsSound()) << seed;
    EXPECT_EQ(after.CountOf("a"), 100) << seed;
    EXPECT_EQ(after.CountOf("b"), 0) << seed;
  }
  EXPECT_GT(torn, 10);
}

TEST_F(LossyVfsTest, HoldsTruncationsAndSizes) {
  disk_.Lose(3);
  std::string before;
  {
    Database database(path_);
    ASSERT_TRUE(database.Add("a"));
    ASSERT_TRUE(database.Run("PRAGMA wal_checkpoint(TRUNCATE)"));
    before = Bytes();
    ASSERT_TRUE(database.Run("PRAGMA synchronous = OFF"));
    ASSERT_TRUE(database.Run("DELETE FROM entry; VACUUM"));
    ASSERT_TRUE(database.Run("PRAGMA wal_checkpoint(TRUNCATE)"));
    EXPECT_EQ(Database(path_).CountOf("a"), 0);
    EXPECT_EQ(Bytes().size(), before.size());
    disk_.Crash();
  }
}

TEST_F(LossyVfsTest, FailsOnceOrFromThenOn) {
  Database database(path_);
  disk_.FailAt(1, DiskFault::kFull, DiskFaultSpan::kOnce);
  EXPECT_FALSE(database.Add("a"));
  EXPECT_EQ(database.result(), SQLITE_FULL);
  EXPECT_TRUE(database.Add("a"));
  EXPECT_EQ(disk_.failures(), 1);
  EXPECT_GT(disk_.operations(), 1);
  disk_.FailAt(1, DiskFault::kIo, DiskFaultSpan::kFromThenOn);
  EXPECT_FALSE(database.Add("b"));
  EXPECT_FALSE(database.Add("b"));
  EXPECT_EQ(database.CountOf("a"), 100);
}

TEST_F(LossyVfsTest, FailsReadsIfAsked) {
  {
    Database database(path_);
    ASSERT_TRUE(database.Add("a"));
  }
  disk_.FailAt(1, DiskFault::kIo, DiskFaultSpan::kFromThenOn);
  disk_.CountReads(true);
  EXPECT_FALSE(Database(path_).ok());
}

// For every operation of a small workload: what failed is seen by who asked,
// and the file is in the old or in the new state.
TEST_F(LossyVfsTest, EveryFailureIsSeenAndLeavesOldOrNew) {
  int failed_adds = 0;
  for (const DiskFaultSpan span :
       {DiskFaultSpan::kOnce, DiskFaultSpan::kFromThenOn}) {
    bool failed = true;
    for (int number = 1; failed; ++number) {
      ASSERT_LT(number, 1000);
      RemoveFiles();
      disk_.Heal();
      disk_.Lose(static_cast<std::uint32_t>(number));
      bool added = false;
      {
        Database database(path_);
        ASSERT_TRUE(database.Add("old"));
        disk_.FailAt(number, DiskFault::kIo, span);
        added = database.Add("new");
        failed = disk_.failures() > 0;
        if (failed) ++failed_adds;
        EXPECT_EQ(added, !failed) << number;
        disk_.Crash();
      }
      disk_.Heal();
      Database after(path_);
      EXPECT_TRUE(after.IsSound()) << number;
      EXPECT_EQ(after.CountOf("old"), 100) << number;
      const int count = after.CountOf("new");
      EXPECT_TRUE(count == 100 || (count == 0 && !added)) << number;
    }
  }
  EXPECT_GT(failed_adds, 10);
}

TEST_F(LossyVfsTest, RefusesSettingsThatMeanNothing) {
  for (const char* const setting :
       {"", "lossy", "lossy:seed=", "lossy:seed=x", "fail:0", "full:-1"}) {
    EXPECT_THAT(disk_.Set(setting),
                StatusIs(absl::StatusCode::kInvalidArgument,
                         absl::StrCat("disk setting '", setting,
                                      "': must be lossy:seed=S, "
                                      "unsynced:seed=S, fail:N or full:N, N "
                                      "from 1")));
  }
  EXPECT_THAT(disk_.Set("lossy:seed=7"), IsOk());
  EXPECT_THAT(disk_.Set("unsynced:seed=7"), IsOk());
  EXPECT_THAT(disk_.Set("fail:17"), IsOk());
  EXPECT_THAT(disk_.Set("full:17"), IsOk());
}

}  // namespace
}  // namespace plumbline::testing
