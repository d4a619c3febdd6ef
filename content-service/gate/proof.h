// Questions about all legal intakes of a pathway, and their answers: a smallest
// intake that shows it, or the proof that there is none.

#ifndef PLUMBLINE_CONTENT_SERVICE_GATE_PROOF_H_
#define PLUMBLINE_CONTENT_SERVICE_GATE_PROOF_H_

#include <z3++.h>

#include <optional>
#include <vector>

#include "common/pathway/evaluation_order.h"
#include "common/pathway/intake.h"
#include "common/pathway/model.h"
#include "content-service/gate/encode.h"
#include "content-service/gate/order.h"
#include "content-service/gate/search.h"

namespace plumbline::gate {

// Intakes that show something.
struct Found {
  pathway::Intake intake;
  // What else was asked for: of each evaluation, its intake.
  std::vector<pathway::Intake> others;
};

using Others = std::vector<const SymbolicEvaluation*>;

// Not thread-safe: one a thread.
class Proof {
 public:
  // `pathway` was compiled from content and outlives this. The time for all
  // questions begins here.
  Proof(const pathway::CompiledPathway& pathway, const Bounds& bounds,
        Surroundings surroundings);

  const pathway::CompiledPathway& pathway() const { return pathway_; }
  const pathway::v1::Pathway& message() const { return *pathway_.source; }
  const Encoder& encoder() const { return encoder_; }
  z3::context& z3() { return search_.z3(); }
  const Order& order(int item) const { return orders_[item]; }
  const pathway::Dependents& dependents(int item) const {
    return dependents_[item];
  }

  // Any legal intake, and what is decided of it.
  const SymbolicEvaluation& any() const { return any_; }
  const SymbolicDecision& decision() const { return decision_; }
  // Whether it is complete.
  const z3::expr& complete() const { return complete_; }

  // A smallest legal intake of which `condition` holds; nothing: there is none.
  // Of complete intakes it has the fewest answers that are not calm
  // (Order::CalmValue), of others the fewest answers; then numbers and options
  // near the calm ones, item by item. Throws TimedOut and Cancelled.
  std::optional<Found> FindComplete(const z3::expr& condition,
                                    const Others& others = {});
  std::optional<Found> FindAny(const z3::expr& condition,
                               const Others& others = {});

  // Any such intake, of whatever size.
  std::optional<Found> FindQuickly(const z3::expr& condition,
                                   const Others& others = {});

  // Whether the intake is `intake`.
  z3::expr IsIntake(const pathway::Intake& intake);

 private:
  std::vector<Sought> WithOthers(const Others& others) const;

  const pathway::CompiledPathway& pathway_;
  Search search_;
  const Encoder encoder_;
  const std::vector<Order> orders_;
  const std::vector<pathway::Dependents> dependents_;
  const SymbolicEvaluation any_;
  const SymbolicDecision decision_;
  const z3::expr complete_;
};

}  // namespace plumbline::gate

#endif  // PLUMBLINE_CONTENT_SERVICE_GATE_PROOF_H_
