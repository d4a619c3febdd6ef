#include "common/rpc/admit.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "absl/strings/str_cat.h"
#include "common/rpc/error_details.h"
#include "plumbline/content/v1/content_service.pb.h"
#include "plumbline/triage/v1/triage_service.pb.h"
#include "tests/support/status_matchers.h"

namespace plumbline::rpc {
namespace {

using testing::IsOk;
using testing::StatusIs;

// A principal for each role, named and with a token like it.
TokenTable OneOfEachRole() {
  std::string text;
  for (int role = auth::v1::ROLE_READER; role <= auth::v1::Role_MAX; ++role) {
    const std::string word = WordOf(static_cast<auth::v1::Role>(role));
    absl::StrAppend(&text, "principals { name: '", word,
                    "' roles: ", auth::v1::Role_Name(role), " token_sha256: '",
                    TokenHash(word), "' }\n");
  }
  return TokenTable::Parse(text, "tokens").value();
}

AccessTable BothServices() {
  // The types are named so that the linker keeps them.
  EXPECT_NE(content::v1::GetReleaseRequest::descriptor(), nullptr);
  EXPECT_NE(triage::v1::AssessRequest::descriptor(), nullptr);
  return AccessTable::Read({"plumbline.content.v1.ContentService",
                            "plumbline.triage.v1.TriageService"})
      .value();
}

class AdmitTest : public ::testing::Test {
 protected:
  const MethodAccess& Method(const std::string& name) {
    const MethodAccess* const method = access_.Find(name);
    EXPECT_NE(method, nullptr);
    return *method;
  }

  const MethodAccess& MoveChannel() {
    return Method("/plumbline.content.v1.ContentService/MoveChannel");
  }

  const AccessTable access_ = BothServices();
  const TokenTable tokens_ = OneOfEachRole();
};

TEST_F(AdmitTest, EveryMethodAdmitsItsRolesAndNoOther) {
  int cells = 0;
  for (const auto& [path, method] : access_.methods()) {
    for (int number = auth::v1::ROLE_READER; number <= auth::v1::Role_MAX;
         ++number) {
      const auto role = static_cast<auth::v1::Role>(number);
      const bool may = std::find(method.roles.begin(), method.roles.end(),
                                 role) != method.roles.end();
      const absl::StatusOr<Principal> principal =
          Admit(tokens_, method, absl::StrCat("Bearer ", WordOf(role)));
      if (may) {
        EXPECT_THAT(principal, IsOk()) << path;
      } else {
        EXPECT_THAT(principal, StatusIs(absl::StatusCode::kPermissionDenied))
            << path << ' ' << WordOf(role);
      }
      ++cells;
    }
  }
  EXPECT_EQ(cells, 8 * static_cast<int>(access_.methods().size()));
}

TEST_F(AdmitTest, TellsWhoIsAdmitted) {
  const absl::StatusOr<Principal> principal =
      Admit(tokens_, MoveChannel(), "Bearer operator");
  ASSERT_THAT(principal, IsOk());
  EXPECT_EQ(principal->name, "operator");
}

TEST_F(AdmitTest, SchemeMayBeInAnyCase) {
  EXPECT_THAT(Admit(tokens_, MoveChannel(), "bearer operator"), IsOk());
}

TEST_F(AdmitTest, WithoutATokenSaysHowToSendOne) {
  for (const auto& authorization :
       {std::optional<absl::string_view>(),
        std::optional<absl::string_view>(""),
        std::optional<absl::string_view>("operator"),
        std::optional<absl::string_view>("Basic operator")}) {
    const absl::StatusOr<Principal> principal =
        Admit(tokens_, MoveChannel(), authorization);
    EXPECT_THAT(principal,
                StatusIs(absl::StatusCode::kUnauthenticated,
                         "a token is required: metadata 'authorization: "
                         "Bearer <token>'"));
    EXPECT_EQ(ReasonOf(principal.status()), "TOKEN_MISSING");
  }
}

TEST_F(AdmitTest, UnknownTokenIsNotRepeated) {
  const absl::StatusOr<Principal> principal =
      Admit(tokens_, MoveChannel(), "Bearer secret");
  EXPECT_THAT(principal,
              StatusIs(absl::StatusCode::kUnauthenticated,
                       "this token is not one that the service knows"));
  EXPECT_EQ(ReasonOf(principal.status()), "TOKEN_UNKNOWN");
}

TEST_F(AdmitTest, WrongRoleNamesTheRolesThatMay) {
  const absl::StatusOr<Principal> principal =
      Admit(tokens_, MoveChannel(), "Bearer author");
  EXPECT_THAT(principal,
              StatusIs(absl::StatusCode::kPermissionDenied,
                       "ContentService.MoveChannel needs one of these roles: "
                       "operator; 'author' holds author"));
  EXPECT_EQ(ReasonOf(principal.status()), "ROLE_REQUIRED");
  EXPECT_EQ(ReasonMetadataOf(principal.status()),
            (Metadata{{"method", "ContentService.MoveChannel"},
                      {"roles", "operator"}}));
}

TEST_F(AdmitTest, AFieldThatNotAllMaySetNamesTheRolesThatMay) {
  const MethodAccess& method =
      Method("/plumbline.triage.v1.TriageService/ExplainAssessment");
  triage::v1::ExplainAssessmentRequest request;
  request.mutable_intake();
  const Principal assessor{"kiosk", {auth::v1::ROLE_ASSESSOR}};
  const Principal clinician{"ann", {auth::v1::ROLE_CLINICIAN}};
  EXPECT_THAT(CheckFields(assessor, method, request), IsOk());
  request.set_counterfactuals(true);
  EXPECT_THAT(CheckFields(clinician, method, request), IsOk());
  const absl::Status status = CheckFields(assessor, method, request);
  EXPECT_THAT(status,
              StatusIs(absl::StatusCode::kPermissionDenied,
                       "TriageService.ExplainAssessment with 'counterfactuals' "
                       "needs one of these roles: clinician, auditor; 'kiosk' "
                       "holds assessor"));
  EXPECT_EQ(ReasonOf(status), "ROLE_REQUIRED");
  EXPECT_EQ(ReasonMetadataOf(status),
            (Metadata{{"method", "TriageService.ExplainAssessment"},
                      {"roles", "clinician,auditor"}}));
  request.set_counterfactuals(false);
  request.set_name("");
  EXPECT_THAT(CheckFields(assessor, method, request),
              StatusIs(absl::StatusCode::kPermissionDenied));
}

}  // namespace
}  // namespace plumbline::rpc
