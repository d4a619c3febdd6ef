#include "content-service/gate/same_decisions.h"

#include <gtest/gtest.h>

#include <functional>
#include <string>

#include "tests/common/pathway/example_pathway.h"
#include "tests/content-service/gate/findings_text.h"

namespace plumbline::gate {
namespace {

using pathway::v1::Pathway;

// Of the example and a changed one.
bool AreSame(const std::function<void(Pathway&)>& change) {
  Pathway message = pathway::ExampleMessage();
  message.clear_cases();
  change(message);
  const auto target = pathway::CompileOrDie(message);
  return target != nullptr && AreDecisionsTheSame(*pathway::ExamplePathway(),
                                                  *target, {}, WallClock());
}

TEST(AreDecisionsTheSameTest, WhereNothingOrOnlyWordsChange) {
  EXPECT_TRUE(AreSame([](Pathway&) {}));
  EXPECT_TRUE(AreSame(
      [](Pathway& to) { to.mutable_rules(0)->set_rationale("Other words."); }));
}

TEST(AreDecisionsTheSameTest, WhereAConditionSaysTheSame) {
  EXPECT_TRUE(AreSame([](Pathway& to) {
    to.mutable_rules(3)->set_when("lasting && !(pain.now < 7)");
  }));
}

TEST(AreDecisionsTheSameTest, NotWhereAnyPartOfADecisionDiffers) {
  EXPECT_FALSE(AreSame(
      [](Pathway& to) { to.mutable_rules(3)->set_when("pain.now >= 7"); }));
  EXPECT_FALSE(
      AreSame([](Pathway& to) { to.mutable_rules(3)->set_flag("OTHER"); }));
  EXPECT_FALSE(AreSame([](Pathway& to) {
    to.mutable_guidance(3)->set_show_when("pain.days <= 8.0");
  }));
  EXPECT_FALSE(AreSame([](Pathway& to) {
    to.mutable_items(3)->set_enable_when("pt.age >= 10 && pt.age <= 61");
  }));
  EXPECT_FALSE(AreSame([](Pathway& to) {
    to.mutable_items(5)->mutable_integer_range()->set_maximum(11);
  }));
}

// Nothing fires, but something may wait.
TEST(AreDecisionsTheSameTest, NotWhereCertaintyDiffers) {
  const auto with = [](Pathway& to) {
    RuleOf(to, "R-D01")
        .set_when(
            "lasting && pain.now >= 7 || 'nsaid' in med.taken && "
            "!('nsaid' in med.taken) && pain.now > 3");
  };
  EXPECT_FALSE(AreSame(with));
}

TEST(AreDecisionsTheSameTest, NotWhereTheSolverComesToNoAnswer) {
  const auto pathway = pathway::ExamplePathway();
  EXPECT_FALSE(AreDecisionsTheSame(
      *pathway, *pathway, {.total = absl::ZeroDuration()}, WallClock()));
}

}  // namespace
}  // namespace plumbline::gate
