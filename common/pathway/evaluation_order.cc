#include "common/pathway/evaluation_order.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "common/pathway/checked_tree.h"

namespace plumbline::pathway {
namespace {

using Kind = EvaluationStep::Kind;

// More of them help nobody, and a tangle has very many.
constexpr std::size_t kCyclesMax = 20;

// Visits what is read before what reads it. The way from a start is kept in a
// list and not on the stack: a chain may be as long as the questionnaire.
class Search {
 public:
  explicit Search(const CompiledPathway& pathway)
      : pathway_(pathway),
        definitions_begin_(pathway.items.size()),
        scores_begin_(definitions_begin_ + pathway.definitions.size()),
        states_(scores_begin_ + pathway.scores.size(), State::kNew) {}

  EvaluationOrder Run() {
    for (std::size_t start = 0; start < states_.size(); ++start) {
      if (states_[start] == State::kNew) From(start);
    }
    return std::move(order_);
  }

 private:
  enum class State : std::uint8_t { kNew, kOnWay, kDone };

  struct Visit {
    std::size_t node;
    std::vector<std::size_t> reads;
    std::size_t next = 0;
  };

  std::size_t NodeOf(EvaluationStep step) const {
    const auto index = static_cast<std::size_t>(step.index);
    switch (step.kind) {
      case Kind::kItem:
        return index;
      case Kind::kDefinition:
        return definitions_begin_ + index;
      case Kind::kScore:
        break;
    }
    return scores_begin_ + index;
  }

  EvaluationStep StepOf(std::size_t node) const {
    if (node < definitions_begin_) {
      return {Kind::kItem, static_cast<int>(node)};
    }
    if (node < scores_begin_) {
      return {Kind::kDefinition, static_cast<int>(node - definitions_begin_)};
    }
    return {Kind::kScore, static_cast<int>(node - scores_begin_)};
  }

  void From(std::size_t start) {
    Enter(start);
    while (!way_.empty()) {
      Visit& visit = way_.back();
      if (visit.next == visit.reads.size()) {
        states_[visit.node] = State::kDone;
        order_.steps.push_back(StepOf(visit.node));
        way_.pop_back();
        continue;
      }
      const std::size_t read = visit.reads[visit.next++];
      if (states_[read] == State::kOnWay) AddCycle(read);
      if (states_[read] == State::kNew) Enter(read);
    }
  }

  void Enter(std::size_t node) {
    states_[node] = State::kOnWay;
    way_.push_back({node, ReadsOf(StepOf(node))});
  }

  // The way ends with what reads `node`, which stands on it.
  void AddCycle(std::size_t node) {
    if (order_.cycles.size() == kCyclesMax) return;
    std::vector<EvaluationStep> cycle;
    const auto begin =
        std::find_if(way_.begin(), way_.end(),
                     [node](const Visit& visit) { return visit.node == node; });
    for (auto visit = begin; visit != way_.end(); ++visit) {
      cycle.push_back(StepOf(visit->node));
    }
    // Definitions read only earlier ones: every cycle passes through an item.
    const auto first = std::min_element(
        cycle.begin(), cycle.end(),
        [this](const EvaluationStep& a, const EvaluationStep& b) {
          return NodeOf(a) < NodeOf(b);
        });
    std::rotate(cycle.begin(), first, cycle.end());
    cycle.push_back(cycle.front());
    order_.cycles.push_back(std::move(cycle));
  }

  std::vector<std::size_t> ReadsOf(EvaluationStep step) const {
    switch (step.kind) {
      case Kind::kItem: {
        const auto& enable_when = pathway_.items[step.index].enable_when;
        if (!enable_when.has_value()) return {};
        return ReadsOf(*enable_when);
      }
      case Kind::kDefinition:
        return ReadsOf(pathway_.definitions[step.index].expression);
      case Kind::kScore:
        break;
    }
    const std::vector<int>& items = pathway_.scores[step.index].items;
    return {items.begin(), items.end()};
  }

  std::vector<std::size_t> ReadsOf(const Expression& expression) const {
    std::vector<std::size_t> reads;
    if (expression.tree == nullptr) return reads;
    for (const CheckedNode& node : expression.tree->nodes) {
      if (node.kind == NodeKind::kDefinition) {
        reads.push_back(NodeOf({Kind::kDefinition, node.index}));
      } else if (node.kind == NodeKind::kScore ||
                 node.kind == NodeKind::kHasScore) {
        reads.push_back(NodeOf({Kind::kScore, node.index}));
      } else if (node.index >= 0) {
        reads.push_back(NodeOf({Kind::kItem, node.index}));
      }
    }
    std::sort(reads.begin(), reads.end());
    reads.erase(std::unique(reads.begin(), reads.end()), reads.end());
    return reads;
  }

  const CompiledPathway& pathway_;
  const std::size_t definitions_begin_;
  const std::size_t scores_begin_;
  std::vector<State> states_;
  std::vector<Visit> way_;
  EvaluationOrder order_;
};

}  // namespace

EvaluationOrder OrderEvaluation(const CompiledPathway& pathway) {
  return Search(pathway).Run();
}

}  // namespace plumbline::pathway
