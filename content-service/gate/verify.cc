#include "content-service/gate/verify.h"

#include <algorithm>
#include <iterator>

#include "absl/strings/str_cat.h"
#include "content-service/gate/properties/floors.h"
#include "content-service/gate/properties/guidance.h"
#include "content-service/gate/properties/influence.h"
#include "content-service/gate/properties/invariants.h"
#include "content-service/gate/properties/monotone.h"
#include "content-service/gate/properties/no_error.h"
#include "content-service/gate/properties/unknown_is_safe.h"

namespace plumbline::gate {
namespace {

struct Property {
  const char* name;
  Findings (*check)(Proof& proof);
};

constexpr Property kProperties[] = {
    {"no-error", CheckNoError},
    {"influence", CheckInfluence},
    {"monotone", CheckMonotone},
    {"floors", CheckFloors},
    {"unknown-is-safe", CheckUnknownIsSafe},
    {"invariants", CheckInvariants},
    {"guidance", CheckGuidance},
};

Finding NotDecided(const Property& property, const std::string& why) {
  return {.elements = {},
          .message = absl::StrCat(property.name, " was not decided: ", why),
          .advice = "",
          .counterexample = std::nullopt};
}

PropertyResult Run(const Property& property, const Clock& clock, Proof& proof) {
  PropertyResult result{.property = property.name};
  const absl::Time start = clock();
  try {
    result.findings = property.check(proof);
    const bool refuted =
        std::any_of(result.findings.begin(), result.findings.end(),
                    [](const Finding& finding) { return finding.failure; });
    result.verdict = refuted ? Verdict::kRefuted : Verdict::kProved;
  } catch (const TimedOut& error) {
    result.verdict = Verdict::kTimedOut;
    result.findings.push_back(NotDecided(property, error.what()));
  } catch (const NotProvable& error) {
    result.verdict = Verdict::kTimedOut;
    result.findings.push_back(NotDecided(property, error.what()));
  } catch (const z3::exception& error) {
    result.verdict = Verdict::kTimedOut;
    result.findings.push_back(NotDecided(property, error.msg()));
  }
  result.duration = clock() - start;
  return result;
}

}  // namespace

std::vector<PropertyResult> Verify(const pathway::CompiledPathway& pathway,
                                   const Bounds& bounds, const Clock& clock,
                                   const OnProperty& on_property) {
  std::vector<PropertyResult> results;
  Proof proof(pathway, bounds);
  for (const Property& property : kProperties) {
    on_property(property.name, static_cast<int>(results.size()),
                static_cast<int>(std::size(kProperties)));
    results.push_back(Run(property, clock, proof));
  }
  return results;
}

std::string SolverVersion() {
  unsigned major = 0;
  unsigned minor = 0;
  unsigned build = 0;
  unsigned revision = 0;
  Z3_get_version(&major, &minor, &build, &revision);
  return absl::StrCat("z3 ", major, ".", minor, ".", build);
}

}  // namespace plumbline::gate
