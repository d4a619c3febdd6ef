// plumb explain, in process and against a fake service.

#include <gmock/gmock.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <fstream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "cli/exit_code.h"
#include "cli/pathway_folder.h"
#include "common/rpc/error_details.h"
#include "common/rpc/status.h"
#include "plumbline/triage/v1/triage_service.grpc.pb.h"
#include "tests/support/local_server.h"
#include "tests/support/plumb.h"
#include "tests/support/temporary_directory.h"

namespace plumbline::cli {
namespace {

using ::plumbline::testing::kBackPain;
using ::plumbline::testing::Plumb;
using ::plumbline::testing::TemporaryDirectory;
using ::testing::HasSubstr;
using ::testing::Not;

class ExplainCommandTest : public ::testing::Test {
 protected:
  // Runs explain over a file that holds `bytes`.
  plumbline::testing::PlumbResult Explain(
      const std::string& bytes, const std::vector<std::string>& more = {}) {
    const std::string file = directory_.path() + "/answers.json";
    std::ofstream(file) << bytes;
    std::vector<std::string> arguments = {"explain", "--pathway", kBackPain,
                                          "--answers", file};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return Plumb(arguments);
  }

  const TemporaryDirectory directory_;
};

constexpr char kRetention[] =
    R"({"answers": {"em.bladder": "cannot_pass", "em.chest": "no"}})";

TEST_F(ExplainCommandTest, PrintsWhatAClinicianWantsToRead) {
  const auto result = Explain(kRetention, {"--counterfactuals"});
  EXPECT_EQ(result.code, kExitOk) << result.err;
  EXPECT_THAT(result.out, HasSubstr("This answer is enough:\n"
                                    "      In the last 2 weeks, has anything "
                                    "changed about passing urine?\n"
                                    "        > I cannot pass urine\n"));
  EXPECT_THAT(result.out, HasSubstr("What would give another result\n"));
  EXPECT_THAT(result.out, HasSubstr("Not medical advice."));
  EXPECT_THAT(result.out, Not(HasSubstr("em.")));
  EXPECT_THAT(result.out, Not(HasSubstr("cannot_pass")));
}

TEST_F(ExplainCommandTest, CounterfactualsAreForThoseWhoAsk) {
  EXPECT_THAT(Explain(kRetention).out,
              Not(HasSubstr("What would give another result")));
}

TEST_F(ExplainCommandTest, PrintsTheMessageAsJson) {
  const auto result = Explain(
      kRetention, {"--counterfactuals", "--max-changes", "1", "-o", "json"});
  EXPECT_EQ(result.code, kExitOk) << result.err;
  EXPECT_THAT(result.out, HasSubstr("\"ruleId\": \"R-E01\""));
  EXPECT_THAT(result.out, HasSubstr("\"sufficientAnswers\""));
  EXPECT_THAT(result.out, HasSubstr("\"linkId\": \"em.bladder\""));
  EXPECT_THAT(result.out, HasSubstr("\"counterfactuals\""));
}

TEST_F(ExplainCommandTest, EveryViolationIsListedAtItsPlace) {
  const auto result = Explain(
      R"({"answers": {"em.bladder": "no", "pt.age": 130, "em.chest": "no"}})");
  EXPECT_EQ(result.code, kExitRefused);
  EXPECT_EQ(result.out, "");
  const std::string file = directory_.path() + "/answers.json";
  EXPECT_EQ(result.err,
            "plumb: 2 faults\n" + file +
                ":1:14: answers[0].code: 'em.bladder' has no such option; it "
                "has none, hard_to_start, cannot_pass, leaking, no_feeling, "
                "unsure\n" +
                file +
                ":1:34: answers[1].integer: 'pt.age' must be from 0 to 120\n");
}

// A triage-service that takes no age.
class AgelessTriageService final : public triage::v1::TriageService::Service {
 public:
  const std::string& address() const { return server_.address(); }

