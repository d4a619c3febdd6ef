#include "triage-service/domain/work_budget.h"

#include <gtest/gtest.h>

#include <string>

#include "common/pathway/evaluation_order.h"
#include "tests/triage-service/support/ankle_rules.h"

namespace plumbline::triage {
namespace {

TEST(WorkBudgetTest, GivesWhatItHasAndNoMore) {
  WorkBudget budget(10);
  budget.Spend(7);
  EXPECT_EQ(budget.left(), 3);
  EXPECT_FALSE(budget.IsSpent());
  budget.Spend(7);
  EXPECT_EQ(budget.left(), 0);
  EXPECT_TRUE(budget.IsSpent());
}

TEST(WorkBudgetTest, WorkIsCountedInOperations) {
  const auto pathway = pathway::CompileOrDie(
      AnkleWithRules({"pain.now >= 5", "has(score.mood)"}));
  const pathway::Expression& comparison = pathway->rules[0].when;
  EXPECT_EQ(WorkOf(comparison), 3);
  // One for itself, and one for an item that is always asked.
  EXPECT_EQ(WorkOf(*pathway, StepsBehind(*pathway, comparison)), 2);
  // pt.age; pt.age >= 12 for either item; the two of the score.
  EXPECT_EQ(WorkOf(*pathway, StepsBehind(*pathway, pathway->rules[1].when)),
            1 + 1 + 3 + 3 + 2);
}

TEST(WorkBudgetTest, WhatDependsOnAnItemIsStepsAndRules) {
  const auto pathway = pathway::CompileOrDie(
      AnkleWithRules({"pain.now >= 5", "lasting", "has(score.mood)"}));
  const auto dependents = DependentsOfItems(*pathway);
  const auto work_of = [&](const std::string& link_id) {
    return WorkOf(*pathway, dependents[pathway->item_by_link_id.at(link_id)]);
  };
  EXPECT_EQ(work_of("em.bone"), 1);
  EXPECT_EQ(work_of("pain.now"), 1 + 3);
  // The definition, and the rule that reads it.
  EXPECT_EQ(work_of("pain.days"), 1 + 3 + 1);
}

}  // namespace
}  // namespace plumbline::triage
