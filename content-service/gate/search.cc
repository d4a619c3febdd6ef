#include "content-service/gate/search.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"

namespace plumbline::gate {
namespace {

using pathway::Intake;
using pathway::Item;
using pathway::SlotAnswer;

// The slot value.
std::int64_t ValueIn(const z3::model& model, const SymbolicAnswer& answer) {
  if (answer.value.has_value()) {
    const z3::expr place = model.eval(answer.value->place, true);
    const std::uint64_t sign = std::uint64_t{1}
                               << (place.get_sort().bv_size() - 1);
    return static_cast<std::int64_t>((place.get_numeral_uint64() ^ sign) -
                                     sign);
  }
  std::uint64_t set = 0;
  for (std::size_t i = 0; i < answer.chosen.size(); ++i) {
    if (model.eval(answer.chosen[i], true).is_true())
      set |= std::uint64_t{1} << i;
  }
  return static_cast<std::int64_t>(set);
}

Intake IntakeIn(const z3::model& model, const SymbolicEvaluation& evaluation) {
  Intake intake(evaluation.answers.size());
  for (std::size_t i = 0; i < intake.size(); ++i) {
    const SymbolicAnswer& answer = evaluation.answers[i];
    if (model.eval(answer.answered, true).is_true()) {
      intake[i] = {.state = SlotAnswer::State::kAnswered,
                   .value = ValueIn(model, answer)};
    } else if (model.eval(answer.closed, true).is_true()) {
      intake[i] = {.state = SlotAnswer::State::kClosed,
                   .no_value = SlotAnswer::NoValue::kNotAnswered};
    }
  }
  return intake;
}

// What is asserted in it holds from its construction to its destruction.
class Scope {
 public:
  explicit Scope(z3::solver& solver) : solver_(solver) { solver_.push(); }
  ~Scope() {
    try {
      solver_.pop();
    } catch (const z3::exception&) {  // The next question fails, too.
    }
  }

  Scope(const Scope&) = delete;
  Scope& operator=(const Scope&) = delete;

