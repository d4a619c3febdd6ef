#include "common/trust/statement.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "common/trust/canonical.h"
#include "common/trust/digest.h"
#include "google/protobuf/text_format.h"
#include "tests/common/trust/samples.h"
#include "tests/support/status_matchers.h"

namespace plumbline::trust {
namespace {

using content::v1::Statement;
using testing::IsOk;
using testing::StatusIs;

Statement SampleApproval() {
  Statement statement = SampleStatement(content::v1::STATEMENT_KIND_APPROVAL);
  statement.set_report_digest(Sha256Hex("report"));
  return statement;
}

TEST(StatementTest, OpensWithItsKindAndAZeroByte) {
  const absl::StatusOr<std::string> bytes = EncodeStatement(SampleApproval());
  ASSERT_THAT(bytes, IsOk());
  const std::string prefix("plumbline/approval/v1\0", 22);
  EXPECT_EQ(bytes->substr(0, prefix.size()), prefix);
  EXPECT_EQ(bytes->substr(prefix.size()), CanonicalBytes(SampleApproval()));
}

TEST(StatementTest, IsReadAsItWasWritten) {
  const Statement move = SampleMove(1, 2, Sha256Hex("move 1"));
  const absl::StatusOr<Statement> parsed =
      ParseStatement(EncodeStatement(move).value());
  ASSERT_THAT(parsed, IsOk());
  EXPECT_EQ(CanonicalBytes(*parsed), CanonicalBytes(move));
  EXPECT_EQ(SignTime(*parsed), absl::FromUnixSeconds(1'800'000'000));
}

TEST(StatementTest, OfAnotherPrefixIsRefused) {
  for (const std::string& bytes :
       {std::string(), std::string("plumbline/approval/v1"),
        absl::StrCat("plumbline/approval/v2", std::string(1, '\0')),
        CanonicalBytes(SampleApproval())}) {
    EXPECT_THAT(ParseStatement(bytes),
                StatusIs(absl::StatusCode::kInvalidArgument,
                         "the statement does not open with "
                         "plumbline/<kind>/v1 of a known kind"));
  }
}

TEST(StatementTest, WhosePrefixIsOfAnotherKindIsRefused) {
  const std::string bytes = absl::StrReplaceAll(
      EncodeStatement(SampleApproval()).value(), {{"approval", "withdrawal"}});
  EXPECT_THAT(ParseStatement(bytes),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       "the statement opens as 'withdrawal' but its kind is "
                       "'approval'"));
}

TEST(StatementTest, WithBytesAfterItsEndIsRefused) {
  const std::string bytes = EncodeStatement(SampleApproval()).value();
  EXPECT_THAT(ParseStatement(bytes + "\x98\x06\x01"),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       "the statement has an unknown field: #99"));
}

struct FaultCase {
  std::string name;
  Statement statement;
  std::string change;  // Text format, merged into the statement.
  std::string fault;
};

class StatementFaultTest : public ::testing::TestWithParam<FaultCase> {};

TEST_P(StatementFaultTest, IsExplained) {
  Statement statement = GetParam().statement;
  ASSERT_TRUE(google::protobuf::TextFormat::MergeFromString(GetParam().change,
                                                            &statement));
  EXPECT_THAT(EncodeStatement(statement),
              StatusIs(absl::StatusCode::kInvalidArgument, GetParam().fault));
}

constexpr char kDigestFault[] = "must be 64 lower-case hexadecimal digits";

INSTANTIATE_TEST_SUITE_P(
    Fields, StatementFaultTest,
    ::testing::ValuesIn<FaultCase>({
        {"WithoutKind", {}, "", "statement: kind: is missing or unknown"},
        {"OfUnknownKind",
         {},
         "kind: 99",
         "statement: kind: is missing or unknown"},
        {"WithBadPathway", SampleApproval(), "pathway_id: 'Back Pain'",
         "statement: pathway_id: must be of the form "
         "[a-z]([a-z0-9-]{0,61}[a-z0-9])?"},
        {"WithPathwayThatNoNameHas", SampleApproval(), "pathway_id: 'back-'",
         "statement: pathway_id: must be of the form "
         "[a-z]([a-z0-9-]{0,61}[a-z0-9])?"},
        {"WithChannelThatNoNameHas", SampleMove(1, 1, ""), "channel_id: '1st'",
         "statement: channel_id: must be of the form "
         "[a-z]([a-z0-9-]{0,61}[a-z0-9])?"},
        {"WithBadDigest", SampleApproval(), "digest: 'ab'",
         absl::StrCat("statement: digest: ", kDigestFault)},
        {"WithBadAudience", SampleApproval(), "audience: 'Clinic'",
         "statement: audience: must be 1 to 63 characters of [a-z0-9-]"},
        {"WithoutAudience", SampleApproval(), "audience: ''",
         "statement: audience: must be 1 to 63 characters of [a-z0-9-]"},
        {"WithRoleOfAnotherKind", SampleApproval(), "role: KEY_ROLE_OPERATOR",
         "statement: role: must be KEY_ROLE_APPROVER"},
        {"WithPartOfASecond", SampleApproval(), "sign_time { nanos: 1 }",
         "statement: sign_time: must be a time in whole seconds after 1970"},
        {"WithBadReport", SampleApproval(), "report_digest: 'ab'",
         absl::StrCat("statement: report_digest: ", kDigestFault)},
        {"WithSurplusFields", SampleApproval(),
         "channel_id: 'stable' epoch: 1 move_number: 1 reason: 'x' "
         "release_number: 3 previous_move_hash: 'x'",
         "statement: release_number: is not a field of kind 'approval'\n"
         "statement: channel_id: is not a field of kind 'approval'\n"
         "statement: epoch: is not a field of kind 'approval'\n"
         "statement: move_number: is not a field of kind 'approval'\n"
         "statement: previous_move_hash: is not a field of kind 'approval'\n"
         "statement: reason: is not a field of kind 'approval'"},
        {"PublicationWithoutRelease",
         SampleStatement(content::v1::STATEMENT_KIND_PUBLICATION), "",
         absl::StrCat("statement: report_digest: ", kDigestFault,
                      "\nstatement: release_number: must be at least 1")},
        {"MoveWithoutItsFields",
         SampleStatement(content::v1::STATEMENT_KIND_MOVE), "",
         absl::StrCat("statement: channel_id: must be of the form "
                      "[a-z]([a-z0-9-]{0,61}[a-z0-9])?\n"
                      "statement: epoch: must be at least 1\n"
                      "statement: move_number: must be at least 1\n"
                      "statement: previous_move_hash: ",
                      kDigestFault,
                      "\nstatement: reason: must be 1 to 1000 bytes")},
        {"MoveWithReport", SampleMove(1, 1, ""), "report_digest: 'x'",
         "statement: report_digest: is not a field of kind 'move'"},
        {"FirstMoveWithPrevious", SampleMove(1, 1, Sha256Hex("x")), "",
         "statement: previous_move_hash: must be empty: there is no move "
         "before the first"},
        {"LaterMoveWithoutPrevious", SampleMove(1, 2, ""), "",
         absl::StrCat("statement: previous_move_hash: ", kDigestFault)},
        {"EpochThatDoesNotOpenOne", SampleMove(2, 1, Sha256Hex("x")),
         "move_number: 2",
         "statement: move_number: must be 1: an epoch opens with its first "
         "move"},
        {"MoveThatOpensAnEpoch", SampleMove(1, 2, Sha256Hex("x")),
         "epoch: 2 move_number: 1",
         "statement: move_number: must be at least 2"},
        {"WithLongReason", SampleMove(1, 1, ""),
         absl::StrCat("reason: '", std::string(1001, 'x'), "'"),
         "statement: reason: must be 1 to 1000 bytes"},
    }),
    [](const auto& instance) { return instance.param.name; });

TEST(StatementTest, ReasonMayHaveAThousandBytes) {
  Statement move = SampleMove(1, 1, "");
  move.set_reason(std::string(kReasonBytesMax, 'x'));
  EXPECT_THAT(EncodeStatement(move), IsOk());
}

TEST(StatementTest, EveryKindHasAWordAndAllButTheGateReportARole) {
  for (int kind = content::v1::StatementKind_MIN;
       kind <= content::v1::StatementKind_MAX; ++kind) {
    const auto value = static_cast<content::v1::StatementKind>(kind);
    const bool exists = kind != content::v1::STATEMENT_KIND_UNSPECIFIED;
    EXPECT_EQ(WordOf(value).empty(), !exists) << kind;
    const bool is_signed =
        exists && kind != content::v1::STATEMENT_KIND_GATE_REPORT;
    EXPECT_EQ(WordOf(SigningRole(value)).empty(), !is_signed) << kind;
  }
}

}  // namespace
}  // namespace plumbline::trust
