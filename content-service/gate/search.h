// Looks for intakes, of one pathway or of several at once, of which something
// holds; the solver, within its bounds.

#ifndef PLUMBLINE_CONTENT_SERVICE_GATE_SEARCH_H_
#define PLUMBLINE_CONTENT_SERVICE_GATE_SEARCH_H_

#include <z3++.h>

#include <cstdint>
#include <exception>
#include <functional>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "common/pathway/intake.h"
#include "common/pathway/model.h"
#include "content-service/gate/encode.h"
#include "content-service/gate/order.h"
#include "content-service/gate/watchdog.h"

namespace plumbline::gate {

struct Bounds {
  absl::Duration question = absl::Seconds(60);  // For one question.
  absl::Duration total = absl::Minutes(10);     // For all, and for formulas.
  // Of all solvers of the process together: beyond it each gives up.
  unsigned memory_max_mebibytes = 4096;
};

// The solver came to no answer within its bounds.
class TimedOut : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// Nobody wants the answer any more.
class Cancelled : public std::exception {};

// What a search asks of the world.
struct Surroundings {
  std::function<absl::Time()> clock;
  // Asked before each question and each formula.
  std::function<bool()> cancelled = [] { return false; };
};

// By item.
std::vector<Order> OrdersOf(const pathway::CompiledPathway& pathway);

// Whether the answer is the calm one of its item.
z3::expr IsCalm(const Order& order, const pathway::Item& item,
                const SymbolicAnswer& answer);

// An intake to be found: of this pathway, with the answers of this evaluation.
struct Sought {
  const pathway::CompiledPathway& pathway;
  const std::vector<Order>& orders;
  const SymbolicEvaluation& evaluation;
};

// Not thread-safe: one a thread.
class Search {
 public:
  // The time for all questions begins here.
  Search(const Bounds& bounds, Surroundings surroundings);

  z3::context& z3() { return z3_; }

  // Throws Cancelled where nobody waits any more, and TimedOut where time or
  // memory are spent. Every question asks first; who makes formulas should.
  void CheckBounds() const;

  // Has `condition` hold in every question from now on.
  void Assume(const z3::expr& condition) { solver_.add(condition); }

  // Intakes of which `condition` holds, in the order of `sought`; nothing:
  // there are none. They have as few of `costs` as there can be; then as few
  // answers that are not calm, item by item, and numbers and options near the
  // calm ones; larger where the time ends first. Else the same whatever
  // compiler this was built by. Throws Cancelled, and TimedOut where none was
  // found.
  std::optional<std::vector<pathway::Intake>> FindSmallest(
      const z3::expr& condition, const z3::expr_vector& costs,
      const std::vector<Sought>& sought);

  // Any such intakes.
  std::optional<std::vector<pathway::Intake>> FindQuickly(
      const z3::expr& condition, const std::vector<Sought>& sought);

 private:
  // As CheckBounds(); returns the time for all questions that is left.
  absl::Duration CheckedTimeLeft() const;
  bool Check();
  void MakeFewer(const z3::expr_vector& costs);
  void MakeCalm(const Sought& sought);
  void MakeCalm(const pathway::Item& item, const Order& order,
                const SymbolicAnswer& answer);
  void MakeNear(const pathway::Item& item, const Order& order,
                const SymbolicAnswer& answer);
  void MakeNumberNear(const SymbolicNumber& number, std::int64_t calm);
  bool Grant(const z3::expr& wish);
  std::vector<pathway::Intake> Read(const std::vector<Sought>& sought) const;

  const Bounds bounds_;
  const Surroundings surroundings_;
  const absl::Time end_;
  z3::context z3_;
  z3::solver solver_;
  Watchdog watchdog_;
};

}  // namespace plumbline::gate

#endif  // PLUMBLINE_CONTENT_SERVICE_GATE_SEARCH_H_
