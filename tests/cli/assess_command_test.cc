// plumb assess, in process and against a fake service.

#include <gmock/gmock.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
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
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::StartsWith;

class AssessCommandTest : public ::testing::Test {
 protected:
  // Runs assess over a file that holds `bytes`.
  plumbline::testing::PlumbResult Assess(const std::string& bytes) {
    const std::string file = directory_.path() + "/answers.json";
    std::ofstream(file) << bytes;
    return Plumb({"assess", "--pathway", kBackPain, "--answers", file});
  }

  const TemporaryDirectory directory_;
};

TEST_F(AssessCommandTest, PrintsWhatAClinicianWantsToRead) {
  const auto result = Assess(R"({"answers": {"em.bladder": "cannot_pass"}})");
  EXPECT_EQ(result.code, kExitOk) << result.err;
  EXPECT_THAT(result.out, HasSubstr("[emergency_now, "));
  EXPECT_THAT(result.out, HasSubstr("CES_BLADDER (R-E01, emergency_now)"));
  EXPECT_THAT(result.out, HasSubstr("Sources: Getting It Right First Time."));
  EXPECT_THAT(result.out, HasSubstr("Guidance to show"));
  EXPECT_THAT(result.out, HasSubstr("Emergency signs to watch for"));
  EXPECT_THAT(result.out, HasSubstr("Not medical advice."));
}

TEST_F(AssessCommandTest, NamesWhatIsNotAnsweredInWords) {
  const auto result = Assess(R"({"answers": {"em.bladder": "unsure"}})");
  EXPECT_EQ(result.code, kExitOk) << result.err;
  EXPECT_THAT(result.out,
              HasSubstr("\nNot answered, and needed for a final result\n"
                        "  - In the last 2 weeks, has anything changed about "
                        "passing urine?\n"
                        "    (em.bladder; asked, no usable answer)\n"));
  EXPECT_THAT(result.out, HasSubstr("\n  - Can you stand and walk? "
                                    "(em.stand_walk)\n"));
}

