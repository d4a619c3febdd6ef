#include "common/rpc/error_details.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/status_matchers.h"

namespace plumbline::rpc {
namespace {

using ::testing::IsEmpty;
using testing::StatusIs;

const pathway::Faults& TwoFaults() {
  static const auto& faults = *new pathway::Faults{
      {.path = "answers[0].code", .message = "no option 'maybe'"},
      {.path = "rules[R-E01].when",
       .message = "no item 'em.blader'",
       .place = {.file = "rules.txtpb", .line = 12, .column = 3}}};
  return faults;
}

TEST(ErrorDetailsTest, InvalidArgumentCarriesEveryViolation) {
  const absl::Status status = InvalidArgument(TwoFaults());
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kInvalidArgument,
                               "answers[0].code: no option 'maybe'\n"
                               "rules[R-E01].when: rules.txtpb:12:3: no item "
                               "'em.blader'"));
  EXPECT_EQ(ReasonOf(status), "INVALID_REQUEST");
  EXPECT_EQ(ViolationsOf(status),
            (pathway::Faults{
                {.path = "answers[0].code", .message = "no option 'maybe'"},
                {.path = "rules[R-E01].when",
                 .message = "rules.txtpb:12:3: no item 'em.blader'"}}));
}

TEST(ErrorDetailsTest, InvalidArgumentOfOneField) {
  EXPECT_THAT(InvalidArgument("page_size", "must not be negative"),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       "page_size: must not be negative"));
}

TEST(ErrorDetailsTest, ReasonAndMetadataAreRead) {
  const absl::Status status =
      WithReason(absl::AbortedError("stale"), "STALE_MOVE", {{"epoch", "1"}});
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kAborted, "stale"));
  EXPECT_EQ(ReasonOf(status), "STALE_MOVE");
  EXPECT_EQ(ReasonMetadataOf(status), (Metadata{{"epoch", "1"}}));
}

TEST(ErrorDetailsTest, RetryDelayIsReadToTheNanosecond) {
  const absl::Duration delay = absl::Seconds(2) + absl::Nanoseconds(5);
  EXPECT_EQ(
      RetryDelayOf(WithRetryDelay(absl::UnavailableError("later"), delay)),
      delay);
}

TEST(ErrorDetailsTest, OfAStatusWithoutThemAreEmpty) {
  const absl::Status status = absl::NotFoundError("no");
  EXPECT_EQ(ReasonOf(status), "");
  EXPECT_THAT(ReasonMetadataOf(status), IsEmpty());
  EXPECT_THAT(ViolationsOf(status), IsEmpty());
  EXPECT_EQ(RetryDelayOf(status), std::nullopt);
  EXPECT_EQ(ReasonOf(absl::OkStatus()), "");
}

TEST(ErrorDetailsTest, NotBuiltNamesTheMethod) {
  const absl::Status status = NotBuilt("TriageService.Backtest");
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kUnimplemented,
                               "TriageService.Backtest is not built yet; see "
                               "docs/status.md"));
  EXPECT_EQ(ReasonOf(status), "METHOD_NOT_BUILT");
  EXPECT_EQ(ReasonMetadataOf(status),
            (Metadata{{"method", "TriageService.Backtest"}}));
}

}  // namespace
}  // namespace plumbline::rpc