 private:
  z3::solver& solver_;
};

}  // namespace

std::vector<Order> OrdersOf(const pathway::CompiledPathway& pathway) {
  std::vector<Order> orders;
  for (std::size_t i = 0; i < pathway.items.size(); ++i) {
    orders.emplace_back(pathway.items[i],
                        pathway.source->items(static_cast<int>(i)).worse());
  }
  return orders;
}

z3::expr IsCalm(const Order& order, const Item& item,
                const SymbolicAnswer& answer) {
  return IsSameValue(
      answer, ConstantAnswer(answer.answered.ctx(), item, order.CalmValue()));
}

Search::Search(const Bounds& bounds, Surroundings surroundings)
    : bounds_(bounds),
      surroundings_(std::move(surroundings)),
      end_(surroundings_.clock() + bounds.total),
      solver_(z3_, "QF_FD"),
      watchdog_([this] { z3_.interrupt(); }) {}

std::optional<std::vector<Intake>> Search::FindQuickly(
    const z3::expr& condition, const std::vector<Sought>& sought) {
  const Scope scope(solver_);
  solver_.add(condition);
  if (!Check()) return std::nullopt;
  return Read(sought);
}

std::optional<std::vector<Intake>> Search::FindSmallest(
    const z3::expr& condition, const z3::expr_vector& costs,
    const std::vector<Sought>& sought) {
  const Scope scope(solver_);
  solver_.add(condition);
  if (!Check()) return std::nullopt;
  std::vector<Intake> smallest = Read(sought);
  try {
    MakeFewer(costs);
    for (const Sought& one : sought) MakeCalm(one);
    if (Check()) smallest = Read(sought);
  } catch (const TimedOut&) {  // What was found is true, if not the smallest.
  } catch (const z3::exception&) {
  }
  return smallest;
}

void Search::CheckBounds() const { CheckedTimeLeft(); }

// The solver looks at its own bound on memory only between steps, and not
// before the first. Z3's bound on the whole process is none: beyond it, Z3
// cannot be used again.
absl::Duration Search::CheckedTimeLeft() const {
  if (surroundings_.cancelled()) throw Cancelled();
  const absl::Duration left = end_ - surroundings_.clock();
  if (left <= absl::ZeroDuration()) {
    throw TimedOut("the time for all questions is over");
  }
  if (Z3_get_estimated_alloc_size() >
      std::uint64_t{bounds_.memory_max_mebibytes} << 20) {
    throw TimedOut(absl::StrCat(
        "it takes more than ", bounds_.memory_max_mebibytes, " MiB of memory"));
  }
  return left;
}

bool Search::Check() {
  const absl::Duration left = CheckedTimeLeft();
  z3::params params(z3_);
  params.set("max_memory", bounds_.memory_max_mebibytes);
  params.set("random_seed", 1u);
  solver_.set(params);
  watchdog_.Watch(std::min(bounds_.question, left));
  z3::check_result result = z3::unknown;
  std::string why;
  try {
    result = solver_.check();
    if (result == z3::unknown) why = solver_.reason_unknown();
  } catch (const z3::exception& error) {  // Interrupted while it prepares.
    why = error.msg();
  }
  // An answer that came with an interruption has no model any more.
  if (watchdog_.Rest()) throw TimedOut("the time for one question is over");
  if (result == z3::unknown) throw TimedOut(why);
  return result == z3::sat;
}

// Keeps as few of `costs` as there can be.
void Search::MakeFewer(const z3::expr_vector& costs) {
  if (costs.empty()) return;
  unsigned count = 0;
  const z3::model model = solver_.get_model();
  for (unsigned i = 0; i < costs.size(); ++i) {
    count += model.eval(costs[static_cast<int>(i)], true).is_true() ? 1 : 0;
  }
  while (count > 0) {
    const Scope scope(solver_);
    solver_.add(z3::atmost(costs, count - 1));
    if (!Check()) break;
    --count;
  }
  solver_.add(z3::atmost(costs, count));
}

void Search::MakeCalm(const Sought& sought) {
  for (std::size_t i = 0; i < sought.orders.size(); ++i) {
    MakeCalm(sought.pathway.items[i], sought.orders[i],
             sought.evaluation.answers[i]);
  }
}

// Keeps the item out of the intake, or calm or near it, where it can be.
void Search::MakeCalm(const Item& item, const Order& order,
                      const SymbolicAnswer& answer) {
  if (Grant(!answer.answered)) {
    Grant(!answer.closed);
  } else if (!Grant(IsCalm(order, item, answer))) {
    MakeNear(item, order, answer);
  }
}

// Of an item that is answered, and not calm.
void Search::MakeNear(const Item& item, const Order& order,
                      const SymbolicAnswer& answer) {
  switch (item.type) {
    case pathway::ItemType::kBoolean:
      return;  // There is no third answer.
    case pathway::ItemType::kChoice:
      for (std::int64_t option = 0; option <= answer.value->maximum; ++option) {
        if (Grant(IsPlace(*answer.value, option))) return;
      }
      return;
    case pathway::ItemType::kMultiChoice:
      for (const z3::expr& chosen : answer.chosen) Grant(!chosen);
      return;
    case pathway::ItemType::kInteger:
    case pathway::ItemType::kDecimal:
      return MakeNumberNear(*answer.value, order.CalmValue());
  }
}

// The least distance is between two others, which draw together.
void Search::MakeNumberNear(const SymbolicNumber& number, std::int64_t calm) {
  std::int64_t least = 1;
  std::int64_t most = number.maximum - number.minimum;
  while (least < most) {
    const std::int64_t middle = least + (most - least) / 2;
    const bool is_up = calm == number.minimum;
    const SymbolicNumber end =
        ConstantNumber(z3_, is_up ? calm + middle : calm - middle);
    if (Grant(is_up ? !IsLess(end, number) : !IsLess(number, end))) {
      most = middle;
    } else {
      least = middle + 1;
    }
  }
}

// Keeps to `wish` where that can be.
bool Search::Grant(const z3::expr& wish) {
  bool granted = false;
  {
    const Scope scope(solver_);
    solver_.add(wish);
    granted = Check();
  }
  if (granted) solver_.add(wish);
  return granted;
}

std::vector<Intake> Search::Read(const std::vector<Sought>& sought) const {
  const z3::model model = solver_.get_model();
  std::vector<Intake> intakes;
  intakes.reserve(sought.size());
  for (const Sought& one : sought) {
    intakes.push_back(IntakeIn(model, one.evaluation));
  }
  return intakes;
}

}  // namespace plumbline::gate
