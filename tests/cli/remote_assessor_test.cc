#include "cli/remote_assessor.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "cli/exit_code.h"
#include "tests/support/local_pair.h"

namespace plumbline::cli {
namespace {

using ::plumbline::testing::kBackPain;
using ::plumbline::testing::LocalPair;
using ::testing::HasSubstr;

absl::StatusOr<std::unique_ptr<Assessor>> Open(const AssessorOptions& options) {
  std::ostringstream notes;
  return OpenAssessor(options, notes);
}

// One pair for all: nothing here changes what it serves.
class RemoteAssessorTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    pair_ = new LocalPair;
    pair_->StartContent();
    pair_->StartTriage();
    pair_->Publish(kBackPain, 1);
    ASSERT_TRUE(pair_->WaitUntilReady());
  }
  static void TearDownTestSuite() {
    delete pair_;
    pair_ = nullptr;
  }

  static LocalPair* pair_;
};

LocalPair* RemoteAssessorTest::pair_ = nullptr;

TEST_F(RemoteAssessorTest, DecidesAsInProcess) {
  const auto local = Open({.pathway = kBackPain});
  const auto remote =
      Open({.pathway = kBackPain,
            .triage = {pair_->triage_address(), pair_->TokenFile("assessor")}});
  ASSERT_TRUE(local.ok() && remote.ok());
  EXPECT_EQ((*local)->Assess({})->decision_digest(),
            (*remote)->Assess({})->decision_digest());
}

TEST_F(RemoteAssessorTest, ReadsTheFormOfAPathwayGivenById) {
  const auto result = pair_->PlumbTriage(
      "clinician",
      {"assess", "--pathway", "back-pain", "--content-server",
       pair_->content_address(), "--jsonl", "-"},
      "{\"answers\": {\"em.chest\": \"yes\"}}\n");
  // The clinician's token serves both; content-service lets every role read.
  EXPECT_EQ(result.code, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("\"emergency_now\""));
}

TEST_F(RemoteAssessorTest, HasTheTextsOfAPathwayGivenById) {
  const std::string file = pair_->InFolder("answers.json");
  std::ofstream(file) << "{\"answers\": {\"em.bladder\": \"cannot_pass\"}}";
  const auto result = pair_->PlumbTriage(
      "clinician", {"assess", "--pathway", "back-pain", "--content-server",
                    pair_->content_address(), "--answers", file});
  EXPECT_EQ(result.code, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("  - Can you stand and walk? "
                                    "(em.stand_walk)\n"));
  EXPECT_THAT(result.out, HasSubstr("Sources: Getting It Right First Time."));
}

TEST_F(RemoteAssessorTest, TellsAWrongLineAsInProcess) {
  const std::vector<std::string> assess{"assess", "--pathway", kBackPain,
                                        "--jsonl", "-"};
  const std::string lines =
      "{\"id\": 1, \"answers\": {\"pt.age\": 130, \"em.chest\": \"x\"}}\n"
      "{\"id\": 2, \"answers\": {\"em.chest\": \"yes\"}}\n";
  const auto local = plumbline::testing::Plumb(assess, lines);
  const auto remote = pair_->PlumbTriage("assessor", assess, lines);
  EXPECT_EQ(remote.code, 1);
  EXPECT_THAT(remote.out, HasSubstr("{\"id\":2,\"disposition\""));
  EXPECT_EQ(remote.out, local.out);
  EXPECT_EQ(remote.err, local.err);
}

TEST_F(RemoteAssessorTest, ExplainsAsInProcess) {
  const auto local = Open({.pathway = kBackPain});
  const auto remote = Open(
      {.pathway = kBackPain,
       .triage = {pair_->triage_address(), pair_->TokenFile("clinician")}});
  ASSERT_TRUE(local.ok() && remote.ok());
  Answers answers;
  pathway::v1::Answer& chest = *answers.Add();
  chest.set_link_id("em.chest");
  chest.set_code("yes");
  const ExplainQuestion question{.counterfactuals = true, .changes_max = 1};
  auto in_process = (*local)->Explain(answers, question);
  ASSERT_TRUE(in_process.ok()) << in_process.status();
  in_process->set_release("pathways/back-pain/releases/1");
  const auto by_service = (*remote)->Explain(answers, question);
  ASSERT_TRUE(by_service.ok()) << by_service.status();
  EXPECT_EQ(by_service->SerializeAsString(), in_process->SerializeAsString());
}

TEST_F(RemoteAssessorTest, CounterfactualsAreNotForAnAssessor) {
  const std::string file = pair_->InFolder("answers.json");
  std::ofstream(file) << R"({"answers": {"em.chest": "yes"}})";
  const std::vector<std::string> explain = {"explain", "--pathway", kBackPain,
                                            "--answers", file};
  EXPECT_EQ(pair_->PlumbTriage("assessor", explain).code, kExitOk);
  std::vector<std::string> more = explain;
  more.emplace_back("--counterfactuals");
  EXPECT_EQ(pair_->PlumbTriage("clinician", more).code, kExitOk);
  const auto refused = pair_->PlumbTriage("assessor", more);
  EXPECT_EQ(refused.code, kExitNotAllowed);
  EXPECT_EQ(refused.out, "");
  EXPECT_THAT(refused.err, HasSubstr("ROLE_REQUIRED"));
}

TEST_F(RemoteAssessorTest, AnInterviewEndsAsInProcess) {
  std::string typed = "3\n";
  for (int i = 0; i < 11; ++i) typed += "1\n";
  const std::vector<std::string> interview = {"interview", "--pathway",
                                              kBackPain};
  const auto remote = pair_->PlumbTriage("assessor", interview, typed);
  EXPECT_EQ(remote.code, 0) << remote.err;
  EXPECT_THAT(remote.err, HasSubstr("12 questions asked."));
  EXPECT_THAT(remote.err, HasSubstr("\n!! \"Emergency: get help now\""));
  EXPECT_EQ(remote.err, plumbline::testing::Plumb(interview, typed).err);
}

TEST_F(RemoteAssessorTest, AnInterviewByIdIsTheSame) {
  std::string typed = "3\n";
  for (int i = 0; i < 11; ++i) typed += "1\n";
  const auto by_folder = pair_->PlumbTriage(
      "assessor", {"interview", "--pathway", kBackPain}, typed);
  const std::string digest = (*Open({.pathway = kBackPain}))->form_digest();
  for (const std::vector<std::string>& pin :
       {std::vector<std::string>(),
        std::vector<std::string>{"--release-digest", digest}}) {
    std::vector<std::string> interview = {"interview", "--pathway", "back-pain",
                                          "--content-server",
                                          pair_->content_address()};
    interview.insert(interview.end(), pin.begin(), pin.end());
    const auto by_id = pair_->PlumbTriage("assessor", interview, typed);
    EXPECT_EQ(by_id.code, 0) << by_id.err;
    EXPECT_EQ(by_id.err, by_folder.err);
  }
}

}  // namespace
}  // namespace plumbline::cli
