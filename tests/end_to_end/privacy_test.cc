// Nothing of an intake stands in what the services write or answer in errors.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "cli/services.h"
#include "tests/support/http_get.h"
#include "tests/support/local_pair.h"

namespace plumbline::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

pathway::v1::Answer* AddAnswer(const std::string& link_id,
                               triage::v1::AssessRequest* request) {
  pathway::v1::Answer* answer = request->add_answers();
  answer->set_link_id(link_id);
  return answer;
}

// A secret that would be found in any form, escaped or not.
TEST(PrivacyTest, AnswersAndSubjectsStayOutOfLogsErrorsAndMetrics) {
  LocalPair pair;
  pair.StartContent({"--log_level=debug"});
  pair.StartTriage({"--log_level=debug", "--metrics_address=127.0.0.1:0",
                    "--metrics_port_file=" + pair.InFolder("metrics.port")});
  pair.Publish(kBackPain, 1);
  ASSERT_TRUE(pair.WaitUntilReady());
  const auto triage =
      cli::ConnectTriage({pair.triage_address(), pair.TokenFile("assessor")});
  ASSERT_TRUE(triage.ok());

  triage::v1::AssessRequest request;
  request.set_pathway("pathways/back-pain");
  request.set_subject("subject-4711");
  AddAnswer("em.bladder", &request)->set_code("cannot_pass");
  EXPECT_TRUE(triage->Call(&cli::TriageStub::Assess, request).ok());

  AddAnswer("pt.age", &request)->set_integer(987654321);
  AddAnswer("em.bowel", &request)->set_code("given_code_17");
  const auto refused = triage->Call(&cli::TriageStub::Assess, request);
  EXPECT_TRUE(absl::IsInvalidArgument(refused.status()));

  const auto clinician =
      cli::ConnectTriage({pair.triage_address(), pair.TokenFile("clinician")});
  ASSERT_TRUE(clinician.ok());
  triage::v1::ExplainAssessmentRequest explain;
  explain.set_counterfactuals(true);
  explain.mutable_intake()->set_pathway("pathways/back-pain");
  *explain.mutable_intake()->mutable_answers() = request.answers();
  const auto unexplained =
      clinician->Call(&cli::TriageStub::ExplainAssessment, explain);
  EXPECT_TRUE(absl::IsInvalidArgument(unexplained.status()));
  explain.mutable_intake()->mutable_answers()->DeleteSubrange(1, 2);
  EXPECT_TRUE(
      clinician->Call(&cli::TriageStub::ExplainAssessment, explain).ok());

  const std::string metrics = HttpGet(
      std::stoi(WaitForPort(pair.InFolder("metrics.port"))), "/metrics");
  EXPECT_THAT(metrics, HasSubstr("plumbline_assessments_total"));
  const std::string written = pair.Logs() + refused.status().ToString() +
                              unexplained.status().ToString() + metrics;
  EXPECT_THAT(written, HasSubstr("Assess"));
  EXPECT_THAT(written, HasSubstr("ExplainAssessment"));
  for (const char* secret :
       {"subject-4711", "cannot_pass", "987654321", "given_code"}) {
    EXPECT_THAT(written, Not(HasSubstr(secret)));
  }
}

}  // namespace
}  // namespace plumbline::testing
