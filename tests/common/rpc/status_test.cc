#include "common/rpc/status.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "common/rpc/error_details.h"
#include "tests/support/status_matchers.h"

namespace plumbline::rpc {
namespace {

using ::testing::IsEmpty;
using testing::IsOk;
using ::testing::SizeIs;
using testing::StatusIs;

TEST(StatusTest, EveryCodeGoesThereAndBack) {
  EXPECT_TRUE(ToGrpcStatus(absl::OkStatus()).ok());
  EXPECT_THAT(FromGrpcStatus(grpc::Status::OK), IsOk());
  for (int code = 1; code <= 16; ++code) {
    const absl::Status status(static_cast<absl::StatusCode>(code), "why");
    EXPECT_EQ(ToGrpcStatus(status).error_code(), code);
    EXPECT_EQ(FromGrpcStatus(ToGrpcStatus(status)).code(), status.code());
  }
}

TEST(StatusTest, DetailsGoThereAndBack) {
  const absl::Status status = WithRetryDelay(
      WithReason(InvalidArgument("name", "is empty"), "R", {{"k", "v"}}),
      absl::Seconds(3));
  const absl::Status back = FromGrpcStatus(ToGrpcStatus(status));
  EXPECT_EQ(back, status);
}

TEST(StatusTest, DetailsComeInTheSameOrderWhateverTheOrderTheyWereAddedIn) {
  const absl::Status first = WithRetryDelay(
      WithReason(absl::UnavailableError("x"), "R"), absl::Seconds(3));
  const absl::Status second = WithReason(
      WithRetryDelay(absl::UnavailableError("x"), absl::Seconds(3)), "R");
  EXPECT_EQ(ToGrpcStatus(first).error_details(),
            ToGrpcStatus(second).error_details());
}

TEST(StatusTest, FaultsOfOursAreHidden) {
  for (const absl::Status& status :
       {absl::InternalError("secret"), absl::UnknownError("secret"),
        absl::DataLossError("secret"),
        WithViolations(absl::InternalError("secret"),
                       {{.path = "secret", .message = "secret"}})}) {
    const grpc::Status sent = ToGrpcStatus(status);
    EXPECT_EQ(sent.error_message(),
              "the service failed to handle this request; its log says why");
    EXPECT_EQ(sent.error_details().find("secret"), std::string::npos);
    EXPECT_EQ(ReasonOf(FromGrpcStatus(sent)), "INTERNAL");
  }
}

TEST(StatusTest, ReasonOfAFaultOfOursIsKept) {
  const absl::Status status = FromGrpcStatus(ToGrpcStatus(WithReason(
      absl::DataLossError("secret"), "STORE_DAMAGED", {{"digest", "d"}})));
  EXPECT_EQ(ReasonOf(status), "STORE_DAMAGED");
  EXPECT_EQ(ReasonMetadataOf(status), (Metadata{{"digest", "d"}}));
}

TEST(StatusTest, TransientErrorsSayWhenToComeBack) {
  EXPECT_EQ(RetryDelayOf(
                FromGrpcStatus(ToGrpcStatus(absl::UnavailableError("later")))),
            absl::Seconds(1));
  EXPECT_EQ(RetryDelayOf(FromGrpcStatus(ToGrpcStatus(WithRetryDelay(
                absl::ResourceExhaustedError("later"), absl::Minutes(1))))),
            absl::Minutes(1));
  EXPECT_EQ(
      RetryDelayOf(FromGrpcStatus(ToGrpcStatus(absl::NotFoundError("no")))),
      std::nullopt);
}

TEST(StatusTest, DetailsThatAreNoneAreLeftAlone) {
  const absl::Status status = FromGrpcStatus(
      grpc::Status(grpc::StatusCode::ABORTED, "why", "\xff\xff"));
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kAborted, "why"));
  EXPECT_EQ(ReasonOf(status), "");
}

pathway::Faults ManyFaults(int count) {
  pathway::Faults faults;
  for (int i = 0; i < count; ++i) {
    faults.push_back({.path = absl::StrCat("answers[", i, "].code"),
                      .message = std::string(60, 'm')});
  }
  return faults;
}

