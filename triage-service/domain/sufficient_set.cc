#include "triage-service/domain/sufficient_set.h"

#include <algorithm>
#include <cstdint>
#include <deque>
#include <optional>

#include "common/pathway/evaluate.h"
#include "common/pathway/evaluation_order.h"

namespace plumbline::triage {
namespace {

using pathway::CompiledPathway;
using pathway::EvaluationStep;
using pathway::Intake;
using pathway::Rule;
using pathway::Truth;

// Places in the list of answers that the rule can read, ascending.
using Places = std::vector<int>;
// Which of those answers are taken, by place.
using Taken = std::vector<bool>;

// A search tree of bounded depth, deepened until a set is found.
//
// Where the answers taken do not suffice, they are grown to a set that does not
// suffice either, and does once any other answer is added. Every sufficient set
// has one of the answers left out: those are the branches. They are remembered,
// because they answer for most other sets of answers, too.
class LeastSet {
 public:
  LeastSet(const CompiledPathway& pathway, const Intake& intake,
           const Rule& rule, WorkBudget& budget)
      : pathway_(pathway),
        intake_(intake),
        rule_(rule),
        budget_(budget),
        reserve_(budget.left() / 2),
        steps_(StepsBehind(pathway, rule.when)),
        evaluation_work_(WorkOf(pathway, steps_) + WorkOf(rule.when)) {
    for (const EvaluationStep& step : steps_) {
      const bool answered = step.kind == EvaluationStep::Kind::kItem &&
                            intake[step.index].IsAnswered();
      if (answered) items_.push_back(step.index);
    }
    std::sort(items_.begin(), items_.end());
    taken_.assign(items_.size(), false);
    left_out_.assign(items_.size(), false);
  }

  SufficientSet Find() {
    for (int size = 0; !best_.has_value() && !IsOver(); ++size) Visit(size);
    if (best_.has_value()) return {ItemsAt(*best_), !IsOver()};
    return {ItemsAt(Irreducible()), false};
  }

 private:
  int Count() const { return static_cast<int>(items_.size()); }

  // Whether the search has spent its part of the budget.
  bool IsOver() const { return budget_.left() <= reserve_; }

  bool Suffices(const Taken& taken) {
    budget_.Spend(evaluation_work_);
    Intake alone(intake_.size());
    for (int place = 0; place < Count(); ++place) {
      if (taken[place]) alone[items_[place]] = intake_[items_[place]];
    }
    return EvaluateAlone(pathway_, alone, steps_, rule_.when) == Truth::kTrue;
  }

  // Looks for sufficient sets that have what is taken, nothing that is left
  // out, and at most `more` answers besides.
  void Visit(int more) {
    // Looking through what is remembered takes time, too.
    budget_.Spend(1 + static_cast<std::int64_t>(needed_.size()));
    if (IsOver() || !CouldComeFirst(more)) return;
    const Places* needed = FindNeeded();
    if (needed == nullptr) {
      if (Suffices(taken_)) {
        best_ = PlacesOf(taken_);
        return;
      }
      needed = &needed_.emplace_back(OneOfNeeded());
    }
    if (more == 0) return;
    Places tried;
    for (const int place : *needed) {
      if (left_out_[place]) continue;
      taken_[place] = true;
      Visit(more - 1);
      taken_[place] = false;
      left_out_[place] = true;
      tried.push_back(place);
    }
    for (const int place : tried) left_out_[place] = false;
  }

  // Whether a set found from here could come before the best one so far.
  bool CouldComeFirst(int more) const {
    if (!best_.has_value()) return true;
    Places earliest = PlacesOf(taken_);
    for (int place = 0; place < Count() && more > 0; ++place) {
      if (taken_[place] || left_out_[place]) continue;
      earliest.push_back(place);
      --more;
    }
    std::sort(earliest.begin(), earliest.end());
    return earliest < *best_;
  }

  // Remembered answers of which one is needed and none is taken; or null.
  const Places* FindNeeded() const {
    for (const Places& needed : needed_) {
      if (std::none_of(needed.begin(), needed.end(),
                       [this](int place) { return taken_[place]; })) {
        return &needed;
      }
    }
    return nullptr;
  }

  // As few answers as possible of which every sufficient set has one. What is
  // taken does not suffice.
  Places OneOfNeeded() {
    Taken grown = taken_;
    Places needed;
    for (int place = 0; place < Count() && !IsOver(); ++place) {
      if (grown[place]) continue;
      grown[place] = true;
      if (!Suffices(grown)) continue;
      grown[place] = false;
      needed.push_back(place);
    }
    return needed;
  }

  // A set of which no answer can be left out; or, at the end of the budget,
  // what it was then.
  Places Irreducible() {
    Taken taken(items_.size(), true);
    for (int place = Count() - 1; place >= 0 && !budget_.IsSpent(); --place) {
      taken[place] = false;
      if (!Suffices(taken)) taken[place] = true;
    }
    return PlacesOf(taken);
  }

  static Places PlacesOf(const Taken& taken) {
    Places places;
    for (std::size_t place = 0; place < taken.size(); ++place) {
      if (taken[place]) places.push_back(static_cast<int>(place));
    }
    return places;
  }

  std::vector<int> ItemsAt(const Places& places) const {
    std::vector<int> items;
    items.reserve(places.size());
    for (const int place : places) items.push_back(items_[place]);
    return items;
  }

  const CompiledPathway& pathway_;
  const Intake& intake_;
  const Rule& rule_;
  WorkBudget& budget_;
  const std::int64_t reserve_;  // Not for the search.
  const std::vector<EvaluationStep> steps_;
  const std::int64_t evaluation_work_;
  std::vector<int> items_;  // By place.
  Taken taken_;
  Taken left_out_;
  std::deque<Places> needed_;  // References to its elements stay valid.
  std::optional<Places> best_;
};

}  // namespace

SufficientSet FindSufficientSet(const CompiledPathway& pathway,
                                const Intake& intake, const Rule& rule,
                                WorkBudget& budget) {
  return LeastSet(pathway, intake, rule, budget).Find();
}

}  // namespace plumbline::triage
