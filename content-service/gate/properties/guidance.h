// guidance: every disposition has guidance, and nothing is shown together with
// what it excludes.
//
// Of every legal intake, complete or not: whatever it is given, something is
// shown. That there is a text in every locale is checked where a pathway is
// compiled. A disposition that no intake is given needs no guidance.

#ifndef PLUMBLINE_CONTENT_SERVICE_GATE_PROPERTIES_GUIDANCE_H_
#define PLUMBLINE_CONTENT_SERVICE_GATE_PROPERTIES_GUIDANCE_H_

#include "content-service/gate/property.h"

namespace plumbline::gate {

Findings CheckGuidance(Proof& proof);

}  // namespace plumbline::gate

#endif  // PLUMBLINE_CONTENT_SERVICE_GATE_PROPERTIES_GUIDANCE_H_
