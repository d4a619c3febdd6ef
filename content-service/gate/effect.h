// What a change of a pathway does to dispositions: intakes that are less
// urgent, or more urgent, than before, or the proof that there are none.
//
// Before and after are compared on what one person says to both. What both ask
// is answered alike, unless one of them does not offer what is said to the
// other; what only one of them asks, or asks by another type or in another
// unit, is answered in any way. So an answer that was taken away may have
// become any other, and a new one may have been any. An option that means
// unknown is no answer: that one was added or taken away is no effect.

#ifndef PLUMBLINE_CONTENT_SERVICE_GATE_EFFECT_H_
#define PLUMBLINE_CONTENT_SERVICE_GATE_EFFECT_H_

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/pathway/intake.h"
#include "common/pathway/model.h"
#include "content-service/gate/search.h"

namespace plumbline::gate {

enum class Direction : std::uint8_t { kLessUrgent, kMoreUrgent };

struct EffectExample {
  pathway::Intake base;
  pathway::Intake target;
  pathway::Disposition base_disposition;
  pathway::Disposition target_disposition;
  // What makes it as large as it is, of both pathways.
  std::vector<std::string> link_ids;
};

struct Effect {
  Direction direction = Direction::kLessUrgent;
  // Of intakes that answer all that both ask; else of those that do not.
  bool complete = true;
  // Why the solver did not come to an end: then there may be more examples than
  // these, or some where these are none. Empty: it did.
  std::string undecided;
  // The largest change of disposition first, in steps; of equal ones smallest
  // first: complete ones with the fewest answers that are not calm, others with
  // the fewest answers. Each lacks one of those of each before it.
  std::vector<EffectExample> examples;
};

struct EffectOptions {
  Bounds bounds;
  Surroundings surroundings;
  int examples_max = 3;  // Of each effect; at least 1.
  // Told before each effect: how many are done, and how many there are.
  std::function<void(int, int)> on_effect = [](int, int) {};
};

// Of complete intakes those less urgent and more urgent, then of incomplete
// ones. Both pathways were compiled from content. CANCELLED where nobody wants
// to know any more.
absl::StatusOr<std::vector<Effect>> FindEffects(
    const pathway::CompiledPathway& base,
    const pathway::CompiledPathway& target, const EffectOptions& options);

}  // namespace plumbline::gate

#endif  // PLUMBLINE_CONTENT_SERVICE_GATE_EFFECT_H_
