#include "content-service/gate/proof.h"

#include <utility>

namespace plumbline::gate {
namespace {

using pathway::CompiledPathway;
using pathway::Intake;
using pathway::SlotAnswer;

std::optional<Found> ToFound(std::optional<std::vector<Intake>> intakes) {
  if (!intakes.has_value()) return std::nullopt;
  Found found{.intake = std::move(intakes->front()), .others = {}};
  intakes->erase(intakes->begin());
  found.others = *std::move(intakes);
  return found;
}

}  // namespace

Proof::Proof(const CompiledPathway& pathway, const Bounds& bounds,
             Surroundings surroundings)
    : pathway_(pathway),
      search_(bounds, std::move(surroundings)),
      encoder_(search_.z3(), pathway, [this] { search_.CheckBounds(); }),
      orders_(OrdersOf(pathway)),
      dependents_(pathway::DependentsOfItems(pathway)),
      any_(encoder_.EvaluateAny("")),
      decision_(encoder_.Decide(any_)),
      complete_(encoder_.IsComplete(any_)) {
  search_.Assume(any_.legal);
}

std::optional<Found> Proof::FindQuickly(const z3::expr& condition,
                                        const Others& others) {
  return ToFound(search_.FindQuickly(condition, WithOthers(others)));
}

std::optional<Found> Proof::FindComplete(const z3::expr& condition,
                                         const Others& others) {
  z3::expr_vector costs(z3());
  for (std::size_t i = 0; i < orders_.size(); ++i) {
    const SymbolicAnswer& answer = any_.answers[i];
    costs.push_back(answer.answered &&
                    !IsCalm(orders_[i], pathway_.items[i], answer));
  }
  return ToFound(
      search_.FindSmallest(condition && complete_, costs, WithOthers(others)));
}

std::optional<Found> Proof::FindAny(const z3::expr& condition,
                                    const Others& others) {
  z3::expr_vector costs(z3());
  for (const SymbolicAnswer& answer : any_.answers) {
    costs.push_back(answer.answered);
  }
  return ToFound(search_.FindSmallest(condition, costs, WithOthers(others)));
}

std::vector<Sought> Proof::WithOthers(const Others& others) const {
  std::vector<Sought> sought = {{pathway_, orders_, any_}};
  for (const SymbolicEvaluation* const other : others) {
    sought.push_back({pathway_, orders_, *other});
  }
  return sought;
}

z3::expr Proof::IsIntake(const Intake& intake) {
  std::vector<z3::expr> same;
  for (std::size_t i = 0; i < intake.size(); ++i) {
    const SymbolicAnswer& answer = any_.answers[i];
    const SlotAnswer& slot = intake[i];
    same.push_back(slot.IsAnswered() ? answer.answered : !answer.answered);
    same.push_back(slot.state == SlotAnswer::State::kClosed ? answer.closed
                                                            : !answer.closed);
    if (!slot.IsAnswered()) continue;
    same.push_back(IsSameValue(
        answer, ConstantAnswer(z3(), pathway_.items[i], slot.value)));
  }
  return AllOf(z3(), same);
}

}  // namespace plumbline::gate
