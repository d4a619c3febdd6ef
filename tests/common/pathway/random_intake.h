// Random legal intakes of any pathway, for property tests. The same seed gives
// the same intakes on every machine.

#ifndef PLUMBLINE_TESTS_COMMON_PATHWAY_RANDOM_INTAKE_H_
#define PLUMBLINE_TESTS_COMMON_PATHWAY_RANDOM_INTAKE_H_

#include <algorithm>
#include <cstdint>
#include <random>
#include <vector>

#include "common/pathway/answers.h"
#include "common/pathway/evaluate.h"
#include "common/pathway/intake.h"
#include "common/pathway/model.h"

namespace plumbline::pathway {

// Below `bound`. Not std::uniform_int_distribution, which differs by library.
inline std::uint64_t Below(std::mt19937_64& random, std::uint64_t bound) {
  return random() % bound;
}

inline SlotAnswer Closed() {
  return {.state = SlotAnswer::State::kClosed,
          .no_value = SlotAnswer::NoValue::kDeclined};
}

// `calm_percent` in the functions below: how many of a hundred answers are of
// the kind that worries nobody. Without it nearly every intake is an emergency.
inline bool IsCalm(int calm_percent, std::mt19937_64& random) {
  return static_cast<int>(Below(random, 100)) < calm_percent;
}

inline SlotAnswer RandomSet(const Item& item, int calm_percent,
                            std::mt19937_64& random) {
  const std::uint64_t count = item.options.size();
  std::uint64_t set = std::uint64_t{1} << Below(random, count);
  if (item.exclusive_mask != 0 && IsCalm(calm_percent, random)) {
    set = item.exclusive_mask & ~(item.exclusive_mask - 1);
  }
  if ((set & item.exclusive_mask) == 0 && Below(random, 2) == 0) {
    const std::uint64_t all =
        count == 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << count) - 1;
    set |= random() & random() & all & ~item.exclusive_mask;
  }
  return {.state = SlotAnswer::State::kAnswered,
          .value = static_cast<std::int64_t>(set)};
}

// Numbers crowd at the low end and at the ends, where thresholds are.
inline std::int64_t RandomNumber(const Item& item, std::mt19937_64& random) {
  const auto span = static_cast<std::uint64_t>(item.maximum - item.minimum) + 1;
  switch (Below(random, 4)) {
    case 0:
      return item.minimum + static_cast<std::int64_t>(Below(random, span));
    case 1:
      return item.maximum - static_cast<std::int64_t>(Below(
                                random, std::min<std::uint64_t>(span, 4)));
    default:
      return item.minimum +
             static_cast<std::int64_t>(Below(random, 1 + Below(random, span)));
  }
}

inline SlotAnswer RandomChoice(const Item& item, int calm_percent,
                               std::mt19937_64& random) {
  std::uint64_t option = Below(random, item.options.size());
  if (IsCalm(calm_percent, random)) {
    option = 0;
    while (option + 1 < item.options.size() &&
           item.options[option].at_least.has_value()) {
      ++option;
    }
  }
  SlotAnswer answer{.state = SlotAnswer::State::kAnswered,
                    .value = static_cast<std::int64_t>(option)};
  if (item.options[option].means_unknown) {
    answer.state = SlotAnswer::State::kClosed;
    answer.no_value = SlotAnswer::NoValue::kMeansUnknown;
  }
  return answer;
}

inline SlotAnswer RandomBoolean(int calm_percent, std::mt19937_64& random) {
  const bool yes = !IsCalm(calm_percent, random) && Below(random, 2) == 0;
  return {.state = SlotAnswer::State::kAnswered, .value = yes ? 1 : 0};
}

// A legal answer, or rarely none.
inline SlotAnswer RandomAnswer(const Item& item, int calm_percent,
                               std::mt19937_64& random) {
  if (Below(random, 25) == 0) return Closed();
  switch (item.type) {
    case ItemType::kChoice:
      return RandomChoice(item, calm_percent, random);
    case ItemType::kMultiChoice:
      return RandomSet(item, calm_percent, random);
    case ItemType::kBoolean:
      return RandomBoolean(calm_percent, random);
    case ItemType::kInteger:
    case ItemType::kDecimal:
      return {.state = SlotAnswer::State::kAnswered,
              .value = RandomNumber(item, random)};
  }
  return Closed();
}

// Whether an answer to `item` is legal now and whatever else is answered: its
// enabling is true, or will stay unknown.
inline bool IsLegalForEver(const CompiledPathway& pathway, const Intake& intake,
                           const Evaluation& evaluation, int item) {
  if (evaluation.enabled[item] != Truth::kUnknown) {
    return evaluation.enabled[item] == Truth::kTrue;
  }
  for (const int behind : UnknownItemsBehind(
           pathway, intake, evaluation, *pathway.items[item].enable_when)) {
    if (intake[behind].state == SlotAnswer::State::kOpen) return false;
  }
  return true;
}

// Answers open items, each with the given chance in 100, until none is left
// that was not given its chance. The intake stays legal.
inline void AnswerOpenItems(const CompiledPathway& pathway, int percent,
                            int calm_percent, std::mt19937_64& random,
                            Intake& intake) {
  std::vector<bool> had_its_chance(intake.size(), false);
  for (bool changed = true; changed;) {
    changed = false;
    const Intake before = intake;
    const Evaluation evaluation = Evaluate(pathway, before);
    for (std::size_t i = 0; i < intake.size(); ++i) {
      const bool open = intake[i].state == SlotAnswer::State::kOpen;
      if (!open || had_its_chance[i]) continue;
      if (!IsLegalForEver(pathway, before, evaluation, i)) continue;
      changed = true;
      had_its_chance[i] = true;
      if (static_cast<int>(Below(random, 100)) >= percent) continue;
      intake[i] = RandomAnswer(pathway.items[i], calm_percent, random);
    }
  }
}

// From wild to calm, one for an intake.
inline int RandomCalmPercent(std::mt19937_64& random) {
  constexpr int kPercents[] = {0, 70, 95, 99};
  return kPercents[Below(random, 4)];
}

// A random legal intake: from nothing answered to everything.
inline CheckedAnswers RandomAnswers(const CompiledPathway& pathway,
                                    std::mt19937_64& random) {
  CheckedAnswers answers;
  answers.intake.resize(pathway.items.size());
  const int percent = static_cast<int>(Below(random, 5)) * 25;
  AnswerOpenItems(pathway, percent, RandomCalmPercent(random), random,
                  answers.intake);
  answers.evaluation = Evaluate(pathway, answers.intake);
  return answers;
}

}  // namespace plumbline::pathway

#endif  // PLUMBLINE_TESTS_COMMON_PATHWAY_RANDOM_INTAKE_H_
