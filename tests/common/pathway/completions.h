// Random parts of intakes, and what they can become.

#ifndef PLUMBLINE_TESTS_COMMON_PATHWAY_COMPLETIONS_H_
#define PLUMBLINE_TESTS_COMMON_PATHWAY_COMPLETIONS_H_

#include <cstddef>
#include <random>

#include "common/pathway/evaluate.h"
#include "tests/common/pathway/random_intake.h"

namespace plumbline::pathway {

// Gives every item that is asked an answer.
inline void AnswerAll(const CompiledPathway& pathway, Intake& intake,
                      std::mt19937_64& random) {
  for (std::size_t round = 0; round < pathway.items.size(); ++round) {
    const Evaluation evaluation = Evaluate(pathway, intake);
    bool complete = true;
    for (std::size_t i = 0; i < intake.size(); ++i) {
      const bool asked = evaluation.enabled[i] == Truth::kTrue;
      while (asked && intake[i].state != SlotAnswer::State::kAnswered) {
        intake[i] = RandomAnswer(pathway.items[i], 20, random);
        complete = false;
      }
    }
    if (complete) return;
  }
}

// Whether no answer stands where nothing is asked.
inline bool IsLegal(const Intake& intake, const Evaluation& evaluation) {
  for (std::size_t i = 0; i < intake.size(); ++i) {
    if (evaluation.enabled[i] == Truth::kFalse &&
        intake[i].state != SlotAnswer::State::kOpen) {
      return false;
    }
  }
  return true;
}

// Takes away answers to items that are not asked.
inline void DropAbsent(const CompiledPathway& pathway, Intake& intake) {
  for (Evaluation evaluation = Evaluate(pathway, intake);
       !IsLegal(intake, evaluation); evaluation = Evaluate(pathway, intake)) {
    for (std::size_t i = 0; i < intake.size(); ++i) {
      if (evaluation.enabled[i] == Truth::kFalse) intake[i] = SlotAnswer();
    }
  }
}

// Legal answers to about half of the items.
inline Intake RandomPart(const CompiledPathway& pathway,
                         std::mt19937_64& random) {
  Intake part(pathway.items.size());
  for (std::size_t i = 0; i < part.size(); ++i) {
    if (Below(random, 2) == 0) {
      part[i] = RandomAnswer(pathway.items[i], 20, random);
    }
  }
  DropAbsent(pathway, part);
  return part;
}

// `part` with every unknown answered; not legal where that takes an item away
// which `part` answers.
inline Intake Completed(const CompiledPathway& pathway, Intake part,
                        std::mt19937_64& random) {
  for (SlotAnswer& slot : part) {
    if (slot.state == SlotAnswer::State::kClosed) slot = SlotAnswer();
  }
  AnswerAll(pathway, part, random);
  return part;
}

}  // namespace plumbline::pathway

#endif  // PLUMBLINE_TESTS_COMMON_PATHWAY_COMPLETIONS_H_
