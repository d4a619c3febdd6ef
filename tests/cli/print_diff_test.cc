#include "cli/print_diff.h"

#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <sstream>
#include <string>

namespace plumbline::cli {
namespace {

std::string Printed(const std::string& text) {
  content::v1::ReleaseDiff diff;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &diff));
  std::ostringstream out;
  PrintDiff(diff, out);
  return out.str();
}

TEST(PrintDiffTest, SaysWhatIsProvedAndWhatIsNot) {
  EXPECT_EQ(Printed("effects { direction: DIRECTION_LESS_URGENT "
                    "intakes: INTAKES_COMPLETE verdict: VERDICT_NONE } "
                    "effects { direction: DIRECTION_MORE_URGENT "
                    "intakes: INTAKES_INCOMPLETE verdict: VERDICT_TIMED_OUT "
                    "reason: 'timeout' }"),
            "Less urgent, everything answered: no intake (proved)\n"
            "More urgent, something unanswered: NOT DECIDED, timeout\n"
            "Questions, flags or guidance: may differ, see the changed "
            "elements\n"
            "\nNo element differs\n");
  EXPECT_EQ(Printed("decisions_are_same: true"),
            "Questions, flags and guidance: the same (proved)\n"
            "\nNo element differs\n");
}

TEST(PrintDiffTest, ShowsExamples) {
  EXPECT_EQ(
      Printed("effects { direction: DIRECTION_LESS_URGENT "
              "intakes: INTAKES_COMPLETE verdict: VERDICT_SOME "
              "examples { link_ids: 'a' base_disposition: DISPOSITION_ROUTINE "
              "target_disposition: DISPOSITION_SELF_CARE "
              "intake { case_id: 'x' answers { link_id: 'a' integer: 3 } "
              "expected_disposition: DISPOSITION_SELF_CARE } "
              "base_intake { case_id: 'x' answers { link_id: 'a' integer: 3 } "
              "expected_disposition: DISPOSITION_ROUTINE } } "
              "examples { base_disposition: DISPOSITION_ROUTINE "
              "target_disposition: DISPOSITION_SELF_CARE "
              "intake { case_id: 'y' } "
              "base_intake { case_id: 'y' answers { link_id: 'b' code: 'c' } } "
              "} reason: 'timeout' }"),
      "Less urgent, everything answered: some intakes, such as\n"
      "  routine -> self_care, with the calmest answers but to a\n"
      "    {\"id\":\"x\",\"answers\":{\"a\":3},\"expected_disposition\":"
      "\"self_care\"}\n"
      "  routine -> self_care, with the calmest answers\n"
      "    before {\"id\":\"y\",\"answers\":{\"b\":\"c\"}}\n"
      "    after  {\"id\":\"y\",\"answers\":{}}\n"
      "  perhaps more: timeout\n"
      "Questions, flags or guidance: may differ, see the changed elements\n"
      "\nNo element differs\n");
}

TEST(PrintDiffTest, ShowsElementsBeforeAndAfter) {
  EXPECT_EQ(Printed("changes { element: 'rules/R/when' kind: KIND_CHANGED "
                    "before: 'a' after: 'b' } "
                    "changes { element: 'rules/S' kind: KIND_ADDED "
                    "after: 'rule_id: \\'S\\'\\nwhen: \\'c\\'\\n' }"),
            "Questions, flags or guidance: may differ, see the changed "
            "elements\n"
            "\nChanged elements: 2\n"
            "  rules/R/when changed\n"
            "    - a\n"
            "    + b\n"
            "  rules/S added\n"
            "    + rule_id: 'S'\n"
            "    + when: 'c'\n");
}

}  // namespace
}  // namespace plumbline::cli
