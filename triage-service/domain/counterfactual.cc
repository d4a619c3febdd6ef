#include "triage-service/domain/counterfactual.h"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <optional>
#include <tuple>
#include <utility>

#include "common/pathway/decide.h"
#include "common/pathway/evaluation_order.h"
#include "triage-service/domain/values_to_try.h"
#include "triage-service/domain/work_budget.h"

namespace plumbline::triage {
namespace {

using pathway::CompiledPathway;
using pathway::Disposition;
using pathway::Evaluation;
using pathway::EvaluationStep;
using pathway::Intake;
using pathway::Item;
using pathway::ItemPolicy;
using pathway::Rule;
using pathway::RulePolicy;
using pathway::SlotAnswer;
using pathway::Truth;

using Items = std::vector<int>;

template <typename T>
int Count(const std::vector<T>& list) {
  return static_cast<int>(list.size());
}

// What can be tried, whatever is sought. The changeable items behind a rule,
// and behind whether an item is asked, are ascending.
struct ChangesToTry {
  std::vector<ValuesToTry> values;              // By item.
  std::vector<pathway::Dependents> dependents;  // By item.
  std::vector<std::int64_t> work;               // By item: what a change takes.
  std::vector<Items> items_of_rule;
  std::vector<Items> items_of_enabling;
};

// What gives a disposition.
struct Support {
  enum class Kind : std::uint8_t {
    kNothing,     // SELF_CARE needs no reason.
    kRule,        // The rule `index` is true.
    kRulePolicy,  // The rule `index` is unknown, and its policy applies.
    kItemPolicy,  // The item `index` stays unknown, and its policy applies.
  };

  Kind kind = Kind::kNothing;
  int index = 0;
};

// What a copy takes: each entry is one.
std::int64_t WorkOfCopy(const Evaluation& evaluation) {
  return Count(evaluation.enabled) + Count(evaluation.definitions) +
         Count(evaluation.scores) + Count(evaluation.rules) +
         Count(evaluation.gates) + Count(evaluation.show_when);
}

bool Escalates(const RulePolicy& policy) {
  return policy.kind == RulePolicy::Kind::kEscalate;
}

// A search tree of bounded depth, deepened until something is found.
//
// A node is an intake with some changes. What keeps it from being a
// counterfactual are *obstacles*: the support sought does not hold, something
// more urgent does, an item newly asked has no value, an item that is not
// changeable would be dropped. An obstacle depends on some items alone, so that
// every counterfactual that has these changes changes one of them, too: those
// are the branches. Obstacles that share no item need a change each, which
// bounds the depth from below.
class Search {
 public:
  Search(const CompiledPathway& pathway, const Intake& intake,
         const Evaluation& evaluation, const ChangesToTry& changes,
         Disposition sought, const CounterfactualLimits& limits)
      : pathway_(pathway),
        intake_(intake),
        evaluation_(evaluation),
        changes_(changes),
        sought_(sought),
        limits_(limits),
        budget_(limits.work),
        changed_(intake) {
    for (const Item& item : pathway.items) free_.push_back(item.changeable);
  }

  Counterfactual Find() {
    const std::vector<Support> supports = PossibleSupports();
    int proven = supports.empty() ? limits_.changes_max : 0;
    while (proven < limits_.changes_max && !best_.has_value()) {
      for (const Support& support : supports) {
        support_ = support;
        Visit(evaluation_, proven + 1);
      }
      if (best_.has_value() || IsCutShort()) break;
      ++proven;
    }
    Counterfactual result = best_.has_value() ? Describe() : Counterfactual();
    result.disposition = sought_;
    result.not_found_within = proven;
    result.cut_short = IsCutShort();
    return result;
  }

 private:
  // A counterfactual, by what makes one better than another.
  struct Found {
    std::int64_t steps = 0;
    Items items;
    std::vector<std::int64_t> values;  // Of `items`.

    friend bool operator<(const Found& a, const Found& b) {
      return std::tie(a.steps, a.items, a.values) <
             std::tie(b.steps, b.items, b.values);
    }
  };

  bool IsCutShort() const { return budget_.IsSpent() || values_left_out_; }

  // The supports that some change could make hold, if any. What is decided with
  // every changeable item unknown is so whatever is changed.
  std::vector<Support> PossibleSupports() {
    Intake loose = intake_;
    for (int i = 0; i < Count(loose); ++i) {
      if (pathway_.items[i].changeable) loose[i] = SlotAnswer();
    }
    const Evaluation certain = Evaluate(pathway_, loose);
    std::vector<Support> supports;
    for (int i = 0; i < Count(pathway_.rules); ++i) {
      const Rule& rule = pathway_.rules[i];
      const Truth truth = certain.rules[i];
      if (truth == Truth::kTrue && rule.disposition > sought_) return {};
      if (truth != Truth::kFalse && rule.disposition == sought_) {
        supports.push_back({Support::Kind::kRule, i});
      }
      if (truth == Truth::kUnknown && Escalates(rule.on_unknown) &&
          rule.on_unknown.at_least == sought_) {
        supports.push_back({Support::Kind::kRulePolicy, i});
      }
    }
    for (int i = 0; i < Count(pathway_.items); ++i) {
      const std::optional<ItemPolicy>& policy = pathway_.items[i].if_unknown;
      const bool gives = policy.has_value() && policy->at_least == sought_;
      if (gives && IsUnansweredIn(intake_, evaluation_, i)) {
        supports.push_back({Support::Kind::kItemPolicy, i});
      }
    }
    if (sought_ == Disposition::kSelfCare) supports.push_back({});
    return supports;
  }

