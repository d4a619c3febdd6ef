#include "tests/support/status_matchers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace plumbline::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::Pointee;
using ::testing::SizeIs;

TEST(StatusMatchersTest, IsOkReadsStatusAndStatusOr) {
  EXPECT_THAT(absl::OkStatus(), IsOk());
  EXPECT_THAT(absl::StatusOr<int>(1), IsOk());
  EXPECT_THAT(absl::InternalError("disk"), Not(IsOk()));
  EXPECT_THAT(absl::StatusOr<int>(absl::InternalError("disk")), Not(IsOk()));
}

TEST(StatusMatchersTest, IsOkAndHoldsMatchesTheValue) {
  EXPECT_THAT(absl::StatusOr<int>(1), IsOkAndHolds(1));
  EXPECT_THAT(absl::StatusOr<int>(1), Not(IsOkAndHolds(2)));
  EXPECT_THAT(absl::StatusOr<std::string>("ab"), IsOkAndHolds(SizeIs(2)));
  EXPECT_THAT(absl::StatusOr<int>(absl::InternalError("disk")),
              Not(IsOkAndHolds(1)));
}

TEST(StatusMatchersTest, IsOkAndHoldsReadsValuesThatOnlyMove) {
  const absl::StatusOr<std::unique_ptr<int>> held = std::make_unique<int>(3);
  EXPECT_THAT(held, IsOkAndHolds(Pointee(3)));
}

TEST(StatusMatchersTest, StatusIsComparesCodeAndWholeMessage) {
  const absl::Status status = absl::NotFoundError("no item 'x'");
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kNotFound, "no item 'x'"));
  EXPECT_THAT(status, Not(StatusIs(absl::StatusCode::kNotFound, "no item")));
  EXPECT_THAT(status, Not(StatusIs(absl::StatusCode::kInternal)));
}

TEST(StatusMatchersTest, StatusIsTakesMatchersAndStatusOr) {
  const absl::StatusOr<int> failed = absl::NotFoundError("no item 'x'");
  EXPECT_THAT(failed, StatusIs(absl::StatusCode::kNotFound, HasSubstr("item")));
  EXPECT_THAT(absl::StatusOr<int>(1),
              Not(StatusIs(absl::StatusCode::kAborted)));
}

}  // namespace
}  // namespace plumbline::testing
