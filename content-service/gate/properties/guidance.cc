#include "content-service/gate/properties/guidance.h"

#include "absl/strings/str_cat.h"
#include "common/pathway/names.h"

namespace plumbline::gate {
namespace {

using pathway::CompiledPathway;
using pathway::Disposition;

// What a patient, or who cares for one, is shown: not what clinicians are.
std::vector<z3::expr> ShownToPatients(Proof& proof) {
  std::vector<z3::expr> shown;
  for (int i = 0; i < proof.message().guidance_size(); ++i) {
    if (proof.message().guidance(i).audience() !=
        pathway::v1::AUDIENCE_CLINICIAN) {
      shown.push_back(proof.decision().shown[i]);
    }
  }
  return shown;
}

void CheckDispositions(Proof& proof, Findings& findings) {
  const z3::expr nothing = !AnyOf(proof.z3(), ShownToPatients(proof));
  for (const Disposition disposition : pathway::kDispositions) {
    const auto found = proof.FindAny(
        IsExactly(proof.decision().disposition, disposition) && nothing);
    if (!found.has_value()) continue;
    findings.push_back(
        {.elements = {absl::StrCat("dispositions/", ToString(disposition))},
         .message = absl::StrCat("with the result ", ToString(disposition),
                                 " no guidance is shown here"),
         .advice =
             absl::StrCat("give ", ToString(disposition),
                          " a record that is shown whatever else is answered"),
         .counterexample = found->intake});
  }
}

void CheckExclusions(Proof& proof, Findings& findings) {
  const CompiledPathway& pathway = proof.pathway();
  for (int i = 0; i < static_cast<int>(pathway.guidance.size()); ++i) {
    for (const int other : pathway.guidance[i].excludes) {
      const auto found = proof.FindAny(proof.decision().shown[i] &&
                                       proof.decision().shown[other]);
      if (!found.has_value()) continue;
      findings.push_back(
          {.elements = {GuidanceName(pathway, i), GuidanceName(pathway, other)},
           .message = absl::StrCat("is shown together with '",
                                   pathway.guidance[other].guidance_id,
                                   "', which it excludes"),
           .advice = "look at the conditions and gates of both",
           .counterexample = found->intake});
    }
  }
}

}  // namespace

Findings CheckGuidance(Proof& proof) {
  Findings findings;
  CheckDispositions(proof, findings);
  CheckExclusions(proof, findings);
  return findings;
}

}  // namespace plumbline::gate
