#include "cli/result_line.h"

#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <string>

namespace plumbline::cli {
namespace {

triage::v1::Assessment AssessmentOf(const std::string& text) {
  triage::v1::Assessment assessment;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &assessment));
  return assessment;
}

TEST(AssessmentLineTest, KeepsOtherKeysInFront) {
  EXPECT_EQ(
      AssessmentLine(
          AssessmentOf("decision_digest: 'dd' decision { "
                       "disposition: DISPOSITION_ROUTINE "
                       "certainty: CERTAINTY_FINAL "
                       "most_urgent_possible: DISPOSITION_ROUTINE "
                       "flags: 'MOOD' guidance { guidance_id: 'heat' } "
                       "release_digest: 'rr' }"),
          {{"id", "\"a\""}, {"n", "7"}}),
      "{\"id\":\"a\",\"n\":7,\"disposition\":\"routine\",\"certainty\":"
      "\"final\",\"most_urgent_possible\":\"routine\",\"flags\":[\"MOOD\"],"
      "\"guidance\":[\"heat\"],\"release_digest\":\"rr\",\"decision_digest\":"
      "\"dd\"}\n");
}

TEST(ErrorLineTest, HoldsEveryFaultBehindTheOtherKeys) {
  EXPECT_EQ(ErrorLine(3, "2 faults",
                      {{.path = "answers[0].integer", .message = "too large"},
                       {.path = "", .message = "an 'é'"}},
                      {{"id", "\"a\""}}),
            "{\"id\":\"a\",\"error\":{\"line\":3,\"message\":\"2 faults\","
            "\"faults\":[{\"path\":\"answers[0].integer\",\"message\":\"too "
            "large\"},{\"path\":\"\",\"message\":\"an 'é'\"}]}}\n");
}

TEST(AssessmentLineTest, TakesNoErrorFromTheInput) {
  const std::string line =
      AssessmentLine(AssessmentOf("decision { flags: 'MOOD' }"),
                     {{"error", "\"old\""}, {"id", "1"}, {"flags", "[]"}});
  EXPECT_EQ(line.find("old"), std::string::npos) << line;
  EXPECT_NE(line.find("\"flags\":[\"MOOD\"]"), std::string::npos) << line;
}

TEST(ErrorLineTest, TakesNoEarlierDecisionFromTheInput) {
  EXPECT_EQ(ErrorLine(1, "bad", {},
                      {{"id", "1"},
                       {"disposition", "\"self_care\""},
                       {"certainty", "\"final\""},
                       {"most_urgent_possible", "\"self_care\""},
                       {"flags", "[]"},
                       {"guidance", "[]"},
                       {"release_digest", "\"r\""},
                       {"decision_digest", "\"d\""}}),
            "{\"id\":1,\"error\":{\"line\":1,\"message\":\"bad\",\"faults\":"
            "[]}}\n");
}

TEST(ErrorLineTest, OfAServiceHasNoFaults) {
  EXPECT_EQ(ErrorLine(1, "busy", {}, {}),
            "{\"error\":{\"line\":1,\"message\":\"busy\",\"faults\":[]}}\n");
}

}  // namespace
}  // namespace plumbline::cli
