#include "content-service/gate/properties/invariants.h"

#include "absl/strings/str_cat.h"

namespace plumbline::gate {

Findings CheckInvariants(Proof& proof) {
  Findings findings;
  for (const pathway::Invariant& invariant : proof.pathway().invariants) {
    const SymbolicTruth truth = proof.encoder().EvaluateInvariant(
        proof.any(), proof.decision(), invariant);
    auto found = proof.FindComplete(truth.is_false);
    if (!found.has_value()) found = proof.FindAny(truth.is_false);
    if (!found.has_value()) continue;
    findings.push_back(
        {.elements = {absl::StrCat("invariants/", invariant.invariant_id)},
         .message = absl::StrCat("does not hold: ", invariant.expression.text),
         .advice = "look at the rules and policies that this intake meets",
         .counterexample = found->intake});
  }
  return findings;
}

}  // namespace plumbline::gate
