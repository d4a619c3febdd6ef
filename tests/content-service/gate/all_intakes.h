// Every legal intake of a small pathway, complete and partial, with what the
// engine makes of it.

#ifndef PLUMBLINE_TESTS_CONTENT_SERVICE_GATE_ALL_INTAKES_H_
#define PLUMBLINE_TESTS_CONTENT_SERVICE_GATE_ALL_INTAKES_H_

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "common/pathway/decide.h"
#include "common/pathway/evaluate.h"
#include "common/pathway/intake.h"
#include "common/pathway/model.h"

namespace plumbline::gate {

// The slot values of the legal answers to an item.
inline std::vector<std::int64_t> LegalValues(const pathway::Item& item) {
  using pathway::ItemType;
  std::vector<std::int64_t> values;
  switch (item.type) {
    case ItemType::kChoice:
      for (std::size_t i = 0; i < item.options.size(); ++i) {
        if (item.options[i].means_unknown) continue;
        values.push_back(static_cast<std::int64_t>(i));
      }
      break;
    case ItemType::kMultiChoice:
      for (std::uint64_t set = 1; set < 1u << item.options.size(); ++set) {
        const bool alone = (set & (set - 1)) == 0;
        if ((set & item.exclusive_mask) != 0 && !alone) continue;
        values.push_back(static_cast<std::int64_t>(set));
      }
      break;
    case ItemType::kBoolean:
      values = {0, 1};
      break;
    case ItemType::kInteger:
    case ItemType::kDecimal:
      for (std::int64_t v = item.minimum; v <= item.maximum; ++v) {
        values.push_back(v);
      }
      break;
  }
  return values;
}

inline pathway::SlotAnswer Answered(std::int64_t value) {
  return {.state = pathway::SlotAnswer::State::kAnswered, .value = value};
}

struct KnownIntake {
  pathway::Intake intake;
  pathway::Evaluation evaluation;
  pathway::Decision decision;
  bool complete = false;  // Every certainly enabled item answered, no other.

  bool IsEnabled(int item) const {
    return evaluation.enabled[item] == pathway::Truth::kTrue;
  }
};

class AllIntakes {
 public:
  // Of more than `most` intakes none is kept.
  AllIntakes(const pathway::CompiledPathway& pathway, std::size_t most)
      : pathway_(pathway), most_(most) {
    for (const auto& [kind, index] : pathway.evaluation_order) {
      if (kind == pathway::EvaluationStep::Kind::kItem) order_.push_back(index);
    }
    std::size_t codes = 1;
    for (const pathway::Item& item : pathway.items) {
      values_.push_back(LegalValues(item));
      places_.push_back(codes);
      codes *= values_.back().size() + 2;
    }
    by_code_.assign(codes, -1);
    pathway::Intake intake(pathway.items.size());
    TryFrom(0, intake);
    if (are_too_many_) all_.clear();
  }

  bool AreTooMany() const { return are_too_many_; }

  const std::vector<KnownIntake>& all() const { return all_; }

  const std::vector<std::int64_t>& ValuesOf(int item) const {
    return values_[item];
  }

  // Each after what its enabling reads.
  const std::vector<int>& ItemsInOrder() const { return order_; }

  // -1: not legal.
  int IndexOf(const pathway::Intake& intake) const {
    std::size_t code = 0;
    for (std::size_t i = 0; i < intake.size(); ++i) {
      const std::optional<std::size_t> digit = DigitOf(i, intake[i]);
      if (!digit.has_value()) return -1;
      code += *digit * places_[i];
    }
    return by_code_[code];
  }

 private:
  using State = pathway::SlotAnswer::State;

  std::optional<std::size_t> DigitOf(std::size_t item,
                                     const pathway::SlotAnswer& slot) const {
    if (slot.state == State::kOpen) return 0;
    if (slot.state == State::kClosed) return 1;
    const std::vector<std::int64_t>& values = values_[item];
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (values[i] == slot.value) return i + 2;
    }
    return std::nullopt;
  }

  // The items from `place` of the order on are open.
  void TryFrom(std::size_t place, pathway::Intake& intake) {
    if (are_too_many_) return;
    pathway::Evaluation evaluation = pathway::Evaluate(pathway_, intake);
    while (place < order_.size() &&
           evaluation.enabled[order_[place]] == pathway::Truth::kFalse) {
      ++place;
    }
    if (place == order_.size()) return Keep(intake, std::move(evaluation));
    const int item = order_[place];
    TryFrom(place + 1, intake);
    intake[item] = {.state = State::kClosed,
                    .no_value = pathway::SlotAnswer::NoValue::kNotAnswered};
    TryFrom(place + 1, intake);
    for (const std::int64_t value : values_[item]) {
      intake[item] = Answered(value);
      TryFrom(place + 1, intake);
    }
    intake[item] = pathway::SlotAnswer();
  }

  void Keep(const pathway::Intake& intake, pathway::Evaluation evaluation) {
    if (all_.size() == most_) {
      are_too_many_ = true;
      return;
    }
    KnownIntake known{.intake = intake, .evaluation = std::move(evaluation)};
    known.decision = pathway::Decide(pathway_, intake, known.evaluation);
    known.complete = true;
    for (std::size_t i = 0; i < intake.size(); ++i) {
      if (intake[i].IsAnswered() != known.IsEnabled(static_cast<int>(i))) {
        known.complete = false;
      }
    }
    std::size_t code = 0;
    for (std::size_t i = 0; i < intake.size(); ++i) {
      code += *DigitOf(i, intake[i]) * places_[i];
    }
    by_code_[code] = static_cast<int>(all_.size());
    all_.push_back(std::move(known));
  }

  const pathway::CompiledPathway& pathway_;
  const std::size_t most_;
  std::vector<int> order_;
  std::vector<std::vector<std::int64_t>> values_;
  std::vector<std::size_t> places_;
  std::vector<int> by_code_;
  std::vector<KnownIntake> all_;
  bool are_too_many_ = false;
};

}  // namespace plumbline::gate

#endif  // PLUMBLINE_TESTS_CONTENT_SERVICE_GATE_ALL_INTAKES_H_
