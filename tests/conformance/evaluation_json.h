// What the engine made of intakes, as JSON for an independent CEL to repeat
// (tests/check/cel_agreement.js).

#ifndef PLUMBLINE_TESTS_CONFORMANCE_EVALUATION_JSON_H_
#define PLUMBLINE_TESTS_CONFORMANCE_EVALUATION_JSON_H_

#include <nlohmann/json.hpp>

#include "common/pathway/evaluate.h"
#include "common/pathway/intake.h"
#include "common/pathway/model.h"

namespace plumbline::conformance {

// The expressions of a pathway, and in which order they are evaluated.
nlohmann::json ToJson(const pathway::CompiledPathway& pathway);

// What is answered, by link id: booleans, numbers, codes, lists of codes.
nlohmann::json AnswersJson(const pathway::CompiledPathway& pathway,
                           const pathway::Intake& intake);

// true, "text", {"int": [from, to]}, {"double": [from, to]}, or null: unknown.
// Ints are strings, as they may be longer than JSON numbers.
nlohmann::json ToJson(const pathway::Value& value);

// The values of everything in ToJson(pathway).
nlohmann::json ToJson(const pathway::Evaluation& evaluation);

// The invariants over a complete intake, and what they see besides answers.
nlohmann::json InvariantsJson(const pathway::CompiledPathway& pathway,
                              const pathway::Intake& intake,
                              const pathway::Evaluation& evaluation);

}  // namespace plumbline::conformance

#endif  // PLUMBLINE_TESTS_CONFORMANCE_EVALUATION_JSON_H_
