#include "common/trust/canonical.h"

#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "plumbline/content/v1/trust.pb.h"
#include "tests/support/status_matchers.h"

namespace plumbline::trust {
namespace {

using content::v1::Statement;
using content::v1::TrustPolicy;
using testing::IsOk;
using testing::StatusIs;

Statement SampleStatement() {
  Statement statement;
  statement.set_pathway_id("back-pain");
  statement.set_reason("because");
  return statement;
}

TEST(CanonicalTest, ParsesItsOwnBytes) {
  Statement parsed;
  EXPECT_THAT(ParseCanonical(CanonicalBytes(SampleStatement()), "the statement",
                             &parsed),
              IsOk());
  EXPECT_EQ(parsed.reason(), "because");
}

TEST(CanonicalTest, RefusesBytesThatDoNotParse) {
  Statement parsed;
  EXPECT_THAT(ParseCanonical("\x12\x7f", "the statement", &parsed),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       "the statement does not parse as "
                       "plumbline.content.v1.Statement"));
}

TEST(CanonicalTest, RefusesFieldsInAnotherOrder) {
  Statement first;
  first.set_reason("because");
  Statement second;
  second.set_pathway_id("back-pain");
  Statement parsed;
  EXPECT_THAT(ParseCanonical(
                  absl::StrCat(CanonicalBytes(first), CanonicalBytes(second)),
                  "the statement", &parsed),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       "the statement is not in canonical form"));
}

TEST(CanonicalTest, RefusesADefaultThatIsWrittenOut) {
  Statement parsed;
  EXPECT_THAT(ParseCanonical(absl::string_view("\x40\x00", 2), "the statement",
                             &parsed),
              StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST(CanonicalTest, NamesAnUnknownFieldAtAnyDepth) {
  TrustPolicy policy;
  policy.add_keys();
  // Field 99 of the second key.
  policy.add_keys()->ParseFromString("\x98\x06\x01");
  EXPECT_EQ(UnknownFieldIn(policy), "keys[1].#99");

  TrustPolicy parsed;
  EXPECT_THAT(ParseCanonical(CanonicalBytes(policy), "the policy", &parsed),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       "the policy has an unknown field: keys[1].#99"));
}

TEST(CanonicalTest, NamesAnUnknownFieldOfASingleMember) {
  Statement statement = SampleStatement();
  statement.mutable_sign_time()->ParseFromString("\x98\x06\x01");
  EXPECT_EQ(UnknownFieldIn(statement), "sign_time.#99");
  EXPECT_EQ(UnknownFieldIn(SampleStatement()), "");
}

}  // namespace
}  // namespace plumbline::trust
