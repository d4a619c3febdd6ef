#include "common/pathway/evaluation_order.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <utility>

#include "common/pathway/checked_tree.h"

namespace plumbline::pathway {
namespace {

using Kind = EvaluationStep::Kind;

// More of them help nobody, and a tangle has very many.
constexpr std::size_t kCyclesMax = 20;

// Items, definitions and scores under one numbering, and what each reads.
class Reads {
 public:
  explicit Reads(const CompiledPathway& pathway)
      : pathway_(pathway),
        definitions_begin_(pathway.items.size()),
        scores_begin_(definitions_begin_ + pathway.definitions.size()),
        count_(scores_begin_ + pathway.scores.size()) {}

  std::size_t count() const { return count_; }

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

  std::vector<std::size_t> Of(EvaluationStep step) const {
    switch (step.kind) {
      case Kind::kItem: {
        const auto& enable_when = pathway_.items[step.index].enable_when;
        if (!enable_when.has_value()) return {};
        return Of(*enable_when);
      }
      case Kind::kDefinition:
        return Of(pathway_.definitions[step.index].expression);
      case Kind::kScore:
        break;
    }
    const std::vector<int>& items = pathway_.scores[step.index].items;
    return {items.begin(), items.end()};
  }

  std::vector<std::size_t> Of(const Expression& expression) const {
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

 private:
  const CompiledPathway& pathway_;
  const std::size_t definitions_begin_;
  const std::size_t scores_begin_;
  const std::size_t count_;
};

// Visits what is read before what reads it. The way from a start is kept in a
// list and not on the stack: a chain may be as long as the questionnaire.
class Search {
 public:
  explicit Search(const CompiledPathway& pathway)
      : reads_(pathway), states_(reads_.count(), State::kNew) {}

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

  void From(std::size_t start) {
    Enter(start);
    while (!way_.empty()) {
      Visit& visit = way_.back();
      if (visit.next == visit.reads.size()) {
        states_[visit.node] = State::kDone;
        order_.steps.push_back(reads_.StepOf(visit.node));
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
    way_.push_back({node, reads_.Of(reads_.StepOf(node))});
  }

  // The way ends with what reads `node`, which stands on it.
  void AddCycle(std::size_t node) {
    if (order_.cycles.size() == kCyclesMax) return;
    std::vector<EvaluationStep> cycle;
    const auto begin =
        std::find_if(way_.begin(), way_.end(),
                     [node](const Visit& visit) { return visit.node == node; });
    for (auto visit = begin; visit != way_.end(); ++visit) {
      cycle.push_back(reads_.StepOf(visit->node));
    }
    // Definitions read only earlier ones: every cycle passes through an item.
    const auto first = std::min_element(
        cycle.begin(), cycle.end(),
        [this](const EvaluationStep& a, const EvaluationStep& b) {
          return reads_.NodeOf(a) < reads_.NodeOf(b);
        });
    std::rotate(cycle.begin(), first, cycle.end());
    cycle.push_back(cycle.front());
    order_.cycles.push_back(std::move(cycle));
  }

  const Reads reads_;
  std::vector<State> states_;
  std::vector<Visit> way_;
  EvaluationOrder order_;
};

}  // namespace

EvaluationOrder OrderEvaluation(const CompiledPathway& pathway) {
  return Search(pathway).Run();
}

std::vector<EvaluationStep> StepsBehind(const CompiledPathway& pathway,
                                        const Expression& expression) {
  const Reads reads(pathway);
  std::vector<bool> behind(reads.count(), false);
  std::vector<std::size_t> pending = reads.Of(expression);
  while (!pending.empty()) {
    const std::size_t node = pending.back();
    pending.pop_back();
    if (behind[node]) continue;
    behind[node] = true;
    const std::vector<std::size_t> further = reads.Of(reads.StepOf(node));
    pending.insert(pending.end(), further.begin(), further.end());
  }
  std::vector<EvaluationStep> steps;
  for (const EvaluationStep& step : pathway.evaluation_order) {
    if (behind[reads.NodeOf(step)]) steps.push_back(step);
  }
  return steps;
}

std::vector<Dependents> DependentsOfItems(const CompiledPathway& pathway) {
  const Reads reads(pathway);
  // By node: the items on whose answers it depends, ascending.
  std::vector<std::vector<int>> behind(reads.count());
  const auto items_behind = [&](const std::vector<std::size_t>& read) {
    std::vector<int> items;
    for (const std::size_t node : read) {
      if (node < pathway.items.size()) items.push_back(static_cast<int>(node));
      items.insert(items.end(), behind[node].begin(), behind[node].end());
    }
    std::sort(items.begin(), items.end());
    items.erase(std::unique(items.begin(), items.end()), items.end());
    return items;
  };
  std::vector<Dependents> dependents(pathway.items.size());
  for (const EvaluationStep& step : pathway.evaluation_order) {
    std::vector<int>& items = behind[reads.NodeOf(step)];
    items = items_behind(reads.Of(step));
    for (const int item : items) dependents[item].steps.push_back(step);
  }
  const auto add = [&](const Expression& expression, std::size_t reader,
                       std::vector<int> Dependents::*readers) {
    for (const int item : items_behind(reads.Of(expression))) {
      (dependents[item].*readers).push_back(static_cast<int>(reader));
    }
  };
  for (std::size_t i = 0; i < pathway.rules.size(); ++i) {
    add(pathway.rules[i].when, i, &Dependents::rules);
  }
  for (std::size_t i = 0; i < pathway.gates.size(); ++i) {
    add(pathway.gates[i].withhold_when, i, &Dependents::gates);
  }
  for (std::size_t i = 0; i < pathway.guidance.size(); ++i) {
    const std::optional<Expression>& condition = pathway.guidance[i].show_when;
    if (condition.has_value()) add(*condition, i, &Dependents::guidance);
  }
  return dependents;
}

}  // namespace plumbline::pathway
