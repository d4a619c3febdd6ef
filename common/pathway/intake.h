// The answers of one intake, by item slot.
//
// An Intake made by CheckAnswers() holds only values that are legal for their
// items; whether an answered item is enabled is checked by Evaluate's caller
// (see answers.h).

#ifndef PLUMBLINE_COMMON_PATHWAY_INTAKE_H_
#define PLUMBLINE_COMMON_PATHWAY_INTAKE_H_

#include <cstdint>
#include <vector>

namespace plumbline::pathway {

// What an intake says of one item.
struct SlotAnswer {
  enum class State : std::uint8_t {
    kOpen,      // Missing: not asked yet.
    kClosed,    // Asked, and there is no usable answer.
    kAnswered,  // `value` holds.
  };
  // Why a closed item has no value; the numbers of v1::NoValue.
  // kMeansUnknown: an option that means unknown was chosen; `value` is its
  // index.
  enum class NoValue : std::uint8_t {
    kNone = 0,
    kNotAnswered = 1,
    kDeclined = 2,
    kUnsure = 3,
    kMeansUnknown = 4,
  };

  State state = State::kOpen;
  NoValue no_value = NoValue::kNone;
  // Boolean: 0 or 1. Integer: the value. Decimal: the value times the item's
  // scale. Choice: the option's index. Multi-choice: bit i set where option i
  // applies.
  std::int64_t value = 0;

  bool IsAnswered() const { return state == State::kAnswered; }

  friend bool operator==(const SlotAnswer&, const SlotAnswer&) = default;
};

// One entry an item, in pathway order.
using Intake = std::vector<SlotAnswer>;

}  // namespace plumbline::pathway

#endif  // PLUMBLINE_COMMON_PATHWAY_INTAKE_H_
