// From answer messages to an intake that is legal for a pathway.

#ifndef PLUMBLINE_COMMON_PATHWAY_ANSWERS_H_
#define PLUMBLINE_COMMON_PATHWAY_ANSWERS_H_

#include <cstddef>

#include "common/pathway/evaluate.h"
#include "common/pathway/fault.h"
#include "common/pathway/intake.h"
#include "common/pathway/model.h"
#include "google/protobuf/repeated_ptr_field.h"
#include "plumbline/pathway/v1/answer.pb.h"

namespace plumbline::pathway {

using AnswerMessages = google::protobuf::RepeatedPtrField<v1::Answer>;

// From so many violations on, further answers are not read: an error has room
// for far fewer.
inline constexpr std::size_t kViolationsMax = 1000;

// An intake with its evaluation, or violations; never both.
struct CheckedAnswers {
  Intake intake;
  Evaluation evaluation;
  // Every one of the answers that were read. Paths are `answers[3].code`;
  // messages name the item and what is legal, never the value that was given.
  // Where answers were not read, the last one, of the path `answers`, says so.
  Faults violations;
};

// Parses `answers` and evaluates `pathway` over them. Violations: unknown link
// id, missing or wrong type of value, NaN or infinite, out of range, off step,
// an option that does not exist, an empty set, a doubled option, an exclusive
// option with another, a doubled answer, an answer to an item whose enabling is
// false.
CheckedAnswers CheckAnswers(const CompiledPathway& pathway,
                            const AnswerMessages& answers);

// The canonical answers: pathway order, options of a set in pathway order,
// decimals exactly on their step. Open items are left out.
AnswerMessages ToMessages(const CompiledPathway& pathway, const Intake& intake);

}  // namespace plumbline::pathway

#endif  // PLUMBLINE_COMMON_PATHWAY_ANSWERS_H_