TEST(StatusTest, ViolationsOfAWholeIntakeAreAllSent) {
  const grpc::Status sent = ToGrpcStatus(InvalidArgument(ManyFaults(46)));
  EXPECT_EQ(ViolationsOf(FromGrpcStatus(sent)), ManyFaults(46));
  EXPECT_LE(sent.error_message().size() + sent.error_details().size(),
            kErrorBytesMax);
}

TEST(StatusTest, ViolationsThatNoClientWouldTakeAreCutAndCounted) {
  const grpc::Status sent = ToGrpcStatus(InvalidArgument(ManyFaults(1000)));
  EXPECT_LE(sent.error_message().size() + sent.error_details().size(),
            kErrorBytesMax);
  const absl::Status status = FromGrpcStatus(sent);
  const pathway::Faults violations = ViolationsOf(status);
  ASSERT_GT(violations.size(), 40u);
  EXPECT_EQ(violations.front(), ManyFaults(1).front());
  EXPECT_EQ(violations.back().message,
            absl::StrCat("and ", 1000 - (violations.size() - 1),
                         " more, left out here"));
  EXPECT_EQ(ReasonOf(status), "INVALID_REQUEST");
}

TEST(StatusTest, AMillionViolationsAreCutAndCounted) {
  const grpc::Status sent =
      ToGrpcStatus(InvalidArgument(ManyFaults(1'000'000)));
  EXPECT_LE(sent.error_message().size() + sent.error_details().size(),
            kErrorBytesMax);
  const pathway::Faults violations = ViolationsOf(FromGrpcStatus(sent));
  ASSERT_GT(violations.size(), 40u);
  EXPECT_EQ(violations.front(), ManyFaults(1).front());
  EXPECT_EQ(violations.back().message,
            absl::StrCat("and ", 1'000'000 - (violations.size() - 1),
                         " more, left out here"));
}

TEST(StatusTest, OneHugeViolationIsCutBetweenCharacters) {
  std::string message = "x";
  while (message.size() < 1 << 20) message += "é";
  const grpc::Status sent = ToGrpcStatus(
      InvalidArgument({{.path = std::string(1 << 20, 'p'), .message = message},
                       {.path = "answers", .message = "are missing"}}));
  EXPECT_LE(sent.error_message().size() + sent.error_details().size(),
            kErrorBytesMax);
  const pathway::Faults violations = ViolationsOf(FromGrpcStatus(sent));
  ASSERT_THAT(violations, SizeIs(2));
  EXPECT_EQ(violations[0].path, std::string(256, 'p') + "…");
  EXPECT_EQ(violations[0].message, message.substr(0, 1023) + "…");
  EXPECT_EQ(violations[1].path, "answers");
  EXPECT_EQ(violations[1].message, "are missing");
}

TEST(StatusTest, MetadataThatRepeatsAHugeValueIsCut) {
  const grpc::Status sent = ToGrpcStatus(
      WithReason(absl::FailedPreconditionError("no such key"), "KEY_UNKNOWN",
                 {{"key_id", std::string(1 << 20, 'k')}}));
  EXPECT_LE(sent.error_message().size() + sent.error_details().size(),
            kErrorBytesMax);
  const absl::Status status = FromGrpcStatus(sent);
  EXPECT_EQ(ReasonOf(status), "KEY_UNKNOWN");
  EXPECT_EQ(ReasonMetadataOf(status).at("key_id"), std::string(256, 'k') + "…");
}

TEST(StatusTest, LongMessageIsCutBetweenCharacters) {
  std::string message = "x";
  for (int i = 0; i < 4000; ++i) message += "é";
  const grpc::Status sent = ToGrpcStatus(absl::AbortedError(message));
  EXPECT_EQ(sent.error_message().size(), 1023u + std::string("…").size());
  EXPECT_EQ(sent.error_message().substr(1021), "é…");
}

}  // namespace
}  // namespace plumbline::rpc
