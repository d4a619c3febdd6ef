// plumb interview, in process, answered as a person would type.

#include <gmock/gmock.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <csignal>
#include <istream>
#include <sstream>
#include <streambuf>
#include <string>

#include "absl/strings/str_cat.h"
#include "cli/command_line.h"
#include "cli/console.h"
#include "cli/exit_code.h"
#include "cli/pathway_folder.h"
#include "plumbline/triage/v1/triage_service.grpc.pb.h"
#include "tests/support/local_server.h"
#include "tests/support/plumb.h"

namespace plumbline::cli {
namespace {

std::string ShippedDigest() {
  const auto folder = ReadPathwayFolder(plumbline::testing::kBackPain);
  return folder.ok() ? folder->pathway->digest : "";
}

// A triage-service that asks em.bladder, then may stop; it counts.
class FakeTriageService final : public triage::v1::TriageService::Service {
 public:
  const std::string& address() const { return server_.address(); }
  int assessments() const { return assessments_; }
  int questions() const { return questions_; }
  // Is busy when it is asked for more questions than so many.
  void FailAfter(int questions) { questions_max_ = questions; }
  // Has the content of the shipped folder unless told otherwise.
  void HaveContent(const std::string& digest) { digest_ = digest; }
  // Of what was asked so far; not settled unless told otherwise.
  void Give(pathway::v1::Disposition disposition) {
    disposition_ = disposition;
  }
  void Settle() { is_settled_ = true; }

 private:
  grpc::Status Assess(grpc::ServerContext* /*context*/,
                      const triage::v1::AssessRequest* /*request*/,
                      triage::v1::AssessResponse* /*response*/) override {
    ++assessments_;
    return grpc::Status::OK;
  }

  // Code "saddle" is not legal.
  grpc::Status NextItems(grpc::ServerContext* /*context*/,
                         const triage::v1::NextItemsRequest* request,
                         triage::v1::NextItemsResponse* response) override {
    if (++questions_ > questions_max_) {
      return {grpc::StatusCode::UNAVAILABLE, "busy"};
    }
    response->set_disposition(disposition_);
    response->set_disposition_settled(is_settled_);
    response->set_release_digest(digest_);
    for (const auto& answer : request->answers()) {
      if (answer.code() == "saddle") {
        return {grpc::StatusCode::INVALID_ARGUMENT, "no saddle here"};
      }
    }
    response->set_may_stop(!request->answers().empty());
    if (response->may_stop()) return grpc::Status::OK;
    triage::v1::NextItem& next = *response->add_items();
    next.mutable_item()->set_link_id("em.bladder");
    next.mutable_item()->set_type(pathway::v1::ITEM_TYPE_CHOICE);
    next.mutable_item()->add_options()->set_code("none");
    next.mutable_item()->add_options()->set_code("saddle");
    return grpc::Status::OK;
  }

