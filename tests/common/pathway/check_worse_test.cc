#include "common/pathway/check_worse.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/common/pathway/faulty_pathway.h"

namespace plumbline::pathway {
namespace {

class CheckWorseFaultTest : public FaultTest {};

TEST_P(CheckWorseFaultTest, IsExplained) { ExpectExplained(); }

v1::Worse& Reset(v1::Pathway& message, int item) {
  message.mutable_items(item)->clear_worse();
  return *message.mutable_items(item)->mutable_worse();
}

// A chain over the options of `em.bone` or another item; levels of one code.
void AddChain(v1::Worse& worse, const std::vector<std::string>& codes) {
  v1::OptionChain& chain = *worse.mutable_options()->add_chains();
  for (const std::string& code : codes) chain.add_levels()->add_codes(code);
}

INSTANTIATE_TEST_SUITE_P(
    Orders, CheckWorseFaultTest,
    testing::ValuesIn<FaultCase>({
        {"Missing",
         [](v1::Pathway& m) { m.mutable_items(kAge)->clear_worse(); },
         "items[pt.age].worse: required: which answers are worse, or "
         "'unordered' with the reason"},
        {"WithoutReason",
         [](v1::Pathway& m) { Reset(m, kAge).set_unordered(""); },
         "items[pt.age].worse.unordered: required"},
        {"OfOtherType",
         [](v1::Pathway& m) { Reset(m, kAge).set_true_is_worse(true); },
         "items[pt.age].worse.true_is_worse: only boolean items are ordered "
         "so; "
         "this item is integer"},
        {"NotTrue",
         [](v1::Pathway& m) { Reset(m, kCold).set_true_is_worse(false); },
         "items[em.cold].worse.true_is_worse: must be true; if no answer is "
         "worse, write 'unordered' with the reason"},
        {"NoDirection",
         [](v1::Pathway& m) {
           Reset(m, kAge).set_direction(v1::Worse::DIRECTION_UNSPECIFIED);
         },
         "items[pt.age].worse.direction: write DIRECTION_UP or DIRECTION_DOWN"},
        {"UnknownOption",
         [](v1::Pathway& m) {
           AddChain(Reset(m, kBone), {"no", "yess"});
         },
         "items[em.bone].worse.options.chains[0].levels[1].codes[0]: no option "
         "'yess'; did you mean 'yes'?"},
        {"OptionThatMeansUnknown",
         [](v1::Pathway& m) {
           AddChain(Reset(m, kBone), {"no", "unsure"});
         },
         "items[em.bone].worse.options.chains[0].levels[1].codes[0]: option "
         "'unsure' means unknown and has no order"},
        {"OneLevel", [](v1::Pathway& m) { AddChain(Reset(m, kBone), {"no"}); },
         "items[em.bone].worse.options.chains[0].levels: write at least 2 "
         "levels"},
        {"NoChain", [](v1::Pathway& m) { Reset(m, kBone).mutable_options(); },
         "items[em.bone].worse.options.chains: required: at least one chain"},
        {"Cycle",
         [](v1::Pathway& m) {
           v1::Worse& worse = Reset(m, kBone);
           AddChain(worse, {"no", "yes"});
           AddChain(worse, {"yes", "no"});
         },
         "items[em.bone].worse.options: 'no' and 'yes' are each worse than the "
         "other; take one of the chains apart"},
        {"UnknownRuleInException",
         [](v1::Pathway& m) {
           v1::OrderException& exception =
               *m.mutable_items(kAge)->mutable_worse()->add_exceptions();
           exception.add_rule_ids("R-R99");
           exception.set_reason("A test.");
         },
         "items[pt.age].worse.exceptions[0].rule_ids[0]: no rule 'R-R99'"},
        {"ExceptionWithoutRules",
         [](v1::Pathway& m) {
           m.mutable_items(kAge)->mutable_worse()->add_exceptions()->set_reason(
               "A test.");
         },
         "items[pt.age].worse.exceptions[0].rule_ids: required: the rules that "
         "need the exception"},
    }),
    NameOfRow);

}  // namespace
}  // namespace plumbline::pathway
