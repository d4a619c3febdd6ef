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

TEST(PrintDraftTest, ShowsTheGateAndTheApprovals) {
  EXPECT_EQ(Printed("name: 'n' state: STATE_APPROVED author: 'ann' digest: "
                    "'dd' note: 'Why' report { passed: true } "
                    "approvals_required: 1 approvals { principal: 'bob' }"),
            "n  approved  by ann  dd\n"
            "  note: Why\n"
            "  gate: passed\n"
            "  approvals: 1 of 1\n"
            "    by bob\n");
}

TEST(PrintDraftTest, ShowsWhoRejectedIt) {
  EXPECT_EQ(Printed("name: 'n' state: STATE_FAILED author: 'ann' "
                    "report { fault_count: 1 } "
                    "rejection { principal: 'bob' reason: 'No' }"),
            "n  failed  by ann\n"
            "  gate: failed\n"
            "  rejected by bob: No\n");
}

}  // namespace
}  // namespace plumbline::cli
