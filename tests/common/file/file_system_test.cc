#include "common/file/file_system.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <string>

#include "absl/strings/str_cat.h"
#include "tests/faults/faulty_file_system.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temporary_directory.h"

namespace plumbline::file {
namespace {

using testing::AfterCrash;
using ::testing::AnyOf;
using ::testing::ElementsAre;
using testing::FaultyFileSystem;
using ::testing::HasSubstr;
using testing::IsOk;
using testing::IsOkAndHolds;
using testing::StatusIs;

class PosixFileSystemTest : public ::testing::Test {
 protected:
  std::string In(const std::string& name) const {
    return absl::StrCat(folder_.path(), "/", name);
  }

  testing::TemporaryDirectory folder_;
  FileSystem& files_ = PosixFileSystem();
};

TEST_F(PosixFileSystemTest, ReadsWhatWasWritten) {
  const std::string bytes = absl::StrCat("a", std::string(1 << 17, '\0'), "z");
  ASSERT_THAT(files_.WriteNew(In("f"), bytes, Access::kReadable), IsOk());
  EXPECT_THAT(files_.Read(In("f")), IsOkAndHolds(bytes));
}

TEST_F(PosixFileSystemTest, ReadOfMissingFileNamesIt) {
  EXPECT_THAT(files_.Read(In("f")),
              StatusIs(absl::StatusCode::kNotFound,
                       absl::StrCat("cannot read '", In("f"),
                                    "': No such file or directory")));
}

TEST_F(PosixFileSystemTest, WriteNewNeverOverwrites) {
  ASSERT_THAT(files_.WriteNew(In("f"), "old", Access::kReadable), IsOk());
  EXPECT_THAT(
      files_.WriteNew(In("f"), "new", Access::kReadable),
      StatusIs(absl::StatusCode::kAlreadyExists,
               absl::StrCat("cannot create '", In("f"), "': File exists")));
  EXPECT_THAT(files_.Read(In("f")), IsOkAndHolds("old"));
}

TEST_F(PosixFileSystemTest, WriteIntoMissingFolderFails) {
  EXPECT_THAT(files_.WriteNew(In("a/f"), "x", Access::kReadable),
              StatusIs(absl::StatusCode::kNotFound));
}

TEST_F(PosixFileSystemTest, OwnerOnlyFileIsNotReadableByOthers) {
  ASSERT_THAT(files_.WriteNew(In("key"), "x", Access::kOwnerOnly), IsOk());
  EXPECT_THAT(files_.AccessOf(In("key")), IsOkAndHolds(Access::kOwnerOnly));
  ASSERT_EQ(chmod(In("key").c_str(), 0640), 0);
  EXPECT_THAT(files_.AccessOf(In("key")), IsOkAndHolds(Access::kReadable));
}

TEST_F(PosixFileSystemTest, RenameReplaces) {
  ASSERT_THAT(files_.WriteNew(In("a"), "new", Access::kReadable), IsOk());
  ASSERT_THAT(files_.WriteNew(In("b"), "old", Access::kReadable), IsOk());
  ASSERT_THAT(files_.Rename(In("a"), In("b")), IsOk());
  EXPECT_THAT(files_.Read(In("b")), IsOkAndHolds("new"));
  EXPECT_THAT(files_.Exists(In("a")), IsOkAndHolds(false));
  EXPECT_THAT(files_.Rename(In("a"), In("b")),
              StatusIs(absl::StatusCode::kNotFound));
}

TEST_F(PosixFileSystemTest, ListsNamesInOrder) {
  ASSERT_THAT(files_.WriteNew(In("b"), "", Access::kReadable), IsOk());
  ASSERT_THAT(files_.WriteNew(In("a"), "", Access::kReadable), IsOk());
  ASSERT_THAT(files_.CreateDirectories(In("c/d")), IsOk());
  EXPECT_THAT(files_.List(folder_.path()),
              IsOkAndHolds(ElementsAre("a", "b", "c")));
  EXPECT_THAT(files_.List(In("x")), StatusIs(absl::StatusCode::kNotFound));
}

TEST_F(PosixFileSystemTest, CreateDirectoriesTwiceIsNoError) {
  EXPECT_THAT(files_.CreateDirectories(In("a/b")), IsOk());
  EXPECT_THAT(files_.CreateDirectories(In("a/b")), IsOk());
  ASSERT_THAT(files_.WriteNew(In("f"), "", Access::kReadable), IsOk());
  EXPECT_THAT(files_.CreateDirectories(In("f/g")),
              StatusIs(absl::StatusCode::kNotFound));
}

// The new names are synced in the folder that they stand in, which for these is
// the working directory and the root of a path that ends in a slash.
TEST_F(PosixFileSystemTest, CreatesDirectoriesByEveryFormOfPath) {
  const std::filesystem::path before = std::filesystem::current_path();
  std::filesystem::current_path(folder_.path());
  EXPECT_THAT(files_.CreateDirectories("a"), IsOk());
  EXPECT_THAT(files_.CreateDirectories("b/c"), IsOk());
  EXPECT_THAT(files_.CreateDirectories("./d/e/"), IsOk());
  std::filesystem::current_path(before);
  EXPECT_THAT(files_.CreateDirectories("/"), IsOk());
  EXPECT_THAT(files_.List(folder_.path()),
              IsOkAndHolds(ElementsAre("a", "b", "d")));
  EXPECT_THAT(files_.List(In("d")), IsOkAndHolds(ElementsAre("e")));
}

TEST_F(PosixFileSystemTest, RemoveOfMissingFileFails) {
  EXPECT_THAT(files_.Remove(In("f")), StatusIs(absl::StatusCode::kNotFound));
  ASSERT_THAT(files_.WriteNew(In("f"), "", Access::kReadable), IsOk());
  EXPECT_THAT(files_.Remove(In("f")), IsOk());
  EXPECT_THAT(files_.Exists(In("f")), IsOkAndHolds(false));
}

TEST_F(PosixFileSystemTest, SyncOfMissingFolderFails) {
  EXPECT_THAT(files_.SyncDirectory(folder_.path()), IsOk());
  EXPECT_THAT(files_.SyncDirectory(In("x")),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("cannot sync")));
}

TEST_F(PosixFileSystemTest, WritesAtomically) {
  ASSERT_THAT(WriteFileAtomically(files_, In("f"), "old"), IsOk());
  ASSERT_THAT(WriteFileAtomically(files_, In("f"), "new"), IsOk());
  EXPECT_THAT(files_.Read(In("f")), IsOkAndHolds("new"));
  EXPECT_THAT(files_.List(folder_.path()), IsOkAndHolds(ElementsAre("f")));
}

TEST(DirectoryOfTest, IsWhatStandsBeforeTheLastSlash) {
  EXPECT_EQ(DirectoryOf("a/b/c"), "a/b");
  EXPECT_EQ(DirectoryOf("/c"), "/");
  EXPECT_EQ(DirectoryOf("c"), ".");
}

// More than the operations of one write.
constexpr int kOperationsMax = 6;

TEST(WriteFileAtomicallySweepTest, TakesAtMostTheOperationsThatAreSwept) {
  FaultyFileSystem files;
  ASSERT_THAT(WriteFileAtomically(files, "dir/f", "old bytes"), IsOk());
  EXPECT_LT(files.operations(), kOperationsMax);
}

TEST(WriteFileAtomicallySweepTest, CrashLeavesOldOrNewAndTheNextWriteWorks) {
  for (const AfterCrash after :
       {AfterCrash::kLosesNames, AfterCrash::kKeepsNames}) {
    for (int number = 1; number <= kOperationsMax; ++number) {
      SCOPED_TRACE(absl::StrCat("crash at ", number));
      FaultyFileSystem files;
      ASSERT_THAT(WriteFileAtomically(files, "dir/f", "old bytes"), IsOk());
      files.CrashAt(number);
      const bool written =
          WriteFileAtomically(files, "dir/f", "new bytes").ok();
      files.Restart(after);
      if (written) {
        EXPECT_THAT(files.Read("dir/f"), IsOkAndHolds("new bytes"));
      } else {
        EXPECT_THAT(files.Read("dir/f"),
                    IsOkAndHolds(AnyOf("old bytes", "new bytes")));
      }
      EXPECT_THAT(WriteFileAtomically(files, "dir/f", "third"), IsOk());
      EXPECT_THAT(files.Read("dir/f"), IsOkAndHolds("third"));
    }
  }
}

TEST(WriteFileAtomicallySweepTest, FailureLeavesOldOrNewAndTheNextWriteWorks) {
  for (int number = 1; number < kOperationsMax; ++number) {
    SCOPED_TRACE(absl::StrCat("failure at ", number));
    FaultyFileSystem files;
    ASSERT_THAT(WriteFileAtomically(files, "dir/f", "old bytes"), IsOk());
    files.FailAt(number);
    const absl::Status status =
        WriteFileAtomically(files, "dir/f", "new bytes");
    files.Restart(AfterCrash::kKeepsNames);
    EXPECT_THAT(files.Read("dir/f"),
                IsOkAndHolds(status.ok() ? AnyOf("new bytes", "new bytes")
                                         : AnyOf("old bytes", "new bytes")));
    EXPECT_THAT(WriteFileAtomically(files, "dir/f", "third"), IsOk());
    EXPECT_THAT(files.Read("dir/f"), IsOkAndHolds("third"));
  }
}

TEST(WriteFileAtomicallySweepTest, FirstWriteThatCrashesLeavesNothingOrAll) {
  for (int number = 1; number < kOperationsMax; ++number) {
    SCOPED_TRACE(absl::StrCat("crash at ", number));
    FaultyFileSystem files;
    files.CrashAt(number);
    const bool written = WriteFileAtomically(files, "dir/f", "new bytes").ok();
    files.Restart(AfterCrash::kLosesNames);
    const absl::StatusOr<std::string> bytes = files.Read("dir/f");
    if (written || bytes.ok()) {
      EXPECT_THAT(bytes, IsOkAndHolds("new bytes"));
    } else {
      EXPECT_THAT(bytes, StatusIs(absl::StatusCode::kNotFound));
    }
  }
}

}  // namespace
}  // namespace plumbline::file
