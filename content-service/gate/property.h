// One property that a release must have, and what was found of it.

#ifndef PLUMBLINE_CONTENT_SERVICE_GATE_PROPERTY_H_
#define PLUMBLINE_CONTENT_SERVICE_GATE_PROPERTY_H_

#include <optional>
#include <string>
#include <vector>

#include "common/pathway/intake.h"
#include "content-service/gate/proof.h"

namespace plumbline::gate {

struct Finding {
  // Whether it breaks the property; else it is listed for a person to read.
  bool failure = true;
  // "rules/R-E01", "items/em.bladder"; the one to look at first.
  std::vector<std::string> elements;
  std::string message;
  // Which order, floor, exception, policy or rule to look at.
  std::string advice;
  // A smallest intake that shows it when it is run.
  std::optional<pathway::Intake> counterexample;
};

using Findings = std::vector<Finding>;

// "items/em.bladder"
std::string ItemName(const pathway::CompiledPathway& pathway, int item);
std::string RuleName(const pathway::CompiledPathway& pathway, int rule);
std::string GuidanceName(const pathway::CompiledPathway& pathway, int record);

// "'none'", "12", "true", "'a' and 'b'".
std::string ValueText(const pathway::Item& item, std::int64_t slot_value);

// The disposition that the engine gives.
pathway::Disposition DispositionOf(const pathway::CompiledPathway& pathway,
                                   const pathway::Intake& intake);

// Whether the first is less urgent.
z3::expr IsLessUrgent(z3::context& z3, const SymbolicDisposition& less,
                      const SymbolicDisposition& more);

}  // namespace plumbline::gate

#endif  // PLUMBLINE_CONTENT_SERVICE_GATE_PROPERTY_H_
