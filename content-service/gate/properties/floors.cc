#include "content-service/gate/properties/floors.h"

#include "absl/strings/str_cat.h"
#include "common/pathway/names.h"

namespace plumbline::gate {

Findings CheckFloors(Proof& proof) {
  const pathway::CompiledPathway& pathway = proof.pathway();
  Findings findings;
  for (std::size_t i = 0; i < pathway.items.size(); ++i) {
    const pathway::Item& item = pathway.items[i];
    const SymbolicAnswer& answer = proof.any().answers[i];
    for (std::size_t option = 0; option < item.options.size(); ++option) {
      const auto& at_least = item.options[option].at_least;
      if (!at_least.has_value()) continue;
      const z3::expr chosen =
          answer.value.has_value()
              ? IsPlace(*answer.value, static_cast<std::int64_t>(option))
              : answer.chosen[option];
      const auto found = proof.FindAny(
          answer.answered && chosen &&
          !proof.decision().disposition[static_cast<std::size_t>(*at_least)]);
      if (!found.has_value()) continue;
      findings.push_back(
          {.elements = {ItemName(pathway, static_cast<int>(i))},
           .message = absl::StrCat(
               "'", item.options[option].code, "' gives ",
               ToString(DispositionOf(pathway, found->intake)),
               " here, and must give at least ", ToString(*at_least)),
           .advice = absl::StrCat("a rule of ", ToString(*at_least),
                                  " or more must read this option alone"),
           .counterexample = found->intake});
    }
  }
  return findings;
}

}  // namespace plumbline::gate
