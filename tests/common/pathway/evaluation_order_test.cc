#include "common/pathway/evaluation_order.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "common/pathway/checked_tree.h"

namespace plumbline::pathway {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using Kind = EvaluationStep::Kind;

// An expression that reads one thing.
Expression Reads(NodeKind kind, int index) {
  auto tree = std::make_shared<CheckedTree>();
  CheckedNode node;
  node.kind = kind;
  node.index = index;
  tree->nodes.push_back(node);
  return {.tree = tree};
}

TEST(EvaluationOrderTest, PutsWhatIsReadFirst) {
  CompiledPathway pathway;
  pathway.items.resize(3);
  pathway.items[0].enable_when = Reads(NodeKind::kDefinition, 0);
  pathway.items[2].enable_when = Reads(NodeKind::kHasScore, 0);
  pathway.definitions = {{"d", Reads(NodeKind::kInItem, 2)}};
  pathway.scores.resize(1);
  pathway.scores[0].items = {1};
  const EvaluationOrder order = OrderEvaluation(pathway);
  EXPECT_THAT(order.cycles, IsEmpty());
  EXPECT_THAT(order.steps, ElementsAre(EvaluationStep{Kind::kItem, 1},
                                       EvaluationStep{Kind::kScore, 0},
                                       EvaluationStep{Kind::kItem, 2},
                                       EvaluationStep{Kind::kDefinition, 0},
                                       EvaluationStep{Kind::kItem, 0}));
}

TEST(StepsBehindTest, AreAllThatIsReadDirectlyOrNotAndNothingElse) {
  CompiledPathway pathway;
  pathway.items.resize(4);
  pathway.items[0].enable_when = Reads(NodeKind::kDefinition, 0);
  pathway.items[2].enable_when = Reads(NodeKind::kHasScore, 0);
  pathway.definitions = {{"d", Reads(NodeKind::kInItem, 2)}};
  pathway.scores.resize(1);
  pathway.scores[0].items = {1};
  pathway.evaluation_order = OrderEvaluation(pathway).steps;
  EXPECT_THAT(StepsBehind(pathway, Reads(NodeKind::kHasItem, 0)),
              ElementsAre(EvaluationStep{Kind::kItem, 1},
                          EvaluationStep{Kind::kScore, 0},
                          EvaluationStep{Kind::kItem, 2},
                          EvaluationStep{Kind::kDefinition, 0},
                          EvaluationStep{Kind::kItem, 0}));
  EXPECT_THAT(StepsBehind(pathway, Reads(NodeKind::kScore, 0)),
              ElementsAre(EvaluationStep{Kind::kItem, 1},
                          EvaluationStep{Kind::kScore, 0}));
  EXPECT_THAT(StepsBehind(pathway, Reads(NodeKind::kBool, -1)), IsEmpty());
}

TEST(DependentsOfItemsTest, AreAllThatReadTheItemDirectlyOrNot) {
  CompiledPathway pathway;
  pathway.items.resize(3);
  pathway.items[2].enable_when = Reads(NodeKind::kHasScore, 0);
  pathway.definitions = {{"d", Reads(NodeKind::kInItem, 2)}};
  pathway.scores.resize(1);
  pathway.scores[0].items = {1};
  pathway.rules.resize(2);
  pathway.rules[0].when = Reads(NodeKind::kHasItem, 0);
  pathway.rules[1].when = Reads(NodeKind::kDefinition, 0);
  pathway.gates.resize(2);
  pathway.gates[1].withhold_when = Reads(NodeKind::kSizeItem, 2);
  pathway.guidance.resize(2);
  pathway.guidance[1].show_when = Reads(NodeKind::kDefinition, 0);
  pathway.evaluation_order = OrderEvaluation(pathway).steps;
  const std::vector<Dependents> dependents = DependentsOfItems(pathway);
  ASSERT_THAT(dependents, SizeIs(3));
  EXPECT_THAT(dependents[0].steps, IsEmpty());
  EXPECT_THAT(dependents[0].rules, ElementsAre(0));
  EXPECT_THAT(dependents[0].gates, IsEmpty());
  EXPECT_THAT(dependents[0].guidance, IsEmpty());
  EXPECT_THAT(dependents[1].steps,
              ElementsAre(EvaluationStep{Kind::kScore, 0},
                          EvaluationStep{Kind::kItem, 2},
                          EvaluationStep{Kind::kDefinition, 0}));
  EXPECT_THAT(dependents[1].rules, ElementsAre(1));
  EXPECT_THAT(dependents[1].gates, ElementsAre(1));
  EXPECT_THAT(dependents[1].guidance, ElementsAre(1));
  EXPECT_THAT(dependents[2].steps,
              ElementsAre(EvaluationStep{Kind::kDefinition, 0}));
  EXPECT_THAT(dependents[2].rules, ElementsAre(1));
}

TEST(EvaluationOrderTest, FindsCyclesFromTheirFirstItem) {
  CompiledPathway pathway;
  pathway.items.resize(3);
  pathway.items[1].enable_when = Reads(NodeKind::kItem, 2);
  pathway.items[2].enable_when = Reads(NodeKind::kDefinition, 0);
  pathway.definitions = {{"d", Reads(NodeKind::kHasItem, 1)}};
  const EvaluationOrder order = OrderEvaluation(pathway);
  ASSERT_THAT(order.cycles, SizeIs(1));
  EXPECT_THAT(order.cycles[0], ElementsAre(EvaluationStep{Kind::kItem, 1},
                                           EvaluationStep{Kind::kItem, 2},
                                           EvaluationStep{Kind::kDefinition, 0},
                                           EvaluationStep{Kind::kItem, 1}));
}

TEST(EvaluationOrderTest, FindsAnItemThatReadsItself) {
  CompiledPathway pathway;
  pathway.items.resize(1);
  pathway.items[0].enable_when = Reads(NodeKind::kSizeItem, 0);
  ASSERT_THAT(OrderEvaluation(pathway).cycles, SizeIs(1));
  EXPECT_THAT(OrderEvaluation(pathway).cycles[0],
              ElementsAre(EvaluationStep{Kind::kItem, 0},
                          EvaluationStep{Kind::kItem, 0}));
}

TEST(EvaluationOrderTest, ShowsSomeCyclesOfATangle) {
  CompiledPathway pathway;
  pathway.items.resize(100);
  for (int i = 0; i < 100; ++i) {
    auto tree = std::make_shared<CheckedTree>();
    for (int read = 0; read < 100; ++read) {
      CheckedNode node;
      node.kind = NodeKind::kItem;
      node.index = read;
      tree->nodes.push_back(node);
    }
    pathway.items[i].enable_when = Expression{.tree = tree};
  }
  EXPECT_THAT(OrderEvaluation(pathway).cycles, SizeIs(20));
}

TEST(EvaluationOrderTest, LongChainsDoNotDeepenTheStack) {
  constexpr int kItems = 300'000;
  CompiledPathway pathway;
  pathway.items.resize(kItems);
  for (int i = 0; i + 1 < kItems; ++i) {
    pathway.items[i].enable_when = Reads(NodeKind::kItem, i + 1);
  }
  EXPECT_EQ(OrderEvaluation(pathway).steps.front(),
            (EvaluationStep{Kind::kItem, kItems - 1}));
}

TEST(EvaluationOrderTest, SkipsExpressionsThatAreFaulty) {
  CompiledPathway pathway;
  pathway.items.resize(1);
  pathway.items[0].enable_when = Expression();
  EXPECT_THAT(OrderEvaluation(pathway).steps, SizeIs(1));
}

}  // namespace
}  // namespace plumbline::pathway