  int assessments_ = 0;
  int questions_ = 0;
  int questions_max_ = 1000;
  std::string digest_ = ShippedDigest();
  pathway::v1::Disposition disposition_ = pathway::v1::DISPOSITION_SAME_DAY;
  bool is_settled_ = false;
  plumbline::testing::LocalServer server_{this};
};

TEST(InterviewCommandTest, AServiceAssessesOnceAtTheEnd) {
  FakeTriageService service;
  const auto result = plumbline::testing::Plumb(
      {"interview", "--pathway", plumbline::testing::kBackPain, "--server",
       service.address()},
      "2\n1\n");
  EXPECT_EQ(result.code, kExitOk) << result.err;
  EXPECT_THAT(result.err, ::testing::HasSubstr("no saddle here"));
  EXPECT_EQ(service.assessments(), 1);
  EXPECT_EQ(service.questions(), 3);
}

using ::plumbline::testing::kBackPain;
using ::plumbline::testing::Plumb;
using ::testing::AllOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

// The signs at its start are those of the folder.
TEST(InterviewCommandTest, AServiceThatDecidesByOtherContentIsNotAsked) {
  FakeTriageService service;
  service.HaveContent(std::string(64, 'a'));
  const auto result = Plumb(
      {"interview", "--pathway", kBackPain, "--server", service.address()},
      "1\n");
  EXPECT_EQ(result.code, kExitRefused);
  EXPECT_EQ(service.questions(), 1);
  EXPECT_THAT(
      result.err,
      EndsWith(absl::StrCat(
          "plumb: the service decides by content ", std::string(64, 'a'),
          ", and --pathway is content ", ShippedDigest(),
          ": an interview needs both to be the same. Give --pathway back-pain "
          "with --content-server HOST:PORT, or the folder of that content\n")));
}

TEST(InterviewCommandTest, WhoGaveAContentServiceIsToldToAskThat) {
  FakeTriageService service;
  service.HaveContent(std::string(64, 'a'));
  const auto result =
      Plumb({"interview", "--pathway", kBackPain, "--server", service.address(),
             "--content-server", "localhost:8081"},
            "1\n");
  EXPECT_EQ(result.code, kExitRefused);
  EXPECT_THAT(result.err,
              EndsWith(": an interview needs both to be the same. Give "
                       "--pathway back-pain, for which plumb asks "
                       "localhost:8081, or the folder of that content\n"));
}

TEST(InterviewCommandTest, StopsAfterTheEmergencyQuestionsInAnEmergency) {
  // "cannot pass urine", then the first option eleven times.
  std::string typed = "3\n";
  for (int i = 0; i < 11; ++i) typed += "1\n";
  // Yes is the first option of the yes-or-no questions; it makes no difference
  // to an emergency.
  const auto result = Plumb({"interview", "--pathway", kBackPain}, typed);
  EXPECT_EQ(result.code, kExitOk) << result.err;
  EXPECT_THAT(result.err, HasSubstr("12 questions asked."));
  EXPECT_THAT(result.out, HasSubstr("CES_BLADDER"));
}

TEST(InterviewCommandTest, AsksAgainWhatItCannotReadOrMayNotTake) {
  std::string typed = "never\n99\n3\n";
  for (int i = 0; i < 11; ++i) typed += "1\n";
  const auto result = Plumb({"interview", "--pathway", kBackPain}, typed);
  EXPECT_EQ(result.code, kExitOk) << result.err;
  EXPECT_THAT(result.err,
              HasSubstr("Please give a number from 1 to 6; Enter skips, ? "
                        "means not sure."));
  EXPECT_THAT(result.err, HasSubstr("12 questions asked."));
}

TEST(InterviewCommandTest, NeverAsksAgainWhatWasSkipped) {
  const auto result =
      Plumb({"interview", "--pathway", kBackPain}, std::string(60, '\n'));
  EXPECT_EQ(result.code, kExitOk) << result.err;
  EXPECT_THAT(result.out, HasSubstr("provisional"));
}

constexpr char kNoResult[] = "\nNO RESULT: the interview is not finished.\n";
constexpr char kSigns[] =
    "\nEmergency signs to watch for\n"
    "  - You cannot pass urine, it is newly hard to start or weak, you leak "
    "urine\n"
    "    or stool, or you cannot feel when you need to go.\n";

TEST(InterviewCommandTest, TellsOfAnEmergencyAtOnceAndOnce) {
  const auto result = Plumb({"interview", "--pathway", kBackPain}, "3\n2\n");
  constexpr char kTold[] = "\n!! \"Emergency: get help now\"";
  const std::size_t told = result.err.find(kTold);
  ASSERT_NE(told, std::string::npos) << result.err;
  EXPECT_LT(told, result.err.find("lost control of your bowels"));
  EXPECT_EQ(result.err.find(kTold, told + 1), std::string::npos);
  EXPECT_THAT(result.err, HasSubstr("The answers so far are enough for: "
                                    "\"Emergency: get help now\""));
}

TEST(InterviewCommandTest, TellsOfAnEmergencyThatAServiceHasSettled) {
  FakeTriageService service;
  service.Give(pathway::v1::DISPOSITION_EMERGENCY_NOW);
  service.Settle();
  const auto result = Plumb(
      {"interview", "--pathway", kBackPain, "--server", service.address()},
      "1\n");
  EXPECT_EQ(result.code, kExitOk) << result.err;
  EXPECT_THAT(result.err,
              StartsWith("\n"
                         "!! \"Emergency: get help now\" (emergency_now). "
                         "Call the local emergency number\n"
                         "!! or go to the emergency department now. Do not "
                         "drive yourself. You need not\n"
                         "!! answer more questions first.\n"));
}

// As the policy of a question gives that was not asked yet.
TEST(InterviewCommandTest, TellsOfNoEmergencyThatAnswersCanTakeBack) {
  FakeTriageService service;
  service.Give(pathway::v1::DISPOSITION_EMERGENCY_NOW);
  const auto result = Plumb(
      {"interview", "--pathway", kBackPain, "--server", service.address()},
      "1\n");
  EXPECT_EQ(result.code, kExitOk) << result.err;
  EXPECT_THAT(result.err, Not(HasSubstr("!! ")));
}

TEST(InterviewCommandTest, TellsTheEmergencySignsBeforeTheFirstQuestion) {
  const auto result =
      Plumb({"interview", "--pathway", kBackPain}, std::string(60, '\n'));
  const std::size_t signs = result.err.find(kSigns);
  ASSERT_NE(signs, std::string::npos) << result.err;
  EXPECT_LT(signs, result.err.find("== "));
}

TEST(InterviewCommandTest, ALocaleThatIsNotOfferedIsToldBeforeTheSigns) {
  EXPECT_THAT(
      Plumb({"interview", "--pathway", kBackPain, "--locale", "fr"}, "").err,
      StartsWith(absl::StrCat(
          "plumb: no texts in 'fr': these are in 'en'. Offered: en, es\n",
          kSigns)));
}

TEST(InterviewCommandTest, EndOfInputIsNoResultAndTellsTheEmergencySigns) {
  const auto result = Plumb({"interview", "--pathway", kBackPain}, "1\n");
  EXPECT_EQ(result.code, kExitRefused);
  EXPECT_EQ(result.out, "");
  EXPECT_THAT(result.err, HasSubstr(kNoResult));
  EXPECT_THAT(result.err,
              HasSubstr("\nProvisional, from what was asked so far: \"Speak "
                        "to a clinician today\"\n(same_day). Call your"));
  EXPECT_THAT(result.err, HasSubstr(kSigns));
  EXPECT_THAT(
      result.err,
      EndsWith(
          "\nIf one of them is true: Call the local emergency number or go "
          "to the emergency\ndepartment now. Do not drive yourself.\n\n"
          "plumb: the interview ended before it was finished\n"));
}

TEST(InterviewCommandTest, EndOfInputTellsOfAnEmergencyThatIsKnown) {
  const auto result = Plumb({"interview", "--pathway", kBackPain}, "3\n");
  EXPECT_EQ(result.code, kExitRefused);
  EXPECT_EQ(result.out, "");
  EXPECT_THAT(
      result.err,
      HasSubstr("\nThe answers so far are enough for: \"Emergency: get help "
                "now\" (emergency_now).\n"));
}

TEST(InterviewCommandTest, BeforeTheFirstAnswerThereIsNothingProvisional) {
  const auto result = Plumb({"interview", "--pathway", kBackPain}, "");
  EXPECT_EQ(result.code, kExitRefused);
  EXPECT_THAT(result.err, HasSubstr(kNoResult));
  EXPECT_THAT(result.err, HasSubstr(kSigns));
  EXPECT_THAT(result.err, Not(HasSubstr("Provisional")));
}

TEST(InterviewCommandTest, AServiceThatFailsLeavesWhatItSaidAndTheSigns) {
  FakeTriageService service;
  service.FailAfter(1);
  const auto result = Plumb(
      {"interview", "--pathway", kBackPain, "--server", service.address()},
      "1\n");
  EXPECT_EQ(result.code, kExitUnavailable);
  EXPECT_EQ(result.out, "");
  EXPECT_THAT(result.err, HasSubstr(kNoResult));
  EXPECT_THAT(result.err, HasSubstr(kSigns));
  // The answer that was not heard gives nothing.
  EXPECT_THAT(result.err, Not(HasSubstr("Provisional")));
  EXPECT_THAT(result.err, EndsWith("\nplumb: busy\n"));
}

// Where the person is asked a second time, ^C comes instead of an answer.
class AnswerThenInterrupt final : public std::streambuf {
 protected:
  int_type underflow() override {
    if (is_answered_) std::raise(SIGINT);
    is_answered_ = true;
    setg(answer_, answer_, answer_ + sizeof(answer_));
    return traits_type::to_int_type(answer_[0]);
  }

 private:
  bool is_answered_ = false;
  char answer_[2] = {'3', '\n'};
};

int InterviewThatIsInterrupted() {
  AnswerThenInterrupt keyboard;
  std::istream in(&keyboard);
  std::ostringstream out;
  std::ostringstream err;
  Console console{.in = in, .out = out, .err = err};
  const char* const words[] = {"plumb", "interview", "--pathway", kBackPain};
  return RunCommandLine(4, words, console);
}

TEST(InterviewCommandDeathTest, InterruptionTellsTheSame) {
  // The servers of the tests above have threads.
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_EXIT(
      InterviewThatIsInterrupted(), ::testing::KilledBySignal(SIGINT),
      AllOf(HasSubstr(kNoResult),
            HasSubstr("\nThe answers so far are enough for: \"Emergency: "
                      "get help now\""),
            HasSubstr(kSigns)));
}

}  // namespace
}  // namespace plumbline::cli