 private:
  grpc::Status ExplainAssessment(
      grpc::ServerContext* /*context*/,
      const triage::v1::ExplainAssessmentRequest* /*request*/,
      triage::v1::ExplainAssessmentResponse* /*response*/) override {
    return rpc::ToGrpcStatus(
        rpc::InvalidArgument("intake.answers[1].integer", "no ages here"));
  }

  plumbline::testing::LocalServer server_{this};
};

TEST_F(ExplainCommandTest, ViolationsThatAServiceFindsAreListedAtTheirPlace) {
  AgelessTriageService service;
  const auto result =
      Explain("{\"answers\": {\"em.chest\": \"no\",\n \"pt.age\": 38}}",
              {"--server", service.address()});
  EXPECT_EQ(result.code, kExitRefused);
  EXPECT_EQ(result.err, "plumb: 1 fault\n" + directory_.path() +
                            "/answers.json:2:2: answers[1].integer: no ages "
                            "here\n");
}

// A triage-service with content of its own, in which "nice-ng59" stands for
// something else than in the shipped one.
class OtherTriageService final : public triage::v1::TriageService::Service {
 public:
  const std::string& address() const { return server_.address(); }

 private:
  grpc::Status ExplainAssessment(
      grpc::ServerContext* /*context*/,
      const triage::v1::ExplainAssessmentRequest* /*request*/,
      triage::v1::ExplainAssessmentResponse* response) override {
    response->mutable_decision()->set_release_digest(std::string(64, 'a'));
    triage::v1::Reason& reason = *response->add_reasons();
    reason.set_rule_id("R-1");
    reason.set_rationale("A test.");
    reason.add_sources("nice-ng59");
    reason.add_citations("Another book.");
    return grpc::Status::OK;
  }

  plumbline::testing::LocalServer server_{this};
};

TEST_F(ExplainCommandTest, OfOtherContentTheWordsAreThoseOfTheService) {
  OtherTriageService service;
  const std::string told =
      absl::StrCat("plumb: content ", std::string(64, 'a'),
                   " decided, and not that of --pathway, content ",
                   ReadPathwayFolder(kBackPain)->pathway->digest, "\n");
  const auto text = Explain(kRetention, {"--server", service.address()});
  EXPECT_EQ(text.code, kExitOk);
  EXPECT_EQ(text.err, told);
  EXPECT_THAT(text.out, HasSubstr("    Source:\n      - Another book.\n"));
  EXPECT_EQ(
      Explain(kRetention, {"--server", service.address(), "-o", "json"}).err,
      told);
}

TEST_F(ExplainCommandTest, ALocaleThatIsNotOfferedIsToldAfterTheResult) {
  const auto result = Explain(kRetention, {"--locale", "fr"});
  EXPECT_EQ(result.code, kExitOk);
  EXPECT_EQ(result.err,
            "plumb: no texts in 'fr': these are in 'en'. Offered: en, es\n");
  EXPECT_EQ(Explain(kRetention, {"--locale", "en-GB"}).err, "");
}

TEST_F(ExplainCommandTest, ABoundIsOnlyForCounterfactuals) {
  EXPECT_EQ(Explain(kRetention, {"--max-changes", "3"}).code, kExitUsage);
  EXPECT_EQ(
      Explain(kRetention, {"--counterfactuals", "--max-changes", "5"}).code,
      kExitUsage);
  EXPECT_EQ(Plumb({"explain", "--pathway", kBackPain}).code, kExitUsage);
}

TEST_F(ExplainCommandTest, AMissingFileIsNamed) {
  const auto result =
      Plumb({"explain", "--pathway", kBackPain, "--answers", "no/such.json"});
  EXPECT_EQ(result.code, kExitRefused);
  EXPECT_THAT(result.err, HasSubstr("no/such.json"));
}

}  // namespace
}  // namespace plumbline::cli
