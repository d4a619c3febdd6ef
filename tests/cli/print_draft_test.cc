#include "cli/print_draft.h"

#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <sstream>
#include <string>

namespace plumbline::cli {
namespace {

std::string Printed(const std::string& text) {
  content::v1::Draft draft;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &draft));
  std::ostringstream out;
  PrintDraft(draft, out);
  return out.str();
}

TEST(PrintDraftTest, ShowsEveryFaultWithItsPlace) {
  EXPECT_EQ(Printed("name: 'pathways/p/drafts/d' state: STATE_FAILED "
                    "author: 'ann' report { fault_count: 2 faults { file: "
                    "'rules.txtpb' line: 3 column: 7 path: 'rules[a].when' "
                    "message: 'no item x' } }"),
            "pathways/p/drafts/d  failed  by ann\n"
            "  gate: failed\n"
            "  rules.txtpb:3:7: rules[a].when: no item x\n"
            "  and 1 more faults\n");
}

TEST(PrintDraftTest, ShowsCasesCoverageAndApprovals) {
  EXPECT_EQ(
      Printed("name: 'n' state: STATE_APPROVED author: 'ann' digest: 'dd' "
              "report { passed: true case_count: 2 passed_case_count: 1 "
              "case_failures { case_id: 'c' differences: 'too low' } "
              "coverage { kind: KIND_RULE total_count: 3 reached_count: 2 "
              "unreached: 'R-1' } } approvals_required: 1 "
              "approvals { principal: 'bob' }"),
      "n  approved  by ann  dd\n"
      "  gate: passed\n"
      "  cases: 1 of 2 pass\n"
      "  c: too low\n"
      "  rule: 2 of 3 reached, not R-1\n"
      "  approvals: 1 of 1\n"
      "    by bob\n");
}

}  // namespace
}  // namespace plumbline::cli
