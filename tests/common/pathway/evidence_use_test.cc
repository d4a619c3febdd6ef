#include "common/pathway/evidence_use.h"

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

namespace plumbline::pathway {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(UsesOfEvidenceTest, NamesEveryElementOnce) {
  v1::Pathway pathway;
  ASSERT_TRUE(google::protobuf::TextFormat::ParseFromString(
      R"(evidence { evidence_id: "E-1" } evidence { evidence_id: "E-2" }
         evidence { evidence_id: "C-1" }
         emergency_signs { sign_id: "s" sources: "E-1" }
         items { link_id: "a" sources: "E-1" if_unknown { sources: "E-1" } }
         items { link_id: "b" sources: "book" if_unknown { sources: "C-1" } }
         definitions { name: "d" sources: "C-1" }
         scores { name: "m" sources: "C-1" }
         rules { rule_id: "R" sources: "E-1" sources: "C-1" }
         invariants { invariant_id: "i" sources: "C-1" }
         gates { gate_id: "g" sources: "C-1" }
         guidance { guidance_id: "x" sources: "C-1" }
         cases { case_id: "K" source: "C-1" }
         cases { case_id: "L" source: "invented" })",
      &pathway));
  EXPECT_THAT(
      UsesOfEvidence(pathway),
      ElementsAre(
          ElementsAre("emergency_signs/s", "items/a", "rules/R"), IsEmpty(),
          ElementsAre("items/b", "definitions/d", "scores/m", "rules/R",
                      "invariants/i", "gates/g", "guidance/x", "cases/K")));
}

}  // namespace
}  // namespace plumbline::pathway