  static bool IsUnansweredIn(const Intake& intake, const Evaluation& evaluation,
                             int item) {
    return evaluation.enabled[item] == Truth::kTrue &&
           !intake[item].IsAnswered();
  }

  // Looks for counterfactuals that have what is changed and at most `more`
  // changes besides, of free items. `evaluation` is that of what is changed.
  void Visit(const Evaluation& evaluation, int more) {
    if (budget_.IsSpent()) return;
    const std::vector<Items> obstacles = Obstacles(evaluation);
    if (obstacles.empty()) return Take(evaluation);
    if (ChangesNeeded(obstacles) > more) return;
    Items tried;
    for (const int item : obstacles.front()) {
      free_[item] = false;
      tried.push_back(item);
      TryValues(item, evaluation, more);
    }
    // An item that was tried keeps its answer in the branches after its own.
    for (const int item : tried) free_[item] = true;
  }

  // Tries the values of one more item; `before` is the evaluation without them.
  void TryValues(int item, const Evaluation& before, int more) {
    values_left_out_ |= !changes_.values[item].complete;
    if (changes_.values[item].values.empty()) return;
    budget_.Spend(WorkOfCopy(before));
    Evaluation evaluation = before;
    path_.push_back(item);
    for (const auto& [value, steps] : changes_.values[item].values) {
      if (budget_.IsSpent()) break;
      if (best_.has_value() && steps_ + steps > best_->steps) break;
      changed_[item] = {.state = SlotAnswer::State::kAnswered, .value = value};
      budget_.Spend(changes_.work[item]);
      EvaluateAgain(pathway_, changed_, changes_.dependents[item], evaluation);
      steps_ += steps;
      Visit(evaluation, more - 1);
      steps_ -= steps;
    }
    changed_[item] = intake_[item];
    path_.pop_back();
  }

  // The obstacles of the intake as it is changed, each by its free items; the
  // one with the fewest first.
  std::vector<Items> Obstacles(const Evaluation& evaluation) {
    budget_.Spend(Count(pathway_.rules) + Count(pathway_.items));
    std::vector<Items> obstacles;
    if (!Holds(support_, evaluation)) AddSupport(obstacles);
    AddMoreUrgent(evaluation, obstacles);
    AddItems(evaluation, obstacles);
    std::stable_sort(
        obstacles.begin(), obstacles.end(),
        [](const Items& a, const Items& b) { return a.size() < b.size(); });
    return obstacles;
  }

  bool Holds(const Support& support, const Evaluation& evaluation) const {
    switch (support.kind) {
      case Support::Kind::kNothing:
        return true;
      case Support::Kind::kRule:
        return evaluation.rules[support.index] == Truth::kTrue;
      case Support::Kind::kRulePolicy:
        return evaluation.rules[support.index] == Truth::kUnknown;
      case Support::Kind::kItemPolicy:
        return IsUnansweredIn(changed_, evaluation, support.index);
    }
    return true;
  }

  void AddSupport(std::vector<Items>& obstacles) {
    switch (support_.kind) {
      case Support::Kind::kNothing:
        return;
      case Support::Kind::kRule:
      case Support::Kind::kRulePolicy:
        return Add(changes_.items_of_rule[support_.index], obstacles);
      case Support::Kind::kItemPolicy: {
        const bool is_lost = changed_[support_.index].IsAnswered();
        return Add(
            is_lost ? Items() : changes_.items_of_enabling[support_.index],
            obstacles);
      }
    }
  }

  void AddMoreUrgent(const Evaluation& evaluation,
                     std::vector<Items>& obstacles) {
    for (int i = 0; i < Count(pathway_.rules); ++i) {
      const Rule& rule = pathway_.rules[i];
      const Truth truth = evaluation.rules[i];
      const bool fires = truth == Truth::kTrue && rule.disposition > sought_;
      const bool escalates = truth == Truth::kUnknown &&
                             Escalates(rule.on_unknown) &&
                             rule.on_unknown.at_least > sought_;
      if (fires || escalates) Add(changes_.items_of_rule[i], obstacles);
    }
    for (int i = 0; i < Count(pathway_.items); ++i) {
      const std::optional<ItemPolicy>& policy = pathway_.items[i].if_unknown;
      const bool gives_more = policy.has_value() && policy->at_least > sought_;
      if (gives_more && IsUnansweredIn(changed_, evaluation, i)) {
        AddUnanswered(i, obstacles);
      }
    }
  }

