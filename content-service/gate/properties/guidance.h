// guidance: every disposition has guidance, and nothing is shown together with
// what it excludes.

#ifndef PLUMBLINE_CONTENT_SERVICE_GATE_PROPERTIES_GUIDANCE_H_
#define PLUMBLINE_CONTENT_SERVICE_GATE_PROPERTIES_GUIDANCE_H_

#include "content-service/gate/property.h"

namespace plumbline::gate {

Findings CheckGuidance(Proof& proof);

}  // namespace plumbline::gate

#endif  // PLUMBLINE_CONTENT_SERVICE_GATE_PROPERTIES_GUIDANCE_H_
