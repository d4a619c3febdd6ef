#include "common/trust/trust_policy.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "tests/common/trust/samples.h"
#include "tests/faults/faulty_file_system.h"
#include "tests/support/status_matchers.h"

namespace plumbline::trust {
namespace {

using ::testing::ElementsAre;
using testing::IsOk;
using testing::StatusIs;

constexpr char kAudienceLine[] = "audience: 'clinic'\n";

// One key on one line.
std::string Key(const std::string& id, char digit, const std::string& rest) {
  return absl::StrCat("keys { key_id: '", id, "' public_key: '",
                      std::string(64, digit), "' ", rest, " }\n");
}

const std::string& Approver() {
  static const std::string& text =
      *new std::string(Key("approver-1", '1', "roles: KEY_ROLE_APPROVER"));
  return text;
}

TEST(TrustPolicyTest, HasWhatTheFileSays) {
  const absl::StatusOr<TrustPolicy> policy = TrustPolicy::Parse(
      absl::StrCat(
          kAudienceLine, Approver(),
          Key("approver-2", '2', "roles: [KEY_ROLE_APPROVER, KEY_ROLE_ROOT]"),
          "thresholds { role: KEY_ROLE_APPROVER required: 2 }\n",
          "thresholds { pathway_id: 'knee' role: KEY_ROLE_APPROVER\n"
          "             required: 1 }\n",
          "required_properties: ['no-error', 'monotone']\n"),
      "trust.txtpb");
  ASSERT_THAT(policy, IsOk());
  EXPECT_EQ(policy->audience(), "clinic");
  EXPECT_THAT(policy->required_properties(),
              ElementsAre("no-error", "monotone"));
  const TrustedKey* const key = policy->FindKey("approver-2");
  ASSERT_NE(key, nullptr);
  EXPECT_EQ(key->public_key, std::string(32, '\x22'));
  EXPECT_TRUE(key->Holds(content::v1::KEY_ROLE_ROOT));
  EXPECT_FALSE(key->Holds(content::v1::KEY_ROLE_OPERATOR));
  EXPECT_EQ(policy->FindKey("approver-3"), nullptr);
  EXPECT_EQ(policy->Threshold("knee", content::v1::KEY_ROLE_APPROVER), 1);
  EXPECT_EQ(policy->Threshold("hip", content::v1::KEY_ROLE_APPROVER), 2);
}

TEST(TrustPolicyTest, ThresholdThatIsNotGivenIsOneAndForAuthorsNone) {
  const TrustPolicy policy =
      TrustPolicy::Parse(absl::StrCat(kAudienceLine, Approver()), "f").value();
  EXPECT_EQ(policy.Threshold("knee", content::v1::KEY_ROLE_OPERATOR), 1);
  EXPECT_EQ(policy.Threshold("knee", content::v1::KEY_ROLE_AUTHOR), 0);
}

TEST(TrustPolicyTest, IsReadFromAFile) {
  testing::FaultyFileSystem files;
  ASSERT_THAT(
      files.WriteNew("trust.txtpb", absl::StrCat(kAudienceLine, Approver()),
                     file::Access::kReadable),
      IsOk());
  EXPECT_THAT(ReadTrustPolicy(files, "trust.txtpb"), IsOk());
  EXPECT_THAT(ReadTrustPolicy(files, "other.txtpb"),
              StatusIs(absl::StatusCode::kNotFound));
}

struct FaultCase {
  std::string name;
  std::string text;
  std::string fault;
};

class TrustPolicyFaultTest : public ::testing::TestWithParam<FaultCase> {};

TEST_P(TrustPolicyFaultTest, IsExplainedWithItsPlace) {
  // After the text, so that its lines keep their numbers.
  EXPECT_THAT(TrustPolicy::Parse(
                  absl::StrCat(GetParam().text, "\n", kAudienceLine), "f"),
              StatusIs(absl::StatusCode::kInvalidArgument, GetParam().fault));
}

INSTANTIATE_TEST_SUITE_P(
    Files, TrustPolicyFaultTest,
    ::testing::ValuesIn<FaultCase>({
        {"Empty", "", "f: has no keys"},
        {"BadId", Key("Approver", '1', "roles: KEY_ROLE_APPROVER"),
         "f:1:1: keys[0].key_id: 'Approver' is not 1 to 63 characters of "
         "[a-z0-9-]"},
        {"BadKey", "keys { key_id: 'a' public_key: 'AB' roles: KEY_ROLE_ROOT }",
         "f:1:1: keys[0].public_key: must be 64 lower-case hexadecimal "
         "digits"},
        {"NoRole", Key("a", '1', ""),
         "f:1:1: keys[0].roles: needs at least one role"},
        {"RoleThatSignsNothing", Key("a", '1', "roles: KEY_ROLE_UNSPECIFIED"),
         "f:1:1: keys[0].roles: 0 is not a role that signs"},
        {"RoleTwice", Key("a", '1', "roles: [KEY_ROLE_ROOT, KEY_ROLE_ROOT]"),
         "f:1:1: keys[0].roles: KEY_ROLE_ROOT is there twice"},
        {"SameIdTwice",
         absl::StrCat(Approver(),
                      Key("approver-1", '2', "roles: KEY_ROLE_ROOT")),
         "f:2:1: keys[1].key_id: 'approver-1' is there twice"},
        {"SameKeyTwice",
         absl::StrCat(Approver(), Key("b", '1', "roles: KEY_ROLE_ROOT")),
         "f:2:1: keys[1].public_key: is the public key of another key, too"},
        {"ThresholdBeyondTheKeys",
         absl::StrCat(Approver(),
                      Key("b", '2', "roles: KEY_ROLE_APPROVER revoked: true"),
                      "thresholds { role: KEY_ROLE_APPROVER required: 2 }"),
         "f:3:1: thresholds[0].required: 2 is not from 1 to 1, the number of "
         "keys that hold the role approver"},
        {"ThresholdOfNone",
         absl::StrCat(Approver(),
                      "thresholds { role: KEY_ROLE_APPROVER required: 0 }"),
         "f:2:1: thresholds[0].required: 0 is not from 1 to 1, the number of "
         "keys that hold the role approver"},
        {"ThresholdWithoutRole",
         absl::StrCat(Approver(), "thresholds { required: 1 }"),
         "f:2:1: thresholds[0].role: is missing or unknown"},
        {"ThresholdTwice",
         absl::StrCat(Approver(),
                      "thresholds { role: KEY_ROLE_APPROVER required: 1 }\n",
                      "thresholds { role: KEY_ROLE_APPROVER required: 1 }"),
         "f:3:1: thresholds[1]: there is another threshold of role approver "
         "for the same pathway"},
        {"ThresholdOfBadPathway",
         absl::StrCat(Approver(),
                      "thresholds { pathway_id: 'knee-' role: "
                      "KEY_ROLE_APPROVER required: 1 }"),
         "f:2:1: thresholds[0].pathway_id: must be of the form "
         "[a-z]([a-z0-9-]{0,61}[a-z0-9])?, or be left out"},
        {"PropertyThatIsNoWord",
         absl::StrCat(Approver(), "required_properties: 'No Error'"),
         "f:2:1: required_properties[0]: 'No Error' is not 1 to 63 characters "
         "of [a-z0-9-]"},
        {"PropertyTwice",
         absl::StrCat(Approver(), "required_properties: 'floors'\n",
                      "required_properties: 'floors'"),
         "f:3:1: required_properties[1]: 'floors' is there twice"},
        {"TwoFaultsAreToldAtOnce",
         "keys { key_id: '' public_key: '' roles: KEY_ROLE_ROOT }",
         "f:1:1: keys[0].key_id: '' is not 1 to 63 characters of [a-z0-9-]\n"
         "f:1:1: keys[0].public_key: must be 64 lower-case hexadecimal "
         "digits"},
    }),
    [](const auto& instance) { return instance.param.name; });

TEST(TrustPolicyTest, NeedsAnAudience) {
  EXPECT_THAT(TrustPolicy::Parse(Approver(), "f"),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       "f: audience: is missing: the name of this deployment, "
                       "1 to 63 characters of [a-z0-9-]"));
  EXPECT_THAT(TrustPolicy::Parse(
                  absl::StrCat(Approver(), "audience: 'My Clinic'"), "f"),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       "f: audience: 'My Clinic' is not 1 to 63 characters of "
                       "[a-z0-9-]"));
}

}  // namespace
}  // namespace plumbline::trust
