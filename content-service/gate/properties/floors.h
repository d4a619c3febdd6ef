// floors: whatever else is answered, or is not, an option with `at_least` gives
// at least that.

#ifndef PLUMBLINE_CONTENT_SERVICE_GATE_PROPERTIES_FLOORS_H_
#define PLUMBLINE_CONTENT_SERVICE_GATE_PROPERTIES_FLOORS_H_

#include "content-service/gate/property.h"

namespace plumbline::gate {

Findings CheckFloors(Proof& proof);

}  // namespace plumbline::gate

#endif  // PLUMBLINE_CONTENT_SERVICE_GATE_PROPERTIES_FLOORS_H_
