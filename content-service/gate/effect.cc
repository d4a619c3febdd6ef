#include "content-service/gate/effect.h"

#include <algorithm>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>

#include "content-service/gate/property.h"
#include "content-service/gate/said_alike.h"

namespace plumbline::gate {
namespace {

using pathway::CompiledPathway;
using pathway::Disposition;
using pathway::Intake;
using pathway::Item;

constexpr auto kCalmest = static_cast<std::size_t>(Disposition::kSelfCare);
constexpr auto kMostUrgent =
    static_cast<std::size_t>(Disposition::kEmergencyNow);

// Whether `a` is more urgent than `b` by at least so many steps.
z3::expr IsMoreUrgent(z3::context& z3, const SymbolicDisposition& a,
                      const SymbolicDisposition& b, std::size_t steps) {
  std::vector<z3::expr> ways;
  for (std::size_t of_a = kCalmest + steps; of_a <= kMostUrgent; ++of_a) {
    ways.push_back(a[of_a] && !b[of_a - steps + 1]);
  }
  return AnyOf(z3, ways);
}

const std::string& UnitOf(const CompiledPathway& pathway, int item) {
  const pathway::v1::Item& message = pathway.source->items(item);
  return message.has_decimal_range() ? message.decimal_range().unit()
                                     : message.integer_range().unit();
}

// The item of `pathway` that asks what that one of `other` does; -1: there is
// none.
int Counterpart(const CompiledPathway& other, int item,
                const CompiledPathway& pathway) {
  const Item& sought = other.items[item];
  const auto found = std::find_if(
      pathway.items.begin(), pathway.items.end(),
      [&sought](const Item& is) { return is.link_id == sought.link_id; });
  if (found == pathway.items.end() || found->type != sought.type) return -1;
  const int index = static_cast<int>(found - pathway.items.begin());
  return UnitOf(pathway, index) == UnitOf(other, item) ? index : -1;
}

void AddOnce(const std::string& text, std::vector<std::string>& texts) {
  if (std::find(texts.begin(), texts.end(), text) == texts.end()) {
    texts.push_back(text);
  }
}

// Before and after, and what one person says to both.
class Comparison {
 public:
  Comparison(const CompiledPathway& base, const CompiledPathway& target,
             const EffectOptions& options)
      : base_(base),
        target_(target),
        options_(options),
        search_(options.bounds, options.surroundings),
        base_encoder_(search_.z3(), base, [this] { search_.CheckBounds(); }),
        target_encoder_(search_.z3(), target,
                        [this] { search_.CheckBounds(); }),
        base_orders_(OrdersOf(base)),
        target_orders_(OrdersOf(target)),
        before_(base_encoder_.EvaluateAny("base ")),
        after_(EvaluateTarget()),
        complete_(base_encoder_.IsComplete(before_) &&
                  target_encoder_.IsComplete(after_)),
        given_before_(base_encoder_.DispositionOf(before_)),
        given_after_(target_encoder_.DispositionOf(after_)) {
    search_.Assume(before_.legal);
    search_.Assume(after_.legal);
  }

  Effect Find(Direction direction, bool complete) {
    Effect effect{.direction = direction,
                  .complete = complete,
                  .undecided = "",
                  .examples = {}};
    try {
      AddExamples(effect);
    } catch (const Cancelled&) {
      throw;
    } catch (const std::exception& error) {  // As TimedOut, NotProvable.
      effect.undecided = error.what();
    }
    return effect;
  }

 private:
  // What makes an example larger: the answer to one item, before or after. Of
  // complete intakes one that is not calm, of others any. -1: not asked there.
  struct Cost {
    int base_item;
    int target_item;
    z3::expr holds;
  };

  SymbolicEvaluation EvaluateTarget() {
    return target_encoder_.Evaluate(
        [this](int i, const SymbolicTruth& enabled, z3::expr_vector& legal) {
          return TargetAnswer(i, enabled, legal);
        });
  }

  SymbolicAnswer TargetAnswer(int i, const SymbolicTruth& enabled,
                              z3::expr_vector& legal) {
    const Item& item = target_.items[i];
    const int other = Counterpart(target_, i, base_);
    if (other < 0) return FreeAnswer(search_.z3(), item, "target ", legal);
    const Item& base_item = base_.items[other];
    const SymbolicTruth& was_enabled = before_.enabled[other];
    if (TakeTheSame(base_item, item) &&
        z3::eq(was_enabled.is_false, enabled.is_false)) {
      return before_.answers[other];
    }
    SymbolicAnswer answer = FreeAnswer(search_.z3(), item, "target ", legal);
    legal.push_back(z3::implies(
        !was_enabled.is_false && !enabled.is_false,
        IsSaidAlike(base_item, before_.answers[other], item, answer)));
    return answer;
  }

  z3::expr ChangesBy(std::size_t steps, Direction direction) {
    return direction == Direction::kLessUrgent
               ? IsMoreUrgent(search_.z3(), given_before_, given_after_, steps)
               : IsMoreUrgent(search_.z3(), given_after_, given_before_, steps);
  }

  void AddExamples(Effect& effect) {
    z3::expr sought = effect.complete ? complete_ : !complete_;
    if (!Finds(sought && ChangesBy(1, effect.direction))) return;
    const std::vector<Cost> costs = CostsOf(effect.complete);
    for (std::size_t steps = kMostUrgent - kCalmest; steps > 0; --steps) {
      AddExamples(ChangesBy(steps, effect.direction), costs, sought, effect);
    }
  }

