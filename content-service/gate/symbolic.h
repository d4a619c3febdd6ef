// What an expression can be over all intakes at once, as formulas of Z3: the
// values of common/pathway/evaluate_expression.h, with formulas for bits.
//
// A number is a place on a scale: the integers themselves, or rising doubles
// such as the values of a decimal item. Places are signed bit-vectors that are
// as wide as they must be. Doubles are compared by the engine's own arithmetic
// on the values of their scales, so that nothing is rounded otherwise here.

#ifndef PLUMBLINE_CONTENT_SERVICE_GATE_SYMBOLIC_H_
#define PLUMBLINE_CONTENT_SERVICE_GATE_SYMBOLIC_H_

#include <z3++.h>

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace plumbline::gate {

// What cannot be put into formulas within bounds. Thrown by what is below, and
// caught where a property is reported: such a property is not proved.
class NotProvable : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// Never both; neither: unknown.
struct SymbolicTruth {
  z3::expr is_true;
  z3::expr is_false;

  z3::expr IsUnknown() const { return !is_true && !is_false; }
};

// Rises with every place.
using Scale = std::function<double(std::int64_t)>;

// A number of which `place` says which; it is from `minimum` to `maximum`.
struct SymbolicNumber {
  z3::expr place;
  std::int64_t minimum;
  std::int64_t maximum;
  // Null: an int, which is its own place. Else a double. Numbers on the same
  // scale share the pointer.
  std::shared_ptr<const Scale> scale;
};

// An interval; `first` is never above `last`.
struct SymbolicInterval {
  SymbolicNumber first;
  SymbolicNumber last;
};

// The value of a node. `unknown`: nothing is known, not even bounds; else the
// member of its type holds.
struct SymbolicValue {
  z3::expr unknown;
  std::optional<SymbolicTruth> truth;
  std::optional<SymbolicInterval> number;
  std::map<std::string, z3::expr> texts;  // By text: whether it is this one.
};

// The number `place` on `scale`.
SymbolicNumber ConstantNumber(z3::context& z3, std::int64_t place,
                              std::shared_ptr<const Scale> scale = nullptr);
SymbolicNumber ConstantDouble(z3::context& z3, double value);

// A place from `minimum` to `maximum` that is not decided; `legal` gets the
// bounds.
SymbolicNumber FreeNumber(z3::context& z3, const std::string& name,
                          std::int64_t minimum, std::int64_t maximum,
                          z3::expr_vector& legal);

// Both on the same scale.
SymbolicNumber Either(const z3::expr& condition, const SymbolicNumber& if_true,
                      const SymbolicNumber& if_false);

z3::expr IsLess(const SymbolicNumber& a, const SymbolicNumber& b);
z3::expr IsEqual(const SymbolicNumber& a, const SymbolicNumber& b);
z3::expr IsPlace(const SymbolicNumber& number, std::int64_t place);

SymbolicTruth IsLess(const SymbolicInterval& a, const SymbolicInterval& b);
SymbolicTruth IsEqual(const SymbolicInterval& a, const SymbolicInterval& b);

// Of two ints, or of two doubles.
enum class Operation : std::uint8_t { kAdd, kSubtract, kMultiply };
SymbolicInterval Calculate(Operation operation, const SymbolicInterval& a,
                           const SymbolicInterval& b);
SymbolicInterval Negate(const SymbolicInterval& a);

// Of ints.
SymbolicNumber Sum(z3::context& z3, const std::vector<SymbolicNumber>& numbers);
// How many of `conditions` hold.
SymbolicNumber CountTrue(z3::context& z3,
                         const std::vector<z3::expr>& conditions);
// `values[place - minimum]` as an int.
SymbolicNumber LookUp(const SymbolicNumber& place,
                      const std::vector<std::int64_t>& values);

SymbolicInterval Either(const z3::expr& condition,
                        const SymbolicInterval& if_true,
                        const SymbolicInterval& if_false);

z3::expr AnyOf(z3::context& z3, const std::vector<z3::expr>& conditions);
z3::expr AllOf(z3::context& z3, const std::vector<z3::expr>& conditions);

}  // namespace plumbline::gate

#endif  // PLUMBLINE_CONTENT_SERVICE_GATE_SYMBOLIC_H_
