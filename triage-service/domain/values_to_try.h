// The values that are worth trying where an answer is changed.
//
// Few values of an item differ in what they decide: a number matters by which
// of the numbers that it is compared with it is less than, equal to or greater
// than, a set by those of its options that are asked for. Of values that are
// alike in that the one is kept that is the fewest steps away.

#ifndef PLUMBLINE_TRIAGE_SERVICE_DOMAIN_VALUES_TO_TRY_H_
#define PLUMBLINE_TRIAGE_SERVICE_DOMAIN_VALUES_TO_TRY_H_

#include <cstdint>
#include <vector>

#include "common/pathway/intake.h"
#include "common/pathway/model.h"

namespace plumbline::triage {

struct ValueToTry {
  std::int64_t value = 0;  // As SlotAnswer::value.
  // How far it is from the present answer; at least 1. Choice: places in the
  // list of options. Number: steps of the item. Set: options added or taken
  // away, an exclusive one counting as none. Boolean, or where there is no
  // answer to change: 1.
  std::int64_t steps = 1;

  friend bool operator==(const ValueToTry&, const ValueToTry&) = default;
};

struct ValuesToTry {
  std::vector<ValueToTry> values;  // Fewest steps first, then by value.
  // Whether every legal value decides like one of `values`, or like the present
  // answer, and is no fewer steps away. False for numbers that are calculated
  // with and have very many values, and for sets of very many options.
  bool complete = true;
};

// By item; empty for items that are not changeable. Legal values only, and
// never the present answer or an option that means unknown. Pure,
// deterministic, thread-safe.
std::vector<ValuesToTry> FindValuesToTry(
    const pathway::CompiledPathway& pathway, const pathway::Intake& intake);

}  // namespace plumbline::triage

#endif  // PLUMBLINE_TRIAGE_SERVICE_DOMAIN_VALUES_TO_TRY_H_
