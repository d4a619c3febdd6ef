#include "triage-service/content/state_directory.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "absl/strings/str_cat.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temporary_directory.h"

namespace plumbline::triage {
namespace {

using ::plumbline::testing::IsOk;
using ::plumbline::testing::StatusIs;
using ::plumbline::testing::TemporaryDirectory;

constexpr char kWhatIsRight[] =
    "; it must be a folder that this process may write to, or may make";

TEST(StateDirectoryTest, AFolderOrOneThatCanBeMadeIsRight) {
  const TemporaryDirectory directory;
  EXPECT_THAT(CheckStateDirectory(directory.path()), IsOk());
  EXPECT_THAT(CheckStateDirectory(directory.path() + "/"), IsOk());
  EXPECT_THAT(CheckStateDirectory(directory.path() + "/a/b"), IsOk());
  EXPECT_FALSE(std::filesystem::exists(directory.path() + "/a"));
  EXPECT_THAT(CheckStateDirectory("not-there-yet"), IsOk());
}

TEST(StateDirectoryTest, AFileIsRefused) {
  const TemporaryDirectory directory;
  const std::string file = directory.path() + "/state";
  std::ofstream(file) << "text";
  EXPECT_THAT(
      CheckStateDirectory(file),
      StatusIs(absl::StatusCode::kInvalidArgument,
               absl::StrCat("'", file, "' is not a folder", kWhatIsRight)));
  EXPECT_THAT(CheckStateDirectory(file + "/below"),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       absl::StrCat("'", file,
                                    "/below' cannot be looked at: "
                                    "Not a directory",
                                    kWhatIsRight)));
}

}  // namespace
}  // namespace plumbline::triage
