// Questions about all legal intakes of a pathway, and their answers: a smallest
// intake that shows it, or the proof that there is none.

#ifndef PLUMBLINE_CONTENT_SERVICE_GATE_PROOF_H_
#define PLUMBLINE_CONTENT_SERVICE_GATE_PROOF_H_

#include <z3++.h>

#include <cstdint>
#include <exception>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "common/pathway/evaluation_order.h"
#include "common/pathway/intake.h"
#include "common/pathway/model.h"
#include "content-service/gate/encode.h"
#include "content-service/gate/order.h"

namespace plumbline::gate {

struct Bounds {
  absl::Duration question = absl::Seconds(60);  // For one question.
  absl::Duration total = absl::Minutes(10);     // For all of them.
};

// The solver came to no answer within its bounds.
class TimedOut : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// Nobody wants the answer any more.
class Cancelled : public std::exception {};

// What a proof asks of the world.
struct Surroundings {
  std::function<absl::Time()> clock;
  // Asked before each question.
  std::function<bool()> cancelled = [] { return false; };
};

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
  z3::context& z3() { return z3_; }
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
  // The same, by names that the solver is told once and for all, so that what
  // is asked of them is short.
  z3::expr Named(const z3::expr& formula);
  SymbolicTruth Named(const SymbolicTruth& truth);
  SymbolicInterval Named(const SymbolicInterval& interval);
  SymbolicValue Named(SymbolicValue value);
  SymbolicEvaluation Named(SymbolicEvaluation evaluation);
  SymbolicDecision Named(SymbolicDecision decision);

  std::optional<Found> Find(const z3::expr& condition,
                            const z3::expr_vector& costs, const Others& others);
  bool Check();
  void MakeFewer(const z3::expr_vector& costs);
  void MakeCalm(int item, const SymbolicAnswer& answer);
  void MakeNear(int item, const SymbolicAnswer& answer);
  void MakeNumberNear(const SymbolicNumber& number, std::int64_t calm);
  bool Grant(const z3::expr& wish);
  Found Read(const Others& others);
  static pathway::Intake Read(const z3::model& model,
                              const SymbolicEvaluation& evaluation);
  z3::expr IsCalm(int item, const SymbolicAnswer& answer);

  const pathway::CompiledPathway& pathway_;
  const Bounds bounds_;
  const Surroundings surroundings_;
  const absl::Time end_;
  z3::context z3_;
  const Encoder encoder_;
  std::vector<Order> orders_;
  const std::vector<pathway::Dependents> dependents_;
  z3::solver solver_;
  std::map<unsigned, z3::expr> names_;  // By the number of what it stands for.
  const SymbolicEvaluation any_;
  const SymbolicDecision decision_;
  const z3::expr complete_;
};

}  // namespace plumbline::gate

#endif  // PLUMBLINE_CONTENT_SERVICE_GATE_PROOF_H_
