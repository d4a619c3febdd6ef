#include "common/pathway/compile.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/common/pathway/faulty_pathway.h"

namespace plumbline::pathway {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;

TEST(CompileTest, KeepsDigestAndSource) {
  const auto pathway = ExamplePathway();
  EXPECT_EQ(pathway->digest, std::string(64, 'a'));
  EXPECT_EQ(pathway->source->title(), "Ankle");
  EXPECT_THAT(pathway->evaluation_order, SizeIs(12));
}

TEST(CompileTest, ReportsAllFaultsInOneRunAlwaysAlike) {
  const auto spoil = [](v1::Pathway& m) {
    m.clear_title();
    m.mutable_items(kAge)->clear_prompt();
    m.mutable_rules(0)->set_when("em.bone == 'yess' || em.colt");
    m.mutable_gates(0)->add_sources("bok");
    m.mutable_cases(0)->clear_source();
  };
  const std::string faults = FaultsOf(spoil);
  EXPECT_EQ(faults,
            "title: required\n"
            "items[pt.age].prompt: required\n"
            "gates[pregnant].sources[1]: no source or evidence 'bok'; did you "
            "mean 'book'?\n"
            "rules[R-E01].when: 'em.bone' has no option 'yess'; did you mean "
            "'yes'?\n"
            "rules[R-E01].when: no item 'em.colt'; did you mean 'em.cold'?\n"
            "cases[ANK-1].source: required\n");
  EXPECT_EQ(FaultsOf(spoil), faults);
}

TEST(CompileTest, AsksForThePlaceOfEachFault) {
  v1::Pathway message = ExampleMessage();
  message.mutable_rules(1)->set_when("em.cold && pain.nov >= 5");
  std::vector<std::string> asked;
  const CompileResult result = CompilePathway(
      message, "", [&asked](const std::string& path, int offset) {
        asked.push_back(absl::StrCat(path, "@", offset));
        return Place{"rules.txtpb", 12, 3};
      });
  EXPECT_THAT(asked, ElementsAre("rules[1].when@11"));
  EXPECT_EQ(ToString(result.faults),
            "rules.txtpb:12:3: rules[R-E02].when: no item 'pain.nov'; did you "
            "mean 'pain.now'?\n");
}

TEST(CompileTest, NamesTheWayOfACycle) {
  EXPECT_EQ(FaultsOf([](v1::Pathway& m) {
              m.mutable_items(kPainNow)->set_enable_when("lasting");
              m.mutable_items(kDays)->set_enable_when(
                  "has(pain.now) && pain.now > 1");
              m.mutable_definitions(0)->set_expression(
                  "has(pain.days) && pain.days > 2.0");
              m.mutable_rules(1)->set_when("em.cold");
              m.mutable_rules(3)->set_when("lasting");
              m.mutable_guidance(3)->clear_show_when();
              m.mutable_guidance(4)->clear_show_when();
            }),
            "items[pain.now].enable_when: whether the item is asked depends on "
            "itself: pain.now -> lasting -> pain.days -> pain.now\n");
}

TEST(CompileTest, NamesACycleThroughAScore) {
  EXPECT_EQ(FaultsOf([](v1::Pathway& m) {
              m.mutable_items(kInterest)->set_enable_when("has(score.mood)");
              m.mutable_items(kLow)->set_enable_when("has(score.mood)");
            }),
            "items[mood.interest].enable_when: whether the item is asked "
            "depends on itself: mood.interest -> score.mood -> mood.interest\n"
            "items[mood.low].enable_when: whether the item is asked depends on "
            "itself: mood.low -> score.mood -> mood.low\n");
}

TEST(CompileTest, RefusesListsThatAreTooLong) {
  EXPECT_EQ(FaultsOf([](v1::Pathway& m) {
              for (int i = 0; i < 1000; ++i) m.add_items();
            }),
            "items: there are 1010; at most 1000 are allowed\n");
}

TEST(CompileTest, FindsAThousandFaultsAndStops) {
  const std::string faults = FaultsOf([](v1::Pathway& m) {
    for (int i = 0; i < 3000; ++i) m.add_rules();
  });
  EXPECT_EQ(faults.substr(faults.size() - 35),
            "\nmore than 1000 faults; mend these\n");
}

}  // namespace
}  // namespace plumbline::pathway
