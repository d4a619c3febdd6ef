#include "cli/print_report.h"

#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <sstream>
#include <string>

namespace plumbline::cli {
namespace {

template <typename Message>
Message Parse(const std::string& text) {
  Message message;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &message));
  return message;
}

std::string Printed(const std::string& text, const std::string& folder = "") {
  std::ostringstream out;
  PrintReport(Parse<content::v1::GateReport>(text), folder, out);
  return out.str();
}

TEST(PrintReportTest, ShowsFaultsWithTheirPlaces) {
  EXPECT_EQ(Printed("fault_count: 2 faults { file: 'rules.txtpb' line: 3 "
                    "column: 7 path: 'rules[a].when' message: 'no item x' }",
                    "some/where"),
            "  some/where/rules.txtpb:3:7: rules[a].when: no item x\n"
            "  and 1 more faults\n");
}

TEST(PrintReportTest, ShowsEveryVerdict) {
  EXPECT_EQ(Printed("digest: 'd' engine_version: 1 solver_version: 'z3 4.8.12' "
                    "as_of_date: '2027-01-02' "
                    "properties { property: 'floors' verdict: VERDICT_PROVED "
                    "  duration { seconds: 1 nanos: 250000000 } } "
                    "properties { property: 'monotone' "
                    "  verdict: VERDICT_REFUTED } "
                    "properties { property: 'influence' "
                    "  verdict: VERDICT_TIMED_OUT }"),
            "  as of 2027-01-02, engine 1, z3 4.8.12\n"
            "  floors           proved          1.25 s\n"
            "  monotone         REFUTED         0.00 s\n"
            "  influence        NOT DECIDED     0.00 s\n"
            "  cases: 0 of 0 pass\n");
}

TEST(PrintReportTest, ShowsFindingsWithAnIntakeThatCanBeRun) {
  EXPECT_EQ(
      Printed("digest: 'd' properties { property: 'floors' "
              "verdict: VERDICT_REFUTED findings { failure: true "
              "elements: 'items/em.a' place { file: 'questionnaire.txtpb' "
              "line: 6 } message: 'gives too little' advice: 'at a rule' "
              "counterexample { case_id: 'floors-1' answers { "
              "link_id: 'em.a' code: 'yes' } } } "
              "findings { message: 'is odd' elements: 'rules/R' } }",
              "f"),
      "  as of , engine 0, \n"
      "  floors           REFUTED         0.00 s\n"
      "\n(fails) f/questionnaire.txtpb:6: floors: items/em.a gives too "
      "little\n"
      "  What to do: at a rule\n"
      "  {\"id\":\"floors-1\",\"answers\":{\"em.a\":\"yes\"}}\n"
      "\n  cases: 0 of 0 pass\n"
      "\n(listed) floors: rules/R is odd\n");
}

TEST(PrintReportTest, ShowsWhatThePathwayExcepts) {
  EXPECT_EQ(Printed("digest: 'd' exceptions { element: 'items/a' "
                    "kind: KIND_UNORDERED reason: 'A fact.' } "
                    "exceptions { element: 'items/b' kind: KIND_MONOTONE "
                    "rule_ids: 'R-1' rule_ids: 'R-2' reason: 'Children.' } "
                    "exceptions { element: 'items/c' kind: KIND_INFORMATIONAL "
                    "option_code: 'mid' reason: 'Told.' } "
                    "exceptions { element: 'rules/R' "
                    "kind: KIND_IGNORED_WHEN_UNKNOWN reason: 'Rare.' }"),
            "  as of , engine 0, \n"
            "  cases: 0 of 0 pass\n"
            "  excepted by the pathway itself:\n"
            "  - items/a: no answer is worse than another: A fact.\n"
            "  - items/b: a worse answer may give less by R-1, R-2: Children.\n"
            "  - items/c: 'mid' may change nothing: Told.\n"
            "  - rules/R: is ignored while it is not decided: Rare.\n");
}

TEST(PrintProgressTest, CountsProofs) {
  std::ostringstream out;
  PrintProgress(Parse<content::v1::GateProgress>(
                    "stage: 'cases' message: 'running 3 cases' total_count: 3"),
                out);
  PrintProgress(
      Parse<content::v1::GateProgress>("stage: 'prove' message: 'proving x' "
                                       "done_count: 1 total_count: 8"),
      out);
  EXPECT_EQ(out.str(),
            "cases: running 3 cases\n"
            "prove: proving x (2 of 8)\n");
}

}  // namespace
}  // namespace plumbline::cli
