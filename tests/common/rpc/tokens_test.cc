#include "common/rpc/tokens.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "common/trust/digest.h"
#include "tests/faults/faulty_file_system.h"
#include "tests/support/status_matchers.h"

namespace plumbline::rpc {
namespace {

using ::testing::ElementsAre;
using testing::IsOk;
using testing::IsOkAndHolds;
using ::testing::SizeIs;
using testing::StatusIs;

std::string SampleFile() {
  return absl::StrCat(
      "principals { name: 'kiosk' roles: ROLE_ASSESSOR\n  token_sha256: ['",
      TokenHash("old"), "', '", TokenHash("new"), "'] }\n",
      "principals { name: 'ann@clinic.example' roles: [ROLE_AUTHOR, "
      "ROLE_READER]\n  token_sha256: '",
      TokenHash("ann's"), "' }\n");
}

TEST(TokenTableTest, FindsThePrincipalByEachOfItsTokens) {
  const absl::StatusOr<TokenTable> table =
      TokenTable::Parse(SampleFile(), "tokens");
  ASSERT_THAT(table, IsOk());
  ASSERT_NE(table->Find("old"), nullptr);
  EXPECT_EQ(table->Find("old"), table->Find("new"));
  EXPECT_EQ(table->Find("old")->name, "kiosk");
  const Principal* const ann = table->Find("ann's");
  ASSERT_NE(ann, nullptr);
  EXPECT_THAT(ann->roles,
              ElementsAre(auth::v1::ROLE_AUTHOR, auth::v1::ROLE_READER));
  EXPECT_TRUE(ann->Holds(auth::v1::ROLE_READER));
  EXPECT_FALSE(ann->Holds(auth::v1::ROLE_OPERATOR));
}

TEST(TokenTableTest, KnowsNoOtherToken) {
  const TokenTable table = TokenTable::Parse(SampleFile(), "tokens").value();
  EXPECT_EQ(table.Find(""), nullptr);
  EXPECT_EQ(table.Find("ol"), nullptr);
  EXPECT_EQ(table.Find("old "), nullptr);
  EXPECT_EQ(table.Find(TokenHash("old")), nullptr);
  EXPECT_EQ(table.Find(std::string(1 << 20, 'x')), nullptr);
}

TEST(TokenTableTest, IsReadFromAFile) {
  testing::FaultyFileSystem files;
  ASSERT_THAT(files.WriteNew("t", SampleFile(), file::Access::kOwnerOnly),
              IsOk());
  EXPECT_THAT(ReadTokenTable(files, "t"), IsOk());
  EXPECT_THAT(ReadTokenTable(files, "u"),
              StatusIs(absl::StatusCode::kNotFound));
}

TEST(NewTokenTest, IsLongAndNeverTheSame) {
  EXPECT_THAT(NewToken(), SizeIs(43));
  EXPECT_NE(NewToken(), NewToken());
  EXPECT_TRUE(trust::IsDigest(TokenHash(NewToken())));
}

TEST(WordOfTest, IsTheRoleInLowerCase) {
  EXPECT_EQ(WordOf(auth::v1::ROLE_READER), "reader");
}

struct FaultCase {
  std::string name;
  std::string text;
  std::string fault;
};

class TokenTableFaultTest : public ::testing::TestWithParam<FaultCase> {};

TEST_P(TokenTableFaultTest, IsExplainedWithItsPlace) {
  EXPECT_THAT(TokenTable::Parse(GetParam().text, "f"),
              StatusIs(absl::StatusCode::kInvalidArgument, GetParam().fault));
}

std::string Line(const std::string& name, const std::string& roles,
                 const std::string& hash) {
  return absl::StrCat("principals { name: '", name, "' ", roles,
                      " token_sha256: '", hash, "' }\n");
}

INSTANTIATE_TEST_SUITE_P(
    Files, TokenTableFaultTest,
    ::testing::ValuesIn<FaultCase>({
        {"Empty", "", "f: has no principals"},
        {"NotText", "principals {", "f:1:13: Expected identifier, got: "},
        {"BadName", Line("a b", "roles: ROLE_READER", TokenHash("1")),
         "f:1:1: principals[0].name: 'a b' is not 1 to 128 characters of "
         "[A-Za-z0-9._@:/-]"},
        {"NameTwice",
         absl::StrCat(Line("a", "roles: ROLE_READER", TokenHash("1")),
                      Line("a", "roles: ROLE_READER", TokenHash("2"))),
         "f:2:1: principals[1].name: 'a' is there twice"},
        {"NoRole", Line("a", "", TokenHash("1")),
         "f:1:1: principals[0].roles: needs at least one role"},
        {"RoleThatIsNone", Line("a", "roles: ROLE_UNSPECIFIED", TokenHash("1")),
         "f:1:1: principals[0].roles: 0 is not a role"},
        {"RoleTwice",
         Line("a", "roles: [ROLE_READER, ROLE_READER]", TokenHash("1")),
         "f:1:1: principals[0].roles: ROLE_READER is there twice"},
        {"NoToken", "principals { name: 'a' roles: ROLE_READER }",
         "f:1:1: principals[0].token_sha256: needs at least one hash"},
        {"TokenInsteadOfHash", Line("a", "roles: ROLE_READER", "secret"),
         "f:1:1: principals[0].token_sha256: must be 64 lower-case hexadecimal "
         "digits, the SHA-256 of a token and never the token"},
        {"SharedToken",
         absl::StrCat(Line("a", "roles: ROLE_READER", TokenHash("1")),
                      Line("b", "roles: ROLE_READER", TokenHash("1"))),
         absl::StrCat("f:2:1: principals[1].token_sha256: ", TokenHash("1"),
                      " is there twice")},
    }),
    [](const auto& instance) { return instance.param.name; });

class ClientTokenTest : public ::testing::Test {
 protected:
  absl::StatusOr<std::string> Read(const std::string& bytes,
                                   file::Access access) {
    EXPECT_THAT(files_.WriteNew("token", bytes, access), IsOk());
    return ReadClientToken(files_, "token");
  }

  testing::FaultyFileSystem files_;
};

TEST_F(ClientTokenTest, IsOneLine) {
  EXPECT_THAT(Read("abc\n", file::Access::kOwnerOnly), IsOkAndHolds("abc"));
}

TEST_F(ClientTokenTest, ThatOthersMayReadIsRefused) {
  EXPECT_THAT(Read("abc\n", file::Access::kReadable),
              StatusIs(absl::StatusCode::kPermissionDenied,
                       "token file 'token' may be read by others than its "
                       "owner; set its mode to 0600"));
}

TEST_F(ClientTokenTest, OfTwoLinesIsRefused) {
  EXPECT_THAT(Read("abc\ndef\n", file::Access::kOwnerOnly),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       "token file 'token' must hold one token on one line"));
}

TEST_F(ClientTokenTest, ThatIsEmptyIsRefused) {
  EXPECT_THAT(Read("\n", file::Access::kOwnerOnly),
              StatusIs(absl::StatusCode::kInvalidArgument));
}

}  // namespace
}  // namespace plumbline::rpc