TEST_F(AssessCommandTest, EveryViolationIsListed) {
  const auto result = Assess(
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

// Both at once, in the order of the file; the numbers count what cannot be
// read.
TEST_F(AssessCommandTest, AnswersThatCannotBeReadHideNoFaultsOfOthers) {
  const auto result = Assess(
      "{\"answers\": {\"pt.age\": 130,\n"
      "\"em.blader\": \"none\",\n"
      "\"em.chest\": \"x\"}}");
  EXPECT_EQ(result.code, kExitRefused);
  EXPECT_EQ(result.out, "");
  const std::string file = directory_.path() + "/answers.json";
  EXPECT_EQ(
      result.err,
      "plumb: 3 faults\n" + file +
          ":1:14: answers[0].integer: 'pt.age' must be from 0 to 120\n" + file +
          ":2:1: answers[em.blader]: no item 'em.blader'; did you mean "
          "'em.bladder'?\n" +
          file +
          ":3:1: answers[2].code: 'em.chest' has no such option; it has yes, "
          "no, unsure\n");
}

TEST_F(AssessCommandTest, UnknownItemGetsASuggestionAndItsPlace) {
  const auto result = Assess("{\"answers\":\n {\"em.blader\": \"none\"}}");
  EXPECT_EQ(result.code, kExitRefused);
  EXPECT_THAT(result.err, HasSubstr("answers.json:2:"));
  EXPECT_THAT(result.err, HasSubstr("did you mean 'em.bladder'?"));
}

TEST_F(AssessCommandTest, LinesGiveOneLineEachWithTheirOtherKeys) {
  const auto result =
      Plumb({"assess", "--pathway", kBackPain, "--jsonl", "-"},
            "{\"id\": \"a\", \"answers\": {\"em.chest\": \"yes\"}}\n"
            "\n"
            "{\"id\": 7, \"answers\": {}}\n");
  EXPECT_EQ(result.code, kExitOk) << result.err;
  EXPECT_THAT(result.out,
              StartsWith("{\"id\":\"a\",\"disposition\":\"emergency_now\","));
  EXPECT_THAT(result.out, HasSubstr("\n{\"id\":7,\"disposition\":\"same_day\","
                                    "\"certainty\":\"provisional\","));
}

TEST_F(AssessCommandTest, LinesMayEndInCrLf) {
  const auto result =
      Plumb({"assess", "--pathway", kBackPain, "--jsonl", "-"},
            "{\"id\": \"a\", \"answers\": {\"em.chest\": \"yes\"}}\r\n"
            "\r\n"
            "{\"id\": \"b\", \"answers\": {}}\r\n");
  EXPECT_EQ(result.code, kExitOk) << result.err;
  EXPECT_THAT(result.out,
              StartsWith("{\"id\":\"a\",\"disposition\":\"emergency_now\","));
  EXPECT_THAT(result.out, HasSubstr("\n{\"id\":\"b\",\"disposition\":"));
}

TEST_F(AssessCommandTest, NoIntakesAtAllAreRefused) {
  for (const char* const input : {"", "\n \r\n"}) {
    const auto result =
        Plumb({"assess", "--pathway", kBackPain, "--jsonl", "-"}, input);
    EXPECT_EQ(result.code, kExitRefused);
    EXPECT_EQ(result.out, "");
    EXPECT_EQ(result.err,
              "plumb: -: no intakes; expected one a line, {\"answers\": "
              "{\"em.bladder\": \"none\"}}\n");
  }
}

// Of five intakes three are at fault, each otherwise.
constexpr char kLines[] =
    "{\"id\": \"a\", \"answers\": {\"em.chest\": \"yes\"}}\n"
    "{\"id\": \"b\", \"answers\": {\"pt.age\": 130, \"em.chest\": \"x\"}}\n"
    "{\"id\": \"c\", \"answers\": {\"em.blader\": \"none\"}}\n"
    "no JSON\n"
    "\n"
    "{\"id\": \"e\", \"answers\": {}}\n";

TEST_F(AssessCommandTest, AWrongLineIsToldAndTheNextOnesAreAssessed) {
  const auto result =
      Plumb({"assess", "--pathway", kBackPain, "--jsonl", "-"}, kLines);
  EXPECT_EQ(result.code, kExitRefused);
  EXPECT_EQ(
      result.err,
      "plumb: -:2:25: answers[0].integer: 'pt.age' must be from 0 to 120\n"
      "plumb: -:2:40: answers[1].code: 'em.chest' has no such option; it has "
      "yes, no, unsure\n"
      "plumb: -:3:25: answers[em.blader]: no item 'em.blader'; did you mean "
      "'em.bladder'?\n"
      "plumb: -:4:2: malformed JSON: invalid literal\n"
      "plumb: 3 of 5 intakes are at fault and not assessed; the results name "
      "each\n");
  const std::vector<std::string> lines = absl::StrSplit(result.out, '\n');
  ASSERT_EQ(lines.size(), 6u) << result.out;
  EXPECT_THAT(lines[0],
              StartsWith("{\"id\":\"a\",\"disposition\":\"emergency_now\","));
  EXPECT_EQ(
      lines[1],
      "{\"id\":\"b\",\"error\":{\"line\":2,\"message\":\"answers[0].integer: "
      "'pt.age' must be from 0 to 120; answers[1].code: 'em.chest' has no such "
      "option; it has yes, no, unsure\",\"faults\":[{\"path\":\"answers[0]."
      "integer\",\"message\":\"'pt.age' must be from 0 to 120\"},{\"path\":"
      "\"answers[1].code\",\"message\":\"'em.chest' has no such option; it has "
      "yes, no, unsure\"}]}}");
  EXPECT_THAT(lines[2], StartsWith("{\"id\":\"c\",\"error\":{\"line\":3,"));
  EXPECT_THAT(lines[3], StartsWith("{\"error\":{\"line\":4,"));
  EXPECT_THAT(lines[4],
              StartsWith("{\"id\":\"e\",\"disposition\":\"same_day\","));
  EXPECT_EQ(lines[5], "");
}

std::string ShippedDigest() {
  return ReadPathwayFolder(kBackPain)->pathway->digest;
}

// A triage-service that is busy from the second intake on.
class BusyTriageService final : public triage::v1::TriageService::Service {
 public:
  const std::string& address() const { return server_.address(); }
  // Has the content of the shipped folder unless told otherwise.
  void HaveContent(const std::string& digest) { digest_ = digest; }

 private:
  grpc::Status Assess(grpc::ServerContext* /*context*/,
                      const triage::v1::AssessRequest* /*request*/,
                      triage::v1::AssessResponse* response) override {
    if (calls_++ > 0) return {grpc::StatusCode::UNAVAILABLE, "busy"};
    response->mutable_assessment()->mutable_decision()->set_release_digest(
        digest_);
    return grpc::Status::OK;
  }

  int calls_ = 0;
  std::string digest_ = ShippedDigest();
  plumbline::testing::LocalServer server_{this};
};

// Which content decided; `more` follows.
std::string DecidedByOther(const std::string& more) {
  return absl::StrCat("plumb: content ", std::string(64, 'a'),
                      " decided, and not that of --pathway, content ",
                      ShippedDigest(), more, "\n");
}

TEST_F(AssessCommandTest, SaysWhereOtherContentDecidedThanThatOfTheFolder) {
  BusyTriageService service;
  service.HaveContent(std::string(64, 'a'));
  const auto result = Plumb({"assess", "--pathway", kBackPain, "--jsonl", "-",
                             "--server", service.address()},
                            "{\"answers\": {}}\n");
  EXPECT_EQ(result.code, kExitOk);
  EXPECT_EQ(result.err, DecidedByOther(""));
}

TEST_F(AssessCommandTest, SaysWhatOfAResultIsOfTheFolderAllTheSame) {
  const std::string file = directory_.path() + "/answers.json";
  std::ofstream(file) << "{\"answers\": {}}";
  const auto assess = [&file](std::vector<std::string> more) {
    BusyTriageService service;
    service.HaveContent(std::string(64, 'a'));
    std::vector<std::string> arguments = {
        "assess", "--pathway", kBackPain,        "--answers",
        file,     "--server",  service.address()};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return Plumb(arguments).err;
  };
  EXPECT_EQ(assess({}),
            DecidedByOther(
                ". From --pathway, and perhaps other than there, are the words "
                "of questions, the titles of guidance that is kept back, the "
                "sources of guidance and the title of the most urgent result "
                "still possible"));
  EXPECT_EQ(assess({"-o", "json"}), DecidedByOther(""));
}

TEST_F(AssessCommandTest, AServiceThatFailsEndsItAndSaysWhere) {
  BusyTriageService service;
  const auto result = Plumb({"assess", "--pathway", kBackPain, "--jsonl", "-",
                             "--server", service.address()},
                            "{\"id\": \"a\", \"answers\": {}}\n"
                            "{\"id\": \"b\", \"answers\": {}}\n"
                            "{\"id\": \"c\", \"answers\": {}}\n");
  EXPECT_EQ(result.code, kExitUnavailable);
  EXPECT_EQ(result.err,
            "plumb: -:2: busy; nothing behind this line was assessed\n");
  EXPECT_THAT(result.out,
              EndsWith("\n{\"id\":\"b\",\"error\":{\"line\":2,\"message\":"
                       "\"busy\",\"faults\":[]}}\n"));
}

// A triage-service that does not know the channel asked for.
class ChannellessTriageService final
    : public triage::v1::TriageService::Service {
 public:
  const std::string& address() const { return server_.address(); }

 private:
  grpc::Status Assess(grpc::ServerContext* /*context*/,
                      const triage::v1::AssessRequest* /*request*/,
                      triage::v1::AssessResponse* /*response*/) override {
    return rpc::ToGrpcStatus(rpc::InvalidArgument("channel", "no id"));
  }

  plumbline::testing::LocalServer server_{this};
};

// It is of the command line.
TEST_F(AssessCommandTest, AWrongChannelIsNoFaultOfTheAnswers) {
  ChannellessTriageService service;
  const std::string file = directory_.path() + "/answers.json";
  std::ofstream(file) << "{\"answers\": {}}";
  const auto one = Plumb({"assess", "--pathway", kBackPain, "--answers", file,
                          "--server", service.address(), "--channel", "A"});
  EXPECT_EQ(one.code, kExitRefused);
  EXPECT_EQ(one.err, "plumb: channel: no id\n  reason: INVALID_REQUEST\n");

  const auto many = Plumb({"assess", "--pathway", kBackPain, "--jsonl", "-",
                           "--server", service.address(), "--channel", "A"},
                          "{\"id\": \"a\", \"answers\": {}}\n"
                          "{\"id\": \"b\", \"answers\": {}}\n");
  EXPECT_EQ(many.code, kExitRefused);
  EXPECT_EQ(many.err,
            "plumb: -:1: channel: no id; nothing behind this line was "
            "assessed\n  reason: INVALID_REQUEST\n");
  EXPECT_EQ(many.out,
            "{\"id\":\"a\",\"error\":{\"line\":1,\"message\":\"channel: no "
            "id\",\"faults\":[]}}\n");
}

TEST_F(AssessCommandTest, MissingFileIsNamed) {
  const auto result =
      Plumb({"assess", "--pathway", kBackPain, "--answers", "no/such.json"});
  EXPECT_EQ(result.code, kExitRefused);
  EXPECT_THAT(result.err, HasSubstr("no/such.json"));
}

TEST_F(AssessCommandTest, AFolderIsNoFileOfAnswers) {
  const std::string folder = directory_.path();
  const auto answers =
      Plumb({"assess", "--pathway", kBackPain, "--answers", folder});
  EXPECT_EQ(answers.code, kExitRefused);
  EXPECT_THAT(answers.err, HasSubstr(folder));
  const auto lines =
      Plumb({"assess", "--pathway", kBackPain, "--jsonl", folder});
  EXPECT_EQ(lines.code, kExitRefused);
  EXPECT_THAT(lines.err, HasSubstr(folder + ": cannot be read"));
}

TEST_F(AssessCommandTest, ALocaleThatIsNotOfferedIsToldAfterTheResult) {
  const std::string file = directory_.path() + "/answers.json";
  std::ofstream(file) << "{\"answers\": {}}";
  const auto result = Plumb(
      {"assess", "--pathway", kBackPain, "--answers", file, "--locale", "fr"});
  EXPECT_EQ(result.code, kExitOk);
  EXPECT_THAT(result.out, HasSubstr("Not medical advice."));
  EXPECT_EQ(result.err,
            "plumb: no texts in 'fr': these are in 'en'. Offered: en, es\n");
  EXPECT_EQ(Plumb({"assess", "--pathway", kBackPain, "--answers", file,
                   "--locale", "en-GB"})
                .err,
            "");
}

TEST_F(AssessCommandTest, OfManyIntakesALocaleThatIsNotOfferedIsToldOnce) {
  const auto result = Plumb(
      {"assess", "--pathway", kBackPain, "--jsonl", "-", "--locale", "fr"},
      "{\"answers\": {}}\n{\"answers\": {}}\n");
  EXPECT_EQ(result.code, kExitOk);
  EXPECT_EQ(result.err,
            "plumb: no texts in 'fr': these are in 'en'. Offered: en, es\n");
}

TEST_F(AssessCommandTest, LinesHaveTheirOwnForm) {
  EXPECT_EQ(
      Plumb({"assess", "--pathway", kBackPain, "--jsonl", "-", "-o", "json"})
          .code,
      kExitUsage);
}

TEST_F(AssessCommandTest, OptionsOfAServiceAreUsageErrorsInProcess) {
  const std::string file = directory_.path() + "/answers.json";
  std::ofstream(file) << "{\"answers\": {}}";
  const auto result = Plumb({"assess", "--pathway", kBackPain, "--answers",
                             file, "--channel", "stable", "--token-file", "t"});
  EXPECT_EQ(result.code, kExitUsage);
  EXPECT_EQ(result.err,
            "plumb: --channel, --token-file are only for use with --server: "
            "without it, plumb decides in this process\n");
  setenv("PLUMBLINE_TOKEN_FILE", "t", 1);
  EXPECT_EQ(Plumb({"assess", "--pathway", kBackPain, "--answers", file}).code,
            kExitOk);
  unsetenv("PLUMBLINE_TOKEN_FILE");
}

TEST_F(AssessCommandTest, APinIsComparedInProcessToo) {
  const std::string file = directory_.path() + "/answers.json";
  std::ofstream(file) << "{\"answers\": {}}";
  const std::string other(64, 'a');
  const auto wrong = Plumb({"assess", "--pathway", kBackPain, "--answers", file,
                            "--release-digest", other});
  EXPECT_EQ(wrong.code, kExitRefused);
  EXPECT_THAT(wrong.err,
              HasSubstr(", not " + other + " as --release-digest asks"));
  EXPECT_EQ(Plumb({"assess", "--pathway", kBackPain, "--answers", file,
                   "--release-digest", ShippedDigest()})
                .code,
            kExitOk);
}

}  // namespace
}  // namespace plumbline::cli