  bool Finds(const z3::expr& condition) {
    return search_.FindQuickly(condition, {}).has_value();
  }

  // Of `sought`, from which it takes those that are no more than these.
  void AddExamples(const z3::expr& changes, const std::vector<Cost>& costs,
                   z3::expr& sought, Effect& effect) {
    z3::expr_vector counted(search_.z3());
    for (const Cost& cost : costs) counted.push_back(cost.holds);
    while (static_cast<int>(effect.examples.size()) < options_.examples_max) {
      const auto found = search_.FindSmallest(
          sought && changes, counted,
          {{base_, base_orders_, before_}, {target_, target_orders_, after_}});
      if (!found.has_value()) return;
      EffectExample example = ToExample((*found)[0], (*found)[1], effect);
      std::vector<z3::expr> spent;
      for (const Cost& cost : costs) {
        if (!Holds(cost, example, effect.complete)) continue;
        spent.push_back(cost.holds);
        AddOnce(LinkIdOf(cost), example.link_ids);
      }
      effect.examples.push_back(std::move(example));
      sought = sought && !AllOf(search_.z3(), spent);
    }
  }

  std::vector<Cost> CostsOf(bool complete) {
    std::vector<Cost> costs;
    costs.reserve(target_.items.size() + base_.items.size());
    for (int i = 0; i < static_cast<int>(target_.items.size()); ++i) {
      costs.push_back(CostOf(Counterpart(target_, i, base_), i, complete));
    }
    for (int i = 0; i < static_cast<int>(base_.items.size()); ++i) {
      if (Counterpart(base_, i, target_) >= 0) continue;
      costs.push_back(CostOf(i, -1, complete));
    }
    return costs;
  }

  Cost CostOf(int base_item, int target_item, bool complete) {
    std::vector<z3::expr> ways;
    if (base_item >= 0) {
      ways.push_back(CostOf(base_.items[base_item], base_orders_[base_item],
                            before_.answers[base_item], complete));
    }
    if (target_item >= 0) {
      ways.push_back(CostOf(target_.items[target_item],
                            target_orders_[target_item],
                            after_.answers[target_item], complete));
    }
    return {base_item, target_item, AnyOf(search_.z3(), ways)};
  }

  static z3::expr CostOf(const Item& item, const Order& order,
                         const SymbolicAnswer& answer, bool complete) {
    if (!complete) return answer.answered;
    return answer.answered && !IsCalm(order, item, answer);
  }

  const std::string& LinkIdOf(const Cost& cost) const {
    return cost.target_item >= 0 ? target_.items[cost.target_item].link_id
                                 : base_.items[cost.base_item].link_id;
  }

  bool Holds(const Cost& cost, const EffectExample& example,
             bool complete) const {
    const auto counts = [complete](const pathway::SlotAnswer& slot,
                                   const Order& order) {
      return slot.IsAnswered() &&
             (!complete || slot.value != order.CalmValue());
    };
    return (cost.base_item >= 0 && counts(example.base[cost.base_item],
                                          base_orders_[cost.base_item])) ||
           (cost.target_item >= 0 && counts(example.target[cost.target_item],
                                            target_orders_[cost.target_item]));
  }

  // As the engine decides it, which must bear the formulas out.
  EffectExample ToExample(const Intake& before, const Intake& after,
                          const Effect& effect) const {
    EffectExample example{.base = before,
                          .target = after,
                          .base_disposition = DispositionOf(base_, before),
                          .target_disposition = DispositionOf(target_, after),
                          .link_ids = {}};
    const bool less = example.target_disposition < example.base_disposition;
    const bool more = example.target_disposition > example.base_disposition;
    if (effect.direction == Direction::kLessUrgent ? !less : !more) {
      throw NotProvable("the engine decides an example otherwise");
    }
    return example;
  }

  const CompiledPathway& base_;
  const CompiledPathway& target_;
  const EffectOptions& options_;
  Search search_;
  const Encoder base_encoder_;
  const Encoder target_encoder_;
  const std::vector<Order> base_orders_;
  const std::vector<Order> target_orders_;
  const SymbolicEvaluation before_;
  const SymbolicEvaluation after_;
  const z3::expr complete_;
  const SymbolicDisposition given_before_;
  const SymbolicDisposition given_after_;
};

// Where the pathways cannot be put into formulas at all.
std::vector<Effect> NothingDecided(std::vector<Effect> effects,
                                   const std::string& why) {
  for (Effect& effect : effects) effect.undecided = why;
  return effects;
}

}  // namespace

absl::StatusOr<std::vector<Effect>> FindEffects(const CompiledPathway& base,
                                                const CompiledPathway& target,
                                                const EffectOptions& options) {
  std::vector<Effect> effects;
  for (const bool complete : {true, false}) {
    for (const Direction direction :
         {Direction::kLessUrgent, Direction::kMoreUrgent}) {
      effects.push_back({.direction = direction,
                         .complete = complete,
                         .undecided = "",
                         .examples = {}});
    }
  }
  try {
    Comparison comparison(base, target, options);
    int done = 0;
    for (Effect& effect : effects) {
      options.on_effect(done++, static_cast<int>(effects.size()));
      effect = comparison.Find(effect.direction, effect.complete);
    }
  } catch (const Cancelled&) {
    return absl::CancelledError("nobody waits for the comparison any more");
  } catch (const std::exception& error) {  // As TimedOut, NotProvable.
    return NothingDecided(std::move(effects), error.what());
  }
  return effects;
}

}  // namespace plumbline::gate
