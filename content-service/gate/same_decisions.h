// Whether two versions of a pathway ask and decide the same of every intake.

#ifndef PLUMBLINE_CONTENT_SERVICE_GATE_SAME_DECISIONS_H_
#define PLUMBLINE_CONTENT_SERVICE_GATE_SAME_DECISIONS_H_

#include "common/pathway/model.h"
#include "content-service/gate/search.h"

namespace plumbline::gate {

// Whether it is proved that every legal intake of `base` is asked the same, and
// given the same disposition, certainty, flags and guidance, by `target`. False
// also where items or records are not the same ones, the solver comes to no
// answer, or nobody waits for one.
bool AreDecisionsTheSame(const pathway::CompiledPathway& base,
                         const pathway::CompiledPathway& target,
                         const Bounds& bounds,
                         const Surroundings& surroundings);

}  // namespace plumbline::gate

#endif  // PLUMBLINE_CONTENT_SERVICE_GATE_SAME_DECISIONS_H_
