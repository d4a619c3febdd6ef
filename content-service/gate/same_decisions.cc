#include "content-service/gate/same_decisions.h"

#include <algorithm>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

#include "content-service/gate/said_alike.h"

namespace plumbline::gate {
namespace {

using pathway::CompiledPathway;

// Whether an intake of one is an intake of the other, and a record of one the
// same record of the other.
bool AreAlike(const CompiledPathway& base, const CompiledPathway& target) {
  return std::equal(base.items.begin(), base.items.end(), target.items.begin(),
                    target.items.end(),
                    [](const auto& a, const auto& b) {
                      return a.link_id == b.link_id && TakeTheSame(a, b);
                    }) &&
         std::equal(base.guidance.begin(), base.guidance.end(),
                    target.guidance.begin(), target.guidance.end(),
                    [](const auto& a, const auto& b) {
                      return a.guidance_id == b.guidance_id;
                    });
}

void AddDifferences(const SymbolicTruth& a, const SymbolicTruth& b,
                    std::vector<z3::expr>& differences) {
  differences.push_back(a.is_true != b.is_true);
  differences.push_back(a.is_false != b.is_false);
}

void AddDifferences(const std::vector<z3::expr>& a,
                    const std::vector<z3::expr>& b,
                    std::vector<z3::expr>& differences) {
  for (std::size_t i = 0; i < a.size(); ++i) {
    differences.push_back(a[i] != b[i]);
  }
}

// By name; a flag that a pathway does not have is never raised.
std::map<std::string, z3::expr> FlagsByName(const CompiledPathway& pathway,
                                            const SymbolicDecision& decision) {
  std::map<std::string, z3::expr> flags;
  for (std::size_t i = 0; i < pathway.flags.size(); ++i) {
    flags.emplace(pathway.flags[i], decision.flags[i]);
  }
  return flags;
}

void AddFlagDifferences(const std::map<std::string, z3::expr>& a,
                        const std::map<std::string, z3::expr>& b,
                        std::vector<z3::expr>& differences) {
  for (const auto& [name, raised] : a) {
    const auto other = b.find(name);
    differences.push_back(other == b.end() ? raised : raised != other->second);
  }
}

}  // namespace

bool AreDecisionsTheSame(const CompiledPathway& base,
                         const CompiledPathway& target, const Bounds& bounds,
                         const Surroundings& surroundings) {
  if (!AreAlike(base, target)) return false;
  try {
    Search search(bounds, surroundings);
    const auto checkpoint = [&search] { search.CheckBounds(); };
    const Encoder base_encoder(search.z3(), base, checkpoint);
    const Encoder target_encoder(search.z3(), target, checkpoint);
    const SymbolicEvaluation before = base_encoder.EvaluateAny("");
    const SymbolicEvaluation after = target_encoder.Evaluate(
        [&before](int item, const SymbolicTruth& /*enabled*/,
                  z3::expr_vector& /*legal*/) { return before.answers[item]; });
    const SymbolicDecision was = base_encoder.Decide(before);
    const SymbolicDecision is = target_encoder.Decide(after);
    std::vector<z3::expr> differences;
    for (std::size_t i = 0; i < before.enabled.size(); ++i) {
      AddDifferences(before.enabled[i], after.enabled[i], differences);
    }
    AddDifferences(was.disposition, is.disposition, differences);
    AddDifferences(was.most_urgent_possible, is.most_urgent_possible,
                   differences);
    differences.push_back(*was.is_final != *is.is_final);
    AddDifferences(was.shown, is.shown, differences);
    const auto flags = FlagsByName(base, was);
    const auto other_flags = FlagsByName(target, is);
    AddFlagDifferences(flags, other_flags, differences);
    AddFlagDifferences(other_flags, flags, differences);
    search.Assume(before.legal);
    return !search.FindQuickly(AnyOf(search.z3(), differences), {}).has_value();
  } catch (const std::exception&) {  // As TimedOut, NotProvable, Cancelled.
    return false;
  }
}

}  // namespace plumbline::gate
