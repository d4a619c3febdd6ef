// The file system that fails, used as its users do. What they make of it is
// tested with them (tests/common/file/file_system_test.cc and others).

#include "tests/faults/faulty_file_system.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/status_matchers.h"

namespace plumbline::testing {
namespace {

using ::testing::ElementsAre;

constexpr absl::StatusCode kFull = absl::StatusCode::kResourceExhausted;
constexpr absl::StatusCode kUnavailable = absl::StatusCode::kUnavailable;

class FaultyFileSystemTest : public ::testing::Test {
 protected:
  absl::Status Write(const std::string& path) {
    return files_.WriteNew(path, "bytes", file::Access::kReadable);
  }

  FaultyFileSystem files_;
};

TEST_F(FaultyFileSystemTest, FailsOnce) {
  files_.FailAt(2);
  EXPECT_THAT(Write("d/1"), IsOk());
  EXPECT_THAT(Write("d/2"), StatusIs(kFull));
  EXPECT_THAT(Write("d/3"), IsOk());
  EXPECT_THAT(files_.Read("d/2"), IsOkAndHolds("by"));
}

TEST_F(FaultyFileSystemTest, IsFullFromThenOnAndLetsFilesGo) {
  files_.FailFrom(2);
  EXPECT_THAT(Write("d/1"), IsOk());
  EXPECT_THAT(Write("d/2"), StatusIs(kFull));
  EXPECT_THAT(Write("d/3"), StatusIs(kFull));
  EXPECT_THAT(files_.Rename("d/1", "d/4"), StatusIs(kFull));
  EXPECT_THAT(files_.Remove("d/2"), IsOk());
  EXPECT_THAT(files_.Read("d/1"), IsOkAndHolds("bytes"));
  files_.Restart(AfterCrash::kKeepsNames);
  EXPECT_THAT(Write("d/2"), IsOk());
}

TEST_F(FaultyFileSystemTest, FailsToReadOnce) {
  ASSERT_THAT(Write("d/1"), IsOk());
  files_.FailReadAt(2);
  EXPECT_THAT(files_.Exists("d/1"), IsOkAndHolds(true));
  EXPECT_THAT(files_.Read("d/1"), StatusIs(kUnavailable));
  EXPECT_THAT(files_.Read("d/1"), IsOkAndHolds("bytes"));
  files_.FailReadAt(1);
  EXPECT_THAT(files_.List("d"), StatusIs(kUnavailable));
  files_.FailReadAt(1);
  EXPECT_THAT(files_.AccessOf("d/1"), StatusIs(kUnavailable));
}

TEST_F(FaultyFileSystemTest, LosesNamesThatWereNotSynced) {
  ASSERT_THAT(Write("d/1"), IsOk());
  ASSERT_THAT(files_.SyncDirectory("d"), IsOk());
  ASSERT_THAT(Write("d/2"), IsOk());
  files_.CrashAt(1);
  EXPECT_THAT(Write("d/3"), StatusIs(kUnavailable));
  EXPECT_THAT(files_.Read("d/1"), StatusIs(kUnavailable));
  files_.Restart(AfterCrash::kLosesNames);
  EXPECT_THAT(files_.List("d"), IsOkAndHolds(ElementsAre("1")));
}

}  // namespace
}  // namespace plumbline::testing