  void AddItems(const Evaluation& evaluation, std::vector<Items>& obstacles) {
    for (int i = 0; i < Count(pathway_.items); ++i) {
      const bool newly_asked = evaluation_.enabled[i] != Truth::kTrue &&
                               IsUnansweredIn(changed_, evaluation, i);
      if (newly_asked) AddUnanswered(i, obstacles);
      const bool is_lost =
          !pathway_.items[i].changeable && IsDropped(evaluation, i);
      if (is_lost) Add(changes_.items_of_enabling[i], obstacles);
    }
  }

  bool IsDropped(const Evaluation& evaluation, int item) const {
    return intake_[item].state != SlotAnswer::State::kOpen &&
           evaluation.enabled[item] == Truth::kFalse;
  }

  // An item is answered, or not asked.
  void AddUnanswered(int item, std::vector<Items>& obstacles) {
    Items items = changes_.items_of_enabling[item];
    items.push_back(item);
    std::sort(items.begin(), items.end());
    Add(items, obstacles);
  }

  void Add(const Items& items, std::vector<Items>& obstacles) {
    budget_.Spend(Count(items));
    Items& obstacle = obstacles.emplace_back();
    std::copy_if(items.begin(), items.end(), std::back_inserter(obstacle),
                 [this](int item) { return free_[item]; });
  }

  // So many changes at least take all obstacles away; more than are ever looked
  // for where one of them stays, whatever is changed.
  int ChangesNeeded(const std::vector<Items>& obstacles) const {
    if (obstacles.front().empty()) return kChangesMax + 1;
    std::vector<bool> touched(intake_.size(), false);
    int needed = 0;
    for (const Items& obstacle : obstacles) {
      if (std::any_of(obstacle.begin(), obstacle.end(),
                      [&touched](int item) { return touched[item]; })) {
        continue;
      }
      ++needed;
      for (const int item : obstacle) touched[item] = true;
    }
    return needed;
  }

  // Takes the intake as it is changed, if it is better than the best so far.
  void Take(const Evaluation& evaluation) {
    Found found{.steps = steps_, .items = path_};
    std::sort(found.items.begin(), found.items.end());
    for (const int item : found.items) {
      // A change of what is not asked is none: there is one with fewer.
      if (evaluation.enabled[item] == Truth::kFalse) return;
      found.values.push_back(changed_[item].value);
    }
    if (!best_.has_value() || found < *best_) best_ = std::move(found);
  }

  Counterfactual Describe() const {
    Counterfactual result{.found = true, .intake = intake_};
    result.changes = best_->items;
    for (std::size_t i = 0; i < best_->items.size(); ++i) {
      result.intake[best_->items[i]] = {.state = SlotAnswer::State::kAnswered,
                                        .value = best_->values[i]};
    }
    const Evaluation evaluation = Evaluate(pathway_, result.intake);
    for (int i = 0; i < Count(result.intake); ++i) {
      if (!IsDropped(evaluation, i)) continue;
      result.dropped.push_back(i);
      result.intake[i] = SlotAnswer();
    }
    result.is_final = Decide(pathway_, result.intake, evaluation).final;
    return result;
  }

  const CompiledPathway& pathway_;
  const Intake& intake_;
  const Evaluation& evaluation_;
  const ChangesToTry& changes_;
  const Disposition sought_;
  const CounterfactualLimits& limits_;
  WorkBudget budget_;

  Support support_;
  // Evaluates like the intake itself with what is changed: answers to absent
  // items are not read.
  Intake changed_;
  std::vector<bool> free_;  // By item: whether it may be changed from here on.
  Items path_;              // What is changed.
  std::int64_t steps_ = 0;  // Of what is changed.
  bool values_left_out_ = false;
  std::optional<Found> best_;
};

ChangesToTry FindChangesToTry(const CompiledPathway& pathway,
                              const Intake& intake) {
  ChangesToTry changes{
      .values = FindValuesToTry(pathway, intake),
      .dependents = pathway::DependentsOfItems(pathway),
      .items_of_rule = std::vector<Items>(pathway.rules.size()),
      .items_of_enabling = std::vector<Items>(pathway.items.size()),
  };
  for (int i = 0; i < Count(pathway.items); ++i) {
    const pathway::Dependents& dependents = changes.dependents[i];
    changes.work.push_back(WorkOf(pathway, dependents));
    if (!pathway.items[i].changeable) continue;
    for (const int rule : dependents.rules) {
      changes.items_of_rule[rule].push_back(i);
    }
    for (const auto& [kind, index] : dependents.steps) {
      if (kind != EvaluationStep::Kind::kItem) continue;
      changes.items_of_enabling[index].push_back(i);
    }
  }
  return changes;
}

}  // namespace

std::vector<Counterfactual> FindCounterfactuals(
    const CompiledPathway& pathway, const Intake& intake,
    const Evaluation& evaluation, absl::Span<const Disposition> dispositions,
    const CounterfactualLimits& limits, absl::FunctionRef<bool()> expired) {
  const ChangesToTry changes = FindChangesToTry(pathway, intake);
  std::vector<Counterfactual> found;
  for (const Disposition sought : dispositions) {
    if (expired()) break;
    found.push_back(
        Search(pathway, intake, evaluation, changes, sought, limits).Find());
  }
  return found;
}

}  // namespace plumbline::triage
