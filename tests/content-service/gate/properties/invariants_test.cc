#include "content-service/gate/properties/invariants.h"

#include "tests/content-service/gate/findings_text.h"

namespace plumbline::gate {
namespace {

using pathway::v1::Pathway;

void Claim(Pathway& message, const std::string& expression) {
  message.mutable_invariants(0)->set_expression(expression);
}

class InvariantsTest : public PropertyTest {};

TEST_P(InvariantsTest, NamesStatementsThatDoNotHold) {
  ExpectFindings(CheckInvariants);
}

INSTANTIATE_TEST_SUITE_P(
    Example, InvariantsTest,
    testing::ValuesIn<PropertyCase>({
        {"AsItIs", [](Pathway&) {}, ""},
        {"Negated",
         [](Pathway& m) {
           Claim(m, "em.bone == 'yes' || disposition == 'EMERGENCY_NOW'");
         },
         "invariants/bone_is_emergency: does not hold: em.bone == 'yes' || "
         "disposition == 'EMERGENCY_NOW'\n"
         "  look at the rules and policies that this intake meets\n"
         "  "
         "{em.bone:no,em.cold:false,pt.age:0,med.taken:[none],pain.now:0,pain."
         "days:0.0}\n"},
        {"OffByOne",
         [](Pathway& m) {
           Claim(
               m,
               "!(em.cold && pain.now >= 4) || disposition == 'EMERGENCY_NOW'");
         },
         "invariants/bone_is_emergency: does not hold: !(em.cold && pain.now "
         ">= 4) || disposition == 'EMERGENCY_NOW'\n"
         "  look at the rules and policies that this intake meets\n"
         "  "
         "{em.bone:no,em.cold:true,pt.age:0,med.taken:[none],pain.now:4,pain."
         "days:0.0}\n"},
        {"OfFlagsAndRanks",
         [](Pathway& m) {
           Claim(m,
                 "!('SEVERE' in flags) || disposition_rank >= 4 || size(flags) "
                 ">= 2");
         },
         "invariants/bone_is_emergency: does not hold: !('SEVERE' in flags) || "
         "disposition_rank >= 4 || size(flags) >= 2\n"
         "  look at the rules and policies that this intake meets\n"
         "  "
         "{em.bone:no,em.cold:false,pt.age:0,med.taken:[none],pain.now:7,pain."
         "days:2.5}\n"},
        {"OfDoubles",
         [](Pathway& m) {
           Claim(m, "pain.days < 2.5 || pain.now < 7 || 'SEVERE' in flags");
         },
         ""},
        {"OffByOneStep",
         [](Pathway& m) {
           Claim(m, "pain.days < 2.0 || pain.now < 7 || 'SEVERE' in flags");
         },
         "invariants/bone_is_emergency: does not hold: pain.days < 2.0 || "
         "pain.now < 7 || 'SEVERE' in flags\n"
         "  look at the rules and policies that this intake meets\n"
         "  "
         "{em.bone:no,em.cold:false,pt.age:0,med.taken:[none],pain.now:7,pain."
         "days:2.0}\n"},
        // Complete intakes raise no flag of a policy; others do.
        {"OfIncompleteIntakes",
         [](Pathway& m) { Claim(m, "!('HARM_UNANSWERED' in flags)"); },
         "invariants/bone_is_emergency: does not hold: !('HARM_UNANSWERED' in "
         "flags)\n"
         "  look at the rules and policies that this intake meets\n"
         "  {mood.low:2}\n"},
    }),
    NameOfRow);

TEST(InvariantsTest, NamesEachOfThem) {
  Pathway message = pathway::ExampleMessage();
  *message.add_invariants() = message.invariants(0);
  message.mutable_invariants(1)->set_invariant_id("second");
  *message.add_invariants() = message.invariants(0);
  message.mutable_invariants(2)->set_invariant_id("third");
  message.mutable_invariants(0)->set_expression("pain.now <= 9");
  message.mutable_invariants(2)->set_expression("!em.cold");
  const auto pathway = pathway::CompileOrDie(message);
  ASSERT_NE(pathway, nullptr);
  Proof proof(*pathway, {}, WallClock());
  const Findings findings = CheckInvariants(proof);
  ASSERT_EQ(findings.size(), 2u);
  EXPECT_EQ(findings[0].elements,
            std::vector<std::string>{"invariants/bone_is_emergency"});
  EXPECT_EQ(findings[1].elements, std::vector<std::string>{"invariants/third"});
}

}  // namespace
}  // namespace plumbline::gate
