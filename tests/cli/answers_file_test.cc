#include "cli/answers_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <string>

#include "cli/exit_code.h"
#include "cli/pathway_folder.h"
#include "common/rpc/error_details.h"
#include "tests/support/plumb.h"
#include "tests/support/temporary_directory.h"

namespace plumbline::cli {
namespace {

using ::plumbline::testing::kBackPain;
using ::plumbline::testing::TemporaryDirectory;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class AnswersFileTest : public ::testing::Test {
 protected:
  std::string FaultsOfLine(const std::string& answers) {
    return pathway::ToString(
        reader_.ReadLine("f", 7, "{\"answers\": {" + answers + "}}")
            .read.faults);
  }

  const pathway::v1::Pathway form_ = ReadPathwayFolder(kBackPain)->message;
  AnswersReader reader_{form_};
};

TEST_F(AnswersFileTest, ReadsALineWithItsPlaces) {
  const WrittenAnswers answers =
      reader_.ReadLine("f", 7, R"({"id": 1, "answers": {"pt.age": 38}})");
  EXPECT_THAT(answers.read.faults, IsEmpty());
  ASSERT_EQ(answers.read.answers.size(), 1);
  EXPECT_EQ(answers.read.answers[0].integer(), 38);
  EXPECT_EQ(answers.read.places[0], (pathway::Place{"f", 7, 23}));
  EXPECT_EQ(answers.place, (pathway::Place{"f", 7, 1}));
}

// In the order of the file, and numbered as there.
TEST_F(AnswersFileTest, AnswersThatCannotBeReadHideNoFaultsOfOthers) {
  EXPECT_EQ(FaultsOfLine(R"("pt.age": 130, "em.blader": "none",)"
                         R"( "em.chest": 1, "em.bowel": "x")"),
            "f:7:14: answers[0].integer: 'pt.age' must be from 0 to 120\n"
            "f:7:29: answers[em.blader]: no item 'em.blader'; did you mean "
            "'em.bladder'?\n"
            "f:7:62: answers[em.chest]: takes one of \"yes\", \"no\", "
            "\"unsure\"\n"
            "f:7:65: answers[3].code: 'em.bowel' has no such option; it has "
            "none, leaking, no_feeling, unsure\n");
}

// `pt.preg_signs` is asked of the pregnant: what cannot be read may say so.
TEST_F(AnswersFileTest, AnswersThatCannotBeReadRuleOutNoOthers) {
  const std::string unread =
      FaultsOfLine(R"("pt.pregnant": 7, "pt.preg_signs": "no")");
  EXPECT_THAT(unread, HasSubstr("answers[pt.pregnant]: takes one of "));
  EXPECT_THAT(unread, Not(HasSubstr("pt.preg_signs")));
  EXPECT_THAT(FaultsOfLine(R"("pt.age": "x", "pt.pregnant": "no",)"
                           R"( "pt.preg_signs": "no")"),
              HasSubstr("answers[2].link_id: 'pt.preg_signs' is not asked"));
}

TEST_F(AnswersFileTest, WhatIsNoAnswersHasNoFaultsButThat) {
  EXPECT_EQ(pathway::ToString(reader_.ReadLine("f", 7, "7").read.faults),
            "f:7:1: expected {\"answers\": {\"em.bladder\": \"none\"}}; there "
            "is no 'answers'\n");
}

// A form that this version cannot compile still says what its items take.
TEST_F(AnswersFileTest, OfContentOfAnotherVersionTheFaultsOfReadingAreTold) {
  pathway::v1::Pathway newer = form_;
  newer.set_engine_version_min(1'000'000);
  EXPECT_EQ(
      pathway::ToString(
          AnswersReader(newer)
              .ReadLine("f", 7, R"({"answers": {"pt.age": 130, "em.x": 1}})")
              .read.faults),
      "f:7:29: answers[em.x]: no item 'em.x'\n");
}

TEST_F(AnswersFileTest, ReadsAWholeFileOrNamesEveryFault) {
  const TemporaryDirectory directory;
  const std::string file = directory.path() + "/a.json";
  std::ofstream(file) << "{\"answers\":\n {\"pt.age\": 38}}";
  const auto answers = reader_.ReadFile(file);
  ASSERT_TRUE(answers.ok()) << answers.status();
  EXPECT_EQ(answers->read.answers.size(), 1);
  EXPECT_EQ(answers->place, pathway::Place{file});

  std::ofstream(file) << "{\"answers\":\n {\"pt.age\": 130, \"em.x\": 1}}";
  EXPECT_EQ(reader_.ReadFile(file).status(),
            absl::InvalidArgumentError(
                "2 faults\n" + file +
                ":2:3: answers[0].integer: 'pt.age' must be from 0 to 120\n" +
                file + ":2:18: answers[em.x]: no item 'em.x'"));
  EXPECT_EQ(ExitCodeOf(reader_.ReadFile("no/such").status()), kExitRefused);
}

TEST_F(AnswersFileTest, RefusalsGetThePlacesOfTheirAnswers) {
  const WrittenAnswers answers =
      reader_.ReadLine("f", 7, R"({"answers": {"pt.age": 38, "em.chest": 1}})");
  const auto places = [&answers](const absl::Status& refusal) {
    return pathway::ToString(FaultsOf(refusal, answers));
  };
  EXPECT_EQ(places(rpc::InvalidArgument({{"answers[0].integer", "too old"},
                                         {"answers[9].code", "no such"},
                                         {"pathway", "no such"}})),
            "f:7:14: answers[0].integer: too old\n"
            "f:7:1: answers[9].code: no such\n"
            "pathway: no such\n");
  EXPECT_EQ(places(rpc::InvalidArgument({{"intake.answers[0].code", "old"},
                                         {"intake.answers", "too many"},
                                         {"intake.channel", "no such"}})),
            "f:7:14: answers[0].code: old\n"
            "f:7:1: answers: too many\n"
            "intake.channel: no such\n");
}

// Of the command line, or of nothing that is named.
TEST_F(AnswersFileTest, RefusalsOfOtherThingsAreNotOfTheAnswers) {
  const WrittenAnswers answers =
      reader_.ReadLine("f", 7, R"({"answers": {"pt.age": 38}})");
  for (const absl::Status& refusal :
       {rpc::InvalidArgument({{"channel", "no such"}, {"locale", "no such"}}),
        rpc::InvalidArgument("intake.release_digest", "no digest"),
        absl::InvalidArgumentError("too large")}) {
    EXPECT_THAT(FaultsOf(refusal, answers), IsEmpty()) << refusal;
    EXPECT_EQ(InFile(refusal, answers), refusal);
  }
}

TEST_F(AnswersFileTest, AWholeFileIsRefusedWithEveryFault) {
  WrittenAnswers answers;
  answers.place = {.file = "f"};
  EXPECT_EQ(InFile(rpc::InvalidArgument(
                       {{"channel", "no such"}, {"answers", "too many"}}),
                   answers),
            absl::InvalidArgumentError("2 faults\nchannel: no such\n"
                                       "f: answers: too many"));
}

TEST_F(AnswersFileTest, OtherFailuresAreNotOfTheAnswers) {
  const WrittenAnswers answers;
  const absl::Status busy = absl::UnavailableError("busy");
  EXPECT_EQ(InFile(busy, answers), busy);
}

}  // namespace
}  // namespace plumbline::cli
