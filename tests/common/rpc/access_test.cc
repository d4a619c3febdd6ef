#include "common/rpc/access.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "grpc/health/v1/health.pb.h"
#include "plumbline/content/v1/content_service.pb.h"
#include "plumbline/triage/v1/triage_service.pb.h"
#include "tests/support/status_matchers.h"

namespace plumbline::rpc {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::IsOk;
using testing::StatusIs;

constexpr char kTriage[] = "plumbline.triage.v1.TriageService";
constexpr char kContent[] = "plumbline.content.v1.ContentService";

TEST(AccessTableTest, EveryMethodOfBothServicesSaysWhoMayCallIt) {
  EXPECT_THAT(AccessTable::Read({kContent}), IsOk());
  EXPECT_THAT(AccessTable::Read({kTriage}), IsOk());
}

TEST(AccessTableTest, FindsAMethodByPathAndByRequest) {
  const AccessTable table = AccessTable::Read({kContent, kTriage}).value();
  const MethodAccess* const method =
      table.Find("/plumbline.content.v1.ContentService/MoveChannel");
  ASSERT_NE(method, nullptr);
  EXPECT_EQ(method->short_name, "ContentService.MoveChannel");
  EXPECT_THAT(method->roles, ElementsAre(auth::v1::ROLE_OPERATOR));
  EXPECT_EQ(table.FindByRequest(content::v1::MoveChannelRequest::descriptor()),
            method);
}

TEST(AccessTableTest, KnowsTheFieldsThatNotAllMaySet) {
  const AccessTable table = AccessTable::Read({kTriage}).value();
  EXPECT_THAT(
      table.FindByRequest(triage::v1::AssessRequest::descriptor())->fields,
      IsEmpty());
  const MethodAccess* const method =
      table.FindByRequest(triage::v1::ExplainAssessmentRequest::descriptor());
  ASSERT_EQ(method->fields.size(), 2u);
  EXPECT_EQ(method->fields[0].field->name(), "name");
  EXPECT_EQ(method->fields[1].field->name(), "counterfactuals");
  EXPECT_THAT(method->fields[1].roles,
              ElementsAre(auth::v1::ROLE_CLINICIAN, auth::v1::ROLE_AUDITOR));
}

TEST(AccessTableTest, KnowsOnlyTheServicesThatItRead) {
  const AccessTable table = AccessTable::Read({kContent}).value();
  EXPECT_EQ(table.Find("/plumbline.triage.v1.TriageService/Assess"), nullptr);
  EXPECT_EQ(table.FindByRequest(triage::v1::AssessRequest::descriptor()),
            nullptr);
}

TEST(AccessTableTest, RefusesMethodsWithoutTheOption) {
  ASSERT_NE(grpc::health::v1::HealthCheckRequest::descriptor(), nullptr);
  EXPECT_THAT(
      AccessTable::Read({"grpc.health.v1.Health", "plumbline.v1.Nothing"}),
      StatusIs(
          absl::StatusCode::kFailedPrecondition,
          "method grpc.health.v1.Health.Check has no plumbline.auth.v1.access "
          "option with a role\n"
          "method grpc.health.v1.Health.Watch has no plumbline.auth.v1.access "
          "option with a role\n"
          "method grpc.health.v1.Health.Watch shares its request type "
          "grpc.health.v1.HealthCheckRequest\n"
          "service plumbline.v1.Nothing does not exist"));
}

}  // namespace
}  // namespace plumbline::rpc
