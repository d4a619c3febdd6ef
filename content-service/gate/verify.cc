#include "content-service/gate/verify.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "content-service/gate/properties/floors.h"
#include "content-service/gate/properties/guidance.h"
#include "content-service/gate/properties/influence.h"
#include "content-service/gate/properties/invariants.h"
#include "content-service/gate/properties/monotone.h"
#include "content-service/gate/properties/no_error.h"
#include "content-service/gate/properties/texts.h"
#include "content-service/gate/properties/unknown_is_safe.h"

namespace plumbline::gate {
namespace {

struct Property {
  const char* name;
  std::function<Findings(Proof&, const VerifyOptions&)> check;
};

std::function<Findings(Proof&, const VerifyOptions&)> Of(
    Findings (*check)(Proof&)) {
  return [check](Proof& proof, const VerifyOptions& /*options*/) {
    return check(proof);
  };
}

const std::vector<Property>& Properties() {
  static const auto& properties = *new std::vector<Property>{
      {"no-error", Of(CheckNoError)},
      {"influence", Of(CheckInfluence)},
      {"monotone", Of(CheckMonotone)},
      {"floors", Of(CheckFloors)},
      {"unknown-is-safe", Of(CheckUnknownIsSafe)},
      {"invariants", Of(CheckInvariants)},
      {"guidance", Of(CheckGuidance)},
      {"texts",
       [](Proof& proof, const VerifyOptions& options) {
         return CheckTexts(proof.message(), options.as_of_date);
       }},
  };
  return properties;
}

Finding NotDecided(const Property& property, const std::string& why) {
  return {.elements = {},
          .message = absl::StrCat(property.name, " was not decided: ", why),
          .advice = "",
          .counterexample = std::nullopt};
}

// Where the pathway cannot be put into formulas at all.
std::vector<PropertyResult> NothingDecided(const std::string& why) {
  std::vector<PropertyResult> results;
  for (const Property& property : Properties()) {
    results.push_back({.property = property.name,
                       .verdict = Verdict::kTimedOut,
                       .duration = absl::ZeroDuration(),
                       .findings = {NotDecided(property, why)}});
  }
  return results;
}

PropertyResult Run(const Property& property, const VerifyOptions& options,
                   Proof& proof) {
  PropertyResult result{.property = property.name};
  const absl::Time start = options.surroundings.clock();
  try {
    result.findings = property.check(proof, options);
    const bool refuted =
        std::any_of(result.findings.begin(), result.findings.end(),
                    [](const Finding& finding) { return finding.failure; });
    result.verdict = refuted ? Verdict::kRefuted : Verdict::kProved;
  } catch (const Cancelled&) {
    throw;
  } catch (const std::exception& error) {  // As TimedOut, NotProvable.
    result.verdict = Verdict::kTimedOut;
    result.findings.push_back(NotDecided(property, error.what()));
  }
  result.duration = options.surroundings.clock() - start;
  return result;
}

}  // namespace

absl::StatusOr<std::vector<PropertyResult>> Verify(
    const pathway::CompiledPathway& pathway, const VerifyOptions& options) {
  std::vector<PropertyResult> results;
  try {
    Proof proof(pathway, options.bounds, options.surroundings);
    for (const Property& property : Properties()) {
      options.on_property(property.name, static_cast<int>(results.size()),
                          static_cast<int>(Properties().size()));
      results.push_back(Run(property, options, proof));
    }
  } catch (const Cancelled&) {
    return absl::CancelledError("nobody waits for the proofs any more");
  } catch (const std::exception& error) {  // As TimedOut, NotProvable.
    return NothingDecided(error.what());
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
