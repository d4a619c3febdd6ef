// The canonical bytes of a decision
// (proto/plumbline/pathway/v1/decision.proto).
//
// Written by hand, field by field, so that they depend on nothing but their
// inputs: not on compiler, library version, locale settings or hash order.
// Equal to what protobuf's deterministic serialisation gives for the same
// message. A change of any byte is a new kDecisionFormat.

#ifndef PLUMBLINE_COMMON_PATHWAY_ENCODE_DECISION_H_
#define PLUMBLINE_COMMON_PATHWAY_ENCODE_DECISION_H_

#include <string>

#include "absl/strings/string_view.h"
#include "common/pathway/decide.h"
#include "common/pathway/evaluate.h"
#include "common/pathway/intake.h"
#include "common/pathway/model.h"

namespace plumbline::pathway {

inline constexpr int kDecisionFormat = 3;

// How much text a decision carries; the numbers of v1::DecisionView.
enum class DecisionView : std::uint8_t { kBasic = 1, kFull = 2 };

// The locale that `requested` gives: itself where the pathway offers it, its
// language ("es" of "es-MX") where the pathway offers that, else the default.
// Empty: the default.
std::string ResolveLocale(const CompiledPathway& pathway,
                          absl::string_view requested);

// The canonical bytes. `locale` comes from ResolveLocale().
std::string EncodeDecision(const CompiledPathway& pathway, const Intake& intake,
                           const Evaluation& evaluation,
                           const Decision& decision, absl::string_view locale,
                           DecisionView view);

}  // namespace plumbline::pathway

#endif  // PLUMBLINE_COMMON_PATHWAY_ENCODE_DECISION_H_
