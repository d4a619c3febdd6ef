// Small mistakes that an author could make in a pathway, one at a time: its
// cases and the gate together should refuse each of them.

#ifndef PLUMBLINE_CONTENT_SERVICE_GATE_MUTATIONS_H_
#define PLUMBLINE_CONTENT_SERVICE_GATE_MUTATIONS_H_

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "plumbline/pathway/v1/pathway.pb.h"

namespace plumbline::gate {

enum class MutationKind : std::uint8_t {
  kDropRule,
  kNegate,           // A condition, or one operand of it.
  kDropOperand,      // Of `&&`, of `||`, or of a list.
  kShiftBound,       // A number by one step, up or down.
  kSwapDisposition,  // Of a rule, to the next one up or down.
  kDropGate,
  kDropPolicy,  // Of an item, or of a rule.
};

// "drop-rule"
const char* ToString(MutationKind kind);

struct Mutation {
  MutationKind kind;
  std::string element;  // "rules/R-E01"
  std::string what;     // "when: em.bladder in […] is negated"
  std::function<void(pathway::v1::Pathway&)> apply;
};

// The pathway in its default locale alone. The translation of what a mutation
// drops would be refused before anything else.
pathway::v1::Pathway WithoutTranslations(pathway::v1::Pathway pathway);

// In pathway order: of the enabling and policies of items, of definitions,
// rules and gates, and of when guidance is shown. `pathway` compiles. What a
// mutation makes of it need not.
std::vector<Mutation> MutationsOf(const pathway::v1::Pathway& pathway);

}  // namespace plumbline::gate

#endif  // PLUMBLINE_CONTENT_SERVICE_GATE_MUTATIONS_H_
