#include "content-service/gate/properties/no_error.h"

#include "absl/strings/str_cat.h"

namespace plumbline::gate {

namespace {

// Also a number of which only bounds are known: it reads an item whose enabling
// is an error.
z3::expr IsUndecided(const SymbolicValue& value) {
  if (!value.number.has_value()) return value.unknown;
  return value.unknown || IsLess(value.number->first, value.number->last);
}

}  // namespace

Findings CheckNoError(Proof& proof) {
  const pathway::CompiledPathway& pathway = proof.pathway();
  const SymbolicEvaluation& any = proof.any();
  Findings findings;
  const auto check = [&](const std::string& element, const z3::expr& unknown) {
    const auto found = proof.FindComplete(unknown);
    if (!found.has_value()) return;
    findings.push_back(
        {.elements = {element},
         .message =
             "reads an item that is not asked, and has no value then, though "
             "every question is answered",
         .advice = "guard what it reads: has(ID) && …",
         .counterexample = found->intake});
  };
  for (std::size_t i = 0; i < pathway.items.size(); ++i) {
    if (!pathway.items[i].enable_when.has_value()) continue;
    check(ItemName(pathway, static_cast<int>(i)), any.enabled[i].IsUnknown());
  }
  for (std::size_t i = 0; i < pathway.definitions.size(); ++i) {
    check(absl::StrCat("definitions/", pathway.definitions[i].name),
          IsUndecided(any.definitions[i]));
  }
  for (std::size_t i = 0; i < pathway.rules.size(); ++i) {
    check(RuleName(pathway, static_cast<int>(i)), any.rules[i].IsUnknown());
  }
  for (std::size_t i = 0; i < pathway.gates.size(); ++i) {
    check(absl::StrCat("gates/", pathway.gates[i].gate_id),
          any.gates[i].IsUnknown());
  }
  for (std::size_t i = 0; i < pathway.guidance.size(); ++i) {
    check(GuidanceName(pathway, static_cast<int>(i)),
          any.show_when[i].IsUnknown());
  }
  for (const pathway::Invariant& invariant : pathway.invariants) {
    check(absl::StrCat("invariants/", invariant.invariant_id),
          proof.encoder()
              .EvaluateInvariant(any, proof.decision(), invariant)
              .IsUnknown());
  }
  return findings;
}

}  // namespace plumbline::gate
