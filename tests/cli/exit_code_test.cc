#include "cli/exit_code.h"

#include <gtest/gtest.h>

#include <sstream>

#include "common/rpc/error_details.h"

namespace plumbline::cli {
namespace {

TEST(ExitCodeTest, SaysWhatKindOfFailureItIs) {
  EXPECT_EQ(ExitCodeOf(absl::OkStatus()), kExitOk);
  EXPECT_EQ(ExitCodeOf(absl::InvalidArgumentError("")), kExitRefused);
  EXPECT_EQ(ExitCodeOf(absl::AbortedError("")), kExitRefused);
  EXPECT_EQ(ExitCodeOf(absl::UnavailableError("")), kExitUnavailable);
  EXPECT_EQ(ExitCodeOf(absl::DeadlineExceededError("")), kExitUnavailable);
  EXPECT_EQ(ExitCodeOf(absl::UnauthenticatedError("")), kExitNotAllowed);
  EXPECT_EQ(ExitCodeOf(absl::PermissionDeniedError("")), kExitNotAllowed);
  EXPECT_EQ(ExitCodeOf(absl::InternalError("")), kExitInternal);
}

std::string Printed(const absl::Status& status) {
  std::ostringstream err;
  PrintError(status, err);
  return err.str();
}

TEST(PrintErrorTest, NamesTheReasonAndWhenToTryAgain) {
  EXPECT_EQ(Printed(rpc::WithRetryDelay(
                rpc::WithReason(absl::UnavailableError("not ready"),
                                "NOT_READY", {{"channel", "stable"}}),
                absl::Seconds(2))),
            "plumb: not ready\n"
            "  reason: NOT_READY channel=stable\n"
            "  try again in 2s\n");
}

TEST(PrintErrorTest, NamesTheCodeOfWhatHasNoMessage) {
  EXPECT_EQ(Printed(absl::AbortedError("")), "plumb: ABORTED\n");
}

TEST(PrintErrorTest, NamesEveryViolationOnce) {
  const absl::Status status =
      rpc::InvalidArgument({{"answers[0].code", "no option"},
                            {"answers[1].integer", "out of range"}});
  const std::string printed = Printed(status);
  for (const char* violation :
       {"answers[0].code: no option", "answers[1].integer: out of range"}) {
    const std::size_t first = printed.find(violation);
    EXPECT_NE(first, std::string::npos) << printed;
    EXPECT_EQ(printed.find(violation, first + 1), std::string::npos) << printed;
  }
}

TEST(ExitCodeTest, IsTheOneThatWasGivenWhateverTheStatus) {
  EXPECT_EQ(ExitCodeOf(UsageError("no server")), kExitUsage);
  EXPECT_EQ(ExitCodeOf(LocalError(absl::PermissionDeniedError(""))),
            kExitRefused);
  EXPECT_EQ(ExitCodeOf(LocalError(absl::ResourceExhaustedError(""))),
            kExitRefused);
  EXPECT_EQ(ExitCodeOf(LocalError(absl::UnavailableError(""))), kExitRefused);
  EXPECT_EQ(ExitCodeOf(LocalError(absl::OkStatus())), kExitOk);
  EXPECT_EQ(
      ExitCodeOf(WithExitCode(absl::AbortedError(""), kExitNotEverywhere)),
      kExitNotEverywhere);
}

TEST(ExitCodeTest, OfAFailureIsNeverThatOfSuccess) {
  EXPECT_EQ(ExitCodeOf(WithExitCode(absl::AbortedError(""), kExitOk)),
            kExitRefused);
}

}  // namespace
}  // namespace plumbline::cli
