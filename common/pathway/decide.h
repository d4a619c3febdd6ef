// The decision: how soon care is needed, and why
// (docs/expression-language.md, "What decides").

#ifndef PLUMBLINE_COMMON_PATHWAY_DECIDE_H_
#define PLUMBLINE_COMMON_PATHWAY_DECIDE_H_

#include <vector>

#include "common/pathway/evaluate.h"
#include "common/pathway/intake.h"
#include "common/pathway/model.h"

namespace plumbline::pathway {

// A policy for something unknown that applied. Either `item` or `rule` is an
// index; the other is -1.
struct AppliedPolicy {
  int item = -1;
  int rule = -1;
  Disposition at_least = Disposition::kSelfCare;
  int flag = 0;
};

// Why a record is kept back; the numbers of v1::WithheldGuidance.Reason.
enum class WithheldReason : std::uint8_t {
  kGate = 1,
  kConditionUnknown = 2,
  kDisposition = 3,
  kEmergencyUnanswered = 4,
};

struct WithheldGuidance {
  int guidance = 0;
  WithheldReason reason = WithheldReason::kGate;
  std::vector<int> gates;
  std::vector<int> substitutes;
};

// Indices refer to the pathway's lists.
struct Decision {
  Disposition disposition = Disposition::kSelfCare;
  // The most urgent rule that is true.
  Disposition floor = Disposition::kSelfCare;
  // The most urgent disposition that further answers, or their refusal, could
  // give.
  Disposition most_urgent_possible = Disposition::kSelfCare;
  bool final = true;
  std::vector<int> flags;            // Each once; see v1::Decision.flags.
  std::vector<int> fired_rules;      // True, in pathway order.
  std::vector<int> undecided_rules;  // Unknown, in pathway order.
  // Undecided rules more urgent than the disposition.
  std::vector<int> provisional_rules;
  std::vector<AppliedPolicy> policies;  // Items in order, then rules.
  // Indices into `policies` of those that give more than `floor`.
  std::vector<int> raising_policies;
  // Unknown items of which it is unknown whether they are asked, and whose
  // policy would give more than the disposition if they are.
  std::vector<int> possible_policies;
  std::vector<int> shown;  // Guidance, in the order to show.
  std::vector<WithheldGuidance> withheld;
};

// Whether `record` lists `disposition`, and its kind may be shown there: urgent
// results show only urgent and crisis text, comfort and safety-netting.
bool FitsDisposition(const Guidance& record, Disposition disposition);

// Decides. `evaluation` is that of `intake`. Pure, deterministic, thread-safe.
Decision Decide(const CompiledPathway& pathway, const Intake& intake,
                const Evaluation& evaluation);

}  // namespace plumbline::pathway

#endif  // PLUMBLINE_COMMON_PATHWAY_DECIDE_H_
